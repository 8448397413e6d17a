"""Every rung's predictions, each fold's from what has not seen it, for as long as there is time."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from kit.data.baseline.features import Features
from kit.data.baseline.folds import Fold, Split
from kit.data.baseline.last_value import last_values
from kit.data.baseline.models import MOST_STEPS, model_of
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
class Predictions:
    """What one rung predicts."""

    kind: RungKind
    detail: str
    values: Array  # for each row of the sample; NaN for those that are never predicted
    seconds: float


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
    if sample.when is not None and sample.keys is not None:
        done.append(_last_value(sample, split))
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


def _last_value(sample: Sample, split: Split) -> Predictions:
    """The last known label; where there is none, the mean of what the fold learns from."""
    started = time.perf_counter()
    last = last_values(sample)
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
        values = np.full(len(self.sample.label), np.nan)
        for at, fold in enumerate(self.split.folds):
            if not clock.allows(longest):
                return None
            tell(at)
            before = time.perf_counter()
            with warnings.catch_warnings(record=True) as noticed:
                warnings.simplefilter("always")
                values[fold.test] = self._of(fold)
            self._noticed += noticed
            longest = max(longest, time.perf_counter() - before)
        detail = self._rule() if self.kind == "one column" else ""
        took = time.perf_counter() - started
        return Predictions(kind=self.kind, detail=detail, values=values, seconds=took)

    def _of(self, fold: Fold) -> Array:
        cells = self.features.cells
        # A column that is filled only later teaches nothing yet, and boosted trees refuse it.
        gone = np.all(np.isnan(cells[fold.train]), axis=0)
        if gone.any():
            cells = np.where(gone, 0.0, cells)
        model = model_of(self.kind, self.sample.task, self.features)
        return model.fit(cells[fold.train], self.sample.label[fold.train]).predict(cells[fold.test])

    def _rule(self) -> str:
        """The rule that all rows together give: each fold has one of its own, mostly much the same."""
        rule = Rule(self.sample.task, self.features)
        return rule.fit(self.features.cells, self.sample.label).words

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
