"""Whether a gap between groups can be seen, and how large one looks where there is none."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Array,
    Result,
    inner_share,
    positive,
    scalar_or_array,
    share,
    whole,
)
from kit.numbers.experiment import detectable_change, sample_size_proportions
from kit.numbers.normal import ndtr


def positives_per_group(
    rate_a: ArrayLike, rate_b: ArrayLike, alpha: ArrayLike = 0.05, power: ArrayLike = 0.8
) -> Result:
    """True cases that each of two groups needs so that a gap in their recall can be seen.

    Parameters
    ----------
    rate_a, rate_b : array_like
        Recall in the two groups, not the same. [share]
    alpha, power : array_like
        As in `kit.numbers.experiment.sample_size_proportions`. [share]

    Returns
    -------
    numpy.float64 or array
        [true cases/group]

    Raises
    ------
    ValueError
        If an argument is out of its range, or the rates are the same.

    Notes
    -----
    The size for two shares, with the true cases of a group as its sample.

    References
    ----------
    Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, equation 4.14.

    Examples
    --------
    >>> round(float(positives_per_group(0.80, 0.77)), 2)
    2942.59
    """
    one, other = share("rate_a", rate_a), share("rate_b", rate_b)
    if np.any(one == other):
        raise ValueError("rate_b: expected another rate than rate_a, found the same")
    return sample_size_proportions(one, other, alpha, power)


def detectable_gap(
    positives: ArrayLike, rate: ArrayLike, alpha: ArrayLike = 0.05, power: ArrayLike = 0.8
) -> Result:
    """Smallest gap below a rate that two groups of this size can show.

    Parameters
    ----------
    positives : array_like
        In each group. [true cases/group]
    rate : array_like
        Rate of the better group, above 0 and below 1. [share]
    alpha, power : array_like
        As in `positives_per_group`. [share]

    Returns
    -------
    numpy.float64 or array
        Infinity where not even a rate of 0 in the other group would show. [share]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    `kit.numbers.experiment.detectable_change` times the rate.

    References
    ----------
    As `positives_per_group`.

    Examples
    --------
    >>> round(float(detectable_gap(2942.59, 0.80)), 4)
    0.03
    """
    best = inner_share("rate", rate)
    change = detectable_change(positive("positives", positives), best, alpha, power)
    return scalar_or_array(change * best)


def expected_gap_without_bias(groups: ArrayLike, positives: ArrayLike, rate: ArrayLike) -> Result:
    """Gap between the best and the worst group that chance alone makes, on average.

    Parameters
    ----------
    groups : array_like
        2 or more. [count]
    positives : array_like
        In each group. [true cases/group]
    rate : array_like
        True rate, the same in every group. [share]

    Returns
    -------
    numpy.float64 or array
        Near 0 or 1, and with few positives, an approximation; never above 1. [share]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    ``d2(groups) * sqrt(rate (1 - rate) / positives)`` with the expected range of standard normals
    ``d2(k) = integral of 1 - Phi(x)^k - (1 - Phi(x))^k``

    References
    ----------
    Tippett (1925), Biometrika 17:364.

    Examples
    --------
    >>> round(float(expected_gap_without_bias(2, 1000, 0.8)), 4)
    0.0143
    """
    count, size = whole("groups", groups, least=2), positive("positives", positives)
    p = share("rate", rate)
    return scalar_or_array(np.minimum(1.0, _range(count) * np.sqrt(p * (1 - p) / size)))


def demographic_parity_difference(predictions: ArrayLike, groups: ArrayLike) -> float:
    """Largest less smallest share of positive predictions among groups.

    Parameters
    ----------
    predictions : array_like, shape (n,)
        0 or 1.
    groups : array_like, shape (n,)
        Names of the groups.

    Returns
    -------
    float
        [share]

    Raises
    ------
    ValueError
        If a prediction is neither 0 nor 1, the lengths differ, or there is nothing.

    Notes
    -----
    ``max_g mean(prediction | g) - min_g mean(prediction | g)``

    References
    ----------
    Dwork et al. (2012), Proceedings of ITCS 3:214; as in Fairlearn.

    Examples
    --------
    >>> demographic_parity_difference([0, 1, 1, 1], ["a", "a", "b", "b"])
    0.5
    """
    flags, names = _labelled("predictions", predictions, groups)
    return _spread(flags, names)


def equalized_odds_difference(truth: ArrayLike, predictions: ArrayLike, groups: ArrayLike) -> float:
    """The larger of the gaps in recall and in false-positive rate among groups.

    Parameters
    ----------
    truth, predictions : array_like, shape (n,)
        0 or 1.
    groups : array_like, shape (n,)
        Names of the groups.

    Returns
    -------
    float
        A group without a case of a class counts with a rate of 0 there. [share]

    Raises
    ------
    ValueError
        As `demographic_parity_difference`.

    Notes
    -----
    ``max_y (max_g P(flag | y, g) - min_g P(flag | y, g))`` over both classes y

    References
    ----------
    Hardt, Price & Srebro (2016), Advances in NeurIPS 29; as in Fairlearn.

    Examples
    --------
    >>> equalized_odds_difference([0, 1, 0, 1], [0, 1, 1, 1], ["a", "a", "b", "b"])
    1.0
    """
    flags, names = _labelled("predictions", predictions, groups)
    real, _ = _labelled("truth", truth, groups)
    gaps = []
    for side in (0.0, 1.0):
        rates = [
            float(flags[(names == name) & (real == side)].mean())
            if np.any((names == name) & (real == side))
            else 0.0
            for name in np.unique(names)
        ]
        gaps.append(max(rates) - min(rates))
    return max(gaps)


def _range(groups: Array) -> Array:
    x = np.linspace(-9.0, 9.0, 3601)
    below = ndtr(x)
    inside = 1 - below ** groups[..., None] - (1 - below) ** groups[..., None]
    return np.asarray(np.trapezoid(inside, x, axis=-1))


def _labelled(name: str, values: ArrayLike, groups: ArrayLike) -> tuple[Array, Array]:
    flags, names = share(name, values).ravel(), np.asarray(groups).ravel()
    if flags.size == 0 or flags.size != names.size or not np.all((flags == 0) | (flags == 1)):
        raise ValueError(f"{name}: expected one 0 or 1 for each entry of `groups`")
    return flags, names


def _spread(flags: Array, names: Array) -> float:
    rates = [float(flags[names == name].mean()) for name in np.unique(names)]
    return max(rates) - min(rates)
