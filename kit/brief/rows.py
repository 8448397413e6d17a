"""Rows of a list that are put in another order, taken out or added, each with its own comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kit.brief.layout import Part
from kit.brief.page import Page, Splice


def matched(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For every new row the old one that it is, or was before it was changed; None for an added row."""
    free = dict(enumerate(old))
    found: list[int | None] = [None] * len(new)
    for same in (_same_place, _same, _alike, _near):
        for at, value in enumerate(new):
            if found[at] is None:
                source = same(free, at, value)
                if source is not None:
                    found[at] = source
                    del free[source]
    return found


def _same_place(free: dict[int, Any], at: int, value: Any) -> int | None:
    return at if at in free and free[at] == value else None


def _same(free: dict[int, Any], _at: int, value: Any) -> int | None:
    return next((source for source, row in free.items() if row == value), None)


def _alike(free: dict[int, Any], at: int, value: Any) -> int | None:
    """The old row that has most in common with a new one."""
    shared = {
        source: sum(value.get(key) == inner for key, inner in row.items())
        for source, row in free.items()
        if isinstance(row, dict) and isinstance(value, dict)
    }
    best = max(shared, key=lambda source: (shared[source], -abs(source - at)), default=None)
    return best if best is not None and shared[best] else None


def _near(free: dict[int, Any], at: int, _value: Any) -> int | None:
    return at if at in free else None


def rearranged(
    page: Page, parts: Sequence[Part], sources: Sequence[int | None], chunks: Sequence[str]
) -> Splice:
    """The rows of a block list as `chunks`, with what stood between the old ones between them."""
    column = page.column(parts[0].start)
    leads = [page.lead(part) for part in parts]
    tails = [page.tail(part.node, column) for part in parts]
    gaps = [
        page.text[tail:lead].replace("\r\n", "\n").partition("\n")[2]
        for tail, lead in zip(tails, leads[1:], strict=False)
    ]
    spaced = gaps[0] if gaps and not gaps[0].strip() and len(set(gaps)) == 1 else ""
    above, below = _loose(["", *gaps], sources)
    text = ""
    for at, (source, chunk) in enumerate(zip(sources, chunks, strict=True)):
        gap = above.get(source, spaced) if source else spaced
        if at or gap.strip():
            text += ("\n" if at else "") + gap
        text += chunk.replace("\r\n", "\n")
    text += "\n" + below.rstrip("\n") if below.strip() else ""
    return Splice(start=leads[0], end=tails[-1], text=text)


def _loose(gaps: Sequence[str], sources: Sequence[int | None]) -> tuple[dict[int, str], str]:
    """What stands above each row that is kept, and what is left below the last one.

    Comments above a row that is taken out, but apart from it, go to the next row that is kept.
    """
    above: dict[int, str] = {}
    held = ""
    for source, gap in enumerate(gaps):
        if source in sources:
            above[source] = held + gap
            held = ""
        elif gap.strip():
            held += gap
    return above, held
