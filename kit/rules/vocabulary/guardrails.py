"""Guardrails as several rules look at them."""

from __future__ import annotations

from kit.appraisal.reading import scale_to
from kit.brief import Guardrail, Quantity


def is_broken(one: Guardrail) -> bool:
    """Whether every end of the baseline is beyond every end of the limit."""
    if not isinstance(one.baseline, Quantity) or not isinstance(one.limit, Quantity):
        return False
    scale = scale_to(one.limit, one.baseline)
    if scale is None:
        return False
    low, high = (end * scale for end in one.limit.bounds)
    start = one.baseline.bounds
    return (one.better == "lower" and start[0] > high) or (
        one.better == "higher" and start[1] < low
    )
