"""Words that several rules say."""

from __future__ import annotations

from collections.abc import Sequence

_LISTED = 5


def figure(value: float) -> str:
    """A number to three digits: 1,230; 7.2."""
    shown = float(f"{value:.3g}")
    return f"{shown:,.0f}" if abs(shown) >= 100 else f"{shown:g}"


def all_of(names: Sequence[str]) -> str:
    """Names in a sentence: a, b and c."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def first_of(names: Sequence[str]) -> str:
    """The first few of many names: a, b, c, d, e and 4 more."""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"{', '.join(names[:_LISTED])}{more}"
