"""What cannot be: a value of the brief that no sum may be built on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal[
    "not a share",  # 120 %, or -5 %
    "unit",  # a unit that cannot be brought to the one that is needed
    "currency",  # a currency for which the brief has no rate
    "nothing there",  # a zero that leaves nothing to compute: no capacity, no case
    "negative",
    "contradiction",  # two values that cannot both be true
    "wrong way",  # a target on the wrong side of its baseline
]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One impossible value, and what to do about it."""

    kind: FaultKind
    path: str  # dotted key
    message: str  # the fact
    remedy: str  # what to do


def out_of_reach(key: str, exc: ValueError) -> Fault:
    """Numbers that are each possible and together leave what a sum can be made of."""
    return Fault(
        kind="contradiction",
        path=key,
        message=f"{key} cannot be worked out with numbers so far apart: {exc}.",
        remedy="Look up the number that is named, and the largest and the smallest of the others.",
    )
