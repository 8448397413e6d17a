"""Step 4: guardrails, and the ways of gaming that they are there for."""

from __future__ import annotations

from collections.abc import Iterator

from kit.appraisal.reading import said
from kit.appraisal.wording import listed
from kit.brief import Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.guardrails import is_broken
from kit.rules.vocabulary.names import Known, plain
from kit.rules.vocabulary.patterns import late

_BETWEEN = late(r"\s*(?:[,;/+&]|\band\b|\bor\b)\s*")


@rule("ME301", "advice", requires=("ME109",))
def target_without_a_way_of_gaming(case: Case) -> Iterator[Said]:
    """Lists the targets of the model, of adoption and of the goal that no way of gaming names.

    Why it matters: each number that people are held to can be met the wrong way. The one that nobody thought about
    is the one that will be.

    Bad:
        metrics: {gaming: [{metric: precision}, {metric: precision}]}

    Good:
        metrics: {gaming: [{metric: precision}, {metric: fraud blocked per quarter}]}

    Source: Bringing an AI product to market, on Goodhart's law.
    """
    gamed = [one.metric for _, one in case.entries("metrics.gaming")]
    if not gamed:
        return
    known = Known(gamed)
    left = [name for name in dict.fromkeys(_targets(case)) if not known.may_hold(name)]
    if left:
        yield Said(
            path="metrics.gaming",
            message=f"Nobody asked how {listed(left)} could be gamed.",
            remedy="Add a way for each, with the guardrail that would show it.",
        )


@rule("ME302", "warning", requires=("ME107",))
def gaming_names_unknown_guardrail(case: Case) -> Iterator[Said]:
    """Looks up the guardrail that a way of gaming names.

    Why it matters: a guardrail that is not listed has no limit and is in no dashboard, so that it guards nothing.

    Bad:
        metrics: {gaming: [{guardrail: complaints to the ombudsman}]}

    Good:
        metrics: {gaming: [{guardrail: online payments approved}]}

    Source: Bringing an AI product to market, on Goodhart's law and guardrails.
    """
    guards = [one.name for _, one in case.entries("metrics.guardrails")]
    gaming = list(case.entries("metrics.gaming")) if guards else []
    known = Known(
        [*guards, *_metrics(case)] if gaming else ()
    )  # a target that would fall guards as well
    for path, one in gaming:
        if isinstance(one.guardrail, str) and not _some(one.guardrail, known):
            yield Said(
                path=f"{path}.guardrail",
                message=f'No guardrail is called "{one.guardrail}".',
                remedy=f"List it with its limit, or name one of these: {', '.join(guards)}.",
            )


@rule("ME303", "advice", requires=("ME101", "ME105", "ME106"))
def gaming_of_unknown_metric(case: Case) -> Iterator[Said]:
    """Looks up the metric that a way of gaming is about.

    Why it matters: nobody is tempted by a number that is no target. Most often the metric was renamed, and its way
    of gaming was left behind.

    Bad:
        metrics: {gaming: [{metric: calls per agent}]}

    Good:
        metrics: {gaming: [{metric: precision}]}

    Source: Bringing an AI product to market, on Goodhart's law.
    """
    gaming = list(case.entries("metrics.gaming"))
    known = Known([*_metrics(case), *_elsewhere(case)] if gaming else ())
    for path, one in gaming:
        if not _some(one.metric, known):
            yield Said(
                path=f"{path}.metric",
                message=f'The brief has no metric called "{one.metric}".',
                remedy="Use the metric's name, or take the entry out.",
            )


@rule("ME304", "warning", requires=("ME107",))
def guardrail_broken_already(case: Case) -> Iterator[Said]:
    """Compares where a guardrail stands today with its limit.

    Why it matters: a guardrail says what must not get worse. One that is broken before anything is changed stops every
    launch, or is no longer looked at.

    Bad:
        metrics: {guardrails: [{limit: 200 tickets/week, baseline: 260 tickets/week, better: lower}]}

    Good:
        metrics: {guardrails: [{limit: 200 tickets/week, baseline: 180 tickets/week, better: lower}]}

    Source: Bringing an AI product to market, on guardrails.
    """
    for path, one in case.entries("metrics.guardrails"):
        if is_broken(one):
            side = "above" if one.better == "lower" else "below"
            yield Said(
                path=f"{path}.limit",
                message=f"{one.name} stands at {said(one.baseline)} today, {side} its limit of {said(one.limit)}.",
                remedy="Set a limit that holds today; what is to improve is a target.",
            )


@rule("ME305", "advice", requires=("GO101", "ME107"))
def guardrail_is_the_goal(case: Case) -> Iterator[Said]:
    """Finds the goal's metric among the guardrails.

    Why it matters: the goal cannot guard against itself. Whoever games it moves this guardrail the right way.

    Bad:
        metrics: {guardrails: [{name: fraud blocked per quarter}]}

    Good:
        metrics: {guardrails: [{name: support tickets about refused payments}]}

    Source: Bringing an AI product to market, on guardrails.
    """
    goal = plain(case.text("goal.metric"))
    for path, one in case.entries("metrics.guardrails"):
        if goal and plain(one.name) == goal:
            yield Said(
                path=path,
                message=f"The guardrail {one.name} is the goal's own metric.",
                remedy="Name what must not get worse while the goal is reached.",
            )


def _targets(case: Case) -> Iterator[str]:
    """Names of the metrics that are to reach a number."""
    for layer in ("model", "adoption"):
        for _, metric in case.entries(f"metrics.{layer}"):
            if isinstance(metric.target, Quantity):
                yield metric.name
    if case.number("goal.target") and case.text("goal.metric"):
        yield case.text("goal.metric")


def _metrics(case: Case) -> Iterator[str]:
    yield from (metric.name for _, metric in case.metrics())
    yield from filter(None, [case.text("goal.metric")])


def _elsewhere(case: Case) -> Iterator[str]:
    """Names of metrics that stand in other parts, or among the guardrails."""
    for _, one in case.entries("metrics.guardrails"):
        yield one.name
    for _, one in case.entries("metrics.fairness"):
        yield one.measure
    for _, name in case.entries("experiment.success_metrics"):
        yield name
    yield from filter(None, map(case.text, ("experiment.metric", "hypothesis.expected.metric")))


def _some(text: str, known: Known) -> bool:
    """Whether a text, or a part of it where it lists several, is a known name."""
    parts = [part for part in _BETWEEN.split(text) if part]
    return known.may_hold(text) or any(map(known.may_hold, parts))


GUARDS = (
    target_without_a_way_of_gaming,
    gaming_names_unknown_guardrail,
    gaming_of_unknown_metric,
    guardrail_broken_already,
    guardrail_is_the_goal,
)
