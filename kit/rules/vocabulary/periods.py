"""Times as people write them: "daily", "every other week", "once a day", "twelve"."""

from __future__ import annotations

import datetime as dt
import math
import re

from kit.brief.units import SECONDS, time_unit
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import figure

DAY = SECONDS["day"]
OFTEN = {  # and the time that lies between
    "hourly": "hour",
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
}
NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_UNITS = {
    "year": "year",
    "month": "month",
    "week": "week",
    "day": "day",
    "h": "hour",
    "min": "minute",
}
_REPEATED = late(
    rf"\W*(?:(?P<often>{'|'.join(OFTEN)})\b|"
    r"(?P<live>live|stream(?:ing)?|real[ -]time|continuous(?:ly)?)\b|"
    r"(?:every|each|once an?|once per|once every)\s+"
    rf"(?:(?P<number>\d+(?:\.\d+)?)\s*|(?P<word>other|{'|'.join(NUMBERS)})\s+)?"
    r"(?P<unit>[a-z]+)\b|(?P<never>never|once)\b)",
    re.IGNORECASE,
)


def interval_of(text: object) -> float | None:
    """Seconds between two times of "daily", "every 15 minutes" or "live", with which a text begins.

    0 for what never stops, infinite for what comes once or never; None where that cannot be told.
    """
    found = _REPEATED.match(text) if isinstance(text, str) else None
    if found is None:
        return None
    if found["live"]:
        return 0.0
    if found["never"]:
        return math.inf
    unit = time_unit(OFTEN[found["often"].casefold()] if found["often"] else found["unit"])
    return number_of(found["number"] or found["word"]) * SECONDS[unit] if unit else None


def number_of(word: str | None) -> float:
    """The number that digits or a word stand for; 1 where there is none."""
    text = (word or "one").casefold().replace(",", "")
    return 2.0 if text == "other" else float(NUMBERS.get(text, text))


def length(days: float) -> str:
    """A length of time in the unit it reads best in: 3 weeks, 45 days, 1 hour."""
    for unit, name in _UNITS.items():
        number = days * DAY / SECONDS[unit]
        if number >= 1 and abs(number - round(number)) < 1e-6:
            return f"{number:,.0f} {name}{'' if round(number) == 1 else 's'}"
    return f"{figure(days)} days" if days >= 1 else f"{figure(days * 24)} hours"


def after(start: dt.date, days: float) -> dt.date | None:
    """The day so many days later; None where no calendar reaches so far."""
    try:
        return start + dt.timedelta(days=days)
    except OverflowError:
        return None
