"""Step 2: evidence that can carry the problem, and a reach that the volume allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.naming import same_thing
from kit.appraisal.reading import Reading, in_percent
from kit.brief.units import convert, split_rate
from kit.rules.case import Case
from kit.rules.rule import Said, rule

_OPINION = re.compile(
    r"\b(?:opinions?|anecdot\w*|assum\w*|gut|beliefs?|believed?|intuition|hunch\w*|hearsay|guess\w*|feelings?|"
    r"impressions?|common sense|brainstorm\w*|speculation|rumou?rs?|hypothes[ie]s|conviction|experience)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:surveys?|polls?|questionnaires?|interviews?|logs?|tickets?|data|analytics|audits?|usability|diary|"
    r"diaries|a/b|experiments?|tests?|time study|focus groups?|reviews|figures|records|observations?|cohort|"
    r"measurements?|statistics|sample|complaints|telemetry|field visits?|nps)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:market|published|literature|benchmark|desk|press|industry|expert|academic)\b",
    re.IGNORECASE,
)
_SAYS_HOW_MANY = re.compile(
    r"\b(?:of|among|from)\s+(?:(?:the|our|all|about|some)\s+)?(?:\d|(?:two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b)|\bn\s*=\s*\d",
    re.IGNORECASE,
)
_PERCENTAGE = re.compile(
    r"(?P<about>(?:\b(?:about|around|roughly|nearly|almost|over|more than|at least|less than|fewer than|under|up to|"
    r"some|approximately)\s+|[~≈<>≥≤]\s*))?(?<![\d.,+\-−–])"
    r"(?P<number>\d{1,2}(?:\.\d+)?|100)\s?(?:%|percent\b|per cent\b)"
    r"(?!\)?[\s-]*(?:points?|pp|more|less|fewer|higher|lower|longer|shorter|faster|slower|larger|smaller|better|worse|"
    r"above|below|over|under|up|down|increase|decrease|rise|drop|fall|reduction|growth|discount|off|rate|per|an?|each|"
    r"confidence|ci|interval|percentile|of (?:\w+ )?(?:time|revenue|sales|turnover|costs?|budgets?|prices?|money|"
    r"spend\w*|income|value|hours|days?|weeks?|shifts?|effort|capacity|it)|of (?:their|his|her|its|my))\b)"
    r"(?:\)? of (?:(?:the|these|those|our|all) )*(?P<of>\d[\d,]*))?",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\b(?:by|to|than|plus|minus|and|or)\s+(?:about\s+)?$", re.IGNORECASE)
_NO_SHARE = re.compile(r"\b(?:average|mean|median|typically)\b", re.IGNORECASE)
_WIDE = 0.25  # of all: from 37% to 63% is a third, a half or nearly two thirds
_ROUNDING = 1.05
_IN_PART = re.compile(
    r"%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+)\b|\bpilot\b",
    re.IGNORECASE,
)


@rule("PR203", "warning", requires=("PR103",))
def evidence_is_only_opinion(case: Case) -> Iterator[Said]:
    """Finds evidence that consists of opinions, anecdotes and assumptions alone.

    Why it matters: those who want to build something believe in the problem, and each other. One finding from
    outside, be it of ten interviews, can prove them wrong; an opinion cannot.

    Bad:
        problem: {evidence: [{kind: opinion}, {kind: gut feeling}, {kind: anecdote}]}

    Good:
        problem: {evidence: [{kind: opinion}, {kind: interviews}]}

    Source: AI-PM guide, step 2.
    """
    kinds = [case.text(f"{path}.kind") for path, _ in case.entries("problem.evidence")]
    if not kinds or not all(map(_is_opinion, kinds)):
        return
    named = ", ".join(dict.fromkeys(kind.casefold() for kind in kinds))
    yield Said(
        path="problem.evidence",
        message=f"All the evidence is of one kind: {named}. Nothing was observed.",
        remedy="Ask five people who have the problem, or count how often it shows in the logs.",
    )


@rule("PR204", "advice", requires=("PR103",))
def evidence_without_sample_size(case: Case) -> Iterator[Said]:
    """Asks how many people or cases a finding rests on, where its kind is one that counts them.

    Why it matters: four of five and 800 of 1,000 are both 80%. The first would not surprise anybody if in
    truth it were a half.

    Bad:
        problem: {evidence: [{kind: survey, finding: Most of them gave up, n: }]}

    Good:
        problem: {evidence: [{kind: survey, finding: Most of them gave up, n: 612}]}

    Source: AI-PM guide, step 2.
    """
    for path in case.gaps("problem.evidence.*.n"):
        entry = path.removesuffix(".n")
        kind, finding = case.text(f"{entry}.kind"), case.text(f"{entry}.finding")
        if _counts(kind) and not _SAYS_HOW_MANY.search(finding):
            yield Said(
                path=path,
                message=case.about("It is not said how many it rests on.", path),
                remedy="Add n, the number of people or cases.",
            )


@rule("PR205", "warning", requires=("PR103",))
def sample_too_small_for_the_percentage(case: Case) -> Iterator[Said]:
    """Finds percentages that a sample cannot give, or can give only within 25 points.

    Why it matters: a percentage looks exact. Three of five are 60%, and the share among all may be anything
    from 23% to 88%; a decision that would be another at 23% should not rest on it.

    Bad:
        problem: {evidence: [{kind: interviews, finding: 60% of the agents approve unread, n: 5}]}

    Good:
        problem: {evidence: [{kind: interviews, finding: Three of five agents approve unread, n: 5}]}

    Source: Wilson (1927), Journal of the American Statistical Association 22:209.
    """
    for path, entry in case.entries("problem.evidence"):
        if isinstance(entry.n, int):
            for fault in _faults(entry.finding, entry.n):
                yield Said(path=f"{path}.n", message=case.about(fault[0], path), remedy=fault[1])
                break


@rule("PR206", "warning", requires=("PR106",))
def reach_larger_than_the_volume(case: Case) -> Iterator[Said]:
    """Compares how many are affected with the cases that the value, or the experiment, counts in the same thing.

    Why it matters: if 4,000 payments a month go wrong and the model sees 1,000, three in four are out of its
    reach, or one of the numbers is wrong. People and payments are not compared.

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
    if not thing or period is None:
        return
    reading = case.reading()
    key, most = _most(case, reading, thing, period)
    reached = reading.rate("problem.reach", per=period, needed=False) if most else None
    if reached and reached.low > most * _ROUNDING:
        yield Said(
            path="problem.reach",
            message=f"The problem reaches {reached.low:,.0f} {thing} a {period}, and {key} allows for "
            f"{most:,.0f} at most.",
            remedy="Look both up again, or say in problem.who which part of them is meant.",
        )


