"""Step 2: evidence that can carry the problem."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.reading import in_percent
from kit.brief.problem import Evidence
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late

_OPINION = late(
    r"\b(?:opinions?|anecdot\w*|assum\w*|gut|beliefs?|believed?|intuition|hunch\w*|hearsay|guess\w*|feelings?|"
    r"impressions?|common sense|brainstorm\w*|speculation|rumou?rs?|hypothes[ie]s|conviction|experience)\b",
    re.IGNORECASE,
)
_COUNTED = late(
    r"\b(?:surveys?|polls?|questionnaires?|interviews?|logs?|tickets?|data|analytics|audits?|usability|diary|"
    r"diaries|a/b|experiments?|tests?|time study|focus groups?|reviews|figures|records|observations?|cohort|"
    r"measurements?|statistics|sample|complaints|telemetry|field visits?|nps)\b",
    re.IGNORECASE,
)
_OF_OTHERS = late(
    r"\b(?:market|published|literature|benchmark|desk|press|industry|expert|academic)\b",
    re.IGNORECASE,
)
_SAYS_HOW_MANY = late(
    r"\b(?:of|among|from)\s+(?:(?:the|our|all|about|some)\s+)?(?:\d|(?:two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b)|\bn\s*=\s*\d",
    re.IGNORECASE,
)
_PERCENTAGE = late(
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
_CHANGE = late(r"\b(?:by|to|than|plus|minus|and|or)\s+(?:about\s+)?$", re.IGNORECASE)
_NO_SHARE = late(r"\b(?:average|mean|median|typically)\b", re.IGNORECASE)
_WIDE = 0.25  # of all: from 37% to 63% is a third, a half or nearly two thirds
_QUOTED = late(r'"[^"]*"|“[^”]*”|«[^»]*»')
_CLAIM = late(
    r"\b(?:on average|averages?|the (?:mean|median)|(?:mean|median) (?:is|was|of)|typically|"
    r"(?<!the )(?<!at )most(?: of)?(?= (?:the|them|our|all|people|\w+s)\b)|(?:the|a) majority|nearly all|"
    r"half(?! an? )|a (?:third|quarter|fifth|tenth) of(?! an? )|two thirds|three quarters|"
    r"every (?:second|third|fourth|fifth|tenth)|"
    r"one \w+ in (?:two|three|four|five|six|seven|eight|nine|ten|\d+)|"
    r"(?:one|two|three|four) in (?:three|four|five|six|seven|eight|nine|ten|\d+))\b",
    re.IGNORECASE,
)
_FEW = 5
_NUMBERS = late(
    r"\b(?:surveys?|polls?|questionnaires?|logs?|log files?|tickets?|data|files?|dataset|database|analytics|audits?|"
    r"a/b|experiments?|time study|figures|records|cohort|measurements?|statistics|telemetry|nps|reports?|metrics?|"
    r"counts?|billing|export|chargebacks|returns)\b",
    re.IGNORECASE,
)
_ASKED = (
    r"interview\w*|observ\w*|usability|shadowing|focus groups?|ethnograph\w*|verbatims?|in their own words|"
    r"free[- ]text|open(?:-ended)? (?:answers?|questions?)|comments?|think[- ]aloud|told us"
)
_VOICES = late(
    rf"\b(?:{_ASKED}|diary|diaries|field visits?|workshops?|quotes?|quotations?|letters?|conversations?|calls?|"
    r"complaints?|reviews|case stud(?:y|ies)|stories|opinions?|anecdotes?)\b",
    re.IGNORECASE,
)
_VOICE = late(rf"\b(?:{_ASKED})\b", re.IGNORECASE)


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

    Source: Wilson (1927), Journal of the American Statistical Association.
    """
    for path, entry in case.entries("problem.evidence"):
        if isinstance(entry.n, int):
            for fault in _faults(entry.finding, entry.n):
                yield Said(path=f"{path}.n", message=case.about(fault[0], path), remedy=fault[1])
                break


@rule("PR207", "advice", requires=("PR103",))
def average_of_a_few_cases(case: Case) -> Iterator[Said]:
    """Finds an average, a share or a "most" that rests on fewer than five cases.

    Why it matters: with three cases one more can turn the average, and "most" are two. They show that something
    happens, and not how often. A count that is told as it is, three of four, passes.

    Bad:
        problem: {evidence: [{kind: time study, finding: A flag takes 7 minutes on average, n: 3}]}

    Good:
        problem: {evidence: [{kind: time study, finding: "Three flags took 4, 6 and 11 minutes", n: 3}]}

    Source: AI-PM guide, step 2.
    """
    for path, entry in case.entries("problem.evidence"):
        found = _CLAIM.search(_QUOTED.sub("", entry.finding))
        few = isinstance(entry.n, int) and entry.n < _FEW
        if few and found and not any(_faults(entry.finding, entry.n)):
            message = f'It says "{found[0]}", and rests on {entry.n}.'
            yield Said(
                path=f"{path}.n",
                message=case.about(message, path),
                remedy="Look at more cases, or tell each of them as it was.",
            )


@rule("PR208", "advice", requires=("PR103", "PR203"))
def only_numbers_as_evidence(case: Case) -> Iterator[Said]:
    """Finds evidence that consists of counts alone: logs, tickets, surveys, data files.

    Why it matters: a count says how many and not why, and a survey offers only the answers that its authors
    thought of. Five conversations show which of several causes is meant.

    Bad:
        problem: {evidence: [{}, {kind: logs, finding: 62% are approved within a minute, source: log of May}]}

    Good:
        problem: {evidence: [{}, {kind: interviews, finding: Agents approve most flags out of habit, n: 9}]}

    Source: AI-PM guide, step 2: qualitative evidence beside quantitative.
    """
    entries = [entry for _, entry in case.entries("problem.evidence")]
    if entries and all(_counted_only(entry) for entry in entries):
        kinds = ", ".join(dict.fromkeys(entry.kind.casefold() for entry in entries))
        yield Said(
            path="problem.evidence",
            message=f"All the evidence is counted: {kinds}. Nobody was asked why.",
            remedy="Talk to five people who have the problem, and write down what they say.",
        )


def _is_opinion(kind: str) -> bool:
    return bool(_OPINION.search(kind)) and not _COUNTED.search(kind)


def _counted_only(entry: Evidence) -> bool:
    """Whether a finding is a count, and tells nothing that somebody said or was seen to do."""
    kind = entry.kind if isinstance(entry.kind, str) else ""
    if not _NUMBERS.search(kind) or _OF_OTHERS.search(kind):
        return False
    source = entry.source if isinstance(entry.source, str) else ""
    return not (_VOICES.search(kind) or _VOICE.search(f"{source} {entry.finding}"))


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


PROBLEM = (
    evidence_is_only_opinion,
    evidence_without_sample_size,
    sample_too_small_for_the_percentage,
    average_of_a_few_cases,
    only_numbers_as_evidence,
)
