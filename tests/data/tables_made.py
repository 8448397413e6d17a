"""Tables made of arrays, for tests that need to know what is in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from kit.data.measured import Kind
from kit.data.reading.table import Column, Table


def made(**columns: Any) -> Table:
    """A table; what is NaN, None or NaT is missing."""
    found = tuple(column(name, values) for name, values in columns.items())
    kept = len(found[0].values)
    return Table(columns=found, rows=kept, every=1, said=(), oddities=(), kept=kept)


def column(name: str, values: Any, kind: Kind | None = None) -> Column:
    """Numbers, booleans, dates, or words; words are a category unless nearly each is another."""
    array = pa.array(values, from_pandas=True)
    if pa.types.is_null(array.type):
        found: Kind = "empty"
    elif pa.types.is_boolean(array.type):
        found = "yes or no"
    elif pa.types.is_timestamp(array.type):
        found, array = "date", array.cast(pa.timestamp("s"))
    elif pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        array = array.cast(pa.string()).dictionary_encode()
        found = "category" if len(array.dictionary) <= max(50, 0.05 * len(array)) else "text"
    else:
        found, array = "number", array.cast(pa.float64())
    return Column(name=name, kind=kind or found, values=array, missing=array.null_count)


def blanked(values: np.ndarray, gone: np.ndarray) -> list[Any]:
    """The values as a list, None where they are gone."""
    return [None if is_gone else one for one, is_gone in zip(values.tolist(), gone, strict=True)]


def days(numbers: np.ndarray) -> np.ndarray:
    """Dates so many days after the first of January 2024."""
    start = np.datetime64("2024-01-01", "s")
    return start + np.round(np.asarray(numbers) * 86_400).astype("timedelta64[s]")
