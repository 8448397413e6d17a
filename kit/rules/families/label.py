"""Step 5: a label that is defined, known in time and agreed on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.reading import said
from kit.brief import NotApplicable
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.periods import after
from kit.rules.vocabulary.sources import begin_alike, contents, label_sources, shared, words_of

# In the plural: a driver app and an agent log are systems.
_AT_WORK = (
    r"(?:technician|nurse|physician|radiologist|pathologist|inspector|driver|agent|moderator|editor|lawyer|teacher|"
    r"analyst|operator|engineer|mechanic|investigator|specialist|curator)"
)
_BY_PEOPLE = late(
    r"\b(?:annotat\w*|label+(?:l?ers?|ling)|readers?|raters?|experts?|reviewers?|judges?|judged|crowd\w*|"
    rf"{_AT_WORK}s|by (?:an? |the |our )?{_AT_WORK}|"
    r"by hand|manual\w*|vendors?|panel|paralegals?|clerks?|doctors?|(?:read|checked|counted|marked|sorted) by)\b",
    re.IGNORECASE,
)

_COUNTED = late(
    r"\b(?:count(?:ed|s)?|not judged|nobody judges|no (?:annotators?|people|persons?)|measured|automatic\w*|computed|"
    r"logged)\b",
    re.IGNORECASE,
)
_UNPAID = late(
    r"\b(?:volunteers?|unpaid|free of charge|(?:no|without) (?:extra|additional) (?:cost|time|work)|no extra)\b",
    re.IGNORECASE,
)


@rule("DA211", "warning", requires=("DA101", "DA109"))
def label_source_not_listed(case: Case) -> Iterator[Said]:
    """Looks for the label's source among the data sources; labels that people give are left alone.

    Why it matters: a source that is not in the list has no owner, no access and no history, and without its labels
    there is no model.

    Bad:
        data: {label: {source: court rulings, annotators: }}

    Good:
        data: {label: {source: chargebacks, annotators: }}

    Source: AI-PM guide, step 5.
    """
    source = case.text("data.label.source")
    words = words_of(source)
    if not words or case.text("data.label.annotators") or _BY_PEOPLE.search(source):
        return
    if not label_sources(case) and not any(
        shared(words, contents(one)) for _, one in case.entries("data.sources")
    ):
        yield Said(
            path="data.label.source",
            message=f'The label comes from "{source}", and no source of that name is listed.',
            remedy="List it, with owner, access and history, or use the name that it has in the list; if people "
            "judge it, name them as data.label.annotators.",
        )


@rule("DA212", "warning", requires=("DA110", "GO105"))
def label_later_than_the_date(case: Case) -> Iterator[Said]:
    """Adds the label's delay to the first day of use, and compares it with the goal's date.

    Why it matters: until the label is known nobody can say whether a prediction was right. If that is after the
    goal's date, the goal is missed or met in the dark.

    Bad:
        experiment:
        data: {label: {delay: 2 years}}

    Good:
        experiment:
        data: {label: {delay: 45 days}}

    Source: AI-PM guide, step 5.
    """
    key, by, delay = _start_key(case), case.day("goal.by"), case.number("data.label.delay")
    start = case.day(key)
    if not (start and by and delay) or start > by:
        return
    days = case.reading().duration("data.label.delay", needed=False)
    if days and days.low > (by - start).days:
        known = after(start, days.low)
        yield Said(
            path="data.label.delay",
            message=f"The label is known after {said(delay)}; counted from {key}, {start}, that is "
            f"{f'on {known}' if known else 'beyond the calendar'}, and the goal's date is {by}.",
            remedy="Find a label that is known earlier, or set a later date.",
        )


@rule("DA213", "advice", requires=("DA101", "DA109"))
def label_judged_without_agreement(case: Case) -> Iterator[Said]:
    """Asks how far people who judge the label agree with each other.

    Why it matters: where two people agree on nine cases in ten, some labels are wrong, and no model can be seen to
    be better than its labels. The agreement says where that limit lies.

    Bad:
        data: {label: {annotators: Fraud agents, agreement: }}

    Good:
        data: {label: {annotators: Fraud agents, agreement: 0.91}}

    Source: AI-PM guide, on the plan for annotation; the definition of agreement between annotators.
    """
    annotators = case.text("data.label.annotators")
    waved = _waved_off(case, "data.label.agreement")
    if (annotators or case.text("data.label.guidelines")) and any(
        case.gaps("data.label.agreement")
    ):
        message = "People judge the label, and nobody says how far they agree."
    elif annotators and waved and _COUNTED.search(waved):
        message = f'Agreement is said not to apply ("{waved}"), and people judge the label: "{annotators}".'
    else:
        return
    yield Said(
        path="data.label.agreement",
        message=message,
        remedy="Have two of them label the same 100 cases, and write down the share on which they agree.",
    )


@rule("DA214", "advice", requires=("DA113",))
def labels_for_free(case: Case) -> Iterator[Said]:
    """Finds labels at a cost of 0 although somebody is named who makes them, or pays for them.

    Why it matters: an hour of an expert costs the same whether or not it stands in a budget. Labels that are
    free on paper are the first to be put off.

    Bad:
        data: {label: {cost_each: 0, annotators: Fraud agents; Payments Risk pays}}

    Good:
        data: {label: {cost_each: 6 USD, annotators: Fraud agents; Payments Risk pays}}

    Source: AI-PM guide, on the plan for annotation.
    """
    cost, annotators = case.number("data.label.cost_each"), case.text("data.label.annotators")
    if cost and not any(cost.bounds) and annotators and not _UNPAID.search(annotators):
        yield Said(
            path="data.label.cost_each",
            message=f'A label is said to cost nothing, and people make it: "{annotators}".',
            remedy="Give the minutes it takes at the wage of those who judge; a guess will do.",
        )


@rule("DA215", "advice", requires=("DA109",))
def perfect_agreement(case: Case) -> Iterator[Said]:
    """Finds annotators who are said to agree on every case.

    Why it matters: people who judge the same cases apart from each other never agree on all of them. If they
    seem to, they saw each other's answers, or the hard cases were left out.

    Bad:
        data: {label: {agreement: 100%}}

    Good:
        data: {label: {agreement: 0.91}}

    Source: the definition of agreement between annotators; AI-PM guide, on the plan for annotation.
    """
    given = case.number("data.label.agreement")
    share = case.reading().share("data.label.agreement", needed=False) if given else None
    if given and share and share.low >= 1:
        yield Said(
            path="data.label.agreement",
            message=f"The agreement is {said(given)}: people who judge apart never agree on every case.",
            remedy="Have two of them label the same 100 cases, hard ones among them, without talking.",
        )


@rule("DA218", "advice", requires=("DA108", "HY104"))
def label_of_another_outcome(case: Case) -> Iterator[Said]:
    """Compares the words of the label's definition with those of the predicted outcome.

    Why it matters: the model learns its label, whatever the hypothesis says. Where the two have no word in
    common, they may well be two things, and nobody sees it in a score.

    Bad:
        data: {label: {definition: The card was replaced because it was worn out}}

    Good:
        data: {label: {definition: A payment with a chargeback for fraud within 45 days}}

    Source: AI-PM guide, steps 3 and 5.
    """
    outcome, definition = case.text("hypothesis.outcome"), case.text("data.label.definition")
    wanted, counted = words_of(outcome), words_of(definition)
    if wanted and counted and not shared(wanted, counted) and not begin_alike(wanted, counted):
        yield Said(
            path="data.label.definition",
            message=f'The label is "{definition.strip(" .")}", and "{outcome.strip(" .")}" is predicted: the '
            "two share no word.",
            remedy="Say it in the same words, or say how the label follows from the outcome.",
        )


def _waved_off(case: Case, key: str) -> str:
    """The reason for which a key of the label does not apply; empty where it does."""
    label = case.at("data.label")
    answer = getattr(label, key.rpartition(".")[2], None)
    return answer.reason if isinstance(answer, NotApplicable) else ""


def _start_key(case: Case) -> str:
    return "experiment.starts" if case.day("experiment.starts") else "decision.by"


LABEL = (
    label_source_not_listed,
    label_later_than_the_date,
    label_judged_without_agreement,
    labels_for_free,
    perfect_agreement,
    label_of_another_outcome,
)
