"""Whether the stated groups and rows can show what the brief wants to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kit.appraisal.counting import Counted, Look
from kit.appraisal.effect import gap_of
from kit.appraisal.fault import Fault
from kit.appraisal.measures import measure, metric_path
from kit.appraisal.reading import Reading, in_percent, said
from kit.appraisal.wording import points
from kit.brief import Brief, Metrics, Quantity
from kit.numbers.data_size import flagged_for_precision, positives_for_recall
from kit.numbers.experiment import detectable_change
from kit.numbers.fairness import (
    detectable_gap,
    expected_gap_without_bias,
    positives_per_group,
)
from kit.numbers.rates import implied_false_positive_rate

_COUNTED: dict[str, Counted] = {
    "recall": "true cases",
    "false positive rate": "other cases",
    "precision": "flags",
    "accuracy": "cases",
    "selection rate": "cases",
}


_OF_THE_VALUE = frozenset({"recall", "precision"})


@dataclass(frozen=True, kw_only=True)
class GapCheck:
    """One fairness gap, and whether the smallest group can show it."""

    measure: str
    groups: tuple[str, ...]
    rate: float | None = None  # where the better group is to stand
    gap: float | None = None
    other: float | None = None  # where the worse group would stand, the gap away
    counted: Counted | None = None  # what has to be counted in each group
    needed: float | None = None  # per group
    available: float | None = None  # in the smallest group
    by_chance: float | None = None  # gap between best and worst group where there is none
    holds: bool | None = None
    why_not: str | None = None  # why it cannot be worked out
    missing: tuple[str, ...] = ()

    @cached_property
    def visible(self) -> float | None:
        """Smallest gap that the smallest group can show; None where all, or none, are as they should be."""
        if not self.available or self.rate is None or not 0 < self.rate < 1:
            return None
        if self.counted == "other cases":  # a false-positive rate is the worse, the higher
            return self.rate * float(detectable_change(self.available, self.rate, direction="rise"))
        return float(detectable_gap(self.available, self.rate))


@dataclass(frozen=True, kw_only=True)
class SizeCheck:
    """One figure that is to be known, and the rows it takes."""

    label: str
    measure: str
    needed: float | None  # None where no number is enough, or the formula gives none
    counted: Counted
    available: float | None
    holds: bool | None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the data can show."""

    rows: float | None  # labelled cases
    rows_from: str | None  # the source that holds them
    uncounted: tuple[str, ...]  # volumes of sources whose unit counts no cases
    gaps: tuple[GapCheck, ...]
    sizes: tuple[SizeCheck, ...]
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]


def evidence_of(brief: Brief) -> Evidence:
    """Fairness and data size, as far as the brief's numbers go."""
    reading = Reading(brief)
    look = Look.of(reading)
    metrics = brief.metrics
    stated = metrics.fairness if isinstance(metrics, Metrics) else None
    gaps = (
        tuple(_gap(reading, look, at) for at in range(len(stated or ())))
        if isinstance(stated, list)
        else ()
    )
    return Evidence(
        rows=look.rows,
        rows_from=look.rows_from,
        uncounted=look.uncounted if look.rows is None else (),
        gaps=gaps,
        sizes=_sizes(reading, look),
        missing=tuple(reading.missing),
        faults=tuple(reading.faults),
    )


def _gap(reading: Reading, look: Look, at: int) -> GapCheck:
    key = f"metrics.fairness.{at}"
    name = str(reading.at(f"{key}.measure"))
    groups = reading.at(f"{key}.groups")
    names = tuple(one.name for one in groups) if isinstance(groups, list) else ()
    counted = _COUNTED.get(measure(name))
    blank = GapCheck(measure=name, groups=names, counted=counted)
    if (why := _uncountable(reading, name, counted)) or counted is None:
        return replace(blank, why_not=why)
    gap, rate = _stated_gap(reading, key), _rate(reading, name)
    if gap is None or rate is None:
        lacking = [f"{key}.max_gap"] if gap is None else []
        return replace(
            blank, missing=(*lacking, *(_asked_for(reading, name) if rate is None else ()))
        )
    worse_is_more = counted == "other cases"  # a false-positive rate is the worse, the higher
    other = rate + gap if worse_is_more else rate - gap
    if other == rate or not 0 <= other <= 1:
        why = f"a gap of {gap:g} in {name} is no gap between two shares at {rate:.3g}"
        return replace(blank, why_not=why)
    needed = float(positives_per_group(rate, other))
    available = _smallest(reading, look, key, groups, counted)
    return replace(
        blank,
        rate=rate,
        gap=gap,
        other=other,
        needed=needed,
        available=available,
        by_chance=_chance(names, available, rate),
        holds=available >= needed if available is not None else None,
        missing=() if available is not None else _unsized(reading, look, key, groups),
    )


