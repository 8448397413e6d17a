"""Whether the experiment can show its effect by the goal's date."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kit.appraisal.effect import Effect, effect_of, goal_tested, margin_of
from kit.appraisal.fault import Fault
from kit.appraisal.flow import Flow
from kit.appraisal.reading import Reading
from kit.brief import Brief, Experiment, Guardrail, Metrics, Quantity
from kit.numbers.experiment import (
    detectable_change,
    detectable_difference,
    guardrail_power,
    noninferiority_size,
    pocock_alpha,
    sample_size_means,
    sample_size_proportions,
)

# Said in the report wherever one of them is used.
ALPHA, POWER, ARMS = 0.05, 0.8, 2
MOST_LOOKS = 365  # one a day for a year
_PLANNED = ("baseline", "effect", "sd", "alpha", "power", "margin", "wait", "eligible_per_day",
            "unique_one_week", "unique_four_weeks")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Need:
    """What one demand on the experiment takes."""

    label: str
    per_arm: float  # units, not rounded
    days: float | None  # entering and wait; None where that is not known
    alpha: float
    power: float


@dataclass(frozen=True, kw_only=True)
class Timing:
    """The experiment against the date."""

    effect: Effect | None
    metric: str | None
    unit: str | None
    flow: Flow
    needs: tuple[Need, ...]  # the effect alone first, then all that is counted on top of it
    unsized: tuple[str, ...]  # guardrails whose size cannot be worked out
    assumed: tuple[str, ...]  # what the brief does not say and convention fills
    ranged: tuple[str, ...]  # keys that are taken at the middle of their range
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def most(self) -> Need | None:
        """The demand that takes the most units."""
        return max(self.needs, key=lambda need: need.per_arm, default=None)

    @cached_property
    def visible(self) -> float | None:
        """Smallest effect that can be seen by the deadline, all counted; relative, or in standard deviations."""
        return self._visible(self.needs[-1]) if self.needs else None

    @cached_property
    def visible_plain(self) -> float | None:
        """The same for the effect alone."""
        return self._visible(self.needs[0]) if self.needs else None

    def _visible(self, need: Need) -> float | None:
        """For one demand; None where nobody enters in time."""
        effect, available = self.effect, self.flow.available
        if effect is None or available is None or available < 2:
            return None
        if effect.is_share:
            way = "rise" if effect.changed > effect.start else "fall"
            return float(
                detectable_change(available, effect.start, need.alpha, need.power, direction=way)
            )
        return float(detectable_difference(available, need.alpha, need.power))

    def fits(self, need: Need | None) -> bool | None:
        """Whether a demand is met in time; None where that cannot be told."""
        if need is None or need.days is None or self.flow.days_available is None:
            return None
        return need.days <= self.flow.days_available


def timing_of(brief: Brief) -> Timing | None:
    """The experiment's needs; None where the brief plans none, or none that compares."""
    experiment = brief.experiment
    if not isinstance(experiment, Experiment) or experiment.design == "shadow":
        return None
    reading = Reading(brief)
    assumed: list[str] = []
    effect = effect_of(reading)
    alpha = _level(reading, "alpha", ALPHA, assumed)
    power = _power(reading, alpha, assumed)
    arms, looks = _arms(reading, assumed), _looks(reading)
    flow = Flow.of(reading, arms or ARMS, assumed)
    needs: tuple[Need, ...] = ()
    unsized: tuple[str, ...] = ()
    if effect and alpha and power and arms and looks:
        plan = _Plan(reading, effect, alpha=alpha, power=power, looks=looks, flow=flow)
        needs, unsized = plan.needs()
    return Timing(
        effect=effect,
        metric=goal_tested(reading),
        unit=experiment.unit if isinstance(experiment.unit, str) else None,
        flow=flow,
        needs=needs,
        unsized=unsized,
        assumed=tuple(assumed),
        ranged=_ranged(reading),
        missing=tuple(reading.missing),
        faults=tuple(reading.faults),
    )


def _ranged(reading: Reading) -> tuple[str, ...]:
    """Keys of the plan that hold a range: a size is worked out for one number."""
    keys = [f"experiment.{name}" for name in _PLANNED]
    goal = {"experiment.baseline": "goal.baseline", "experiment.effect": "goal.target"}
    keys += [theirs for own, theirs in goal.items() if reading.at(own) is None]
    found = {key: reading.at(key) for key in keys}
    return tuple(
        key for key, given in found.items() if isinstance(given, Quantity) and given.is_range
    )


def _level(reading: Reading, name: str, usual: float, assumed: list[str]) -> float | None:
    """Alpha or power; the usual one where none is said, None where it cannot be."""
    given = reading.share(f"experiment.{name}", needed=False)
    if given is None:
        if isinstance(reading.at(f"experiment.{name}"), Quantity):
            return None
        assumed.append(f"{name} {usual:g}")
        return usual
    if not 0 < given.low <= given.high < 1:
        reading.say(
            "contradiction",
            given.key,
            f"{given.key} is {given.low:g}: it must lie above 0 and below 1.",
            f"{usual:g} is usual.",
        )
        return None
    return given.middle


