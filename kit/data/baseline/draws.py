"""The bootstrap: the same rows counted anew many times, to see how far a figure depends on which rows there are.

Rows are drawn, or whole entities where these repeat (the cluster bootstrap). Models and thresholds stay as they are,
so intervals tell what other rows of the same kind would show, not what models learnt from other rows would.

References
----------
Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13, percentile intervals; Davison & Hinkley
(1997), Bootstrap Methods and their Application, section 3.8, clusters.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kit.data.baseline.sample import SEED
from kit.data.label.cells import Codes
from kit.data.label.ranks import auc_interval
from kit.data.measured import Score
from kit.numbers.domain import Array
from kit.numbers.rates import wilson_interval

_CELLS = 20_000_000  # draws times rows: memory and time
_LEAST, _MOST = 200, 1000  # draws
_CHUNK = 2_000_000  # of these cells at once
_ENDS = (2.5, 97.5)


class Draws:
    """How often each row counts in each draw."""

    def __init__(self, rows: int, keys: Codes | None) -> None:
        rng = np.random.default_rng(SEED)
        self.keys = None if keys is None else np.unique(keys, return_inverse=True)[1]
        units = rows if self.keys is None else int(self.keys.max(initial=-1)) + 1
        self.count = int(np.clip(_CELLS // max(rows, 1), _LEAST, _MOST))
        self.weights: NDArray[np.uint8] = np.empty((self.count, rows), dtype=np.uint8)
        for at in range(self.count):
            drawn = np.bincount(rng.integers(0, max(units, 1), units), minlength=units).astype(
                np.uint8
            )
            self.weights[at] = drawn if self.keys is None else drawn[self.keys]

    @property
    def words(self) -> str:
        """What was drawn."""
        return f"{self.count:,} draws of {'rows' if self.keys is None else 'entities'}"

    def units(self, rows: Codes) -> int:
        """How many rows these places are; of entities, how many they are of."""
        return len(rows if self.keys is None else np.unique(self.keys[rows]))

    def chunks(self) -> Iterator[tuple[slice, NDArray[np.uint8]]]:
        """A few draws at a time."""
        step = max(1, _CHUNK // max(self.weights.shape[1], 1))
        for start in range(0, self.count, step):
            part = slice(start, min(start + step, self.count))
            yield part, self.weights[part]

    def totals(self, columns: Array, rows: Codes | None = None) -> Array:
        """The sum of each column in each draw; `rows` where the columns are of some rows only."""
        found = np.empty((self.count, columns.shape[1]))
        for part, weights in self.chunks():
            mine = weights if rows is None else weights[:, rows]
            found[part] = mine.astype(np.float64) @ columns
        return found

    def ordered(self, order: Codes) -> Iterator[tuple[slice, NDArray[np.int64]]]:
        """The weights, rows in another order, a few draws at a time."""
        for part, weights in self.chunks():
            yield part, weights[:, order].astype(np.int64)

    def shares(self, parts: Array, wholes: Array, rows: Codes | None = None) -> list[Score | None]:
        """Shares of rows, a column each; None where the whole is empty.

        Wilson's interval; where entities are drawn, with the effective sample size (`_alone`).
        """
        sums, bases = parts.sum(axis=0), wholes.sum(axis=0)
        sizes = bases if self.keys is None else self._alone(self.keys, parts, wholes, rows)
        found: list[Score | None] = []
        for part, base, size in zip(sums, bases, sizes, strict=True):
            if not base:
                found.append(None)
                continue
            share = float(part / base)
            low, high = (float(end) for end in wilson_interval(share * size, size))
            found.append(Score(value=share, low=min(low, share), high=max(high, share)))
        return found

    def _alone(self, keys: Codes, parts: Array, wholes: Array, rows: Codes | None) -> Array:
        """The effective sample size: that of single rows with the variance that the draws of entities show.

        References
        ----------
        Kish (1965), Survey Sampling, section 8.2, the design effect.
        """
        bases = wholes.sum(axis=0)
        shares = parts.sum(axis=0) / np.maximum(bases, 1)
        drawn = self.totals(np.column_stack([parts, wholes]), rows)
        hits, sizes = np.hsplit(drawn, 2)
        variance = np.where(sizes > 0, hits / np.maximum(sizes, 1), shares).var(axis=0)
        alone = shares * (1 - shares) / np.where(variance > 0, variance, 1)
        # Where all or none are counted nothing varies: the entities are the size then.
        mine = keys if rows is None else keys[rows]
        entities = np.array([len(np.unique(mine[column > 0])) for column in wholes.T])
        found = np.where(variance > 0, np.minimum(alone, bases), entities)
        return np.asarray(np.maximum(found, 1.0))


def score(value: float, drawn: Array) -> Score:
    """A figure with the ends between which 95% of its draws lie."""
    there = drawn[np.isfinite(drawn)]
    low, high = np.percentile(there, _ENDS) if len(there) else (value, value)
    return _score(value, float(low), float(high))


def bounded_score(value: float, drawn: Array, most: float) -> Score:
    """A figure between 0 and 1 that is much like a share: Wilson's interval, with the variance of its draws.

    Percentiles of draws are too narrow near 0 and 1, and nothing varies at the ends themselves. The sample is taken
    to be of the size at which a share would vary as the draws do, at most `most`.

    References
    ----------
    Boyd, Eng & Page (2013), Area under the precision-recall curve, ECML PKDD, LNCS 8190:451, on intervals of shares
    for average precision.
    """
    variance = float(np.var(drawn[np.isfinite(drawn)])) if np.isfinite(drawn).any() else 0.0
    size = min(most, value * (1 - value) / variance) if variance > 0 else most
    size = max(size, 1.0)
    low, high = (float(end) for end in wilson_interval(value * size, size))
    return _score(value, low, high)


def f1_score(value: float, drawn: Array, counted: float) -> Score:
    """An F1 with the interval of J, the share of the hits among all rows that are flagged or yes: F1 is 2J / (1 + J).

    Parameters
    ----------
    value, drawn
        The F1, and that of every draw.
    counted
        The rows that are flagged or yes; of entities, those that have such rows.
    """
    share = bounded_score(value / (2 - value), drawn / (2 - drawn), counted)
    return _score(value, 2 * share.low / (1 + share.low), 2 * share.high / (1 + share.high))


def auc_score(value: float, drawn: Array, label: Array) -> Score:
    """The same for an AUC, which does not vary where all rows are told apart; Newcombe's interval there."""
    if 0 < value < 1:
        return score(value, drawn)
    return _score(value, *auc_interval(value, float(label.sum()), float(len(label) - label.sum())))


def _score(value: float, low: float, high: float) -> Score:
    return Score(value=value, low=min(low, value), high=max(high, value))
