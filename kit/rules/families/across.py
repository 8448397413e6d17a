"""Across the steps: one metric under one name, and one number wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator

from kit.appraisal.measures import measure
from kit.appraisal.number import Input
from kit.appraisal.reading import said
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.agreement import Figure, apart, disagree, figures, same_kind
from kit.rules.vocabulary.names import Earlier, plain

_WAITED = 0.1  # of a duration: four weeks and a month are one


@rule("AC201", "warning")
def metric_under_another_name(case: Case) -> Iterator[Said]:
    """Finds names of metrics that are nearly equal, wherever metrics are named.

    Why it matters: a metric is named once and referred to by that name. Under a second name it is counted a
    second time, by somebody else and in another way, and its baseline, experiment and guardrail are not found.

    Bad:
        experiment: {metric: quarterly blocked fraud}

    Good:
        experiment: {metric: fraud blocked per quarter}

    Source: AI-PM guide, step 1; Bringing an AI product to market, on agreeing on metrics.
    """
    earlier, places = Earlier(), dict[str, str]()
    for path, name in _names(case):
        if name in places:
            continue
        if near := earlier.nearly(name):
            yield Said(
                path=path,
                message=f'{path} is "{name}", and {places[near]} is "{near}": nearly the same name.',
                remedy="Use one name if it is one metric; if there are two, make the difference plain.",
            )
        earlier.add(name)
        places[name] = path


@rule("AC202", "warning")
def units_differ(case: Case) -> Iterator[Said]:
    """Finds a metric that stands in one place as a share, a time or money, and elsewhere as something else.

    Why it matters: two numbers of one metric that cannot be compared are numbers of two metrics. One of them
    will be reported against the target of the other.

    Bad:
        metrics: {business: [{name: fraud blocked per quarter, baseline: 55%}]}

    Good:
        metrics: {business: [{name: fraud blocked per quarter, baseline: 700000 USD}]}

    Source: arithmetic.
    """
    unit, metric = case.text("goal.unit"), plain(case.text("goal.metric"))
    known = {metric: ("goal.unit", unit)} if unit and metric else {}
    done: set[str] = set()
    for one in figures(case):
        first = known.setdefault(one.name, (one.path, said(one.given)))
        other = unit if first[0] == "goal.unit" else _unit_at(case, first[0])
        if one.place in done or same_kind(one.given.unit or "", other):
            continue
        done.add(one.place)
        if not any(fault.path in (one.path, first[0]) for fault in case.faults("unit")):
            yield Said(
                path=one.path,
                message=f"{one.path} is {said(one.given)}, and {first[0]} is {first[1]}: "
                f"the same metric, {one.called}, in units that cannot be compared.",
                remedy="Write both in one unit, or give the other metric a name of its own.",
            )


@rule("AC203", "warning")
def baselines_differ(case: Case) -> Iterator[Said]:
    """Compares the baselines of one metric, in the goal, among the metrics and in the experiment.

    Why it matters: the experiment is sized from one of them and success is counted from the other. Of two
    answers to "where do we stand today?" at least one is wrong, or is of another day.

    Bad:
        metrics: {business: [{name: fraud blocked per quarter, baseline: 900000 USD}]}

    Good:
        metrics: {business: [{name: fraud blocked per quarter, baseline: 700000 USD}]}

    Source: AI-PM guide, step 1.
    """
    remedy = "Take the one that was measured, with its day; or say in the name how the two differ."
    yield from _differing(case, "baseline", remedy)


@rule("AC204", "warning", requires=("GO101", "GO104"))
def targets_differ(case: Case) -> Iterator[Said]:
    """Compares the targets of one metric, in the goal and among the metrics.

    Why it matters: a result between the two is a success to one reader and a failure to the other, and the
    decision table cannot say which.

    Bad:
        metrics: {business: [{name: fraud blocked per quarter, target: 1500000 USD}]}

    Good:
        metrics: {business: [{name: fraud blocked per quarter, target: 1200000 USD}]}

    Source: AI-PM guide, step 1; OKR template.
    """
    yield from _differing(case, "target", "Agree on one target, and write it in the goal.")


@rule("AC205", "warning", requires=("HY105",))
def waits_differ(case: Case) -> Iterator[Said]:
    """Compares the waits for one outcome: until it is known, until it is a label, until a test can count it.

    Why it matters: the wait decides how old the newest training data are and how long a test takes. A test
    that stops waiting before the outcome is known counts what has not happened yet as not happening.

    Bad:
        hypothesis: {wait: 45 days}
        data: {label: {delay: 10 days}}

    Good:
        hypothesis: {wait: 45 days}
        data: {label: {delay: 45 days}}

    Source: AI-PM guide, steps 3 and 5.
    """
    reading = case.reading()
    wait = reading.duration("hypothesis.wait", needed=False)
    delay = reading.duration("data.label.delay", needed=False)
    tested = reading.duration("experiment.wait", needed=False)
    if wait and delay and _apart(case, wait, delay):
        yield _waits(case, "data.label.delay", "Say how long it takes, once for both.")
    if wait and tested and tested.high < (1 - _WAITED) * wait.low and _tests_a_model(case):
        yield _waits(case, "experiment.wait", "Wait in the test until the outcome is known.")


def _names(case: Case) -> Iterator[tuple[str, str]]:
    """Every place that names a metric, with the name, in the order of the brief."""
    places = ["goal.metric", "hypothesis.expected.metric"]
    places += [f"{path}.name" for path, _ in case.metrics(guardrails=True)]
    for path, _ in case.entries("metrics.gaming"):
        places += [f"{path}.metric", f"{path}.guardrail"]
    places += [f"{path}.measure" for path, _ in case.entries("metrics.fairness")]
    places += ["experiment.metric"]
    places += [path for path, _ in case.entries("experiment.success_metrics")]
    return ((place, name) for place in places if (name := case.text(place)))


def _unit_at(case: Case, path: str) -> str:
    found = case.number(path)
    return (found.unit or "") if found else ""


def _differing(case: Case, role: str, remedy: str) -> Iterator[Said]:
    """What to say of numbers that differ from the first of the same metric and role."""
    first: dict[str, Figure] = {}
    for one in figures(case):
        if one.role != role:
            continue
        other = first.setdefault(one.name, one)
        if other is not one and disagree(one.readings, other.given):
            yield Said(
                path=one.path,
                message=f"{one.path} is {said(one.given)}, and {other.path} is {said(other.given)}: "
                f"both are of {one.called}.",
                remedy=remedy,
            )


def _waits(case: Case, key: str, remedy: str) -> Said:
    wait, other = case.at("hypothesis.wait"), case.at(key)
    message = f"hypothesis.wait is {said(wait)}, and {key} is {said(other)}."
    return Said(path=key, message=message, remedy=remedy)


def _apart(case: Case, wait: Input, delay: Input) -> bool:
    """Whether the outcome is known at another time than the label."""
    if case.at("hypothesis.task") != "forecasting":
        return apart(wait.bounds, delay.bounds, share=_WAITED)
    # A forecast waits from the day it is made, its label from the day that it is about: never longer.
    return wait.high < (1 - _WAITED) * delay.low


def _tests_a_model(case: Case) -> bool:
    """Whether what the experiment tests, or a silent one is judged by, is one of the model's metrics."""
    tested = [case.text("experiment.metric")]
    if case.at("experiment.design") == "shadow":
        tested += [name for _, name in case.entries("experiment.success_metrics")]
    own = {measure(metric.name) for _, metric in case.entries("metrics.model")}
    return any(measure(name) in own for name in tested)


ACROSS = (
    metric_under_another_name,
    units_differ,
    baselines_differ,
    targets_differ,
    waits_differ,
)
