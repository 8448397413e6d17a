"""How units enter an experiment, and between which days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from kit.appraisal.reading import Input, Reading, whole_days
from kit.brief import Quantity
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
            arms=arms, per_day=per_day, uniques=uniques, wait=wait, start=start, deadline=deadline
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

    @property
    def available(self) -> float | None:
        """Units per arm that can enter early enough; None where that is not known."""
        if not self.start or not self.deadline or self.wait is None:
            return None
        days = (self.deadline - self.start).days - self.wait.middle
        if self.uniques:
            return float(uniques_by(max(days, 0.0), *self.uniques)) / self.arms
        return max(days, 0.0) * self.per_day.middle / self.arms if self.per_day else None


def _per_day(reading: Reading, *, needed: bool) -> Input | None:
    """Units that can enter per day; the key says the day, so the number needs none."""
    given = reading.at("experiment.eligible_per_day")
    if isinstance(given, Quantity) and "/" in (given.unit or ""):
        return reading.rate("experiment.eligible_per_day", per="day", needed=needed)
    return reading.number("experiment.eligible_per_day", needed=needed)


def _uniques(reading: Reading) -> tuple[float, float] | None:
    week = reading.number("experiment.unique_one_week", needed=False)
    later = reading.number("experiment.unique_four_weeks", needed=False)
    if week is None or later is None:
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
