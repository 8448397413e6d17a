"""Across the steps: where numbers are from, of which day, and what was never filled in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kit.brief import Quantity, Value
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import first_of

_OF_THE_EXPERIMENT = ("experiment.baseline", "experiment.eligible_per_day")
# Those of the value that usually weigh most, where the bridge cannot tell.
_WEIGHTY = ("volume", "prevalence", "benefit", "gain", "minutes_saved", "error_today", "cost_below")
_WIDEST = 3
_OPEN = (
    "defined",
    "decided",
    "determined",
    "done",
    "confirmed",
    "written",
    "filled in",
    "announced",
    "added",
)
_TO_BE = rf"to be (?:{'|'.join(_OPEN)})"
_MARK = rf"t\.?b\.?[dca]\.?|to ?do|fixme|x{{3,}}|\?{{2,}}|n\.\s?n\.|lorem ipsum|{_TO_BE}|<?placeholder>?"
_WHOLE = late(
    rf"(?:n/a:\s*)?[\[(<{{*_]*\s*(?:{_MARK}|insert [^\])>}}]{{1,40}} here|\.{{2,}}|…|[-–—_]{{1,3}}|\?)"
    rf"\s*[\])>}}*_]*[\s.!:]*|lorem ipsum\b.*",
    re.IGNORECASE | re.DOTALL,
)
_PART = late(
    rf"[\[(<{{]\s*(?:{_MARK})\s*(?:[:,–-][^\])>}}]*)?[\])>}}]|\bx{{1,3}}\s?%", re.IGNORECASE
)
_BEGUN = late(r"(?:TODO|TBD|TBC|FIXME)\s*(?:[:(,–-]|\b(?:by|with|after|until|when|once)\b)")


# Some part of every mark above, for a first look; and the length up to which a text may be only signs.
_MARKS = ("tbd", "tbc", "tba", "t.b", "tb.", "todo", "to do", "fixme", "xxx", "x%", "x %", "??", "n.n.", "n. n.",
          "lorem", "placeholder", "insert ", *(f"to be {word}" for word in _OPEN))  # fmt: skip
_SIGNS = 12


@rule("AC206", "warning")
def provenance_missing(case: Case) -> Iterator[Said]:
    """Finds numbers on which most hangs and which do not say where they are from.

    Why it matters: such a number counts as a guess. A reader who cannot tell what was measured from what was
    hoped for has to doubt all of it, or believes all of it.

    Bad:
        goal: {baseline: {from: , source: }}

    Good:
        goal: {baseline: {value: 700000, from: measured, source: chargeback report}}

    Source: Bringing an AI product to market, on data quality.
    """
    own = [f"value.{key}" for key in Value.model_fields]
    if not any(_unsaid(case, key) for key in ("goal.baseline", *_OF_THE_EXPERIMENT, *own)):
        return
    keys = ["goal.baseline", *_weighty(case), *_OF_THE_EXPERIMENT]
    stated = [key for key in keys if isinstance(case.at(key), Quantity)]
    unsaid = [key for key in stated if _unsaid(case, key)]
    if unsaid:
        few = f"{len(unsaid)} of the {len(stated)} numbers on which most hangs"
        yield Said(
            path=unsaid[0],
            message=f"No `from` at {few}: {first_of(unsaid)}.",
            remedy="Add `from: measured`, `benchmark`, `guess` or `target`; without it a number counts as a guess.",
        )


@rule("AC207", "advice")
def measured_without_source(case: Case) -> Iterator[Said]:
    """Finds numbers that are called measured, or a benchmark, and name no source.

    Why it matters: what was measured can be measured again, by somebody who knows where. Without the place it
    is as good as a guess, and looks better.

    Bad:
        metrics: {adoption: [{baseline: {from: measured, source: }}]}

    Good:
        metrics: {adoption: [{baseline: {from: measured, source: review log of the third quarter}}]}

    Source: Bringing an AI product to market, on data quality.
    """
    found = [
        path
        for path, node in case.nodes
        if isinstance(node, dict)
        and node.get("from") in ("measured", "benchmark")
        and {"value", "low"} & node.keys()
        and not node.get("source")
        and not (node["from"] == "measured" and path.endswith(".target"))  # AC213 speaks of it
        and _was_read(case, path)
    ]
    if found:
        are = "number is" if len(found) == 1 else "numbers are"
        yield Said(
            path=found[0],
            message=f"{len(found)} {are} called measured or a benchmark, without a source: {first_of(found)}.",
            remedy="Name the document, system or study as `source`, or call it a guess.",
        )


@rule("AC208", "warning")
def placeholder_left(case: Case) -> Iterator[Said]:
    """Finds texts that only keep a place: TBD, ???, lorem ipsum.

    Why it matters: the key looks answered, so nobody asks again, and the brief goes to its decider with a hole
    in it.

    Bad:
        decision: {decider: TBD}

    Good:
        decision: {decider: Chief Risk Officer}

    Source: AI-PM guide, step 1.
    """
    for path, text in _suspects(case):
        words = _placeholder(text)
        if words and _was_read(case, path):
            yield Said(
                path=path,
                message=f'"{words}" keeps the place of an answer.',
                remedy="Write the answer, or say that it does not apply and why.",
            )


@rule("AC212", "warning")
def dates_out_of_order(case: Case) -> Iterator[Said]:
    """Finds numbers that were read on a day to come, or after the goal's date.

    Why it matters: what will be read was not read. Either the day is a slip of the pen, or the number is a
    hope. Worked examples may lie in the future; their goal's date comes last all the same.

    Bad:
        metrics: {adoption: [{baseline: {"on": 2190-01-31}}]}

    Good:
        metrics: {adoption: [{baseline: {"on": 2026-09-30}}]}

    Source: arithmetic.
    """
    by = case.day("goal.by")
    for path, day in sorted(_days(case)):
        if day > case.today and not case.brief.illustrative:
            message = f"{path} was read on {day}, which is still to come."
        elif by and day > by and _comes_before_the_goal(case, path):
            message = f"{path} was read on {day}, after the goal's date, {by}."
        else:
            continue
        if _was_read(case, path):
            yield Said(path=f"{path}.on", message=message, remedy="Look the day up again.")


def _comes_before_the_goal(case: Case, path: str) -> bool:
    """Whether a number should be older than the goal's date; in an open brief, GO205 looks at the baseline."""
    is_baseline = path == "goal.baseline"
    measured_after = case.is_decided and not is_baseline
    told_elsewhere = is_baseline and not case.is_decided
    return not measured_after and not told_elsewhere


