"""Draws of what a brief gives as ranges: the same in every run, and for each input its own."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from kit.numbers.uncertainty import Estimate, sample

DRAWS = 100_000
_SEED = 20_260_101  # fixed: the same brief gives the same figures


def drawn(known: Mapping[str, float | Estimate], *, size: int = DRAWS) -> dict[str, Any]:
    """Draws of every ranged input; each has its own stream, so that one more input changes no other."""
    return {
        key: sample(estimate, stream(key), size) if isinstance(estimate, Estimate) else estimate
        for key, estimate in known.items()
    }


def stream(key: str) -> np.random.Generator:
    """The random numbers of one input, the same in every run."""
    return np.random.default_rng([_SEED, zlib.crc32(key.encode())])
