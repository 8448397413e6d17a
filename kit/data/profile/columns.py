"""One column: how full it is, what is in it, and what looks wrong."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.data.measured import ColumnProfile, Span, Spread
from kit.data.profile.personal import personal_in
from kit.data.profile.spelling import same_but_spelled
from kit.data.profile.texts import cut_at
from kit.data.reading.table import Column

_COMMON = 10  # values that are listed
_HUGE = 1e150  # whose square is hardly a float
_FAR_OUT = 3.0  # interquartile ranges
_LONG = 80  # characters of a value that are shown


def column_profile(column: Column, *, now: dt.datetime) -> ColumnProfile:
    """What one column holds."""
    values = column.values
    kind, count = personal_in(column)
    hidden = kind is not None
    cut, length = cut_at(column)
    return ColumnProfile(
        name=column.name,
        kind=column.kind,
        missing=column.missing,
        strange=column.strange,
        examples=() if hidden else column.examples,
        distinct=_distinct(values),
        notes=column.notes,
        form=column.form,
        spread=spread_of(values) if column.kind == "number" else None,
        span=_span(values, now) if column.kind == "date" else None,
        common=() if hidden else _common(column),
        spellings=() if hidden else same_but_spelled(column),
        cut_at=length,
        cut=cut,
        personal=kind,
        personal_cells=count,
    )


def spread_of(values: pa.Array) -> Spread | None:
    """How numbers are spread; None where there are none.

    References
    ----------
    Tukey (1977), Exploratory Data Analysis: what lies more than three interquartile ranges beyond a quartile is
    far out.
    """
    there = np.sort(pc.drop_null(values).to_numpy(zero_copy_only=False))
    if not len(there):
        return None
    largest = float(max(-there[0], there[-1]))
    if largest > _HUGE:  # squares of it are no floats: counted in parts of the largest, and back
        parts = spread_of(pa.array(there / largest))
        return parts and _times(parts, largest)
    p5, q1, median, q3, p95 = (_at(there, share) for share in (0.05, 0.25, 0.5, 0.75, 0.95))
    reach = _FAR_OUT * (q3 - q1)
    below = int(np.searchsorted(there, q1 - reach))
    above = len(there) - int(np.searchsorted(there, q3 + reach, side="right"))
    return Spread(
        low=float(there[0]),
        p5=p5,
        median=median,
        p95=p95,
        high=float(there[-1]),
        mean=float(there.mean()),
        sd=float(there.std(ddof=1)) if len(there) > 1 else 0.0,
        # Where a half is one and the same number, every other would be far out.
        outliers=below + above if q3 > q1 else 0,
    )


def _times(spread: Spread, factor: float) -> Spread:
    """A spread in another unit; what no float holds is the largest that one does."""
    names = ("low", "p5", "median", "p95", "high", "mean", "sd")
    most = sys.float_info.max / factor
    figures = {name: max(-most, min(most, getattr(spread, name))) * factor for name in names}
    return replace(spread, **figures)


def _at(ordered: np.ndarray, share: float) -> float:
    """A percentile by linear interpolation, as `np.quantile` gives it, which would put them in order again."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def _span(values: pa.Array, now: dt.datetime) -> Span | None:
    ends = pc.min_max(values)
    if not ends["min"].is_valid:
        return None
    end_of_day = dt.datetime.combine(now.date(), dt.time.max).replace(microsecond=0)
    later = pc.greater(values, pa.scalar(end_of_day, values.type))
    return Span(
        first=ends["min"].as_py(), last=ends["max"].as_py(), future=pc.sum(later).as_py() or 0
    )


def _distinct(values: pa.Array) -> int:
    if pa.types.is_dictionary(values.type):
        return len(values.dictionary)
    if pa.types.is_null(values.type):
        return 0
    return int(pc.count_distinct(values, mode="only_valid").as_py())


def _common(column: Column) -> tuple[tuple[str, int], ...]:
    if column.kind == "yes or no":
        counts = pc.value_counts(pc.drop_null(column.values)).to_pylist()
        named = [("yes" if one["values"] else "no", one["counts"]) for one in counts]
    elif column.kind == "category":
        counts = np.bincount(pc.drop_null(column.values.indices).to_numpy(zero_copy_only=False))
        words = column.values.dictionary
        first = np.argsort(-counts, kind="stable")[:_COMMON]
        named = [(words[int(at)].as_py()[:_LONG], int(counts[at])) for at in first]
    else:
        return ()
    return tuple(sorted(named, key=lambda one: (-one[1], one[0])))
