"""How well one order tells another: figures from ranks, with their 95% intervals."""

from __future__ import annotations

import numpy as np

from kit.numbers.domain import Array
from kit.numbers.normal import ndtri

Z = -float(ndtri(0.025))
_HALVINGS = 40


def midranks(values: Array) -> tuple[Array, Array]:
    """Ranks from 1, equal values sharing their mean rank; and how many share each.

    Parameters
    ----------
    values : array, shape (rows,)
        Numbers; one that is NaN would stand last.

    Returns
    -------
    ranks : array, shape (rows,)
        From 1 to the number of rows, or halves of that. [rank]
    shared : array, shape (different values,)
        For each value, from the lowest. [rows]
    """
    order = np.argsort(values)
    ordered = values[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    shared = np.diff(np.r_[starts, len(values)])
    ranks = np.empty(len(values))
    ranks[order] = np.repeat(starts + (shared + 1) / 2, shared)
    return ranks, shared


def auc_of(ranks: Array, yes: Array) -> float:
    """The chance that a yes stands above a no, where equal ones count half.

    Parameters
    ----------
    ranks : array, shape (rows,)
        From `midranks`. [rank]
    yes : array, shape (rows,)
        1 for yes, 0 for no; both are there.

    Notes
    -----
    ``(R - m (m + 1) / 2) / (m n)`` with the sum of the ranks of yes ``R``, and ``m`` rows of yes and ``n`` of no.

    References
    ----------
    Mann & Whitney (1947), Annals of Mathematical Statistics 18:50.
    """
    positives = float(yes.sum())
    negatives = len(yes) - positives
    above = float(ranks @ yes) - positives * (positives + 1) / 2
    return above / (positives * negatives)


def auc_interval(auc: float, positives: float, negatives: float) -> tuple[float, float]:
    """The AUCs that are no farther from the one found than 1.96 of their own standard errors.

    Unlike an interval around the one found, it has a width where all rows are told apart.

    Notes
    -----
    ``V(a) = a (1 - a) (1 + N (1 - a) / (2 - a) + N a / (1 + a)) / (m n)`` with ``N = (m + n) / 2 - 1``; the ends
    solve ``|a - found| = 1.96 sqrt(V(a))``.

    References
    ----------
    Hanley & McNeil (1982), Radiology 143:29, the variance; Newcombe (2006), Statistics in Medicine 25:559, method 5.
    """
    extra = (positives + negatives) / 2 - 1

    def beyond(at: float) -> bool:
        inner = 1 + extra * ((1 - at) / (2 - at) + at / (1 + at))
        variance = at * (1 - at) * inner / (positives * negatives)
        return (at - auc) ** 2 > Z * Z * variance

    def end(limit: float) -> float:
        near, far = auc, limit
        for _ in range(_HALVINGS):
            middle = (near + far) / 2
            near, far = (near, middle) if beyond(middle) else (middle, far)
        return near

    return end(0.0), end(1.0)


def correlation(x: Array, y: Array) -> float:
    """Pearson's; of ranks, it is Spearman's rho. 0 where one of them is the same everywhere."""
    x, y = x - x.mean(), y - y.mean()
    scale = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / scale if scale else 0.0


def correlation_interval(rho: float, rows: int) -> tuple[float, float]:
    """The 95% interval of a rank correlation found in so many rows; at ±1 it is that point alone.

    Notes
    -----
    ``tanh(artanh(rho) +- 1.96 sqrt((1 + rho^2 / 2) / (rows - 3)))``

    References
    ----------
    Bonett & Wright (2000), Psychometrika 65:23.
    """
    held = float(np.clip(rho, -1 + 1e-12, 1 - 1e-12))
    reach = Z * np.sqrt((1 + held**2 / 2) / max(rows - 3, 1))
    middle = np.arctanh(held)
    return float(np.tanh(middle - reach)), float(np.tanh(middle + reach))


def most_correlated(shared: Array) -> float:
    """The largest rank correlation that something with ties can have with something without.

    Parameters
    ----------
    shared : array, shape (different values,)
        Rows of each value, two in all at least. [rows]

    Returns
    -------
    float
        1 without ties, less with every tie; 0 where all rows have one value.

    Notes
    -----
    ``sqrt(1 - sum(t^3 - t) / (n^3 - n))`` with ``t`` rows of a value and ``n`` rows in all: the ranks in the order
    of the values give it, and no other order gives more, as midranks are the means of the ranks that they stand for.

    References
    ----------
    Kendall (1970), Rank Correlation Methods, 4th edition, chapter 3, on ties in Spearman's rho.
    """
    rows = float(shared.sum())
    return float(np.sqrt(1 - (np.sum(shared.astype(float) ** 3) - rows) / (rows**3 - rows)))
