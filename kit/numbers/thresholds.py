"""From where on acting on a flag pays."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Result,
    inner_share,
    not_negative,
    positive,
    scalar_or_array,
    share,
    single,
)


def break_even_precision(
    benefit: ArrayLike, cost_false_positive: ArrayLike, *, cost_action: ArrayLike = 0.0
) -> Result:
    """Precision from which on acting on a flag brings more than it costs.

    Parameters
    ----------
    benefit, cost_false_positive, cost_action : array_like
        As in `expected_value`; benefit and false-positive cost not both 0. [money]

    Returns
    -------
    numpy.float64 or array
        Above 1 where no precision pays. [share]

    Raises
    ------
    ValueError
        If an argument is negative, or benefit and false-positive cost are both 0.

    Notes
    -----
    ``p * benefit = (1 - p) * cost_false_positive + cost_action``

    References
    ----------
    Elkan (2001), Proceedings of IJCAI 17:973, equation 2.

    Examples
    --------
    >>> float(break_even_precision(60, 4, cost_action=2))
    0.09375
    """
    gain, loss = (
        not_negative("benefit", benefit),
        not_negative("cost_false_positive", cost_false_positive),
    )
    if np.any(gain + loss == 0):
        raise ValueError("benefit: expected more than 0 where a false positive costs 0, found 0")
    return scalar_or_array((loss + not_negative("cost_action", cost_action)) / (gain + loss))


def covering_precision(
    *,
    volume: float,
    prevalence: float,
    recall: float,
    take_rate: float = 1.0,
    benefit: float,
    cost_action: float = 0.0,
    cost_false_positive: float = 0.0,
    run_cost: float = 0.0,
    capacity: float = np.inf,
) -> float:
    """Precision from which on the running cost is paid, too.

    Parameters
    ----------
    volume, prevalence, recall, take_rate, benefit, cost_action, cost_false_positive
        As in `expected_value`, numbers only.
    run_cost, capacity
        As in `expected_value`, numbers only.

    Returns
    -------
    float
        Above 1, or infinity, where no precision pays. [share]

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    With ``a = take_rate * volume * prevalence * recall``, the larger of
    ``a (fp + action) / (a (benefit + fp) - run_cost)``, when the flags limit what is done, and
    ``(run_cost / capacity + fp + action) / (benefit + fp)``, when the capacity does.

    References
    ----------
    `expected_value`, solved for the precision at which its net is 0.

    Examples
    --------
    >>> round(covering_precision(volume=100_000, prevalence=0.05, recall=0.5, take_rate=0.2,
    ...     benefit=60, cost_action=2, cost_false_positive=4, run_cost=9000, capacity=800), 4)
    0.2695
    """
    acted = single("take_rate", share("take_rate", take_rate))
    found = single("volume", not_negative("volume", volume)) * acted
    found *= single("prevalence", share("prevalence", prevalence))
    found *= single("recall", share("recall", recall))
    false = single("cost_false_positive", not_negative("cost_false_positive", cost_false_positive))
    both = single("benefit", not_negative("benefit", benefit)) + false
    each = false + single("cost_action", not_negative("cost_action", cost_action))
    fixed = single("run_cost", not_negative("run_cost", run_cost))
    room = single("capacity", not_negative("capacity", capacity, infinite=True))
    left = found * both - fixed
    if left <= 0 or room == 0 or both == 0:
        return float("inf")
    return max(found * each / left, (fixed / room + each) / both)


def optimal_threshold(gain_true_positive: ArrayLike, cost_false_positive: ArrayLike) -> Result:
    """Score from which on to act, where scores are calibrated probabilities.

    Parameters
    ----------
    gain_true_positive, cost_false_positive : array_like
        Not both 0. [money]

    Returns
    -------
    numpy.float64 or array
        [share]

    Raises
    ------
    ValueError
        If an argument is negative, or both are 0.

    Notes
    -----
    ``threshold = cost_false_positive / (cost_false_positive + gain_true_positive)``

    References
    ----------
    Elkan (2001), Proceedings of IJCAI 17:973.

    Examples
    --------
    >>> round(float(optimal_threshold(56, 11)), 5)
    0.16418
    """
    gain = not_negative("gain_true_positive", gain_true_positive)
    loss = not_negative("cost_false_positive", cost_false_positive)
    if np.any(gain + loss == 0):
        raise ValueError("gain_true_positive: expected more than 0 where an error costs 0, found 0")
    return scalar_or_array(loss / (gain + loss))


def net_benefit(tp: ArrayLike, fp: ArrayLike, n: ArrayLike, threshold: ArrayLike) -> Result:
    """Net benefit of a decision curve: true positives per case, less weighted false ones.

    Parameters
    ----------
    tp, fp : array_like
        True and false positives; together at most `n`. [count]
    n : array_like
        All cases, above 0. [count]
    threshold : array_like
        Probability at which one is indifferent, above 0 and below 1. [share]

    Returns
    -------
    numpy.float64 or array
        [true positives/case]

    Raises
    ------
    ValueError
        If an argument is out of its range, or there are more positives than cases.

    Notes
    -----
    ``tp / n - fp / n * threshold / (1 - threshold)``

    References
    ----------
    Vickers & Elkin (2006), Medical Decision Making 26:565.

    Examples
    --------
    >>> round(float(net_benefit(80, 100, 1000, 0.2)), 3)
    0.055
    """
    right, wrong, size = not_negative("tp", tp), not_negative("fp", fp), positive("n", n)
    if np.any(right + wrong > size):
        raise ValueError("tp: expected at most n positives together with fp, found more")
    odds = inner_share("threshold", threshold)
    return scalar_or_array(right / size - wrong / size * odds / (1 - odds))
