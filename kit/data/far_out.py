"""Numbers that lie by themselves, and may be how a system says that it does not know."""

from __future__ import annotations

import math

from kit.data.measured import ColumnProfile, Spread

_FAR = 50.0  # times as far from the median as nine in ten
_CLEAR = 3.0  # times as far out as nine in ten lie apart: 999 among ages
_NINES = 98  # two nines, or more
_ODD = 1_000.0  # columns, of which one has by chance a number that lies as far out
_TAIL = (
    1.5  # index of a heavy tail: most of those that Clauset and others measured lie between 1 and 2
)
_TWENTIETH, _HALF = 0.05, 0.5  # shares beyond the 95th percentile and beyond the median
_MOST = 700.0  # a larger power of e is no float
_YEARS = (1950, 2100)  # between which a column of years lies
_NO_YEAR = 1900


def far_out(column: ColumnProfile, rows: int) -> float | None:
    """The end of a column's numbers that looks like a sign of something else; None where neither does."""
    spread = column.spread
    return None if spread is None else _far(spread, rows - column.missing - column.strange)


def _far(spread: Spread, rows: int) -> float | None:
    up, down = spread.p95 - spread.median, spread.median - spread.p5
    reach = _FAR * max(up, down)
    nines = _CLEAR * max(up + down, abs(spread.p95))
    highest = _highest(spread, rows)
    if up and (
        spread.high > max(spread.median + reach, highest)
        or _is_nines(spread.high, spread.p95 + nines)
    ):
        return spread.high
    if spread.low < 0 <= spread.p5 and (spread.low in (-1, -9) or _is_nines(-spread.low, 0)):
        return spread.low
    years = _YEARS[0] <= spread.p5 and spread.p95 <= _YEARS[1]
    if years and spread.low == _NO_YEAR < spread.p5 - _CLEAR * (up + down):
        return spread.low
    # Below 0 numbers reach as far as above, as refunds do; between 0 and the median there is no room for a tail.
    lowest = -highest if spread.low < 0 else spread.median
    return spread.low if down and spread.low < min(spread.median - reach, lowest) else None


def _highest(spread: Spread, rows: int) -> float:
    """How far a power law reaches in so many rows, but for one of 1,000 columns.

    What the largest of n numbers exceeds in one column of 1,000 has a share of 1 / 1000 n beyond it. A power law is
    a line between the logarithms of a number and of the share beyond it, here that through the median and the 95th
    percentile. Where numbers are not all above 0, the line is that of a heavy tail.

    References
    ----------
    Clauset, Shalizi & Newman (2009), Power-law distributions in empirical data, SIAM Review 51:661.
    """
    beyond = math.log(_TWENTIETH * _ODD * rows)
    if spread.p5 >= 0 and spread.median > 0:
        slope = math.log(spread.p95 / spread.median) / math.log(_HALF / _TWENTIETH)
        return spread.p95 * math.exp(min(slope * beyond, _MOST))
    return spread.median + max(spread.p95 - spread.median, spread.median - spread.p5) * math.exp(
        beyond / _TAIL
    )


def _is_nines(number: float, least: float) -> bool:
    return number > max(least, _NINES) and set(f"{number:.0f}") == {"9"} and number % 1 == 0
