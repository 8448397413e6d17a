"""What several choices bring, each as a range with its median."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.report.blocks import Figure
from kit.report.charts.style import (
    ACCENT,
    INK,
    MUTED,
    RULE,
    SMALL,
    Room,
    canvas,
    drawing,
    finished,
    in_words,
    on_top,
    scaled,
    short,
    widest_of,
    without_label,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CAPTION = "The dot is the median (P50), the line a 90% interval (P5 to P95)."


@dataclass(frozen=True, kw_only=True)
class Range:
    """One choice: its 5th, 50th and 95th percentile."""

    name: str
    low: float
    median: float
    high: float
    note: str = ""  # beside the range: "chosen", "too slow"
    said: str = ""  # the median, where it stands elsewhere to so many digits


@dataclass(frozen=True, kw_only=True)
class Line:
    """A value that all rows are held against: a target."""

    name: str
    value: float


def ranges_chart(
    *,
    rows: Sequence[Range],
    unit: str,
    zero: bool = True,
    scale: tuple[float, float] | None = None,
    dense: bool = False,
    lines: Sequence[Line] = (),
    caption: str = _CAPTION,
    alt: str | None = None,
) -> Figure:
    """A dot for the median and a line from P5 to P95; `zero` takes break-even into the picture.

    A `scale` is where the axis begins and ends, whatever the rows; `dense` rows stand nearer to each other. Other
    intervals need a `caption` that says so. Without an `alt`, the text alternative is made of the numbers.

    Raises
    ------
    ValueError
        If there is no row, or one whose ends are not in order.
    """
    _refuse(rows)
    with drawing():
        names = [wrapped(row.name) for row in rows]
        room = _room(names, above=max(len(lines), zero))
        height = room.top + (0.29 if dense else 0.36) * len(rows) + room.bottom
        made, axes = canvas(height=height, room=room)
        for at, row in enumerate(rows):
            axes.axhline(at, color=RULE, linewidth=0.6, zorder=0)
            _range(axes, row, at)
        ends = [
            *(end for row in rows for end in (row.low, row.high)),
            *(one.value for one in lines),
        ]
        _frame(axes, rows, ends + [0.0] * zero, zero=zero)
        axes.set_yticks(range(len(rows)), names, linespacing=1.05)
        _lines(axes, lines)
        values = [end for row in rows for end in (row.low, row.high)]
        axes.set_xlabel(scaled(axes.xaxis, values=values, unit=short(unit, 60)), loc="left")
        if scale is not None:
            _between(axes, *scale)
        told = alt or _alt(rows, unit, lines, caption)
        return finished(made, alt=told, caption=caption)


def _room(names: Sequence[str], *, above: int) -> Room:
    """Room around the rows, with the names at their left and so many lines of text above."""
    return Room(
        left=0.1 + widest_of(names, SMALL), right=0.2, top=0.08 + 0.155 * above, bottom=0.46
    )


def _refuse(rows: Sequence[Range]) -> None:
    if not rows:
        raise ValueError("rows: expected at least one, found none")
    for row in rows:
        if not row.low <= row.median <= row.high:
            found = f"{row.low!r}, {row.median!r}, {row.high!r}"
            raise ValueError(f"rows: expected low <= median <= high of {row.name!r}, found {found}")


def _range(axes: Axes, row: Range, at: int) -> None:
    axes.plot((row.low, row.high), (at, at), color=ACCENT, linewidth=1.6, marker="|", markersize=8)
    axes.plot(
        row.median, at, color=ACCENT, marker="o", markersize=7, markeredgecolor="white", zorder=4
    )
    said = axes.annotate(
        row.said or in_words(row.median), (row.median, at), xytext=(0, 5.5), textcoords="offset points",
        ha="center", va="bottom", fontsize=SMALL, color=INK, zorder=5,
    )  # fmt: skip
    on_top(said)
    if row.note:
        note = axes.annotate(
            short(row.note, 20), (row.high, at), xytext=(6, 0), textcoords="offset points",
            ha="left", va="center", fontsize=SMALL, color=MUTED, zorder=5,
        )  # fmt: skip
        on_top(note)


def _lines(axes: Axes, lines: Sequence[Line]) -> None:
    """Dashed, each with its name above the chart, at different heights where they are near each other."""
    for at, line in enumerate(sorted(lines, key=lambda one: one.value)):
        axes.axvline(line.value, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        axes.annotate(
            short(f"{line.name} {in_words(line.value)}", 30), (line.value, 1),
            xycoords=("data", "axes fraction"), xytext=(2, 3 + 11 * (len(lines) - 1 - at)),
            textcoords="offset points", ha="left", va="bottom", fontsize=SMALL, color=INK,
        )  # fmt: skip


def _between(axes: Axes, start: float, end: float) -> None:
    """An axis from one number to another, in five parts."""
    axes.set_xticks([start + (end - start) * part / 5 for part in range(6)])
    axes.set_xlim(start - 0.02 * (end - start), end + 0.02 * (end - start))


def _frame(axes: Axes, rows: Sequence[Range], ends: Sequence[float], *, zero: bool) -> None:
    span = (max(ends) - min(ends)) or abs(ends[0]) or 1.0
    noted = any(row.note for row in rows)
    axes.set_xlim(min(ends) - 0.1 * span, max(ends) + (0.24 if noted else 0.1) * span)
    axes.set_ylim(len(rows) - 0.45, -0.75)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    without_label(axes.yaxis)
    axes.spines["left"].set_visible(False)
    if zero and min(ends) <= 0 <= max(ends):
        axes.axvline(0, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        right = max(ends) < -min(ends)
        axes.annotate(
            "break-even", (0, 1), xycoords=("data", "axes fraction"), xytext=(2 if right else -2, 3),
            textcoords="offset points", ha="right" if right else "left", va="bottom",
            fontsize=SMALL, color=INK,
        )  # fmt: skip


def _alt(rows: Sequence[Range], unit: str, lines: Sequence[Line], caption: str) -> str:
    told = "; ".join(
        f"{row.name}{f' ({row.note})' if row.note else ''}: {_told(row)}" for row in rows
    )
    held = "".join(f" {line.name}: {in_words(line.value)}." for line in lines)
    ends = "from the 5th to the 95th percentile" if caption == _CAPTION else "with their intervals"
    return f"Chart of ranges, {unit}, {ends}. {told}.{held}"


def _told(row: Range) -> str:
    median = row.said or in_words(row.median)
    if row.low == row.high:
        return median
    return f"{in_words(row.low)} to {in_words(row.high)}, median {median}"
