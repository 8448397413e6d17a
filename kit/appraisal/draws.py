"""Draws of what a brief gives as ranges: the same in every run, and for each input its own."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from kit.numbers.domain import Array
from kit.numbers.uncertainty import Estimate, sample

DRAWS = 100_000
_SEED = 20_260_101  # fixed: the same brief gives the same figures
_KEPT = 16  # inputs of a brief: bridge, paths and ceilings ask for the same ones


def drawn(known: Mapping[str, float | Estimate]) -> dict[str, Any]:
    """Draws of every ranged input; each has its own stream, so that one more input changes no other."""
    return {
        key: _draws(key, estimate) if isinstance(estimate, Estimate) else estimate
        for key, estimate in known.items()
    }


@lru_cache(maxsize=_KEPT)
def _draws(key: str, estimate: Estimate) -> Array:
    rng = np.random.default_rng([_SEED, zlib.crc32(key.encode())])
    found = sample(estimate, rng, DRAWS)
    found.flags.writeable = False  # others are given the same ones
    return found
