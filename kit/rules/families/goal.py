"""Step 1: numbers and dates of the goal that can be true together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.reading import said
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.aim import counts_the_rest, ends_of, in_percent_of, move_of
from kit.rules.vocabulary.language import levels_in, way_of
from kit.rules.vocabulary.names import same
from kit.rules.vocabulary.patterns import late

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
    ends, target = ends_of(case), case.number("goal.target")
    if ends and target and ends[0] == ends[1]:
        yield Said(
            path="goal.target",
            message=f"goal.target is {said(target)}, which is where the metric stands today.",
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


@rule("GO212", "advice", requires=("GO103",))
def baseline_read_long_ago(case: Case) -> Iterator[Said]:
    """Finds a baseline that was read more than two years before the decision, or before today.

    Why it matters: a metric moves while nobody looks. From an old baseline the target may be reached already, or
    further away than it seems. A decided brief is held against the day of its decision.

    Bad:
        goal: {baseline: {value: 700000, on: 2016-09-30}}

    Good:
        goal: {baseline: {value: 700000, on: 2026-09-30}}

    Source: AI-PM guide, step 1: a baseline with its source and date.
    """
    baseline = case.number("goal.baseline")
    decided = case.day("decision.by")
    day = decided or (None if case.is_decided else case.today)
    if baseline is None or baseline.on is None or day is None:
        return
    years = (day - baseline.on).days / 365.25
    if years > _OLD:
        yield Said(
            path="goal.baseline.on",
            message=f"The goal's baseline was read on {baseline.on}, {years:.0f} years before "
            f"{f'the decision on {day}' if decided else f'today, {day}'}.",
            remedy="Look it up again, or say in its source why it still holds.",
        )


@rule("GO213", "warning", requires=("GO102", *_NUMBERS))
def target_of_perfection(case: Case) -> Iterator[Said]:
    """Finds a target of 100% of a share, or of 0 of something that is there today.

    Why it matters: the last cases are the dearest, and no model reaches all of them; a team that is held to
    perfection misses its goal however well it does. What people owe or can finish is left alone: accidents, duties by
    law, a backlog.

    Bad:
        goal: {statement: No fraud at all by the end of next year, metric: fraud lost per quarter, target: 0}

    Good:
        goal: {statement: Halve the fraud by the end of next year, metric: fraud lost per quarter, target: 350000}

    Source: Bringing an AI product to market, on fault tolerance: a model is wrong some of the time.
    """
    start, end = case.number("goal.baseline"), case.number("goal.target")
    if start is None or end is None or end.is_range or start.number <= 0:
        return
    whole = end.percent and end.number == 1 and start.number < 1
    if not whole and end.number != 0:
        return
    about = f"{case.text('goal.metric')} {case.brief.goal.statement} {end.source or ''}"
    if not (
        _OWED.search(about)
        or _FINISHED.search(about)
        or (_NO_SHARE if whole else _BALANCE).search(about)
    ):
        yield Said(
            path="goal.target",
            message=f"goal.target is {said(end)}, so a single case {'that is missed' if whole else 'too many'} "
            "misses the goal.",
            remedy="Set what can be reached by the date, or say which cases are meant and what they need.",
        )


_OLD = 2.0  # years
_OWED = late(
    r"\b(?:deaths?|dead|die|fatal\w*|kill\w*|injur\w*|accidents?|incidents?|near[- ]miss\w*|never events?|collisions?|"
    r"breach\w*|leaks? of|violations?|non-?complian\w*|complian\w*|infringements?|fines?|safety|hazard\w*|"
    r"laws?|legal\w*|regulat\w*|statut\w*|mandat\w*|obliged|obligat\w*|required|requirements?|licen[cs]es?|"
    r"net[- ]zero|carbon[- ]neutral|climate[- ]neutral)\b",
    re.IGNORECASE,
)
_FINISHED = late(
    r"\b(?:backlogs?|overdue|arrears|on paper|paper|by hand|manual\w*|fax\w*|legacy|old system|spreadsheets?|"
    r"cover(?:ed|age)|review(?:ed|s)?|check(?:ed|s)?|inspect(?:ed|ions?)|audit(?:ed|s)?|signed|document(?:ed|ation)|"
    r"trained|migrat\w*|digiti[sz]\w*|scanned|catalogued?|archived|encrypted|monitored|label(?:l?ed)|tagged|tested|"
    r"phas(?:e|ed|ing) out|retired?|decommission\w*|renewable\w*|recycl\w*)\b",
    re.IGNORECASE,
)
_NO_SHARE = late(  # these may be above 100%
    r"\b(?:revenue|sales|turnover|budget|plan(?:ned)?|cost recovery|return on|growth|index|of last year|net)\b",
    re.IGNORECASE,
)
_BALANCE = late(  # 0 is their middle, or where they are even
    r"\b(?:net|bias|deviations?|differences?|gap|balance|deficits?|loss(?:es)?|surplus|drift|change|debts?)\b",
    re.IGNORECASE,
)


def _wanted(case: Case) -> tuple[str, str] | None:
    """The way in which the metric is to go, and what says so."""
    metric = case.text("goal.metric")
    for path, entry in case.entries("metrics.business"):
        if entry.better in ("higher", "lower") and same(entry.name, metric):
            return ("up" if entry.better == "higher" else "down"), f"{path}.better"
    levels = levels_in(case.brief.goal.statement)
    if levels and counts_the_rest(case, levels):
        return None
    way = way_of(case.brief.goal.statement)
    if levels and levels.in_percent and in_percent_of(case):
        way = "up" if levels.end > levels.start else "down"
    return (way, "The statement") if way else None


GOAL = (
    target_equals_baseline,
    target_on_the_wrong_side,
    worth_below_running_cost,
    baseline_read_long_ago,
    target_of_perfection,
)
