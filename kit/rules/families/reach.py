"""Step 4: what the model's targets take, in ranking, in labels and in labelled cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kit.appraisal.measures import metric_path
from kit.appraisal.ranking import NEARLY_PERFECT, in_nines
from kit.appraisal.reading import in_percent, said
from kit.appraisal.wording import whole
from kit.brief import Metric, Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.model_scores import AREAS, ERRORS, F_SCORES, LOSSES, RATES, named
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import figure, precise

if TYPE_CHECKING:
    from kit.appraisal import Scenario

_FEW = 0.001  # a rate below which it is told per million, too

_HIT = late(rf"\b(?:{RATES}|{F_SCORES}|{AREAS}|ndcg|hit rate|success@\d+)", re.IGNORECASE)
_MISS = late(
    rf"\b(?:{ERRORS}|{LOSSES}|error rate|misclassification|false[ -](?:positive|negative|alarm) rate)",
    re.IGNORECASE,
)


@rule("ME209", "warning")
def false_positive_rate_out_of_reach(case: Case) -> Iterator[Said]:
    """Works out the false-positive rate that precision, recall and prevalence leave, and the ranking it takes.

    Why it matters: where true cases are rare, a high precision leaves room for next to no wrong flag. 98% at a recall
    of 92%, with one case in a thousand true, is 19 wrong flags in a million other cases: hardly any model ranks so
    well.

    Bad:
        value: {prevalence: 0.1%, precision: 98%, recall: 92%}
        metrics: {model: [{target: 98%}, {target: 92%}]}

    Good:
        value: {prevalence: 2%, precision: 90%, recall: 80%}
        metrics: {model: [{target: 90%, ship_at: 80%}, {target: 80%}]}

    Source: Hanley (1988), Medical Decision Making, on the binormal model; the definitions of precision, recall and
    prevalence.
    """
    found, one = case.appraisal.coherence, _nearly_perfect(case)
    if found is None or found.prevalence is None or one is None:
        return
    at = one.auc.index(max(one.auc))
    share = (found.prevalence.low, found.prevalence.high)[at]
    yield Said(
        path=one.key,
        message=f"{precise(one.precision)} precision and {precise(one.recall)} recall, with a prevalence of "
        f"{in_percent(share)}, leave {_room(one.false_positive_rate[at])}. That takes a nearly perfect ranking, "
        f"with an AUC near {in_nines(one.auc[at])}.",
        remedy="Lower one of the two, or show on data that it can be reached.",
    )


@rule("ME210", "warning")
def precision_below_prevalence(case: Case) -> Iterator[Said]:
    """Compares the precision with the share of true cases.

    Why it matters: flags that are drawn by lot are right as often as cases are true. A model that is right less often
    is worse than drawing lots, or one of the two numbers is wrong.

    Bad:
        value: {prevalence: 30%, precision: 20%, recall: 10%}
        metrics: {model: }

    Good:
        value: {prevalence: 30%, precision: 40%, recall: 10%}
        metrics: {model: }

    Source: the definitions of precision and prevalence.
    """
    found = case.appraisal.coherence
    if found is None or found.prevalence is None:
        return
    least = found.prevalence.low
    below = [one for one in found.scenarios if one.precision < least]
    if below:
        one = found.leading if found.leading in below else below[0]
        yield Said(
            path=one.key,
            message=f"The precision of {in_percent(one.precision)} is below the prevalence of {in_percent(least)}: "
            "cases flagged by lot would be right more often.",
            remedy="Look the two up again; the prevalence is the share of true cases among all.",
        )


@rule("ME212", "warning", requires=("ME101",))
def data_too_small_for_the_targets(case: Case) -> Iterator[Said]:
    """Counts the labelled cases that it takes to tell the targets from their ship-at, and those that are there.

    Why it matters: with too few, a model below ship-at looks like one that has reached the target, and the other way
    round. More data then costs less than a wrong launch.

    Bad:
        data: {sources: [{volume: 2000 rows}, {volume: }, {volume: }]}

    Good:
        data: {sources: [{volume: 4000000 rows}, {volume: }, {volume: }]}

    Source: Fleiss (1981), Statistical Methods for Rates and Proportions.
    """
    if not named(case, "precision", "recall") or case.at("data.sources") is None:
        return
    reading = case.reading()
    for one in case.appraisal.evidence.sizes:
        path = metric_path(reading, one.measure)
        if one.holds is False and path and one.needed is not None and one.available is not None:
            yield Said(
                path=f"{path}.target",
                message=f"A {one.label}, takes {whole(one.needed)} {one.counted} to test on; the data holds "
                f"{whole(one.available)}.",
                remedy="Plan for more labelled cases, or set target and ship-at further apart.",
            )


@rule("ME213", "warning", requires=("ME101",))
def target_above_the_ceiling(case: Case) -> Iterator[Said]:
    """Compares a score's target with what a perfect model would score against labels as noisy as these.

    Why it matters: where people do not agree on the label, a part of the labels is wrong. A model that is always
    right is then counted wrong as often, and a higher target can only be reached by learning the mistakes.

    Bad:
        metrics: {model: [{}, {}, {name: accuracy, target: 99.95%}]}
        data: {label: {agreement: 91%}}

    Good:
        metrics: {model: [{}, {}, {name: accuracy, target: 99.95%}]}
        data: {label: {agreement: 99.99%}}

    Source: Angluin and Laird (1988), Machine Learning.
    """
    if case.at("data.label.agreement") is None or not named(case, "accuracy"):
        return
    for one in case.appraisal.ceilings.rows:
        if one.holds is False and one.key is not None and one.wanted is not None:
            yield Said(
                path=one.key,
                message=f"{precise(one.wanted)} is wanted, and a perfect model reaches {in_percent(one.reach)} "
                f"of {one.name}: {one.because}.",
                remedy="Lower the target, or mend the guidelines until annotators agree more often.",
            )


@rule("ME216", "warning", requires=("ME101",))
def perfect_score_promised(case: Case) -> Iterator[Said]:
    """Finds scores that are to reach 100%, and errors that are to fall to 0.

    Why it matters: no model is always right, and no sample can show one: after 300 cases without a mistake, one in a
    hundred may still be wrong. Whoever was promised it will count the first mistake as a failure.

    Bad:
        metrics: {model: [{}, {}, {name: F1, baseline: 58%, target: 100%}]}

    Good:
        metrics: {model: [{}, {}, {name: F1, baseline: 58%, target: 90%}]}

    Source: Hanley and Lippman-Hand (1983), If Nothing Goes Wrong, Is Everything All Right?
    """
    found = [
        (f"{path}.{key}", metric.name, getattr(metric, key))
        for path, metric in case.entries("metrics.model")
        if (key := next((key for key in ("target", "ship_at") if _perfect(metric, key)), None))
    ]
    told = set(_told_already(case)) if found else set()
    for path, name, given in found:
        if path not in told:
            yield Said(
                path=path,
                message=f"{name} is to be {said(given)}, which no model keeps up and no sample can show.",
                remedy="Set what the best path can reach, and say what happens to the cases that it gets wrong.",
            )


def _perfect(metric: Metric, key: str) -> bool:
    """Whether a number asks for a score of 100%, or for no error at all."""
    given = getattr(metric, key)
    if not isinstance(given, Quantity):
        return False
    if given.bounds == (0.0, 0.0):
        return bool(_MISS.search(metric.name)) and metric.better != "higher"
    plain = given.percent or not given.unit
    return plain and given.bounds == (1.0, 1.0) and _rates(metric)


def _rates(metric: Metric) -> bool:
    return bool(_HIT.search(metric.name)) and metric.better != "lower"


def _told_already(case: Case) -> Iterator[str]:
    """Keys of targets of which ME209 or ME213 says that they are out of reach."""
    if one := _nearly_perfect(case):
        yield one.key
    if case.at("data.label.agreement") is not None and named(case, "accuracy"):
        yield from (
            one.key for one in case.appraisal.ceilings.rows if one.holds is False and one.key
        )


def _nearly_perfect(case: Case) -> Scenario | None:
    """The precision and recall that are aimed at, if they take a nearly perfect ranking."""
    found = case.appraisal.coherence
    one = found.leading if found and found.prevalence else None
    if one is None or one.measured or one.name == "today":  # it is reached already
        return None
    return one if max(one.auc) >= NEARLY_PERFECT else None


def _room(rate: float) -> str:
    """A false-positive rate as the PDF tells it."""
    if rate == 0:
        return "no room for any wrong flag"
    few = f" ({figure(rate * 1e6, 2)} in a million other cases)" if rate < _FEW else ""
    return f"a false-positive rate of {figure(rate * 100)}%{few}"


REACH = (
    false_positive_rate_out_of_reach,
    precision_below_prevalence,
    data_too_small_for_the_targets,
    target_above_the_ceiling,
    perfect_score_promised,
)