def _power(reading: Reading, alpha: float | None, assumed: list[str]) -> float | None:
    power = _level(reading, "power", POWER, assumed)
    if power is None or alpha is None or power > alpha:
        return power
    reading.say(
        "contradiction",
        "experiment.power",
        f"experiment.power is {power:g}, not above alpha, {alpha:g}: "
        "so often a test sees an effect that is not there.",
        f"{POWER:g} is usual.",
    )
    return None


def _arms(reading: Reading, assumed: list[str]) -> int | None:
    given = reading.at("experiment.arms")
    if not isinstance(given, int):
        assumed.append(f"{ARMS} arms")
        return ARMS
    if given < 2:
        reading.say(
            "contradiction",
            "experiment.arms",
            f"experiment.arms is {given}: a comparison takes two arms or more.",
            "Count the control as an arm.",
        )
        return None
    return given


def _looks(reading: Reading) -> int | None:
    given = reading.at("experiment.looks")
    if not isinstance(given, int):
        return 1  # at the end, as every test is looked at
    if 1 <= given <= MOST_LOOKS:
        return given
    reading.say(
        "contradiction",
        "experiment.looks",
        f"experiment.looks is {given:,}: expected a number from 1, the end alone, to {MOST_LOOKS:,}.",
        "Plan the looks; whoever watches all the time needs a sequential test.",
    )
    return None


class _Plan:
    """The demands on the experiment, one on top of the other."""

    def __init__(
        self,
        reading: Reading,
        effect: Effect,
        *,
        alpha: float,
        power: float,
        looks: int,
        flow: Flow,
    ) -> None:
        self.reading, self.effect, self.flow = reading, effect, flow
        self.alpha, self.power, self.looks = alpha, power, looks

    def needs(self) -> tuple[tuple[Need, ...], tuple[str, ...]]:
        successes, looks, guardrails = self._successes(), self.looks, self._guardrails()
        found = [self._need("the effect alone", self.alpha, self.power)]
        alpha, power = self.alpha, self.power
        if successes > 1:
            alpha /= successes
            label = f"any of {successes} success metrics (Bonferroni)"
            found.append(self._need(label, alpha, power))
        if looks > 1:
            alpha = float(pocock_alpha(looks, alpha))
            found.append(self._need(f"with {looks} looks (Pocock)", alpha, power))
        unsized: tuple[str, ...] = ()
        if guardrails:
            power = float(guardrail_power(power, len(guardrails)))
            count = f"{len(guardrails)} guardrail{'s' if len(guardrails) > 1 else ''}"
            found.append(self._need(f"with {count} shown to hold as well", alpha, power))
            more, unsized = self._guarded(guardrails, power)
            found = [*found[:1], *more, *found[1:]]
        return tuple(found), unsized

    def _need(self, label: str, alpha: float, power: float) -> Need:
        effect = self.effect
        size = (
            float(sample_size_proportions(effect.start, effect.changed, alpha, power))
            if effect.is_share
            else float(sample_size_means(effect.in_sd, alpha, power))
        )
        return self._of(label, size, alpha, power)

    def _of(self, label: str, size: float, alpha: float, power: float) -> Need:
        return Need(label=label, per_arm=size, days=self.flow.days(size), alpha=alpha, power=power)

    def _guarded(
        self, guardrails: list[Guardrail], power: float
    ) -> tuple[list[Need], tuple[str, ...]]:
        """Sizes for guardrails that are shares; the names of the others."""
        stated = margin_of(self.reading)
        # A margin in another unit is of other guardrails.
        elsewhere = stated is None and self.reading.at("experiment.margin") is not None
        # A share of its own in each unit, such as a depot and week, says that units are groups of cases.
        grouped = self.effect.sd is not None and self.effect.unit.startswith("%")
        sized, unsized = [], []
        for at, guardrail in enumerate(guardrails):
            rate = self._share(at, "baseline")
            rooms = [one for one in (stated, self._room(at, guardrail)) if one is not None]
            if rate is None or not rooms or elsewhere or grouped:
                unsized.append(guardrail.name)
                if (
                    rate is not None
                    and not grouped
                    and self.reading.at("experiment.margin") is None
                ):
                    self.reading.lack("experiment.margin")
                continue
            size = float(noninferiority_size(rate, min(rooms), self.alpha, power))
            label = f"guardrail: {guardrail.name}"
            sized.append(self._of(label, max(size, 1.0), self.alpha, power))
        return sized, tuple(unsized)

    def _room(self, at: int, guardrail: Guardrail) -> float | None:
        """From where a guardrail stands to its limit: more than that may not be lost, whatever the margin."""
        base, limit = self._share(at, "baseline"), self._share(at, "limit")
        if base is None or limit is None or guardrail.better is None:
            return None
        room = limit - base if guardrail.better == "lower" else base - limit
        return room if room > 0 else None

    def _share(self, at: int, key: str) -> float | None:
        path = f"metrics.guardrails.{at}.{key}"
        given = self.reading.at(path)
        if not isinstance(given, Quantity) or not given.percent:
            return None
        found = self.reading.share(path, needed=False)
        return found.middle if found else None

    def _successes(self) -> int:
        given = self.reading.at("experiment.success_metrics")
        return len(given) if isinstance(given, list) else 1

    def _guardrails(self) -> list[Any]:
        metrics = self.reading.brief.metrics
        found = metrics.guardrails if isinstance(metrics, Metrics) else None
        return found if isinstance(found, list) else []
