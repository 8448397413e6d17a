"""Sizes and power of an experiment that compares two means."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Array,
    Result,
    finite,
    inner_share,
    positive,
    risen,
    scalar_or_array,
)
from kit.numbers.normal import ndtr, ndtri
from kit.numbers.student import beyond, edge_of

_FAR = 1e3  # standard deviations: what is larger is no question of statistics
_NEAR = 1e-9  # of that: as close as a search comes to what is not there


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
    The n at which `power_means` is the power, by secants.

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
    edge = -ndtri(level / 2)
    normal = 2 * ((edge + ndtri(wanted)) / distance) ** 2
    found = risen(
        lambda n: _power_means(n, distance, level),
        wanted,
        low=np.full(distance.shape, 2.0),
        # The normal approximation, and some more, is always enough.
        high=2 * ((edge + np.maximum(ndtri(wanted), 0)) / distance) ** 2 + 1000.0,
        start=normal + edge**2 / 4,
    )
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
    ``1 - F(t_{1-alpha/2}; 2n - 2, |d| sqrt(n / 2))`` with ``F`` the noncentral t distribution: the kit's own
    for one number, SciPy's for many

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
    """The same for what was looked at already: who looks for a size asks many times."""
    free = 2 * size - 2
    shift = distance * np.sqrt(size / 2)
    if np.ndim(free + shift + level) == 0:
        tail = float(level) / 2
        return np.asarray(beyond(edge_of(tail, float(free)), float(free), float(shift)))
    from scipy.special import nctdtr, stdtrit  # takes a moment to load

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
    The d at which `power_means` is the power, by secants.

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
        return _power_means(size, difference, level)

    most = np.full(size.shape, _FAR)
    normal = (-ndtri(level / 2) + ndtri(wanted)) * np.sqrt(2 / size)
    least = risen(seen, wanted, low=np.zeros(size.shape), high=most, start=normal)
    return scalar_or_array(np.where(least < most * (1 - _NEAR), least, np.inf))
