"""Labels that mean something else from some day on: their share of yes, or their mean, jumps and stays."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

from kit.data.measured import LabelProfile, Measured, Period

_LEAST = 30  # labels of a period
_AROUND = {"day": 7, "week": 3, "month": 3, "quarter": 3, "year": 3}  # periods on either side
_MUCH = 0.5  # standard deviations
_TIMES = 2.0  # as large as any other change over as many periods
_CHANCE = 0.05
_LOGISTIC = math.sqrt(3) / math.pi  # 1 / standard deviation of the logistic distribution


@dataclass(frozen=True, kw_only=True)
class Jump:
    """Where a label jumps."""

    since: dt.datetime  # beginning of the first period that may be of the new kind
    before: float  # share of yes, or mean, of all rows before
    after: float  # the same of all rows from the first whole period of the new kind on
    effect: float  # standard deviations, above 0 where it rises


@dataclass(frozen=True, kw_only=True)
class _Level:
    """The label of one period."""

    start: dt.datetime
    rows: float
    value: float  # share of yes, or mean
    place: float  # in standard deviations
    error: float  # standard error of the place


def jump_of(found: Measured) -> Jump | None:
    """The largest jump of a file's label; None where it has none that is beyond doubt.

    Two periods, next to each other or with one between them, are apart by half a standard deviation at least; a
    share is put on the scale of numbers by the logarithm of its odds. The jump is beyond chance with all pairs
    looked at, twice as large as any other, and it stays: no earlier period comes over half of the way, no later one
    goes back over it, and there are three on either side, of days seven, so that no weekend is one. Hours are left
    alone, as every day has a night.

    References
    ----------
    Cohen (1988), Statistical Power Analysis: half a standard deviation is a medium effect. Chinn (2000), Statistics
    in Medicine 19:3127, on odds in standard deviations. Dunn (1961), JASA 56:52, on Bonferroni's bound.
    """
    label, period = found.label, found.profile.period
    if label is None or period is None or period.unit not in _AROUND:
        return None
    levels = [*_levels(label, period, _known(found))]
    around = _AROUND[period.unit]
    pairs = [
        (at, at + apart)
        for apart in (1, 2)
        for at in range(around - 1, len(levels) - around - apart + 1)
    ]
    if not pairs:
        return None
    limit = NormalDist().inv_cdf(1 - _CHANCE / len(pairs) / 2)
    sure = [pair for pair in pairs if _is_jump(levels, *pair, limit)]
    if not sure:
        return None
    first, last = max(sure, key=lambda pair: (abs(_effect(levels, *pair)), pair[0] - pair[1]))
    return Jump(
        since=levels[first + 1].start,
        before=_mean(levels[: first + 1]),
        after=_mean(levels[last:]),
        effect=_effect(levels, first, last),
    )


def _known(found: Measured) -> tuple[float, ...]:
    """The share of rows with a label in each period."""
    label, period = found.label, found.profile.period
    if label is None or period is None:
        return ()
    missing = next(
        (one.missing_by_time for one in found.profile.columns if one.name == label.column), ()
    )
    if missing:
        return tuple(1 - one for one in missing)
    return (label.rows / max(label.rows + label.missing, 1),) * len(period.counts)


def _levels(label: LabelProfile, period: Period, known: tuple[float, ...]) -> Iterator[_Level]:
    """The periods with labels enough."""
    deviation = label.spread.sd if label.spread else 0.0
    for start, count, share, value in zip(
        period.starts, period.counts, known, label.by_time, strict=False
    ):
        rows = count * share
        if value is None or rows < _LEAST:
            continue
        if label.task == "classes":
            # Half a row more of either kind, so that none has odds of 0 (Haldane 1956).
            yes, no = value * rows + 0.5, (1 - value) * rows + 0.5
            place, error = _LOGISTIC * math.log(yes / no), _LOGISTIC * math.sqrt(1 / yes + 1 / no)
        elif deviation:
            place, error = value / deviation, 1 / math.sqrt(rows)
        else:
            return
        yield _Level(start=start, rows=rows, value=value, place=place, error=error)


def _effect(levels: list[_Level], first: int, last: int) -> float:
    return levels[last].place - levels[first].place


def _is_jump(levels: list[_Level], first: int, last: int, limit: float) -> bool:
    effect = _effect(levels, first, last)
    if abs(effect) < max(_MUCH, limit * math.hypot(levels[first].error, levels[last].error)):
        return False
    middle = levels[first].place + effect / 2
    sides = [(one.place - middle) * effect for one in levels]
    if max(sides[: first + 1]) >= 0 or min(sides[last:]) <= 0:
        return False
    apart = last - first
    others = (
        abs(_effect(levels, at, at + apart))
        for part in (range(first - apart + 1), range(last, len(levels) - apart))
        for at in part
    )
    return abs(effect) >= _TIMES * max(others, default=0.0)


def _mean(levels: list[_Level]) -> float:
    return sum(one.rows * one.value for one in levels) / sum(one.rows for one in levels)
