"""A scale that values are drawn on: even, or bent where a few are far larger than the others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from kit.batch.scale import Scale

_FAR = 40.0  # times the middle one that the largest may be on an even scale
_DEEPEST = 1e-9  # of the largest, from where on a bent scale is even again
_TICKS = 7  # at most, on an even scale
_NEAR = 0.09  # of the scale's length: two ticks on a bent one stand no nearer


@dataclass(frozen=True, kw_only=True)
class Ruler:
    """From its low end, at 0, to its high end, at 1; nought lies between them."""

    low: float
    high: float
    bend: float = 0.0  # where a bent scale turns from even to logarithmic; 0 for an even one

    @property
    def is_even(self) -> bool:
        """Whether equal steps are equally long."""
        return self.bend == 0.0

    def at(self, value: float) -> float:
        """Where a value lies."""
        low, high, found = (self._bent(one) for one in (self.low, self.high, value))
        return (found - low) / (high - low)

    def _bent(self, value: float) -> float:
        """Inverse hyperbolic sine: even near nought, logarithmic far from it, on both sides (Johnson 1949)."""
        return value if self.is_even else math.asinh(value / self.bend)

    @property
    def ticks(self) -> tuple[float, ...]:
        """A few round values on it, rising."""
        return tuple(self._even_ticks() if self.is_even else sorted(self._bent_ticks()))

    def _even_ticks(self) -> Iterator[float]:
        rough = (self.high - self.low) / (_TICKS - 1)
        size = 10.0 ** math.floor(math.log10(rough))
        step = next(size * part for part in (1, 2, 5, 10) if size * part >= rough * 0.999)
        yield from (
            n * step
            for n in range(
                math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9) + 1
            )
        )

    def _bent_ticks(self) -> list[float]:
        """Nought, and powers of ten: the largest first, then those that find room."""
        most = math.ceil(math.log10(max(abs(self.low), abs(self.high))))
        least = math.floor(math.log10(self.bend))
        powers = [10.0**power for power in range(most, least - 1, -1)]
        found = [0.0]
        for tick in (sign * power for power in powers for sign in (1, -1)):
            inside = self.low <= tick <= self.high
            if inside and all(abs(self.at(tick) - self.at(one)) >= _NEAR for one in found):
                found.append(tick)
        return found


def ruler_of(scales: Sequence[Scale]) -> Ruler:
    """The scale on which all values can be read; at least one of them is known."""
    ends = [end for scale in scales for end in (scale.low, scale.high) if end is not None]
    low, high = min(*ends, 0.0), max(*ends, 0.0)
    if low == high:  # all are nought
        return Ruler(low=-1.0, high=1.0)
    sizes = sorted(abs(scale.middle) for scale in scales if scale.middle)
    largest = max(-low, high)
    if not sizes or largest <= _FAR * median(sizes):
        return Ruler(low=low, high=high)
    return Ruler(low=low, high=high, bend=max(sizes[len(sizes) // 10], _DEEPEST * largest))
