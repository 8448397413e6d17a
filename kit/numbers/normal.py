"""The standard normal distribution, for a few numbers without SciPy and for many with it.

SciPy takes a quarter of a second to load, which is more than all that a brief asks of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import Array, Result, any_number, scalar_or_array, share

_FEW = 5_000  # elements: so many are done one by one before SciPy would be loaded
_STANDARD = NormalDist()


def ndtr(x: ArrayLike) -> Result:
    """Probability below a number.

    Parameters
    ----------
    x : array_like
        Infinity included. [standard deviations]

    Returns
    -------
    numpy.float64 or array
        [share]

    Raises
    ------
    ValueError
        If an element is no number.

    Notes
    -----
    ``erfc(-x / sqrt(2)) / 2``; `scipy.special.ndtr` for more than 5,000 elements.

    References
    ----------
    The error function of C99; Cephes, in SciPy.

    Examples
    --------
    >>> round(float(ndtr(1.6449)), 4)
    0.95
    """
    return _each(any_number("x", x), few=_below, many="ndtr")


def ndtri(p: ArrayLike) -> Result:
    """The number below which lies a probability.

    Parameters
    ----------
    p : array_like
        [share]

    Returns
    -------
    numpy.float64 or array
        Infinite at 0 and at 1. [standard deviations]

    Raises
    ------
    ValueError
        If an element is no share.

    Notes
    -----
    The inverse of `ndtr`; `scipy.special.ndtri` for more than 5,000 elements.

    References
    ----------
    Wichura (1988), Applied Statistics 37:477, algorithm AS 241, as in Python's `statistics`.

    Examples
    --------
    >>> round(float(ndtri(0.95)), 4)
    1.6449
    """
    return _each(share("p", p), few=_at, many="ndtri")


def _each(values: Array, *, few: Callable[[float], float], many: str) -> Result:
    """A function of each element: one by one, or SciPy's of that name where there are many."""
    if values.ndim == 0:
        return np.float64(few(float(values)))
    if values.size > _FEW:
        from scipy import special

        return scalar_or_array(getattr(special, many)(values))
    return scalar_or_array(np.vectorize(few, otypes=[np.float64])(values))


def _below(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def _at(p: float) -> float:
    if p <= 0 or p >= 1:
        return -math.inf if p <= 0 else math.inf
    return _STANDARD.inv_cdf(p)
