"""The label of a file: its classes or spread, its level over time, and which columns tell it by themselves."""

from __future__ import annotations

from kit.data import LabelProfile, Measured, Strength
from kit.report.blocks import Block, Figure, Paragraph, Span
from kit.report.charts.over_time import level_chart
from kit.report.charts.ranges import Range, ranges_chart

_MOST = 10  # columns that are drawn
_CAPTION = "How well each column tells the label by itself; the line is the 95% interval."


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
        *_strengths(label),
    )


def _said(label: LabelProfile) -> str:
    if label.spread is not None:
        spread = label.spread
        return (
            f" has a mean of {spread.mean:.4g} with a standard deviation of {spread.sd:.4g}; nine in ten rows lie "
            f"between {spread.p5:.4g} and {spread.p95:.4g}."
        )
    shares = ", ".join(
        f"{name} in {count:,} rows ({count / label.rows:.1%})" for name, count in label.classes[:5]
    )
    counted = f" Counted as yes: {label.positive}." if label.positive else ""
    return f" is {shares}.{counted}"


def _over_time(found: Measured, label: LabelProfile) -> tuple[Figure, ...]:
    period = found.profile.period
    if period is None or len(period.starts) < 3 or len(label.by_time) != len(period.starts):
        return ()
    is_class = label.task == "classes"
    name = f"Share of {label.column} {label.positive}" if is_class else f"Mean of {label.column}"
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


def _strengths(label: LabelProfile) -> tuple[Figure, ...]:
    measure = "AUC" if label.task == "classes" else "rank correlation"
    # Whether a column is filled is held against numbers by an AUC, which has another scale.
    shown = [one for one in label.strengths if one.measure == measure][:_MOST]
    if not shown:
        return ()
    unit = (
        "AUC: 0.5 tells nothing, 1 everything" if measure == "AUC" else "rank correlation: 0 to 1"
    )
    return (
        ranges_chart(rows=[_range(one) for one in shown], unit=unit, zero=False, caption=_CAPTION),
    )


def _range(one: Strength) -> Range:
    name = f"{one.column}, filled or not" if one.by == "absence" else one.column
    low, high = min(one.low, one.value), max(one.high, one.value)
    return Range(name=name, low=low, median=one.value, high=high)
