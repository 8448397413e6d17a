"""Units of durations and rates, brought to one unit before they are compared.

A month is 30.4375 days and a year 365.25 days: the averages of the Julian calendar.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PER = re.compile(r"(^|\s)(per|a|an|each|every)\s|\s+each$", re.IGNORECASE)
_OFTEN = re.compile(
    r"(^|\s)(hourly|daily|weekly|monthly|quarterly|yearly|annually)\b", re.IGNORECASE
)
_ANNUM = re.compile(r"(^|\s)p\.\s?a\.?(?!\w)", re.IGNORECASE)
_DAY = 86_400.0

_KEPT = 512  # units are few, and every number asks about its own
SECONDS: dict[str, float] = {
    "us": 0.000_001,
    "ms": 0.001,
    "s": 1.0,
    "min": 60.0,
    "h": 3_600.0,
    "day": _DAY,
    "week": 7 * _DAY,
    "month": 30.4375 * _DAY,
    "quarter": 91.3125 * _DAY,
    "year": 365.25 * _DAY,
}

_ALIASES = {
    "µs": "us",  # the micro sign
    "μs": "us",  # the Greek letter
    "microsecond": "us",
    "millisecond": "ms",
    "msec": "ms",
    "sec": "s",
    "second": "s",
    "minute": "min",
    "mins": "min",
    "hr": "h",
    "hour": "h",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "yr": "year",
    "y": "year",
    "annum": "year",
}
_ADVERBS = {"daily": "day", "annually": "year"}


@lru_cache(maxsize=_KEPT)
def time_unit(unit: str) -> str | None:
    """The kit's name of a unit of time ("days" gives "day"), or None where it is none."""
    name = unit.strip().lower()
    if name in SECONDS:
        return name
    singular = name.removesuffix("s")
    found = _ALIASES.get(name) or _ALIASES.get(singular)
    return found or (singular if singular in SECONDS else None)


@lru_cache(maxsize=_KEPT)
def split_rate(unit: str) -> tuple[str, str | None]:
    """What is counted, and per which unit of time.

    "USD/month", "USD per month", "USD a month" and "USD monthly" give ("USD", "month"), "people" gives
    ("people", None), and a "per" that is no time stays with what is counted: "tickets/order" gives
    ("tickets/order", None).
    """
    counted, slash, per = "/".join(split_per(unit)).rpartition("/")
    period = _first_time(per) if slash else None
    return (counted.strip(), period) if period else (unit.strip(), None)


@lru_cache(maxsize=_KEPT)
def split_per(unit: str) -> tuple[str, ...]:
    """The parts of a unit that stand around its "per", however that is written."""
    plain = _OFTEN.sub(lambda often: f"/{_period(often[2])}", _ANNUM.sub("/year", unit))
    return tuple(part.strip() for part in _PER.sub("/", plain).split("/"))


def _period(often: str) -> str:
    return _ADVERBS.get(often.lower(), often.lower().removesuffix("ly"))


def _first_time(per: str) -> str | None:
    """The time in "month", or in "month and store"."""
    words = per.split()
    return time_unit(per) or (time_unit(words[0]) if words else None)


def convert(number: float, *, unit: str, to: str) -> float:
    """`number` of `unit` expressed in `to`.

    Durations convert into durations, rates into rates of the same thing.

    Raises
    ------
    ValueError
        If the two cannot be compared; the text names both.
    """
    if unit == to:
        return number
    source, target = time_unit(unit), time_unit(to)
    if source and target:
        return number * SECONDS[source] / SECONDS[target]
    counted, per = split_rate(unit)
    wanted, by = split_rate(to)
    if per and by and counted == wanted:
        return number * SECONDS[by] / SECONDS[per]
    raise ValueError(f"{unit!r} and {to!r} cannot be compared")
