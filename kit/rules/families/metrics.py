"""Step 4: metrics in their layer, each with numbers that lie in the right order."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from kit.appraisal.reading import said, scale_to
from kit.brief import Metric, Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.model_scores import (
    AREAS,
    AT,
    ERRORS,
    F_SCORES,
    LOSSES,
    RANKINGS,
    RATES,
    TEXTS,
)
from kit.rules.vocabulary.names import among, plain

_WAYS = ("higher", "lower")
_ONLINE = re.compile(
    r"\b(click[- ]?through|ctr|click rate|adoption|retention|churn|conversions?|engagement|"
    r"active users?|dau|mau|session (length|time|duration)|time spent|bounce rate|subscriptions?)\b",
    re.IGNORECASE,
)
# "Recall of churn" is a model's score, whatever it is a score of.
_SCORE = re.compile(
    rf"\b(?:{RATES}|{F_SCORES}|{AREAS}|{RANKINGS}|{ERRORS}|{LOSSES}|errors?|loss|hit rate|calibration)",
    re.IGNORECASE,
)

# What a model is scored by on data. A recall of cars, a precision of deliveries and the error of a planner's forecast
# are a business's own figures.
_OF_A_MODEL = (
    r"(?:the|our|overall|mean|average|median|weighted|macro|micro|model|classifiers?|classification|detection|"
    r"prediction|ranking|retrieval|test|validation|offline|hold-?out|cross-validated)"
)
_RATED = re.compile(
    rf"(?:{_OF_A_MODEL}[ -]+)*(?:{RATES}|hit rate(?=@))(?:[ -]score)?{AT}?"
    r"(?:\s*[,(].*|\s+at\b.*|\s+(?:of|for|in|on)\s+(?:the |its |all )?(?:models?|classifiers?|"
    r"predictions?|flags|alerts|detections|recommendations|rankings?|(?:test|validation|hold-?out) (?:set|data)))?",
    re.IGNORECASE,
)
_SCORED = re.compile(
    rf"(?:{_OF_A_MODEL}[ -]+)*(?:{AREAS}|{F_SCORES}|{RANKINGS}|{TEXTS}|{LOSSES}|{ERRORS})(?:[ -]score)?{AT}?"
    r"(?:\W*|\s*[,(].*|\s+(?:of|on|for|at|in|per|by)\b.*)",
    re.IGNORECASE,
)
_OWN_FIGURE = re.compile(
    r"\b(?:forecasts?|plans?|planned|planning|demand|sales|budget|stock|inventory|supply|estimated|promised|judged|"
    r"confirmed|reviewed|audit(?:ed)?|live|in production|in use|after launch|agents?|users?|customers?)\b",
    re.IGNORECASE,
)


@rule("ME202", "warning", requires=("ME101",))
def online_measure_as_model_metric(case: Case) -> Iterator[Said]:
    """Finds measures of what users do among the model metrics: click-through, retention, adoption.

    Why it matters: they are known only once users have the product, so no model can be held to them before
    launch, and many other things move them.

    Bad:
        metrics: {model: [{name: click-through rate}]}

    Good:
        metrics: {model: [{name: recall of clicks}]}

    Source: AI-PM guide, step 4: a click-through rate is measured on users.
    """
    for path, metric in case.entries("metrics.model"):
        if _ONLINE.search(metric.name) and not _SCORE.search(metric.name):
            yield Said(
                path=path,
                message=f"{metric.name} is measured on users once they have the product, so no model can be "
                "held to it before launch.",
                remedy="Move it to metrics.adoption, and name a measure on data for the model.",
            )


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


@rule("ME211", "warning", requires=("GO101", "ME106"))
def business_metric_is_not_the_goals(case: Case) -> Iterator[Said]:
    """Looks for the goal's metric among the business metrics.

    Why it matters: the goal is measured by one metric, and the business layer is there to show it. Another one
    beside it is a second goal, which nobody decided on.

    Bad:
        metrics: {business: [{name: customer satisfaction}]}

    Good:
        metrics: {business: [{name: fraud blocked per quarter}, {name: customer satisfaction}]}

    Source: AI-PM guide, step 4: the business metric is the goal's own.
    """
    goal = case.text("goal.metric")
    named = [metric.name for _, metric in case.entries("metrics.business")]
    if goal and named and not among(goal, named):
        yield Said(
            path="metrics.business",
            message=f"None of the business metrics ({', '.join(named)}) is the goal's, {goal}.",
            remedy="Name the goal's metric here, in the same words.",
        )


@rule("ME214", "warning")
def model_score_outside_the_model_layer(case: Case) -> Iterator[Said]:
    """Finds scores of the model on data among the adoption and the business metrics: precision, F1, RMSE.

    Why it matters: each layer answers its own question. A score says that the model is right, and not that
    anybody uses it or is better off; filed there, it hides that nobody looks.

    Bad:
        metrics: {adoption: [{name: recall}]}

    Good:
        metrics: {adoption: [{name: flags overridden by agents}]}

    Source: AI-PM guide, on accuracy, adoption and return.
    """
    goal = plain(case.text("goal.metric"))  # of its name, GO208 speaks
    for layer, shows in (("adoption", "that people use it"), ("business", "what it brings")):
        for path, metric in case.entries(f"metrics.{layer}"):
            if _is_score(metric) and plain(metric.name) != goal:
                yield Said(
                    path=path,
                    message=f"{metric.name} is a score of the model on data; it does not show {shows}.",
                    remedy=f"Move it to metrics.model, and name here what shows {shows}.",
                )


def _is_score(metric: Metric) -> bool:
    name = metric.name.strip()
    if _OWN_FIGURE.search(name):
        return False
    given = (metric.baseline, metric.target)
    units = [one.unit for one in given if isinstance(one, Quantity) and not one.percent]
    return bool(_SCORED.fullmatch(name) or (_RATED.fullmatch(name) and not any(units)))


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
    online_measure_as_model_metric,
    ship_at_beyond_target,
    ship_at_below_baseline,
    target_equals_metric_baseline,
    business_metric_is_not_the_goals,
    model_score_outside_the_model_layer,
)
