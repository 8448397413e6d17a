"""The columns that a baseline may look at, as one matrix; and why the others are left out.

Dates become days: before the row's time where that is a date, else since the column's first. A category keeps its
254 most frequent values. Nothing here looks at the label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kit.data.baseline.last_value import last_values
from kit.data.baseline.sample import Sample
from kit.data.label.cells import absent_in, codes_of, numbers_of, taken
from kit.data.leaks import leaks
from kit.data.measured import LabelProfile, Question, Strength
from kit.data.reading.table import Column, Table
from kit.numbers.domain import Array

_MOST_VALUES = 255  # that boosted trees take for a category, the one for all others included
_COVERED = 0.5  # share of the rows that the frequent ones must make up
_FAR = 1e30  # decision trees count in single precision
_LEAST_RUN = 20  # numbers: fewer may follow each other by chance
_GAPS = 0.05  # share of the numbers that may be left out
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
    # The last known label of whom each row is about, NaN where there is none; None without time and entity.
    last: Array | None = None
    said: tuple[str, ...] = ()  # what was decided on the way

    @property
    def categories(self) -> list[int]:
        """The places of categories."""
        return [at for at, one in enumerate(self.each) if one.words is not None]

    @property
    def numbers(self) -> list[int]:
        """The places of all others."""
        return [at for at, one in enumerate(self.each) if one.words is None]


def features_of(
    table: Table,
    question: Question,
    label: LabelProfile,
    sample: Sample,
    signs: Mapping[str, float] | None = None,
) -> Features:
    """All columns that are known at the prediction and of some use.

    Parameters
    ----------
    table, question, label, sample
        The file, what is asked of it, its label, and the rows that count.
    signs
        A number of a column that is taken as missing, such as 999999.
    """
    told = {one.column: one for one in reversed(leaks(label))}
    each, cells, left_out, said = [], [], [], list[str]()
    for column in table.columns:
        reason = _barred(column, question, told.get(column.name))
        if reason is None:
            found = _feature(taken(column, sample.rows), sample)
            if isinstance(found, tuple):
                feature, values = found
                sign = (signs or {}).get(column.name)
                if feature.words is None and sign is not None and np.any(values == sign):
                    values = np.where(values == sign, np.nan, values)
                    said.append(f"{sign:.10g} in {column.name} was taken as missing.")
                each.append(feature)
                cells.append(values)
                continue
            reason = found
        left_out.append((column.name, reason))
    last = _last(sample)
    if last is not None and not np.isnan(last).all():
        name = f"last known {question.label} of the same {question.entity}"
        each.append(Feature(column=name, says=name))
        cells.append(last)
    matrix = np.column_stack(cells) if cells else np.empty((len(sample.rows), 0))
    return Features(
        each=tuple(each), cells=matrix, left_out=tuple(left_out), last=last, said=tuple(said)
    )


def _last(sample: Sample) -> Array | None:
    if sample.when is None or sample.keys is None:
        return None
    return last_values(sample)


def _barred(column: Column, question: Question, leak: Strength | None) -> str | None:
    if column.name == question.label:
        return "it is what is predicted"
    if column.name == question.entity:
        return "it names whom a row is about: what is learnt should hold for others, too"
    if column.name == question.time:
        return "it says when a row happened, and later rows are to be predicted"
    if column.name in question.later:
        return "it is filled only after the prediction"
    if leak is not None:
        return reason_of(leak)
    return "it is empty" if column.kind == "empty" else None


def reason_of(leak: Strength) -> str:
    """Why a column that leaks is not used."""
    what = "it" if leak.by == "value" else "whether it is filled"
    return f"{what} tells the label too well: {leak.measure} {leak.value:.2f}"


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
    if len(there) < _LEAST_RUN or np.any(there != np.floor(there)):
        return False
    return bool(
        there.max() - there.min() < (1 + _GAPS) * len(there) and len(np.unique(there)) == len(there)
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
