"""The inputs of the value bridge as a brief gives them: per year, in one currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kit.appraisal.coherence import agree
from kit.appraisal.fault import Fault
from kit.appraisal.number import Input
from kit.appraisal.reading import Reading, said
from kit.brief import Brief, NotApplicable, Quantity, Value
from kit.brief.units import split_rate, time_unit
from kit.numbers.uncertainty import Estimate

_SHARES = frozenset({"prevalence", "precision", "recall", "take_rate", "acceptance", "error_rate"})
_PER_YEAR = frozenset({"volume", "capacity"})
_PER_ERROR = frozenset({"cost_above", "cost_below"})
_MINUTES = frozenset({"minutes_saved", "review_minutes"})
# What a key counts as where the brief says that it does not apply.
_NEUTRAL = {
    "take_rate": 1.0,
    "capacity": np.inf,
    "cost_action": 0.0,
    "cost_false_positive": 0.0,
    "cost_above": 0.0,
    "cost_below": 0.0,
    "minutes_saved": 0.0,
    "gain": 0.0,
    "error_rate": 0.0,
    "cost_error": 0.0,
    "review_minutes": 0.0,
    "wage": 0.0,
    "run_cost": 0.0,
}


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The inputs of a value bridge, by the last part of their keys."""

    read: Mapping[str, Input]  # per year, in one currency
    waived: Mapping[str, float]  # what stands for those that do not apply

    @property
    def stated(self) -> dict[str, float | Estimate]:
        """Those that were read, as numbers or distributions."""
        return {key: one.estimate for key, one in self.read.items()}

    @property
    def estimates(self) -> dict[str, float | Estimate]:
        """The same, and what stands for the others."""
        return self.stated | dict(self.waived)

    @property
    def middles(self) -> dict[str, float]:
        """Every input at its median, and what stands for the others."""
        return {key: one.middle for key, one in self.read.items()} | dict(self.waived)


@dataclass(frozen=True, kw_only=True)
class Given:
    """A value as it was read: its inputs, what they lack, and what cannot be."""

    brief: Brief
    value: Value
    inputs: Inputs
    missing: tuple[str, ...]  # dotted keys
    faults: tuple[Fault, ...]

    def reading(self) -> Reading:
        """A look into the brief that goes on from here."""
        found = Reading(self.brief)
        found.missing += self.missing
        found.faults += self.faults
        return found


def given_in(brief: Brief) -> Given | None:
    """The value of a brief; None where it has none, or calls it not applicable."""
    if not isinstance(brief.value, Value):
        return None
    reading = Reading(brief)
    inputs = read_inputs(reading, brief.value)
    return Given(
        brief=brief,
        value=brief.value,
        inputs=inputs,
        missing=tuple(reading.missing),
        faults=tuple(reading.faults),
    )


def read_inputs(reading: Reading, value: Value) -> Inputs:
    """The inputs of the kind, as far as they are there and can be."""
    inputs: dict[str, Input] = {}
    waived: dict[str, float] = {}
    for key in Value.keys_of(value.kind):
        if key in ("kind", "currency", "rates"):
            continue
        if isinstance(getattr(value, key), NotApplicable) and key in _NEUTRAL:
            waived[key] = _NEUTRAL[key]
        elif (given := _read(reading, key)) is not None:
            inputs[key] = given
    _settle(reading, inputs, waived)
    return Inputs(read=inputs, waived=waived)


def _read(reading: Reading, key: str) -> Input | None:
    path = f"value.{key}"
    if key in _SHARES:
        given = reading.share(path)
        return reading.above_zero(given, _ZERO[key]) if key in _ZERO else given
    if key in _PER_YEAR:
        # Without a capacity nothing is known to cap the work; the report says so.
        given = reading.rate(path, needed=key == "volume")
        return reading.above_zero(given, _ZERO[key])
    if key == "run_cost":
        return reading.money(path, per="year")
    if key == "wage":
        return _wage(reading, path)
    if key in _MINUTES:
        given = reading.number(path)
        return reading.duration(path, unit="min") if given and _timed(reading, path) else given
    if key == "error_today":
        return reading.error(path)
    if key == "error_wanted":
        return reading.error(path, like="value.error_today")
    given = _per_error(reading, path) if key in _PER_ERROR else reading.money(path)
    return reading.above_zero(given, _ZERO[key]) if key in _ZERO else given


def _wage(reading: Reading, path: str) -> Input | None:
    """Money per hour of work; a month or a year holds hours that nobody works."""
    wage = reading.at(path)
    period = split_rate(wage.unit or "")[1] if isinstance(wage, Quantity) else None
    if period is None:
        return reading.money(path)
    if period in ("h", "min"):
        return reading.money(path, per="h")
    reading.say(
        "unit",
        path,
        f"{path}: expected the cost of an hour of work, found {said(wage)}.",
        f"Divide it by the hours worked in a {period}, and write it as 40 {reading.currency or 'USD'}/h.",
    )
    return None


def _per_error(reading: Reading, path: str) -> Input | None:
    """Money for one unit of error: where the error is a time, so much for each unit of it."""
    cost, error = reading.at(path), reading.at("value.error_today")
    if isinstance(cost, Quantity) and isinstance(error, Quantity):
        unit = time_unit(error.unit or "")
        if unit and split_rate(cost.unit or "")[1]:
            return reading.money(path, per=unit)
    return reading.money(path)


def _timed(reading: Reading, path: str) -> bool:
    return bool(reading.at(path).unit)


_ZERO = {
    "volume": "there is no case to work on",
    "capacity": "nobody can act on anything, so nothing can be gained",
    "prevalence": "there is nothing to find",
    "precision": "every flag would be wrong",
    "recall": "nothing would be found",
    "take_rate": "nothing would be acted on",
    "acceptance": "nothing would be accepted",
    "benefit": "finding a true case would bring nothing",
}


def _settle(reading: Reading, inputs: dict[str, Input], waived: dict[str, float]) -> None:
    """What only shows in two inputs together."""
    either = {"gain", "minutes_saved"}
    if "acceptance" in inputs and either <= waived.keys():
        reading.say(
            "contradiction",
            "value.gain",
            "value.gain and value.minutes_saved are both not applicable: what is accepted would bring nothing.",
            "Say what an accepted result brings, in money or in minutes.",
        )
    precision = inputs.get("precision")
    if precision is not None and precision.low == 0:
        reading.say(
            "contradiction",
            precision.key,
            "value.precision reaches down to 0%: at 0% no number of flags would find a case.",
            "Raise the lower end above 0%.",
        )
        del inputs["precision"]
    elif {"precision", "recall", "prevalence"} <= inputs.keys():
        agree(reading, inputs["precision"], inputs["recall"], inputs["prevalence"])
    today, wanted = inputs.get("error_today"), inputs.get("error_wanted")
    if today and wanted and wanted.low > today.high:
        reading.say(
            "wrong way",
            wanted.key,
            f"value.error_wanted is {_as_written(reading, wanted)}, and value.error_today, which it is to improve "
            f"on, is {_as_written(reading, today)}: lower is better.",
            "Swap the two, or look them up again.",
        )
        del inputs["error_wanted"]


def _as_written(reading: Reading, given: Input) -> str:
    """A number as it stands in the brief."""
    found = reading.at(given.key)
    return said(found) if isinstance(found, Quantity) else given.key
