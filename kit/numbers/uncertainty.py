"""What draws of an answer say, and which input moves it most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import Array, finite, inner_share, share, single
from kit.numbers.estimates import Bounded, Estimate, Kind, quantile, sample, sample_evenly

__all__ = [
    "Bounded",
    "Estimate",
    "Interval",
    "Kind",
    "Model",
    "Swing",
    "interval",
    "probability_below",
    "quantile",
    "sample",
    "sample_evenly",
    "sensitivity",
    "tornado",
]


@dataclass(frozen=True, kw_only=True)
class Interval:
    """The middle and the two ends of a distribution, in the unit of what was drawn."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Swing:
    """What an answer does while one input moves."""

    name: str
    low: float  # 5th percentile of the input, or the end that was asked for
    high: float  # 95th percentile of the input, or the end that was asked for
    at_low: float  # the answer there, the other inputs at their medians
    at_high: float

    @property
    def width(self) -> float:
        """How far the answer moves."""
        return abs(self.at_high - self.at_low)


def interval(draws: ArrayLike, confidence: float = 0.9) -> Interval:
    """The median of draws, and the ends between which a share of them lies.

    Parameters
    ----------
    draws : array_like
        At least one.
    confidence : float
        Share of the draws between the ends, as many below as above. [share]

    Returns
    -------
    Interval
        In the unit of the draws.

    Raises
    ------
    ValueError
        If there is no draw, or one is not finite.

    Notes
    -----
    Empirical percentiles, linearly interpolated.

    References
    ----------
    Hyndman & Fan (1996), The American Statistician 50:361, definition 7.

    Examples
    --------
    >>> interval([1.0, 2.0, 3.0], confidence=0.5)
    Interval(low=1.5, median=2.0, high=2.5)
    """
    values = _draws(draws)
    tail = (1 - single("confidence", inner_share("confidence", confidence))) / 2
    ordered = np.sort(values)  # a third of the time that np.quantile takes
    at = np.array([tail, 0.5, 1 - tail]) * (len(ordered) - 1)
    below = np.floor(at).astype(int)
    ends = ordered[below], ordered[np.minimum(below + 1, len(ordered) - 1)]
    low, median, high = (float(end) for end in ends[0] + (ends[1] - ends[0]) * (at - below))
    return Interval(low=low, median=median, high=high)


def probability_below(draws: ArrayLike, threshold: float = 0.0) -> float:
    """Share of draws below a threshold.

    Parameters
    ----------
    draws : array_like
        At least one.
    threshold : float
        In the unit of the draws.

    Returns
    -------
    float
        [share]

    Raises
    ------
    ValueError
        If there is no draw, or one is not finite.

    Notes
    -----
    ``count(draws < threshold) / count(draws)``

    References
    ----------
    The empirical distribution function.

    Examples
    --------
    >>> probability_below([-1.0, 0.0, 1.0, 2.0])
    0.25
    """
    values = _draws(draws)
    least = single("threshold", finite("threshold", threshold))
    return float(np.count_nonzero(values < least) / values.size)


Model = Callable[[Mapping[str, Array]], Array]


def tornado(
    model: Model,
    inputs: Mapping[str, float | Estimate],
    *,
    ends: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[Swing, ...]:
    """What an answer does when each input alone moves from its 5th to its 95th percentile.

    Parameters
    ----------
    model : callable
        Takes arrays by the names of the inputs, gives the answers. Called once.
    inputs : mapping
        Numbers and estimates by name.
    ends : mapping, optional
        Where inputs move to instead of their percentiles, by name. [as the input]

    Returns
    -------
    tuple of Swing
        The widest first; a number without an interval does not move the answer.

    Raises
    ------
    ValueError
        As `sample`, or if an answer of the model is not finite.

    Notes
    -----
    One at a time: ``width_i = |f(.., q95_i, ..) - f(.., q05_i, ..)|``, the others at their medians.

    References
    ----------
    Howard (1988), Management Science 34:679, tornado diagrams.

    Examples
    --------
    >>> swings = tornado(lambda v: v["a"] * v["b"], {"a": Estimate(low=1, high=3), "b": 10.0})
    >>> [(one.name, round(one.width)) for one in swings]
    [('a', 20), ('b', 0)]
    """
    names = list(inputs)
    given = ends or {}
    reached = {
        name: given[name] if name in given else quantile(inputs[name], [0.05, 0.95])
        for name in names
    }
    rows = {name: np.repeat(quantile(inputs[name], 0.5), 2 * len(names)) for name in names}
    for at, name in enumerate(names):
        rows[name][2 * at : 2 * at + 2] = reached[name]
    answers = np.broadcast_to(finite("model", model(rows)), (2 * len(names),))
    swings = [
        Swing(
            name=name,
            low=float(reached[name][0]),
            high=float(reached[name][1]),
            at_low=float(answers[2 * at]),
            at_high=float(answers[2 * at + 1]),
        )
        for at, name in enumerate(names)
    ]
    return tuple(sorted(swings, key=lambda swing: -swing.width))


def sensitivity(
    model: Model, inputs: Mapping[str, float | Estimate], *, step: float = 0.1
) -> dict[str, float]:
    """How far an answer moves when each input alone is made smaller by the same part of itself.

    Parameters
    ----------
    model : callable
        As in `tornado`.
    inputs : mapping
        Numbers and estimates by name.
    step : float
        The part. [share]

    Returns
    -------
    dict
        Absolute changes of the answer, by input.

    Raises
    ------
    ValueError
        As `tornado`, or if the step is no share.

    Notes
    -----
    ``|f(.., (1 - step) m_i, ..) - f(m)|`` with all inputs ``m`` at their medians.

    References
    ----------
    Saltelli et al. (2008), Global Sensitivity Analysis, chapter 1: one factor at a time.

    Examples
    --------
    >>> sensitivity(lambda v: v["a"] + 0 * v["b"], {"a": 10.0, "b": 1.0})
    {'a': 1.0, 'b': 0.0}
    """
    part = single("step", share("step", step))
    names = list(inputs)
    rows = {name: np.repeat(quantile(inputs[name], 0.5), len(names) + 1) for name in names}
    for at, name in enumerate(names):
        rows[name][at] *= 1 - part
    answers = np.broadcast_to(finite("model", model(rows)), (len(names) + 1,))
    return {name: float(abs(answers[at] - answers[-1])) for at, name in enumerate(names)}


def _draws(draws: ArrayLike) -> Array:
    values = finite("draws", draws).ravel()
    if values.size == 0:
        raise ValueError("draws: expected at least one, found none")
    return values
