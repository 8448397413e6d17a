"""How many rows it takes to know a figure, to show that it holds, and to train."""

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
)
from kit.numbers.normal import ndtri


def positives_for_recall(
    recall: ArrayLike, margin: ArrayLike, confidence: ArrayLike = 0.95
) -> Result:
    """True cases in a test set so that recall is known to within a margin.

    Parameters
    ----------
    recall : array_like
        Recall that is expected. [share]
    margin : array_like
        Half the width of its interval, above 0. [share]
    confidence : array_like
        [share]

    Returns
    -------
    numpy.float64 or array
        Rounded up. [true cases]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    ``n = z^2 recall (1 - recall) / margin^2``

    References
    ----------
    Cochran (1977), Sampling Techniques, chapter 4.

    Examples
    --------
    >>> float(positives_for_recall(0.80, 0.05))
    246.0
    """
    p, reach = share("recall", recall), positive("margin", margin)
    z = -ndtri((1 - inner_share("confidence", confidence)) / 2)
    return scalar_or_array(_up(z**2 * p * (1 - p) / reach**2))


def flagged_for_precision(
    truth: ArrayLike, floor: ArrayLike, alpha: ArrayLike = 0.05, power: ArrayLike = 0.8
) -> Result:
    """Flags to check so that precision is shown to be above a floor.

    Parameters
    ----------
    truth : array_like
        True precision, above the floor. [share]
    floor : array_like
        Precision that is to be exceeded, above 0. [share]
    alpha : array_like
        One-sided. [share]
    power : array_like
        [share]

    Returns
    -------
    numpy.float64 or array
        Rounded up. [flags]

    Raises
    ------
    ValueError
        If an argument is out of its range, or the truth is not above the floor.

    Notes
    -----
    ``n = ((z_{1-alpha} sqrt(f (1-f)) + z_power sqrt(t (1-t))) / (t - f))^2``

    References
    ----------
    Rosner (2011), Fundamentals of Biostatistics, 7th edition, equation 7.46 (there two-sided).

    Examples
    --------
    >>> float(flagged_for_precision(0.05, 0.02, alpha=0.025, power=0.9))
    341.0
    """
    true, least = share("truth", truth), inner_share("floor", floor)
    if np.any(true <= least):
        raise ValueError("truth: expected a precision above the floor, found none above it")
    null, real = np.sqrt(least * (1 - least)), np.sqrt(true * (1 - true))
    z = -ndtri(inner_share("alpha", alpha))
    reach = z * null + ndtri(inner_share("power", power)) * real
    return scalar_or_array(_up((np.maximum(reach, 0.0) / (true - least)) ** 2))


def training_rows(predictors: ArrayLike, r2_cs: ArrayLike, prevalence: ArrayLike) -> Result:
    """Least rows to train a model of a yes-or-no outcome, after Riley.

    Parameters
    ----------
    predictors : array_like
        Candidate parameters, above 0. [count]
    r2_cs : array_like
        Expected Cox-Snell R squared, above 0 and below its maximum. [-]
    prevalence : array_like
        Above 0 and below 1. [share]

    Returns
    -------
    numpy.float64 or array
        The largest of the three criteria, rounded up. [rows]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    See `training_row_criteria`.

    References
    ----------
    Riley et al. (2019), Statistics in Medicine 38:1276.

    Examples
    --------
    >>> float(training_rows(24, 0.288, 0.174))
    662.0
    """
    shrinkage, optimism, intercept = training_row_criteria(predictors, r2_cs, prevalence)
    return scalar_or_array(np.maximum(np.maximum(shrinkage, optimism), intercept))


def training_row_criteria(
    predictors: ArrayLike, r2_cs: ArrayLike, prevalence: ArrayLike
) -> tuple[Result, Result, Result]:
    """The three criteria behind `training_rows`.

    Parameters
    ----------
    predictors, r2_cs, prevalence : array_like
        As in `training_rows`.

    Returns
    -------
    tuple of three
        Rows for a shrinkage of 0.9, for an optimism of at most 0.05 in Nagelkerke's R squared, and for
        the prevalence to within 5 points; rounded up. [rows]

    Raises
    ------
    ValueError
        As `training_rows`.

    Notes
    -----
    ``n = predictors / ((s - 1) ln(1 - r2 / s))`` with ``s = 0.9``, and with
    ``s = r2 / (r2 + 0.05 max_r2)``; ``n = (1.96 / 0.05)^2 prevalence (1 - prevalence)``

    References
    ----------
    Riley et al. (2019), Statistics in Medicine 38:1276.

    Examples
    --------
    >>> [float(one) for one in training_row_criteria(24, 0.288, 0.174)]
    [623.0, 662.0, 221.0]
    """
    count, r2 = positive("predictors", predictors), inner_share("r2_cs", r2_cs)
    prior = inner_share("prevalence", prevalence)
    most = np.asarray(max_r2_cs(prior))
    if np.any(r2 >= most) or np.any(r2 >= 0.9):
        raise ValueError(
            f"r2_cs: expected less than its maximum at this prevalence, {float(np.min(most)):.3g}, "
            f"and than 0.9, found {float(np.max(r2)):g}"
        )
    shrunk = r2 / (r2 + 0.05 * most)
    return (
        scalar_or_array(_up(count / (-0.1 * np.log1p(-r2 / 0.9)))),
        scalar_or_array(_up(count / ((shrunk - 1) * np.log1p(-r2 / shrunk)))),
        scalar_or_array(_up((1.96 / 0.05) ** 2 * prior * (1 - prior))),
    )


def max_r2_cs(prevalence: ArrayLike) -> Result:
    """Largest Cox-Snell R squared that a model can have at a prevalence.

    Parameters
    ----------
    prevalence : array_like
        Above 0 and below 1. [share]

    Returns
    -------
    numpy.float64 or array
        [-]

    Raises
    ------
    ValueError
        If the prevalence is out of its range.

    Notes
    -----
    ``1 - (p^p (1 - p)^(1 - p))^2``

    References
    ----------
    Riley et al. (2019), Statistics in Medicine 38:1276, equation 8.

    Examples
    --------
    >>> round(float(max_r2_cs(0.5)), 2)
    0.75
    """
    p = inner_share("prevalence", prevalence)
    return scalar_or_array(-np.expm1(2 * (p * np.log(p) + (1 - p) * np.log1p(-p))))


def _up(size: Array) -> Array:
    """Rounded up, but not for what floating point added to a whole number."""
    return np.ceil(size - 1e-9 * np.maximum(1.0, size))
