"""Intervals as distributions, draws from them, and which input moves an answer most.

A 90 % interval is read as the 5th and the 95th percentile of a distribution of its kind: normal for
a real number, lognormal for a positive one, logit-normal for a share. Where an end lies on the bound
of its kind (0, or 1 for a share), a normal is used whose values beyond the bound are set to the
bound; its percentiles are still the two ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import Array, finite, inner_share, share, single, whole
from kit.numbers.normal import ndtri

Kind = Literal["real", "positive", "share"]
_Z95 = float(ndtri(0.95))
_BOUNDS: dict[Kind, tuple[float, float]] = {
    "real": (-np.inf, np.inf),
    "positive": (0.0, np.inf),
    "share": (0.0, 1.0),
}


class Bounded(Protocol):
    """Anything with the two ends of a 90 % interval."""

    @property
    def bounds(self) -> tuple[float, float]:
        """Lower and upper end; the same number twice for a point."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A 90 % interval of a kind.

    Raises
    ------
    ValueError
        If the kind is unknown, the ends are swapped, or they lie outside what the kind can be.
    """

    low: float  # 5th percentile
    high: float  # 95th percentile
    kind: Kind = "real"

    def __post_init__(self) -> None:
        if self.kind not in _BOUNDS:
            raise ValueError(f"kind: expected {', '.join(_BOUNDS)}, found {self.kind!r}")
        least, most = _BOUNDS[self.kind]
        finite("low", self.low), finite("high", self.high)
        if not least <= self.low <= self.high <= most:
            raise ValueError(
                f"low, high: expected {least:g} <= low <= high <= {most:g} for a {self.kind} "
                f"quantity, found {self.low:g} and {self.high:g}"
            )

    @property
    def bounds(self) -> tuple[float, float]:
        """Lower and upper end."""
        return self.low, self.high


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
    low: float  # 5th percentile of the input
    high: float  # 95th percentile of the input
    at_low: float  # the answer there, the other inputs at their medians
    at_high: float

    @property
    def width(self) -> float:
        """How far the answer moves."""
        return abs(self.at_high - self.at_low)


def sample(quantity: float | Bounded, rng: np.random.Generator, size: int) -> Array:
    """Draws of a quantity.

    Parameters
    ----------
    quantity : float or Estimate or anything with `bounds`
        A number gives itself every time; without a `kind` of its own it is taken as real.
    rng : numpy.random.Generator
        Where the random numbers come from.
    size : int
        [count]

    Returns
    -------
    array, shape (size,)
        In the unit of the quantity.

    Raises
    ------
    ValueError
        If the ends are swapped, beyond the bounds of the kind, or too far apart for numbers.

    Notes
    -----
    With ``z`` standard normal and ``z95 = 1.6449``: ``T(m + s z)``, where ``T`` is the identity, the
    exponential or the logistic function, and ``m +- s z95`` are the two ends before ``T``.

    References
    ----------
    Hubbard (2014), How to Measure Anything, chapter 6, calibrated 90 % intervals.

    Examples
    --------
    >>> draws = sample(Estimate(low=10, high=30, kind="positive"), np.random.default_rng(1), 100_000)
    >>> [round(float(end)) for end in np.percentile(draws, [5, 95])]
    [10, 30]
    """
    estimate = _estimate(quantity)
    count = int(single("size", whole("size", size, least=0)))
    if estimate.low == estimate.high:
        return np.full(count, estimate.low)
    return _at(estimate, rng.standard_normal(count))


def sample_evenly(quantity: float | Bounded, rng: np.random.Generator, size: int) -> Array:
    """Draws of a quantity, one from each of `size` parts of equal probability.

    Parameters
    ----------
    quantity : float or Estimate or anything with `bounds`
        As in `sample`.
    rng : numpy.random.Generator
        Where the order of the draws comes from.
    size : int
        [count]

    Returns
    -------
    array, shape (size,)
        In the unit of the quantity.

    Raises
    ------
    ValueError
        As `sample`.

    Notes
    -----
    The quantiles at ``(i - 1/2) / size`` for ``i = 1 .. size``, in random order: what one input does to
    the spread of an answer is nearly without chance, and a thousand draws do for a first look.

    References
    ----------
    McKay, Beckman & Conover (1979), Technometrics 21:239, Latin hypercube sampling, with midpoints.

    Examples
    --------
    >>> draws = sample_evenly(Estimate(low=10, high=30, kind="positive"), np.random.default_rng(1), 1_000)
    >>> [round(float(end), 1) for end in np.percentile(draws, [5, 95])]
    [10.0, 30.0]
    """
    estimate = _estimate(quantity)
    count = int(single("size", whole("size", size, least=0)))
    if estimate.low == estimate.high:
        return np.full(count, estimate.low)
    return _at(estimate, rng.permutation(_middles(count)))


@lru_cache(maxsize=4)
def _middles(count: int) -> Array:
    """The standard normal's quantiles in the middle of so many parts."""
    return ndtri((np.arange(count) + 0.5) / count) if count else np.empty(0)


