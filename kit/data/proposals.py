"""Figures that a file shows and a brief only guesses: what could be written into it, if its owner wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kit.appraisal import Reading
from kit.appraisal.reading import said
from kit.appraisal.wording import length, percent
from kit.brief import Brief, NotApplicable, Quantity, Value
from kit.data.measured import Ladder, Measured, Rung, RungKind
from kit.data.verdicts import figure, score_of

_KINDS: tuple[tuple[RungKind, tuple[str, ...]], ...] = (
    ("boosting", ("boost", "gbm", "xgb")),
    ("linear", ("logistic", "ridge", "linear regression")),
    ("one column", ("rule", "threshold", "stump")),
    ("last value", ("last value", "persistence")),
    ("constant", ("no model", "same for all", "mean of all")),
)
# What a brief counts its value with, by the measure that it is.
_IN_USE = (
    ("precision", "precision"),
    ("recall", "recall"),
    ("error_wanted", "mean absolute error"),
)
_WHOLE = "only if the file is the whole source, and no sample of it"
_NOT_BETTER = "only if nothing better is done today"
_IN_USE_ONLY = "only if cases in use are like those of the file"
_DAYS = (("years", 365.25), ("months", 30.44), ("weeks", 7.0), ("days", 1.0))


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One figure for one key."""

    path: str  # dotted key
    name: str  # what it is, for people
    value: dict[str, Any]  # as it would stand in the file: value, unit, from, source, on
    said: str  # the figure, for people
    before: str  # what stands there now; empty where nothing does
    caution: str  # what has to hold for it to be right; empty where nothing has

    @property
    def plain(self) -> dict[str, Any]:
        """The value as plain values: a date as text."""
        return {
            key: one.isoformat() if isinstance(one, dt.date) else one
            for key, one in self.value.items()
        }


@dataclass(frozen=True, kw_only=True)
class _Figure:
    """A figure on its way into a brief."""

    path: str
    name: str
    said: str
    number: dict[str, Any]  # value, and unit where it has one
    how: str = ""  # rows and method, where it is not simply all rows
    caution: str = ""


def proposals_of(brief: Brief, found: Measured) -> tuple[Proposal, ...]:
    """What could be written: only where the brief has nothing, or a number that nobody measured."""
    reading = Reading(brief)
    figures = (
        *_of_sources(reading, found),
        *_of_label(reading, found),
        *_of_ladder(reading, found),
    )
    return tuple(
        _proposal(reading, found, one)
        for one in figures
        if reading.applies(one.path) and _is_open(_at(reading, one.path))
    )


def _at(reading: Reading, path: str) -> Any:
    """What stands at a key; the figures of a model path stand under names of their own."""
    way, between, name = path.partition(".quality.")
    if not (between and way.startswith("hypothesis.")):
        return reading.at(path)
    quality = reading.at(f"{way}.quality")
    return quality.get(name) if isinstance(quality, dict) else quality


def _is_open(given: Any) -> bool:
    """Whether nobody has said or measured what stands at a key; a target is no guess."""
    if isinstance(given, NotApplicable):
        return False
    return not isinstance(given, Quantity) or given.from_ in (None, "guess")


def _proposal(reading: Reading, found: Measured, one: _Figure) -> Proposal:
    source = f"{found.file}, {one.how or _rows(found.profile.rows)}"
    given = _at(reading, one.path)
    return Proposal(
        path=one.path,
        name=one.name,
        value={**one.number, "from": "measured", "source": source, "on": found.on},
        said=one.said,
        before=said(given) if isinstance(given, Quantity) else "",
        caution=one.caution,
    )


def _of_sources(reading: Reading, found: Measured) -> Iterator[_Figure]:
    sources = reading.at("data.sources")
    profile = found.profile
    for at, source in enumerate(sources if isinstance(sources, list) else ()):
        if source.file != found.file:
            continue
        if _counts_rows(source.volume):
            yield _Figure(
                path=f"data.sources.{at}.volume",
                name=f"Volume of {source.name}",
                said=f"{profile.rows:,} rows",
                number={"value": profile.rows, "unit": "rows"},
                caution=_WHOLE,
            )
        if profile.period is not None and source.history is None:
            days = profile.period.days
            unit, size = next((one for one in _DAYS if days >= 2 * one[1]), _DAYS[-1])
            yield _Figure(
                path=f"data.sources.{at}.history",
                name=f"History of {source.name}",
                said=length(days),
                number={"value": round(days / size, 1), "unit": unit},
                caution=_WHOLE,
            )


