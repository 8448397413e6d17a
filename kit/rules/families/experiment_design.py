"""Step 4: whether the experiment tests what the goal wants, in a way that can be believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kit.appraisal.reading import said, scale_to
from kit.brief import Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.aim import ends_of, move_of
from kit.rules.vocabulary.names import among, plain, same
from kit.rules.vocabulary.tested import tests_the_goal
from kit.rules.vocabulary.wording import figure

_ROUNDED = 1.05  # effects are written in whole percents
_ALPHA = 0.05
_LEAST_POWER = 0.7


@rule("VE403", "warning", requires=("GO103", "GO104", "VE105"))
def effect_differs_from_the_goal(case: Case) -> Iterator[Said]:
    """Compares the effect that the experiment is to see with the way from baseline to target of the same metric.

    Why it matters: a test that is sized for a larger change will mostly miss the one that is wanted. The goal is
    then reached, and the test says that nothing was found. A smaller effect is fine, and so is another baseline.

    Bad:
        goal: {metric: fraud rate, unit: "%", baseline: 5%, target: 4.5%}
        experiment: {metric: fraud rate, baseline: 5%, effect: -20% relative}

    Good:
        goal: {metric: fraud rate, unit: "%", baseline: 5%, target: 4.5%}
        experiment: {metric: fraud rate, baseline: 5%, effect: -10% relative}

    Source: AI-PM guide, step 4: the goal's own metric is tested in an experiment.
    """
    planned, found = _planned(case), case.number("experiment.effect")
    if planned is None or not planned.start or planned.start == planned.end or found is None:
        return
    timing = case.appraisal.timing
    effect = timing.effect if timing else None
    if effect is None or not _same_start(case, planned.baseline):
        return
    wanted = (planned.end - planned.start) / abs(planned.start)
    tested = (effect.changed - effect.start) / abs(effect.start) if effect.start else 0.0
    if wanted * tested < 0:
        way = "a rise" if tested > 0 else "a fall"
        message = f"The experiment looks for {way} ({said(found)}), and {planned.whose} goes {planned.move}."
    elif abs(tested) > abs(wanted) * _ROUNDED:
        message = (
            f"The experiment is to see a change by {abs(tested):.1%} ({said(found)}), and {planned.whose} "
            f"goes {planned.move}, which is {abs(wanted):.1%}."
        )
    else:
        return
    yield Said(
        path="experiment.effect",
        message=message,
        remedy=f"Test for the change that {planned.whose} needs, or for a smaller one.",
    )


@rule("VE404", "warning", requires=("GO101",))
def experiment_tests_another_metric(case: Case) -> Iterator[Said]:
    """Looks for the tested metric in the goal, the business and adoption metrics, and the hypothesis.

    Why it matters: a test that is won on a metric which stands nowhere else leaves open whether the goal moves.
    A silent run (shadow) may test a model metric as well.

    Bad:
        experiment: {metric: clicks on the red button}

    Good:
        experiment: {metric: fraud blocked per quarter}

    Source: AI-PM guide, step 4: the business metric is the goal's own, tested in an experiment.
    """
    metric, silent = case.text("experiment.metric"), case.text("experiment.design") == "shadow"
    if not metric:
        return
    known = [case.text("goal.metric"), case.text("hypothesis.expected.metric")]
    for layer in ("business", "adoption", "model") if silent else ("business", "adoption"):
        known += [entry.name for _, entry in case.entries(f"metrics.{layer}")]
    if not among(metric, known):
        models = "the model, " if silent else ""
        layer = "model" if silent else "business"
        yield Said(
            path="experiment.metric",
            message=f"The experiment tests {metric!r}, which is neither the goal's metric nor among those of "
            f"{models}business and adoption.",
            remedy=f"Test {case.text('goal.metric')!r}, or add the metric to metrics.{layer} and say how it "
            "moves the goal.",
        )


@rule("VE407", "warning", requires=("VE107",))
def success_metrics_uncorrected(case: Case) -> Iterator[Said]:
    """Counts the metrics of which any would count as success, and works out the chance that one does by luck.

    Why it matters: with five metrics at 0.05, almost every fourth test of something that does nothing shows a
    success. The kit works the sizes out with alpha divided by their number; the results have to be read so, too.

    Bad:
        experiment: {alpha: 0.05, success_metrics: [fraud losses, agent hours, complaints]}

    Good:
        experiment: {alpha: 0.05, success_metrics: [fraud losses]}

    Source: Bonferroni's inequality; Dunn (1961), Journal of the American Statistical Association.
    """
    listed = {plain(entry) for _, entry in case.entries("experiment.success_metrics")}
    if len(listed) < 2 or case.at("experiment.design") == "shadow":
        return
    alpha = case.reading().share("experiment.alpha", needed=False)
    if alpha is None or not 0 < alpha.middle < 1 or alpha.middle <= _ROUNDED * _ALPHA / len(listed):
        return
    chance = 1 - (1 - alpha.middle) ** len(listed)
    yield Said(
        path="experiment.success_metrics",
        message=f"Any of {len(listed)} metrics at an alpha of {alpha.middle:g} would count as success: without "
        f"any effect that happens in about {chance:.0%} of the tests.",
        remedy=f"Let one of them decide; or agree to test each at {figure(alpha.middle / len(listed), 2)} "
        "(Bonferroni), for which the kit works the sizes out already: keep alpha, and waive VE407 with that reason.",
    )


@rule("VE409", "advice", requires=("VE105",))
def bare_percent_effect(case: Case) -> Iterator[Said]:
    """Finds an effect in bare percent on a metric that is a share itself.

    Why it matters: "-10%" of a share of 5% is 4.5% to one reader, and below zero to another. In an
    experiment the two differ by the size of the whole test.

    Bad:
        experiment: {baseline: 5%, effect: -10%}

    Good:
        experiment: {baseline: 5%, effect: -10% relative}

    Source: OKR template, on absolute and relative form.
    """
    effect, base = case.number("experiment.effect"), _start(case)
    if effect is None or base is None or (effect.unit or "").strip() != "%":
        return
    if not base.percent and (base.unit or not 0 < base.number < 1):
        return
    points = abs(effect.number * base.number * 100)
    sign = "-" if effect.number < 0 else "+"
    yield Said(
        path="experiment.effect",
        message=f"The effect is {said(effect)} of a share of {said(base)}; it is read as a part of the baseline.",
        remedy=f"Write {said(effect)} relative, or {sign}{figure(points)} points, whichever is meant.",
    )


@rule("VE410", "warning", requires=("VE106",))
def power_too_low(case: Case) -> Iterator[Said]:
    """Finds a power below 0.7.

    Why it matters: the test then misses an effect that is there more often than in three of ten cases, and what
    works is stopped. What it does find looks larger than it is.

    Bad:
        experiment: {power: 0.5}

    Good:
        experiment: {power: 0.8}

    Source: Cohen (1988), Statistical Power Analysis for the Behavioral Sciences; Gelman and Carlin (2014),
    Perspectives on Psychological Science.
    """
    reading = case.reading()
    power = reading.share("experiment.power", needed=False)
    alpha = reading.share("experiment.alpha", needed=False)
    # A power that is not above alpha cannot be, which another rule says.
    if power and (alpha.middle if alpha else _ALPHA) < power.middle < _LEAST_POWER:
        yield Said(
            path="experiment.power",
            message=f"The power is {power.middle:g}: an effect that is there is missed in "
            f"{1 - power.middle:.0%} of the tests.",
            remedy="Plan for 0.8 or more, with more units, more time or a larger effect.",
        )


@rule("VE411", "advice")
def before_and_after_without_control(case: Case) -> Iterator[Said]:
    """Finds an experiment that compares a time before with a time after.

    Why it matters: season, prices and everything else that changed in the meantime look like the model's work.
    Without a group that goes on as before the two cannot be told apart.

    Bad:
        experiment: {design: before and after}

    Good:
        experiment: {design: switchback}

    Source: Campbell and Stanley (1963), Experimental and Quasi-Experimental Designs for Research.
    """
    if case.at("experiment.design") == "before and after":
        yield Said(
            path="experiment.design",
            message="A comparison of before and after has no control: season and trend look like an effect.",
            remedy="Keep a group as it is, chosen by lot, or switch back and forth; else say what else changed.",
        )


def _start(case: Case) -> Quantity | None:
    """The baseline that the effect is measured from."""
    own = case.number("experiment.baseline")
    if own is not None or case.at("experiment.baseline") is not None:
        return own
    return case.number("goal.baseline") if tests_the_goal(case) else None


@dataclass(frozen=True, kw_only=True)
class _Planned:
    """The way that the tested metric is to go."""

    start: float
    end: float
    baseline: Quantity
    whose: str  # the goal, or the key of the metric
    move: str


def _planned(case: Case) -> _Planned | None:
    """From baseline to target: of the goal where it is tested, or else of the metric of that name."""
    if tests_the_goal(case):
        ends, base = ends_of(case), case.number("goal.baseline")
        if ends is None or base is None:
            return None
        return _Planned(
            start=ends[0], end=ends[1], baseline=base, whose="the goal", move=move_of(case)
        )
    named = case.text("experiment.metric")
    for layer in ("metrics.business", "metrics.adoption"):
        for path, entry in case.entries(layer):
            base, target = case.number(f"{path}.baseline"), case.number(f"{path}.target")
            scale = scale_to(target, base) if base and target else None
            if base and target and scale is not None and same(entry.name, named):
                end, move = target.number * scale, f"from {said(base)} to {said(target)}"
                return _Planned(start=base.number, end=end, baseline=base, whose=path, move=move)
    return None


def _same_start(case: Case, baseline: Quantity) -> bool:
    """Whether the experiment starts from where the metric stands: part of all people may stand elsewhere."""
    own = case.number("experiment.baseline")
    if own is None:
        return True
    scale = scale_to(own, baseline)
    return scale is not None and abs(own.number * scale - baseline.number) <= 0.05 * abs(
        baseline.number
    )


EXPERIMENT_DESIGN = (
    effect_differs_from_the_goal,
    experiment_tests_another_metric,
    success_metrics_uncorrected,
    bare_percent_effect,
    power_too_low,
    before_and_after_without_control,
)
