"""Figures, counts and names in words, the same in a finding, a document and a command's output."""

from __future__ import annotations

import math
from collections.abc import Sequence

_MANY = 1e12
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


def chance(probability: float) -> str:
    """A probability: nothing that was drawn is certain, nor ruled out."""
    if probability < 0.005:
        return "under 1%"
    return "over 99%" if probability > 0.995 else f"{float(f'{probability * 100:.2g}'):g}%"


def points(gap: float, digits: int = 3) -> str:
    """A difference of two shares: "2 points"."""
    shown = f"{float(f'{gap * 100:.{digits}g}'):,.12g}"
    return f"{shown} point{'' if shown == '1' else 's'}"


def whole(value: float) -> str:
    """A count, rounded up; what nobody counts is not told to the last."""
    return "over a trillion" if value > _MANY else f"{math.ceil(value - 1e-9):,}"


def counted(number: int, one: str, more: str = "") -> str:
    """So many of something, with the verb that goes with it: 1 cell holds, 1,200 cells hold; 2 rows."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def listed(names: Sequence[str], most: int | None = None) -> str:
    """Names in a sentence: a, b and c; the first of many, and how many more there are."""
    if most is not None and len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def percent(share: float, *, beside: Sequence[float] = ()) -> str:
    """A share in percent, with more digits where it, or one that it stands beside, is nearly all or nothing."""
    if share in (0.0, 1.0):
        return f"{share:.0%}"
    digits = max(map(_digits, (share, *beside)))
    return f"{share * 100:.{digits}f}%"


def rounding(share: float) -> float:
    """How far a share may be from what `percent` says of it: half of its last digit; all and nothing are exact."""
    return 0.0 if share in (0.0, 1.0) else float(0.5 * 10.0 ** (-2 - _digits(share)))


def _digits(share: float) -> int:
    """Decimals of a share in percent."""
    return 3 if 0 < min(share, 1 - share) < 0.001 else 1


def length(days: float, *, most: str = "year") -> str:
    """A time in the largest unit that it holds one of, up to `most`: 1 year, 18 months, 3 hours."""
    units = [unit for unit, _ in _UNITS]
    for unit, size in _UNITS[units.index(most) :]:
        number = days / size
        if number >= _NEARLY:
            shown = f"{number:,.0f}" if number >= 9.5 else f"{number:.1f}".removesuffix(".0")
            return f"{shown} {unit}" if shown == "1" else f"{shown} {unit}s"
    return "no time"
