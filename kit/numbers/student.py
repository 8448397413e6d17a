"""Student's t distribution, central or not, for one number at a time and without SciPy.

SciPy takes a tenth of a second to load, which is more than all that a brief asks of it.
"""

from __future__ import annotations

import math

import numpy as np

from kit.numbers.domain import Array
from kit.numbers.normal import ndtr, ndtri

_DROP = 45.0  # a density of exp(-45) of its peak adds nothing
_SMALL = 1e-3
_SURE = 40.0  # standard deviations: beyond, a probability is 1 to the last digit
_STEPS = 50
_CLOSE = 1e-13  # of the answer
_DENSITY = 1 / math.sqrt(2 * math.pi)  # of the normal distribution at its middle


def beyond(edge: float, free: float, shift: float = 0.0) -> float:
    """Probability of more than an edge.

    Parameters
    ----------
    edge : float
        [-]
    free : float
        Degrees of freedom, 2 or more.
    shift : float
        Noncentrality; 0 is the central distribution. [-]

    Returns
    -------
    float
        [share]

    Raises
    ------
    ValueError
        If there are fewer degrees of freedom.

    Notes
    -----
    The mean of ``ndtr(shift - edge * s)``, ``s`` being a chi-distributed number over the root of its degrees of
    freedom: by the trapezoidal rule over ``log(s)``, whose error falls exponentially with the step, as what is
    summed is analytic and vanishes on both sides.

    References
    ----------
    Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, chapter 31; Trefethen &
    Weideman (2014), SIAM Review 56:385.

    Examples
    --------
    >>> round(beyond(2.228, 10), 4)
    0.025
    """
    if free >= 2 and shift - edge * math.exp(_ends(free)[1]) > _SURE:
        return 1.0
    spread, weights = _spreads(free, shift)
    return float(weights @ np.asarray(ndtr(shift - edge * spread)))


def edge_of(tail: float, free: float) -> float:
    """The edge beyond which lies a probability in the central distribution.

    Parameters
    ----------
    tail : float
        Above 0, and 0.5 at most. [share]
    free : float
        Degrees of freedom, 2 or more.

    Returns
    -------
    float
        [-]

    Raises
    ------
    ValueError
        If the probability is out of its range, or there are fewer degrees of freedom.

    Notes
    -----
    Newton's method for ``log(beyond(sinh(x))) = log(tail)``, whose two sides are nearly straight both near the
    middle and far out; it starts from the expansion of Cornish and Fisher.

    References
    ----------
    Abramowitz & Stegun (1964), 26.7.5.

    Examples
    --------
    >>> round(edge_of(0.025, 10), 3)
    2.228
    """
    if not 0 < tail <= 0.5:
        raise ValueError(f"tail: expected a share above 0 and up to 0.5, found {tail:g}")
    spread, weights = _spreads(free)
    edge = _expanded(-float(ndtri(tail)), free)
    for _ in range(_STEPS):
        found = float(weights @ np.asarray(ndtr(-edge * spread)))
        density = float(weights @ (spread * np.exp(-((edge * spread) ** 2) / 2))) * _DENSITY
        step = math.log(found / tail) * found / (density * math.hypot(1, edge))
        last, edge = edge, math.sinh(math.asinh(edge) + step)
        if abs(edge - last) <= _CLOSE * max(abs(edge), 1.0):
            break
    return edge


def _spreads(free: float, shift: float = 0.0) -> tuple[Array, Array]:
    """Numbers that a chi-distributed one, over the root of its degrees of freedom, can be, and their weights."""
    if not free >= 2:
        raise ValueError(f"free: expected 2 or more degrees of freedom, found {free:g}")
    low, high = _ends(free)
    step = min(0.15, 0.35 / math.sqrt(free), 0.35 / (1 + abs(shift)))  # finer adds no digit
    log = np.arange(low, high, step)
    weights = np.exp(free * _density(log))
    return np.exp(log), weights / weights.sum()


def _ends(free: float) -> tuple[float, float]:
    """Between which logarithms nearly all of the density lies."""
    drop = _DROP / free
    return -(drop + math.sqrt(drop)), min(math.sqrt(drop), math.log(2 * drop + 6) / 2)


def _density(log: Array) -> Array:
    """``log - (exp(2 log) - 1) / 2``: near 0 by its series, as the difference there has no digits left."""
    near = -(log**2) * (1 + log * (2 / 3 + log * (1 / 3 + log * (2 / 15 + log * 2 / 45))))
    return np.where(np.abs(log) < _SMALL, near, log - np.expm1(2 * log) / 2)


def _expanded(z: float, free: float) -> float:
    """The edge for many degrees of freedom, by the normal distribution's."""
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / free + second / free**2 + third / free**3
