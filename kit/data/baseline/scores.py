"""How good predictions are: the measures by name, each with its 95% interval.

| measure | of |
|---|---|
| AUC, average precision | the order of the rows |
| accuracy | rows with a chance above a half taken for yes |
| precision, recall, F1 | rows flagged at the threshold with the largest F1 |
| the same four and specificity, "at the wanted point" | rows flagged at the threshold that does what was wanted |
| share flagged, share flagged at the wanted point | the same |
| mean absolute error, root mean squared error, median absolute error, R2 | numbers |

Shares have Wilson's interval, all others that of the bootstrap (`draws`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kit.data.baseline.curves import auc_and_precision, median
from kit.data.baseline.draws import Draws, auc_score, score
from kit.data.measured import AT_WANTED, Score, Task
from kit.numbers.domain import Array

FIRST: dict[Task, str] = {"classes": "AUC", "numbers": "mean absolute error"}
LARGER_IS_BETTER: dict[Task, bool] = {"classes": True, "numbers": False}


@dataclass(frozen=True, kw_only=True)
class Scores:
    """All measures of one way to predict."""

    each: dict[str, Score]
    first: Array  # the first measure in each draw


def class_scores(
    label: Array, chances: Array, flags: Array, wanted: Array | None, draws: Draws
) -> Scores:
    """Of chances of a yes, and of flags (NaN where there is none) at two thresholds."""
    (auc, aucs), (precision, precisions) = auc_and_precision(label, chances, draws)
    each = {"AUC": auc_score(auc, aucs, label), "average precision": score(precision, precisions)}
    right = ((chances > 0.5) == (label == 1)).astype(float)
    _keep(each, "accuracy", draws.shares(right[:, None], np.ones((len(label), 1)))[0])
    each |= _flag_scores(label, flags, draws, after="")
    if wanted is not None:
        each |= _flag_scores(label, wanted, draws, after=AT_WANTED)
    return Scores(each=each, first=aucs)


def _flag_scores(label: Array, flags: Array, draws: Draws, *, after: str) -> dict[str, Score]:
    there = ~np.isnan(flags)
    if not there.any():
        return {}
    known = there.astype(float)
    flagged = np.where(there, flags, 0.0)
    yes, no = label * known, (1 - label) * known
    hits = flagged * yes
    parts = np.column_stack([hits, hits, flagged, (1 - flagged) * no])
    wholes = np.column_stack([flagged, yes, known, no])
    names = ["precision", "recall", "share flagged", "specificity"]
    each: dict[str, Score] = {}
    for name, found in zip(names, draws.shares(parts, wholes), strict=True):
        if name != "specificity" or after:
            _keep(each, name + after, found)
    sums = draws.totals(np.column_stack([hits, flagged + yes]))
    with np.errstate(
        invalid="ignore", divide="ignore"
    ):  # a draw may hold none that is flagged or yes
        drawn = 2 * sums[:, 0] / sums[:, 1]
    if both := float((flagged + yes).sum()):
        each["F1" + after] = score(2 * float(hits.sum()) / both, drawn)
    return each


def _keep(each: dict[str, Score], name: str, found: Score | None) -> None:
    """A share of nothing is no figure."""
    if found is not None:
        each[name] = found


def number_scores(label: Array, predicted: Array, draws: Draws) -> Scores:
    """Of numbers."""
    error = predicted - label
    far = np.abs(error)
    apart = label - label.mean()
    columns = np.column_stack([np.ones(len(label)), far, error**2, apart, apart**2])
    mean_far, root, explained = _sums(columns.sum(axis=0)[None, :])
    drawn_far, drawn_root, drawn_explained = _sums(draws.totals(columns))
    middle, middles = median(far, draws)
    each = {
        "mean absolute error": score(float(mean_far[0]), drawn_far),
        "root mean squared error": score(float(root[0]), drawn_root),
        "median absolute error": score(middle, middles),
    }
    if np.isfinite(explained[0]):
        each["R2"] = score(float(explained[0]), drawn_explained)
    return Scores(each=each, first=drawn_far)


def _sums(totals: Array) -> tuple[Array, Array, Array]:
    rows, far, squared, apart, apart_squared = totals.T
    spread = apart_squared - apart**2 / rows
    with np.errstate(invalid="ignore", divide="ignore"):  # all numbers of a draw may be the same
        explained = np.where(spread > 0, 1 - squared / spread, np.nan)
    return far / rows, np.sqrt(squared / rows), explained
