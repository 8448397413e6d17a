"""Step 4: what else a plan for an experiment is expected to say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.brief import Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.tested import tests_the_goal

# A route on a day has a share of parcels, not a yes or no.
_MANY_IN_ONE = late(
    r"(?:\band\s+|[-/])(?:hour|day|night|shift|week|month|quarter)\s*$", re.IGNORECASE
)


@gap("VE111", "advice", "experiment.unit", requires=("ME001", "VE105"))
def experiment_unit_missing() -> tuple[str, str]:
    """Asks what is assigned to an arm of the experiment.

    Why it matters: people who share a shop, a city or a screen influence each other. Whether the unit is a
    person, a visit or a city decides how many there are, and what the test can show.

    Bad:
        experiment: {unit: }

    Good:
        experiment: {unit: card account}

    Source: Bringing an AI product to market, on experiments.
    """
    message = "The experiment does not say what is assigned to an arm."
    return message, "Name the unit, for example subscriber, or shop and day."


@rule("VE112", "advice", requires=("ME001", "VE105"))
def arms_missing(case: Case) -> Iterator[Said]:
    """Asks how many arms the experiment compares; a silent run, and before and after, have none.

    Why it matters: each arm takes its own units. A third arm makes the test half as long again.

    Bad:
        experiment: {arms: }

    Good:
        experiment: {arms: 2}

    Source: Bringing an AI product to market, on experiments.
    """
    if case.text("experiment.design") in ("shadow", "before and after"):
        return
    if any(case.gaps("experiment.arms")):
        yield Said(
            path="experiment.arms",
            message="The experiment does not say how many arms there are.",
            remedy="Count them, the control included; 2 is usual.",
        )


@rule("VE113", "advice", requires=("ME001", "VE105"))
def margin_missing(case: Case) -> Iterator[Said]:
    """Asks how much worse a guardrail may get, where a guardrail is a share whose baseline is known.

    Why it matters: that nothing got worse cannot be shown; that it got worse by less than a margin can. The
    margin decides how many units that takes, often more than the effect itself.

    Bad:
        experiment: {margin: }

    Good:
        experiment: {margin: 0.3 points}

    Source: Bringing an AI product to market, on guardrails; Blackwelder (1982), Controlled Clinical Trials.
    """
    if case.text("experiment.design") == "shadow" or not any(case.gaps("experiment.margin")):
        return
    shares = [
        one.name
        for path, one in case.entries("metrics.guardrails")
        if (base := case.number(f"{path}.baseline")) is not None and base.percent
    ]
    if shares:
        yield Said(
            path="experiment.margin",
            message=f"It is not said how much worse a guardrail may get before it counts, such as {shares[0]!r}.",
            remedy="Give the largest loss that would do no harm, for example 1 point.",
        )


@gap("VE114", "advice", "experiment.design", requires=("ME001", "VE105"))
def design_missing() -> tuple[str, str]:
    """Asks how the experiment makes its comparison.

    Why it matters: an effect is a difference, and between what decides what it means: two groups by lot, two
    times, or a silent run beside today's way.

    Bad:
        experiment: {design: }

    Good:
        experiment: {design: ab}

    Source: Bringing an AI product to market, on experiments.
    """
    message = "The experiment does not say how it compares."
    return message, "Choose: ab, switchback, before and after, or shadow."


@rule("VE115", "warning", requires=("ME001", "VE105"))
def spread_missing(case: Case) -> Iterator[Said]:
    """Asks for the standard deviation where the tested metric is a mean, or a share within each unit.

    Why it matters: how many units a test takes grows with the square of the spread. A route on a day has a
    share of parcels and not a yes or no, so that the size for a yes or no is wrong for it.

    Bad:
        experiment: {unit: shop and day, sd: }

    Good:
        experiment: {unit: shop and day, sd: 0.3 points}

    Source: Student (1908), Biometrika; Fleiss (1981), Statistical Methods for Rates and Proportions.
    """
    if case.text("experiment.design") == "shadow" or not any(case.gaps("experiment.sd")):
        return
    unit = case.text("experiment.unit")
    timing = case.appraisal.timing
    if timing is None:
        return
    if "experiment.sd" in timing.missing:
        message = "The tested metric is a mean, and its spread between units is not given."
    elif timing.effect and timing.effect.is_share and _MANY_IN_ONE.search(unit):
        message = (
            f"The unit is {unit!r}: it gives a share and not a yes or no, and the spread between units is "
            "not given."
        )
    else:
        return
    yield Said(
        path="experiment.sd",
        message=message,
        remedy="Give the standard deviation between units, from past data.",
    )


@rule("VE116", "advice", requires=("ME001", "VE105"))
def experiment_baseline_missing(case: Case) -> Iterator[Said]:
    """Asks where the control arm stands, where the goal's baseline does not say it.

    Why it matters: a quarter less of 40% is seen in a week, and a quarter less of 0.4% in a year. Without the
    baseline an effect has no size.

    Bad:
        experiment: {baseline: }

    Good:
        experiment: {baseline: 0.40%}

    Source: Bringing an AI product to market, on experiments.
    """
    if case.text("experiment.design") == "shadow" or not any(case.gaps("experiment.baseline")):
        return
    if tests_the_goal(case) and (
        isinstance(case.at("goal.baseline"), Quantity) or any(case.gaps("goal.baseline"))
    ):
        return
    yield Said(
        path="experiment.baseline",
        message="The experiment does not say where the tested metric stands today, and the goal's baseline is "
        "not it.",
        remedy="Look up where it stands for those who can enter.",
    )


EXPERIMENT_GAPS = (
    experiment_unit_missing,
    arms_missing,
    margin_missing,
    design_missing,
    spread_missing,
    experiment_baseline_missing,
)
