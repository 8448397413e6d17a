"""How good predictions are: the measures by name, each with its 95% interval.

| measure | of |
|---|---|
| AUC, average precision | the order of the rows |
| accuracy | rows with a chance above a half taken for yes |
| precision, recall, F1, share flagged | rows flagged at the threshold with the largest F1 |
| the same, "at the wanted point" | rows flagged at a threshold that aims at the brief's targets |
| the same, "at the ship-at point" | rows flagged at a threshold that aims at the brief's ship-ats |
| mean absolute error, root mean squared error, median absolute error, R2 | numbers |

Shares have Wilson's interval, with the effective sample size where entities are drawn; average precision and F1 as
`draws` says; all others that of the bootstrap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kit.data.baseline.curves import auc_and_precision, median
from kit.data.baseline.draws import Draws, auc_score, bounded_score, f1_score, score
from kit.data.measured import Score
from kit.numbers.domain import Array


@dataclass(frozen=True, kw_only=True)
class Scores:
    """All measures of one way to predict."""

    each: dict[str, Score]
    first: Array  # the first measure in each draw


def class_scores(
    label: Array, *, chances: Array, flags: Mapping[str, Array], draws: Draws
) -> Scores:
    """Of chances of a yes, and of rows that are flagged.

    Parameters
    ----------
    label, chances
        1 or 0, and the chance of 1, of each row.
    flags
        1 or 0 for each row, NaN where there is none, by what is added to the measure's name.
    draws
        Of these rows.
    """
    (auc, aucs), (precision, precisions) = auc_and_precision(label, chances, draws)
    yes = draws.units(np.flatnonzero(label))
    each = {
        "AUC": auc_score(auc, aucs, label),
        "average precision": bounded_score(precision, precisions, yes),
    }
    right = ((chances > 0.5) == (label == 1)).astype(float)
    _keep(each, "accuracy", draws.shares(right[:, None], np.ones((len(label), 1)))[0])
    for after, flagged in flags.items():
        each |= _flag_scores(label, flagged, draws, after)
    return Scores(each=each, first=aucs)


def _flag_scores(label: Array, flags: Array, draws: Draws, after: str) -> dict[str, Score]:
    there = ~np.isnan(flags)
    if not there.any():
        return {}
    known = there.astype(float)
    flagged = np.where(there, flags, 0.0)
    yes = label * known
    hits = flagged * yes
    parts = np.column_stack([hits, hits, flagged])
    wholes = np.column_stack([flagged, yes, known])
    each: dict[str, Score] = {}
    names = ("precision", "recall", "share flagged")
    for name, found in zip(names, draws.shares(parts, wholes), strict=True):
        _keep(each, name + after, found)
    sums = draws.totals(np.column_stack([hits, flagged + yes]))
    with np.errstate(
        invalid="ignore", divide="ignore"
    ):  # a draw may hold none that is flagged or yes
        drawn = 2 * sums[:, 0] / sums[:, 1]
    if both := float((flagged + yes).sum()):
        counted = draws.units(np.flatnonzero(flagged + yes))
        each["F1" + after] = f1_score(2 * float(hits.sum()) / both, drawn, counted)
    return each


def _keep(each: dict[str, Score], name: str, found: Score | None) -> None:
    """A share of nothing is no figure."""
    if found is not None:
        each[name] = found


def number_scores(label: Array, *, predicted: Array, draws: Draws) -> Scores:
    """Of numbers, in the label's unit; R2 where the labels differ."""
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
