"""Columns of texts as columns of a kind: numbers, yes or no, dates, categories, texts."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from kit.data.read_as import Dates, Form, Numerals
from kit.data.reading.columns import (
    column_of,
    date_column,
    empty_column,
    finite,
    number_column,
    text_column,
)
from kit.data.reading.date_forms import DATE_FORMS
from kit.data.reading.dates import dates_in, iso_dates
from kit.data.reading.figures import clock_in
from kit.data.reading.numeral_forms import KEYS, PLAIN
from kit.data.reading.numerals import any_number, numbers_in
from kit.data.reading.table import Column
from kit.data.reading.words import (
    MOSTLY,
    Words,
    cells_of,
    cleaned,
    most,
    sample_of,
    share,
    words_of,
)
from kit.data.reading.yes_no import YES_NO

_SOME = 0.005  # share of cells that make a column one of keys
_ISO = DATE_FORMS["international"]
_FRACTION = r"\.\d\d"  # 5.0 is how programs write a whole number amid gaps; 5.00 is not
_SPELLINGS = 12  # of yes and no in one column: "Yes", "YES", "yes"


def typed(name: str, cells: pa.Array | pa.ChunkedArray) -> Column:
    """A column of texts, null where a cell is missing, as the kind that most of its cells are."""
    if cells.null_count == len(cells):
        return empty_column(name, len(cells))
    if pa.types.is_string(cells.type):
        found = _plain_numbers(name, cells) or _plain_dates(name, cells)
        if found is not None:
            return found
    words = words_of(cells)
    return replace(_of_words(name, words), controls=words.controls)


def _plain_numbers(name: str, cells: pa.ChunkedArray) -> Column | None:
    """Numbers that Arrow reads by itself, which is fast; None where most cells are none, or are keys."""
    sample = sample_of(cells)
    if share(sample, PLAIN) < MOSTLY:
        return None
    values = _cast(cells, pa.float64())
    if values is None or not _all_finite(values):
        cells = cleaned(cells)
        values = finite(pc.cast(_only(cells, PLAIN), pa.float64()))
        if any_number(sample_of(cells.filter(pc.and_(cells.is_valid(), values.is_null())))):
            return None  # these are written in another way, and so may be all
    if not most(values, cells):
        return None
    if share(sample, KEYS) >= _SOME and clock_in(name, values) is None:
        return None
    return number_column(name, values, cells, Numerals(whole=not share(sample, _FRACTION)))


def _plain_dates(name: str, cells: pa.ChunkedArray) -> Column | None:
    """Dates that Arrow reads by itself."""
    if share(sample_of(cells), _ISO) < MOSTLY:
        return None
    moments = iso_dates(cells)
    if moments is None:
        cells = cleaned(cells)
        moments = iso_dates(_only(cells, _ISO))
    if moments is None or not most(moments, cells):
        return None
    return date_column(name, moments, cells, Dates(form="international"))


def _of_words(name: str, words: Words) -> Column:
    if not len(words.words):
        return empty_column(name, len(words.places))
    cells = cells_of(words)
    flags = _flags(words)
    if flags is not None:
        return column_of(name, "yes or no", flags.take(words.places), cells)
    dates = dates_in(words)
    if dates is not None:
        return date_column(name, dates[0].take(words.places), cells, dates[1])
    if share(words.sample, KEYS) >= _SOME:
        kept = share(words.sample, PLAIN) >= MOSTLY
        return text_column(name, words, Form(kept="digits" if kept else None))
    numbers = numbers_in(words)
    if numbers is not None:
        values = finite(numbers[0]).take(words.places)
        if most(values, cells):
            return number_column(name, values, cells, numbers[1])
    return text_column(name, words)


def _flags(words: Words) -> pa.Array | None:
    """Yes and no in one of many languages, whatever the case."""
    if len(words.words) > _SPELLINGS:
        return None
    lower = pc.utf8_lower(words.words)
    said = set(lower.to_pylist())
    pair = next((pair for pair in YES_NO if said <= set(pair)), None)
    return None if pair is None else pc.equal(lower, pair[0])


def _only(cells: pa.Array, form: str) -> pa.Array:
    """The cells of a form; null elsewhere."""
    return pc.if_else(pc.match_substring_regex(cells, form), cells, pa.scalar(None, pa.string()))


def _cast(cells: pa.Array, kind: pa.DataType) -> pa.Array | None:
    try:
        return pc.cast(cells, kind)
    except pa.ArrowInvalid:
        return None


def _all_finite(values: pa.Array) -> bool:
    return pc.all(pc.is_finite(values)).as_py() is not False
