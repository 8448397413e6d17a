"""Numbers as they are, unless they are dates, or yes and no, in disguise."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.data.read_as import Dates
from kit.data.reading.date_forms import CLOCKS
from kit.data.reading.moments import moments_of, within
from kit.data.reading.words import in_one

_TWO = 0.9  # share of the cells that 0 and 1 make up where the rest are slips
_DAYS = 20  # different ones that are no chance: few numbers of eight digits are days
_DATE_NAMES = re.compile(r"date|datum|\bday|time|_at$|_on$|\bon\b", re.IGNORECASE)
_CLOCK_NAMES = re.compile(r"time|date|stamp|\bts\b|_ts$|epoch|_at$", re.IGNORECASE)
_EARLY, _LATE = 6e8, 4.2e9  # seconds since 1970: from 1989 to 2103
_FIRST_DAY, _LAST_DAY = (
    1900_01_01,
    2100_12_31,
)  # in eight digits, which are less than any clock shows
_LOOKED_AT = 10_000  # cells, which show whether there are many days
_WHOLE = 2.0**53  # below, a float tells whole numbers apart
_FIRST_CELLS = 1_000  # of numbers that are not whole, nearly always one is among these


def clock_in(name: str, values: pa.Array) -> tuple[pa.Array, Dates] | None:
    """Moments, and how they were written: seconds since 1970 or parts of them, or days such as 20270331."""
    found = pc.min_max(values)
    low, high = found["min"].as_py(), found["max"].as_py()
    if low is None or low < _FIRST_DAY:
        return None
    if _CLOCK_NAMES.search(name):
        for unit, parts in CLOCKS.items():
            if _EARLY * parts <= low and high <= _LATE * parts:
                seconds = pc.cast(pc.floor(pc.divide(values, float(parts))), pa.int64())
                return within(seconds.cast(pa.timestamp("s"))), Dates(form=unit)
    return _days_in(name, values) if high <= _LAST_DAY else None


def _days_in(name: str, values: pa.Array) -> tuple[pa.Array, Dates] | None:
    named = bool(_DATE_NAMES.search(name))
    if not named and pc.count_distinct(values.slice(0, _LOOKED_AT)).as_py() < _DAYS:
        return None
    values = in_one(values)
    there = values.is_valid().to_numpy(zero_copy_only=False)
    exact = values.fill_null(0.0).to_numpy()
    whole = exact.astype(np.int64)
    none = np.zeros_like(whole)
    parts = {"year": whole // 10_000, "month": whole // 100 % 100, "day": whole % 100}
    times = dict.fromkeys(("hour", "minute", "second", "ahead"), none)
    moments = moments_of({**parts, **times}, there & (exact == whole))
    if moments.null_count > values.null_count:
        return None
    return moments, Dates(form="eight digits")


def is_whole(values: pa.Array) -> bool:
    """Whether every number is a whole one, as far as a float can tell; also where there is none."""
    return all(_are_whole(some) for some in (values.slice(0, _FIRST_CELLS), values))


def _are_whole(values: pa.Array) -> bool:
    found = pc.min_max(values)
    if found["min"].is_valid and max(-found["min"].as_py(), found["max"].as_py()) >= _WHOLE:
        return False
    return pc.all(pc.equal(values, pc.floor(values))).as_py() is not False


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
