"""Where to draw the line between flagged and not, chosen on rows that are not scored with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from kit.data.baseline.folds import Split
from kit.numbers.domain import Array

_OTHER = {"recall": "precision", "precision": "recall"}
_ROUNDED = 1e-9


@dataclass(frozen=True, kw_only=True)
class Curve:
    """The precision-recall curve: all thresholds that tell some rows apart, the highest first."""

    at: Array  # rows with this or more are flagged
    recall: Array
    precision: Array

    def measure(self, name: str) -> Array:
        """Recall or precision, by name."""
        return {"recall": self.recall, "precision": self.precision}[name]

    @property
    def f1(self) -> Array:
        """The harmonic mean of precision and recall; 0 where both are."""
        both = self.precision + self.recall
        return np.asarray(2 * self.precision * self.recall / np.where(both > 0, both, 1.0))


Choice = Callable[[Curve], float]


def curve_of(label: Array, scores: Array) -> Curve:
    """Every threshold that changes something."""
    order = np.argsort(-scores, kind="stable")
    ordered, yes = scores[order], label[order]
    last = np.flatnonzero(np.r_[ordered[1:] != ordered[:-1], True])
    right, flagged = np.cumsum(yes)[last], last + 1.0
    found = ordered[last]
    # Between two scores: a model of few values gives a little more or less in another fold.
    return Curve(
        at=np.r_[(found[1:] + found[:-1]) / 2, -np.inf],  # the last flags every row
        recall=right / max(yes.sum(), 1),
        precision=right / flagged,
    )


def largest_f1(curve: Curve) -> float:
    """The threshold with the largest F1."""
    return float(curve.at[np.argmax(curve.f1)])


def reaching(wanted: Mapping[str, float]) -> Choice:
    """A choice of the threshold that does what is wanted of recall, precision or both.

    One measure: it is reached, with as much of its counterpart (precision for recall) as there is. Several: where
    they can all be reached, the threshold with the most room for each; where not, the first is reached with as much
    of the second as there is. What cannot be reached at all is come as close to as it goes.

    Raises
    ------
    ValueError
        If it is another measure, or no share.
    """
    for name, value in wanted.items():
        if name not in _OTHER or not 0 <= value <= 1:
            raise ValueError(
                f"wanted: expected shares of {' and '.join(_OTHER)}, found {name!r}: {value!r}"
            )
    names = list(wanted)

    def choice(curve: Curve) -> float:
        room = {name: curve.measure(name) - wanted[name] for name in names}
        if len(names) > 1:
            # Each in parts of what there is above it, so that a point at 99% weighs as much as fifteen at 85%.
            parts = np.min([room[name] / (1 - wanted[name] + _ROUNDED) for name in names], axis=0)
            if parts.max() >= -_ROUNDED:
                return float(curve.at[np.argmax(parts)])
        reached = room[names[0]] >= -_ROUNDED
        if not reached.any():
            return float(curve.at[np.argmax(room[names[0]])])
        second = curve.measure(names[1] if len(names) > 1 else _OTHER[names[0]])
        return float(curve.at[np.argmax(np.where(reached, second, -1.0))])

    return choice


def flagged(split: Split, label: Array, scores: Array, choice: Choice) -> Array:
    """1 for rows at or above the threshold, 0 for others, NaN where no threshold could be chosen.

    A fold's threshold is chosen on those rows that its model learns from, by the predictions that were made for
    them when they were in folds of their own.
    """
    flags = np.full(len(label), np.nan)
    for fold in split.folds:
        seen = fold.train[~np.isnan(scores[fold.train])]
        if fold.scored and 0 < label[seen].sum() < len(seen):
            flags[fold.test] = scores[fold.test] >= choice(curve_of(label[seen], scores[seen]))
    return flags
