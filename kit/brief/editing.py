"""Changes to the text of a brief that keep its comments, its order and everything not changed.

What is to change is cut out of the text and written anew, to the character; nothing else is touched.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kit.brief.changes import changed
from kit.brief.flow import can_merge, flow_changes, insertions
from kit.brief.layout import Node, Part, layout, line_start, next_line
from kit.brief.model import Brief
from kit.brief.page import Page, Splice
from kit.brief.reading import inside
from kit.brief.rows import matched, rearranged
from kit.brief.writing import Spot, behind, entries, in_flow, row


def edit(text: str, changes: Mapping[str, Any]) -> str:
    """`text` with the dotted keys of `changes` set to plain values; None takes a key out."""
    root = layout(text)
    page = Page.of(_closed(text, root))
    if root is None:
        return _begun(page, changed({}, changes))
    new = changed(root.value, changes)
    if root.value == new:
        return text
    if page.text != text:
        root = layout(page.text) or root
    if can_merge(page, root, new):
        made = page.made(_changes_inside(page, root, new, Brief))
    else:
        made = page.made([_all_anew(page, root, new)])
    # A text in lines that ends the file would lose its own line end without one.
    return made if made.endswith("\n") else made + page.eol


def _closed(text: str, root: Node | None) -> str:
    """`text`, with a last text in lines marked so that a line end may follow it."""
    last = root
    while last and last.parts:
        last = last.parts[-1].node
    if last is None or not last.block_scalar or text.endswith("\n"):
        return text
    header = text[last.start : next_line(text, last.start)].partition("#")[0]
    if "-" in header:
        return text
    rest = text[last.start + 1 :]
    return f"{text[: last.start + 1]}-{rest.replace('+', '', 1) if '+' in header else rest}"


def _begun(page: Page, new: dict[str, Any]) -> str:
    """A text that holds comments at most, with the first keys written below them."""
    if not new:
        return page.text
    start = page.text if page.text.endswith("\n") or not page.text else page.text + page.eol
    said = entries(new, Brief, spot=Spot(column=0, offset=page.offset)) + "\n"
    return start + said.replace("\n", page.eol)


def _all_anew(page: Page, root: Node, new: dict[str, Any]) -> Splice:
    start = line_start(page.text, root.start)
    if not new or page.text[start : root.start].strip():
        return Splice(start=root.start, end=root.end, text=in_flow(new, Brief))
    return Splice(
        start=start,
        end=root.stop,
        text=entries(new, Brief, spot=Spot(column=0, offset=page.offset)),
    )


def _changes_inside(page: Page, node: Node, new: Any, kind: Any) -> Iterator[Splice]:
    """What makes a collection say `new`, which shares a key or row with it."""
    if node.flow:
        yield from flow_changes(page, node, new, kind)
    elif node.keyed:
        yield from _group(page, node, new, kind)
    else:
        yield from _list(page, node, new, kind)


def _value(page: Page, part: Part, new: Any, kind: Any, *, row: bool = False) -> Iterator[Splice]:
    """What makes the value of an entry say `new`."""
    node = part.node
    if node.value == new:
        return
    nested = not node.flow and bool(node.parts) and page.inline((node.parts or [part])[0])
    if can_merge(page, node, new) and (node.keyed or node.flow or not nested):
        yield from _changes_inside(page, node, new, kind)
    else:
        yield _replaced(page, part, new, kind, row=row)


def _replaced(page: Page, part: Part, new: Any, kind: Any, *, row: bool) -> Splice:
    """The value of an entry written anew, with the comments beside it kept."""
    old, column = part.node, page.column(part.start)
    crowded = page.tail(old, column) > old.stop
    said = behind(
        new, kind, spot=Spot(column=column, row=row, offset=page.offset, lines=not crowded)
    )
    on_line = not old.block_scalar and (old.parts is None or old.flow)
    if on_line and said and "\n" not in said:
        gap = 0 if old.start == old.end else 1
        return Splice(start=old.start, end=old.end, text=said[gap:])
    if on_line and not said:
        return Splice(start=part.after, end=old.end, text="")
    first, end, rest = said.partition("\n")
    comments = "".join(f"  {comment}" for comment in _beside(page, part))
    return Splice(start=part.after, end=old.stop, text=first + comments + end + rest)


def _beside(page: Page, part: Part) -> list[str]:
    """The comments on the lines of an entry that are not inside its value."""
    old = part.node
    between = page.comments(part.after, old.start)
    if old.parts and not old.flow:
        return between[:1] if old.start > next_line(page.text, part.after) - 1 else []
    if old.block_scalar:
        header_end = next_line(page.text, old.start)
        return between + page.comments(old.start, header_end)
    return between + page.comments(old.end, old.stop)


def _group(page: Page, node: Node, new: dict[str, Any], kind: Any) -> Iterator[Splice]:
    parts = node.parts or []
    kept = [part for part in parts if part.name in new]
    yield from _taken_out(page, parts, kept)
    for part in kept:
        yield from _value(page, part, new[part.name], inside(kind, part.name))
    column = page.column(parts[0].start)
    for anchor, names in insertions(kept, new, kind):
        batch = {name: new[name] for name in names}
        said = entries(batch, kind, spot=Spot(column=column, offset=page.offset))
        pad = "\n" + " " * column
        if anchor is None:
            yield Splice(start=kept[0].start, end=kept[0].start, text=said + pad)
        else:
            end = page.tail(anchor.node, column)
            yield Splice(start=end, end=end, text=pad + said)


def _taken_out(page: Page, parts: Sequence[Part], kept: Sequence[Part]) -> Iterator[Splice]:
    first = next(at for at, part in enumerate(parts) if part in kept)
    rest = parts
    if first and page.inline(parts[0]):
        yield _first_taken_out(page, parts[: first + 1])
        rest = parts[first:]
    for at, part in enumerate(rest):
        if part not in kept:
            yield _lines_taken_out(page, part, rest[:at])


def _lines_taken_out(page: Page, part: Part, above: Sequence[Part]) -> Splice:
    """The lines of an entry, and the blank lines below it where there are some above it too."""
    text = page.text
    start = line_start(text, part.start)
    end = next_line(text, page.tail(part.node, page.column(part.start)))
    apart = not start or page.blank(line_start(text, start - 1))
    if apart or any(_keeps_blanks(other.node) for other in above):
        while page.blank(end):
            end = next_line(text, end)
    return Splice(start=start, end=end, text="")


def _first_taken_out(page: Page, parts: Sequence[Part]) -> Splice:
    """The first entries of a row, which stand behind its dash, but for the last of `parts`."""
    column = page.column(parts[0].start)
    comments = [
        comment
        for gone, below in itertools.pairwise(parts)
        for comment in page.comments(page.tail(gone.node, column), below.start)
    ]
    pad = "\n" + " " * column
    return Splice(
        start=parts[0].start,
        end=parts[-1].start,
        text="".join(comment + pad for comment in comments),
    )


def _keeps_blanks(node: Node) -> bool:
    return _keeps_blanks(node.parts[-1].node) if node.parts else node.keeps_blanks


def _list(page: Page, node: Node, new: list[Any], kind: Any) -> Iterator[Splice]:
    inner = inside(kind, 0)
    parts = node.parts or []
    sources = matched([part.node.value for part in parts], new)
    if sources == list(range(len(parts))):
        for part, value in zip(parts, new, strict=True):
            yield from _value(page, part, value, inner, row=True)
        return
    column = page.column(parts[0].start)
    spread = any(part.node.keyed and not part.node.flow for part in parts)
    spot = Spot(column=column, offset=page.offset, spread=spread)
    chunks = [
        " " * column + row(value, inner, spot=spot)
        if source is None
        else page.made(
            _value(page, parts[source], value, inner, row=True),
            start=page.lead(parts[source]),
            end=page.tail(parts[source].node, column),
        )
        for source, value in zip(sources, new, strict=True)
    ]
    yield rearranged(page, parts, sources, chunks)
