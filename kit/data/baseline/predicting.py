"""Every rung's predictions, each fold's from what has not seen it, for as long as there is time."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from kit.data.baseline.features import Features
from kit.data.baseline.folds import Fold, Split
from kit.data.baseline.models import MOST_STEPS, Model, model_of
from kit.data.baseline.rule import Rule
from kit.data.baseline.sample import Sample
from kit.data.measured import RungKind, Task
from kit.numbers.domain import Array

Tell = Callable[[str, float], None]  # what is being done, and the share that is done
NAMES: dict[Task, dict[RungKind, str]] = {
    "classes": {
        "constant": "no model",
        "last value": "last known value",
        "one column": "rule on one column",
        "linear": "logistic regression",
        "boosting": "gradient boosted trees",
    },
    "numbers": {
        "constant": "the mean",
        "median": "the median",
        "last value": "last known value",
        "one column": "rule on one column",
        "linear": "ridge regression",
        "boosting": "gradient boosted trees",
    },
}


class Clock:
    """The time that is left."""

    def __init__(self, seconds: float) -> None:
        self._end = time.perf_counter() + seconds

    def allows(self, seconds: float) -> bool:
        """Whether something that takes so long would end in time."""
        return time.perf_counter() + seconds < self._end


@dataclass(frozen=True, kw_only=True)
class Movable:
    """A rule whose threshold can be moved."""

    rule: Rule  # as all rows together give it: each fold has one of its own
    whole: Array  # where each row of the sample stands in its column
    standing: Array  # where each row stands in the column of its fold's rule


@dataclass(frozen=True, kw_only=True)
class Predictions:
    """What one rung predicts."""

    kind: RungKind
    detail: str = ""
    values: Array  # for each row of the sample; NaN for those that are never predicted
    seconds: float
    movable: Movable | None = None  # a rule's own threshold is one of many that its column allows

    @property
    def order(self) -> Array:
        """What a threshold can be set in, for each row of the sample."""
        return self.values if self.movable is None else self.movable.standing


@dataclass(frozen=True, kw_only=True)
class Predicted:
    """What all rungs predict."""

    each: tuple[Predictions, ...]
    unfinished: tuple[RungKind, ...]
    said: tuple[str, ...]


def predicted(
    sample: Sample, features: Features, split: Split, clock: Clock, tell: Tell
) -> Predicted:
    """The rungs from the lowest; those that learn stop where the time is over."""
    done, unfinished, said = [_constant(sample, split)], [], list[str]()
    if sample.task == "numbers":
        done.append(_median(sample, split))
    if features.last is not None:
        done.append(_last_value(sample, split, features.last))
    kinds: tuple[RungKind, ...] = ("one column", "linear", "boosting") if features.each else ()
    for at, kind in enumerate(kinds):
        learning = _Learning(kind, sample, features, split)

        def tell_fold(fold: int, name: str = learning.name, at: int = at) -> None:
            count = len(split.folds)
            tell(f"{name}, fold {fold + 1} of {count}", (at + fold / count) / len(kinds))

        found = learning.predictions(clock, tell_fold)
        if found is None:
            unfinished.append(kind)
        else:
            done.append(found)
        said += learning.said()
    return Predicted(each=tuple(done), unfinished=tuple(unfinished), said=tuple(said))


def _constant(sample: Sample, split: Split) -> Predictions:
    """The same for every row of a fold; for classes the same for all rows, as an order of folds would be none."""
    started = time.perf_counter()
    values = np.full(len(sample.label), np.nan)
    overall = float(sample.label.mean())
    for fold in split.folds:
        values[fold.test] = overall if sample.task == "classes" else sample.label[fold.train].mean()
    if sample.task == "classes":
        detail = f"{overall:.1%} are yes; for precision and recall, every row is flagged"
    else:
        detail = f"{overall:.4g} for every row"
    return Predictions(
        kind="constant", detail=detail, values=values, seconds=time.perf_counter() - started
    )


def _median(sample: Sample, split: Split) -> Predictions:
    """The number with the least mean absolute error, which the mean is not."""
    started = time.perf_counter()
    values = np.full(len(sample.label), np.nan)
    for fold in split.folds:
        values[fold.test] = np.median(sample.label[fold.train])
    detail = f"{np.median(sample.label):.4g} for every row"
    return Predictions(
        kind="median", detail=detail, values=values, seconds=time.perf_counter() - started
    )


def _last_value(sample: Sample, split: Split, last: Array) -> Predictions:
    """The last known label; where there is none, the mean of what the fold learns from."""
    started = time.perf_counter()
    values = np.full(len(sample.label), np.nan)
    for fold in split.folds:
        mean = sample.label[fold.train].mean()
        values[fold.test] = np.where(np.isnan(last[fold.test]), mean, last[fold.test])
    known = float(np.mean(~np.isnan(last[split.scored])))
    detail = f"of the same {sample.entity}, known for {known:.0%} of the rows; the mean for others"
    return Predictions(
        kind="last value", detail=detail, values=values, seconds=time.perf_counter() - started
    )


class _Learning:
    """One rung that learns."""

    def __init__(self, kind: RungKind, sample: Sample, features: Features, split: Split) -> None:
        self.kind, self.sample, self.features, self.split = kind, sample, features, split
        self.name = NAMES[sample.task][kind]
        self._noticed: list[warnings.WarningMessage] = []

    def predictions(self, clock: Clock, tell: Callable[[int], None]) -> Predictions | None:
        """None where the time is over, or would be before the next fold is done."""
        started, longest = time.perf_counter(), 0.0
        values, standing = (np.full(len(self.sample.label), np.nan) for _ in range(2))
        for at, fold in enumerate(self.split.folds):
            if not clock.allows(longest):
                return None
            tell(at)
            before = time.perf_counter()
            with warnings.catch_warnings(record=True) as noticed:
                warnings.simplefilter("always")
                model, cells = self._learnt(fold)
                values[fold.test] = model.predict(cells)
                if isinstance(model, Rule):
                    standing[fold.test] = model.standing(cells)
            self._noticed += noticed
            longest = max(longest, time.perf_counter() - before)
        found = Predictions(kind=self.kind, values=values, seconds=time.perf_counter() - started)
        if self.kind != "one column":
            return found
        cells = self.features.cells
        rule = Rule(self.sample.task, self.features).fit(cells, self.sample.label)
        movable = Movable(rule=rule, whole=rule.standing(cells), standing=standing)
        return replace(found, detail=rule.words, movable=movable)

    def _learnt(self, fold: Fold) -> tuple[Model, Array]:
        """A model of what a fold learns from, and the cells that it is to predict from."""
        cells = self.features.cells
        # A column that is filled only later teaches nothing yet, and boosted trees refuse it.
        gone = np.all(np.isnan(cells[fold.train]), axis=0)
        if gone.any():
            cells = np.where(gone, 0.0, cells)
        model = model_of(self.kind, self.sample.task, self.features)
        return model.fit(cells[fold.train], self.sample.label[fold.train]), cells[fold.test]

    def said(self) -> Iterator[str]:
        """What scikit-learn noticed."""
        if any(issubclass(one.category, ConvergenceWarning) for one in self._noticed):
            yield (
                f"{self.name.capitalize()} had not settled after {MOST_STEPS} steps; "
                "its figures may be a little worse than they could be."
            )
        others = {
            str(one.message).strip().splitlines()[0][:200]
            for one in self._noticed
            if not issubclass(one.category, ConvergenceWarning)
        }
        for one in sorted(others):
            yield f"{self.name.capitalize()}: {one}"
