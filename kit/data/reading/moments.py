"""Moments from their parts: the calendar decides what is one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
_DAY = 86_400  # seconds
_FIRST_CELLS = 1_000  # of moments with a time of day, nearly always one is among these
_FIRST = pa.scalar(np.datetime64("0001-01-01", "s"))  # that Python can say
_LAST = pa.scalar(np.datetime64("9999-12-31T23:59:59", "s"))


def moments_of(parts: Mapping[str, Numbers], there: NDArray[np.bool_]) -> pa.Array:
    """Moments in whole seconds of year, month, day, hour, minute, second, and minutes ahead of UTC.

    Null where there are no parts, and where the calendar has no such day or the clock no such time.
    """
    year, month, day = parts["year"], parts["month"], parts["day"]
    hour, minute, second = parts["hour"], parts["minute"], parts["second"]
    good = there & (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0)
    start, end = _first_day(months), _first_day(months + 1)
    good &= (day >= 1) & (day <= end - start)
    good &= (hour <= 23) & (minute <= 59) & (second <= 60)
    seconds = (start + day - 1) * _DAY + hour * 3600 + (minute - parts["ahead"]) * 60 + second
    return within(pa.array(seconds, mask=~good).cast(pa.timestamp("s")))


def within(moments: pa.Array) -> pa.Array:
    """The moments that Python can say; null elsewhere."""
    good = pc.and_(pc.greater_equal(moments, _FIRST), pc.less_equal(moments, _LAST))
    if pc.all(good).as_py() is not False:
        return moments
    return pc.if_else(good, moments, pa.scalar(None, pa.timestamp("s")))


def whole_days(moments: pa.Array) -> bool:
    """Whether none of the moments has a time of day; also where there is none."""
    return all(_are_days(some) for some in (moments.slice(0, _FIRST_CELLS), moments))


def _are_days(moments: pa.Array) -> bool:
    seconds = pc.cast(moments, pa.int64())
    days = pc.multiply(pc.divide(seconds, _DAY), _DAY)
    return pc.all(pc.equal(seconds, days)).as_py() is not False


def _first_day(months: Numbers) -> Numbers:
    """Days from 1970 to the beginning of months, counted from 1970, too."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
