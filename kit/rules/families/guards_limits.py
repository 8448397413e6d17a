"""Step 4: guardrails whose limit guards nothing, or the wrong side."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from kit.appraisal.reading import said, scale_to
from kit.brief import Guardrail, Quantity
from kit.brief.units import split_rate
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.guardrails import is_broken
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import figure

_FAR = 5.0  # times
_FEW = 5  # so many in a time may be chance
_BUDGET = late(r"\b(?:latency|response time|load time|p9\d|uptime|availability)\b", re.IGNORECASE)
_AMOUNT = (
    r"^(?:(?:the|average|mean|median|longest|highest|total|share|number|rate|of|overall|weekly|monthly|daily|customer|"
    r"user|support|patients?|false|appointment)\s+)*"
)
_AFTER = r"(?:\s+rates?)?(?:$|\s*[,(]|\s+(?:of|for|about|per|by|from|in|at|to|on|after|before)\b)"
_BAD = late(
    rf"{_AMOUNT}(?:waits?|waiting times?|wait times?|complaints?|errors?|mistakes|churn|delays?|cancellations?|"
    rf"refunds?|crashes|incidents|accidents|injuries|deaths|outages|no-shows|"
    rf"false (?:positives|negatives|alarms)){_AFTER}",
    re.IGNORECASE,
)
_FINE = late(
    rf"{_AMOUNT}(?:satisfaction|retention|uptime|availability|survival|completion|approval|trust|net promoter score)"
    rf"{_AFTER}",
    re.IGNORECASE,
)
_TURNED = late(  # what turns a name round: "complaints answered within a day"
    r"\b(?:answered|solved|resolved|handled|closed|avoided|prevented|found|caught|detected|fixed|corrected|seen|"
    r"kept|met|fewer|less|below|under|within|without|free|no|not|reduc\w+|saved|lower|drop|decline|cut|lost|loss)\b",
    re.IGNORECASE,
)


@rule("ME313", "advice", requires=("ME107", "ME108", "ME115"))
def guardrail_that_never_binds(case: Case) -> Iterator[Said]:
    """Compares the limit of a guardrail with where it stands today: five times as far, or more.

    Why it matters: a limit so far off is crossed only after the harm is done. Until then it says that all is well, and
    the ways of gaming that it should show go on.

    Bad:
        metrics: {guardrails: [{limit: 1900 tickets/week, baseline: 190 tickets/week, better: lower}]}

    Good:
        metrics: {guardrails: [{limit: 200 tickets/week, baseline: 190 tickets/week, better: lower}]}

    Source: Bringing an AI product to market, on guardrails.
    """
    for path, one in case.entries("metrics.guardrails"):
        times = _room(one)
        if times >= _FAR:
            far = (
                "of which nothing is left there"
                if math.isinf(times)
                else f"{figure(times)} times as far"
            )
            yield Said(
                path=f"{path}.limit",
                message=f"{one.name} stands at {said(one.baseline)} today, and its limit is {said(one.limit)}, {far}.",
                remedy="Set the limit where harm begins, or say in the name why so much may be lost.",
            )


@rule("ME318", "warning", requires=("ME107", "ME115"))
def guardrail_the_wrong_way_round(case: Case) -> Iterator[Said]:
    """Compares which way is better for a guardrail with what its name says: more complaints, less satisfaction.

    Why it matters: the limit is then a floor where a ceiling is meant. The alarm stays silent while things get worse,
    and goes off when they get better.

    Bad:
        metrics: {guardrails: [{name: complaints about refused payments, baseline: 200 tickets/week, better: higher}]}

    Good:
        metrics: {guardrails: [{name: complaints about refused payments, baseline: 200 tickets/week, better: lower}]}

    Source: Bringing an AI product to market, on guardrails.
    """
    for path, one in case.entries("metrics.guardrails"):
        named = {"higher": _BAD, "lower": _FINE}.get(str(one.better))
        wrong = named and named.search(one.name.strip()) and not _TURNED.search(one.name)
        if wrong and not is_broken(one):  # where the baseline shows it, ME304 says so
            yield Said(
                path=f"{path}.better",
                message=f"{one.name}: {one.better} is said to be better.",
                remedy="Turn `better` round, or say in the name what is meant.",
            )


def _room(one: Guardrail) -> float:
    """How many times as far as today the limit lies; 0 where that cannot be said or is in order."""
    if not isinstance(one.baseline, Quantity) or not isinstance(one.limit, Quantity):
        return 0.0
    scale = scale_to(one.limit, one.baseline)
    if (
        scale is None
        or min(*one.baseline.bounds, *one.limit.bounds) < 0
        or _BUDGET.search(one.name)
    ):
        return 0.0
    low, high = (end * scale for end in one.limit.bounds)
    start = one.baseline.bounds
    few = bool(split_rate(one.limit.unit or "")[1]) and one.limit.bounds[1] <= _FEW
    if one.better == "lower":
        return low / start[1] if start[1] and not few else 0.0
    if one.better == "higher" and start[0]:
        return start[0] / high if high else math.inf
    return 0.0


GUARDS_LIMITS = (
    guardrail_that_never_binds,
    guardrail_the_wrong_way_round,
)
