"""Step 4: metrics with numbers that lie in the right order."""

from __future__ import annotations

import math
from collections.abc import Iterator

from kit.appraisal.reading import said, scale_to
from kit.brief import Metric, Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.names import plain

_WAYS = ("higher", "lower")


@rule("ME203", "error")
def ship_at_beyond_target(case: Case) -> Iterator[Said]:
    """Compares ship-at with the target, the way that leads from the baseline to the target.

    Why it matters: ship-at is the least that is worth shipping. Beyond the target it would hold back a model
    that has reached all that was asked of it.

    Bad:
        metrics: {model: [{baseline: 62%, target: 80%, ship_at: 94%, better: }]}

    Good:
        metrics: {model: [{baseline: 62%, target: 98%, ship_at: 94%, better: }]}

    Source: the definitions of target and ship-at.
    """
    for path, metric in case.metrics():
        way = _way(metric)
        # Where `better` is stated, ME201 has compared the two.
        if metric.better not in _WAYS and way and _beyond(metric.ship_at, metric.target, way):
            yield Said(
                path=f"{path}.ship_at",
                message=f"{metric.name} is to ship at {_told(metric.ship_at)}, which is beyond its target of "
                f"{_told(metric.target)}.",
                remedy="Swap the two, or mend the one that is wrong.",
            )


@rule("ME204", "warning")
def ship_at_below_baseline(case: Case) -> Iterator[Said]:
    """Compares ship-at with the baseline, the way in which the metric is to go.

    Why it matters: a model that is worse than today's way by its own metric would ship, and be counted as good
    enough.

    Bad:
        metrics: {model: [{baseline: 62%, target: 98%, ship_at: 50%}]}

    Good:
        metrics: {model: [{baseline: 62%, target: 98%, ship_at: 94%}]}

    Source: AI-PM guide, step 4; Who owns the roadmap, on the minimum viable model.
    """
    for path, metric in case.metrics():
        way = _way(metric)
        if way and _beyond(metric.baseline, metric.ship_at, way):
            yield Said(
                path=f"{path}.ship_at",
                message=f"{metric.name} is to ship at {_told(metric.ship_at)}, and it stands at "
                f"{_told(metric.baseline)} today, which is better.",
                remedy="Ship at no less than today's value, or look the baseline up again.",
            )


@rule("ME205", "warning")
def target_equals_metric_baseline(case: Case) -> Iterator[Said]:
    """Finds metrics whose target is where they stand already.

    Why it matters: nothing has to be done to reach such a target. What is only to stay as it is, is a guardrail.

    Bad:
        metrics: {model: [{baseline: 62%, target: 0.62, ship_at: }]}

    Good:
        metrics: {model: [{baseline: 62%, target: 98%, ship_at: 94%}]}

    Source: AI-PM guide, step 4.
    """
    goal = plain(case.text("goal.metric"))
    for path, metric in case.metrics():
        if path.startswith("metrics.business") and plain(metric.name) == goal:
            continue  # of its numbers, the goal's own rules speak
        if _equal(metric.baseline, metric.target):
            yield Said(
                path=f"{path}.target",
                message=f"The target of {metric.name} is {_told(metric.target)}, which is where it stands today.",
                remedy="Set the number to be reached, or list it among the guardrails.",
            )


def _way(metric: Metric) -> str | None:
    """Which way is better; None where that is not known, or where the target lies on the wrong side."""
    up = _beyond(metric.target, metric.baseline, "higher")
    down = _beyond(metric.target, metric.baseline, "lower")
    if metric.better in _WAYS:
        return None if (down if metric.better == "higher" else up) else metric.better
    return "higher" if up else "lower" if down else None


def _beyond(one: object, other: object, way: str) -> bool:
    """Whether a quantity lies beyond another, each of its ends; False where they cannot be compared."""
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return False
    scale = scale_to(other, one)
    if scale is None:
        return False
    low, high = (end * scale for end in other.bounds)
    return one.bounds[0] > high if way == "higher" else one.bounds[1] < low


def _told(one: object) -> str:
    return said(one) if isinstance(one, Quantity) else "nothing"


def _equal(one: object, other: object) -> bool:
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return False
    scale = scale_to(other, one)
    ends = zip(one.bounds, other.bounds, strict=True)
    return scale is not None and all(math.isclose(a, b * scale) for a, b in ends)


METRICS = (
    ship_at_beyond_target,
    ship_at_below_baseline,
    target_equals_metric_baseline,
)
