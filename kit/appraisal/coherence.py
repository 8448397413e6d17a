"""Whether precision, recall, prevalence, volume and capacity can be true together."""

from __future__ import annotations

from dataclasses import dataclass

from kit.appraisal.fault import Fault
from kit.appraisal.measures import metric_path
from kit.appraisal.number import Input
from kit.appraisal.reading import Reading, in_percent
from kit.brief import Brief, NotApplicable, Value
from kit.numbers.rates import (
    alerts,
    f_score,
    implied_false_positive_rate,
    never_flagging_accuracy,
    recall_within_capacity,
    required_auc,
)

_ROUNDED = 0.005  # half a point: targets are written in whole ones
Ends = tuple[float, float]  # at the lower and the upper end of the prevalence and the volume
ASSUMED = "assumed in the value"
_STAGES = (("today", "baseline"), ("ship at", "ship_at"), ("target", "target"))


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A precision and a recall, and what they imply."""

    name: str  # today, ship at, target, or assumed in the value
    key: str  # of the precision
    precision: float
    recall: float
    least: Ends  # lower ends of the precision and of the recall
    measured: bool  # both of them
    false_positive_rate: Ends
    auc: Ends
    flags_per_day: Ends | None  # None without a volume
    recall_that_fits: float | None  # at which those acted on fill the capacity; None without one


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """A target for a score that follows from precision and recall, and is more than follows."""

    name: str
    key: str
    wanted: float
    follows: float


@dataclass(frozen=True, kw_only=True)
class Coherence:
    """What the targets imply at the stated prevalence."""

    prevalence: Input | None
    volume: Input | None  # cases per day
    capacity: Input | None  # flags per day
    take_rate: Input | None  # share of the flags that is acted on
    scenarios: tuple[Scenario, ...]
    never_flagging: Ends | None  # accuracy of a model that never flags
    accuracy_target: float | None  # where a model metric is called accuracy
    beyond: tuple[Beyond, ...]  # targets that the leading precision and recall do not reach
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def acted_per_day(self) -> Ends | None:
        """The leading scenario's flags that people act on, fewest first; all without a take-rate."""
        flags = self.leading.flags_per_day if self.leading else None
        if flags is None:
            return None
        taken = self.take_rate.middle if self.take_rate else 1.0
        return taken * min(flags), taken * max(flags)

    @property
    def overflows(self) -> bool:
        """Whether they exceed the capacity at one end of the volume and the prevalence."""
        acted = self.acted_per_day
        return acted is not None and self.capacity is not None and acted[1] > self.capacity.middle

    @property
    def assumed(self) -> Scenario | None:
        """What the value rests on, where it is other than the stages of the metrics."""
        return next((one for one in self.scenarios if one.name == ASSUMED), None)

    @property
    def leading(self) -> Scenario | None:
        """The scenario that counts most: the target, or else the last that is there."""
        return _leading(self.scenarios)


def coherence_of(brief: Brief) -> Coherence | None:
    """The coherence of a brief's targets; None where its model does not flag cases."""
    value = brief.value
    if isinstance(value, NotApplicable) or (isinstance(value, Value) and value.kind != "detection"):
        return None
    reading = Reading(brief)
    prevalence = reading.above_zero(reading.share("value.prevalence"), "there is nothing to find")
    volume = reading.above_zero(reading.rate("value.volume", per="day"), "there is no case")
    capacity = reading.above_zero(
        reading.rate("value.capacity", per="day", needed=reading.applies("value.capacity")),
        "nobody can act on anything",
    )
    take_rate = reading.above_zero(
        reading.share("value.take_rate", needed=False), "nothing would be acted on"
    )
    pairs = _pairs(reading)
    if value is None and not pairs:
        return None
    around = _Around(prevalence=prevalence, volume=volume, capacity=capacity, take_rate=take_rate)
    scenarios = tuple(
        found
        for name, precision, recall in pairs
        if (found := _scenario(reading, name, precision, recall, around))
    )
    leading = _leading(scenarios)
    return Coherence(
        prevalence=prevalence,
        volume=volume,
        capacity=capacity,
        take_rate=take_rate,
        scenarios=scenarios,
        never_flagging=_never(prevalence),
        accuracy_target=_target(reading, "accuracy"),
        beyond=_beyond(reading, leading, prevalence) if leading and prevalence else (),
        missing=tuple(reading.missing),
        faults=tuple(reading.faults),
    )


_ASKED = ("value.precision", "value.recall")


def _pairs(reading: Reading) -> list[tuple[str, Input, Input]]:
    """Every precision with its recall that the brief holds, from today to what the value assumes."""
    paths = metric_path(reading, "precision"), metric_path(reading, "recall")
    pairs: list[tuple[str, Input, Input]] = []
    for name, key in _STAGES if all(paths) else ():
        ends = [reading.share(f"{path}.{key}", needed=False) for path in paths]
        if ends[0] and ends[1]:
            pairs.append((name, ends[0], ends[1]))
    assumed = [reading.share(key, needed=not pairs) for key in _ASKED]
    if assumed[0] and assumed[1] and not _told(pairs, assumed[0], assumed[1]):
        pairs.append((ASSUMED, assumed[0], assumed[1]))
    return pairs


