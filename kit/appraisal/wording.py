"""Computed figures in words, the same in a finding and in a document."""

from __future__ import annotations

import math

_MANY = 1e12


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
