"""A table as a whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kit.data.measured import ColumnProfile, Profile, Question
from kit.data.profile.columns import column_profile
from kit.data.profile.drift import drifts
from kit.data.profile.period import parts_of, period_of
from kit.data.reading.table import Column, Table
from kit.numbers.domain import Array

Bits = NDArray[np.uint64]


def profile_of(table: Table, question: Question, *, now: dt.datetime) -> Profile:
    """What a table holds; its time is that of the column that the question names, else of its only dates."""
    time = _time(table, question)
    parts = parts_of(time) if time is not None else None
    columns = tuple(column_profile(one, now=now) for one in table.columns)
    if time is not None and parts is not None:
        moved = drifts(table.columns, time)
        columns = tuple(
            replace(
                _with_time(profile, column, parts[1], len(parts[0].starts)),
                drift=moved.get(column.name),
            )
            for profile, column in zip(columns, table.columns, strict=True)
        )
    return Profile(
        rows=table.rows,
        every=table.every,
        looked_at=table.kept,
        columns=columns,
        said=table.said,
        oddities=table.oddities,
        repeated=_repeated(table),
        failing=_failing(table),
        period=period_of(time, *parts) if time is not None and parts is not None else None,
    )


def _time(table: Table, question: Question) -> Column | None:
    if question.time is not None:
        named = table.column(question.time)
        return named if named is not None and named.kind == "date" else None
    dated = [one for one in table.columns if one.kind == "date" and not one.missing]
    return dated[0] if len(dated) == 1 else None


def _with_time(profile: ColumnProfile, column: Column, part: Array, parts: int) -> ColumnProfile:
    """The profile with the share of missing cells in each part of the time."""
    if not column.missing or column.kind == "empty":
        return profile
    absent = pc.is_null(column.values).to_numpy(zero_copy_only=False)
    known = part >= 0
    rows = np.bincount(part[known], minlength=parts)
    gone = np.bincount(part[known], weights=absent[known], minlength=parts)
    shares = gone / np.maximum(rows, 1)
    return replace(profile, missing_by_time=tuple(float(f"{one:.4f}") for one in shares))


def _repeated(table: Table) -> int:
    """Rows that equal an earlier one: by 64 bits for each, of which no two collide but by chance in 1e-7."""
    if table.kept < 2 or not table.columns:
        return 0
    mixed: Bits = np.zeros(table.kept, np.uint64)
    for column in table.columns:
        mixed = _mixed(mixed * np.uint64(0x9E3779B97F4A7C15) + _codes(column.values))
    mixed.sort()
    return int(np.count_nonzero(mixed[1:] == mixed[:-1]))


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


def _failing(table: Table) -> int:
    """Rows in which some cell is there and not of its column's kind."""
    failing = np.zeros(table.kept, bool)
    for column in table.columns:
        if column.faulty is not None:
            failing |= pc.fill_null(column.faulty, fill_value=False).to_numpy(zero_copy_only=False)
    return int(failing.sum())
