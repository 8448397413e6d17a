"""What caps the result however good the model gets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kit.appraisal.bridge import gain_of
from kit.appraisal.coherence import Coherence
from kit.appraisal.draws import IN_FULL, Drawing
from kit.appraisal.fault import Fault, out_of_reach
from kit.appraisal.goal import ends_of, goal_worth, probability_reached
from kit.appraisal.inputs import Given
from kit.appraisal.measures import metric_path
from kit.appraisal.number import Input
from kit.appraisal.paths import MILLION, Paths
from kit.appraisal.reading import Reading, in_percent
from kit.brief import Brief, Quantity, Value
from kit.numbers.rates import (
    accuracy_under_label_noise,
    f_score,
    noise_from_agreement,
    recall_under_label_noise,
)
from kit.numbers.uncertainty import Interval, interval

Unit = Literal["share", "s", "money"]
# Agreement that chance is taken out of, which says less about single labels.
_CORRECTED = re.compile(r"kappa|κ|alpha|α", re.IGNORECASE)
_PERFECT: dict[str, dict[str, float]] = {
    "detection": {"precision": 1.0, "recall": 1.0},
    "regression": {"error_wanted": 0.0},
    "assist": {"acceptance": 1.0, "error_rate": 0.0},
}


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """The most that can be had, and what the brief wants."""

    name: str
    reach: float
    wanted: float | None  # None where the brief does not say
    unit: Unit
    holds: bool | None  # None where it cannot be told
    because: str  # how the reach follows from the brief
    key: str | None = None  # dotted key of the target, where it is one of a model metric


@dataclass(frozen=True, kw_only=True)
class Perfect:
    """What a model without any error would bring, against what the goal is worth."""

    gain: Interval  # money per year, before any cost
    worth: Interval  # money per year
    reaches: float  # probability that its gain is at least the goal's worth

    @property
    def falls_short(self) -> bool:
        """Whether even a perfect model brings less, nineteen times in twenty."""
        return self.reaches < 0.05


@dataclass(frozen=True, kw_only=True)
class Ceilings:
    """All ceilings of a brief."""

    currency: str
    rows: tuple[Ceiling, ...]
    perfect: Perfect | None
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]


def ceilings_of(
    brief: Brief,
    given: Given | None,
    coherence: Coherence | None,
    paths: Paths | None,
    drawing: Drawing = IN_FULL,
) -> Ceilings:
    """The ceilings that the brief's numbers give, its targets and paths being worked out."""
    reading = Reading(brief)
    rows = (*_label(reading), *_capacity(coherence), *_taken(reading), *_budget(reading, paths))
    return Ceilings(
        currency=reading.currency,
        rows=rows,
        perfect=_perfect(reading, given, drawing) if given else None,
        missing=tuple(reading.missing),
        faults=tuple(reading.faults),
    )


def perfect_of(brief: Brief, given: Given, drawing: Drawing = IN_FULL) -> Perfect | None:
    """What a model without any error would gain, beside what the goal is worth."""
    return _perfect(Reading(brief), given, drawing)


def _label(reading: Reading) -> tuple[Ceiling, ...]:
    """Noise in the labels caps every score that is measured against them."""
    agreed = _agreement(reading)
    if agreed is None:
        return ()
    noise = float(noise_from_agreement(agreed.middle))
    rows = [
        Ceiling(
            name=f"{score}, as measured against the labels",
            reach=best,
            wanted=target.middle,
            unit="share",
            holds=_within(score, target.middle, best),
            because=_noisy(score, agreed.middle, noise, best),
            key=target.key,
        )
        for score, best in _measured(reading, noise).items()
        if (path := metric_path(reading, score))
        and (target := reading.share(f"{path}.target", needed=False))
    ]
    return tuple(rows)


def _agreement(reading: Reading) -> Input | None:
    """The share of cases that annotators label alike; None where that is missing, or told otherwise."""
    given = reading.at("data.label.agreement")
    if not isinstance(given, Quantity):
        if given is None and reading.at("data.label") is not None:
            reading.lack("data.label.agreement")
        return None
    if _CORRECTED.search(given.unit or ""):
        return None
    agreed = reading.share("data.label.agreement")
    if agreed is None or agreed.low >= 0.5:
        return agreed
    reading.say(
        "contradiction",
        agreed.key,
        f"{agreed.key} is below 50%: two people who toss coins agree more often.",
        "Look it up again; kappa is written with its name: 0.8 kappa.",
    )
    return None


