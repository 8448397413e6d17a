"""Changes inside braces and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kit.brief.layout import Node, Part
from kit.brief.page import Page, Splice
from kit.brief.reading import inside
from kit.brief.writing import in_flow, key_text, ordered, ranks

_TO_COMMA = re.compile(r"(?:[^#,]|#[^\n]*)*")


def flow_changes(page: Page, node: Node, new: Any, kind: Any) -> Iterator[Splice]:
    """What makes a collection in braces or brackets say `new`, which shares a key or row with it."""
    if node.keyed:
        yield from _group(page, node, new, kind)
    else:
        yield from _list(page, node, new, inside(kind, 0))


def _value(page: Page, part: Part, new: Any, kind: Any) -> Iterator[Splice]:
    node = part.node
    if node.value == new:
        return
    if can_merge(page, node, new):
        yield from flow_changes(page, node, new, kind)
    elif part.after < 0:
        yield Splice(start=node.end, end=node.end, text=": " + in_flow(new, kind))
    else:
        gap = " " if node.start == part.after and part.name else ""
        yield Splice(start=node.start, end=node.end, text=gap + in_flow(new, kind))


def can_merge(page: Page, node: Node, new: Any) -> bool:
    """Whether a collection can be made to say `new` by changing some of its entries."""
    if not node.parts or not new:
        return False
    if node.keyed:
        bare = node.flow and page.text[node.start] != "{"  # [one: two]
        return isinstance(new, dict) and not bare and any(part.name in new for part in node.parts)
    return isinstance(new, list)


def _group(page: Page, node: Node, new: dict[str, Any], kind: Any) -> Iterator[Splice]:
    parts = node.parts or []
    kept = [part for part in parts if part.name in new]
    yield from _removed(page, parts, kept)
    for part in kept:
        yield from _value(page, part, new[part.name], inside(kind, part.name))
    for anchor, names in insertions(kept, new, kind):
        said = ", ".join(
            f"{key_text(name, flow=True)}: {in_flow(new[name], inside(kind, name))}"
            for name in names
        )
        if anchor is None:
            yield Splice(start=kept[0].start, end=kept[0].start, text=said + ", ")
        else:
            yield Splice(start=anchor.node.end, end=anchor.node.end, text=", " + said)


def insertions(
    kept: Sequence[Part], new: dict[str, Any], kind: Any
) -> list[tuple[Part | None, list[str]]]:
    """The new keys of a group, each batch with the entry that it goes behind; None for the top."""
    there = {part.name for part in kept}
    rank = ranks(kind)
    found: dict[int, list[str]] = {}
    for name in ordered(new, kind):
        if name not in there:
            above = rank.get(name)
            places = [
                at
                for at, part in enumerate(kept)
                if above is None or rank.get(part.name, above) < above
            ]
            found.setdefault(max(places, default=-1), []).append(name)
    return [(kept[at] if at >= 0 else None, names) for at, names in sorted(found.items())]


def _removed(page: Page, parts: Sequence[Part], kept: Sequence[Part]) -> Iterator[Splice]:
    for at, part in enumerate(parts):
        if part in kept:
            continue
        if any(other in kept for other in parts[:at]):
            start, end = parts[at - 1].node.end, part.start
        else:
            start, end = part.node.end, parts[at + 1].start
        if "#" not in page.text[start:end]:
            yield Splice(start=min(start, part.start), end=max(end, part.node.end), text="")
            continue
        comma = _comma(page.text, start)
        yield Splice(start=comma, end=comma + 1, text="")
        yield Splice(start=part.start, end=part.node.end, text="")


def _comma(text: str, start: int) -> int:
    """The comma that comes next, comments left aside."""
    before = _TO_COMMA.match(text, start)
    return before.end() if before else start


def _list(page: Page, node: Node, new: list[Any], kind: Any) -> Iterator[Splice]:
    parts = node.parts or []
    for part, value in zip(parts, new, strict=False):
        moved = next((other.node for other in parts if other.node.value == value), None)
        text = page.text[moved.start : moved.end] if moved else "\n"
        if part.node.value != value and "\n" not in text:
            yield Splice(start=part.node.start, end=part.node.end, text=text)
        else:
            yield from _value(page, part, value, kind)
    yield from _removed(page, parts, parts[: len(new)])
    for value in new[len(parts) :]:
        end = parts[-1].node.end
        yield Splice(start=end, end=end, text=", " + in_flow(value, kind))
