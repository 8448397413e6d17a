"""Step 4: each metric in the layer whose question it answers: model, adoption, business."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.brief import Metric, Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.acts import act_in
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
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.sources import words_of

_ONLINE = late(
    r"\b(click[- ]?through|ctr|click rate|adoption|retention|churn|conversions?|engagement|"
    r"active users?|dau|mau|session (length|time|duration)|time spent|bounce rate|subscriptions?)\b",
    re.IGNORECASE,
)
# "Recall of churn" is a model's score, whatever it is a score of.
_SCORE = late(
    rf"\b(?:{RATES}|{F_SCORES}|{AREAS}|{RANKINGS}|{ERRORS}|{LOSSES}|errors?|loss|hit rate|calibration)",
    re.IGNORECASE,
)

# What a model is scored by on data. A recall of cars, a precision of deliveries and the error of a planner's forecast
# are a business's own figures.
_OF_A_MODEL = (
    r"(?:the|our|overall|mean|average|median|weighted|macro|micro|model|classifiers?|classification|detection|"
    r"prediction|ranking|retrieval|test|validation|offline|hold-?out|cross-validated)"
)
_RATED = late(
    rf"(?:{_OF_A_MODEL}[ -]+)*(?:{RATES}|hit rate(?=@))(?:[ -]score)?{AT}?"
    r"(?:\s*[,(].*|\s+at\b.*|\s+(?:of|for|in|on)\s+(?:the |its |all )?(?:models?|classifiers?|"
    r"predictions?|flags|alerts|detections|recommendations|rankings?|(?:test|validation|hold-?out) (?:set|data)))?",
    re.IGNORECASE,
)
_SCORED = late(
    rf"(?:{_OF_A_MODEL}[ -]+)*(?:{AREAS}|{F_SCORES}|{RANKINGS}|{TEXTS}|{LOSSES}|{ERRORS})(?:[ -]score)?{AT}?"
    r"(?:\W*|\s*[,(].*|\s+(?:of|on|for|at|in|per|by)\b.*)",
    re.IGNORECASE,
)
_OWN_FIGURE = late(
    r"\b(?:forecasts?|plans?|planned|planning|demand|sales|budget|stock|inventory|supply|estimated|promised|judged|"
    r"confirmed|reviewed|audit(?:ed)?|live|in production|in use|after launch|agents?|users?|customers?)\b",
    re.IGNORECASE,
)
# Of a result: how far off it is, whether it was foreseen, and what it is like. What people do with it is adoption.
_RIGHT_OR_WRONG = late(
    r"(?P<what>\w+)(?: that (?:are|were))? (?:off|wrong|out) by (?:more|less|at most|at least|no more|over|under)\b|"
    r"\b(?:foreseen|predicted (?:right|rightly|correctly|in time)|"
    r"(?:rightly|correctly) (?:predicted|classified|ranked))\b(?! by)|"
    r"\b(?:recommended|suggested|predicted|proposed) (?:\w+ ){1,2}that (?:are|were) "
    r"(?:new|relevant|right|correct|true|wrong|different|duplicates?|available|in stock)\b",
    re.IGNORECASE,
)


@rule("ME202", "warning", requires=("ME101",))
def online_measure_as_model_metric(case: Case) -> Iterator[Said]:
    """Finds measures of what people do among the model metrics: click-through, hints followed by drivers, skips.

    Why it matters: they are known only once users have the product, so no model can be held to them before
    launch, and many other things move them. What the model itself predicts, be it a skip, is left alone.

    Bad:
        metrics: {model: [{name: click-through rate}]}

    Good:
        metrics: {model: [{name: recall of clicks}]}

    Source: AI-PM guide, step 4: a click-through rate is measured on users.
    """
    for path, metric in case.entries("metrics.model"):
        if not _SCORE.search(metric.name) and (_ONLINE.search(metric.name) or _act(case, metric)):
            yield Said(
                path=path,
                message=f"{metric.name} is measured on users once they have the product, so no model can be "
                "held to it before launch.",
                remedy="Move it to metrics.adoption, and name a measure on data for the model.",
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
    anybody uses it or is better off; filed there, it hides that nobody looks. What is given as the quality of a
    model path is such a score, whatever it is called.

    Bad:
        metrics: {adoption: [{name: recall}]}

    Good:
        metrics: {adoption: [{name: flags overridden by agents}]}

    Source: AI-PM guide, on accuracy, adoption and return.
    """
    goal = plain(case.text("goal.metric"))  # of its name, GO208 speaks
    for layer, shows in (("adoption", "that people use it"), ("business", "what it brings")):
        for path, metric in case.entries(f"metrics.{layer}"):
            is_score = _is_score(metric) or (layer == "adoption" and _scores_a_path(case, metric))
            if is_score and plain(metric.name) != goal:
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


def _act(case: Case, metric: Metric) -> str | None:
    """What people do with the model's result, by the name of a metric."""
    made = words_of(case.text("hypothesis.capability"))
    return act_in(metric.name, made=made, predicted=words_of(case.text("hypothesis.outcome")))


def _scores_a_path(case: Case, metric: Metric) -> bool:
    """Whether a metric is what model paths are compared by, or says how right the model's results are."""
    name = plain(metric.name)
    if "accept" in name or not (_is_of_a_path(case, name) or _is_of_results(case, metric.name)):
        return False
    return not (_ONLINE.search(metric.name) or _act(case, metric))


def _is_of_a_path(case: Case, name: str) -> bool:
    """Whether a plain name stands among the qualities of a model path."""
    paths = (one.quality for _, one in case.entries("hypothesis.paths"))
    return any(plain(key) == name for each in paths if isinstance(each, dict) for key in each)


def _is_of_results(case: Case, name: str) -> bool:
    """Whether a name says how far off, how new or how well foreseen the model's results are."""
    found = _RIGHT_OR_WRONG.search(name)
    if found is None or _OWN_FIGURE.search(name):
        return False
    texts = (case.text("hypothesis.capability"), case.text("hypothesis.outcome"))
    return found["what"] is None or found["what"].casefold() in words_of(*texts)


LAYERS = (
    online_measure_as_model_metric,
    business_metric_is_not_the_goals,
    model_score_outside_the_model_layer,
)
