"""Step 4: waits, error rates and margins with which an experiment cannot tell what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.effect import gap_of
from kit.appraisal.reading import said, scale_to
from kit.brief import Guardrail, Quantity
from kit.brief.units import SECONDS, time_unit
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.periods import DAY, NUMBERS, OFTEN, after, length, number_of
from kit.rules.vocabulary.tested import tested_metric

_UNIT = r"(?P<unit>hour|day|week|month|quarter|year)s?"
_COUNT = rf"(?P<number>\d+|{'|'.join(NUMBERS)})"
# "monthly churn", but not "monthly plan" nor "annual recurring revenue".
_NOT_A_PERIOD = (
    r"(?!\s+(?:recurring|run|equivalent|plans?|subscri\w+|fees?|pass\w*|tickets?|contracts?|payments?|prices?|"
    r"salar\w+|incomes?|budgets?|reports?|meetings?|newsletters?|mix\w*|feeds?|lists?)\b)"
)
_PERIODS = (
    late(rf"\b(?P<often>{'|'.join(OFTEN)})\b{_NOT_A_PERIOD}", re.IGNORECASE),
    late(rf"\b{_COUNT}-{_UNIT}\b", re.IGNORECASE),
    late(rf"\bwithin {_COUNT} {_UNIT}\b", re.IGNORECASE),
    late(rf"\b(?:per|in an?|each|every) {_UNIT}\b", re.IGNORECASE),
)
_OF_THE_UNIT = late(r"(?:^|\band\s+|[-/])(?P<unit>hour|day|week|month|quarter)\s*$", re.IGNORECASE)
_NEARLY = 0.9  # of the period: four weeks are a month
_LARGE_ALPHA = 0.2
_WIDE = 0.2  # as a share: 20 points


@rule("VE412", "warning", requires=("VE109",))
def wait_shorter_than_the_metric(case: Case) -> Iterator[Said]:
    """Compares the experiment's wait with the period that the tested metric, or the unit, has in its name.

    Why it matters: nobody can have stayed for 30 days after one. What has not happened yet is counted as not
    happening, in both arms, and the effect looks smaller than it is.

    Bad:
        experiment: {metric: 45-day fraud losses per account, wait: 1 week}

    Good:
        experiment: {metric: 45-day fraud losses per account, wait: 45 days}

    Source: AI-PM guide, step 3, on the wait for the true outcome.
    """
    given = case.number("experiment.wait")
    wait = case.reading().duration("experiment.wait", needed=False) if given else None
    if given is None or wait is None:
        return
    metric, unit = tested_metric(case), case.text("experiment.unit")
    periods = [(_period(metric, _PERIODS), "tested metric", metric)]
    periods.append((_period(unit, (_OF_THE_UNIT,)), "unit", unit))
    for days, what, name in periods:
        if days is not None and wait.high < days * _NEARLY:
            yield Said(
                path="experiment.wait",
                message=f"The {what} is {name!r}, which takes {length(days)}, and the wait is {said(given)}.",
                remedy="Wait until the period is over, or test a metric that is known sooner.",
            )
            return


@rule("VE413", "warning", requires=("VE107",))
def alpha_too_large(case: Case) -> Iterator[Said]:
    """Finds an alpha above 0.2.

    Why it matters: alpha is how often a change that does nothing is taken for a success. From one in five on,
    a success says little, and what is shipped may do nothing at all.

    Bad:
        experiment: {alpha: 0.4}

    Good:
        experiment: {alpha: 0.05}

    Source: the definitions of significance and power of a test; Fisher (1925), Statistical Methods for Research
    Workers.
    """
    reading = case.reading()
    alpha = reading.share("experiment.alpha", needed=False)
    power = reading.share("experiment.power", needed=False)
    # A power that is not above alpha cannot be, which another rule says.
    if alpha and _LARGE_ALPHA < alpha.middle < (power.middle if power else 0.8):
        yield Said(
            path="experiment.alpha",
            message=f"Alpha is {alpha.middle:g}: a change that does nothing would count as an effect in "
            f"{alpha.middle:.0%} of the tests.",
            remedy="Take 0.05, or 0.1 where a wrong launch is cheap, and plan the units for it.",
        )


@rule("VE414", "warning", requires=("ME001",))
def margin_forgives_all(case: Case) -> Iterator[Said]:
    """Finds a margin of 20 points or more, or one that lets every guardrail of its unit halve or double.

    Why it matters: the margin is the loss that is agreed to do no harm. If it is as large as the metric, no
    damage is ever counted, and the guardrail is one in name only.

    Bad:
        experiment: {margin: 50 points}

    Good:
        experiment: {margin: 0.3 points}

    Source: Blackwelder (1982), Controlled Clinical Trials; Bringing an AI product to market, on guardrails.
    """
    margin = case.number("experiment.margin")
    if margin is None or "rel" in (margin.unit or ""):
        return
    gap = gap_of(margin)
    if gap is not None and gap >= _WIDE - 1e-9:
        told = "a guardrail may get worse by a fifth of all cases, and pass"
    else:
        reached = [
            (one, base, far)
            for path, one in case.entries("metrics.guardrails")
            if (base := case.number(f"{path}.baseline")) is not None
            and (far := _forgiven(one, base, margin, gap)) is not None
        ]
        if not reached or not all(far for _, _, far in reached):
            return
        one, base, _ = reached[0]
        worse = "halve" if one.better == "higher" else "double"
        told = f"{one.name!r} stands at {said(base)} and could {worse}, and pass"
    yield Said(
        path="experiment.margin",
        message=f"The margin is {said(margin)}: {told}.",
        remedy="Choose the largest loss that would really do no harm; how many units it takes follows from it.",
    )


@rule("VE417", "warning", requires=("GO105",))
def silent_run_past_the_goal(case: Case) -> Iterator[Said]:
    """Compares the first day of a silent run, and its first outcome, with the goal's date.

    Why it matters: a silent run comes before the launch, and the launch before the goal. What is known only
    after the date helps nobody to reach it. A brief that is decided is left alone.

    Bad:
        experiment: {design: shadow, starts: 2028-01-10}

    Good:
        experiment: {design: shadow, starts: 2027-02-01}

    Source: AI-PM guide, step 3, on the wait for the true outcome.
    """
    by, own = case.day("goal.by"), case.day("experiment.starts")
    start = own or case.day("decision.by")
    if case.text("experiment.design") != "shadow" or case.is_decided:
        return
    if by is None or start is None or (own is None and start > by):
        return  # a decision after the date is another rule's
    given = case.number("experiment.wait")
    wait = case.reading().duration("experiment.wait", needed=False) if given else None
    if start > by:
        yield _late(
            "experiment.starts", f"The silent run starts on {start}, and the goal's date is {by}."
        )
    elif given and wait and wait.low > (by - start).days:
        known = after(start, wait.low)
        message = (
            f"The silent run can start on {start} and waits {said(given)} for an outcome, "
            f"{f'until {known}' if known else 'beyond the calendar'}; the goal's date is {by}."
        )
        yield _late("experiment.wait", message)


def _late(path: str, message: str) -> Said:
    return Said(path=path, message=message, remedy="Start earlier, wait less, or set a later date.")


def _period(name: str, patterns: tuple[re.Pattern[str], ...]) -> float | None:
    """Days of the longest period that a name speaks of; None where it speaks of none."""
    found = [match for pattern in patterns for match in pattern.finditer(name)]
    return max((_days(match.groupdict()) for match in found), default=None)


def _days(said_as: dict[str, str | None]) -> float:
    often, unit = said_as.get("often") or "", said_as.get("unit") or ""
    period = time_unit(OFTEN.get(often.casefold(), unit)) or "day"
    return number_of(said_as.get("number")) * SECONDS[period] / DAY


def _forgiven(
    guardrail: Guardrail, base: Quantity, margin: Quantity, gap: float | None
) -> bool | None:
    """Whether the margin is as large as what it guards; None where the two are of different units."""
    if gap is not None and base.percent:
        loss = gap
    elif (
        gap is None and margin.unit and base.unit and (scale := scale_to(margin, base)) is not None
    ):
        loss = margin.number * scale
    else:
        return None
    if base.number <= 0:
        return None
    return loss >= base.number * (0.5 if guardrail.better == "higher" else 1.0)


EXPERIMENT_LIMITS = (
    wait_shorter_than_the_metric,
    alpha_too_large,
    margin_forgives_all,
    silent_run_past_the_goal,
)
