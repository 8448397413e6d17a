"""The time that a table covers, and where it has holes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow.compute as pc

from kit.data.measured import Gap, Period
from kit.data.reading.table import Column
from kit.numbers.domain import Array

Unit = Literal["hour", "day", "week", "month", "quarter", "year"]
_UNITS: tuple[tuple[Unit, float], ...] = (
    ("hour", 3600.0),
    ("day", 86_400.0),
    ("week", 604_800.0),
    ("month", 2_629_746.0),
    ("quarter", 7_889_238.0),
    ("year", 31_556_952.0),
)
_HOUR, _DAY = 3_600, 86_400  # seconds
_DAYS = 2  # over which an hour of the day comes twice, at least
_EVEN = 3  # steps, at least, that tell whether rows come at even times
_ABOUT = 1.5  # times the usual step
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001  as the file says, in whatever zone
_PARTS = 36  # of the time, at most
_GAPS = 5
_TIMES = 10.0  # as long as half of the steps, at least
_APART = 3.0  # as long as all but the longest few: nights are no holes
_SHARE = 0.02  # of the whole time, at least
_MOSTLY = 0.5  # of the whole time: where pauses take so much of it, rows come in bursts


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Units of time that are counted."""

    unit: Unit
    starts: tuple[dt.datetime, ...]


def parts_of(column: Column) -> tuple[Parts, Array] | None:
    """The finest unit of which the time has not too many, and in which of them each row lies; -1 for none."""
    moments = column.values
    ends = pc.min_max(moments)
    if not ends["min"].is_valid:
        return None
    first, last = ends["min"].as_py(), ends["max"].as_py()
    seconds = (last - first).total_seconds()
    unit: Unit = next((unit for unit, length in _UNITS if seconds / length < _PARTS), "year")
    floors = pc.floor_temporal(moments, unit=unit, week_starts_monday=True)
    stamps = pc.fill_null(floors.cast("int64"), np.iinfo(np.int64).min).to_numpy(
        zero_copy_only=False
    )
    starts = _starts(stamps[stamps > np.iinfo(np.int64).min], unit)
    part = np.searchsorted(starts, stamps)
    part[stamps == np.iinfo(np.int64).min] = -1
    return Parts(unit=unit, starts=tuple(_moment(one) for one in starts)), part


def _starts(stamps: Array, unit: Unit) -> Array:
    """The beginnings of all units between the first and the last, those without a row included."""
    first, last = stamps.min(), stamps.max()
    if unit in ("month", "quarter", "year"):
        months = {"month": 1, "quarter": 3, "year": 12}[unit]
        start, end = (one.astype("datetime64[s]").astype("datetime64[M]") for one in (first, last))
        every = np.arange(start, end + 1, months)
        return every.astype("datetime64[s]").astype(np.int64)
    step = {"hour": 3600, "day": 86_400, "week": 604_800}[unit]
    return np.arange(first, last + 1, step)


def _moment(seconds: int) -> dt.datetime:
    return _EPOCH + dt.timedelta(seconds=int(seconds))


def period_of(column: Column, parts: Parts, part: Array) -> Period:
    """The time of a table, with its rows in each unit and the holes between them."""
    counts = np.bincount(part[part >= 0], minlength=len(parts.starts))
    moments = pc.drop_null(column.values).cast("int64").to_numpy(zero_copy_only=False)
    ordered = np.sort(moments)
    return Period(
        column=column.name,
        first=_moment(ordered[0]),
        last=_moment(ordered[-1]),
        unit=parts.unit,
        starts=parts.starts,
        counts=tuple(int(one) for one in counts),
        gaps=_gaps(ordered),
        step_days=_step(ordered),
        ordered=bool(np.all(moments[1:] >= moments[:-1])),
    )


def _step(ordered: Array) -> float:
    """Days between one moment and the next, where they are much the same; 0 where they are not."""
    steps = np.diff(_different(ordered))
    if len(steps) < _EVEN or steps.max() > _ABOUT * np.median(steps):
        return 0.0
    return float(np.median(steps)) / _DAY


def _gaps(ordered: Array) -> tuple[Gap, ...]:
    """The few steps between rows that are many times as long as others, and a part of the whole time."""
    distinct = _different(ordered)
    if len(distinct) < 20:
        return ()
    worked = _without_still_hours(_without_weekends(distinct))
    steps = np.diff(worked)
    limit = max(
        _TIMES * np.median(steps),
        _APART * np.sort(steps)[-_GAPS - 1],
        _SHARE * (worked[-1] - worked[0]),
    )
    longest = [at for at in np.argsort(-steps)[:_GAPS] if steps[at] > limit]
    longest = _beyond_bursts(longest, steps, worked[-1] - worked[0])
    return tuple(
        Gap(start=_moment(distinct[at]), end=_moment(distinct[at + 1])) for at in sorted(longest)
    )


def _beyond_bursts(longest: list[int], steps: Array, whole: float) -> list[int]:
    """Of the longest steps those that are no pauses between bursts: where rows come in bursts, pauses are usual."""
    pauses = np.sort(steps[longest])
    if len(pauses) < 2 or pauses.sum() < _MOSTLY * whole:
        return longest
    usual = pauses[(len(pauses) - 1) // 2]
    return [at for at in longest if steps[at] > _APART * usual]


def _without_weekends(moments: Array) -> Array:
    """Moments in a time that stands still from Saturday to Sunday, where none of them lies there."""
    day = moments // _DAY + 3  # since a Monday
    return moments if np.any(day % 7 >= 5) else moments - 2 * _DAY * (day // 7)


def _without_still_hours(moments: Array) -> Array:
    """Moments in a time that stands still in those hours of the day in which none of them lies, such as nights."""
    if moments[-1] - moments[0] < _DAYS * _DAY:
        return moments  # an hour without a row on a single day is no habit
    hours = moments // _HOUR
    still = np.bincount(hours % 24, minlength=24) == 0
    before = np.cumsum(still) - still
    return np.asarray(moments - _HOUR * (hours // 24 * still.sum() + before[hours % 24]))


def _different(ordered: Array) -> Array:
    """Each number once, of numbers that are in order."""
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]]
