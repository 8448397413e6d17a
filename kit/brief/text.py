"""The shared kinds of text: cleaned once, the same everywhere."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

LINE_LIMIT = 300
TEXT_LIMIT = 5_000

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Cn", "Co"})


def refused(expected: str, remedy: str) -> PydanticCustomError:
    """An error that says what was expected and what to do; the reader adds what was found."""
    return PydanticCustomError(
        "refused", "expected {expected}. {remedy}", {"expected": expected, "remedy": remedy}
    )


def clean(value: Any) -> Any:
    """Text in Unicode NFC with line feeds only; numbers and booleans become their text."""
    if isinstance(value, bool) or value is None:
        raise refused("text", "Write it in words.")
    if isinstance(value, (int, float)):
        value = f"{value:g}" if isinstance(value, float) else str(value)
    if not isinstance(value, str):
        raise refused("text", "Write one piece of text here, not a list or a group of keys.")
    for position, char in enumerate(value, start=1):
        if char not in "\n\t\r" and (
            char in _BIDI or unicodedata.category(char) in _REFUSED_CATEGORIES
        ):
            raise refused(
                f"readable text, which U+{ord(char):04X} at character {position} is not",
                "Delete that invisible character.",
            )
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


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
        return dt.date.fromisoformat(value.strip())
    except ValueError:
        raise refused("a date that exists", "Look the day up in a calendar.") from None


Line = Annotated[
    str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=LINE_LIMIT)
]
Text = Annotated[
    str, BeforeValidator(clean), StringConstraints(min_length=1, max_length=TEXT_LIMIT)
]
Day = Annotated[dt.date, BeforeValidator(_calendar_date), Field(ge=dt.date(1900, 1, 1))]
