"""The learnt rungs of the ladder, as scikit-learn has them, with their usual settings."""

from __future__ import annotations

from typing import Any, Protocol, Self

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from kit.data.baseline.features import Features
from kit.data.baseline.rule import Rule
from kit.data.measured import RungKind, Task
from kit.numbers.domain import Array

MOST_STEPS = 200
_VALUES = 20  # of a category that a linear model tells apart, besides all others together
_SEED = 0


class Model(Protocol):
    """What learns from some rows and predicts others."""

    def fit(self, cells: Array, label: Array) -> Self:
        """Learn."""

    def predict(self, cells: Array) -> Array:
        """The chance of a yes, or the number."""


class Estimator:
    """An estimator of scikit-learn, asked for chances where there are classes."""

    def __init__(self, estimator: Any, task: Task) -> None:
        self._estimator, self._task = estimator, task

    def fit(self, cells: Array, label: Array) -> Self:
        """Learn."""
        self._estimator.fit(cells, label)
        return self

    def predict(self, cells: Array) -> Array:
        """The chance of a yes, or the number."""
        if self._task == "classes":
            return np.asarray(self._estimator.predict_proba(cells)[:, 1])
        return np.asarray(self._estimator.predict(cells))


def model_of(kind: RungKind, task: Task, features: Features) -> Model:
    """A model that has learnt nothing yet."""
    match kind:
        case "one column":
            return Rule(task, features)
        case "linear":
            return Estimator(linear(task, features), task)
        case "boosting":
            return Estimator(boosting(task, features), task)
        case _:
            raise ValueError(f"kind: expected a rung that learns from columns, found {kind!r}")


def linear(task: Task, features: Features) -> Any:
    """Logistic or ridge regression: numbers on one scale, gaps filled and flagged; categories as flags."""
    filled = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    # Flags of many values are mostly 0, and stay as small as they are when they are not put on a scale.
    flags = OneHotEncoder(max_categories=_VALUES + 1, handle_unknown="infrequent_if_exist")
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(filled, StandardScaler()), features.numbers),
            ("categories", flags, features.categories),
        ]
    )
    last = LogisticRegression(max_iter=MOST_STEPS) if task == "classes" else Ridge(alpha=1.0)
    return make_pipeline(columns, last)


def boosting(task: Task, features: Features) -> Any:
    """Boosted trees on histograms, which take gaps and categories as they are."""
    boosted = HistGradientBoostingClassifier if task == "classes" else HistGradientBoostingRegressor
    categories = features.categories or None
    return boosted(categorical_features=categories, early_stopping=False, random_state=_SEED)
