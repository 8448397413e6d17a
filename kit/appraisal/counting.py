"""How many labelled cases, true cases and flags the stated data holds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from kit.appraisal.naming import same_thing
from kit.appraisal.number import Input
from kit.appraisal.reading import Reading
from kit.brief import Data, DataSource, NotApplicable, Quantity, Value
from kit.brief.units import split_rate

Counted = Literal["true cases", "other cases", "flags", "cases"]
_ABOUT = 0.5  # half or twice as many is still about as many
_ROWS = ("row", "record", "case", "example", "sample")


@dataclass(frozen=True, kw_only=True)
class Look:
    """How many cases, true cases and flags there are."""

    rows: float | None
    rows_from: str | None
    uncounted: tuple[str, ...]  # volumes of sources whose unit counts no cases
    prevalence: float | None
    flagged: float | None  # flags per case

    @classmethod
    def of(cls, reading: Reading) -> Look:
        """As the brief counts them."""
        value = reading.brief.value
        detects = isinstance(value, Value) and value.kind == "detection"
        prevalence = reading.share("value.prevalence", needed=detects)
        recall, precision = (
            reading.share(f"value.{key}", needed=False) for key in ("recall", "precision")
        )
        rows, rows_from, uncounted = _labelled(reading)
        return cls(
            rows=rows,
            rows_from=rows_from,
            uncounted=uncounted,
            prevalence=prevalence.middle if prevalence else None,
            flagged=_flag_rate(prevalence, recall, precision),
        )

    def number(self, counted: Counted) -> float | None:
        """How many there are of what has to be counted."""
        others = None if self.prevalence is None else 1 - self.prevalence
        share = {
            "true cases": self.prevalence,
            "other cases": others,
            "flags": self.flagged,
            "cases": 1.0,
        }[counted]
        return self.rows * share if self.rows is not None and share is not None else None


def _flag_rate(
    prevalence: Input | None, recall: Input | None, precision: Input | None
) -> float | None:
    if prevalence is None or recall is None or precision is None or precision.middle == 0:
        return None
    flagged = prevalence.middle * recall.middle / precision.middle
    return flagged if flagged <= 1 else None  # more flags than cases: the targets' check says so


def _labelled(reading: Reading) -> tuple[float | None, str | None, tuple[str, ...]]:
    """Cases with a label, in the source that holds most of both; and volumes that count none."""
    data = reading.brief.data
    sources = data.sources if isinstance(data, Data) and isinstance(data.sources, list) else []
    names = _names_of_cases(reading)
    counted = [at for at, source in enumerate(sources) if _counts_cases(source, names)]
    uncounted = tuple(
        f"data.sources.{at}.volume"
        for at, source in enumerate(sources)
        if isinstance(source.volume, Quantity) and at not in counted
    )
    counts = [
        (rows, at, sources[at]) for at in counted if (rows := _rows(reading, at, sources[at]))
    ]
    if not counts:
        waived = [at for at in range(len(sources)) if _waived(sources[at])]
        for at in waived:
            reading.lack(f"data.sources.{at}.volume")
        if isinstance(data, Data) and not (uncounted or counted or waived):
            reading.lack("data.sources.volume")
        return None, None, uncounted
    label = data.label if isinstance(data, Data) else None
    named = label.source if label is not None and not isinstance(label, NotApplicable) else None
    own = next((one for one in counts if one[2].name == named), None)
    most = max(counts, key=lambda one: one[0])
    if own is None or own is most:
        return most[0], most[2].name, uncounted
    if _holds_only_true_cases(reading, own):
        # What it does not name is labelled, too: as long as its history goes.
        days = min(_days(reading, own), _days(reading, most))
        part = days / _days(reading, most) if 0 < days < math.inf else 1.0
        return most[0] * part, f"{most[2].name}, as {own[2].name} names the true ones", uncounted
    return own[0], own[2].name, uncounted


def _names_of_cases(reading: Reading) -> tuple[str, ...]:
    """What one case is called: rows and the like, what the value counts, and the entity."""
    counted = reading.at("value.volume")
    unit = split_rate(counted.unit or "")[0] if isinstance(counted, Quantity) else ""
    entity = reading.at("hypothesis.entity")
    return (*_ROWS, unit, entity if isinstance(entity, str) else "")


def _counts_cases(source: DataSource, names: tuple[str, ...]) -> bool:
    volume = source.volume
    if not isinstance(volume, Quantity):
        return False
    unit = split_rate(volume.unit or "")[0]
    return not unit or any(same_thing(unit, name) for name in names)


def _waived(source: DataSource) -> bool:
    return isinstance(source.volume, NotApplicable)


def _holds_only_true_cases(reading: Reading, one: tuple[float, int, DataSource]) -> bool:
    """Whether a source of labels names the true cases alone, as chargebacks and cancellations do.

    One that yields about as many rows as the prevalence lets expect is taken for such a source.
    """
    cases = reading.rate("value.volume", needed=False)
    prevalence = reading.share("value.prevalence", needed=False)
    given = (
        reading.rate(f"data.sources.{one[1]}.volume", needed=False) if _is_rate(one[2]) else None
    )
    if cases is None or given is None:
        return False
    if prevalence is None or prevalence.high == 0:
        return given.middle < cases.middle / 2
    return _ABOUT <= cases.middle * prevalence.middle / given.middle <= 1 / _ABOUT


def _days(reading: Reading, one: tuple[float, int, DataSource]) -> float:
    history = reading.duration(f"data.sources.{one[1]}.history", needed=False)
    return history.middle if history else math.inf


def _is_rate(source: DataSource) -> bool:
    volume = source.volume
    return isinstance(volume, Quantity) and split_rate(volume.unit or "")[1] is not None


def _rows(reading: Reading, at: int, source: DataSource) -> float | None:
    """Cases that a source holds; a source with several rows a case holds no more cases than there are."""
    key = f"data.sources.{at}"
    if not _is_rate(source):
        given = reading.above_zero(
            reading.count(f"{key}.volume", needed=False), "there is nothing to learn from"
        )
        return given.middle if given else None
    rate = reading.rate(f"{key}.volume", per="day", needed=False)
    history = reading.duration(f"{key}.history")
    cases = reading.rate("value.volume", per="day", needed=False)
    if rate is None or history is None:
        return None
    return min(rate.middle, cases.middle if cases else rate.middle) * history.middle
