"""Rows that are another one again."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kit.data.reading.table import Table

Bits = NDArray[np.uint64]


def repeated(table: Table) -> int:
    """How many rows equal an earlier one."""
    bits = np.sort(_bits(table))
    return int(np.count_nonzero(bits[1:] == bits[:-1]))


def repeats_in(table: Table) -> NDArray[np.bool_]:
    """Whether each row equals an earlier one."""
    bits = _bits(table)
    order = np.argsort(bits, kind="stable")
    found = np.zeros(len(bits), dtype=bool)
    found[order[1:]] = bits[order[1:]] == bits[order[:-1]]
    return found


def _bits(table: Table) -> Bits:
    """64 bits for each row: of 32 million different rows, two are taken for one by a chance of 3e-5."""
    if not table.columns:
        return np.arange(table.kept, dtype=np.uint64)
    mixed: Bits = np.zeros(table.kept, np.uint64)
    for column in table.columns:
        mixed = _mixed(mixed * np.uint64(0x9E3779B97F4A7C15) + _codes(column.values))
    return mixed


def _codes(values: pa.Array) -> Bits:
    """A number for each value, the same for the same; missing cells are all alike."""
    if pa.types.is_null(values.type):
        return np.zeros(len(values), np.uint64)
    if pa.types.is_dictionary(values.type):
        codes = pc.fill_null(values.indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
        return np.asarray(codes, np.uint64)
    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.int64())
    numbers = pc.fill_null(values.cast(pa.float64()), np.nan).to_numpy(zero_copy_only=False)
    return np.asarray(numbers + 0.0).view(np.uint64)  # + 0.0: a -0 is a 0


def _mixed(bits: Bits) -> Bits:
    """Bits spread over the whole number (Steele, Lea & Flood 2014, SplitMix)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
