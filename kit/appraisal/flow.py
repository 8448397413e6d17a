"""How units enter an experiment, and between which days."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from kit.appraisal.naming import same_thing
from kit.appraisal.number import Input
from kit.appraisal.reading import Reading, whole_days
from kit.brief import NotApplicable, Quantity
from kit.brief.units import split_per, split_rate
from kit.numbers.experiment import days_to_enrol, duration_days, uniques_by


@dataclass(frozen=True, kw_only=True)
class Flow:
    """How units enter, and between which days."""

    arms: int
    per_day: Input | None
    uniques: tuple[float, float] | None
    wait: Input | None
    start: dt.date | None
    deadline: dt.date | None
    there: Input | None  # how many the problem reaches, where it counts what is assigned

    @classmethod
    def of(cls, reading: Reading, arms: int, assumed: list[str]) -> Flow:
        """As the brief says it; what convention fills is added to `assumed`."""
        uniques = _uniques(reading)
        per_day = reading.above_zero(
            _per_day(reading, needed=uniques is None), "nobody can enter the experiment"
        )
        wait, start = _wait(reading, assumed), _start(reading, assumed)
        deadline = _date(reading, "goal.by")
        if start and deadline and start > deadline:
            _refuse_late_start(reading, start, deadline)
            start = None
        return cls(
            arms=arms,
            per_day=per_day,
            uniques=uniques,
            wait=wait,
            start=start,
            deadline=deadline,
            there=_there(reading),
        )

    def days(self, per_arm: float) -> float | None:
        """Days until so many per arm have entered and their outcome is known."""
        if self.wait is None:
            return None
        if self.uniques:
            entering = float(days_to_enrol(np.ceil(per_arm) * self.arms, *self.uniques))
            return whole_days(entering) + self.wait.middle if np.isfinite(entering) else entering
        if self.per_day is None:
            return None
        return float(duration_days(per_arm, self.arms, self.per_day.middle, self.wait.middle))

    def more_than_there_are(self, per_arm: float) -> bool:
        """Whether the arms take more units than the problem reaches: some would have to be new."""
        return self.there is not None and math.ceil(per_arm) * self.arms > self.there.high

    @property
    def days_available(self) -> int | None:
        """From the start to the deadline."""
        return (self.deadline - self.start).days if self.start and self.deadline else None

    @property
    def available(self) -> float | None:
        """Units per arm that can enter early enough; None where that is not known."""
        if self.days_available is None or self.wait is None:
            return None
        entered = self.entered_by(self.days_available - self.wait.middle)
        return None if entered is None else entered / self.arms

    def entered_by(self, day: float) -> float | None:
        """Units in all arms that have entered by a day since the start; None where that is not known."""
        if self.uniques:
            return float(uniques_by(max(day, 0.0), *self.uniques))
        return max(day, 0.0) * self.per_day.middle if self.per_day else None


def _there(reading: Reading) -> Input | None:
    """How many the problem reaches, where it counts what the experiment assigns."""
    reach, unit = reading.at("problem.reach"), reading.at("experiment.unit")
    if not isinstance(reach, Quantity) or not isinstance(unit, str):
        return None
    if reading.at("experiment.design") in ("switchback", "before and after"):
        return None  # every unit stands in all arms
    counted, period = split_rate(reach.unit or "")
    alike = same_thing(counted, unit) and not period
    if not alike:
        return None
    return reading.above_zero(reading.count("problem.reach"), "nobody has the problem")


def _per_day(reading: Reading, *, needed: bool) -> Input | None:
    """Units that can enter per day; the key says the day, so the number needs none."""
    given = reading.at("experiment.eligible_per_day")
    if isinstance(given, Quantity) and len(split_per(given.unit or "")) > 1:
        return reading.rate("experiment.eligible_per_day", per="day", needed=needed)
    return reading.count("experiment.eligible_per_day", needed=needed)


def _uniques(reading: Reading) -> tuple[float, float] | None:
    week = reading.count("experiment.unique_one_week", needed=False)
    later = reading.count("experiment.unique_four_weeks", needed=False)
    if week is None or later is None:
        # One of the two says nothing.
        for known, other in ((week, "unique_four_weeks"), (later, "unique_one_week")):
            if known is not None and reading.at(f"experiment.{other}") is None:
                reading.lack(f"experiment.{other}")
        return None
    one, four = week.middle, later.middle
    if not 0 < one <= four <= 4 * one:
        reading.say(
            "contradiction",
            later.key,
            f"{later.key} is {four:,.0f} and {week.key} {one:,.0f}: different units seen in four "
            "weeks are at least those of one week, and at most four times as many.",
            "Count each unit once in each of the two.",
        )
        return None
    return one, four


def _wait(reading: Reading, assumed: list[str]) -> Input | None:
    if reading.at("experiment.wait") is None and isinstance(
        reading.at("hypothesis.wait"), Quantity
    ):
        assumed.append("the wait of the hypothesis")
        return reading.duration("hypothesis.wait")
    if isinstance(reading.at("experiment.wait"), NotApplicable):
        return Input(key="experiment.wait", low=0, high=0, kind="positive", origin="unsaid")
    return reading.duration("experiment.wait")


def _start(reading: Reading, assumed: list[str]) -> dt.date | None:
    given = reading.at("experiment.starts")
    if isinstance(given, dt.date):
        return given
    decided = reading.at("decision.by")
    if isinstance(decided, dt.date):
        assumed.append("a start on the day of the decision")
        return decided
    reading.lack("experiment.starts")
    return None


def _refuse_late_start(reading: Reading, start: dt.date, deadline: dt.date) -> None:
    own = isinstance(reading.at("experiment.starts"), dt.date)
    key = "experiment.starts" if own else "decision.by"
    reading.say(
        "contradiction",
        key,
        f"{key} is {start}{'' if own else ', the first day on which an experiment can start'}, and "
        f"goal.by {deadline}: what begins after the date cannot end by the date.",
        "Start earlier, or set a later date.",
    )


def _date(reading: Reading, key: str) -> dt.date | None:
    given = reading.at(key)
    if isinstance(given, dt.date):
        return given
    reading.lack(key)
    return None
