"""Numbers as they are, unless they are dates, or yes and no, in disguise."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.data.reading.moments import moments_of, within
from kit.data.reading.words import in_one

_TWO = 0.9  # share of the cells that 0 and 1 make up where the rest are slips
_DAYS = 20  # different ones that are no chance: few numbers of eight digits are days
_DATE_NAMES = re.compile(r"date|datum|\bday|time|_at$|_on$|\bon\b", re.IGNORECASE)
_CLOCK_NAMES = re.compile(r"time|date|stamp|\bts\b|_ts$|epoch|_at$", re.IGNORECASE)
_CLOCKS = {"seconds": 1, "milliseconds": 1_000, "microseconds": 10**6, "nanoseconds": 10**9}
_EARLY, _LATE = 6e8, 4.2e9  # seconds since 1970: from 1989 to 2103


def clock_in(name: str, values: pa.Array) -> tuple[pa.Array, str] | None:
    """Moments, and how they were written: seconds since 1970 or parts of them, or days such as 20270331."""
    found = pc.min_max(values)
    low, high = found["min"].as_py(), found["max"].as_py()
    if low is None or low < _EARLY / 100:
        return None
    if _CLOCK_NAMES.search(name):
        for unit, parts in _CLOCKS.items():
            if _EARLY * parts <= low and high <= _LATE * parts:
                seconds = pc.cast(pc.floor(pc.divide(values, float(parts))), pa.int64())
                return within(seconds.cast(pa.timestamp("s"))), f"read as {unit} since 1970"
    if low >= 19000101 and high <= 21001231:
        return _days_in(name, values)
    return None


def _days_in(name: str, values: pa.Array) -> tuple[pa.Array, str] | None:
    named = bool(_DATE_NAMES.search(name))
    if not named and pc.count_distinct(values.slice(0, 10_000)).as_py() < _DAYS:
        return None
    values = in_one(values)
    there = values.is_valid().to_numpy(zero_copy_only=False)
    exact = values.fill_null(0.0).to_numpy()
    whole = exact.astype(np.int64)
    none = np.zeros_like(whole)
    parts = {"year": whole // 10_000, "month": whole // 100 % 100, "day": whole % 100}
    times = dict.fromkeys(("hour", "minute", "second", "ahead"), none)
    moments = moments_of({**parts, **times}, there & (exact == whole))
    return (
        (moments, "read as year, month, day") if moments.null_count == values.null_count else None
    )


def flags_in(values: pa.Array) -> pa.Array | None:
    """0 and 1 as no and yes, be it with some slips in between, such as means that gaps were filled with."""
    found = pc.min_max(values)
    if found["min"].as_py() != 0.0 or found["max"].as_py() != 1.0:
        return None
    is_one = pc.equal(values, 1.0)
    sharp = pc.or_(is_one, pc.equal(values, 0.0))
    if pc.sum(sharp).as_py() < _TWO * (len(values) - values.null_count):
        return None
    return pc.if_else(sharp, is_one, pa.scalar(None, pa.bool_()))
