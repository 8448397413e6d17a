"""The cells of a column as numbers or as codes, for sums over many rows at once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kit.data.reading.table import Column
from kit.numbers.domain import Array

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]


def numbers_of(column: Column) -> Array:
    """Numbers, 1 and 0 for yes and no, seconds for dates; NaN where a cell is missing."""
    values = column.values
    if column.kind == "date":
        values = pc.cast(values, pa.int64())
    if column.kind in ("date", "yes or no"):
        values = pc.cast(values, pa.float64())
    numbers = np.array(values.to_numpy(zero_copy_only=False), dtype=np.float64)
    numbers[np.isinf(numbers)] = np.nan
    return numbers


def codes_of(column: Column) -> tuple[Codes, list[str]]:
    """A category's or a text's values as their places in a list of words; -1 where a cell is missing."""
    values = column.values
    codes = pc.fill_null(pc.cast(values.indices, pa.int64()), -1)
    return np.array(codes.to_numpy(zero_copy_only=False)), values.dictionary.to_pylist()


def keys_of(column: Column) -> Codes:
    """The same number for the same value, whatever the column's kind; -1 where a cell is missing."""
    if column.kind in ("category", "text"):
        return codes_of(column)[0]
    numbers = numbers_of(column)
    _, keys = np.unique(numbers, return_inverse=True, equal_nan=True)
    return np.where(np.isnan(numbers), -1, keys)


def absent_in(column: Column) -> Flags:
    """Which cells are missing, or not of the column's kind."""
    return np.array(pc.is_null(column.values).to_numpy(zero_copy_only=False))


def taken(column: Column, rows: Codes) -> Column:
    """Some rows of a column."""
    return Column(
        name=column.name,
        kind=column.kind,
        values=column.values.take(pa.array(rows)),
        missing=column.missing,
    )
