"""Step 2: how many are affected, beside how many cases there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.naming import same_thing
from kit.appraisal.reading import Reading
from kit.brief.units import SECONDS, convert, split_rate
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late

_ROUNDING = 1.05
_IN_PART = late(
    r"%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+)\b|\bpilot\b",
    re.IGNORECASE,
)
_WHO = (
    r"(?:person|people|individual|human|patient|customer|consumer|client|subscriber|listener|viewer|reader|player|"
    r"member|user|shopper|buyer|student|pupil|applicant|candidate|employee|worker|agent|driver|rider|passenger|"
    r"traveller|guest|visitor|citizen|resident|tenant|borrower|cardholder|policyholder|claimant|donor|volunteer|"
    r"farmer|newcomer|household|families|family|account holder)s?"
)
_PERSONS = late(rf"(?:[\w-]+ ){{0,3}}{_WHO}", re.IGNORECASE)
# One person each, and no other: a post has many readers, and a ward many patients.
_ONE_EACH = late(
    r"(?:(?:online|card|mobile|web|app|user|customer|patient|home|insurance|loan|credit|job|first|new|weekly|daily|"
    r"personal|listening|viewing|browsing|streaming) ){0,3}"
    r"(?:payment|purchase|transaction|session|login|search|claim|application|prescription|examination|mix|playlist|"
    r"home screen|appointment|admission|enrolment|booking|basket|checkout|(?:tissue|blood|urine) sample)(?:s|es)?",
    re.IGNORECASE,
)
_NOTHING_SAID = late(
    r"(?:(?:forecast|prediction|score|case|row|item|recommendation|list|decision|result|output|sample)s?)?",
    re.IGNORECASE,
)


@rule("PR206", "warning", requires=("PR106",))
def reach_larger_than_the_volume(case: Case) -> Iterator[Said]:
    """Compares how many are affected with the cases that the value, or the experiment, counts.

    Why it matters: if 4,000 payments a month go wrong and the model sees 1,000, three in four are out of its
    reach, or one of the numbers is wrong. People are compared with cases only where each case is one person's,
    such as a payment or a session, and never with posts, zones or wards.

    Bad:
        problem: {reach: 5000000 payments/month}
        value: {volume: 4000000 payments/month}

    Good:
        problem: {reach: 4000 people/month}
        value: {volume: 4000000 payments/month}

    Source: arithmetic.
    """
    reach = case.number("problem.reach")
    thing, period = split_rate(reach.unit or "") if reach else ("", None)
    if not thing:
        return
    bound = _in_one_thing(case, thing, period) if period else None
    bound = bound or _in_persons(case, thing, period)
    if bound:
        yield Said(
            path="problem.reach",
            message=bound,
            remedy="Look both up again, or say in problem.who which part of them is meant.",
        )


def _in_one_thing(case: Case, thing: str, period: str) -> str | None:
    """What to say where more are affected than there are of the same thing."""
    reading = case.reading()
    key, most = _most(case, reading, thing, period)
    reached = reading.rate("problem.reach", per=period, needed=False) if most else None
    if reached is None or reached.low <= most * _ROUNDING:
        return None
    return f"The problem reaches {reached.low:,.0f} {thing} a {period}, and {key} allows for {most:,.0f} at most."


def _in_persons(case: Case, thing: str, period: str | None) -> str | None:
    """What to say where more people are affected than there are cases, each of which is one person's."""
    volume = case.number("value.volume")
    counted, per = split_rate(volume.unit or "") if volume else ("", None)
    if (
        volume is None
        or per is None
        or not _PERSONS.fullmatch(thing)
        or not _one_each(case, counted, period)
    ):
        return None
    # Whoever is met once a year may be affected every month, so the longer of the two times counts.
    longer = max((period or "year", per), key=lambda unit: SECONDS[unit])
    reading = case.reading()
    cases = reading.rate("value.volume", per=longer, needed=False)
    reach = reading.number("problem.reach", needed=False)
    if cases is None or reach is None or reach.low <= cases.high * _ROUNDING:
        return None
    each = f" a {period}" if period else ""
    return (
        f"The problem reaches {reach.low:,.0f} {thing}{each}, and value.volume is {cases.high:,.0f} "
        f"{counted or 'cases'} a {longer}: not even one for each."
    )


def _one_each(case: Case, counted: str, period: str | None) -> bool:
    """Whether a case is one person's, by what the volume counts or, where that says nothing, by the entity."""
    if not _NOTHING_SAID.fullmatch(counted):
        return bool(_PERSONS.fullmatch(counted) or (period and _ONE_EACH.fullmatch(counted)))
    first = re.split(
        r"\s*,\s*|\s+(?:and|or|per|in|of|on|for|at)\s+", case.text("hypothesis.entity").strip()
    )[0]
    return bool(_PERSONS.fullmatch(first) or (period and _ONE_EACH.fullmatch(first)))


def _most(case: Case, reading: Reading, thing: str, period: str) -> tuple[str, float]:
    """The key that bounds how many of a thing there are in a time, and the most; nothing where none does."""
    key = "value.volume"
    volume = case.number(key)
    counted, per = split_rate(volume.unit or "") if volume else ("", None)
    if per and same_thing(counted, thing):
        given = reading.rate(key, per=period, needed=False)
        return key, given.high if given else 0.0
    key = "experiment.eligible_per_day"
    # A pilot takes in a part of them, so its numbers bound nothing.
    part = _IN_PART.search(case.text("decision.asked"))
    if part or not same_thing(case.text("experiment.unit"), thing):
        return key, 0.0
    eligible = reading.count(key, needed=False)
    days = convert(1.0, unit="unit/day", to=f"unit/{period}")
    return key, eligible.high * days if eligible else 0.0


PROBLEM_REACH = (reach_larger_than_the_volume,)