def quantile(quantity: float | Bounded, probability: ArrayLike) -> Array:
    """A quantile of a quantity; 0.05 and 0.95 give the two ends.

    Parameters
    ----------
    quantity : float or Estimate or anything with `bounds`
        As in `sample`.
    probability : array_like
        Above 0 and below 1. [share]

    Returns
    -------
    array, shape of `probability`
        In the unit of the quantity.

    Raises
    ------
    ValueError
        As `sample`, or if a probability is out of its range.

    Notes
    -----
    The inverse of the distribution function of what `sample` draws.

    References
    ----------
    As `sample`.

    Examples
    --------
    >>> round(float(quantile(Estimate(low=10, high=1000, kind="positive"), 0.5)))
    100
    """
    p = inner_share("probability", probability)
    estimate = _estimate(quantity)
    if estimate.low == estimate.high:
        return np.full(p.shape, estimate.low)
    return _at(estimate, ndtri(p))


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


def tornado(model: Model, inputs: Mapping[str, float | Estimate]) -> tuple[Swing, ...]:
    """What an answer does when each input alone moves from its 5th to its 95th percentile.

    Parameters
    ----------
    model : callable
        Takes arrays by the names of the inputs, gives the answers. Called once.
    inputs : mapping
        Numbers and estimates by name.

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
    ends = {name: quantile(inputs[name], [0.05, 0.95]) for name in names}
    rows = {name: np.repeat(quantile(inputs[name], 0.5), 2 * len(names)) for name in names}
    for at, name in enumerate(names):
        rows[name][2 * at : 2 * at + 2] = ends[name]
    answers = np.broadcast_to(finite("model", model(rows)), (2 * len(names),))
    swings = [
        Swing(
            name=name,
            low=float(ends[name][0]),
            high=float(ends[name][1]),
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


def _estimate(quantity: float | Bounded) -> Estimate:
    if isinstance(quantity, Estimate):
        return quantity
    if isinstance(quantity, int | float | np.number):
        return Estimate(low=float(quantity), high=float(quantity))
    if not hasattr(quantity, "bounds"):
        raise ValueError(
            f"quantity: expected a number, or something with `bounds`, found {quantity!r}"
        )
    low, high = quantity.bounds
    kind: Kind = getattr(quantity, "kind", "real")
    return Estimate(low=float(low), high=float(high), kind=kind)


def _at(estimate: Estimate, z: Array) -> Array:
    """The distribution at standard normal scores."""
    with np.errstate(over="ignore"):
        drawn = _reached(estimate, z)
    if not np.all(np.isfinite(drawn)):
        raise ValueError(
            "quantity: expected an interval narrow enough to draw numbers from, "
            f"found {estimate.low:g} to {estimate.high:g}"
        )
    return drawn


def _reached(estimate: Estimate, z: Array) -> Array:
    least, most = _BOUNDS[estimate.kind]
    inside = least < estimate.low and estimate.high < most
    if estimate.kind == "real" or not inside:
        drawn = _shifted(estimate.low, estimate.high, z)
        return drawn if estimate.kind == "real" else np.clip(drawn, least, most)
    if estimate.kind == "positive":
        drawn = _shifted(np.log(estimate.low), np.log(estimate.high), z)
        return np.exp(drawn, out=drawn)
    drawn = _shifted(_logit(estimate.low), _logit(estimate.high), z)
    # The logistic function, in place: 1 / (1 + exp(-x)), which is 0 where the exponential is too large.
    np.exp(np.negative(drawn, out=drawn), out=drawn)
    drawn += 1.0
    return np.asarray(np.reciprocal(drawn, out=drawn))


def _logit(share: float) -> float:
    return math.log(share) - math.log1p(-share)


def _shifted(low: float, high: float, z: Array) -> Array:
    middle, spread = low / 2 + high / 2, (high / 2 - low / 2) / _Z95
    drawn = np.multiply(z, spread)
    return np.add(drawn, middle, out=drawn) if drawn.ndim else np.asarray(drawn + middle)


def _draws(draws: ArrayLike) -> Array:
    values = finite("draws", draws).ravel()
    if values.size == 0:
        raise ValueError("draws: expected at least one, found none")
    return values
