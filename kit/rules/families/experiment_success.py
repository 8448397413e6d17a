"""Step 4: what would count as the experiment's success."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.names import among, plain, same
from kit.rules.vocabulary.tested import tested_metric


@rule("VE415", "warning")
def guardrail_as_success_metric(case: Case) -> Iterator[Said]:
    """Looks for guardrails among the success metrics, and for the tested metric, which belongs there.

    Why it matters: a guardrail must not get worse, a success metric is to get better. A test that is won on
    a guardrail can be won without the goal having moved. In a silent run the tested metric cannot move yet.

    Bad:
        experiment: {success_metrics: [online payments approved]}

    Good:
        experiment: {success_metrics: [card accounts that lose money to fraud in a month]}

    Source: Bringing an AI product to market, on success metrics and guardrails.
    """
    listed = [one for _, one in case.entries("experiment.success_metrics") if isinstance(one, str)]
    guards = {plain(one.name) for _, one in case.entries("metrics.guardrails")}
    tested, silent = tested_metric(case), case.text("experiment.design") == "shadow"
    wrong = [name for name in listed if plain(name) in guards and not same(name, tested)]
    path, remedy = "experiment.success_metrics", f"Name the tested metric, {tested!r}."
    if wrong:
        missing = not among(tested, listed)
        yield Said(
            path=path,
            message=f"{wrong[0]!r} is a guardrail, and is listed as a success metric.",
            remedy=remedy
            if tested and missing
            else "Take it out: it is watched as a guardrail already.",
        )
    elif listed and tested and not silent and not among(tested, listed):
        yield Said(
            path=path,
            message=f"The experiment tests {tested!r}, and would count {listed[0]!r} as its success.",
            remedy=remedy,
        )


@rule("VE416", "warning")
def silent_test_with_an_effect(case: Case) -> Iterator[Said]:
    """Finds a silent run that is to show what people do: an effect or arms on their metric, or it as success.

    Why it matters: in a silent run (shadow) the model is scored and nobody sees it. It can tell how good the
    model is, and nothing about what people do with it.

    Bad:
        experiment: {design: shadow, arms: 2, effect: -25% relative}

    Good:
        experiment: {design: ab, arms: 2, effect: -25% relative}

    Source: Bringing an AI product to market, on experiments.
    """
    if case.text("experiment.design") != "shadow":
        return
    models = {plain(one.name) for _, one in case.entries("metrics.model")}
    layers = ("metrics.adoption", "metrics.business")
    people = {plain(one.name) for layer in layers for _, one in case.entries(layer)}
    people = (people | {plain(case.text("goal.metric"))}) - models - {""}
    arms = case.at("experiment.arms")
    planned = [f"experiment.{key}" for key in ("effect",) if case.number(f"experiment.{key}")]
    planned += ["experiment.arms"] if isinstance(arms, int) and arms > 1 else []
    tested = tested_metric(case)
    success = [
        one
        for _, one in case.entries("experiment.success_metrics")
        if isinstance(one, str) and plain(one) in people
    ]
    if plain(tested) in people and planned:
        named = f"{tested!r}, with {' and '.join(planned)}"
    elif success:
        named = f"{success[0]!r} as its success"
    else:
        return
    yield Said(
        path="experiment.design",
        message=f"The test is silent (shadow), so nobody can react to it, and it is to show {named}.",
        remedy="Test on people (ab or switchback), or test what a silent run can tell: the model's quality.",
    )


EXPERIMENT_SUCCESS = (
    guardrail_as_success_metric,
    silent_test_with_an_effect,
)
