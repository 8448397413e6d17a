"""Whether the rows tell anything about the label, or predictions go with it by chance alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kit.data.baseline.folds import Split
from kit.data.label.cells import Codes
from kit.data.label.ranks import correlation, midranks
from kit.numbers.domain import Array
from kit.numbers.normal import ndtri

# Of seeing something in rows that tell nothing: over all rungs, and over all columns.
_ALPHA, _ALPHA_COLUMNS = 0.01, 0.005
_LEAST = 20  # rows in which a column is filled
_FEW = 30  # entities


def has_signal(
    split: Split, label: Array, predictions: Sequence[Array], keys: Codes | None
) -> bool | None:
    """Whether any predictions go with the label; None without predictions, or where too few entities repeat.

    Notes
    -----
    The correlation of ranks of predictions and of labels within folds, summed over folds. Had the rows nothing to
    tell, labels could change places within a fold: the sum over the root of its variance is then standard normal.
    For classes this is a stratified Wilcoxon test with weights n - 1, which is van Elteren's where folds have the
    same share of yes. Where entities repeat, theirs are the sums that vary; they have to be many for that, as a sum
    of few cannot be far from chance, whatever it shows. One-sided, 1% over all rungs (Bonferroni).

    Folds that learn from each other are not independent: what two rows have in common by chance counts twice, once
    for the prediction of either from the other. The variance is twice as large then; labels that were shuffled
    gave 1.5 to 2 times as much.

    References
    ----------
    van Elteren (1960), Bulletin of the International Statistical Institute 37:351; Bengio & Grandvalet (2004),
    Journal of Machine Learning Research 5:1089, the dependence of folds; Cameron & Miller (2015), Journal of Human
    Resources 50:317, few clusters.
    """
    if not predictions:
        return None
    edge = -float(ndtri(_ALPHA / len(predictions))) * (2**0.5 if split.mutual else 1.0)
    if any(standing(split, label, one, keys) > edge for one in predictions):
        return True
    scored = np.concatenate([fold.test for fold in split.folds if fold.scored])
    return None if keys is not None and len(np.unique(keys[scored])) < _FEW else False


def standing(split: Split, label: Array, predicted: Array, keys: Codes | None) -> float:
    """How many standard deviations predictions go with the label more than by chance, were they given."""
    total, variance = 0.0, 0.0
    of_rows = np.zeros(len(label))
    for fold in split.folds:
        if not fold.scored or len(fold.test) < 2:
            continue
        x, y = (midranks(values[fold.test])[0] for values in (predicted, label))
        x, y = x - x.mean(), y - y.mean()
        scale = float(np.sqrt((x @ x) * (y @ y)))
        if not scale:
            continue
        # Weighted so that a fold counts by its rows.
        weight = len(x) - 1
        of_rows[fold.test] = weight * x * y / scale
        total += float(of_rows[fold.test].sum())
        variance += weight
    if keys is not None:
        variance = float(np.sum(np.bincount(keys, weights=of_rows) ** 2))
    return total / float(np.sqrt(variance)) if variance > 0 else 0.0


def column_tells(cells: Array, label: Array) -> bool:
    """Whether a single column of numbers goes with the label, all rows looked at together.

    A model that learns from many columns can miss in few rows what one of them shows. Only for rows that are
    independent: not where entities repeat, nor where columns and label may both move with time.

    Notes
    -----
    Spearman's rank correlation times ``sqrt(n - 1)``, standard normal where there is nothing; for classes this is
    Wilcoxon's test. Two-sided, 0.5% over all columns (Bonferroni).
    """
    if not cells.shape[1]:
        return False
    edge = -float(ndtri(_ALPHA_COLUMNS / 2 / cells.shape[1]))
    return any(_tells(column, label) > edge for column in cells.T)


def _tells(column: Array, label: Array) -> float:
    there = ~np.isnan(column)
    if there.sum() < _LEAST:
        return 0.0
    found = correlation(midranks(column[there])[0], midranks(label[there])[0])
    return abs(found) * float(np.sqrt(there.sum() - 1))
