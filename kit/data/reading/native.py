"""Columns whose file says their type, as Parquet and XLSX do, as columns of a kind."""

from __future__ import annotations

from collections.abc import Callable

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
from kit.data.reading.figures import clock_in
from kit.data.reading.kinds import typed
from kit.data.reading.moments import within
from kit.data.reading.table import Column
from kit.data.reading.words import words_of

_EXACT = 2.0**53  # up to here a float tells whole numbers apart
_SHOWN = 60  # bytes of a cell that holds no text


def typed_values(name: str, values: pa.Array) -> Column:
    """A column of values as they are; texts are read as those of a text file are."""
    if values.null_count == len(values):
        return empty_column(name, len(values))
    return _maker(values.type)(name, values)


def _maker(kind: pa.DataType) -> Callable[[str, pa.Array], Column]:
    is_ = pa.types
    if is_.is_boolean(kind):
        return _of_flags
    if is_.is_integer(kind) or is_.is_floating(kind) or is_.is_decimal(kind):
        return _of_numbers
    if is_.is_timestamp(kind) or is_.is_date(kind):
        return _of_moments
    return _of_texts


def _of_flags(name: str, values: pa.Array) -> Column:
    return column_of(name, "yes or no", values, values)


def _of_numbers(name: str, values: pa.Array) -> Column:
    floats = pc.cast(values, pa.float64(), safe=False)
    there = pc.if_else(pc.is_nan(floats), pa.scalar(None, pa.float64()), floats)
    if there.null_count == len(there):
        return empty_column(name, len(there))
    numbers = finite(there)
    if pa.types.is_integer(values.type) and _long(numbers) and clock_in(name, numbers) is None:
        return text_column(name, words_of(pc.cast(values, pa.string())), Form(kept="digits"))
    return number_column(name, numbers, there, Numerals(whole=True))


def _long(numbers: pa.Array) -> bool:
    """Whether some are so large that neighbours would become one."""
    return bool(pc.max(pc.abs(numbers)).as_py() > _EXACT)


def _of_moments(name: str, values: pa.Array) -> Column:
    zone = getattr(values.type, "tz", None)
    utc = values.cast(pa.timestamp(values.type.unit, "UTC")) if zone else values
    naive = utc.cast(pa.timestamp(values.type.unit)) if zone else utc
    moments = within(pc.cast(naive, pa.timestamp("s"), safe=False))
    cells = moments if moments.null_count == values.null_count else naive
    return date_column(name, moments, cells, Dates(form="year first", utc=bool(zone)))


def _of_texts(name: str, values: pa.Array) -> Column:
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    known = encoded.dictionary
    raw = (known if _is_bytes(known.type) else known.cast(pa.string())).cast(pa.binary())
    places = encoded.indices.cast(pa.int32())
    try:
        return typed(name, pa.DictionaryArray.from_arrays(places, raw.cast(pa.string())))
    except pa.ArrowInvalid:  # bytes that are no text, whatever the file says
        shown = pa.array([repr(one[:_SHOWN]) for one in raw.to_pylist()])
        return text_column(name, words_of(shown.take(places)), Form(kept="bytes"))


def _is_bytes(kind: pa.DataType) -> bool:
    is_ = pa.types
    return any(
        test(kind)
        for test in (
            is_.is_binary,
            is_.is_large_binary,
            is_.is_binary_view,
            is_.is_fixed_size_binary,
        )
    )
