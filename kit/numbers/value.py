"""What predictions are worth: gain, cost and what is left, by the kind of model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Array,
    Result,
    finite,
    not_negative,
    scalar_or_array,
    share,
)
from kit.numbers.paths import PathComparison, PathPair, compare_paths
from kit.numbers.thresholds import (
    break_even_precision,
    covering_precision,
    net_benefit,
    optimal_threshold,
)

__all__ = [
    "DO_NOTHING",
    "ExpectedValue",
    "PathComparison",
    "PathPair",
    "Reference",
    "assist_value",
    "break_even_precision",
    "compare_paths",
    "covering_precision",
    "expected_value",
    "net_benefit",
    "optimal_threshold",
    "regression_value",
]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What a value is compared with.

    Raises
    ------
    ValueError
        If its net is not finite.
    """

    name: str  # for example "today's rule"
    net: float | Array  # money per time

    def __post_init__(self) -> None:
        finite("net", self.net)


DO_NOTHING = Reference(name="do nothing", net=0.0)


@dataclass(frozen=True, kw_only=True)
class ExpectedValue:
    """What a time with the model brings, per time; each part a scalar or an array, as its inputs are."""

    handled: Result  # flags or results that people act on
    gain: Result  # money
    action_cost: Result  # money spent on handling, and on what goes wrong
    run_cost: Result  # money spent on running the model
    net: Result  # gain less both costs
    reference: Reference

    @property
    def advantage(self) -> Result:
        """How much more it brings than the reference."""
        return self.net - self.reference.net


@np.errstate(over="ignore", invalid="ignore")  # what is not finite is refused at the end
def expected_value(
    *,
    volume: ArrayLike,
    prevalence: ArrayLike,
    precision: ArrayLike,
    recall: ArrayLike,
    take_rate: ArrayLike = 1.0,
    benefit: ArrayLike,
    cost_action: ArrayLike = 0.0,
    cost_false_positive: ArrayLike = 0.0,
    run_cost: ArrayLike = 0.0,
    capacity: ArrayLike = np.inf,
    reference: Reference = DO_NOTHING,
) -> ExpectedValue:
    """Value of flagging cases that somebody then acts on.

    Parameters
    ----------
    volume : array_like
        [cases/time]
    prevalence, precision, recall : array_like
        [share]
    take_rate : array_like
        Share of the flags that is acted on. [share]
    benefit : array_like
        Gain for each true case acted on. [money]
    cost_action, cost_false_positive : array_like
        Spent on every flag acted on; on top of it for a false one. [money]
    run_cost : array_like
        [money/time]
    capacity : array_like
        Flags that people can act on. [flags/time]
    reference : Reference
        What the value is compared with.

    Returns
    -------
    ExpectedValue
        Per time of the volume; nothing is handled where nothing is found. That there are no more
        flags than cases is for `rates.alerts` to check: here one draw in the tail would stop all.

    Raises
    ------
    ValueError
        If an argument is out of its range, the precision is 0 while something is found, or the
        amounts are too large for a number.

    Notes
    -----
    ``handled = min(volume * prevalence * recall / precision * take_rate, capacity)``;
    ``gain = handled * precision * benefit``;
    ``action_cost = handled * (cost_action + (1 - precision) * cost_false_positive)``

    References
    ----------
    Elkan (2001), Proceedings of IJCAI 17:973, cost-sensitive decisions.

    Examples
    --------
    >>> month = expected_value(volume=100_000, prevalence=0.05, precision=0.5, recall=0.5,
    ...     take_rate=0.2, benefit=60, cost_action=2, cost_false_positive=4, run_cost=9000,
    ...     capacity=800)
    >>> float(month.net)
    11800.0
    """
    p, found = share("precision", precision), share("prevalence", prevalence)
    found = found * share("recall", recall) * not_negative("volume", volume)
    if np.any((p == 0) & (found > 0)):
        raise ValueError("precision: expected a share above 0 where something is found, found 0")
    flags = found / (p if np.all(p > 0) else np.where(p > 0, p, 1.0))
    handled = np.minimum(
        flags * share("take_rate", take_rate), not_negative("capacity", capacity, infinite=True)
    )
    false_cost = (1 - p) * not_negative("cost_false_positive", cost_false_positive)
    return _left(
        handled,
        gain=handled * p * not_negative("benefit", benefit),
        action_cost=handled * (not_negative("cost_action", cost_action) + false_cost),
        run_cost=run_cost,
        reference=reference,
    )


