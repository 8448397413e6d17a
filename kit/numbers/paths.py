"""Several ways compared in money, and whether they can be told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import finite
from kit.numbers.uncertainty import interval, probability_below


@dataclass(frozen=True, kw_only=True)
class PathPair:
    """The difference between two ways, draw by draw."""

    one: str
    other: str
    low: float  # of `one` less `other`
    median: float
    high: float
    probability_better: float  # that `one` brings more than `other`
    distinct: bool  # whether the interval leaves out 0


@dataclass(frozen=True, kw_only=True)
class PathComparison:
    """All ways, the best by its median first, and every pair of them."""

    order: tuple[str, ...]
    pairs: tuple[PathPair, ...]

    @property
    def best(self) -> str:
        """The way with the highest median."""
        return self.order[0]

    @property
    def tied_with_best(self) -> tuple[str, ...]:
        """Ways that cannot be told apart from the best."""
        return tuple(
            pair.other for pair in self.pairs if pair.one == self.best and not pair.distinct
        )


def compare_paths(draws: Mapping[str, ArrayLike], *, confidence: float = 0.9) -> PathComparison:
    """Ways compared on the same draws, so that what they share cancels out.

    Parameters
    ----------
    draws : mapping
        For each way its value in every draw; all of one length. [money/time]
    confidence : float
        Of the interval of a difference. [share]

    Returns
    -------
    PathComparison
        Two ways are distinct where the interval of their difference leaves out 0.

    Raises
    ------
    ValueError
        If there is no way or no draw, or the ways were not drawn together.

    Notes
    -----
    The percentiles of ``draws[one] - draws[other]``, by common random numbers.

    References
    ----------
    Law (2015), Simulation Modeling and Analysis, chapter 11: common random numbers.

    Examples
    --------
    >>> both = compare_paths({"rules": [1.0, 2.0, 3.0], "model": [2.0, 3.0, 4.0]})
    >>> both.best, both.tied_with_best
    ('model', ())
    """
    values = {name: np.atleast_1d(finite(name, drawn)) for name, drawn in draws.items()}
    if not values:
        raise ValueError("draws: expected at least one way, found none")
    if any(drawn.size == 0 for drawn in values.values()):
        raise ValueError("draws: expected at least one draw for every way, found none")
    if len({drawn.shape for drawn in values.values()}) > 1:
        raise ValueError("draws: expected the same number of draws for every way")
    order = sorted(values, key=lambda name: -interval(values[name]).median)
    pairs = []
    for one, other in combinations(order, 2):
        more = values[one] - values[other]
        ends = interval(more, confidence)
        pairs.append(
            PathPair(
                one=one,
                other=other,
                low=ends.low,
                median=ends.median,
                high=ends.high,
                probability_better=probability_below(-more, 0.0),
                distinct=ends.low > 0 or ends.high < 0,
            )
        )
    return PathComparison(order=tuple(order), pairs=tuple(pairs))
