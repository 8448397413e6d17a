"""How dates are written: forms that Arrow reads, and Python with `re.ASCII` in the same way."""

from __future__ import annotations

from collections.abc import Mapping

from kit.data.read_as import Clock, DateForm

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CENTURY = 69  # two digits from here on are of the 20th century, as POSIX has it
CLOCKS: Mapping[Clock, int] = {  # parts of a second
    "seconds": 1,
    "milliseconds": 1_000,
    "microseconds": 10**6,
    "nanoseconds": 10**9,
}

_TIME = (
    r"(?:,?[T ]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|(?P<zone>[-+]\d{2}:?\d{2}|[-+]\d{2}))?)?$"
)
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_NAME = rf"(?i:(?P<name>{'|'.join(MONTHS)})[a-z]*)\.?"
_WEEKDAY = r"(?:[A-Za-z]{2,9},?\s+)?"
_YEAR = r"(?P<year>\d{4})"
_ANY_YEAR = r"(?P<year>\d{4}|'?\d{2})"

# Each as a pattern of a whole cell; of those that fit as well, the first one counts.
DATE_FORMS: Mapping[DateForm, str] = {
    # What Arrow reads by itself.
    "international": r"^(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,6})?)?)?$",
    "year first": rf"^{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}{_TIME}",
    "day first": rf"^{_DAY}[-/.]\s?{_MONTH}[-/.]\s?{_ANY_YEAR}{_TIME}",
    "month first": rf"^{_MONTH}[-/.]{_DAY}[-/.]{_ANY_YEAR}{_TIME}",
    "month named": rf"^{_WEEKDAY}{_DAY}(?:st|nd|rd|th)?[-. /]*{_NAME}[-,. /]*{_ANY_YEAR}{_TIME}",
    "month named first": rf"^{_WEEKDAY}{_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}{_TIME}",
    "month alone": rf"^{_YEAR}-{_MONTH}$",
}
