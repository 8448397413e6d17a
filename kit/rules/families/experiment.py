"""Step 4: whether the experiment ends in time, with units and outcomes that there are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kit.appraisal.reading import whole_days
from kit.appraisal.wording import whole
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.periods import DAY, interval_of, length
from kit.rules.vocabulary.wording import figure

if TYPE_CHECKING:
    from kit.appraisal import Need, Timing
    from kit.appraisal.effect import Effect

_RETRAINED = late(r"\W*retrained\s+", re.IGNORECASE)
# Words of a retraining that says which cases it learns from.
_SETTLED = late(
    r"\b(older|matur\w*|settled|closed|complete\w*|label\w*|outcomes?|known|delay\w*|lag\w*|"
    r"ripe|final|resolved)\b",
    re.IGNORECASE,
)
# "On the labels of that hour": the newest cases after all.
_NEWEST = late(
    r"\b(?:of|from|in|within) (?:that|this|the(?: (?:same|last|past|previous|latest))?) "
    r"(?:minute|hour|day|night|week|month)s?\b(?! before)",
    re.IGNORECASE,
)
_CENTURY = 36_525  # days
_LONGER = 1.1  # a month and 31 days are the same
# Of an hour, or of a route and day, there is always one more.
_RENEWED = late(
    r"\b(hour|day|night|shift|week|month|quarter|year|season|session|visit|trip)s?\b", re.IGNORECASE
)


@rule("VE401", "error", requires=("VE104", "GO105"))
def experiment_longer_than_the_date(case: Case) -> Iterator[Said]:
    """Works out how many units the effect takes, how long these take to come, and what is left to the date.

    Why it matters: a test that is stopped early most likely says "nothing found", also of a model that works.
    How long it takes can be worked out before the first line of code.

    Bad:
        experiment: {eligible_per_day: 300}

    Good:
        experiment: {eligible_per_day: 12000}

    Source: Bringing an AI product to market, on experiments; the definitions of significance and power of a test.
    """
    timing = case.appraisal.timing
    alone = timing.needs[0] if timing and timing.needs else None
    if timing is None or alone is None or timing.fits(alone) is not False:
        return
    yield Said(
        path="experiment",
        message=f"It cannot be decided by {timing.flow.deadline}: {_takes(timing, alone)}.",
        remedy=f"{_seen_by_then(timing)}, let more enter, or set a later date.",
    )


@rule("VE402", "warning", requires=("VE104", "GO105"))
def guardrails_or_looks_take_too_long(case: Case) -> Iterator[Said]:
    """Finds what else the experiment is to show, and cannot by the date though the effect alone can.

    Why it matters: on the day of the decision the guardrails are then "unclear", which ships nothing.
    Further success metrics, more looks and guardrails all take units of their own.

    Bad:
        experiment: {looks: 300, eligible_per_day: 700, margin: 0.1 points}

    Good:
        experiment: {looks: 2, eligible_per_day: 12000, margin: 0.3 points}

    Source: Bringing an AI product to market, on guardrails; Pocock (1977), Biometrika.
    """
    timing = case.appraisal.timing
    if timing is None or timing.fits(timing.needs[0] if timing.needs else None) is not True:
        return
    late = [need for need in timing.needs[1:] if timing.fits(need) is False]
    if late:
        needs = "; ".join(f"{need.label}, {_days(need.days)}" for need in late)
        there = timing.flow.days_available or 0
        yield Said(
            path="experiment",
            message=f"The effect alone can be seen by {timing.flow.deadline}, {there:,} days from the start. "
            f"Too late: {needs}.",
            remedy="Widen the margin, or the room from a guardrail's baseline to its limit where that is less; "
            "plan fewer looks or guardrails; or let more enter.",
        )


@rule("VE405", "warning", requires=("GO111",))
def experiment_starts_before_the_decision(case: Case) -> Iterator[Said]:
    """Compares the first day of the experiment with the day of the decision.

    Why it matters: a decision about something that is running already is not asked for in earnest. A test that
    is over by then, a shadow run, and a brief that is decided are left alone.

    Bad:
        decision: {by: 2027-01-29}
        experiment: {starts: 2027-01-11}

    Good:
        decision: {by: 2027-01-29}
        experiment: {starts: 2027-02-01}

    Source: Who owns the roadmap, on the decision window.
    """
    starts, decided = case.day("experiment.starts"), case.day("decision.by")
    if starts is None or decided is None or starts >= decided or case.is_decided:
        return
    if case.at("experiment.design") == "shadow" or _over_by(case, (decided - starts).days):
        return
    yield Said(
        path="experiment.starts",
        message=f"The experiment starts on {starts}, before the decision, which is asked for by {decided}.",
        remedy="Start after the decision, or ask for it earlier.",
    )


@rule("VE406", "advice")
def wait_longer_than_retraining(case: Case) -> Iterator[Said]:
    """Compares how often the model is retrained with how long an outcome takes to be known.

    Why it matters: the newest cases have no outcome yet when the model is trained again. Taken for "nothing
    happened", they teach it that new patterns are harmless. Retraining often is fine where the brief says
    which cases are learnt from.

    Bad:
        data: {retrain: weekly, label: {delay: 45 days}}

    Good:
        data: {retrain: "weekly, on payments older than 45 days", label: {delay: 45 days}}

    Source: AI-PM guide, step 3, on the wait, and stage 6, on retraining.
    """
    retrain = case.text("data.retrain")
    cadence = _cadence(retrain)
    if cadence is None or (_SETTLED.search(retrain) and not _NEWEST.search(retrain)):
        return
    reading = case.reading()
    for key in ("data.label.delay", "hypothesis.wait"):
        wait = reading.duration(key, needed=False)
        if wait is None:
            continue
        known = length(wait.middle)
        if wait.low > cadence * _LONGER:
            yield Said(
                path="data.retrain",
                message=f"The model is retrained every {length(cadence).removeprefix('1 ')}, and an outcome is "
                f"known after {known} ({key}): the cases of the last {known.removeprefix('1 ')} have none.",
                remedy=f"Say what is learnt from, for example only cases older than {known}, or which signal "
                "comes sooner.",
            )
        return


@rule("VE408", "advice", requires=("PR106",))
def more_units_than_there_are(case: Case) -> Iterator[Said]:
    """Compares the units that the arms take with how many the problem reaches.

    Why it matters: where there are fewer than the test takes, it has to wait for new ones, and those may
    behave in another way than the ones that are there.

    Bad:
        problem: {reach: 40000 card accounts}

    Good:
        problem: {reach: 400000 card accounts}

    Source: Bringing an AI product to market, on experiments.
    """
    unit = case.text("experiment.unit")
    if not unit or case.at("problem.reach") is None or _RENEWED.search(unit):
        return
    timing = case.appraisal.timing
    most = timing.most if timing else None
    if timing is None or most is None or not timing.flow.more_than_there_are(most.per_arm):
        return
    there = timing.flow.there
    yield Said(
        path="problem.reach",
        message=f"The {timing.flow.arms} arms take {whole(most.per_arm)} each ({most.label}), and problem.reach "
        f"counts {whole(there.high if there else 0)}.",
        remedy="Test a larger effect, widen the group, or say how many new ones come.",
    )


def _takes(timing: Timing, need: Need) -> str:
    """What a demand on the experiment takes, with the numbers it follows from."""
    flow, effect = timing.flow, timing.effect
    change = (
        f", to tell {_level(effect, effect.start)} from {_level(effect, effect.changed)},"
        if effect
        else ""
    )
    given = [f"unit: {timing.unit}"] if timing.unit else []
    given.append(f"{flow.arms} arms")
    if flow.per_day and not flow.uniques:
        given.append(f"{figure(flow.per_day.middle)} enter per day")
    if flow.wait and flow.wait.middle:
        given.append(f"the wait is {length(flow.wait.middle)}")
    return (
        f"{whole(need.per_arm)} per arm{change} take {_days(need.days)}, and "
        f"{flow.days_available:,} are there ({'; '.join(given)})"
    )


def _level(effect: Effect, value: float) -> str:
    if effect.is_share or effect.unit.startswith("%"):
        return f"{figure(value * 100)}%"
    return f"{figure(value, 4)} {effect.unit}".rstrip()


def _seen_by_then(timing: Timing) -> str:
    seen = timing.visible_plain
    if seen is None:
        return "Test a larger effect"
    effect = timing.effect
    size = f"{seen:.1%} of the baseline"
    if effect is not None and effect.sd is not None:
        share = effect.unit.startswith("%")
        unit = "points" if share else effect.unit
        size = f"{figure(seen * effect.sd * (100 if share else 1), 2)} {unit}".rstrip()
    return f"By then a change of {size} can be seen: test for that"


def _over_by(case: Case, days: int) -> bool:
    """Whether the experiment is known to end within so many days."""
    timing = case.appraisal.timing
    most = timing.most if timing else None
    return most is not None and most.days is not None and most.days <= days


def _cadence(text: str) -> float | None:
    """Days between two trainings, as the words begin; None where they name no time."""
    prefix = _RETRAINED.match(text)
    seconds = interval_of(text[prefix.end() :] if prefix else text)
    return seconds / DAY if seconds else None


def _days(days: float | None) -> str:
    """Days until the end, or that there is none."""
    if days is None or math.isinf(days):
        return "for ever, as too few new ones come after the first week"
    return "over 100 years" if days > _CENTURY else f"{whole_days(days):,} days"


EXPERIMENT = (
    experiment_longer_than_the_date,
    guardrails_or_looks_take_too_long,
    experiment_starts_before_the_decision,
    wait_longer_than_retraining,
    more_units_than_there_are,
)
