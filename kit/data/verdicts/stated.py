"""What a brief states, in its own words and to its own digits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kit.brief import Quantity
from kit.brief.units import time_unit

_COARSEST = 0.01  # of a share: who writes 1 for all does not mean 50% to 100%


def in_percent(share: float) -> str:
    """A share with the digits that were written: 98%, 98.45%."""
    return f"{share * 100:.10g}%"


def half_a_digit(quantity: Quantity) -> float:
    """How far a share may be from what was written: half of the last digit, 0.005 for 5%, 0.0005 for 5.2%."""
    scale = 0.01 if quantity.percent else 1.0
    last = min(scale * 10.0 ** min(_exponent(one), 0) for one in _ends(quantity))
    return min(last, _COARSEST) / 2


def longest(quantity: Quantity) -> str:
    """The upper end of a length of time, in its own unit: 40 days of "30 to 40 days"."""
    return f"{quantity.bounds[1]:.12g} {quantity.unit}"


def large_unit(quantity: Quantity) -> str:
    """The largest unit in which to tell a time beside a stated one: days beside 40 days or 24 h."""
    unit = time_unit(quantity.unit or "")
    if unit == "quarter":
        return "month"
    return unit if unit in ("week", "month", "year") else "day"


def _ends(quantity: Quantity) -> Iterator[float]:
    return (one for one in (quantity.value, quantity.low, quantity.high) if one is not None)


def _exponent(number: float) -> int:
    """The power of ten of the last digit that is written."""
    return int(Decimal(repr(number)).normalize().as_tuple().exponent)
