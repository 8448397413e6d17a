"""Figures of an order of rows, of all rows and in every draw: AUC, average precision, median."""

from __future__ import annotations

from typing import Any

import numpy as np

from kit.data.baseline.draws import Draws
from kit.numbers.domain import Array


def auc_and_precision(
    label: Array, scores: Array, draws: Draws
) -> tuple[tuple[float, Array], tuple[float, Array]]:
    """AUC and average precision, each with its values in the draws.

    Notes
    -----
    AUC: the trapezoids under the curve of recall over false alarms. Average precision: the sum of precision times
    the step in recall, over all thresholds.
    """
    order = np.argsort(-scores, kind="stable")
    ordered, yes = scores[order], label[order].astype(np.int64)
    last = np.flatnonzero(np.r_[ordered[1:] != ordered[:-1], True])
    aucs, precisions = np.empty(draws.count), np.empty(draws.count)
    for part, weights in draws.ordered(order):
        aucs[part], precisions[part] = _of_line(weights, yes, last)
    auc, precision = _of_line(np.ones((1, len(yes)), dtype=np.int64), yes, last)
    return (float(auc[0]), aucs), (float(precision[0]), precisions)


def _of_line(weights: Any, yes: Any, last: Any) -> tuple[Array, Array]:
    right = np.cumsum(weights * yes, axis=1)[:, last].astype(np.float64)
    flagged = np.cumsum(weights, axis=1)[:, last].astype(np.float64)
    wrong = flagged - right
    positives, negatives = right[:, -1:], wrong[:, -1:]
    step, alarms = np.diff(right, axis=1, prepend=0.0), np.diff(wrong, axis=1, prepend=0.0)
    with np.errstate(
        invalid="ignore", divide="ignore"
    ):  # a draw may lack one of the classes: no figure there
        auc = np.sum(alarms * (right - step / 2), axis=1) / (positives * negatives)[:, 0]
        precision = np.sum(step * right / np.maximum(flagged, 1), axis=1) / positives[:, 0]
    return auc, precision


def median(values: Array, draws: Draws) -> tuple[float, Array]:
    """The median with its values in the draws."""
    order = np.argsort(values)
    ordered = values[order]
    drawn = np.empty(draws.count)
    for part, weights in draws.ordered(order):
        sums = np.cumsum(weights, axis=1)
        half = sums[:, -1:] / 2
        drawn[part] = ordered[np.argmax(sums >= half, axis=1)]
    return float(np.median(values)), drawn
