"""Where to draw the line between flagged and not, chosen on rows that are not scored with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from kit.data.baseline.folds import Split
from kit.numbers.domain import Array

WANTED = ("recall", "precision", "specificity")
_OTHER = {"recall": "precision", "precision": "recall", "specificity": "recall"}
_ROUNDED = 1e-9


@dataclass(frozen=True, kw_only=True)
class Line:
    """All thresholds that tell some rows apart, the highest first, and what each would do."""

    at: Array  # rows with this or more are flagged
    recall: Array
    precision: Array
    specificity: Array

    def measure(self, name: str) -> Array:
        """One of `WANTED`."""
        return {
            "recall": self.recall,
            "precision": self.precision,
            "specificity": self.specificity,
        }[name]

    @property
    def f1(self) -> Array:
        """The harmonic mean of precision and recall; 0 where both are."""
        both = self.precision + self.recall
        return np.asarray(2 * self.precision * self.recall / np.where(both > 0, both, 1.0))


Choice = Callable[[Line], float]


def line_of(label: Array, scores: Array) -> Line:
    """Every threshold that changes something."""
    order = np.argsort(-scores, kind="stable")
    ordered, yes = scores[order], label[order]
    last = np.flatnonzero(np.r_[ordered[1:] != ordered[:-1], True])
    right, flagged = np.cumsum(yes)[last], last + 1.0
    positives = yes.sum()
    negatives = len(yes) - positives
    found = ordered[last]
    # Between two scores: a model of few values gives a little more or less in another fold.
    return Line(
        at=np.r_[(found[1:] + found[:-1]) / 2, -np.inf],  # the last flags every row
        recall=right / max(positives, 1),
        precision=right / flagged,
        specificity=1 - (flagged - right) / max(negatives, 1),
    )


def largest_f1(line: Line) -> float:
    """The threshold with the largest F1."""
    return float(line.at[np.argmax(line.f1)])


def reaching(wanted: Mapping[str, float]) -> Choice:
    """A choice of the threshold that does what is wanted.

    One measure: it is reached, with as much of its counterpart (precision for recall) as there is. Several: where
    they can all be reached, the threshold with the most room for each; where not, the first is reached with as much
    of the second as there is. What cannot be reached at all is come as close to as it goes.

    Raises
    ------
    ValueError
        If a measure is not one of `WANTED`, or not a share.
    """
    for name, value in wanted.items():
        if name not in WANTED or not 0 <= value <= 1:
            raise ValueError(
                f"wanted: expected shares of {', '.join(WANTED)}, found {name!r}: {value!r}"
            )
    names = list(wanted)

    def choice(line: Line) -> float:
        room = {name: line.measure(name) - wanted[name] for name in names}
        if len(names) > 1:
            # Each in parts of what there is above it, so that a point at 99% weighs as much as fifteen at 85%.
            parts = np.min([room[name] / (1 - wanted[name] + _ROUNDED) for name in names], axis=0)
            if parts.max() >= -_ROUNDED:
                return float(line.at[np.argmax(parts)])
        reached = room[names[0]] >= -_ROUNDED
        if not reached.any():
            return float(line.at[np.argmax(room[names[0]])])
        second = line.measure(names[1] if len(names) > 1 else _OTHER[names[0]])
        return float(line.at[np.argmax(np.where(reached, second, -1.0))])

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
            flags[fold.test] = scores[fold.test] >= choice(line_of(label[seen], scores[seen]))
    return flags
