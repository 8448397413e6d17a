"""Draws of what a brief gives as ranges: the same in every run, and for each input its own."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from kit.numbers.domain import Array
from kit.numbers.uncertainty import Estimate, sample, sample_evenly

DRAWS = 100_000
_SEED = 20_260_101  # fixed: the same brief gives the same figures
_KEPT = 32  # inputs of a brief: bridge, paths and ceilings ask for the same ones


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """How ranges are drawn; each input has its own stream, so that one more input changes no other."""

    count: int
    evenly: bool  # one draw from each of `count` parts of equal probability

    def of(self, known: Mapping[str, float | Estimate]) -> dict[str, Any]:
        """Draws of every ranged input, and the numbers as they are."""
        return {
            key: _draws(self, key, estimate) if isinstance(estimate, Estimate) else estimate
            for key, estimate in known.items()
        }


IN_FULL = Drawing(count=DRAWS, evenly=False)
# A fiftieth of the time; a probability is off by no more than three standard errors of a share of so many
# independent draws, sqrt(1/4 / 1000) each. Even draws err less.
AT_A_GLANCE = Drawing(count=1_000, evenly=True)
GLANCE_ERROR = 0.05


@lru_cache(maxsize=_KEPT)
def _draws(drawing: Drawing, key: str, estimate: Estimate) -> Array:
    rng = np.random.default_rng([_SEED, zlib.crc32(key.encode())])
    draw = sample_evenly if drawing.evenly else sample
    found = draw(estimate, rng, drawing.count)
    found.flags.writeable = False  # others are given the same ones
    return found