def _uncountable(reading: Reading, name: str, counted: Counted | None) -> str | None:
    """Why nothing can be counted for a measure; None where it can."""
    if counted is None:
        return f"{name} is no share of cases that the brief counts"
    kind = reading.at("value.kind") or "detection"
    if counted != "cases" and kind != "detection":
        return f"{name} counts {counted}, of which a value of kind {kind} says nothing"
    if _rate(reading, name) is None and not _asked_for(reading, name):
        return f"no model metric is called {name}, which would say where it stands"
    return None


def _asked_for(reading: Reading, name: str) -> tuple[str, ...]:
    """The keys that would say where a measure is to stand; none where only a metric of that name would."""
    plain = measure(name)
    if plain == "false positive rate":
        keys = [f"value.{key}" for key in ("precision", "recall", "prevalence")]
        return tuple(key for key in keys if reading.at(key) is None)
    return (f"value.{plain}",) if plain in _OF_THE_VALUE else ()


def _chance(names: tuple[str, ...], available: float | None, rate: float) -> float | None:
    if len(names) < 2 or not available:
        return None
    return float(expected_gap_without_bias(len(names), available, rate))


def _stated_gap(reading: Reading, key: str) -> float | None:
    given = reading.at(f"{key}.max_gap")
    if not isinstance(given, Quantity):
        return None
    found = gap_of(given)
    if found is None:
        reading.say(
            "not a share",
            f"{key}.max_gap",
            f"{key}.max_gap: expected a difference above 0 and below 100 points, found {said(given)}.",
            "Write it as 5 points.",
        )
    return found


def _rate(reading: Reading, name: str) -> float | None:
    path, plain = metric_path(reading, name), measure(name)
    found = reading.share(f"{path}.target", needed=False) if path else None
    if found is None and plain in _OF_THE_VALUE:
        found = reading.share(f"value.{plain}", needed=False)
    if found is None and plain == "false positive rate":
        return _implied(reading)
    return found.middle if found else None


def _implied(reading: Reading) -> float | None:
    """The false-positive rate that the value's precision, recall and prevalence imply."""
    given = [
        reading.share(f"value.{key}", needed=False) for key in ("precision", "recall", "prevalence")
    ]
    if not all(given):
        return None
    precision, recall, prevalence = (one.middle for one in given if one)
    try:
        return float(implied_false_positive_rate(precision, recall, prevalence))
    except ValueError:  # the targets' own check says so, with the keys
        return None


def _smallest(
    reading: Reading, look: Look, key: str, groups: Any, counted: Counted
) -> float | None:
    """How many of what is counted the smallest group holds; None where a share is missing."""
    total = look.number(counted)
    if total is None or not isinstance(groups, list) or not groups:
        return None
    shares = [reading.share(f"{key}.groups.{at}.share", needed=False) for at in range(len(groups))]
    if any(share is None for share in shares):
        return None
    return total * min(share.middle for share in shares if share)


def _unsized(reading: Reading, look: Look, key: str, groups: Any) -> tuple[str, ...]:
    found: list[str] = []
    told = look.uncounted or any(key.startswith("data.sources") for key in reading.missing)
    if look.rows is None and not told:
        found.append("data.sources.volume")
    if look.prevalence is None:
        found.append("value.prevalence")
    if not isinstance(groups, list):
        return (*found, f"{key}.groups")
    for at in range(len(groups)):
        share = f"{key}.groups.{at}.share"
        if reading.at(share) is None:
            found.append(share)
    return tuple(found)


def _sizes(reading: Reading, look: Look) -> tuple[SizeCheck, ...]:
    """Test cases to know recall, and to show that precision is above what ships."""
    rows: list[SizeCheck] = []
    recall = _target_and_least(reading, "recall")
    if recall is not None and recall[0] > recall[1]:
        target, least = recall
        needed = float(positives_for_recall(target, target - least)) if target < 1 else None
        margin = points(target - least)
        label = f"recall of {in_percent(target)} known to ±{margin}, so that ship-at is ruled out"
        rows.append(_size("recall", label, needed, "true cases", look))
    precision = _target_and_least(reading, "precision")
    if precision is not None and precision[0] > precision[1] > 0:
        target, least = precision
        needed = float(flagged_for_precision(target, least))
        label = f"precision of {in_percent(target)} shown to be above ship-at, {in_percent(least)}"
        rows.append(_size("precision", label, needed, "flags", look))
    return tuple(rows)


def _size(name: str, label: str, needed: float | None, counted: Counted, look: Look) -> SizeCheck:
    available = look.number(counted)
    return SizeCheck(
        label=label,
        measure=name,
        needed=needed,
        counted=counted,
        available=available,
        holds=available >= needed if available is not None and needed is not None else None,
    )


def _target_and_least(reading: Reading, name: str) -> tuple[float, float] | None:
    path = metric_path(reading, name)
    if path is None:
        return None
    target = reading.share(f"{path}.target", needed=False)
    least = reading.share(f"{path}.ship_at", needed=False)
    return (target.middle, least.middle) if target and least else None
