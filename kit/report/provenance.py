"""Where the numbers of a brief are from: every source that is named, with the numbers it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kit.brief import Brief, Part, Quantity
from kit.report.blocks import Column, Mark, Row, Span, Table
from kit.report.wording import provenance, source_of

_COLUMNS = (
    Column(name="Source", weight=2),
    Column(name="Numbers", weight=4),
)
_NAMES = ("name", "measure", "question")


def sources_table(brief: Brief) -> Table | None:
    """A row for each source, in the order in which the brief first uses it; None without any."""
    numbers: dict[tuple[str, Mark], dict[str, list[str]]] = {}
    for about, key, quantity in quantities(brief):
        if quantity.source:
            groups = numbers.setdefault((source_of(quantity), provenance(quantity)), {})
            groups.setdefault(about, []).append(key)
    rows = tuple(
        Row(cells=((Span(text=source, mark=mark),), (Span(text=_listed(groups)),)))
        for (source, mark), groups in numbers.items()
    )
    return Table(columns=_COLUMNS, rows=rows) if rows else None


def _listed(groups: dict[str, list[str]]) -> str:
    return "; ".join(f"{about}: {', '.join(keys)}" for about, keys in groups.items())


def quantities(part: Part, *, about: str = "brief") -> Iterator[tuple[str, str, Quantity]]:
    """Every number of a brief, with what it is about and its key in words."""
    for key in type(part).model_fields:
        yield from _inside(getattr(part, key), about, key.replace("_", " "))


def _inside(value: Any, about: str, key: str) -> Iterator[tuple[str, str, Quantity]]:
    match value:
        case Quantity():
            yield about, key, value
        case Part():
            yield from quantities(value, about=_name(value) or key)
        case list():
            for entry in value:
                yield from _inside(entry, about, key)
        case dict():
            for name, entry in value.items():
                yield from _inside(entry, about, str(name))


def _name(part: Part) -> str | None:
    found = (getattr(part, name, None) for name in _NAMES)
    return next((name for name in found if isinstance(name, str)), None)
