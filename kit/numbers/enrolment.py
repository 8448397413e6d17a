"""How long it takes until enough have entered an experiment and their outcome is known.

People seen are unique: somebody who comes twice enters once. Numbers of single weeks therefore do
not add up, and the growth of unique people slows down.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Array,
    Result,
    not_negative,
    positive,
    scalar_or_array,
    whole,
)


def duration_days(
    n_per_arm: ArrayLike, arms: ArrayLike, eligible_per_day: ArrayLike, wait_days: ArrayLike
) -> Result:
    """Days until everybody has entered and the last outcome is known.

    Parameters
    ----------
    n_per_arm : array_like
        Rounded up to whole units. [units/arm]
    arms : array_like
        The control included, 2 or more. [count]
    eligible_per_day : array_like
        Units that enter for the first time. [units/day]
    wait_days : array_like
        From entering to the outcome. [days]

    Returns
    -------
    numpy.float64 or array
        Whole days of entering, and the wait. [days]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    ``ceil(ceil(n) * arms / eligible_per_day) + wait_days``

    References
    ----------
    Definition.

    Examples
    --------
    >>> float(duration_days(28408, 2, 500, 30))
    144.0
    """
    units = np.ceil(positive("n_per_arm", n_per_arm)) * whole("arms", arms, least=2)
    with np.errstate(over="ignore"):  # so few a day that the days are beyond any number
        enter = np.ceil(units / positive("eligible_per_day", eligible_per_day))
    return scalar_or_array(enter + not_negative("wait_days", wait_days))


def uniques_by(days: ArrayLike, one_week: ArrayLike, four_weeks: ArrayLike) -> Result:
    """Unique units seen by a day, from those of one week and of four.

    Parameters
    ----------
    days : array_like
        Since the start. [days]
    one_week, four_weeks : array_like
        Unique units seen in one week, and in four: at least as many, at most four times as many. [units]

    Returns
    -------
    numpy.float64 or array
        Beyond four weeks an extrapolation. [units]

    Raises
    ------
    ValueError
        If an argument is out of its range, or the two cannot both be true.

    Notes
    -----
    ``one_week * (days / 7)^b`` with ``b = ln(four_weeks / one_week) / ln 4``

    References
    ----------
    Heaps' law for distinct items in a growing sample: Heaps (1978), Information Retrieval.

    Examples
    --------
    >>> float(uniques_by(28, 7000, 14000))
    14000.0
    """
    first, growth = _growth(one_week, four_weeks)
    return scalar_or_array(first * (not_negative("days", days) / 7) ** growth)


def days_to_enrol(n: ArrayLike, one_week: ArrayLike, four_weeks: ArrayLike) -> Result:
    """Days until a number of unique units has been seen; the inverse of `uniques_by`.

    Parameters
    ----------
    n : array_like
        All arms together. [units]
    one_week, four_weeks : array_like
        As in `uniques_by`. [units]

    Returns
    -------
    numpy.float64 or array
        Infinity where no more come after the first week and they are too few. [days]

    Raises
    ------
    ValueError
        As `uniques_by`.

    Notes
    -----
    ``7 * (n / one_week)^(1 / b)``

    References
    ----------
    As `uniques_by`.

    Examples
    --------
    >>> round(float(days_to_enrol(28000, 7000, 14000)), 6)
    112.0
    """
    first, growth = _growth(one_week, four_weeks)
    ratio = not_negative("n", n) / first
    with np.errstate(over="ignore"):  # so slow a growth that the days are beyond any number
        days = 7 * ratio ** (1 / np.where(growth > 0, growth, 1.0))
    flat = np.where(ratio > 1, np.inf, 7 * ratio)
    return scalar_or_array(np.where(growth > 0, days, flat))


def _growth(one_week: ArrayLike, four_weeks: ArrayLike) -> tuple[Array, Array]:
    first, later = positive("one_week", one_week), positive("four_weeks", four_weeks)
    if np.any((later < first) | (later > 4 * first)):
        raise ValueError(
            "four_weeks: expected at least as many unique units as in one week, and at most four "
            f"times as many, found {float(np.max(later)):g} against {float(np.max(first)):g}"
        )
    return first, np.log(later / first) / np.log(4)
