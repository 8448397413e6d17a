"""The time that a brief asks for, held against the time that its file covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kit.appraisal import Reading
from kit.brief import DataSource, Quantity
from kit.data.measured import Measured, Period
from kit.data.verdicts.verdict import Verdict
from kit.data.verdicts.wording import length

_NEARLY = 0.97  # of a time: months are not all as long


def time_verdicts(
    reading: Reading, at: int, source: DataSource, found: Measured
) -> Iterator[Verdict]:
    """History, freshness and season of one source."""
    period = found.profile.period
    yield from _history(reading, at, source, period)
    yield from _freshness(reading, at, source, found)
    yield from _season(reading, at, source, period)


def _history(
    reading: Reading, at: int, source: DataSource, period: Period | None
) -> Iterator[Verdict]:
    key = f"data.sources.{at}.history"
    wanted = reading.duration(key, needed=False)
    if wanted is None:
        return
    days = period.days if period else None
    enough = days is not None and days >= _NEARLY * wanted.low
    yield Verdict(
        requirement="history",
        path=key,
        about=source.name,
        stated=length(wanted.low),
        measured=length(days) if days is not None else "",
        # A sample may be shorter than what it was drawn from.
        holds=True if enough else None,
        why=_no_time(source)
        if period is None
        else f"{period.column} runs from {period.first:%Y-%m-%d} to {period.last:%Y-%m-%d}"
        + ("." if enough else "; the sample is shorter than the history that is said to be there."),
    )


def _freshness(reading: Reading, at: int, source: DataSource, found: Measured) -> Iterator[Verdict]:
    key = f"data.sources.{at}.quality.freshness"
    wanted = reading.duration(key, needed=False)
    if wanted is None:
        return
    period = found.profile.period
    age = (found.on - period.last.date()).days if period else None
    # The day of measuring is known, the hour is not: the newest row is at least as old as when that day began.
    began = dt.datetime.combine(found.on, dt.time.min)
    least = (began - period.last).total_seconds() / 86_400 if period else 0.0
    late = least > wanted.high
    yield Verdict(
        requirement="freshness",
        path=key,
        about=source.name,
        stated=f"at most {length(wanted.high)} old",
        measured=_old(age) if age is not None else "",
        holds=None if age is None else not late,
        why=_no_time(source)
        if period is None
        else f"The newest row is of {period.last:%Y-%m-%d}, the file was measured on {found.on}.",
    )


def _season(
    reading: Reading, at: int, source: DataSource, period: Period | None
) -> Iterator[Verdict]:
    if not isinstance(reading.at("goal.season"), Quantity):
        return
    wanted = reading.duration("goal.season", needed=False)
    if wanted is None or period is None or at != _first_with_time(reading):
        return
    days = period.days
    yield Verdict(
        requirement="season",
        path="goal.season",
        about=source.name,
        stated=f"one cycle: {length(wanted.high)}",
        measured=length(days),
        holds=days >= _NEARLY * wanted.high,
        why=f"{period.column} covers {length(days)} of a cycle of {length(wanted.high)}.",
    )


def _first_with_time(reading: Reading) -> int:
    sources = reading.at("data.sources")
    named = [at for at, one in enumerate(sources) if isinstance(one.file, str)]
    return named[0] if named else 0


def _no_time(source: DataSource) -> str:
    if isinstance(source.time, str):
        return f"{source.time} is no column of dates in the file."
    return "The file has no column of dates, or several: name it by `time`."


def _old(days: int) -> str:
    return f"{length(days)} old" if days > 0 else "of the same day"
