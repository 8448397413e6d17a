"""A table as a whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from kit.data.measured import ColumnProfile, Profile, Question
from kit.data.profile.alike import repeated
from kit.data.profile.columns import column_profile
from kit.data.profile.drift import drifts
from kit.data.profile.period import parts_of, period_of
from kit.data.reading.table import Column, Table
from kit.data.time_column import time_of
from kit.numbers.domain import Array


def profile_of(table: Table, question: Question, *, now: dt.datetime) -> Profile:
    """What a table holds; its time is that of the column that the question names, else of its only dates."""
    time = time_of(table, question)
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
        read_as=table.read_as,
        oddities=table.oddities,
        repeated=repeated(table),
        failing=_failing(table),
        period=period_of(time, *parts) if time is not None and parts is not None else None,
    )


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


def _failing(table: Table) -> int:
    """Rows in which some cell is there and not of its column's kind."""
    failing = np.zeros(table.kept, bool)
    for column in table.columns:
        if column.faulty is not None:
            failing |= pc.fill_null(column.faulty, fill_value=False).to_numpy(zero_copy_only=False)
    return int(failing.sum())