def _leading(scenarios: tuple[Scenario, ...]) -> Scenario | None:
    named = {one.name: one for one in scenarios}
    return named.get("target") or (scenarios[-1] if scenarios else None)


def _target(reading: Reading, name: str) -> float | None:
    path = metric_path(reading, name)
    target = reading.share(f"{path}.target", needed=False) if path else None
    return target.middle if target else None


def _beyond(reading: Reading, leading: Scenario, prevalence: Input) -> tuple[Beyond, ...]:
    """F1 and accuracy against what the precision and the recall make of them, at the best end."""
    accuracy = max(
        1 - rate * (1 - leading.recall) - leading.false_positive_rate[at] * (1 - rate)
        for at, rate in enumerate((prevalence.low, prevalence.high))
    )
    follows = {"f1": float(f_score(leading.precision, leading.recall)), "accuracy": accuracy}
    return tuple(
        Beyond(
            name=name.upper() if name == "f1" else name,
            key=f"{path}.target",
            wanted=wanted,
            follows=most,
        )
        for name, most in follows.items()
        if (path := metric_path(reading, name))
        and (wanted := _target(reading, name)) is not None
        and wanted > most + _ROUNDED
    )


def _told(pairs: list[tuple[str, Input, Input]], precision: Input, recall: Input) -> bool:
    return any(
        (one.middle, other.middle) == (precision.middle, recall.middle) for _, one, other in pairs
    )


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What every scenario has in common, per day."""

    prevalence: Input | None
    volume: Input | None
    capacity: Input | None
    take_rate: Input | None

    def flags(self, precision: float, recall: float) -> Ends | None:
        """Flags per day, at both ends of the prevalence and the volume."""
        if self.volume is None or self.prevalence is None:
            return None
        ends = ((self.volume.low, self.prevalence.low), (self.volume.high, self.prevalence.high))
        low, high = (float(alerts(volume, rate, precision, recall)) for volume, rate in ends)
        return low, high

    def recall_that_fits(self, precision: float) -> float | None:
        """The recall at which the flags that are acted on fill the capacity, all in the middle."""
        if self.volume is None or self.capacity is None or self.prevalence is None:
            return None
        taken = self.take_rate.middle if self.take_rate else 1.0
        room = self.capacity.middle / taken
        return float(
            recall_within_capacity(room, self.volume.middle, self.prevalence.middle, precision)
        )


def _scenario(
    reading: Reading, name: str, precision: Input, recall: Input, around: _Around
) -> Scenario | None:
    """What one pair implies; a fault where it cannot be."""
    prevalence = around.prevalence
    if prevalence is None:
        return None
    p, r = precision.middle, recall.middle
    if not agree(reading, precision, recall, prevalence):
        return None
    ends = (prevalence.low, prevalence.high)
    rates = tuple(float(implied_false_positive_rate(p, r, end)) for end in ends)
    return Scenario(
        name=name,
        key=precision.key,
        precision=p,
        recall=r,
        least=(precision.low, recall.low),
        measured=precision.origin == recall.origin == "measured",
        false_positive_rate=(rates[0], rates[1]),
        auc=(auc_needed(p, r, ends[0]), auc_needed(p, r, ends[1])),
        flags_per_day=around.flags(p, r),
        recall_that_fits=around.recall_that_fits(p),
    )


def agree(reading: Reading, precision: Input, recall: Input, prevalence: Input) -> bool:
    """Whether the flags fit the cases: more false ones than there are other cases cannot be."""
    if precision.middle == 0 and recall.middle > 0:
        reading.say(
            "contradiction",
            precision.key,
            f"{precision.key} is 0% while {recall.key} is above it: "
            "no number of flags finds a case at a precision of 0%.",
            "Raise the precision above 0%.",
        )
        return False
    try:
        implied_false_positive_rate(precision.middle, recall.middle, prevalence.high)
    except ValueError:
        reading.say(
            "contradiction",
            precision.key,
            f"{precision.key} of {in_percent(precision.middle)} and {recall.key} of "
            f"{in_percent(recall.middle)} would flag more cases wrongly than there are others, where "
            f"{prevalence.key} is {in_percent(prevalence.high)}.",
            "Look the three up again; flagging every case has the prevalence as its precision.",
        )
        return False
    return True


def auc_needed(precision: float, recall: float, prevalence: float) -> float:
    """The ranking that it takes; 0.5, a toss of a coin, where none is asked for."""
    if recall == 0 or precision <= prevalence:
        return 0.5
    return float(required_auc(precision, recall, prevalence))


def _never(prevalence: Input | None) -> Ends | None:
    if prevalence is None:
        return None
    high = float(never_flagging_accuracy(prevalence.low))
    return float(never_flagging_accuracy(prevalence.high)), high