def _is_opinion(kind: str) -> bool:
    return bool(_OPINION.search(kind)) and not _COUNTED.search(kind)


def _counts(kind: str) -> bool:
    return bool(_COUNTED.search(kind)) and not _OF_OTHERS.search(kind)


def _faults(finding: str, n: int) -> Iterator[tuple[str, str]]:
    """What is wrong with the percentages of a finding, and what to do."""
    if _NO_SHARE.search(finding):
        return
    for found in _PERCENTAGE.finditer(finding):
        of_others = found["of"] and found["of"].replace(",", "") != str(n)
        if of_others or _CHANGE.search(finding[: found.start()]):
            continue
        wanted = float(found["number"]) / 100
        count = round(wanted * n)
        if not found["about"] and not _can_be(found["number"], n):
            nearest = f", the nearest is {count} of {n}, {in_percent(count / n)}" if n else ""
            yield (
                f"No count out of {n} gives {found['number']}%{nearest}.",
                "Look the count up, or give the number that the percentage is of.",
            )
        elif n:
            yield from _too_wide(found["number"], count, n)


def _too_wide(percent: str, count: int, n: int) -> Iterator[tuple[str, str]]:
    from kit.numbers.rates import wilson_interval

    low, high = (float(end) for end in wilson_interval(count, n))
    if high - low > _WIDE:
        ends = f"{in_percent(low)} to {in_percent(high)}"
        message = (
            f"{percent}% of {n} may be anything from {ends} (95% interval by Wilson's method)."
        )
        yield message, f"Ask more, or write {count} of {n} instead of a percentage."


def _can_be(percent: str, n: int) -> bool:
    """Whether some count out of n gives the percentage, be it rounded up or down."""
    _, _, decimals = percent.partition(".")
    step, wanted = 0.1 ** len(decimals), float(percent)
    nearest = round(wanted / 100 * n)
    return n > 0 and any(
        abs(count / n * 100 - wanted) < step * (1 - 1e-9)
        for count in (nearest - 1, nearest, nearest + 1)
        if 0 <= count <= n
    )


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


PROBLEM = (
    evidence_is_only_opinion,
    evidence_without_sample_size,
    sample_too_small_for_the_percentage,
    reach_larger_than_the_volume,
)