def _noisy(score: str, agreed: float, noise: float, best: float) -> str:
    said = f"annotators agree on {in_percent(agreed)} of cases, which points to {in_percent(noise)} wrong labels"
    if score == "recall":
        said += f"; if as many of the other cases are labelled wrongly, {in_percent(best)} of those labelled are true"
    return said


def _measured(reading: Reading, noise: float) -> dict[str, float]:
    """What a perfect model scores against labels with so much noise.

    Without a prevalence, as many cases are taken to be labelled too much as too little.
    """
    precision = recall = 1 - noise
    prevalence = reading.share("value.prevalence", needed=False)
    if prevalence is not None and prevalence.middle > 0:
        recall = float(recall_under_label_noise(prevalence.middle, noise))
    return {
        "accuracy": float(accuracy_under_label_noise(1.0, noise)),
        "precision": precision,
        "recall": recall,
        "F1": float(f_score(precision, recall)),
    }


def _within(score: str, target: float, best: float) -> bool | None:
    """Whether a score is in reach; accuracy is capped whichever labels are wrong, the others are not."""
    if target <= best:
        return True
    return False if score == "accuracy" else None


def _capacity(found: Coherence | None) -> tuple[Ceiling, ...]:
    leading = found.leading if found else None
    if found is None or leading is None or leading.recall_that_fits is None:
        return ()
    fits, taken = leading.recall_that_fits, found.take_rate
    acted = f", {in_percent(taken.middle)} of them acted on" if taken else ""
    return (
        Ceiling(
            name="recall within the capacity",
            reach=fits,
            wanted=leading.recall,
            unit="share",
            holds=fits >= leading.recall,
            because="the recall at which flags fill the capacity, at a precision of "
            f"{in_percent(leading.precision)}{acted}",
        ),
    )


def _taken(reading: Reading) -> tuple[Ceiling, ...]:
    value = reading.brief.value
    if not isinstance(value, Value) or value.kind != "detection":
        return ()
    take, recall = (reading.share(f"value.{key}", needed=False) for key in ("take_rate", "recall"))
    if take is None or recall is None:
        return ()
    return (
        Ceiling(
            name="true cases that are acted on",
            reach=take.middle * recall.middle,
            wanted=None,
            unit="share",
            holds=None,
            because=f"{in_percent(recall.middle)} are flagged, and {in_percent(take.middle)} of the "
            "flags acted on",
        ),
    )


def _budget(reading: Reading, found: Paths | None) -> tuple[Ceiling, ...]:
    """Latency and cost of the chosen path against the minimum viable model."""
    chosen = next((path for path in found.facts if path.chosen), None) if found else None
    if chosen is None:
        return ()
    own = Reading(reading.brief)  # what is wrong with the limits, the paths say
    longest = own.duration("metrics.minimum_viable.latency", unit="s", needed=False)
    dearest = own.money("metrics.minimum_viable.cost_per_prediction", needed=False)
    rows = []
    if chosen.latency is not None:
        rows.append(_limit("latency", chosen.latency, longest, "s", chosen.name))
    if chosen.cost_per_million is not None:
        cost = chosen.cost_per_million / MILLION
        rows.append(_limit("cost per prediction", cost, dearest, "money", chosen.name))
    return tuple(rows)


def _limit(name: str, reach: float, limit: Input | None, unit: Unit, path: str) -> Ceiling:
    return Ceiling(
        name=name,
        reach=reach,
        wanted=limit.middle if limit else None,
        unit=unit,
        holds=reach <= limit.middle if limit else None,
        because=f"of the chosen path, {path}; "
        + ("the limit is the minimum viable model's" if limit else "no limit is stated"),
    )


def _perfect(reading: Reading, given: Given, drawing: Drawing) -> Perfect | None:
    """What is missing or wrong in the value, the bridge says."""
    kind = given.value.kind
    if {fault.path.removeprefix("value.") for fault in given.faults} - _PERFECT[kind].keys():
        return None
    try:
        gain = gain_of(kind, given.inputs.estimates | _PERFECT[kind], drawing)
    except ValueError as exc:
        reading.faults.append(out_of_reach("value", exc))
        return None
    if gain is None:
        return None
    if reading.at("goal.worth") is None and reading.applies("goal.worth"):
        reading.lack("goal.worth")
    worth = goal_worth(reading)
    if worth is None:
        return None
    reaches = probability_reached(gain, worth, drawing)
    return Perfect(gain=interval(gain), worth=ends_of(worth), reaches=reaches)
