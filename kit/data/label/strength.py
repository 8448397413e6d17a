"""How well each column by itself tells the label: by its values, and by whether it is filled at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from kit.data.label.cells import Codes, Flags, absent_in, codes_of, keys_of, numbers_of, taken
from kit.data.label.folded import folded_auc, folded_correlation, folds_of
from kit.data.label.ranks import (
    auc_interval,
    auc_of,
    correlation,
    correlation_interval,
    midranks,
    most_correlated,
)
from kit.data.label.target import LEAST_OF_A_CLASS, Target
from kit.data.measured import Question, Strength, Task
from kit.data.reading.table import Column, Table
from kit.numbers.domain import Array
from kit.numbers.rates import wilson_interval

Measure = Literal["AUC", "rank correlation"]

# Rows: an AUC is then known to a few thousandths, and twenty columns take a second. Wide files get fewer.
_DRAWN, _LEAST_DRAWN = 200_000, 5_000
_CELLS = 8_000_000
_SEED = 0
_UNIQUE = 0.5  # share of the rows with a value of their own, beyond which texts are no categories
_CODES = 50  # values of a number that may stand for something
_NOT_MOST = 0.6  # of the rows: where a class is more, it is nearly all of many honest parts of them
_APART = (
    0.1  # of all there is to tell: as much more must numbers tell one by one than by their order
)


def strengths(table: Table, question: Question, target: Target) -> tuple[Strength, ...]:
    """Every column but the label and whom a row is about, the strongest first."""
    if target.task is None:
        return ()
    rows = np.flatnonzero(~np.isnan(target.values))
    most = int(np.clip(_CELLS // len(table.columns), _LEAST_DRAWN, _DRAWN))
    if len(rows) > most:
        rng = np.random.default_rng(_SEED)
        rows = np.sort(rng.choice(rows, most, replace=False))
    label = target.values[rows]
    if label.min() == label.max():
        return ()
    entity = table.column(question.entity)
    keys = None
    if entity is not None and entity.kind != "empty":
        # One that is known already must not tell its own label by something else that is its own.
        keys = keys_of(taken(entity, rows))
    one = _Telling(label, target.task, folds_of(len(rows), keys, _SEED))
    found = [
        strength
        for column in table.columns
        if column.name not in (question.label, question.entity) and column.kind != "empty"
        for strength in one.by(taken(column, rows) if len(rows) < table.kept else column)
    ]
    return tuple(sorted(found, key=_weakness))


def _weakness(one: Strength) -> float:
    return -_told(one.value, one.measure)


def _told(value: float, measure: Measure) -> float:
    """From 0 for nothing to 1 for everything, so that an AUC of 0.5 stands beside a correlation of 0."""
    return value if measure == "rank correlation" else 2 * value - 1


class _Telling:
    """One label, told by one column after the other."""

    def __init__(self, label: Array, task: Task, folds: Codes) -> None:
        self.label, self.task, self.folds = label, task, folds
        self.measure: Measure = "AUC" if task == "classes" else "rank correlation"
        self.label_ranks, self.label_shared = (
            (label, np.ones(1)) if task == "classes" else midranks(label)
        )

    def by(self, column: Column) -> Iterator[Strength]:
        absent = absent_in(column)
        there = np.flatnonzero(~absent)
        value = self._by_value(column, there)
        if value is not None:
            yield value
        if min(len(there), int(absent.sum())) >= LEAST_OF_A_CLASS:
            yield self._by_absence(column.name, absent)

    def _by_value(self, column: Column, there: Codes) -> Strength | None:
        label = self.label if len(there) == len(self.label) else self.label[there]
        if not self._enough(label):
            return None
        if column.kind in ("category", "text"):
            codes = codes_of(column)[0][there]
            distinct = len(np.unique(codes))
            if distinct < 2 or (column.kind == "text" and distinct > _UNIQUE * len(there)):
                return None
            return self._strength(column.name, self._by_codes(codes, there), label, distinct)
        ranks, shared = midranks(numbers_of(column)[there])
        if len(shared) < 2:
            return None
        value, unordered = self._by_ranks(ranks, there), False
        if 2 < len(shared) <= _CODES:
            codes = np.searchsorted(np.unique(ranks), ranks)
            as_code = self._by_codes(codes, there)
            if _told(as_code, self.measure) > _told(value, self.measure) + _APART:
                value, unordered = as_code, True
        found = self._strength(column.name, value, label, len(shared))
        return replace(found, unordered=unordered)

    def _enough(self, label: Array) -> bool:
        if self.task == "classes":
            yes = label.sum()
            return bool(min(yes, len(label) - yes) >= LEAST_OF_A_CLASS)
        return bool(len(label) >= 2 * LEAST_OF_A_CLASS and label.min() < label.max())

    def _by_ranks(self, ranks: Array, there: Codes) -> float:
        if self.task == "classes":
            auc = auc_of(ranks, self.label[there])
            return max(auc, 1 - auc)
        whole = len(there) == len(self.label)
        label = self.label_ranks if whole else midranks(self.label[there])[0]
        return abs(correlation(ranks, label))

    def _by_codes(self, codes: Codes, there: Codes) -> float:
        """The direction is known: chance alone lies on both sides of nothing."""
        label, folds = self.label[there], self.folds[there]
        if self.task == "classes":
            return max(folded_auc(codes, label, folds), 0.5)
        return max(folded_correlation(codes, label, folds), 0.0)

    def _strength(self, name: str, value: float, label: Array, distinct: int) -> Strength:
        if self.task == "classes":
            low, high = auc_interval(value, float(label.sum()), float(len(label) - label.sum()))
            least, most = 0.5, 1.0
        else:
            low, high = correlation_interval(value, len(label))
            shared = self.label_shared if len(label) == len(self.label) else midranks(label)[1]
            least, most = 0.0, most_correlated(shared)
        return Strength(
            column=name,
            by="value",
            measure=self.measure,
            value=value,
            low=max(low, least),
            high=high,
            values=distinct,
            most=most,
        )

    def _by_absence(self, name: str, absent: Flags) -> Strength:
        """The AUC between label and absence; where the label is a number, the chance that it orders the two."""
        gone = absent.astype(float)
        if self.task == "classes":
            yes = gone @ self.label / self.label.sum()
            no = gone @ (1 - self.label) / (1 - self.label).sum()
            auc = 0.5 + (yes - no) / 2
            ends = self.label.sum(), (1 - self.label).sum()
            sure = _surest(self.label, absent)
        else:
            auc = auc_of(self.label_ranks, gone)
            ends = gone.sum(), (1 - gone).sum()
            sure = 0.0
        value = float(max(auc, 1 - auc))
        low, high = auc_interval(value, float(ends[0]), float(ends[1]))
        return Strength(
            column=name,
            by="absence",
            measure="AUC",
            value=value,
            low=max(low, 0.5),
            high=high,
            values=2,
            sure=sure,
        )


def _surest(label: Array, absent: Flags) -> float:
    """The share of a class where it is surest, filled or not; of a class that is not most rows anyway."""
    classes = [one for one in (label, 1 - label) if one.mean() <= _NOT_MOST]
    return max(_surely(one[where]) for one in classes for where in (absent, ~absent))


def _surely(one: Array) -> float:
    return float(wilson_interval(float(one.sum()), len(one))[0])
