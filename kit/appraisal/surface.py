"""The value of a year over every precision and recall, with the other inputs as the brief has them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kit.appraisal.bridge import Bridge, net_of
from kit.numbers.domain import Array

_STEPS = 81  # along each axis: contours smooth to the eye
_LEAST = 0.02  # precision below which the number of flags grows out of any picture


@dataclass(frozen=True, kw_only=True)
class Surface:
    """Net value against precision and recall."""

    precision: Array  # shape (p,) [share]
    recall: Array  # shape (r,) [share]
    net: Array  # shape (r, p) [money/year]
    capacity_line: tuple[tuple[float, float], ...]  # precision and recall that fill the capacity


def surface_of(bridge: Bridge) -> Surface | None:
    """The net value around the brief's own; None where that cannot be worked out, or flags nothing."""
    if bridge.kind != "detection" or bridge.net is None:
        return None
    medians = bridge.medians
    precision, recall = np.linspace(_LEAST, 1.0, _STEPS), np.linspace(0.0, 1.0, _STEPS)
    grid = {**medians, "precision": precision, "recall": recall[:, np.newaxis]}
    return Surface(
        precision=precision,
        recall=recall,
        net=net_of(bridge.kind, grid),
        capacity_line=_capacity(medians, precision),
    )


def _capacity(medians: dict[str, float], precision: Array) -> tuple[tuple[float, float], ...]:
    """Where the flags that are acted on just fill the capacity; nothing where none is stated."""
    capacity = medians.get("capacity", np.inf)
    acted = medians["volume"] * medians["prevalence"] * medians["take_rate"]
    if not np.isfinite(capacity) or acted == 0:
        return ()
    recall = capacity * precision / acted
    return tuple((float(p), float(r)) for p, r in zip(precision, recall, strict=True) if r <= 1.0)
