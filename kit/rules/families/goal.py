"""Step 1: numbers and dates of the goal that can be true together."""

from __future__ import annotations

from collections.abc import Iterator

from kit.appraisal.reading import said, scale_to
from kit.brief import Quantity
from kit.rules.case import Case
from kit.rules.language import way_of
from kit.rules.rule import Said, rule

_NUMBERS = ("GO103", "GO104")


@rule("GO201", "error", requires=_NUMBERS)
def target_equals_baseline(case: Case) -> Iterator[Said]:
    """Finds a target that is where the metric stands already.

    Why it matters: a goal that changes nothing is reached without a model.

    Bad:
        goal: {baseline: 5.0, target: 5%, unit: "%"}

    Good:
        goal: {baseline: 5.0, target: 4.5, unit: "%"}

    Source: AI-PM guide, step 1.
    """
    ends = ends_of(case)
    if ends and ends[0] == ends[1]:
        yield Said(
            path="goal.target",
            message=f"goal.target is {_said(case, 'goal.target')}, which is where the metric stands today.",
            remedy="Set the number to be reached, or look the baseline up again.",
        )


@rule("GO202", "warning", requires=_NUMBERS)
def target_on_the_wrong_side(case: Case) -> Iterator[Said]:
    """Compares the way from baseline to target with the way that the statement, or `better`, says.

    Why it matters: baseline and target that are swapped turn every figure of the brief round, from
    the size of the experiment to what counts as success.

    Bad:
        goal: {statement: Reduce monthly churn by 10% next quarter, unit: "%", baseline: 4.5, target: 5.0}

    Good:
        goal: {statement: Reduce monthly churn by 10% next quarter, unit: "%", baseline: 5.0, target: 4.5}

    Source: AI-PM guide, step 1.
    """
    ends, wanted = ends_of(case), _wanted(case)
    if ends is None or ends[0] == ends[1] or wanted is None:
        return
    way = "up" if ends[1] > ends[0] else "down"
    if way != wanted[0]:
        yield Said(
            path="goal.target",
            message=f"{wanted[1]} wants {case.text('goal.metric') or 'the metric'} to go {wanted[0]}, and "
            f"{move_of(case)} is {way}.",
            remedy="Swap the two, or mend the words.",
        )


@rule("GO205", "warning", requires=("GO105",))
def goal_date_past(case: Case) -> Iterator[Said]:
    """Compares the goal's date with today, and with the newest day on which one of its numbers was read.

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
    if by is None or case.brief.status == "decided":
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
    # With an experiment that begins on that day, its own check says so.
    told = any(fault.path == "decision.by" for fault in case.faults("contradiction"))
    if by and decided and decided > by and not told:
        yield Said(
            path="decision.by",
            message=f"The decision is asked for by {decided}, and the goal's date is {by}.",
            remedy="Ask for an earlier decision, or set a later date.",
        )


@rule("GO209", "error", requires=("GO107", "VE103"))
def worth_below_running_cost(case: Case) -> Iterator[Said]:
    """Compares the upper end of what the goal is worth with a year of the running cost.

    Why it matters: even if the goal were reached in full, the model would cost more than it brings.

    Bad:
        goal: {worth: {low: 40000, high: 90000, unit: USD/year}}
        value: {run_cost: 22000 USD/month}

    Good:
        goal: {worth: {low: 1.6e6, high: 2.3e6, unit: USD/year}}
        value: {run_cost: 22000 USD/month}

    Source: AI-PM guide, on return.
    """
    reading = case.reading()
    worth = reading.money("goal.worth", per="year", needed=False)
    cost = reading.money("value.run_cost", per="year", needed=False)
    if worth and cost and 0 < worth.high < cost.low:
        currency = reading.currency
        yield Said(
            path="goal.worth",
            message=f"Reaching the goal is worth at most {worth.high:,.0f} {currency} a year, and running "
            f"the model costs {cost.low:,.0f}.",
            remedy="Look for a cheaper way, or a larger goal.",
        )


def ends_of(case: Case) -> tuple[float, float] | None:
    """Baseline and target in one unit; None where one is missing, or they cannot be compared."""
    start, end = case.number("goal.baseline"), case.number("goal.target")
    scale = scale_to(end, start) if start and end else None
    if start is None or end is None or scale is None:
        return None
    return start.number, end.number * scale


def move_of(case: Case) -> str:
    """Baseline and target in words."""
    return f"from {_said(case, 'goal.baseline')} to {_said(case, 'goal.target')}"


def _said(case: Case, key: str) -> str:
    found = case.number(key)
    return said(found) if isinstance(found, Quantity) else "nothing"


def _wanted(case: Case) -> tuple[str, str] | None:
    """The way in which the metric is to go, and what says so."""
    metric = case.text("goal.metric").casefold()
    for path, entry in case.entries("metrics.business"):
        if entry.name.casefold() == metric and entry.better in ("higher", "lower"):
            return ("up" if entry.better == "higher" else "down"), f"{path}.better"
    way = way_of(case.brief.goal.statement)
    return (way, "The statement") if way else None


GOAL = (
    target_equals_baseline,
    target_on_the_wrong_side,
    goal_date_past,
    goal_date_before_decision,
    worth_below_running_cost,
)
