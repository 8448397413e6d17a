"""Step 4: what people do with the results, and what they have time for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.reading import in_percent, said
from kit.brief import Quantity
from kit.brief.store import value_at
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import a_day, figure

_BY_ITSELF = late(
    r"\bautomat\w*|\bby itself\b|\bwithout (?:a|any) (?:person|human)\b", re.IGNORECASE
)
_DECIDING = frozenset({"decides", "approves", "can override"})
_SLACK = 1.02  # of the capacity: volume and capacity are both rounded


@rule("VE110", "advice", requires=("VE101",))
def capacity_missing(case: Case) -> Iterator[Said]:
    """Asks how many results the people behind them can handle, where people act on results or review them.

    Why it matters: a flag that nobody has time for brings nothing. How many there is time for often decides
    which precision is wanted, and how many people the plan needs.

    Bad:
        value: {capacity: }

    Good:
        value: {capacity: 5000 flags/month}

    Source: AI-PM guide, step 4.
    """
    kind = case.text("value.kind")
    handled = kind == "detection" or (
        kind == "assist" and _above_zero(case, "value.review_minutes")
    )
    if case.at("value") is None or not handled or not any(case.gaps("value.capacity")):
        return
    if case.text("hypothesis.control") != "none" and not _runs_by_itself(case):
        yield Said(
            path="value.capacity",
            message="It is not said how many results people can handle.",
            remedy="Give it, for example 3000/month, or say why it does not apply.",
        )


@rule("VE310", "advice", requires=("VE102", "HY107"))
def everyone_follows(case: Case) -> Iterator[Said]:
    """Finds a take-rate of 100%, or a range that reaches it, where a person decides, approves or can override.

    Why it matters: nobody follows a machine in every single case, and who does has stopped looking. The
    value then counts gains that will not come. What happens without a person is left alone.

    Bad:
        value: {take_rate: 100%}

    Good:
        value: {take_rate: 80% to 98%}

    Source: AI-PM guide, on accuracy, adoption and return; Parasuraman and Riley (1997), Human Factors.
    """
    taken, control = case.number("value.take_rate"), case.text("hypothesis.control")
    if taken is None or control not in _DECIDING or _runs_by_itself(case):
        return
    share = case.reading().share("value.take_rate", needed=False)
    if share and share.high >= 1:
        person = "the person" if control == "can override" else "a person"
        yield Said(
            path="value.take_rate",
            message=f"The take-rate is {said(taken)}, and {person} {control}: then nobody ever says no.",
            remedy="Give a range below 100%, from a pilot or from a tool that is used already.",
        )


@rule("VE311", "advice", requires=("VE101",))
def false_alarms_for_free(case: Case) -> Iterator[Said]:
    """Finds false alarms at a cost of 0 where errors are not tolerated, or where acting costs nothing either.

    Why it matters: if false alarms cost nothing, flagging everything is best. Somebody pays for them, be it
    a customer who is refused. Where acting has a cost and errors are tolerated, nothing on top may be right.

    Bad:
        value: {cost_false_positive: 0 USD}

    Good:
        value: {cost_false_positive: 35 USD}

    Source: Elkan (2001), The Foundations of Cost-Sensitive Learning; AI-PM guide, on the cost of errors.
    """
    cost = case.number("value.cost_false_positive")
    if cost is None or any(cost.bounds):
        return
    if case.text("hypothesis.errors.tolerance") == "intolerant":
        why = "errors are not tolerated (hypothesis.errors)"
    elif not _above_zero(case, "value.cost_action"):
        why = "acting on a flag costs nothing either"
    else:
        return
    yield Said(
        path="value.cost_false_positive",
        message=f"A false alarm is said to cost nothing, and {why}.",
        remedy="Give what it costs those whom it meets, and the time to set it right; a guess will do.",
    )


@rule("VE312", "warning", requires=("VE101", "VE110"))
def reviews_beyond_capacity(case: Case) -> Iterator[Said]:
    """Compares the results that people are to review with how many they can handle.

    Why it matters: what is not reviewed is either not used, or used unseen. Both are another product than the
    one in the brief.

    Bad:
        value: {capacity: 400 clauses/month}

    Good:
        value: {capacity: 6000 clauses/month}

    Source: AI-PM guide, step 4, on human review.
    """
    if case.text("value.kind") != "assist" or not _above_zero(case, "value.review_minutes"):
        return
    reading = case.reading()
    volume, room = (
        reading.rate(f"value.{name}", per="day", needed=False) for name in ("volume", "capacity")
    )
    if volume is None or room is None or not room.middle > 0:
        return
    taken = reading.share("value.take_rate", needed=False)
    reviewed = volume.middle * (taken.middle if taken else 1.0)
    if reviewed > room.high * _SLACK:
        part = f"at a take-rate of {in_percent(taken.middle)}, " if taken else ""
        yield Said(
            path="value.capacity",
            message=f"{figure(reviewed)} results a day are to be reviewed, {part}and the capacity is "
            f"{a_day(room.high, case.number('value.capacity'))}.",
            remedy="Say which come first and what happens to the rest, add people, or make the review shorter.",
        )


def _above_zero(case: Case, key: str) -> bool:
    found = case.number(key)
    return found is not None and found.number > 0


def _runs_by_itself(case: Case) -> bool:
    """Whether the brief says that nobody has to act for a result to take effect."""
    taken = case.at("value.take_rate")
    texts = [
        case.text("hypothesis.action"),
        taken.source or "" if isinstance(taken, Quantity) else "",
    ]
    texts += [
        said
        for key in ("take_rate", "capacity")
        if isinstance(said := value_at(case.tree, f"value.{key}"), str)
    ]
    return any(_BY_ITSELF.search(text) for text in texts)


VALUE_USE = (
    capacity_missing,
    everyone_follows,
    false_alarms_for_free,
    reviews_beyond_capacity,
)
