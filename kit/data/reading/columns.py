"""Columns of each kind, with what in them was missing or strange."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from kit.data.measured import Kind
from kit.data.read_as import AS_IT_STANDS, Dates, Form, Numerals
from kit.data.reading.figures import clock_in, flags_in, is_whole
from kit.data.reading.moments import whole_days
from kit.data.reading.table import Column
from kit.data.reading.words import Words, cells_of, in_one
from kit.errors import visible

_EXAMPLES = 3
_SHOWN = 60  # characters of an example
_FEW = 50  # values that are always few enough for a category
_SHARE = 0.05  # of the rows: so many values still are
_LONG = 60  # bytes, on average: a category is a word or two


def empty_column(name: str, length: int) -> Column:
    """A column without a cell that says anything."""
    return Column(name=name, kind="empty", values=pa.nulls(length), missing=length)


def column_of(
    name: str, kind: Kind, values: pa.Array, cells: pa.Array, form: Form = AS_IT_STANDS
) -> Column:
    """A column of values that were read from cells; a cell without a value is strange."""
    strange = values.null_count - cells.null_count
    return Column(
        name=name,
        kind=kind,
        values=in_one(values),
        missing=cells.null_count,
        strange=strange,
        examples=_examples(cells, values) if strange else (),
        faulty=in_one(pc.and_(cells.is_valid(), values.is_null())) if strange else None,
        form=form,
    )


def number_column(name: str, values: pa.Array, cells: pa.Array, numerals: Numerals) -> Column:
    """A column of numbers, unless they are moments, or yes and no, in disguise.

    They are whole where all of them are, unless the numerals say that they are written otherwise.
    """
    clock = clock_in(name, values)
    if clock is not None:
        return date_column(name, clock[0], cells, clock[1], numerals)
    flags = flags_in(values)
    if flags is not None:
        return column_of(name, "yes or no", flags, cells, Form(numerals=numerals))
    numerals = replace(numerals, whole=numerals.whole and is_whole(values))
    return column_of(name, "number", values, cells, Form(numerals=numerals))


def date_column(
    name: str, moments: pa.Array, cells: pa.Array, dates: Dates, numerals: Numerals | None = None
) -> Column:
    """A column of moments, which may have been written as numbers."""
    dates = replace(dates, whole_days=whole_days(moments))
    return column_of(name, "date", moments, cells, Form(dates=dates, numerals=numerals))


def text_column(name: str, words: Words, form: Form = AS_IT_STANDS) -> Column:
    """A column of words: a category where there are few and short ones, otherwise a text."""
    there = len(words.places) - words.places.null_count
    count = len(words.words)
    few = count <= max(_FEW, _SHARE * len(words.places)) and count < max(2, there)
    short = pc.mean(pc.binary_length(words.words)).as_py() <= _LONG
    return Column(
        name=name,
        kind="category" if few and short else "text",
        values=cells_of(words),
        missing=words.places.null_count,
        form=form,
    )


def finite(values: pa.Array) -> pa.Array:
    """The numbers; null where there is none, or no end to it."""
    good = pc.is_finite(values)
    if pc.all(good).as_py() is not False:
        return values
    return pc.if_else(good, values, pa.scalar(None, pa.float64()))


def _examples(cells: pa.Array, values: pa.Array) -> tuple[str, ...]:
    strange = cells.filter(pc.and_(cells.is_valid(), values.is_null()))
    shown = pc.cast(in_one(strange.unique().slice(0, _EXAMPLES)), pa.string())
    return tuple(visible(one[:_SHOWN]) for one in shown.to_pylist())
