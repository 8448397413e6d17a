"""Categories as numbers, by the label of other rows: what a value says about rows that were not counted."""

from __future__ import annotations

import numpy as np

from kit.data.label.cells import Codes
from kit.data.label.ranks import auc_of, correlation, midranks
from kit.numbers.domain import Array

FOLDS = 5
_PULL = 5.0  # rows of the overall mean that every value's mean is mixed with


def folds_of(rows: int, keys: Codes | None, seed: int) -> Codes:
    """A fold for each row, drawn; rows of one key share theirs.

    Parameters
    ----------
    rows
        How many there are. [rows]
    keys : array, shape (rows,)
        From 0, the same for the same; -1 for none, which is a key of its own. None: every row for itself.
    seed
        The same gives the same.

    Returns
    -------
    array, shape (rows,)
        From 0 to 4.
    """
    rng = np.random.default_rng(seed)
    if keys is None:
        return rng.permutation(rows) % FOLDS
    drawn = rng.permutation(int(keys.max(initial=-1)) + 2) % FOLDS
    return np.asarray(drawn[keys + 1])


def folded_means(codes: Codes, label: Array, folds: Codes) -> Array:
    """For each row, the mean label of its value in the other folds, pulled to that of all values.

    Parameters
    ----------
    codes : array, shape (rows,)
        Values as numbers from 0; none is missing.
    label : array, shape (rows,)
        0 and 1, or numbers. [label]
    folds : array, shape (rows,)
        From `folds_of`.

    Returns
    -------
    array, shape (rows,)
        Of a value that is in no other fold, the mean of all rows in the others; 0 where there are none. [label]

    Notes
    -----
    ``(S + 5 m) / (n + 5)`` with the sum ``S`` and the number ``n`` of the value's rows in the other folds, and the
    mean ``m`` of all rows there.

    References
    ----------
    Micci-Barreca (2001), SIGKDD Explorations 3:27, the pull.
    """
    values = int(codes.max()) + 1
    cells = folds * values + codes
    sums = np.bincount(cells, weights=label, minlength=FOLDS * values).reshape(FOLDS, values)
    counts = np.bincount(cells, minlength=FOLDS * values).reshape(FOLDS, values)
    others, rows = sums.sum(axis=0) - sums, counts.sum(axis=0) - counts
    overall = others.sum(axis=1) / np.maximum(rows.sum(axis=1), 1)
    means = (others + _PULL * overall[:, None]) / (rows + _PULL)
    return np.asarray(means.reshape(-1)[cells])


def folded_auc(codes: Codes, label: Array, folds: Codes) -> float:
    """The mean AUC within folds: over all rows together, a value's own yes would count against it."""
    means = folded_means(codes, label, folds)
    found, weights = [], []
    for fold in range(FOLDS):
        here = folds == fold
        yes = label[here]
        if 0 < yes.sum() < len(yes):
            found.append(auc_of(midranks(means[here])[0], yes))
            weights.append(len(yes))
    return float(np.average(found, weights=weights)) if found else 0.5


def folded_correlation(codes: Codes, label: Array, folds: Codes) -> float:
    """The mean rank correlation within folds."""
    means = folded_means(codes, label, folds)
    found, weights = [], []
    for fold in range(FOLDS):
        here = folds == fold
        if here.sum() > 1:
            found.append(correlation(midranks(means[here])[0], midranks(label[here])[0]))
            weights.append(int(here.sum()))
    return float(np.average(found, weights=weights)) if found else 0.0
