"""The columns that a baseline may look at, as one matrix; and why the others are left out.

Dates become days: before the row's time where that is a date, else since the column's first. A category keeps its
254 most frequent values. Nothing here looks at the label.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kit.data.baseline.sample import Sample
from kit.data.label import leaks
from kit.data.label.cells import absent_in, codes_of, numbers_of, taken
from kit.data.measured import LabelProfile, Question, Strength
from kit.data.reading.table import Column, Table
from kit.numbers.domain import Array

_MOST_VALUES = 255  # that boosted trees take for a category, the one for all others included
_COVERED = 0.5  # share of the rows that the frequent ones must make up
_FAR = 1e30  # decision trees count in single precision
_DAY = 86_400.0
OTHER = "any other"


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One column of the matrix."""

    column: str
    says: str  # what it holds, in words
    is_flag: bool = False  # yes is 1, no is 0
    # Of a category, whose cells are places in here; None for numbers.
    words: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Features:
    """What can be learnt from."""

    each: tuple[Feature, ...]
    cells: Array  # a row per row of the sample, a column per feature; NaN where a cell is missing
    left_out: tuple[tuple[str, str], ...]  # columns with the reason

    @property
    def categories(self) -> list[int]:
        """The places of categories."""
        return [at for at, one in enumerate(self.each) if one.words is not None]

    @property
    def numbers(self) -> list[int]:
        """The places of all others."""
        return [at for at, one in enumerate(self.each) if one.words is None]


def features_of(table: Table, question: Question, label: LabelProfile, sample: Sample) -> Features:
    """All columns that are known at the prediction and of some use."""
    told = {one.column: one for one in reversed(leaks(label))}
    each, cells, left_out = [], [], []
    for column in table.columns:
        reason = _barred(column, question, told.get(column.name))
        if reason is None:
            found = _feature(taken(column, sample.rows), sample)
            if isinstance(found, tuple):
                each.append(found[0])
                cells.append(found[1])
                continue
            reason = found
        left_out.append((column.name, reason))
    matrix = np.column_stack(cells) if cells else np.empty((len(sample.rows), 0))
    return Features(each=tuple(each), cells=matrix, left_out=tuple(left_out))


def _barred(column: Column, question: Question, leak: Strength | None) -> str | None:
    if column.name == question.label:
        return "it is what is predicted"
    if column.name == question.entity:
        return "it names whom a row is about, and others are to be predicted too"
    if column.name == question.time:
        return "it says when a row happened, and later rows are to be predicted"
    if column.name in question.later:
        return "it is filled only after the prediction"
    if leak is not None:
        return why(leak)
    return "it is empty" if column.kind == "empty" else None


def why(leak: Strength) -> str:
    """Why a column that leaks is not used."""
    name = "AUC" if leak.measure == "AUC" else "rank correlation"
    if leak.by == "value":
        return f"it tells the label too well: {name} {leak.value:.2f}"
    return f"whether it is filled tells the label too well: {name} {leak.value:.2f}"


def _feature(column: Column, sample: Sample) -> tuple[Feature, Array] | str:
    """A feature with its cells, or why there is none."""
    absent = absent_in(column)
    if absent.all():
        return "it is empty in the rows with a label"
    if column.kind in ("category", "text"):
        return _category(column)
    values = np.clip(numbers_of(column), -_FAR, _FAR)
    there = values[~absent]
    if there.min() == there.max() and not absent.any():
        return "it is the same in every row"
    if column.kind == "number" and _runs(there):
        return "it numbers the rows"
    if column.kind != "date":
        return Feature(
            column=column.name, says=column.name, is_flag=column.kind == "yes or no"
        ), values
    if sample.when is not None and sample.time is not None and sample.time.kind == "date":
        says = f"days from {column.name} to {sample.time.name}"
        return Feature(column=column.name, says=says), (sample.when - values) / _DAY
    says = f"days of {column.name} since its first"
    return Feature(column=column.name, says=says), (values - there.min()) / _DAY


def _runs(there: Array) -> bool:
    """Whether numbers count the rows: whole, each once, and hardly one left out."""
    if len(there) < 20 or np.any(there != np.floor(there)):
        return False
    return bool(
        there.max() - there.min() < 1.05 * len(there) and len(np.unique(there)) == len(there)
    )


def _category(column: Column) -> tuple[Feature, Array] | str:
    codes, words = codes_of(column)
    counts = np.bincount(codes[codes >= 0], minlength=len(words))
    distinct = int(np.count_nonzero(counts))
    if distinct == 1 and not np.any(codes < 0):
        return "it is the same in every row"
    order = np.argsort(-counts, kind="stable")
    many = distinct > _MOST_VALUES
    kept = order[: _MOST_VALUES - 1] if many else order[:distinct]
    if many and (column.kind == "text" or counts[kept].sum() < _COVERED * counts.sum()):
        return f"it holds {distinct:,} different texts, too many to learn from each"
    places = np.full(len(words) + 1, float(len(kept)))
    places[kept] = np.arange(len(kept))
    places[-1] = np.nan  # code -1: missing
    names = [words[at] for at in kept] + ([OTHER] if many else [])
    return Feature(column=column.name, says=column.name, words=tuple(names)), places[codes]
