"""What looking at a running experiment more than once does to its false alarms."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from kit.numbers.domain import (
    Array,
    Result,
    inner_share,
    scalar_or_array,
    whole,
)
from kit.numbers.normal import ndtr, ndtri

_FINE = 4.2  # nodes of Gauss-Legendre quadrature for each unit of the boundary: 0.75 apart at most
_NEAR = 1e-10  # of the level; each step takes a quadrature of all looks
_STEPS = 60
_LEAST, _STEP = 80, 40  # nodes, and by how many more at a time
_MOST = 1000


def false_positive_with_looks(looks: ArrayLike, alpha: ArrayLike = 0.05) -> Result:
    """Chance of at least one false alarm when every look is tested at the same level.

    Parameters
    ----------
    looks : array_like
        Looks, the last included, at equal distances; up to 1,000. [count]
    alpha : array_like
        Two-sided level of each look. [share]

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
    The density of the cumulative sum of normal increments inside ``|S_k| < z sqrt(k)``, carried from
    look to look by Gauss-Legendre quadrature.

    References
    ----------
    Armitage, McPherson & Rowe (1969), Journal of the Royal Statistical Society A 132:235.

    Examples
    --------
    >>> round(float(false_positive_with_looks(5)), 3)
    0.142
    """
    counts, levels = np.broadcast_arrays(_looks(looks), inner_share("alpha", alpha))
    return scalar_or_array(np.vectorize(_crossed, otypes=[float])(counts, levels))


def pocock_alpha(looks: ArrayLike, alpha: ArrayLike = 0.05) -> Result:
    """Level at which to test each look so that all together keep alpha.

    Parameters
    ----------
    looks, alpha : array_like
        As in `false_positive_with_looks`, alpha for all looks together.

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
    The level at which `false_positive_with_looks` is alpha, by false position; ``alpha / looks``, after
    Bonferroni, for an alpha so small that quadrature cannot tell the two apart.

    References
    ----------
    Pocock (1977), Biometrika 64:191.

    Examples
    --------
    >>> round(float(pocock_alpha(2)), 4)
    0.0294
    """
    counts, levels = np.broadcast_arrays(_looks(looks), inner_share("alpha", alpha))
    return scalar_or_array(np.vectorize(_level, otypes=[float])(counts, levels))


def _looks(looks: ArrayLike) -> Array:
    counts = whole("looks", looks, least=1)
    if np.any(counts > _MOST):
        raise ValueError(f"looks: expected at most {_MOST}, found {float(np.max(counts)):g}")
    return counts


@lru_cache(maxsize=256)
def _level(looks: int, alpha: float) -> float:
    if looks == 1:
        return float(alpha)
    least = alpha / looks  # Bonferroni: at this level there are never more false alarms than alpha
    if not _crossed(looks, least) < alpha < _crossed(looks, alpha):
        return least  # so small an alpha that quadrature cannot tell the two apart
    return _root(lambda level: _crossed(looks, level) - alpha, least, alpha)


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function is 0, by false position with the Illinois change (Dowell & Jarratt 1971)."""
    at_low, at_high = function(low), function(high)
    for _ in range(_STEPS):
        found = (low * at_high - high * at_low) / (at_high - at_low)
        value = function(found)
        if value == 0 or abs(found - high) < _NEAR * found:
            return found
        if value * at_high < 0:
            low, at_low = high, at_high
        else:
            at_low /= 2  # or else one end would never move
        high, at_high = found, value
    return high


@lru_cache(maxsize=4096)
def _crossed(looks: int, alpha: float) -> float:
    z = float(-ndtri(alpha / 2))
    edge = z
    nodes, weights = _gauss(edge)
    places = edge * nodes
    density = _normal(places)
    inside = 1 - float(alpha)
    for look in range(2, int(looks) + 1):
        carried = density * edge * weights
        edge = z * np.sqrt(look)
        stay = ndtr(edge - places) - ndtr(-edge - places)
        inside = float(np.sum(carried * stay))
        nodes, weights = _gauss(edge)
        fresh = edge * nodes
        density = _normal(fresh[:, None] - places[None, :]) @ carried
        places = fresh
    return 1 - inside


def _gauss(edge: float) -> tuple[Array, Array]:
    """Nodes and weights between -1 and 1, as many as a boundary so far out takes."""
    wanted = max(_LEAST, _FINE * edge)
    return _legendre(int(np.ceil(wanted / _STEP)) * _STEP)


@lru_cache(maxsize=64)
def _legendre(nodes: int) -> tuple[Array, Array]:
    return np.polynomial.legendre.leggauss(nodes)


def _normal(x: Array) -> Array:
    return np.asarray(np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi))
