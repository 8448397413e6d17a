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
        # Of each category's values, the last for missing cells: the mean label, and whether there are any.
        self._orders: dict[int, Array] = {}
        self._there: dict[int, Flags] = {}
        self._tree: Any = None
        self._seen: Array = np.empty(0)  # the rule's column in the rows learnt from, in order

    def fit(self, cells: Array, label: Array) -> Self:
        """Choose the column and the question."""
        tree = DecisionTreeClassifier if self._task == "classes" else DecisionTreeRegressor
        for at in self._categories:
            places = _places(cells[:, at], self._values(at))
            counts = np.bincount(places, minlength=self._values(at) + 1)
            sums = np.bincount(places, weights=label, minlength=len(counts))
            self._orders[at] = (sums + _PULL * label.mean()) / (counts + _PULL)
            self._there[at] = counts > 0
        least = max(5, int(_LEAST_SHARE * len(label)))
        self._tree = tree(max_depth=1, min_samples_leaf=least, random_state=0)
        self._tree.fit(self._ordered(cells), label)
        if self._asks:
            mine = self._mine(cells)
            self._seen = np.sort(mine[~np.isnan(mine)])
        return self

    def predict(self, cells: Array) -> Array:
        """The share of yes, or the mean, on a row's side of the rule."""
        ordered = self._ordered(cells)
        if self._task == "classes":
            return np.asarray(self._tree.predict_proba(ordered)[:, 1])
        return np.asarray(self._tree.predict(ordered))

    def standing(self, cells: Array) -> Array:
        """How far up each row stands in the rule's column, from 0 to 1, so that the threshold can be moved.

        It is the share of the rows learnt from that a row passes, half of its equals counted: one scale for all
        folds, though another may ask another column. Gaps stand past either end, where the tree puts them.
        """
        if not self._asks:
            return np.full(len(cells), 0.5)
        mine = self._mine(cells)
        gone = np.isnan(mine)
        found = self._passed(mine)
        if gone.any():
            found[gone] = self.predict(cells[gone]) > np.mean(self._sides)
        return found

    @property
    def words(self) -> str:
        """The rule, as the side with the more yeses or the larger numbers; empty where no question helps."""
        if not self._asks:
            return ""
        limit = self._sign * float(self._tree.tree_.threshold[0])
        return f"{self._each[self._at].says} {self._question(limit)}"

    def moved(self, standing: float) -> str:
        """The question for the rows that stand there or above; empty where none helps."""
        if not self._asks:
            return ""
        held = self._passed(self._seen) >= standing
        if held.all():
            return "every row"
        below = self._seen[~held].max()
        return self._question((below + self._seen[held].min()) / 2 if held.any() else below)

    def _question(self, limit: float) -> str:
        """What is asked of the rule's column, as it has been turned."""
        feature = self._each[self._at]
        if feature.words is not None:
            above = self._orders[self._at] > limit
            return f"is {_listed(_chosen(feature, above & self._there[self._at]))}"
        if feature.is_flag:
            return f"is {'yes' if self._sign > 0 else 'no'}"
        return f"{'above' if self._sign > 0 else 'at most'} {self._sign * limit:.4g}"

    @property
    def _asks(self) -> bool:
        """Whether a question helps."""
        return self._tree.tree_.node_count > 1 and self._sides[0] != self._sides[1]

    @property
    def _at(self) -> int:
        return int(self._tree.tree_.feature[0])

    @property
    def _sides(self) -> tuple[float, float]:
        """The share of yes, or the mean, at most at the threshold and above it."""
        tree = self._tree.tree_
        low, high = (
            tree.value[side[0]][0][-1] for side in (tree.children_left, tree.children_right)
        )
        return float(low), float(high)

    @property
    def _sign(self) -> int:
        """-1 where small values speak for a yes, or a large number."""
        return 1 if self._sides[1] > self._sides[0] else -1

    def _mine(self, cells: Array) -> Array:
        """The rule's column, so turned that large values speak for a yes."""
        return np.asarray(self._sign * self._ordered(cells)[:, self._at])

    def _values(self, at: int) -> int:
        return len(self._each[at].words or ())

    def _passed(self, values: Array) -> Array:
        below, upto = (np.searchsorted(self._seen, values, side=side) for side in ("left", "right"))
        return np.asarray((below + upto) / (2 * max(len(self._seen), 1)))

    def _ordered(self, cells: Array) -> Array:
        if not self._orders:
            return cells
        ordered = cells.copy()
        for at, means in self._orders.items():
            ordered[:, at] = means[_places(cells[:, at], self._values(at))]
        return ordered


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
