"""What a file holds, by time: rows, the label's share, and where cells are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kit.report.blocks import Figure
from kit.report.charts.style import (
    ACCENT,
    INK,
    MUTED,
    RULE,
    SMALL,
    canvas,
    drawing,
    finished,
    in_words,
    scaled,
    short,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

_TICKS = 8
_SHADES = (
    (0.0, "white"),
    (0.02, "#e6edf0"),
    (0.1, "#bcd0d8"),
    (0.3, "#7fa6b5"),
    (0.6, "#3c7489"),
    (0.9, ACCENT),
)
_DARK = 0.3  # from which share on the number in a cell is white


def level_chart(
    *,
    starts: Sequence[dt.datetime],
    unit: str,
    levels: Sequence[float | None],
    counts: Sequence[int],
    name: str,
    percent: bool,
) -> Figure:
    """A level for each stretch of time, None where there is none, above the rows it is made of."""
    scale = 100.0 if percent else 1.0
    values = [None if one is None else one * scale for one in levels]
    with drawing():
        made, axes = canvas(height=2.3)
        at = range(len(starts))
        there = [(x, y) for x, y in zip(at, values, strict=True) if y is not None]
        axes.plot(
            [x for x, _ in there],
            [y for _, y in there],
            color=ACCENT,
            linewidth=1.6,
            marker="o",
            markersize=3.5,
        )
        rows = axes.twinx()
        rows.bar(at, counts, color=RULE, width=0.8, zorder=0)
        rows.set_ylim(0, max(counts) * 4)
        rows.axis("off")
        axes.set_zorder(rows.get_zorder() + 1)
        axes.patch.set_visible(False)
        top = max((y for _, y in there), default=1.0)
        axes.set_ylim(
            0 if min((y for _, y in there), default=0.0) >= 0 else None, top * 1.15 or 1.0
        )
        axes.set_ylabel(scaled(axes.yaxis, values=[top], unit="%" if percent else "mean", ticks=4))
        _times(axes, starts, unit)
        told = "; ".join(
            f"{_said(starts[x], unit)}: {in_words(y)}{' %' if percent else ''}" for x, y in there
        )
        return finished(
            made,
            alt=f"{name} by {unit}. {told}.",
            caption=f"{name} by {unit}; the bars are the rows, {min(counts):,} to {max(counts):,}.",
        )


def missing_chart(
    *, starts: Sequence[dt.datetime], unit: str, columns: Sequence[tuple[str, Sequence[float]]]
) -> Figure:
    """The share of missing cells of each column in each stretch of time."""
    with drawing():
        made, axes = canvas(height=0.75 + 0.24 * len(columns))
        for row, (_, shares) in enumerate(columns):
            for at, share in enumerate(shares):
                shade = [colour for least, colour in _SHADES if share >= least][-1]
                axes.add_patch(_box(at, row, shade))
                if len(shares) <= 18 and share >= 0.01:
                    colour = "white" if share >= _DARK else INK
                    axes.text(
                        at,
                        row,
                        f"{share * 100:.0f}",
                        ha="center",
                        va="center",
                        fontsize=SMALL,
                        color=colour,
                    )
        axes.set_xlim(-0.5, len(starts) - 0.5)
        axes.set_ylim(len(columns) - 0.5, -0.5)
        axes.set_yticks(range(len(columns)), [short(name, 26) for name, _ in columns])
        axes.tick_params(axis="y", length=0, labelcolor=INK)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        _times(axes, starts, unit)
        told = "; ".join(
            f"{name}: {min(shares) * 100:.0f}% to {max(shares) * 100:.0f}%, most in the {unit} of "
            f"{_said(starts[max(range(len(shares)), key=lambda at: shares[at])], unit)}"
            for name, shares in columns
        )
        return finished(
            made,
            alt=f"Missing cells by column and {unit}. {told}.",
            caption=f"Missing cells by column and {unit}, in percent; the darker, the more are missing.",
        )


def _box(at: int, row: int, shade: str) -> Patch:
    from matplotlib.patches import Rectangle

    return Rectangle(
        (at - 0.48, row - 0.42), 0.96, 0.84, facecolor=shade, edgecolor=RULE, linewidth=0.4
    )


def _times(axes: Axes, starts: Sequence[dt.datetime], unit: str) -> None:
    step = -(-len(starts) // _TICKS)
    shown = range(0, len(starts), step)
    axes.set_xticks([*shown], [wrapped(_said(starts[at], unit), 12) for at in shown])
    axes.tick_params(axis="x", length=2, labelcolor=MUTED)


def _said(start: dt.datetime, unit: str) -> str:
    if unit == "hour":
        return f"{start:%d %b %H}h"
    if unit in ("day", "week"):
        return f"{start:%d %b %Y}"
    if unit == "month":
        return f"{start:%b %Y}"
    if unit == "quarter":
        return f"Q{(start.month + 2) // 3} {start.year}"
    return str(start.year)
