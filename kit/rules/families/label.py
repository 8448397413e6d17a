"""Step 5: a label that is defined, known in time and agreed on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kit.appraisal.reading import said
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.sources import contents, label_sources, shared, words_of

_BY_PEOPLE = re.compile(
    r"\b(?:annotat\w*|label+(?:l?ers?|ling)|readers?|raters?|experts?|reviewers?|judges?|judged|crowd\w*|"
    r"by hand|manual\w*|vendors?|panel|paralegals?|clerks?|doctors?|(?:read|checked|counted|marked|sorted) by)\b",
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
            remedy="List it, with owner, access and history, or use the name that it has in the list.",
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
        yield Said(
            path="data.label.delay",
            message=f"The label is known after {said(delay)}; counted from {key}, {start}, that is "
            f"{_day(start, days.low)}, and the goal's date is {by}.",
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

    Source: Dawid & Skene (1979), Applied Statistics 28:20.
    """
    judged = case.text("data.label.annotators") or case.text("data.label.guidelines")
    if judged and any(case.gaps("data.label.agreement")):
        yield Said(
            path="data.label.agreement",
            message="People judge the label, and nobody says how far they agree.",
            remedy="Have two of them label the same 100 cases, and write down the share on which they agree.",
        )


def _start_key(case: Case) -> str:
    return "experiment.starts" if case.day("experiment.starts") else "decision.by"


def _day(start: dt.date, days: float) -> str:
    try:
        return f"on {start + dt.timedelta(days=days)}"
    except OverflowError:
        return "in no year that has a date"


LABEL = (
    label_source_not_listed,
    label_later_than_the_date,
    label_judged_without_agreement,
)
