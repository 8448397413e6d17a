"""Dates as people write them; where day and month cannot be told apart, that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kit.data.read_as import DateForm, Dates
from kit.data.reading.date_forms import CENTURY, DATE_FORMS, MONTHS
from kit.data.reading.moments import Numbers, moments_of, within
from kit.data.reading.words import MOSTLY, Words, most, share

_ZONES = r"(?:Z|UTC|GMT|:\d{2}\s*[-+]\d{2}(?::?\d{2})?)$"
_FORMS = tuple(DATE_FORMS)[1:]  # the first one is what Arrow reads by itself


def dates_in(words: Words) -> tuple[pa.Array, Dates] | None:
    """The dates that the words say, null where one says none, and how they are written, if most cells are dates."""
    fitting = [form for form in _FORMS if share(words.sample, DATE_FORMS[form]) >= MOSTLY]
    best = _best(fitting, lambda form: _read(words.sample, form))
    if len(best) > 1:  # only all of the cells can tell
        best = _best(best, lambda form: _read(words.words, form).take(words.places))
    if not best:
        return None
    values = _read(words.words, best[0])
    if not most(values.take(words.places), words.places):
        return None
    return values, _dates(words.sample, best)


def _best(forms: Sequence[DateForm], read: Callable[[DateForm], pa.Array]) -> list[DateForm]:
    """The forms that read most; the first comes first."""
    nulls = {form: read(form).null_count for form in forms}
    return [form for form in forms if nulls[form] == min(nulls.values())]


def _dates(sample: pa.Array, best: Sequence[DateForm]) -> Dates:
    parts = _Parts(pc.extract_regex(sample, DATE_FORMS[best[0]]))
    return Dates(
        form=best[0],
        or_month_first="month first" in best[1:],
        short_years=bool((parts.there & _is_short(parts)).any()),
        utc=bool(share(sample, _ZONES)),
    )


def iso_dates(cells: pa.Array) -> pa.Array | None:
    """Moments of texts in the international form, as Arrow reads them; None where one of them is none."""
    try:
        return within(pc.cast(pc.cast(cells, pa.timestamp("us")), pa.timestamp("s"), safe=False))
    except pa.ArrowInvalid:
        return None


def _read(texts: pa.Array, form: DateForm) -> pa.Array:
    parts = _Parts(pc.extract_regex(texts, DATE_FORMS[form]))
    year = parts.number("year")
    found = {
        "year": np.where(_is_short(parts), year + np.where(year < CENTURY, 2000, 1900), year),
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


def _is_short(parts: _Parts) -> NDArray[np.bool_]:
    """Where the year has two digits: 0001 is the first one, not 2001."""
    length = pc.utf8_length(pc.replace_substring(parts.text("year"), "'", ""))
    short: NDArray[np.bool_] = pc.less(length, 4).to_numpy(zero_copy_only=False)
    return short


def _named_months(names: pa.Array) -> Numbers:
    lower = pc.utf8_lower(names)
    found: Numbers = pc.fill_null(pc.index_in(lower, pa.array(MONTHS)), -1).to_numpy() + 1
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
