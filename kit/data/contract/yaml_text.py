"""Plain values as block YAML, which readers of YAML 1.1 and of 1.2 take for the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kit.brief.writing import Spot, behind, key_text

Value = str | bool | int | float | Sequence["Value"] | Mapping[str, "Value"]


def yaml_of(group: Mapping[str, Value]) -> str:
    """A group of keys as a document, with a line feed at its end."""
    return _entries(group, 0) + "\n"


def _entries(group: Mapping[str, Value], column: int) -> str:
    """The keys of a group below each other; the first without its indent."""
    pad = "\n" + " " * column
    said = (
        f"{key_text(name, flow=False)}:{_behind(value, column)}" for name, value in group.items()
    )
    return pad.join(said)


def _behind(value: Value, column: int) -> str:
    """What to write behind a colon at a column."""
    pad = "\n" + " " * (column + 2)
    if isinstance(value, Mapping):
        return pad + _entries(value, column + 2) if value else " {}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(f"{pad}-{_row(item, column + 2)}" for item in value) if value else " []"
    return _scalar(value, column)


def _row(value: Value, column: int) -> str:
    """What to write behind a dash at a column."""
    if isinstance(value, Mapping) and value:
        return " " + _entries(value, column + 2)
    return _behind(value, column)


def _scalar(value: str | float, column: int) -> str:
    if isinstance(value, str):
        return behind(value, str, spot=Spot(column=column))
    if isinstance(value, bool):
        return " true" if value else " false"
    # Readers of YAML 1.1 take 1e-05 for a text.
    return f" {value}" if isinstance(value, int) else f" {Decimal(repr(value)):f}"
