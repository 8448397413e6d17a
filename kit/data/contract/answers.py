"""Answers of a brief as the plain values of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kit.appraisal.reading import said
from kit.brief import NotApplicable, Quantity

Tree = dict[str, Any]

_NOTHING: tuple[Any, ...] = (None, "", [], {})


def stated(value: Any) -> Any:
    """An answer as a text, a yes or no, or a list of texts; "n/a" with its reason."""
    if isinstance(value, NotApplicable):
        return f"n/a: {value.reason}"
    return said(value) if isinstance(value, Quantity) else value


def text_of(value: Any) -> str | None:
    """An answer that is a text."""
    return value if isinstance(value, str) else None


def texts_of(value: Any) -> list[str]:
    """An answer that is a list; empty where it is none."""
    return value if isinstance(value, list) else []


def plain_number(number: float) -> float:
    """A number without the noise of binary fractions, and without a point where it is whole."""
    rounded = round(number, 9)
    return int(rounded) if rounded == int(rounded) else rounded


def named(properties: Iterable[tuple[str, Any]]) -> list[Tree]:
    """Custom properties of a contract, those without a value left out."""
    values = ((name, _filled(value)) for name, value in properties)
    return [{"property": name, "value": value} for name, value in values if value not in _NOTHING]


def filled(tree: Mapping[str, Any]) -> Tree:
    """The same without what is not said."""
    kept = {name: _filled(value) for name, value in tree.items()}
    return {name: value for name, value in kept.items() if value not in _NOTHING}


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return filled(value)
    return [_filled(inner) for inner in value] if isinstance(value, list) else value
