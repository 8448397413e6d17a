"""Step 4: targets for accuracy and F1 beside what prevalence, precision and recall make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kit.appraisal.measures import measure
from kit.appraisal.number import Input
from kit.appraisal.reading import in_percent
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.model_scores import named
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import precise

if TYPE_CHECKING:
    from kit.appraisal import Scenario

_RARE = 0.1
_ACCURACY = late(
    r"(?:(?:the|overall|total|raw|plain|simple|model|classification|classifier|prediction|binary|test|"
    r"validation|offline|holdout|hold-out)\s+)*accuracy(?:\s+(?:score|rate|of the model|on the test set))?",
    re.IGNORECASE,
)


@rule("ME206", "warning", requires=("ME101",))
def accuracy_at_low_prevalence(case: Case) -> Iterator[Said]:
    """Finds a target for accuracy where nearly all cases are of one kind.

    Why it matters: where one case in a thousand is true, a model that never flags is right in 99.9% of cases and
    finds nothing. Accuracy hardly tells it from a good one; precision and recall do.

    Bad:
        metrics: {model: [{name: accuracy, baseline: 99.91%, target: 99.95%, ship_at: 99.93%}]}

    Good:
        metrics: {model: [{name: precision, baseline: 62%, target: 98%, ship_at: 94%}]}

    Source: the definitions of accuracy and prevalence; the no-information rate.
    """
    for path, name, target, trivial in _accuracies(case):
        if trivial[0] > 1 - _RARE and not _below_trivial(name, target, trivial):
            yield Said(
                path=path,
                message=f"{_without_a_model(case, trivial)}, so a target of {precise(target.middle)} for {name} "
                "says little.",
                remedy="Set targets for precision and recall instead.",
            )


@rule("ME207", "error", requires=("ME101",))
def accuracy_below_never_flagging(case: Case) -> Iterator[Said]:
    """Compares a target for accuracy with what is reached without looking at a case.

    Why it matters: the target is reached by a model that flags nothing, or everything. It cannot tell a model that
    works from none.

    Bad:
        metrics: {model: [{name: accuracy, baseline: 90%, target: 99%, ship_at: 95%}]}

    Good:
        metrics: {model: [{name: precision, baseline: 62%, target: 98%, ship_at: 94%}]}

    Source: the definitions of accuracy and prevalence; the no-information rate.
    """
    for path, name, target, trivial in _accuracies(case):
        if _below_trivial(name, target, trivial):
            yield Said(
                path=path,
                message=f"{_without_a_model(case, trivial)}: more than the target of {precise(target.middle)} "
                f"for {name}.",
                remedy="Set targets for precision and recall instead.",
            )


@rule("ME208", "warning", requires=("ME101",))
def scores_contradict(case: Case) -> Iterator[Said]:
    """Works out F1 and accuracy from precision and recall, and compares them with their own targets.

    Why it matters: precision, recall and prevalence settle both. A target beyond what they give will be missed by
    a model that reaches all the others.

    Bad:
        metrics: {model: [{}, {}, {name: F1, baseline: 58%, target: 99%, ship_at: 80%}]}

    Good:
        metrics: {model: [{}, {}, {name: F1, baseline: 58%, target: 90%, ship_at: 80%}]}

    Source: van Rijsbergen (1979), Information Retrieval.
    """
    found = case.appraisal.coherence if named(case, "f1", "accuracy") else None
    leading = found.leading if found else None
    if found is None or leading is None or leading.name in ("today", "ship at"):
        return
    for one in found.beyond:
        yield Said(
            path=one.key,
            message=f"A precision of {in_percent(leading.precision)} and a recall of {in_percent(leading.recall)}, "
            f"as {_aimed(leading)}, make {precise(one.follows)} of {one.name} at best, and the target is "
            f"{precise(one.wanted)}.",
            remedy="Lower the one, or raise the others.",
        )


def _accuracies(case: Case) -> Iterator[tuple[str, str, Input, tuple[float, float]]]:
    """Key, name and value of each target for accuracy, with the accuracy of the better of two models that do not look.

    That is at both ends of the prevalence, lower one first: flagging nothing, or everything.
    """
    reading = case.reading()
    for path, metric in case.entries("metrics.model"):
        if not _ACCURACY.fullmatch(metric.name.strip()):
            continue
        target = reading.share(f"{path}.target", needed=False)
        prevalence = reading.share("value.prevalence", needed=False)
        if target and prevalence and prevalence.high > 0:
            ends = sorted(max(end, 1 - end) for end in (prevalence.low, prevalence.high))
            crossed = prevalence.low < 0.5 < prevalence.high
            yield f"{path}.target", metric.name, target, (0.5 if crossed else ends[0], ends[1])


def _below_trivial(name: str, target: Input, trivial: tuple[float, float]) -> bool:
    """Whether a target is missed by no model; what is called otherwise than accuracy may be another measure."""
    return measure(name) == "accuracy" and target.high < trivial[0]


def _without_a_model(case: Case, trivial: tuple[float, float]) -> str:
    prevalence = case.reading().share("value.prevalence", needed=False)
    never = prevalence is None or prevalence.low < 0.5
    least, most = map(precise, trivial)
    ends = least if least == most else f"{least} to {most}"
    return f"A model that flags {'nothing' if never else 'everything'} is right in {ends} of cases"


def _aimed(scenario: Scenario) -> str:
    return "aimed for" if scenario.name == "target" else scenario.name


SCORES = (
    accuracy_at_low_prevalence,
    accuracy_below_never_flagging,
    scores_contradict,
)
