"""Figures for groups of rows, so that an average hides nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kit.data.baseline.draws import Draws, score
from kit.data.label.cells import Codes
from kit.data.label.grouping import Grouping, grouping_of
from kit.data.measured import GroupScore, Question, Score
from kit.data.reading.table import Table
from kit.numbers.domain import Array

# Below, a figure says little, and may say it about people who can be told.
LEAST = 30  # rows
COUNTED = 10  # rows that a share is of; where entities repeat, entities


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows that are looked at by themselves."""

    column: str
    value: str
    rows: Codes  # places among the rows that are scored


@dataclass(frozen=True, kw_only=True)
class Groups:
    """All groups that are large enough."""

    each: tuple[Group, ...]
    small: int  # groups that are not


def groups_of(table: Table, question: Question, rows: Codes) -> Groups:
    """The groups among some rows of a table; bands of numbers are those of the whole table."""
    kept, small = [], 0
    for name in question.groups:
        column = table.column(name)
        grouping = grouping_of(column) if column is not None else None
        if grouping is None:
            continue
        here = Grouping(column=name, names=grouping.names, codes=grouping.codes[rows])
        for value, places in here.each():
            if len(places) >= LEAST:
                kept.append(Group(column=name, value=value, rows=places))
            elif len(places):
                small += 1
    return Groups(each=tuple(kept), small=small)


def class_groups(
    label: Array, *, flags: Array, groups: Groups, draws: Draws
) -> Iterator[GroupScore]:
    """Recall and precision of each group, of the rows that have a flag; neither of few rows."""
    for group in groups.each:
        rows = group.rows[~np.isnan(flags[group.rows])]
        flagged, yes = flags[rows], label[rows]
        hits = np.column_stack([flagged * yes, flagged * yes])
        wholes = np.column_stack([yes, flagged])
        found = draws.shares(hits, wholes, rows)
        for measure, one, counted in zip(("recall", "precision"), found, wholes.T, strict=True):
            if one is not None and draws.units(rows[counted > 0]) >= COUNTED:
                yield _score(group, len(rows), measure, one)


def number_groups(
    label: Array, *, predicted: Array, groups: Groups, draws: Draws
) -> Iterator[GroupScore]:
    """Mean absolute error, and mean error (prediction minus truth), of each group."""
    for group in groups.each:
        if draws.units(group.rows) < COUNTED:
            continue
        error = (predicted - label)[group.rows]
        columns = np.column_stack([np.abs(error), error, np.ones(len(error))])
        totals = draws.totals(columns, group.rows)
        for at, measure in enumerate(("mean absolute error", "mean error")):
            with np.errstate(invalid="ignore", divide="ignore"):  # a draw may hold none of a group
                drawn = totals[:, at] / totals[:, 2]
            found = score(float(columns[:, at].mean()), drawn)
            yield _score(group, len(group.rows), measure, found)


def _score(group: Group, rows: int, measure: str, found: Score) -> GroupScore:
    return GroupScore(
        column=group.column, value=group.value, rows=rows, measure=measure, score=found
    )
