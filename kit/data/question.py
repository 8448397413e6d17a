"""What a brief asks of its file: the columns that it names, wherever it names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kit.appraisal import Reading
from kit.appraisal.measures import measure
from kit.brief import Brief, DataSource, NotApplicable
from kit.brief.data import Label
from kit.data.attached import Attached
from kit.data.measured import Question


def question_of(brief: Brief, file: Attached) -> Question:
    """What to look for in a file."""
    reading = Reading(brief)
    sources = [reading.at(f"data.sources.{at}") for at in file.sources]
    label = reading.at("data.label")
    named = label if isinstance(label, Label) else None
    return Question(
        label=_text(named and named.column),
        positive=_text(named and named.positive),
        time=_first(sources, lambda one: one.time),
        entity=_first(sources, lambda one: one.entity),
        later=tuple(_later(sources)),
        groups=tuple(dict.fromkeys(_groups(reading))),
        delay_days=_delay(reading),
        wanted=tuple(_wanted(reading, "target", "ship_at")),
        ship_at=tuple(_wanted(reading, "ship_at")),
    )


def named_columns(brief: Brief) -> Iterator[tuple[str, str, str | None]]:
    """Every column that the brief names as such: the dotted key of where it does, its name, and its file.

    The label and the groups may be in any file.
    """
    reading = Reading(brief)
    sources = reading.at("data.sources")
    for at, source in enumerate(sources if isinstance(sources, list) else ()):
        if isinstance(source.file, str):
            for key, name in _of_source(source):
                yield f"data.sources.{at}.{key}", name, source.file
    if isinstance(name := reading.at("data.label.column"), str):
        yield "data.label.column", name, None
    checks = reading.at("metrics.fairness")
    for at, check in enumerate(checks if isinstance(checks, list) else ()):
        if isinstance(check.column, str):
            yield f"metrics.fairness.{at}.column", check.column, None


def _of_source(source: DataSource) -> Iterator[tuple[str, str]]:
    for key in ("time", "entity"):
        if isinstance(name := getattr(source, key), str):
            yield key, name
    for at, name in enumerate(source.later if isinstance(source.later, list) else ()):
        yield f"later.{at}", name


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _first(sources: Iterable[DataSource], key: Callable[[DataSource], Any]) -> str | None:
    return next((text for one in sources if (text := _text(key(one))) is not None), None)


def _later(sources: Iterable[DataSource]) -> Iterator[str]:
    for one in sources:
        if isinstance(one.later, list):
            yield from one.later


def _groups(reading: Reading) -> Iterator[str]:
    """The columns that fairness is about: named as such, or as groups, of which only some are columns."""
    checks = reading.at("metrics.fairness")
    for at in range(len(checks) if isinstance(checks, list) else 0):
        yield from group_columns(reading, at)


def group_columns(reading: Reading, at: int) -> tuple[str, ...]:
    """The columns that one fairness check may mean."""
    check = reading.at(f"metrics.fairness.{at}")
    if isinstance(check.column, str):
        return (check.column,)
    return tuple(one.name for one in check.groups) if isinstance(check.groups, list) else ()


def _wanted(reading: Reading, *keys: str) -> Iterator[tuple[str, float]]:
    """The recall and precision at the first of some keys that is there."""
    metrics = reading.at("metrics.model")
    for at, metric in enumerate(metrics if isinstance(metrics, list) else ()):
        name = measure(metric.name)
        paths = (f"metrics.model.{at}.{key}" for key in keys)
        found = next((one for path in paths if (one := reading.share(path, needed=False))), None)
        if name in ("recall", "precision") and found is not None and 0 < found.middle < 1:
            yield name, found.middle


def _delay(reading: Reading) -> float:
    """Days until the label of a row is known: the label's delay, else the hypothesis's wait."""
    for key in ("data.label.delay", "hypothesis.wait"):
        if reading.at(key) is not None and not isinstance(reading.at(key), NotApplicable):
            found = reading.duration(key, needed=False)
            if found is not None:
                return found.middle
    return 0.0
