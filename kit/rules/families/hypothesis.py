"""Step 3: a prediction that is needed, that is known in time, and that is measured as what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.reading import said
from kit.brief import Value
from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule
from kit.rules.vocabulary.model_paths import is_model
from kit.rules.vocabulary.model_scores import AREAS, ERRORS, F_SCORES, FALSE_RATES, FITS, RATES
from kit.rules.vocabulary.patterns import late


@gap("HY204", "warning", "hypothesis.alternatives.*.why_not", requires=("HY112",))
def alternative_untried() -> tuple[str, str]:
    """Asks of every alternative how far it gets.

    Why it matters: a simpler way that was not tried, or at least thought through, may be all that is
    needed. It is easier to explain, to approve and to keep running.

    Bad:
        hypothesis: {alternatives: [{why_not: }]}

    Good:
        hypothesis: {alternatives: [{why_not: Each new rule finds less than the one before.}]}

    Source: AI-PM guide, lifecycle stage 1.
    """
    return "It is not said why it would not do.", "Try it, and say how far it gets."


@rule("HY205", "warning", requires=("HY112",))
def no_simpler_alternative(case: Case) -> Iterator[Said]:
    """Finds a list of alternatives in which everything is a model.

    Why it matters: a model that is compared with models only always wins. The question is whether a rule,
    a form or a person would do.

    Bad:
        hypothesis:
          alternatives:
            - {name: random forest, kind: model, why_not: Less precise}
            - {name: graph network, kind: neural network, why_not: Too slow}
            - {name: score from the card network, kind: bought model, why_not: Weak on our frauds}

    Good:
        hypothesis: {alternatives: [{name: better rules, kind: rule, why_not: Each new one finds less.}]}

    Source: AI-PM guide, lifecycle stage 1; Who owns the roadmap, on model paths.
    """
    entries = [entry for _, entry in case.entries("hypothesis.alternatives")]
    if entries and all(is_model(entry.name, entry.kind) for entry in entries):
        names = ", ".join(entry.name for entry in entries)
        yield Said(
            path="hypothesis.alternatives",
            message=f"Every alternative is a model itself: {names}.",
            remedy="Add a rule, a process or a change of the page, and how far it gets.",
        )


@rule("HY211", "warning", requires=("HY105", "GO105", "GO111"))
def wait_longer_than_the_goal(case: Case) -> Iterator[Said]:
    """Compares the wait for the true outcome with the time from the decision to the goal's date.

    Why it matters: by the goal's date not one prediction could be checked. Whether the model helped would
    then be a matter of faith. Where the label's delay is too long as well, its own rule says so.

    Bad:
        hypothesis: {wait: 18 months}

    Good:
        hypothesis: {wait: 45 days}

    Source: AI-PM guide, step 3.
    """
    wait, asked = (
        case.reading().duration("hypothesis.wait", needed=False),
        case.number("hypothesis.wait"),
    )
    start, end = case.day("decision.by"), case.day("goal.by")
    if wait is None or asked is None or start is None or end is None or end <= start:
        return
    days = (end - start).days
    delay = case.reading().duration("data.label.delay", needed=False)
    if wait.low > days and (delay is None or delay.high <= days):
        yield Said(
            path="hypothesis.wait",
            message=f"The true outcome is known after {said(asked)}, and from the decision to the goal's date, "
            f"{start} to {end}, there are {days} days.",
            remedy="Predict something that is known sooner and leads to it, or set a later date.",
        )


@rule("HY212", "warning", requires=("HY102", "ME101"))
def task_and_metric_disagree(case: Case) -> Iterator[Said]:
    """Compares the kind of prediction with what its quality is measured by.

    Why it matters: a classifier has no average error in dollars, and a forecast no recall. One of the two
    words is not what is meant, and the team will build the other.

    Bad:
        metrics: {model: [{name: RMSE}, {name: mean absolute error}]}

    Good:
        metrics: {model: [{name: recall}, {name: Brier score}]}

    Source: the definitions of the measures; for rankings Cremonesi, Koren and Turrin (2010), Performance of
    Recommender Algorithms on Top-N Recommendation Tasks.
    """
    task = case.text("hypothesis.task")
    names = [entry.name for _, entry in case.entries("metrics.model")]
    strange, other = (_HITS, "classes") if task in _NUMBERS else (_ERROR, "a number")
    if task not in (*_CLASSES, *_NUMBERS) or not any(strange.match(name) for name in names):
        return
    if all(strange.match(name) or _WIDE[other].match(name) for name in names):
        yield Said(
            path="hypothesis.task",
            message=f"hypothesis.task is {task}, and every model metric is one for {other}: {', '.join(names)}.",
            remedy="Choose the task that is meant, or measure it by what people will notice.",
        )


@rule("HY213", "warning", requires=("HY102",))
def task_and_value_disagree(case: Case) -> Iterator[Said]:
    """Compares the kind of prediction with the way in which its value is worked out.

    Why it matters: value of kind detection pays for flags, that of kind regression for smaller errors. With
    the wrong one every figure in money belongs to another model.

    Bad:
        hypothesis: {task: generation}

    Good:
        hypothesis: {task: anomaly detection}

    Source: AI-PM guide, on return.
    """
    task, value = case.text("hypothesis.task"), case.at("value")
    if not task or not isinstance(value, Value) or value.kind in _KINDS.get(task, (value.kind,)):
        return
    if value.kind == "detection" and task in _NUMBERS and _flags(case):
        return
    unsaid = "" if "kind" in value.model_fields_set else ", as no kind is written"
    yield Said(
        path="value.kind",
        message=f"hypothesis.task is {task}, and the value is worked out as {value.kind}{unsaid}.",
        remedy=f"Write value.kind: {_KINDS[task][0]}, or choose the task that is meant.",
    )


_BEFORE = r"^\W*(?:(?:mean|average|median|weighted|macro|micro|test|validation|balanced)[ -]+)*"
_AFTER = r"(?:[ -]score)?(?:@\d+)?(?:\W*$|\s*[,(]|\s+(?:of|on|for|at|in|per|by)\b)"
_ERROR = late(
    f"{_BEFORE}(?:{ERRORS}|{FITS}|pinball loss){_AFTER}",
    re.IGNORECASE,
)
_HITS = late(
    # Accuracy is said of forecasts, too.
    f"{_BEFORE}(?!accuracy|balanced)(?:{RATES}|{F_SCORES}|{AREAS}|{FALSE_RATES}){_AFTER}",
    re.IGNORECASE,
)
_WIDE = {  # words that say nothing by themselves, and do not speak against the others
    "a number": late(f"{_BEFORE}error{_AFTER}", re.IGNORECASE),
    "classes": late(f"{_BEFORE}accuracy{_AFTER}", re.IGNORECASE),
}
_CLASSES = ("classification", "anomaly detection", "ranking", "recommendation")
_NUMBERS = ("regression", "forecasting")
_KINDS = {  # the usual one first
    "classification": ("detection", "assist"),
    "anomaly detection": ("detection", "assist"),
    "ranking": ("assist", "detection"),
    "recommendation": ("assist", "detection"),
    "extraction": ("assist", "detection"),
    "generation": ("assist",),
    "regression": ("regression", "assist"),
    "forecasting": ("regression", "assist"),
}
_FLAG = late(
    r"\b(?:flag\w*|alert\w*|alarm\w*|warn\w*|threshold\w*|above|below|exceed\w*|at risk|inspect\w*|held|stopped)\b",
    re.IGNORECASE,
)


def _flags(case: Case) -> bool:
    """Whether a predicted number is turned into flags."""
    keys = ("capability", "outcome", "action")
    return any(_FLAG.search(case.text(f"hypothesis.{key}")) for key in keys)


HYPOTHESIS = (
    alternative_untried,
    no_simpler_alternative,
    wait_longer_than_the_goal,
    task_and_metric_disagree,
    task_and_value_disagree,
)
