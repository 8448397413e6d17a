"""Step 5: sources that hold what is needed, when it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from kit.appraisal.number import Input
from kit.appraisal.reading import said
from kit.brief import DataSource
from kit.brief.units import SECONDS
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.periods import interval_of
from kit.rules.vocabulary.sources import (
    contents,
    label_sources,
    shared,
    texts_of_the_goal,
    words_of,
)

_PERSON = words_of(
    "user customer person people member subscriber client patient listener reader visitor player student pupil "
    "employee worker driver rider applicant volunteer passenger guest donor voter citizen tenant owner seller "
    "buyer shopper borrower policyholder caller household account viewer candidate teacher agent"
)
_SAME = 0.98  # 52 weeks are a year


@rule("DA201", "advice", requires=("DA101", "HY103"))
def entity_in_no_source(case: Case) -> Iterator[Said]:
    """Looks for what one prediction is about among the names and fields of the sources.

    Why it matters: a model that predicts for an invoice has to see invoices. Where no source names the thing,
    either a source is missing or nobody has said how to get from one to the other. It looks only where every
    source says what it holds.

    Bad:
        hypothesis: {entity: freight container}

    Good:
        hypothesis: {entity: online card payment}

    Source: AI-PM guide, step 5.
    """
    sources = [one for _, one in case.entries("data.sources")]
    wanted = words_of(case.text("hypothesis.entity"))
    if not wanted or not all(isinstance(one.holds, list) for one in sources):
        return
    if shared(wanted, _PERSON) and not all(one.personal is False for one in sources):
        return
    more = [one.format for one in sources if isinstance(one.format, str)]
    if not any(shared(wanted, contents(one)) for one in sources) and not shared(
        wanted, words_of(*more)
    ):
        yield Said(
            path="data.sources",
            message=f'A prediction is about "{case.text("hypothesis.entity")}", and no source says that it '
            "holds one.",
            remedy="Add the source, or the field under which it is known there.",
        )


@rule("DA202", "warning", requires=("DA101", "DA106", "DA109"))
def source_not_known_at_prediction(case: Case) -> Iterator[Said]:
    """Finds sources that are not known at the moment of prediction and serve neither label nor metric.

    Why it matters: what is written down after the outcome gives it away. In training the model reads it off, in
    use the field is empty. As label, or to measure the goal, such a source is right.

    Bad:
        data: {sources: [{}, {}, {name: case files, holds: [investigator, closing note], known_at_prediction: false}]}

    Good:
        data: {sources: [{}, {}, {name: case files, holds: [investigator, closing note], known_at_prediction: true}]}

    Source: Kaufman et al. (2012), Leakage in data mining.
    """
    late = [
        (path, one)
        for path, one in case.entries("data.sources")
        if one.known_at_prediction is False
    ]
    if not late:
        return
    entity = words_of(case.text("hypothesis.entity"))
    uses = _words_of_uses(case)
    labels = label_sources(case)
    for path, one in late:
        own = [word for word in contents(one) if not shared([word], entity)]
        if path not in labels and not shared(own, uses):
            key = f"{path}.known_at_prediction"
            message = "It is not known at the moment of prediction, and neither label nor metric comes from it."
            yield Said(
                path=key,
                message=case.about(message, key),
                remedy="Leave it out, or say which part of it is known in time, or what it measures.",
            )


@rule("DA203", "warning", requires=("DA101", "DA104", "DA106"))
def refresh_slower_than_serving(case: Case) -> Iterator[Said]:
    """Compares how often sources are updated with the freshness asked for, and with predictions in real time.

    Why it matters: a prediction that is made at once from yesterday's data is yesterday's prediction. Either
    the source has to be faster, or older data and batch would do, which is cheaper.

    Bad:
        hypothesis: {serving: real time}
        data: {sources: [{refresh: daily, quality: {freshness: 1 min}}]}

    Good:
        hypothesis: {serving: real time}
        data: {sources: [{refresh: live, quality: {freshness: 1 min}}]}

    Source: AI-PM guide, on production; OKR template, on data freshness.
    """
    known = [
        (path, one, interval_of(one.refresh))
        for path, one in case.entries("data.sources")
        if one.known_at_prediction is True
    ]
    stale = [_stale(case, *one) for one in known]
    if any(stale):
        yield from (one for one in stale if one)
        return
    if case.text("hypothesis.serving") != "real time":
        return
    told = [(often, one.refresh) for _, one, often in known if often is not None]
    if told and len(told) == len(known) and min(told)[0] >= SECONDS["day"]:
        yield Said(
            path="hypothesis.serving",
            message="Predictions are made in real time, and no source that they are made from is updated more "
            f"often than {min(told)[1]}.",
            remedy="Predict in batch, or name the source that says what has just happened.",
        )


def _stale(case: Case, path: str, source: DataSource, often: float | None) -> Said | None:
    """What to say of a source that is updated less often than its own freshness asks for."""
    key = f"{path}.quality.freshness"
    wanted = case.number(key)
    allowed = _duration(case, key, unit="s")
    if wanted is None or allowed is None or often is None or often <= allowed.high / _SAME:
        return None
    at_once = case.text("hypothesis.serving") == "real time"
    who = "predictions in real time need it" if at_once else "its own freshness wants it"
    message = f"It is updated {source.refresh}, and {who} no older than {said(wanted)}."
    return Said(
        path=f"{path}.refresh",
        message=case.about(message, path),
        remedy="Have it updated more often, or allow for older data.",
    )


def _duration(case: Case, key: str, *, unit: str = "day") -> Input | None:
    return case.reading().duration(key, unit=unit, needed=False) if case.number(key) else None


def _words_of_uses(case: Case) -> frozenset[str]:
    """The words of all that is measured: goal, metrics, groups to compare, label."""
    texts = [*texts_of_the_goal(case), case.text("experiment.metric")]
    texts += [case.text(f"data.label.{name}") for name in ("source", "definition")]
    for key in ("adoption", "business", "guardrails"):
        texts += [one.name for _, one in case.entries(f"metrics.{key}")]
    for path, _ in case.entries("metrics.fairness"):
        texts += [group.name for _, group in case.entries(f"{path}.groups")]
    return words_of(*texts)


DATA = (
    entity_in_no_source,
    source_not_known_at_prediction,
    refresh_slower_than_serving,
)
