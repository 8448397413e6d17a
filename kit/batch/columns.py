"""The columns of the comparison: what each means, and what it holds of a brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kit.batch.facts import COLUMNS as FACTS
from kit.batch.result import Entry
from kit.batch.scale import Scale
from kit.batch.standing import Standing

Cell = str | float | int | None  # None where nothing is known
Kind = Literal["text", "said", "whole", "money", "percent", "days"]

_DIGITS = 4  # of an amount: what comes after them is chance of the draws


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the comparison."""

    name: str
    meaning: str
    kind: Kind = "text"  # "said" is what the brief says: a number, a date or a text
    width: int = 12  # letters


_SAID = {
    "title": Column(name="title", meaning="Title of the brief.", width=44),
    "illustrative": Column(
        name="illustrative", meaning="Whether it is a worked example: yes or no."
    ),
    "goal.baseline": Column(
        name="goal.baseline",
        meaning="Where the metric stands, in goal.unit; a range as its two ends.",
        kind="said",
    ),
    "goal.target": Column(
        name="goal.target", meaning="Where it shall stand, in goal.unit.", kind="said"
    ),
    "goal.worth": Column(
        name="goal.worth", meaning="What reaching the goal is worth, before costs.", kind="said"
    ),
}


def _fact(key: str) -> Column:
    """What a brief says at a key, as it says it."""
    if key in _SAID:
        return _SAID[key]
    if key.endswith(".from"):
        meaning = f"Where {key.removesuffix('.from')} is from: measured, benchmark, guess, target, or not said."
        return Column(name=key, meaning=meaning)
    kind: Kind = "said" if key.endswith(".by") else "text"
    wide = key in ("decision.asked", "goal.statement", "goal.metric")
    return Column(
        name=key, meaning=f"As the brief says at {key}.", kind=kind, width=36 if wide else 14
    )


_COUNTS = (
    Column(name="errors", meaning="Points of the coach that must be mended.", kind="whole"),
    Column(name="warnings", meaning="Points of the coach that are open.", kind="whole"),
    Column(name="advice", meaning="Points of the coach that would help.", kind="whole"),
)
_YEAR = "money of a year, all costs off, in `currency`"
_MEASURED = (
    Column(name="currency", meaning="Currency of the value, as the brief writes it."),
    Column(name="net_p5_per_year", meaning=f"P5: {_YEAR}.", kind="money", width=16),
    Column(name="net_p50_per_year", meaning=f"P50: {_YEAR}.", kind="money", width=16),
    Column(name="net_p95_per_year", meaning=f"P95: {_YEAR}.", kind="money", width=16),
    Column(
        name="loss_probability_percent",
        meaning="Probability that a year ends below zero.",
        kind="percent",
    ),
    Column(name="value_not_known_because", meaning="Why there is no value.", width=36),
    Column(
        name="place_first",
        meaning="Best place the brief may have among those of its currency, by pairs that are told apart.",
        kind="whole",
    ),
    Column(name="place_last", meaning="Worst place that it may have.", kind="whole"),
    Column(name="places", meaning="Briefs of that currency with a value.", kind="whole"),
    Column(
        name="not_told_apart_from",
        meaning="How many of them it cannot be told apart from.",
        kind="whole",
    ),
    Column(
        name="time_to_know_days",
        meaning="Days that the experiment takes; never, where it does not end.",
        kind="days",
    ),
    Column(
        name="days_to_the_date",
        meaning="Days from the experiment's start to the goal's date.",
        kind="whole",
    ),
    Column(
        name="fits_the_date", meaning="Whether it ends by then: yes or no; empty where not known."
    ),
    Column(name="time_not_known_because", meaning="Why that is not known.", width=36),
    Column(name="sources", meaning="Data sources that the brief names.", kind="whole"),
    Column(name="sources_in_hand", meaning="Those that can be had now.", kind="whole"),
    Column(name="sources_asked_for", meaning="Those that were asked for.", kind="whole"),
    Column(name="sources_blocked", meaning="Those that cannot be had.", kind="whole"),
    Column(name="requirements_met", meaning="Requirements that attached files meet.", kind="whole"),
    Column(name="requirements_missed", meaning="Requirements that they miss.", kind="whole"),
    Column(
        name="requirements_cannot_tell",
        meaning="Requirements of which they cannot tell.",
        kind="whole",
    ),
    Column(
        name="data_readiness_percent",
        meaning="Sources in hand and requirements met, of all sources and all requirements held against a file.",
        kind="percent",
    ),
    Column(name="error_tolerance", meaning="What a wrong prediction does: tolerant or intolerant."),
    Column(name="difficulty", meaning="Risk and effort: low, medium or high."),
    Column(name="impact", meaning="Expected return: low, medium or high."),
    Column(
        name="guess_share_percent",
        meaning="How much of what moves the value is a guess or does not say where it is from.",
        kind="percent",
    ),
    Column(
        name="numbers_guessed",
        meaning="Numbers of the brief that are a guess or do not say where they are from.",
        kind="whole",
    ),
    Column(name="numbers", meaning="All numbers that this is counted of.", kind="whole"),
)
COLUMNS = (
    Column(
        name="folder", meaning="Its folder beside this file; empty where none was made.", width=30
    ),
    Column(name="made", meaning="Whether its documents were made: yes or no."),
    *map(_fact, FACTS),
    *_COUNTS,
    *_MEASURED,
    Column(name="pages", meaning="Pages of its PDF.", kind="whole"),
    Column(name="source", meaning="File that the brief is from.", width=30),
    Column(name="row", meaning="Row of it, the header being row 1.", kind="whole"),
    Column(name="notes", meaning="What somebody should know about its folder.", width=36),
    Column(name="reason", meaning="Why it was not made.", width=36),
)


