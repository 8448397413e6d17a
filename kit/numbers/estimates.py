"""Intervals as distributions, and draws from them.

A 90 % interval is read as the 5th and the 95th percentile of a distribution of its kind: normal for
a real number, lognormal for a positive one, logit-normal for a share. Where an end lies on the bound
of its kind (0, or 1 for a share), a normal is used whose values beyond the bound are set to the
bound; its percentiles are still the two ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import Array, finite, inner_share, single, whole
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
    return _drawn(quantity, size, rng.standard_normal)


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
    return _drawn(quantity, size, lambda count: rng.permutation(_middles(count)))


def _drawn(quantity: float | Bounded, size: int, scores: Callable[[int], Array]) -> Array:
    estimate = _estimate(quantity)
    count = int(single("size", whole("size", size, least=0)))
    if estimate.low == estimate.high:
        return np.full(count, estimate.low)
    return _at(estimate, scores(count))


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
