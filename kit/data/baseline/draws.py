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

        Wilson's interval; where entities are drawn, with as many rows as would vary by themselves as these do.
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
        """The size of a sample of single rows with the variance that the draws show.

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
    return Score(value=value, low=min(float(low), value), high=max(float(high), value))


def auc_score(value: float, drawn: Array, label: Array) -> Score:
    """The same for an AUC, which does not vary where all rows are told apart; Newcombe's interval there."""
    found = score(value, drawn)
    if 0 < value < 1:
        return found
    low, high = auc_interval(value, float(label.sum()), float(len(label) - label.sum()))
    return Score(value=value, low=low, high=high)
