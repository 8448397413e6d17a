"""How many labelled cases, true cases and flags the stated data holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kit.appraisal.reading import Input, Reading
from kit.brief import Data, DataSource, NotApplicable, Quantity, Value
from kit.brief.units import split_rate

Counted = Literal["true cases", "other cases", "flags", "cases"]
_ROWS = re.compile(r"(?:rows?|records?|cases?|examples?|samples?)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Look:
    """How many cases, true cases and flags there are."""

    rows: float | None
    rows_from: str | None
    prevalence: float | None
    flagged: float | None  # flags per case

    @classmethod
    def of(cls, reading: Reading) -> Look:
        """As the brief counts them."""
        detects = isinstance(reading.brief.value, Value) and reading.brief.value.kind == "detection"
        prevalence = reading.share("value.prevalence", needed=detects)
        recall, precision = (
            reading.share(f"value.{key}", needed=False) for key in ("recall", "precision")
        )
        rows, rows_from = _labelled(reading)
        return cls(
            rows=rows,
            rows_from=rows_from,
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
    return prevalence.middle * recall.middle / precision.middle


def _labelled(reading: Reading) -> tuple[float | None, str | None]:
    """Cases with a label: the volume over the history of the source that holds most of both."""
    data = reading.brief.data
    sources = data.sources if isinstance(data, Data) and isinstance(data.sources, list) else []
    counts = [
        (count, at, source)
        for at, source in enumerate(sources)
        if (count := _rows(reading, at, source)) is not None
    ]
    if not counts:
        if isinstance(data, Data):
            reading.lack("data.sources.volume")
        return None, None
    label = data.label if isinstance(data, Data) else None
    named = label.source if label is not None and not isinstance(label, NotApplicable) else None
    own = [one for one in counts if one[2].name == named and not _is_of_cases(reading, one)]
    best = max(own or counts, key=lambda one: one[0])
    return best[0], best[2].name


def _is_of_cases(reading: Reading, one: tuple[float, int, DataSource]) -> bool:
    """Whether a source of labels holds only the true cases, so that it does not count the others.

    A source that yields as many rows as the prevalence lets expect does: chargebacks, cancellations.
    """
    expected = reading.rate("value.volume", needed=False)
    given = (
        reading.rate(f"data.sources.{one[1]}.volume", needed=False) if _is_rate(one[2]) else None
    )
    return bool(expected and given and given.middle < expected.middle / 2)


def _is_rate(source: DataSource) -> bool:
    volume = source.volume
    return isinstance(volume, Quantity) and split_rate(volume.unit or "")[1] is not None


def _rows(reading: Reading, at: int, source: DataSource) -> float | None:
    volume, key = source.volume, f"data.sources.{at}"
    if not isinstance(volume, Quantity) or not _ROWS.search(volume.unit or "rows"):
        return None
    if not _is_rate(source):
        given = reading.number(f"{key}.volume", needed=False)
        return given.middle if given else None
    rate = reading.rate(f"{key}.volume", per="day", needed=False)
    history = reading.duration(f"{key}.history", needed=False)
    return rate.middle * history.middle if rate and history else None
