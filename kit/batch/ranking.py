"""Which briefs are surely worth more than which: pairs that cannot be told apart are given no order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kit.appraisal.bridge import STEP
from kit.appraisal.naming import same_currency
from kit.batch.scale import Scale

SURE = 0.95  # probability from which on two briefs are told apart
EXACT = (
    STEP  # part by which middle values must differ, where a brief says of no number how sure it is
)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a brief stands among those of its currency."""

    first: int  # the best place that it may have, 1 being the one worth most
    last: int
    of: int
    level: tuple[int, ...]  # those it cannot be told apart from, as given, the one worth most first

    @property
    def is_one(self) -> bool:
        """Whether it is told apart from every other."""
        return self.first == self.last


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two briefs of one currency, as given; the first has the higher middle value, or came first."""

    one: int
    other: int
    more: float  # probability that the first is worth more
    apart: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Group:
    """The briefs of one currency whose value is known."""

    currency: str  # as the first of them writes it; empty where they name none
    members: tuple[int, ...]  # as given, by P50, the highest first
    more: Floats  # [member, member]: probability that the one of the row is worth more
    apart: Flags  # [member, member]

    @cached_property
    def places(self) -> dict[int, Place]:
        """The place of every member."""
        surely = self.apart & (self.more > 0.5)
        above, below = surely.sum(axis=0).tolist(), surely.sum(axis=1).tolist()
        of = len(self.members)
        return {
            member: Place(first=1 + above[at], last=of - below[at], of=of, level=self._level(at))
            for at, member in enumerate(self.members)
        }

    def _level(self, at: int) -> tuple[int, ...]:
        return tuple(
            self.members[other] for other in np.flatnonzero(~self.apart[at]) if other != at
        )

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return len(self.members) * (len(self.members) - 1) // 2

    @property
    def level(self) -> int:
        """How many of them cannot be told apart."""
        return int((~self.apart).sum() - len(self.members)) // 2

    def pairs(self) -> Iterator[Pair]:
        """Every pair, those of the most valuable brief first."""
        for at, one in enumerate(self.members):
            for other in range(at + 1, len(self.members)):
                yield Pair(
                    one=one,
                    other=self.members[other],
                    more=float(self.more[at, other]),
                    apart=bool(self.apart[at, other]),
                )


def groups_of(scales: Sequence[Scale | None]) -> tuple[Group, ...]:
    """The briefs whose value is known, by currency, the one with most briefs first."""
    found: list[tuple[str, list[int]]] = []
    for at, scale in enumerate(scales):
        if scale is None or not scale.known:
            continue
        known = next((each for name, each in found if same_currency(name, scale.currency)), None)
        if known is None:
            found.append((scale.currency, known := []))
        known.append(at)
    groups = [_group(currency, members, scales) for currency, members in found]
    return tuple(sorted(groups, key=lambda group: -len(group.members)))


def _group(currency: str, members: Sequence[int], scales: Sequence[Any]) -> Group:
    ordered = sorted(members, key=lambda member: -scales[member].middle)
    more = probability_of_more([scales[member].grid for member in ordered])
    middles = np.array([scales[member].middle for member in ordered])
    exact = np.array([not scales[member].is_range for member in ordered])
    sizes = np.abs(middles)
    near = np.abs(middles[:, None] - middles) <= EXACT * np.maximum(sizes[:, None], sizes)
    apart = (np.maximum(more, more.T) >= SURE) & ~(near & (exact[:, None] | exact))
    np.fill_diagonal(apart, val=False)
    return Group(currency=currency, members=tuple(ordered), more=more, apart=apart)


def probability_of_more(grids: ArrayLike) -> Floats:
    """Probability that a draw of one distribution is more than an independent draw of another.

    Parameters
    ----------
    grids : array_like
        Of each distribution as many quantiles, at the middles of parts of equal probability; at least one.
        Shape (n, k).

    Returns
    -------
    ndarray
        Shape (n, n): that of the row against that of the column; one half on the diagonal. [share]

    Raises
    ------
    ValueError
        If there is no quantile, or one is not finite.

    Notes
    -----
    Each distribution is taken for its k quantiles, all equally likely, and equal ones count half:
    ``P(A > B) = (#{a_i > b_j} + #{a_i = b_j} / 2) / k**2``, which is Mann and Whitney's U, divided by the
    number of pairs. All quantiles are ranked once; counts below each rank then serve every pair.

    References
    ----------
    Mann & Whitney (1947), Annals of Mathematical Statistics 18:50; as the probability of superiority:
    McGraw & Wong (1992), Psychological Bulletin 111:361.

    Examples
    --------
    >>> probability_of_more([[1.0, 3.0], [2.0, 3.0]]).tolist()
    [[0.5, 0.375], [0.625, 0.5]]
    """
    values = np.asarray(grids, dtype=np.float64)
    if values.ndim != 2 or not values.size or not np.isfinite(values).all():
        raise ValueError(f"grids: expected rows of finite numbers, found shape {values.shape}")
    count, size = values.shape
    distinct, found = np.unique(values, return_inverse=True)
    ranks = found.reshape(values.shape).astype(np.int32)
    more = np.full((count, count), 0.5)
    for other in range(count - 1):
        at = np.bincount(ranks[other], minlength=len(distinct))
        # Twice those below, and once those that equal it; in few bytes, which is what takes the time.
        below = (2 * np.cumsum(at) - at).astype(np.int32)
        rest = below.take(ranks[other + 1 :]).sum(axis=1) / (2 * size * size)
        more[other + 1 :, other] = rest
        more[other, other + 1 :] = 1 - rest
    return more
