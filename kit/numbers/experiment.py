"""How many have to take part in an experiment, how long it takes, and what it can show.

Sizes are per arm and not rounded; tests are two-sided unless they say otherwise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Array,
    Result,
    inner_share,
    not_negative,
    positive,
    risen,
    scalar_or_array,
    share,
    whole,
)
from kit.numbers.enrolment import days_to_enrol, duration_days, uniques_by
from kit.numbers.looks import false_positive_with_looks, pocock_alpha
from kit.numbers.means import detectable_difference, power_means, sample_size_means
from kit.numbers.normal import ndtr, ndtri

__all__ = [
    "days_to_enrol",
    "detectable_change",
    "detectable_difference",
    "duration_days",
    "false_positive_with_looks",
    "guardrail_power",
    "noninferiority_size",
    "pocock_alpha",
    "power_means",
    "power_proportions",
    "sample_ratio_mismatch",
    "sample_size_means",
    "sample_size_proportions",
    "uniques_by",
]


def sample_size_proportions(
    p1: ArrayLike, p2: ArrayLike, alpha: ArrayLike = 0.05, power: ArrayLike = 0.8
) -> Result:
    """Units per arm to tell two shares apart.

    Parameters
    ----------
    p1, p2 : array_like
        Shares in the two arms, not the same. [share]
    alpha : array_like
        Two-sided. [share]
    power : array_like
        [share]

    Returns
    -------
    numpy.float64 or array
        [units/arm]

    Raises
    ------
    ValueError
        If an argument is out of its range, or the two shares are the same.

    Notes
    -----
    ``n = (z_{1-alpha/2} sqrt(2 m (1-m)) + z_power sqrt(p1 (1-p1) + p2 (1-p2)))^2 / (p1 - p2)^2``
    with ``m = (p1 + p2) / 2``

    References
    ----------
    Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, equation 4.14;
    the same as R's power.prop.test.

    Examples
    --------
    >>> round(float(sample_size_proportions(0.05, 0.045)), 2)
    28407.84
    """
    one, other = share("p1", p1), share("p2", p2)
    if np.any(one == other):
        raise ValueError("p2: expected another share than p1, found the same")
    middle = (one + other) / 2
    null = np.sqrt(2 * middle * (1 - middle))
    true = np.sqrt(one * (1 - one) + other * (1 - other))
    reach = _z_two_sided(alpha) * null + ndtri(inner_share("power", power)) * true
    return scalar_or_array((np.maximum(reach, 0.0) / (one - other)) ** 2)


def power_proportions(
    n: ArrayLike, p1: ArrayLike, p2: ArrayLike, alpha: ArrayLike = 0.05
) -> Result:
    """Chance to tell two shares apart.

    Parameters
    ----------
    n : array_like
        Above 0. [units/arm]
    p1, p2, alpha : array_like
        As in `sample_size_proportions`; the same shares give alpha / 2. [share]

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
    ``Phi((sqrt(n) |p1 - p2| - z_{1-alpha/2} sqrt(2 m (1-m))) / sqrt(p1 (1-p1) + p2 (1-p2)))``

    References
    ----------
    As `sample_size_proportions`, solved for the power.

    Examples
    --------
    >>> round(float(power_proportions(50, 0.5, 0.75)), 4)
    0.7402
    """
    size, one, other = positive("n", n), share("p1", p1), share("p2", p2)
    middle = (one + other) / 2
    null = np.sqrt(2 * middle * (1 - middle))
    true = np.sqrt(one * (1 - one) + other * (1 - other))
    reach = np.sqrt(size) * np.abs(one - other) - _z_two_sided(alpha) * null
    sure = np.where(reach >= 0, np.inf, -np.inf)  # shares of 0 and 1 leave nothing to chance
    return scalar_or_array(ndtr(np.where(true > 0, reach / np.where(true > 0, true, 1.0), sure)))


def detectable_change(
    n: ArrayLike,
    p1: ArrayLike,
    alpha: ArrayLike = 0.05,
    power: ArrayLike = 0.8,
    *,
    direction: str = "fall",
) -> Result:
    """Smallest relative change of a share that can be seen.

    Parameters
    ----------
    n : array_like
        Above 0. [units/arm]
    p1 : array_like
        Share in the control arm, above 0 and below 1. [share]
    alpha, power : array_like
        As in `sample_size_proportions`; power above alpha / 2. [share]
    direction : str
        "fall" or "rise".

    Returns
    -------
    numpy.float64 or array
        Above 0, relative to `p1`; infinity where not even a fall to 0, or a rise to 1, would show. [-]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    The p2 at which `power_proportions` is the power, by secants.

    References
    ----------
    As `sample_size_proportions`; the minimum detectable effect of Bloom (1995),
    Evaluation Review 19:547.

    Examples
    --------
    >>> round(float(detectable_change(3000, 0.05)), 4)
    0.2924
    """
    if direction not in ("fall", "rise"):
        raise ValueError(f"direction: expected 'fall' or 'rise', found {direction!r}")
    size, base = positive("n", n), inner_share("p1", p1)
    level, wanted = inner_share("alpha", alpha), inner_share("power", power)
    size, base, level, wanted = np.broadcast_arrays(size, base, level, wanted)
    end = np.zeros(base.shape) if direction == "fall" else np.ones(base.shape)
    sign = -1.0 if direction == "fall" else 1.0

    def seen(change: Array) -> Array:
        return np.asarray(power_proportions(size, base + sign * change, base, level))

    most = np.abs(end - base)
    normal = (-ndtri(level / 2) + ndtri(wanted)) * np.sqrt(2 * base * (1 - base) / size)
    least = risen(seen, wanted, low=np.zeros(base.shape), high=most, start=normal)
    return scalar_or_array(np.where(seen(most) >= wanted, least / base, np.inf))


def noninferiority_size(
    p: ArrayLike, margin: ArrayLike, alpha: ArrayLike = 0.05, power: ArrayLike = 0.8
) -> Result:
    """Units per arm to show that a share has not got worse by more than a margin.

    Parameters
    ----------
    p : array_like
        Share, truly the same in both arms. [share]
    margin : array_like
        Above 0 and below 1. [share]
    alpha : array_like
        One-sided. [share]
    power : array_like
        [share]

    Returns
    -------
    numpy.float64 or array
        [units/arm]

    Raises
    ------
    ValueError
        If an argument is out of its range, or the margin so small that no number is large enough.

    Notes
    -----
    ``n = (z_{1-alpha} + z_power)^2 2 p (1 - p) / margin^2``

    References
    ----------
    Blackwelder (1982), Controlled Clinical Trials 3:345.

    Examples
    --------
    >>> round(float(noninferiority_size(0.8, 0.1)), 2)
    197.84
    """
    rate, room = share("p", p), inner_share("margin", margin)
    z = -ndtri(inner_share("alpha", alpha)) + ndtri(inner_share("power", power))
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        size = np.maximum(z, 0.0) ** 2 * 2 * rate * (1 - rate) / room**2
    if not np.all(np.isfinite(size)):
        raise ValueError(f"margin: expected a larger one, found {float(np.min(room)):g}")
    return scalar_or_array(size)


def guardrail_power(power: ArrayLike, guardrails: ArrayLike) -> Result:
    """Power that each test needs so that success and all guardrails together are seen with `power`.

    Parameters
    ----------
    power : array_like
        For the decision as a whole. [share]
    guardrails : array_like
        Guardrails that must each be shown not to have got worse. [count]

    Returns
    -------
    numpy.float64 or array
        [share]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    ``1 - (1 - power) / (guardrails + 1)``, whatever the tests have to do with each other

    References
    ----------
    Schultzberg, Ankargren & Franberg (2024), arXiv:2402.11609: the correction of beta.

    Examples
    --------
    >>> round(float(guardrail_power(0.8, 3)), 2)
    0.95
    """
    wanted = inner_share("power", power)
    return scalar_or_array(1 - (1 - wanted) / (whole("guardrails", guardrails, least=0) + 1))


def sample_ratio_mismatch(counts: ArrayLike, shares: ArrayLike) -> Result:
    """Probability of counts at least this far from the shares that were meant, by chance alone.

    Parameters
    ----------
    counts : array_like, shape (..., arms)
        Units that were seen in each arm. [count]
    shares : array_like, shape (..., arms)
        Shares that were meant, above 0; brought to a sum of 1. [share]

    Returns
    -------
    numpy.float64 or array, shape (...)
        p value. [share]

    Raises
    ------
    ValueError
        If there are fewer than two arms, their numbers differ, or nobody was counted.

    Notes
    -----
    Pearson's chi-square test of goodness of fit, arms - 1 degrees of freedom.

    References
    ----------
    Fabijan et al. (2019), Proceedings of KDD 25:2156, sample ratio mismatch.

    Examples
    --------
    >>> round(float(sample_ratio_mismatch([50, 70], [0.5, 0.5])), 4)
    0.0679
    """
    seen, meant = (
        np.atleast_1d(not_negative("counts", counts)),
        np.atleast_1d(positive("shares", shares)),
    )
    if seen.shape[-1] < 2 or seen.shape[-1] != meant.shape[-1]:
        raise ValueError("shares: expected one for each of two or more arms, found another number")
    from scipy.special import chdtrc  # takes a moment to load

    total = seen.sum(axis=-1, keepdims=True)
    if np.any(total == 0):
        raise ValueError("counts: expected somebody to be counted, found nobody")
    expected = total * meant / meant.sum(axis=-1, keepdims=True)
    distance = np.sum((seen - expected) ** 2 / expected, axis=-1)
    return scalar_or_array(chdtrc(seen.shape[-1] - 1.0, distance))


def _z_two_sided(alpha: ArrayLike) -> Array:
    return np.asarray(-ndtri(inner_share("alpha", alpha) / 2))
