"""Whether precision, recall, prevalence, volume and capacity can be true together."""

from __future__ import annotations

from dataclasses import dataclass

from kit.appraisal.fault import Fault
from kit.appraisal.measures import metric_path
from kit.appraisal.reading import Input, Reading, in_percent, scale_to
from kit.brief import Brief, Metric, NotApplicable, Quantity, Value
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
    false_positive_rate: Ends
    auc: Ends
    flags_per_day: Ends | None  # None without a volume
    recall_that_fits: float | None  # highest within the capacity; None without volume and capacity


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
    def assumed(self) -> Scenario | None:
        """What the value rests on, where it is other than the stages of the metrics."""
        return next((one for one in self.scenarios if one.name == ASSUMED), None)

    @property
    def load(self) -> float | None:
        """Flags acted on over the capacity; None where one of the two is not known."""
        flags = self.leading.flags_per_day if self.leading else None
        if flags is None or self.capacity is None:
            return None
        return (
            max(flags) * (self.take_rate.middle if self.take_rate else 1.0) / self.capacity.middle
        )

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
    pairs = _pairs(reading)
    if value is None and not pairs:
        return None
    scenarios = tuple(
        found
        for name, precision, recall in pairs
        if (found := _scenario(reading, name, precision, recall, prevalence, volume, capacity))
    )
    leading = _leading(scenarios)
    return Coherence(
        prevalence=prevalence,
        volume=volume,
        capacity=capacity,
        take_rate=reading.share("value.take_rate", needed=False),
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


def _scenario(
    reading: Reading,
    name: str,
    precision: Input,
    recall: Input,
    prevalence: Input | None,
    volume: Input | None,
    capacity: Input | None,
) -> Scenario | None:
    """What one pair implies; a fault where it cannot be."""
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
        false_positive_rate=(rates[0], rates[1]),
        auc=(auc_needed(p, r, ends[0]), auc_needed(p, r, ends[1])),
        flags_per_day=_flags(p, r, prevalence, volume),
        recall_that_fits=_fits(p, prevalence, volume, capacity),
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


def _flags(precision: float, recall: float, prevalence: Input, volume: Input | None) -> Ends | None:
    if volume is None:
        return None
    low = float(alerts(volume.low, prevalence.low, precision, recall))
    return low, float(alerts(volume.high, prevalence.high, precision, recall))


def _fits(
    precision: float, prevalence: Input, volume: Input | None, capacity: Input | None
) -> float | None:
    if volume is None or capacity is None:
        return None
    return float(
        recall_within_capacity(capacity.middle, volume.middle, prevalence.middle, precision)
    )


def _never(prevalence: Input | None) -> Ends | None:
    if prevalence is None:
        return None
    high = float(never_flagging_accuracy(prevalence.low))
    return float(never_flagging_accuracy(prevalence.high)), high


def wrong_ways(brief: Brief) -> tuple[Fault, ...]:
    """Targets on the wrong side of their baseline, as far as the direction is said."""
    reading = Reading(brief)
    for layer in ("model", "adoption", "business"):
        metrics = reading.at(f"metrics.{layer}")
        for at, metric in enumerate(metrics if isinstance(metrics, list) else ()):
            _check_way(reading, metric, f"metrics.{layer}.{at}")
    return tuple(reading.faults)


def _check_way(reading: Reading, metric: Metric, path: str) -> None:
    _compare(reading, metric, path, "target", "baseline")
    _compare(reading, metric, path, "target", "ship_at")


def _compare(reading: Reading, metric: Metric, path: str, better: str, worse: str) -> None:
    """A fault where the one that is to be better is not, or cannot be compared."""
    start, end = getattr(metric, worse, None), getattr(metric, better)
    if not isinstance(start, Quantity) or not isinstance(end, Quantity):
        return
    key, other = f"{path}.{better} ({metric.name})", f"its {worse.replace('_', '-')}"
    scale = scale_to(end, start)
    if scale is None:
        message = f"{key} is in {end.unit!r}, {other} in {start.unit!r}."
        reading.say("unit", f"{path}.{better}", message, "Write both in one unit.")
        return
    moved = end.number * scale - start.number
    if (metric.better == "higher" and moved < 0) or (metric.better == "lower" and moved > 0):
        side = "below" if metric.better == "higher" else "above"
        message = f"{key} is {side} {other}, and {metric.better} is better."
        remedy = f"Mend the {better}, {other}, or which way is better."
        reading.say("wrong way", f"{path}.{better}", message, remedy)