@np.errstate(over="ignore", invalid="ignore")  # what is not finite is refused at the end
def regression_value(
    *,
    volume: ArrayLike,
    take_rate: ArrayLike = 1.0,
    error_today: ArrayLike,
    error_wanted: ArrayLike,
    cost_above: ArrayLike = 0.0,
    cost_below: ArrayLike = 0.0,
    run_cost: ArrayLike = 0.0,
    capacity: ArrayLike = np.inf,
    reference: Reference = DO_NOTHING,
) -> ExpectedValue:
    """Value of predicting a number with a smaller error.

    Parameters
    ----------
    volume, take_rate, run_cost, capacity, reference
        As in `expected_value`, for predictions in place of flags.
    error_today, error_wanted : array_like
        Mean absolute error. [unit of the metric]
    cost_above, cost_below : array_like
        Cost of one unit predicted too high, and too low. [money/unit]

    Returns
    -------
    ExpectedValue
        Per time of the volume.

    Raises
    ------
    ValueError
        If an argument is out of its range, or the amounts are too large for a number.

    Notes
    -----
    ``gain = handled * (error_today - error_wanted) * (cost_above + cost_below) / 2``: the error is
    taken to fall on both sides alike, as it does when predictions are medians.

    References
    ----------
    Koenker & Bassett (1978), Econometrica 46:33, the asymmetric absolute loss.

    Examples
    --------
    >>> float(regression_value(volume=1000, error_today=3, error_wanted=2, cost_above=1,
    ...     cost_below=3, run_cost=500).net)
    1500.0
    """
    handled = np.minimum(
        not_negative("volume", volume) * share("take_rate", take_rate),
        not_negative("capacity", capacity, infinite=True),
    )
    better = not_negative("error_today", error_today) - not_negative("error_wanted", error_wanted)
    above, below = not_negative("cost_above", cost_above), not_negative("cost_below", cost_below)
    return _left(
        handled,
        gain=handled * better * (above + below) / 2,
        action_cost=np.zeros(()),
        run_cost=run_cost,
        reference=reference,
    )


@np.errstate(over="ignore", invalid="ignore")  # what is not finite is refused at the end
def assist_value(
    *,
    volume: ArrayLike,
    take_rate: ArrayLike = 1.0,
    acceptance: ArrayLike,
    gain: ArrayLike = 0.0,
    minutes_saved: ArrayLike = 0.0,
    error_rate: ArrayLike = 0.0,
    cost_error: ArrayLike = 0.0,
    review_minutes: ArrayLike = 0.0,
    wage: ArrayLike = 0.0,
    run_cost: ArrayLike = 0.0,
    capacity: ArrayLike = np.inf,
    reference: Reference = DO_NOTHING,
) -> ExpectedValue:
    """Value of results that people accept or not: rankings, texts, extracted facts.

    Parameters
    ----------
    volume, take_rate, run_cost, capacity, reference
        As in `expected_value`, for results in place of flags.
    acceptance : array_like
        Share of the results looked at that is accepted. [share]
    gain : array_like
        For each accepted result. [money]
    minutes_saved, review_minutes : array_like
        For each accepted result; for each result looked at. [min]
    error_rate, cost_error : array_like
        Share of the accepted results that is wrong [share], and what one costs [money]
    wage : array_like
        [money/h]

    Returns
    -------
    ExpectedValue
        Per time of the volume.

    Raises
    ------
    ValueError
        If an argument is out of its range, or the amounts are too large for a number.

    Notes
    -----
    ``gain = handled * acceptance * (gain + minutes_saved * wage / 60)``;
    ``action_cost = handled * (acceptance * error_rate * cost_error + review_minutes * wage / 60)``

    References
    ----------
    The same accounting as `expected_value`; Elkan (2001), Proceedings of IJCAI 17:973.

    Examples
    --------
    >>> float(assist_value(volume=1000, acceptance=0.5, minutes_saved=6, wage=40, review_minutes=1,
    ...     run_cost=300).net)  # 500 times 4, less 1000 times 2/3, less 300
    1033.3333333333335
    """
    handled = np.minimum(
        not_negative("volume", volume) * share("take_rate", take_rate),
        not_negative("capacity", capacity, infinite=True),
    )
    accepted = share("acceptance", acceptance)
    minute = not_negative("wage", wage) / 60
    saved = not_negative("minutes_saved", minutes_saved) * minute
    wrong = accepted * share("error_rate", error_rate) * not_negative("cost_error", cost_error)
    return _left(
        handled,
        gain=handled * accepted * (not_negative("gain", gain) + saved),
        action_cost=handled * (wrong + not_negative("review_minutes", review_minutes) * minute),
        run_cost=run_cost,
        reference=reference,
    )


def _left(
    handled: Array,
    *,
    gain: Array,
    action_cost: Array,
    run_cost: ArrayLike,
    reference: Reference,
) -> ExpectedValue:
    if not isinstance(reference, Reference):
        raise ValueError(  # noqa: TRY004 - one kind of error for whatever an argument cannot be
            f"reference: expected a Reference, found {reference!r}"
        )
    fixed = not_negative("run_cost", run_cost)
    net = gain - action_cost - fixed
    if not np.all(np.isfinite(net)):
        raise ValueError(
            "net: expected amounts whose product is still a number, found one that is too large"
        )
    return ExpectedValue(
        handled=scalar_or_array(handled),
        gain=scalar_or_array(gain),
        action_cost=scalar_or_array(action_cost),
        run_cost=scalar_or_array(fixed),
        net=scalar_or_array(net),
        reference=reference,
    )