def _rows(count: int) -> str:
    return f"{count:,} row{'s' if count != 1 else ''}"


def _counts_rows(volume: Any) -> bool:
    """Whether a volume is one of rows, and not of rows a month; nothing said yet may become one."""
    return not isinstance(volume, Quantity) or (volume.unit or "rows") in ("row", "rows")


def _of_label(reading: Reading, found: Measured) -> Iterator[_Figure]:
    label = found.label
    value = reading.brief.value
    if label is None or label.task != "classes" or not label.rows:
        return
    if not isinstance(value, Value) or "prevalence" not in Value.keys_of(value.kind):
        return
    share = dict(label.classes).get(label.positive or "", 0) / label.rows
    yield _Figure(
        path="value.prevalence",
        name="Share of true cases",
        said=percent(share),
        number={"value": f"{share * 100:.3g}%"},
        how=f"{_rows(label.rows)}, {label.column} {label.positive}",
        caution="only if the sample was drawn as cases come in use",
    )


def _of_ladder(reading: Reading, found: Measured) -> Iterator[_Figure]:
    ladder = found.ladder
    if ladder is None:
        return
    metrics = reading.at("metrics.model")
    rule = ladder.rung(ladder.rule)
    for at, metric in enumerate(metrics if isinstance(metrics, list) else ()):
        if rule is not None:
            path, whose = f"metrics.model.{at}.baseline", f"Baseline, {rule.name}"
            for one in _score(reading, path, metric.name, whose, rule, ladder):
                yield replace(one, caution=_NOT_BETTER)
    paths = reading.at("hypothesis.paths")
    for at, one in enumerate(paths if isinstance(paths, list) else ()):
        rung = _meant(one.name, ladder)
        if rung is None:
            continue
        for name in one.quality if isinstance(one.quality, dict) else ():
            path = f"hypothesis.paths.{at}.quality.{name}"
            yield from _score(reading, path, name, one.name, rung, ladder)
        if one.name == reading.at("hypothesis.chosen"):
            yield from _of_value(reading, one.name, rung, ladder)


def _of_value(reading: Reading, chosen: str, rung: Rung, ladder: Ladder) -> Iterator[_Figure]:
    """What the value is counted with, as the chosen path brought it."""
    value = reading.brief.value
    keys = Value.keys_of(value.kind) if isinstance(value, Value) else ()
    for key, measure in _IN_USE:
        if key in keys:
            for one in _score(reading, f"value.{key}", measure, chosen, rung, ladder):
                yield replace(one, name=f"Value, {one.name}", caution=_IN_USE_ONLY)


def _score(
    reading: Reading, path: str, metric: str, whose: str, rung: Rung, ladder: Ladder
) -> Iterator[_Figure]:
    name = score_of(metric)
    score = rung.score(name) if name else None
    if name is None or score is None:
        return
    shown = figure(score.value, name)
    given = _at(reading, path)
    number: dict[str, Any] = {"value": float(f"{score.value:.3g}")}
    if shown.endswith("%"):
        number = {"value": f"{score.value * 100:.3g}%"}
    elif isinstance(given, Quantity) and given.unit:
        number["unit"] = given.unit
    yield _Figure(
        path=path,
        name=f"{whose}: {metric}",
        said=shown,
        number=number,
        how=f"{_rows(ladder.rows)}, {rung.name}, {ladder.parts}",
    )


def _meant(name: str, ladder: Ladder) -> Rung | None:
    """The rung that a model path of the brief is, by its name."""
    plain = name.casefold()
    return ladder.rung(
        next((kind for kind, words in _KINDS if any(word in plain for word in words)), None)
    )
