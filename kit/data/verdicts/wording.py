"""Figures and lists in the sentences of verdicts."""

from __future__ import annotations

from collections.abc import Sequence

_UNITS = (
    ("year", 365.25),
    ("month", 30.4375),
    ("week", 7.0),
    ("day", 1.0),
    ("hour", 1 / 24),
    ("minute", 1 / 1440),
    ("second", 1 / 86_400),
)
_NEARLY = 0.98  # of one: no month is as long as the next


def percent(share: float) -> str:
    """A share in percent, with more digits where it is nearly all or nothing."""
    if share in (0.0, 1.0):
        return f"{share:.0%}"
    near = min(share, 1 - share)
    digits = 1 if near >= 0.001 else 3
    return f"{share * 100:.{digits}f}%"


def rows(count: int) -> str:
    """So many rows."""
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def listed(names: Sequence[str], most: int = 4) -> str:
    """A few names in a sentence."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def length(days: float) -> str:
    """A length of time in the largest unit that it holds one of: 1 year, 18 months, 3 hours."""
    for unit, size in _UNITS:
        number = days / size
        if number >= _NEARLY:
            shown = f"{number:.0f}" if number >= 9.5 else f"{number:.1f}".removesuffix(".0")
            return f"{shown} {unit}" if shown == "1" else f"{shown} {unit}s"
    return "no time"
