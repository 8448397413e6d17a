"""Step 1: days that can still be met, in an order that makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule


@rule("GO205", "warning", requires=("GO105",))
def goal_date_past(case: Case) -> Iterator[Said]:
    """Compares the goal's date with today, and with the day on which its baseline was read.

    Why it matters: a date that is over cannot be met, and everything that is planned back from it is
    planned into the past. Worked examples and decided briefs are left alone.

    Bad:
        illustrative: false
        goal: {by: 2019-03-31}

    Good:
        illustrative: false
        goal: {by: 2190-03-31}

    Source: AI-PM guide, step 1.
    """
    by = case.day("goal.by")
    baseline = case.number("goal.baseline")
    read = baseline.on if baseline else None
    if by is None or case.is_decided:
        return
    if read is not None and by <= read:
        message = (
            f"The goal's date, {by}, is not after the day on which its baseline was read, {read}."
        )
    elif by < case.today and not case.brief.illustrative:
        message = f"The goal's date, {by}, is past."
    else:
        return
    yield Said(path="goal.by", message=message, remedy="Set a date that can still be met.")


@rule("GO206", "error", requires=("GO105", "GO111"))
def goal_date_before_decision(case: Case) -> Iterator[Said]:
    """Compares the goal's date with the day of the decision.

    Why it matters: what is decided after the goal's date cannot help to reach it.

    Bad:
        goal: {by: 2027-01-31}
        decision: {by: 2027-03-15}
        experiment:

    Good:
        goal: {by: 2027-12-31}
        decision: {by: 2027-03-15}

    Source: AI-PM guide, step 1.
    """
    by, decided = case.day("goal.by"), case.day("decision.by")
    if not (by and decided and decided > by):
        return
    # With an experiment that begins on that day, its own check says so.
    if all(fault.path != "decision.by" for fault in case.faults("contradiction")):
        yield Said(
            path="decision.by",
            message=f"The decision is asked for by {decided}, and the goal's date is {by}.",
            remedy="Ask for an earlier decision, or set a later date.",
        )


@rule("GO214", "warning", requires=("GO111",))
def decision_date_past(case: Case) -> Iterator[Said]:
    """Compares the day of the decision with today.

    Why it matters: the experiment begins with the decision, and ends as much later. Worked examples and decided
    briefs are left alone.

    Bad:
        illustrative: false
        decision: {by: 2019-03-31}
        experiment:

    Good:
        illustrative: false
        decision: {by: 2190-03-31}
        goal: {by: 2190-12-31}

    Source: Who owns the roadmap, on the decision window.
    """
    decided = case.day("decision.by")
    if decided is None or case.brief.illustrative or case.is_decided:
        return
    if decided < case.today:
        yield Said(
            path="decision.by",
            message=f"The decision was asked for by {decided}, which is past.",
            remedy="Ask for a new day, or set the status to decided and write what was decided.",
        )


GOAL_DATES = (goal_date_past, goal_date_before_decision, decision_date_past)
