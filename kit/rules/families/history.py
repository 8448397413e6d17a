"""Step 5: sources that go back far enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.number import Input
from kit.appraisal.reading import said
from kit.brief import DataSource
from kit.brief.units import SECONDS, time_unit
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.model_paths import chosen_at
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.periods import DAY, NUMBERS, length, number_of
from kit.rules.vocabulary.sources import goal_sources, label_sources, shared, words_of
from kit.rules.vocabulary.wording import quoted

_SAME = 0.98  # 52 weeks are a year
_LONG_OF = late(
    rf"(?<![\w-])(?P<number>\d+(?:\.\d+)?|{'|'.join(NUMBERS)})\s+(?P<unit>days?|weeks?|months?|quarters?|years?)"
    r"(?:['’]s?)?\s+(?:of\s+)?(?P<what>[^,;.(]+)",
    re.IGNORECASE,
)
_NOT_HELD = late(
    r"\b(?:to be|will be|from now|first|collected|before|ago|later|ahead|old)\b", re.IGNORECASE
)


@rule("DA204", "warning", requires=("DA101", "DA105"))
def history_shorter_than_season(case: Case) -> Iterator[Said]:
    """Compares the history of the sources of label and goal with the season of the goal's metric.

    Why it matters: six months of a metric that goes up every December look like growth. Less than one cycle
    cannot tell a season from a trend.

    Bad:
        goal: {season: 1 year}
        data: {sources: [{}, {name: chargebacks, history: 7 months}]}

    Good:
        goal: {season: 1 year}
        data: {sources: [{}, {name: chargebacks, history: 5 years}]}

    Source: Bringing an AI product to market, on time and season.
    """
    cycle, season = case.number("goal.season"), _days(case, "goal.season")
    if cycle is None or season is None:
        return
    for path in sorted({**label_sources(case), **goal_sources(case)}):
        key = f"{path}.history"
        history, days = case.number(key), _days(case, key)
        if history and days and days.high < season.low * _SAME:
            message = f"It goes back {said(history)}, and goal.season is {said(cycle)}."
            yield Said(
                path=key,
                message=case.about(message, key),
                remedy="Look for older data, or say how the season is taken out.",
            )


@rule("DA221", "warning", requires=("DA101", "DA105", "DA106"))
def history_shorter_than_needed(case: Case) -> Iterator[Said]:
    """Compares the history of the sources with the wait for the outcome, and with what the chosen path's data say.

    Why it matters: where a source keeps ten days and the outcome is known after 45, no case has both, and nothing
    can be learnt from them. A path that needs a year of requests cannot be had from a month of them.

    Bad:
        hypothesis: {wait: 45 days}
        data: {sources: [{history: 10 days}]}

    Good:
        hypothesis: {wait: 45 days}
        data: {sources: [{history: 26 months}]}

    Source: AI-PM guide, step 5.
    """
    chosen = chosen_at(case)
    text = case.text(f"{chosen}.data") if chosen else ""
    wait = case.number("hypothesis.wait")
    if wait is None and not text:
        return
    waited = _days(case, "hypothesis.wait") if wait else None
    for path, one in case.entries("data.sources"):
        key = f"{path}.history"
        history = case.number(key)
        days = _days(case, key) if history else None
        if history is None or days is None or one.known_at_prediction is not True:
            continue
        asked = _asked(text, one)
        if wait and waited and days.high < waited.low * _SAME:
            what = f"hypothesis.wait is {said(wait)}: of no case both it and the outcome are known"
        elif asked and days.high < asked * _SAME:
            what = f"the chosen path needs {length(asked)}: {quoted(text)}"
        else:
            continue
        yield Said(
            path=key,
            message=case.about(f"It goes back {said(history)}, and {what}.", key),
            remedy="Look for older data, or keep it from now on and say when there will be enough.",
        )


def _asked(text: str, source: DataSource) -> float | None:
    """The days of a source that a path's data ask for: a year for "one year of requests"."""
    for found in _LONG_OF.finditer(text):
        unit = time_unit(found["unit"])
        named = shared(words_of(found["what"]), words_of(source.name))
        if unit and named and not _NOT_HELD.search(found["what"]):
            return number_of(found["number"]) * SECONDS[unit] / DAY
    return None


def _days(case: Case, key: str) -> Input | None:
    return case.reading().duration(key, needed=False)


HISTORY = (
    history_shorter_than_season,
    history_shorter_than_needed,
)
