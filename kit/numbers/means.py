"""Sizes and power of an experiment that compares two means."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Array,
    Result,
    bisected,
    finite,
    inner_share,
    positive,
    scalar_or_array,
)
from kit.numbers.normal import ndtr, ndtri

_FAR = 1e3  # standard deviations: what is larger is no question of statistics


def sample_size_means(d: ArrayLike, alpha: ArrayLike = 0.05, power: ArrayLike = 0.8) -> Result:
    """Units per arm to tell two means apart, by the two-sample t test.

    Parameters
    ----------
    d : array_like
        Difference, not 0. [standard deviations]
    alpha, power : array_like
        As in `sample_size_proportions`. [share]

    Returns
    -------
    numpy.float64 or array
        At least 2, without which there is no variance. [units/arm]

    Raises
    ------
    ValueError
        If an argument is out of its range, or the difference is 0.

    Notes
    -----
    The n at which `power_means` is the power, by bisection.

    References
    ----------
    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, chapter 2.

    Examples
    --------
    >>> round(float(sample_size_means(0.5)), 2)
    63.77
    """
    distance = np.abs(finite("d", d))
    if np.any(distance == 0):
        raise ValueError("d: expected a difference other than 0, found 0")
    level, wanted = inner_share("alpha", alpha), inner_share("power", power)
    distance, level, wanted = np.broadcast_arrays(distance, level, wanted)
    low = np.full(distance.shape, 2.0)
    # The normal approximation, and some more, is always enough.
    high = 2 * ((-ndtri(level / 2) + np.maximum(ndtri(wanted), 0)) / distance) ** 2 + 1000.0
    found = bisected(lambda n: _power_means(n, distance, level) >= wanted, low, high)
    return scalar_or_array(found)


def power_means(n: ArrayLike, d: ArrayLike, alpha: ArrayLike = 0.05) -> Result:
    """Chance to tell two means apart, by the two-sample t test.

    Parameters
    ----------
    n : array_like
        2 or more. [units/arm]
    d : array_like
        Difference. [standard deviations]
    alpha : array_like
        Two-sided. [share]

    Returns
    -------
    numpy.float64 or array
        In the true direction. [share]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    ``1 - F(t_{1-alpha/2}; 2n - 2, |d| sqrt(n / 2))`` with ``F`` the noncentral t distribution

    References
    ----------
    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, chapter 2.

    Examples
    --------
    >>> round(float(power_means(20, 1.0)), 4)
    0.869
    """
    distance, level = np.abs(finite("d", d)), inner_share("alpha", alpha)
    return scalar_or_array(_power_means(_two_or_more(n), distance, level))


def _two_or_more(n: ArrayLike) -> Array:
    size = positive("n", n)
    if np.any(size < 2):
        raise ValueError(f"n: expected 2 or more, found {float(np.min(size)):g}")
    return size


def _power_means(size: Array, distance: Array, level: Array) -> Array:
    """The same for what was looked at already: a bisection asks half a hundred times."""
    from scipy.special import nctdtr, stdtrit  # takes a moment to load

    free = 2 * size - 2
    shift = distance * np.sqrt(size / 2)
    edge = -stdtrit(free, level / 2)
    seen = 1 - nctdtr(free, shift, edge)
    # With many units and far out there is no figure; the t distribution is the normal one there.
    found: Array = np.where(np.isfinite(seen), seen, ndtr(shift - edge))
    return found


def detectable_difference(n: ArrayLike, alpha: ArrayLike = 0.05, power: ArrayLike = 0.8) -> Result:
    """Smallest difference of two means that can be seen.

    Parameters
    ----------
    n : array_like
        2 or more. [units/arm]
    alpha, power : array_like
        As in `sample_size_means`; power above alpha / 2. [share]

    Returns
    -------
    numpy.float64 or array
        Infinity where not even a difference of 1,000 standard deviations would show.
        [standard deviations]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    The d at which `power_means` is the power, by bisection.

    References
    ----------
    As `sample_size_means`.

    Examples
    --------
    >>> round(float(detectable_difference(63.77)), 3)
    0.5
    """
    size, level, wanted = (
        _two_or_more(n),
        inner_share("alpha", alpha),
        inner_share("power", power),
    )
    size, level, wanted = np.broadcast_arrays(size, level, wanted)

    def seen(difference: Array) -> Array:
        return np.asarray(_power_means(size, difference, level) >= wanted)

    most = np.full(size.shape, _FAR)
    least = bisected(seen, np.zeros(size.shape), most)
    return scalar_or_array(np.where(seen(most), least, np.inf))
