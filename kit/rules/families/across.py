"""Across the steps: one metric under one name, and one number wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.measures import measure, metric_path
from kit.appraisal.qualities import quality_of
from kit.appraisal.reading import Input, in_percent, said
from kit.rules.agreement import Figure, apart, differ, disagree, figures, same_kind
from kit.rules.case import Case
from kit.rules.names import nearly_same, plain
from kit.rules.rule import Said, rule

_LAYERS = ("model", "adoption", "business", "guardrails")
_WAITED = 0.1  # of a duration: four weeks and a month are one
_ROUNDED = 0.005  # half a point, or half a percent of an error
_TODAY = re.compile(
    r"\btoday\b|\bstatus quo\b|\(current\)|^current (rules?|process|practice|system|model|method)\b",
    re.IGNORECASE,
)


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
    earlier: dict[str, str] = {}
    for path, name in _names(case):
        near = next((other for other in earlier if nearly_same(other, name)), None)
        if near and name not in earlier:
            yield Said(
                path=path,
                message=f'{path} is "{name}", and {earlier[near]} is "{near}": nearly the same name.',
                remedy="Use one name if it is one metric; if there are two, make the difference plain.",
            )
        earlier.setdefault(name, path)


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
    if wait and delay and apart(_ends(wait), _ends(delay), share=_WAITED):
        yield _waits(case, "data.label.delay", "Say how long it takes, once for both.")
    if wait and tested and tested.high < (1 - _WAITED) * wait.low and _tests_a_model(case):
        yield _waits(case, "experiment.wait", "Wait in the test until the outcome is known.")


@rule("AC210", "warning", requires=("HY113", "ME101"))
def path_differs_from_baseline(case: Case) -> Iterator[Said]:
    """Compares a model path that is named as today's way with the baselines of the model metrics.

    Why it matters: both say how good today's way is. What the model adds is counted from it, so the
    difference is a gain, or a loss, that nobody makes.

    Bad:
        hypothesis: {paths: [{name: the rules of today, quality: {recall: 70%}}]}

    Good:
        hypothesis: {paths: [{name: the rules of today, quality: {recall: 55%}}]}

    Source: Who owns the roadmap, on model paths.
    """
    reading = case.reading()
    for path, entry in case.entries("hypothesis.paths"):
        qualities = entry.quality if _TODAY.search(entry.name) else None
        for name, given in (qualities if isinstance(qualities, dict) else {}).items():
            key = f"{metric_path(reading, name)}.baseline"
            base = case.number(key)
            if base and differ(given, base):
                yield Said(
                    path=f"{path}.quality.{name}",
                    message=f"{entry.name} has {name} {said(given)}, and {key} is {said(base)}.",
                    remedy="Both are where one stands today: keep the one that was measured.",
                )


@rule("AC211", "warning", requires=("HY113", "VE309"))
def chosen_path_differs_from_value(case: Case) -> Iterator[Said]:
    """Compares the quality of the chosen path with the one that the value is worked out with.

    Why it matters: the money is that of a model which is not the one to be built. What the better path would
    bring is promised, and what the chosen one brings is delivered.

    Bad:
        hypothesis: {chosen: logistic regression on burst counts}

    Good:
        hypothesis: {chosen: gradient boosted trees}

    Source: Who owns the roadmap, on model paths.
    """
    chosen, kind = case.text("hypothesis.chosen"), case.text("value.kind")
    for path, entry in case.entries("hypothesis.paths") if chosen and kind else ():
        pairs = _both(case, kind, path) if entry.name == chosen else []
        wrong = [pair for pair in pairs if apart(_ends(pair[0]), _ends(pair[1]), share=_ROUNDED)]
        if wrong:
            has = ", ".join(_told(mine) for mine, _ in wrong)
            counted = ", ".join(_told(ours) for _, ours in wrong)
            yield Said(
                path=wrong[0][1].key,
                message=f"The chosen path, {chosen}, has {has}; the value counts with {counted}.",
                remedy="Take the path's numbers into the value, or choose the path that it is worked out for.",
            )
            return


def _names(case: Case) -> Iterator[tuple[str, str]]:
    """Every place that names a metric, with the name, in the order of the brief."""
    places = ["goal.metric", "hypothesis.expected.metric"]
    for layer in _LAYERS:
        places += [f"{path}.name" for path, _ in case.entries(f"metrics.{layer}")]
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


def _ends(given: Input) -> tuple[float, float]:
    return given.low, given.high


def _waits(case: Case, key: str, remedy: str) -> Said:
    wait, other = case.at("hypothesis.wait"), case.at(key)
    message = f"hypothesis.wait is {said(wait)}, and {key} is {said(other)}."
    return Said(path=key, message=message, remedy=remedy)


def _tests_a_model(case: Case) -> bool:
    """Whether what the experiment tests is one of the model's metrics."""
    own = {measure(metric.name) for _, metric in case.entries("metrics.model")}
    return measure(case.text("experiment.metric")) in own


def _both(case: Case, kind: str, path: str) -> list[tuple[Input, Input]]:
    """The qualities that a path names, each with the value's own."""
    reading = case.reading()
    found = []
    for name, mine in quality_of(reading, kind, path)[0].items():
        key = f"value.{name}"
        if name == "error_wanted":
            ours = reading.error(key, like="value.error_today")
        else:
            ours = reading.share(key, needed=False)
        found += [(mine, ours)] if ours else []
    return found


def _told(given: Input) -> str:
    """A quality in words: shares in percent, errors as they are."""
    ends = dict.fromkeys(_ends(given))
    numbers = (in_percent(end) if given.kind == "share" else f"{end:.3g}" for end in ends)
    return f"{given.name} {' to '.join(numbers)}"


ACROSS = (
    metric_under_another_name,
    units_differ,
    baselines_differ,
    targets_differ,
    waits_differ,
    path_differs_from_baseline,
    chosen_path_differs_from_value,
)
