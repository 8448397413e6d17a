"""The time that a brief asks for, held against the time that its file covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.appraisal import Reading
from kit.appraisal.number import Input
from kit.appraisal.reading import said
from kit.appraisal.wording import length, listed
from kit.brief import DataSource, Quantity
from kit.data.measured import Measured, Period
from kit.data.verdicts.stated import large_unit, longest
from kit.data.verdicts.verdict import Verdict

_NEARLY = 0.97  # of a time: months are not all as long
_DAY = dt.timedelta(days=1)
_ZONES = dt.timedelta(hours=14)  # the farthest from UTC


def time_verdicts(
    reading: Reading, at: int, source: DataSource, found: Measured
) -> Iterator[Verdict]:
    """History and freshness of one source."""
    yield from _history(reading, at, source, found)
    yield from _freshness(reading, at, source, found)


def seasonal(files: Sequence[Measured]) -> Measured | None:
    """The file in which one season is looked for: the first that covers a time at all."""
    return next((one for one in files if one.profile.period is not None), None)


def season_verdict(reading: Reading, source: DataSource, found: Measured) -> Iterator[Verdict]:
    """Whether a file covers one cycle of the goal's metric."""
    stated = _stated(reading, "goal.season")
    period = found.profile.period
    if stated is None or period is None:
        return
    covered, cycle = length(period.days, most=stated.unit), longest(stated.quantity)
    yield Verdict(
        requirement="season",
        path="goal.season",
        about=source.name,
        stated=cycle,
        measured=covered,
        holds=period.days >= _NEARLY * stated.days.high,
        why=f"{period.column} covers {covered} of a cycle of {cycle}.",
    )


@dataclass(frozen=True, kw_only=True)
class _Stated:
    """A length of time that a brief states."""

    quantity: Quantity
    days: Input
    unit: str  # the largest to tell another time in beside it


def _stated(reading: Reading, key: str) -> _Stated | None:
    """The length of time at a key; None where there is none that can be read."""
    quantity = reading.at(key)
    if not isinstance(quantity, Quantity):
        return None
    days = reading.duration(key, needed=False)
    if days is None:
        return None
    return _Stated(quantity=quantity, days=days, unit=large_unit(quantity))


def _history(reading: Reading, at: int, source: DataSource, found: Measured) -> Iterator[Verdict]:
    key = f"data.sources.{at}.history"
    stated, period = _stated(reading, key), found.profile.period
    if stated is None:
        return
    enough = period is not None and period.days >= _NEARLY * stated.days.low
    why, remedy = _no_time(source, found) if period is None else (_run(period, enough=enough), "")
    yield Verdict(
        requirement="history",
        path=key,
        about=source.name,
        stated=said(stated.quantity),
        measured=length(period.days, most=stated.unit) if period else "",
        # A sample may be shorter than what it was drawn from.
        holds=True if enough else None,
        why=why,
        remedy=remedy,
    )


def _run(period: Period, *, enough: bool) -> str:
    rest = "" if enough else "; the sample is shorter than the history that is said to be there"
    return f"{period.column} runs from {period.first:%Y-%m-%d} to {period.last:%Y-%m-%d}{rest}."


def _freshness(reading: Reading, at: int, source: DataSource, found: Measured) -> Iterator[Verdict]:
    key = f"data.sources.{at}.quality.freshness"
    stated, period = _stated(reading, key), found.profile.period
    if stated is None:
        return
    measured, holds, remedy = "", None, ""
    if period is None:
        why, remedy = _no_time(source, found)
    else:
        days = (found.on - period.last.date()).days
        measured = f"{length(days, most=stated.unit)} old" if days > 0 else "of the same day"
        least, most = _age(found, period)
        limit = stated.days.high
        holds = True if most <= limit else False if least > limit else None
        why = f"The newest row is of {period.last:%Y-%m-%d}, the file was measured on {found.on}."
        if holds is None:
            why += " Of which hour that was, or in which time zone, is not known so exactly."
    yield Verdict(
        requirement="freshness",
        path=key,
        about=source.name,
        stated=f"at most {longest(stated.quantity)} old",
        measured=measured,
        holds=holds,
        why=why,
        remedy=remedy,
    )


def _age(found: Measured, period: Period) -> tuple[float, float]:
    """Days since the newest row, at least and at most: the day of measuring is known, the hour is not.

    Rows without a time of day are told apart by days alone. Where the file tells a time zone, its moments are in UTC,
    and the day of measuring is that of a clock anywhere.
    """
    if period.last.time() == dt.time.min:
        days = float(max(0, (found.on - period.last.date()).days))
        return days, days
    column = next((one for one in found.profile.columns if one.name == period.column), None)
    dates = column.form.dates if column is not None and column.form is not None else None
    spare = _ZONES if dates is not None and dates.utc else dt.timedelta()
    began = dt.datetime.combine(found.on, dt.time.min)
    ends = (began - spare - period.last, began + _DAY + spare - period.last)
    least, most = (max(0.0, one / _DAY) for one in ends)
    return least, most


def _no_time(source: DataSource, found: Measured) -> tuple[str, str]:
    """Why a file covers no time that anybody knows of, with what to do; and that alone."""
    dates = [one.name for one in found.profile.columns if one.kind == "date"]
    if isinstance(source.time, str):
        fact = f"{source.time} is no column of dates in the file."
        remedy = "Name one that is, or attach a sample with such a column."
    elif not dates:
        fact, remedy = "The file has no column of dates.", "Attach a sample that has one."
    else:
        several = f"several columns of dates: {listed(dates, 4)}"
        one = f"one column of dates, {dates[0]}, and not in every row"
        fact = f"The file has {one if len(dates) == 1 else several}."
        likely = next((one for one in dates if one not in found.question.later), dates[0])
        remedy = f"Name the one that says when a row happened: `time: {likely}`."
    return f"{fact} {remedy}", remedy
