"""The best rule on one column: a threshold of a number, or some values of a category."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from kit.data.baseline.features import Feature, Features
from kit.data.label.cells import Flags
from kit.data.measured import Task
from kit.numbers.domain import Array

_LEAST_SHARE = 0.01  # of the rows on either side of a rule
_PULL = 20.0  # rows of the overall mean that the mean of a category's value is mixed with
_SHOWN = 3


class Rule:
    """A tree with one question; a category's values are put in the order of their mean label first.

    References
    ----------
    Breiman, Friedman, Olshen & Stone (1984), Classification and Regression Trees, section 4.2.2: among splits of a
    category, the best is one in that order.
    """

    def __init__(self, task: Task, features: Features) -> None:
        self._task = task
        self._each = features.each
        self._categories = features.categories
        self._orders: dict[int, Array] = {}
        self._tree: Any = None

    def fit(self, cells: Array, label: Array) -> Self:
        """Choose the column and the question."""
        tree = DecisionTreeClassifier if self._task == "classes" else DecisionTreeRegressor
        self._orders = {at: _means(cells[:, at], label, self._each[at]) for at in self._categories}
        least = max(5, int(_LEAST_SHARE * len(label)))
        self._tree = tree(max_depth=1, min_samples_leaf=least, random_state=0)
        self._tree.fit(self._ordered(cells), label)
        return self

    def predict(self, cells: Array) -> Array:
        """The share of yes, or the mean, on a row's side of the rule."""
        ordered = self._ordered(cells)
        if self._task == "classes":
            return np.asarray(self._tree.predict_proba(ordered)[:, 1])
        return np.asarray(self._tree.predict(ordered))

    @property
    def words(self) -> str:
        """The rule, as the side with the more yeses or the larger numbers; empty where no question helps."""
        tree = self._tree.tree_
        if tree.node_count == 1:
            return ""
        at, limit = int(tree.feature[0]), float(tree.threshold[0])
        feature = self._each[at]
        low, high = (self._value(tree.children_left[0]), self._value(tree.children_right[0]))
        if low == high:
            return ""
        if feature.words is not None:
            above = self._orders[at] > limit
            return f"{feature.says} is {_listed(_chosen(feature, above))}"
        if feature.is_flag:
            return f"{feature.says} is {'yes' if high > low else 'no'}"
        return f"{feature.says} {'above' if high > low else 'at most'} {limit:.4g}"

    def _value(self, node: int) -> float:
        return float(self._tree.tree_.value[node][0][-1])

    def _ordered(self, cells: Array) -> Array:
        if not self._orders:
            return cells
        ordered = cells.copy()
        for at, means in self._orders.items():
            ordered[:, at] = means[_places(cells[:, at], len(means) - 1)]
        return ordered


def _means(codes: Array, label: Array, feature: Feature) -> Array:
    """The mean label of each value of a category, the last for missing cells."""
    values = len(feature.words or ())
    places = _places(codes, values)
    sums = np.bincount(places, weights=label, minlength=values + 1)
    counts = np.bincount(places, minlength=values + 1)
    return np.asarray((sums + _PULL * label.mean()) / (counts + _PULL))


def _places(codes: Array, values: int) -> Any:
    return np.where(np.isnan(codes), values, codes).astype(np.int64)


def _chosen(feature: Feature, above: Flags) -> list[str]:
    named = [*(feature.words or ()), "missing"]
    return [word for word, is_above in zip(named, above, strict=True) if is_above]


def _listed(words: list[str]) -> str:
    shown = [word[:40] for word in words[:_SHOWN]]
    more = len(words) - len(shown)
    if more:
        return f"{', '.join(shown)} or one of {more} more"
    return " or ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
