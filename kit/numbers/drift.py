"""Whether a distribution has moved."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Array,
    Result,
    inner_share,
    not_negative,
    positive,
    scalar_or_array,
    whole,
)


def population_stability_index(expected: ArrayLike, actual: ArrayLike) -> Result:
    """How far shares in bins have moved.

    Parameters
    ----------
    expected, actual : array_like, shape (..., bins)
        Counts or shares; each is brought to a sum of 1 along the last axis.

    Returns
    -------
    numpy.float64 or array, shape (...)
        Infinity where a bin is empty on one side only; a bin empty on both counts for nothing. [-]

    Raises
    ------
    ValueError
        If there are fewer than two bins, the bins differ in number, or one side is empty.

    Notes
    -----
    ``sum((actual - expected) * ln(actual / expected))``

    References
    ----------
    Yurdakul (2018), Statistical Properties of Population Stability Index, Western Michigan University.

    Examples
    --------
    >>> round(float(population_stability_index([.25, .25, .25, .25], [.2, .3, .3, .2])), 6)
    0.040547
    """
    before, after = _shares("expected", expected), _shares("actual", actual)
    if before.shape[-1] != after.shape[-1]:
        raise ValueError("actual: expected as many bins as in `expected`, found another number")
    before, after = np.broadcast_arrays(before, after)
    both = (before > 0) & (after > 0)
    one = (before > 0) != (after > 0)
    ratio = np.divide(after, before, out=np.ones_like(after), where=both)
    total = np.sum(np.where(both, (after - before) * np.log(ratio), 0.0), axis=-1)
    return scalar_or_array(np.where(np.any(one, axis=-1), np.inf, total))


def psi_critical(
    bins: ArrayLike, n_expected: ArrayLike, n_actual: ArrayLike, alpha: ArrayLike = 0.05
) -> Result:
    """Index that is exceeded with probability alpha although nothing has moved.

    Parameters
    ----------
    bins : array_like
        2 or more. [count]
    n_expected, n_actual : array_like
        Rows on both sides. [count]
    alpha : array_like
        [share]

    Returns
    -------
    numpy.float64 or array
        [-]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    ``chi2_{1 - alpha, bins - 1} * (1 / n_expected + 1 / n_actual)``

    References
    ----------
    Yurdakul (2018), Statistical Properties of Population Stability Index, Western Michigan University.

    Examples
    --------
    >>> round(float(psi_critical(10, 100, 100)), 4)
    0.3384
    """
    from scipy.special import chdtri  # takes a moment to load

    free = whole("bins", bins, least=2) - 1
    rows = 1 / positive("n_expected", n_expected) + 1 / positive("n_actual", n_actual)
    return scalar_or_array(chdtri(free, inner_share("alpha", alpha)) * rows)


def _shares(name: str, value: ArrayLike) -> Array:
    array = np.atleast_1d(not_negative(name, value))
    total = array.sum(axis=-1, keepdims=True)
    if array.shape[-1] < 2 or np.any(total == 0):
        raise ValueError(f"{name}: expected two or more bins that are not all empty")
    return np.asarray(array / total)
