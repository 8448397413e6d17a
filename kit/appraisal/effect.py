"""The effect that an experiment is to show: two shares, or two means in standard deviations."""

from __future__ import annotations

from dataclasses import dataclass

from kit.appraisal.reading import Reading, said
from kit.brief import Quantity


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The tested metric in the control arm, and as it is to be with the change."""

    start: float
    changed: float
    is_share: bool
    sd: float | None  # of a mean, in the unit of the metric
    origin: str  # the keys it was read from

    @property
    def relative(self) -> float:
        """The change, relative to the start."""
        return (self.changed - self.start) / self.start

    @property
    def in_sd(self) -> float:
        """The change in standard deviations; of a mean only."""
        if self.sd is None:
            raise ValueError("sd: expected the standard deviation of a mean, found none")
        return (self.changed - self.start) / self.sd


def goal_tested(reading: Reading) -> str | None:
    """The name of the tested metric: the experiment's own, or else the goal's."""
    named = reading.at("experiment.metric") or reading.at("goal.metric")
    return named if isinstance(named, str) else None


def effect_of(reading: Reading) -> Effect | None:
    """The effect of a brief; None where it is missing, not applicable, or cannot be."""
    if not reading.applies("experiment.effect") or not reading.applies("experiment.baseline"):
        return None
    own = _tests_the_goal(reading)
    base, at = reading.at("experiment.baseline"), "experiment.baseline"
    if base is None and own and isinstance(reading.at("goal.baseline"), Quantity):
        base, at = _goal(reading, "goal.baseline"), "goal.baseline"
    change = reading.at("experiment.effect")
    if not isinstance(base, Quantity):
        reading.lack("experiment.baseline")
    if isinstance(change, Quantity):
        return _changed(reading, base, change, at) if isinstance(base, Quantity) else None
    target = _goal(reading, "goal.target") if own else None
    if target is None:
        reading.lack("experiment.effect")
        return None
    if not isinstance(base, Quantity):
        return None
    return _whole(reading, base, base.number, target.number, f"{at} and goal.target")


def margin_of(reading: Reading) -> float | None:
    """The non-inferiority margin as a share; None where it is none."""
    margin = reading.at("experiment.margin")
    if not isinstance(margin, Quantity):
        return None
    unit = margin.unit or ""
    low, high = margin.bounds
    if unit.startswith("point"):
        found = (low + high) / 200
    elif margin.percent or not unit:
        found = (low + high) / 2
    else:
        return None
    return found if 0 < found < 1 else None


def _tests_the_goal(reading: Reading) -> bool:
    named, goal = reading.at("experiment.metric"), reading.at("goal.metric")
    if not isinstance(named, str):
        return True
    return isinstance(goal, str) and named.casefold() == goal.casefold()


def _goal(reading: Reading, key: str) -> Quantity | None:
    """A number of the goal, in the goal's unit where it has none of its own."""
    found, unit = reading.at(key), reading.at("goal.unit")
    if not isinstance(found, Quantity):
        return None
    return found.in_unit(unit if isinstance(unit, str) else None)


def _changed(reading: Reading, base: Quantity, change: Quantity, at: str) -> Effect | None:
    unit = (change.unit or "").strip()
    start = base.number
    if unit.startswith("%"):
        # "-10% relative" and "-10%" are parts of the baseline; points are told as points.
        end = start * (1 + change.number)
    elif unit.startswith("point"):
        end = start + change.number / 100
    elif not unit or unit == base.unit:
        end = start + change.number
    else:
        reading.say(
            "unit",
            "experiment.effect",
            f"experiment.effect is {said(change)}, and the baseline {said(base)}.",
            "Write it as -10% relative, -0.5 points, or in the unit of the baseline.",
        )
        return None
    return _whole(reading, base, start, end, f"{at} and experiment.effect")


def _whole(
    reading: Reading, base: Quantity, start: float, end: float, origin: str
) -> Effect | None:
    sd = _deviation(reading)
    is_share = sd is None and (base.percent or (not base.unit and 0 < start < 1))
    key = "experiment.effect" if reading.at("experiment.effect") else "goal.target"
    if start == end:
        reading.say(
            "contradiction",
            key,
            f"{key} leaves the metric at {start:g}: there is no effect to see.",
            "Give the change that is hoped for.",
        )
        return None
    if not is_share and sd is None:
        reading.lack("experiment.sd")
        return None
    if is_share and not (0 <= end <= 1 and 0 < start < 1):
        reading.say(
            "not a share",
            key,
            f"{key} takes the share from {start:g} to {end:g}; shares lie between 0 and 1.",
            "Write the effect as -10% relative or -0.5 points.",
        )
        return None
    return Effect(start=start, changed=end, is_share=is_share, sd=sd, origin=origin)


def _deviation(reading: Reading) -> float | None:
    given = reading.at("experiment.sd")
    if not isinstance(given, Quantity):
        return None
    points = (given.unit or "").startswith("point")
    found = given.number / 100 if points else given.number
    if found > 0:
        return found
    reading.say(
        "nothing there",
        "experiment.sd",
        f"experiment.sd is {said(given)}: a mean without any spread needs no experiment.",
        "Look it up in past data.",
    )
    return None
