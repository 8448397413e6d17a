"""Columns of texts as columns of a kind: numbers, yes or no, dates, categories, texts."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from kit.data.reading.columns import (
    column_of,
    empty_column,
    finite,
    number_column,
    text_column,
)
from kit.data.reading.dates import ISO, dates_in, iso_dates
from kit.data.reading.figures import clock_in
from kit.data.reading.numerals import KEYS, PLAIN, any_number, numbers_in
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

_SOME = 0.005  # share of cells that make a column one of keys
_KEPT = ("digits kept as text: they begin with 0, or are more than 15",)
_SPELLINGS = 12  # of yes and no in one column: "Yes", "YES", "yes"
_YES_NO = (
    ("yes", "no"), ("true", "false"), ("y", "n"), ("t", "f"), ("on", "off"),
    ("ja", "nein"), ("ja", "nee"), ("ja", "nej"), ("wahr", "falsch"), ("oui", "non"), ("vrai", "faux"),
    ("si", "no"), ("sí", "no"), ("sì", "no"), ("sim", "não"), ("tak", "nie"), ("ano", "ne"),
    ("evet", "hay\u0131r"), ("да", "нет"), ("так", "ні"), ("はい", "いいえ"), ("是", "否"), ("예", "아니요"),
)  # fmt: skip


def typed(name: str, cells: pa.Array | pa.ChunkedArray) -> Column:
    """A column of texts, null where a cell is missing, as the kind that most of its cells are."""
    if cells.null_count == len(cells):
        return empty_column(name, len(cells))
    if pa.types.is_string(cells.type):
        found = _plain_numbers(name, cells) or _plain_dates(name, cells)
        if found is not None:
            return found
    return _of_words(name, words_of(cells))


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
    return number_column(name, values, cells)


def _plain_dates(name: str, cells: pa.ChunkedArray) -> Column | None:
    """Dates that Arrow reads by itself."""
    if share(sample_of(cells), ISO) < MOSTLY:
        return None
    moments = iso_dates(cells)
    if moments is None:
        cells = cleaned(cells)
        moments = iso_dates(_only(cells, ISO))
    if moments is None or not most(moments, cells):
        return None
    return column_of(name, "date", moments, cells)


def _of_words(name: str, words: Words) -> Column:
    if not len(words.words):
        return empty_column(name, len(words.places))
    cells = cells_of(words)
    flags = _flags(words)
    if flags is not None:
        return column_of(name, "yes or no", flags.take(words.places), cells)
    dates = dates_in(words)
    if dates is not None:
        return column_of(name, "date", dates.values.take(words.places), cells, dates.notes)
    if share(words.sample, KEYS) >= _SOME:
        return text_column(name, words, notes=_KEPT if share(words.sample, PLAIN) >= MOSTLY else ())
    numbers = numbers_in(words)
    if numbers is not None:
        values = finite(numbers.values).take(words.places)
        if most(values, cells):
            return number_column(name, values, cells, numbers.notes)
    return text_column(name, words)


def _flags(words: Words) -> pa.Array | None:
    """Yes and no in one of many languages, whatever the case."""
    if len(words.words) > _SPELLINGS:
        return None
    lower = pc.utf8_lower(words.words)
    said = set(lower.to_pylist())
    pair = next((pair for pair in _YES_NO if said <= set(pair)), None)
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