def cells_of(at: int, entry: Entry, standing: Standing) -> dict[str, Cell]:
    """The row of a brief by the names of the columns, `at` being its place in the report."""
    made = entry.made
    counts = made.counts if entry.ok else None
    return {
        **entry.facts,
        **_measured(at, standing),
        "folder": entry.slug if entry.ok else "",
        "made": "yes" if entry.ok else "no",
        "title": entry.facts["title"] or entry.title,
        "errors": counts.error if counts else None,
        "warnings": counts.warning if counts else None,
        "advice": counts.advice if counts else None,
        "pages": made.pages or None,
        "source": entry.source,
        "row": entry.row or None,
        "notes": " ".join(entry.notes),
        "reason": made.reason,
    }


def _measured(at: int, standing: Standing) -> dict[str, Cell]:
    scale, place = standing.scales[at], standing.places.get(at)
    if scale is None:
        return dict.fromkeys(column.name for column in _MEASURED)
    with_files = scale.held > 0
    return {
        "currency": scale.currency,
        "net_p5_per_year": _rounded(scale.low),
        "net_p50_per_year": _rounded(scale.middle),
        "net_p95_per_year": _rounded(scale.high),
        "loss_probability_percent": _percent(scale.loss),
        "value_not_known_because": scale.unknown,
        "place_first": place.first if place else None,
        "place_last": place.last if place else None,
        "places": place.of if place else None,
        "not_told_apart_from": len(place.level) if place else None,
        "time_to_know_days": _days(scale),
        "days_to_the_date": scale.available,
        "fits_the_date": {True: "yes", False: "no", None: ""}[scale.fits],
        "time_not_known_because": scale.untimed,
        "sources": scale.sources,
        "sources_in_hand": scale.in_hand,
        "sources_asked_for": scale.asked,
        "sources_blocked": scale.blocked,
        "requirements_met": scale.met if with_files else None,
        "requirements_missed": scale.missed if with_files else None,
        "requirements_cannot_tell": scale.untold if with_files else None,
        "data_readiness_percent": _percent(scale.ready),
        "error_tolerance": scale.tolerance,
        "difficulty": scale.difficulty,
        "impact": scale.impact,
        "guess_share_percent": _percent(scale.guess_share),
        "numbers_guessed": scale.guessed,
        "numbers": scale.numbers,
    }


def _days(scale: Scale) -> Cell:
    return "never" if scale.endless else None if scale.days is None else round(scale.days, 1)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)


def _rounded(amount: float | None) -> float | None:
    return None if amount is None else float(f"{amount:.{_DIGITS}g}")
