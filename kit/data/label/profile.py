"""The label of a file: what it holds, how it moves with time and between groups, and what tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from kit.data.label.cells import numbers_of
from kit.data.label.grouping import grouping_of
from kit.data.label.strength import strengths
from kit.data.label.target import Target, target_of
from kit.data.measured import GroupSize, LabelProfile, Question
from kit.data.profile.columns import spread_of
from kit.data.reading.table import Table
from kit.data.time_column import time_of


def label_of(table: Table, question: Question, starts: Sequence[dt.datetime]) -> LabelProfile:
    """What the label looks like; `starts` are the beginnings of the periods that time is cut into.

    Raises
    ------
    ValueError
        If the table has no column of the label's name.
    """
    target = target_of(table, question)
    rows = int(np.count_nonzero(~np.isnan(target.values)))
    is_number = target.task == "numbers"
    return LabelProfile(
        column=str(question.label),
        task=target.task,
        problem=target.problem,
        positive=target.positive,
        rows=rows,
        missing=len(target.values) - rows,
        classes=target.classes,
        spread=spread_of(pa.array(target.values, from_pandas=True)) if is_number else None,
        by_time=_by_time(table, question, target, starts) if target.task else (),
        strengths=strengths(table, question, target),
        groups=tuple(_groups(table, question, target)) if target.task else (),
    )


def _by_time(
    table: Table, question: Question, target: Target, starts: Sequence[dt.datetime]
) -> tuple[float | None, ...]:
    """The share of yes, or the mean, of the rows of each period."""
    time = time_of(table, question)
    if time is None or not starts:
        return ()
    seconds = numbers_of(time)
    known = ~np.isnan(seconds) & ~np.isnan(target.values)
    edges = np.array(starts, dtype="datetime64[s]").astype(np.int64)
    period = np.searchsorted(edges, seconds[known], side="right") - 1
    inside = period >= 0
    counts = np.bincount(period[inside], minlength=len(starts))
    sums = np.bincount(period[inside], weights=target.values[known][inside], minlength=len(starts))
    return tuple(
        float(total / rows) if rows else None for total, rows in zip(sums, counts, strict=True)
    )


def _groups(table: Table, question: Question, target: Target) -> Iterator[GroupSize]:
    for name in question.groups:
        column = table.column(name)
        grouping = grouping_of(column) if column is not None else None
        if grouping is None:
            continue
        codes = np.where(np.isnan(target.values), -1, grouping.codes)
        there = codes >= 0
        counts = np.bincount(codes[there], minlength=len(grouping.names))
        sums = np.bincount(
            codes[there], weights=target.values[there], minlength=len(grouping.names)
        )
        for value, rows, total in zip(grouping.names, counts, sums, strict=True):
            if not rows:
                continue
            is_number = target.task == "numbers"
            yield GroupSize(
                column=name,
                value=value,
                rows=int(rows),
                positives=None if is_number else int(total),
                mean=float(total / rows) if is_number else None,
            )