def _unsaid(case: Case, key: str) -> bool:
    found = case.at(key)
    return isinstance(found, Quantity) and found.from_ is None


def _weighty(case: Case) -> list[str]:
    """The inputs that move the value most; the usual ones where that cannot be worked out."""
    bridge = case.appraisal.bridge
    moves = [move for move in bridge.moves if move.swing.width > 0] if bridge else []
    return [move.input.key for move in moves[:_WIDEST]] or [f"value.{key}" for key in _WEIGHTY]


def _was_read(case: Case, path: str) -> bool:
    """Whether what stands there could be read; what could not is an error already."""
    return not any(f"{path}.".startswith(f"{key}.") for key in case.unreadable)


def _suspects(case: Case) -> Iterator[tuple[str, str]]:
    """The texts that may keep a place: those that are only signs, and all where one holds a mark."""
    texts = [(path, node) for path, node in case.nodes if isinstance(node, str)]
    everything = "\n".join(text for _, text in texts).casefold()
    if any(mark in everything for mark in _MARKS):
        yield from texts
    else:
        yield from ((path, text) for path, text in texts if len(text) < _SIGNS)


def _placeholder(text: str) -> str | None:
    """The part of a text that only keeps a place; None where there is none."""
    plain = text.strip()
    if plain and (_WHOLE.fullmatch(plain) or _BEGUN.match(plain)):
        return plain if len(plain) <= 40 else f"{plain[:37]}..."
    found = _PART.search(plain)
    return found[0] if found else None


def _days(case: Case) -> Iterator[tuple[str, dt.date]]:
    """Every number that says on which day it was read."""
    for path, node in case.nodes:
        day = node.get("on") if isinstance(node, dict) else None
        if isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day.strip()):
            try:
                yield path, dt.date.fromisoformat(day.strip())
            except ValueError:  # no day of the calendar: an error already
                continue


PROVENANCE = (
    provenance_missing,
    measured_without_source,
    placeholder_left,
    dates_out_of_order,
)
