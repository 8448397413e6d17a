"""Dates as people write them; where day and month cannot be told apart, that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.data.reading.moments import Numbers, moments_of, within
from kit.data.reading.words import MOSTLY, Reading, Words, most, share

# What Arrow reads by itself.
ISO = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?$"

_TIME = (
    r"(?:,?[T ]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|(?P<zone>[-+]\d{2}:?\d{2}|[-+]\d{2}))?)?$"
)
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_NAME = r"(?i:(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_YEAR = r"(?P<year>\d{4})"
_ANY_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY = 69  # two digits from here on are of the 20th century, as POSIX has it
_ZONES = r"(?:Z|UTC|GMT|:\d{2}\s*[-+]\d{2}(?::?\d{2})?)$"


@dataclass(frozen=True, kw_only=True)
class _Form:
    """One way to write a date."""

    pattern: str
    note: str = ""


_DAY_FIRST = _Form(pattern=rf"^{_DAY}[-/.]\s?{_MONTH}[-/.]\s?{_ANY_YEAR}{_TIME}", note="day first")
_MONTH_FIRST = _Form(pattern=f"^{_MONTH}[-/.]{_DAY}[-/.]{_ANY_YEAR}{_TIME}", note="month first")
_FORMS = (
    _Form(pattern=f"^{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}{_TIME}"),
    _DAY_FIRST,
    _MONTH_FIRST,
    _Form(
        pattern=rf"^(?:[A-Za-z]{{2,9}},?\s+)?{_DAY}(?:st|nd|rd|th)?[-. /]*{_NAME}[-,. /]*{_ANY_YEAR}{_TIME}"
    ),
    _Form(
        pattern=rf"^(?:[A-Za-z]{{2,9}},?\s+)?{_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}{_TIME}"
    ),
    _Form(pattern=rf"^{_YEAR}-{_MONTH}$", note="months, read as their first days"),
)


def dates_in(words: Words) -> Reading | None:
    """The dates among the words, if most cells are dates."""
    fitting = [form for form in _FORMS if share(words.sample, form.pattern) >= MOSTLY]
    best = _best(fitting, lambda form: _read(words.sample, form))
    if len(best) > 1:  # only all of the cells can tell
        best = _best(best, lambda form: _read(words.words, form).take(words.places))
    if not best:
        return None
    values = _read(words.words, best[0])
    if not most(values.take(words.places), words.places):
        return None
    return Reading(values=values, notes=_notes(words.sample, best))


def _best(forms: Sequence[_Form], read: Callable[[_Form], pa.Array]) -> list[_Form]:
    """The forms that read most; the first comes first."""
    nulls = {form: read(form).null_count for form in forms}
    return [form for form in forms if nulls[form] == min(nulls.values())]


def _notes(sample: pa.Array, best: Sequence[_Form]) -> tuple[str, ...]:
    notes = [best[0].note] if best[0].note else []
    if _MONTH_FIRST in best[1:]:
        notes = ["day or month first cannot be told; read as day first"]
    years = _Parts(pc.extract_regex(sample, best[0].pattern))
    if (years.there & (years.number("year") < 100)).any():
        notes.append("years of two digits, read as 1969 to 2068")
    if share(sample, _ZONES):
        notes.append("in UTC")
    return tuple(notes)


def iso_dates(cells: pa.Array) -> pa.Array | None:
    """Moments of texts in the international form, as Arrow reads them; None where one of them is none."""
    try:
        return within(pc.cast(pc.cast(cells, pa.timestamp("us")), pa.timestamp("s"), safe=False))
    except pa.ArrowInvalid:
        return None


def _read(texts: pa.Array, form: _Form) -> pa.Array:
    parts = _Parts(pc.extract_regex(texts, form.pattern))
    year = parts.number("year")
    found = {
        "year": np.where(year < 100, year + np.where(year < _CENTURY, 2000, 1900), year),
        "month": _named_months(parts.text("name")) if parts.has("name") else parts.number("month"),
        "day": parts.number("day") if parts.has("day") else np.ones_like(year),
        "hour": _of_24(parts),
        "minute": parts.number("minute"),
        "second": parts.number("second"),
        "ahead": _minutes_ahead(parts),
    }
    return moments_of(found, parts.there)


class _Parts:
    """The named parts of texts of a form."""

    def __init__(self, found: pa.StructArray) -> None:
        self._found = found
        self.there = found.is_valid().to_numpy(zero_copy_only=False)

    def has(self, key: str) -> bool:
        """Whether any text has the part."""
        kind = self._found.type
        named = any(kind.field(at).name == key for at in range(kind.num_fields))
        return named and bool(pc.any(pc.not_equal(self.text(key), "")).as_py())

    def text(self, key: str) -> pa.Array:
        """The part of each text; empty where it has none."""
        return pc.fill_null(pc.struct_field(self._found, key), "")

    def number(self, key: str) -> Numbers:
        """The part as a number; 0 where a text has none."""
        if not self.has(key):
            return np.zeros(len(self._found), np.int64)
        digits = pc.replace_substring(self.text(key), "'", "")
        values: Numbers = pc.cast(
            pc.replace_substring_regex(digits, "^$", "0"), pa.int64()
        ).to_numpy()
        return values


def _named_months(names: pa.Array) -> Numbers:
    lower = pc.utf8_lower(names)
    found: Numbers = pc.fill_null(pc.index_in(lower, pa.array(_MONTHS)), -1).to_numpy() + 1
    return found


def _of_24(parts: _Parts) -> Numbers:
    """Hours of the day, of those that are counted up to 12 twice, too."""
    hours = parts.number("hour")
    if not parts.has("half"):
        return hours
    halves = pc.utf8_lower(pc.utf8_slice_codeunits(parts.text("half"), 0, 1))
    half = halves.to_numpy(zero_copy_only=False)
    twelve = (hours == 12) & (half != "")
    counted: Numbers = np.where(twelve, 0, hours) + np.where(half == "p", 12, 0)
    return counted


def _minutes_ahead(parts: _Parts) -> Numbers:
    if not parts.has("zone"):
        return np.zeros(len(parts.there), np.int64)
    zones = parts.text("zone")
    digits = pc.replace_substring_regex(zones, r"[-+:]", "")
    number = pc.cast(pc.utf8_rpad(digits, 4, padding="0"), pa.int64()).to_numpy()
    sign = np.where(pc.starts_with(zones, "-").to_numpy(zero_copy_only=False), -1, 1)
    ahead: Numbers = sign * (number // 100 * 60 + number % 100)
    return ahead
