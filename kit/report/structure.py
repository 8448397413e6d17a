"""What every writer needs to know about the shape of blocks: groups of rows, trees of items, marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from kit.report.blocks import (
    Block,
    Fact,
    Heading,
    Item,
    List,
    Mark,
    Rich,
    Row,
    Span,
    Table,
    Title,
)

ACROSS = 4  # key figures to a row
DEEPEST = 4  # the blocks' own limit for headings

MARK_LETTERS: dict[Mark, str] = {
    "measured": "M",
    "benchmark": "B",
    "guess": "G",
    "target": "T",
    "unsaid": "?",
}
MARK_WORDS: dict[Mark, str] = {
    "measured": "measured",
    "benchmark": "benchmark",
    "guess": "guess",
    "target": "target",
    "unsaid": "not said",
}
CALLOUT_WORDS = {"gap": "Gap", "note": "Note", "problem": "Problem", "decision": "Decision"}
EXAMPLE_NOTE = "Worked example: figures are illustrative"

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(text: str) -> str:
    """An ISO date in words, for example `15 December 2026`; anything else as it stands."""
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        return text
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def asked_of(title: Title) -> tuple[Fact, ...]:
    """What is asked of whom, and by when; what is not said is a visible gap."""
    return (
        Fact(label="Decision asked", value=title.asked or _gap("No decision asked for yet")),
        Fact(label="Decided by", value=title.decider or _gap("not stated")),
        Fact(label="Date", value=title.by or _gap("not stated")),
    )


def _gap(text: str) -> Rich:
    return (Span(text=text, gap=True),)


def levelled(blocks: Iterable[Block], *, start: int = 1) -> tuple[Block, ...]:
    """Blocks whose heading levels begin at `start` and never skip one on the way down.

    Line feeds in a heading become spaces.
    """
    above: list[int] = []
    return tuple(
        _at_its_level(block, above, start) if isinstance(block, Heading) else block
        for block in blocks
    )


def _at_its_level(heading: Heading, above: list[int], start: int) -> Heading:
    while above and above[-1] >= heading.level:
        above.pop()
    above.append(heading.level)
    level = min(start + len(above) - 1, DEEPEST)
    return replace(heading, level=level, text=" ".join(heading.text.split()))


def grouped(table: Table) -> tuple[tuple[str | None, tuple[Row, ...]], ...]:
    """Rows by group, in the order in which the groups first appear; rows without one come first."""
    groups: dict[str | None, list[Row]] = {None: []}
    for row in table.rows:
        groups.setdefault(row.group, []).append(row)
    return tuple((name, tuple(rows)) for name, rows in groups.items() if rows)


@dataclass(kw_only=True)
class Node:
    """An item of a list and the items under it."""

    spans: Rich
    number: int | None  # None is a bullet
    children: list[Node] = field(default_factory=list)


def tree(block: List) -> tuple[Node, ...]:
    """The items of a list as a tree, numbered; a depth that skips a level is drawn in."""
    roots: list[Node] = []
    path: list[tuple[int, Node]] = []
    for item in block.items:
        while path and path[-1][0] >= item.depth:
            path.pop()
        siblings = path[-1][1].children if path else roots
        counts = block.ordered and not path
        node = Node(spans=item.spans, number=_number(item, siblings, counts=counts))
        siblings.append(node)
        path.append((item.depth, node))
    return tuple(roots)


def _number(item: Item, siblings: list[Node], *, counts: bool) -> int | None:
    if item.number is not None or not counts:
        return item.number
    before = siblings[-1].number if siblings else None
    return 1 if before is None else before + 1


def runs(nodes: list[Node] | tuple[Node, ...]) -> tuple[tuple[Node, ...], ...]:
    """Siblings split where bullets turn into numbers or back."""
    split = groupby(nodes, key=lambda node: node.number is None)
    return tuple(tuple(run) for _, run in split)
