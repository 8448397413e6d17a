"""The figures of a brief with some of its shares set to other values: nothing is drawn anew, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from kit.appraisal.bridge import complete, net_of
from kit.appraisal.coherence import auc_needed
from kit.appraisal.draws import IN_FULL
from kit.appraisal.fault import Fault
from kit.appraisal.inputs import Inputs, read_inputs
from kit.appraisal.reading import Reading
from kit.brief import Brief, NotApplicable, Value
from kit.brief.units import convert
from kit.numbers.rates import (
    alerts,
    implied_false_positive_rate,
    recall_within_capacity,
)
from kit.numbers.uncertainty import Interval, interval, probability_below
from kit.numbers.value import break_even_precision

DAYS = convert(1.0, unit="year", to="day")
_MOVABLE = {
    "detection": ("precision", "recall", "prevalence", "take_rate"),
    "regression": ("take_rate",),
    "assist": ("acceptance", "error_rate", "take_rate"),
}
_LEAST = "Flagging every case has the prevalence as its precision."
_FLAGGING = frozenset({"precision", "recall", "prevalence"})


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share of the value that can be tried at other values."""

    name: str  # its key in the value
    middle: float | None  # as the brief has it; None where it has none that can be read
    not_applicable: str | None  # the reason, where the brief says so


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What comes of one set of values; None is not known."""

    net: Interval | None = None  # money per year
    loss: float | None = None  # probability that a year ends below zero
    flags_per_day: float | None = None
    false_positive_rate: float | None = None
    auc: float | None = None  # of the ranking that it takes
    recall_that_fits: float | None = None
    break_even: float | None = None  # precision at which acting on a flag pays for itself
    missing: tuple[str, ...] = ()  # dotted keys without which the net is not known
    impossible: tuple[str, ...] = ()  # what cannot be, and why


def what_if_of(brief: Brief) -> WhatIf | None:
    """A brief's value to try; None where it has none, or calls it not applicable."""
    value = brief.value
    return WhatIf(Reading(brief), value) if isinstance(value, Value) else None


class WhatIf:
    """One brief's value, to be asked again and again; each range is drawn once."""

    def __init__(self, reading: Reading, value: Value) -> None:
        inputs = read_inputs(reading, value)
        self.kind = value.kind
        self.currency = reading.currency
        self.shares = tuple(self._share(value, inputs, name) for name in _MOVABLE[value.kind])
        self._faults = tuple(reading.faults)
        self._missing = tuple(reading.missing)
        self._middles = inputs.middles
        self._values = IN_FULL.of(inputs.estimates)

    @property
    def capacity_per_day(self) -> float | None:
        """What people can act on; None where nothing is said, or nothing caps it."""
        capacity = self._middles.get("capacity", np.inf)
        return capacity / DAYS if np.isfinite(capacity) else None

    def figures(self, moved: Mapping[str, float] | None = None) -> Figures:
        """The figures with the shares in `moved` instead of the brief's; a moved one has no range."""
        moved = moved or {}
        middles = {**self._middles, **moved}
        wrong = [fault.message for fault in self._faults if not _mended(fault, moved, middles)]
        if not wrong:
            wrong = _contradictions(middles)
        found = Figures(missing=self._lacking(moved), impossible=tuple(wrong))
        if wrong:
            return found
        if self.kind == "detection":
            found = _flagged(found, middles)
        values = {**self._values, **moved}
        if not complete(self.kind, values, costs=True):
            return found
        try:
            net = np.atleast_1d(net_of(self.kind, values))
        except ValueError as exc:
            return replace(found, impossible=(f"{exc}.",))
        return replace(found, net=interval(net), loss=probability_below(net, 0.0))

    def _lacking(self, moved: Mapping[str, float]) -> tuple[str, ...]:
        return tuple(key for key in self._missing if key.removeprefix("value.") not in moved)

    @staticmethod
    def _share(value: Value, inputs: Inputs, name: str) -> Share:
        given = getattr(value, name)
        return Share(
            name=name,
            middle=inputs.read[name].middle if name in inputs.read else None,
            not_applicable=given.reason if isinstance(given, NotApplicable) else None,
        )


def _mended(fault: Fault, moved: Mapping[str, float], middles: Mapping[str, float]) -> bool:
    """Whether a fault of the brief is gone, as its number is another one now."""
    if fault.path.removeprefix("value.") in moved:
        return True
    # Three shares that disagree are looked at again as soon as one of them is another one.
    known = middles.keys() >= _FLAGGING
    return fault.kind == "contradiction" and known and bool(_FLAGGING & moved.keys())


def _contradictions(middles: Mapping[str, float]) -> list[str]:
    """What cannot be true together."""
    if not middles.keys() >= _FLAGGING:
        return []
    precision, recall, prevalence = (middles[n] for n in ("precision", "recall", "prevalence"))
    if precision == 0 and recall > 0:
        return ["At a precision of 0% no number of flags finds a case."]
    try:
        implied_false_positive_rate(precision, recall, prevalence)
    except ValueError:
        return [f"More cases would be flagged wrongly than there are others. {_LEAST}"]
    return []


def _flagged(found: Figures, middles: Mapping[str, float]) -> Figures:
    """What the flags amount to, as far as the inputs go."""
    if middles.keys() >= {"benefit", "cost_action", "cost_false_positive"}:
        costs = {name: middles[name] for name in ("cost_false_positive", "cost_action")}
        paid = break_even_precision(middles["benefit"], **costs)
        found = replace(found, break_even=float(paid))
    if not middles.keys() >= _FLAGGING:
        return found
    precision, recall, prevalence = (middles[n] for n in ("precision", "recall", "prevalence"))
    found = replace(
        found,
        false_positive_rate=float(implied_false_positive_rate(precision, recall, prevalence)),
        auc=auc_needed(precision, recall, prevalence),
    )
    if "volume" not in middles:
        return found
    volume, capacity = middles["volume"] / DAYS, middles.get("capacity", np.inf) / DAYS
    found = replace(found, flags_per_day=float(alerts(volume, prevalence, precision, recall)))
    if not np.isfinite(capacity):
        return found
    taken = middles.get("take_rate", 1.0)
    if taken == 0:  # nothing is acted on, so everything fits
        return replace(found, recall_that_fits=1.0)
    fits = recall_within_capacity(capacity / taken, volume, prevalence, precision)
    return replace(found, recall_that_fits=float(fits))
