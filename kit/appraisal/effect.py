"""The effect that an experiment is to show: two shares, or two means in standard deviations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kit.appraisal.reading import Reading, in_percent, said, scale_to
from kit.brief import Quantity

_LEAST = 1e-6  # of the baseline, or as a margin: less than that is a slip of the pen
_RELATIVE = re.compile(r"%\s*(rel\.?|relative|of .*)?", re.IGNORECASE)
_COMPARED = ("experiment.effect", "experiment.baseline")


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The tested metric in the control arm, and as it is to be with the change."""

    start: float
    changed: float
    is_share: bool
    sd: float | None  # of a mean, in the unit of the metric
    unit: str  # of the metric, "%" where the two numbers are shares

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
    waived = [key for key in _COMPARED if not reading.applies(key)]
    if waived:
        reading.lack(waived[0])
        return None
    own = is_of_the_goal(reading)
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
    scale = scale_to(target, base)
    if scale is None:
        reading.say(
            "unit",
            "goal.target",
            f"goal.target is {said(target)}, and {at} {said(base)}.",
            "Write both in one unit.",
        )
        return None
    return _whole(reading, base, target.number * scale, at)


def margin_of(reading: Reading) -> float | None:
    """The non-inferiority margin as a share; None where it is missing, or none."""
    margin = reading.at("experiment.margin")
    if not isinstance(margin, Quantity):
        return None
    found = gap_of(margin)
    if found is not None and found < _LEAST:
        found = None
    if found is None and (margin.number <= 0 or _counts_shares(margin)):
        reading.say(
            "not a share",
            "experiment.margin",
            f"experiment.margin: expected a difference above 0 and below 100 points, found {said(margin)}.",
            "Write it as 1 point: so much worse would still do no harm.",
        )
    return found


def gap_of(given: Quantity) -> float | None:
    """A difference of two shares, stated in points, in percent or as a share; None where it is none."""
    if not _counts_shares(given):
        return None
    low, high = given.bounds
    found = (low + high) / (200 if given.points else 2)
    return found if 0 < found < 1 else None


def _is_share(base: Quantity) -> bool:
    return base.percent or (not base.unit and 0 < base.number < 1)


def _counts_shares(given: Quantity) -> bool:
    return not given.unit or given.percent or given.points


def is_of_the_goal(reading: Reading) -> bool:
    """Whether the tested metric is the goal's, as it is where none is named."""
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
    start, scale = base.number, scale_to(change, base)
    if change.percent and _RELATIVE.fullmatch(change.unit or ""):
        # "-10% relative" and "-10%" are parts of the baseline; points are told as points.
        end = start * (1 + change.number)
    elif change.points and _is_share(base):
        end = start + change.number / 100
    elif scale is not None and not change.percent:
        end = start + change.number * scale
    else:
        reading.say(
            "unit",
            "experiment.effect",
            f"experiment.effect is {said(change)}, and the baseline {said(base)}.",
            "Write it as -10% relative, -0.5 points, or in the unit of the baseline.",
        )
        return None
    return _whole(reading, base, end, at)


def _whole(reading: Reading, base: Quantity, end: float, at: str) -> Effect | None:
    """The effect on a baseline that stands at the key `at`."""
    sd, start = _deviation(reading, base), base.number
    if sd is None and isinstance(reading.at("experiment.sd"), Quantity):
        return None
    is_share = sd is None and _is_share(base)
    if is_share and not 0 < start < 1:
        reading.say(
            "not a share",
            at,
            f"{at}: expected a share above 0% and below 100%, found {said(base)}.",
            "Look the baseline up again.",
        )
        return None
    key = "experiment.effect" if reading.at("experiment.effect") else "goal.target"
    if abs(end - start) <= _LEAST * abs(start):
        reading.say(
            "contradiction",
            key,
            f"{key} leaves the metric at {said(base)}: there is no effect to see.",
            "Give the change that is hoped for.",
        )
        return None
    if not is_share and sd is None:
        reading.lack("experiment.sd")
        return None
    if is_share and not 0 <= end <= 1:
        reading.say(
            "not a share",
            key,
            f"{key} takes the share from {in_percent(start)} to {in_percent(end)}; shares lie between 0% and 100%.",
            "Write the effect as -10% relative or -0.5 points.",
        )
        return None
    return Effect(start=start, changed=end, is_share=is_share, sd=sd, unit=base.unit or "")


def _deviation(reading: Reading, base: Quantity) -> float | None:
    """The standard deviation in the unit of the baseline; None where it is missing, or cannot be."""
    given = reading.at("experiment.sd")
    if not isinstance(given, Quantity):
        return None
    points = given.points and _is_share(base)
    scale = 0.01 if points else scale_to(given, base)
    if scale is None:
        reading.say(
            "unit",
            "experiment.sd",
            f"experiment.sd is {said(given)}, and the baseline {said(base)}.",
            "Write both in one unit.",
        )
        return None
    found = given.number * scale
    if found > 0:
        return found
    reading.say(
        "nothing there",
        "experiment.sd",
        f"experiment.sd is {said(given)}: a mean without any spread needs no experiment.",
        "Look it up in past data.",
    )
    return None
