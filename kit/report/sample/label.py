"""The label of a file: its classes or spread, its level over time, and which columns tell it by themselves."""

from __future__ import annotations

import math

from kit.appraisal.wording import counted, percent
from kit.data import LabelProfile, Measured, Strength
from kit.data.measured import Spread
from kit.report.blocks import Block, Figure, Paragraph, Span
from kit.report.charts.over_time import level_chart
from kit.report.charts.ranges import Range, ranges_chart

_MOST = 10  # columns that are drawn
_SCALES = {"AUC": (0.5, 1.0), "rank correlation": (0.0, 1.0)}  # from nothing to everything
_CAPTION = "How well each column tells the label by itself; the line is the 95% interval."
_VALUE_BY_VALUE = (
    "Value by value: numbers are put in the order of the mean label of other rows with the same value, as values of "
    "a category are; in their own order they tell far less."
)


def label_blocks(found: Measured) -> tuple[Block, ...]:
    """The label; nothing where the file has none."""
    label = found.label
    if label is None or label.task is None:
        return ()
    return (
        Paragraph(
            spans=(
                Span(text="The label "),
                Span(text=label.column, code=True),
                Span(text=_said(label)),
            )
        ),
        *_over_time(found, label),
        *_strengths(label, found.question.later),
    )


def _said(label: LabelProfile) -> str:
    if label.spread is not None:
        mean, sd, p5, p95 = _alike(label.spread)
        return (
            f" has a mean of {mean} with a standard deviation of {sd}; nine in ten rows lie "
            f"between {p5} and {p95}."
        )
    shares = ", ".join(
        f"{name} in {counted(count, 'row')} ({percent(count / label.rows)})"
        for name, count in label.classes[:5]
    )
    positive = f" Counted as yes: {label.positive}." if label.positive else ""
    return f" is {shares}.{positive}"


def _alike(spread: Spread) -> list[str]:
    """Mean, standard deviation and the ends of nine in ten, all to the last digit that the deviation has of three."""
    numbers = (spread.mean, spread.sd, spread.p5, spread.p95)
    decimals = 2 - math.floor(math.log10(spread.sd)) if spread.sd > 0 else 2
    return [f"{round(one, decimals) + 0.0:,.{max(decimals, 0)}f}" for one in numbers]


def _over_time(found: Measured, label: LabelProfile) -> tuple[Figure, ...]:
    period = found.profile.period
    if period is None or len(period.starts) < 3 or len(label.by_time) != len(period.starts):
        return ()
    is_class = label.task == "classes"
    name = f"Mean of {label.column}"
    if is_class:
        name = f"Share of rows where {label.column} is {label.positive}"
    return (
        level_chart(
            starts=period.starts,
            unit=period.unit,
            levels=label.by_time,
            counts=period.counts,
            name=name,
            percent=is_class,
        ),
    )


def _strengths(label: LabelProfile, later: tuple[str, ...]) -> tuple[Figure, ...]:
    measure = "AUC" if label.task == "classes" else "rank correlation"
    # Whether a column is filled is held against numbers by an AUC, which has another scale.
    known = [one for one in label.strengths if one.column not in later]
    shown = [one for one in known if one.measure == measure][:_MOST]
    if not shown:
        return ()
    unit = (
        "AUC: 0.5 tells nothing, 1 everything" if measure == "AUC" else "rank correlation: 0 to 1"
    )
    scale = _SCALES[measure]
    rows = [_range(one, scale[0]) for one in shown]
    caption = f"{_CAPTION} {_VALUE_BY_VALUE}" if any(one.unordered for one in shown) else _CAPTION
    return (
        ranges_chart(rows=rows, unit=unit, zero=False, scale=scale, dense=True, caption=caption),
    )


def _range(one: Strength, nothing: float) -> Range:
    """A column's strength; what reaches below nothing reaches there."""
    how = ", filled or not" if one.by == "absence" else ", value by value" if one.unordered else ""
    return Range(
        name=f"{one.column}{how}",
        low=max(min(one.low, one.value), nothing),
        median=one.value,
        high=max(one.high, one.value),
        said=f"{one.value:.3f}",
    )
