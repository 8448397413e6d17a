"""The shared kinds of text: cleaned once, the same everywhere."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

LINE_LIMIT = 300
TEXT_LIMIT = 5_000

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR = 1900

# Control characters, overrides of the writing direction, halves of surrogate pairs, private use and
# code points that are no characters. Code points that are new to this Python's tables are let through:
# next year's emoji is no fault.
_NO_CHARACTERS = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufdd0-\ufdef"
    f"\U000f0000-\U0010ffff{_NO_CHARACTERS}]"
)
_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
_UNSEEN = "\u200b\ufeff"


def refused(expected: str, remedy: str) -> PydanticCustomError:
    """An error that says what was expected and what to do; the reader adds what was found."""
    return PydanticCustomError(
        "refused", "expected {expected}. {remedy}", {"expected": expected, "remedy": remedy}
    )


def refused_at(key: str, value: Any, error: PydanticCustomError) -> ValidationError:
    """The same, for one key of the group that is being read."""
    return ValidationError.from_exception_data(
        "Part", [InitErrorDetails(type=error, loc=(key,), input=value)]
    )


def clean(value: Any) -> Any:
    """Text in Unicode NFC with line feeds only; a number becomes its text."""
    if isinstance(value, str) and value.isascii() and value.isprintable():  # nearly all
        return value.strip()
    if value is None or isinstance(value, bool):
        raise refused("text", "Write it, or take the key or entry out.")
    if isinstance(value, (int, float)):
        value = f"{value:.15g}" if isinstance(value, float) else str(value)
    if not isinstance(value, str):
        raise refused("text", "Write one piece of text here, not a list or a group of keys.")
    if found := _REFUSED.search(value):
        raise refused(
            f"readable text, which U+{ord(found[0]):04X} at character {found.start() + 1} is not",
            "Delete that character.",
        )
    text = unicodedata.normalize("NFC", _BREAKS.sub("\n", value))
    return text.strip().strip(_UNSEEN).strip()


def _one_line(value: Any) -> Any:
    text = clean(value)
    if "\n" in text:
        raise refused("a single line", "Take the line breaks out.")
    return text.replace("\t", " ")


def _calendar_date(value: Any) -> Any:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value.strip()):
        raise refused("a date such as 2027-03-31", "Write year, month and day in this order.")
    try:
        day = dt.date.fromisoformat(value.strip())
    except ValueError:
        raise refused("a date that exists", "Look the day up in a calendar.") from None
    if day.year < _FIRST_YEAR:
        raise refused(f"a date from {_FIRST_YEAR} on", "Look at the digits of the year.")
    return day


Line = Annotated[
    str, StringConstraints(min_length=1, max_length=LINE_LIMIT), BeforeValidator(_one_line)
]
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=TEXT_LIMIT), BeforeValidator(clean)
]
Day = Annotated[dt.date, BeforeValidator(_calendar_date)]
