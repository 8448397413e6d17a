"""A number of a brief as a sum needs it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kit.numbers.uncertainty import Estimate, Kind, quantile

Origin = Literal["measured", "benchmark", "guess", "target", "unsaid"]


@dataclass(frozen=True, kw_only=True)
class Input:
    """A number of the brief, in the unit that was asked for."""

    key: str  # dotted key
    low: float  # 5th percentile, or the number itself
    high: float  # 95th percentile, or the number itself
    kind: Kind
    origin: Origin

    @property
    def name(self) -> str:
        """The last part of its key, in words."""
        return self.key.rsplit(".", maxsplit=1)[-1].replace("_", " ")

    @property
    def bounds(self) -> tuple[float, float]:
        """Lower and upper end."""
        return self.low, self.high

    @property
    def is_range(self) -> bool:
        """Whether it is an interval."""
        return self.low != self.high

    @property
    def estimate(self) -> float | Estimate:
        """The number, or the distribution that its interval stands for."""
        if not self.is_range:
            return self.low
        return Estimate(low=self.low, high=self.high, kind=self.kind)

    @cached_property
    def middle(self) -> float:
        """The number, or the median of its distribution."""
        return float(quantile(self.estimate, 0.5)) if self.is_range else self.low

    @property
    def guessed(self) -> bool:
        """Whether it is a guess; a number that does not say where it is from counts as one."""
        return self.origin in ("guess", "unsaid")
