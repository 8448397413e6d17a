"""Who has entered an experiment by when, against what is needed and the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.report.blocks import Figure
from kit.report.charts.style import (
    ACCENT,
    HATCHED,
    INK,
    MUTED,
    SMALL,
    Room,
    canvas,
    drawing,
    finished,
    on_top,
    scaled,
    short,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROOM = Room(left=0.72, right=1.72, top=0.36, bottom=0.44)
_LETTERS = 27  # of a label beside the chart
_LINE = 12.0  # points for a line of a label
_LEADER = {
    "arrowstyle": "-",
    "color": MUTED,
    "linewidth": 0.6,
    "shrinkA": 0,
    "shrinkB": 0,
    "relpos": (0, 0.5),
}
_CAPTION = "Who has entered by when; hatched: too late to have an outcome by the deadline."
_NEAR = 0.1  # of the width: two days so close have their names one above the other
_MOST = 200  # points that a curve is drawn with


@dataclass(frozen=True, kw_only=True)
class Need:
    """A number of units that is needed in all arms."""

    label: str
    units: float


def enrolment_chart(  # noqa: PLR0913  as many facts as the picture shows
    *,
    days: Sequence[float],
    enrolled: Sequence[float],
    needed: Sequence[Need],
    wait_days: float,
    deadline_day: float | None,
    start: str,
    deadline: str,
    unit: str,
    alt: str | None = None,
) -> Figure:
    """Units that have entered, by day since the start, against what is needed and the deadline.

    The last day to enter is `wait_days` before the deadline: who enters later has no outcome by
    then. `start` and `deadline` are their dates in words, "1 March 2026". Without an `alt`, the
    text alternative is made of the numbers.

    Raises
    ------
    ValueError
        If there are fewer than two days, or not as many days as counts.
    """
    if len(days) < 2 or len(days) != len(enrolled):
        found = f"{len(days)} and {len(enrolled)}"
        raise ValueError(f"enrolled: expected a count for each of two days or more, found {found}")
    last_day = None if deadline_day is None else deadline_day - wait_days
    with drawing():
        made, axes = canvas(height=2.6, room=_ROOM)
        step = -(-len(days) // _MOST)
        axes.plot(
            [*days[::step], days[-1]], [*enrolled[::step], enrolled[-1]], color=ACCENT, linewidth=2
        )
        _frame(axes, days, enrolled, needed, deadline_day)
        if last_day is not None:
            _late(axes, last_day)
        _upright(axes, last_day, deadline_day, short(f"deadline: {deadline}"))
        axes.set_xlabel(short(f"days since the start, {start}", 60), loc="left")
        top = axes.get_ylim()[1]
        axes.set_ylabel(
            scaled(axes.yaxis, values=[top], unit=f"{short(unit, 20)} entered", ticks=4)
        )
        _levels(axes, days, enrolled, needed)
        told = alt or _alt(days, enrolled, needed, last_day, deadline_day, unit)
        return finished(made, alt=told, caption=_CAPTION)


def _frame(
    axes: Axes,
    days: Sequence[float],
    enrolled: Sequence[float],
    needed: Sequence[Need],
    deadline: float | None,
) -> None:
    """The window: up to the deadline and the last that is needed, in days and in units."""
    most = max((one.units for one in needed), default=0.0)
    there = max(enrolled)
    top = min(max(there, 1.25 * most), 2 * most or there) or 1.0
    when = [reached(days, enrolled, one.units) for one in needed]
    last = max([deadline or 0.0, *(day if day is not None else max(days) for day in when)])
    axes.set_xlim(0, max(min(1.08 * last, max(days)), last) or max(days))
    axes.set_ylim(0, top * 1.02)


def _late(axes: Axes, last_day: float) -> None:
    axes.axvspan(max(last_day, 0), axes.get_xlim()[1], **HATCHED, zorder=0)


def _upright(axes: Axes, last_day: float | None, deadline: float | None, label: str) -> None:
    """The two days that count, named above the chart."""
    end = axes.get_xlim()[1]
    if deadline is not None and deadline >= 0:
        axes.axvline(deadline, color=INK, linewidth=1.4)
        _above(axes, deadline, label, across="left", up=3)
    if last_day is not None and last_day < 0:
        _above(axes, 0, "too late from the first day", across="left", up=14)
    if last_day is None or last_day < 0:
        return
    axes.axvline(last_day, color=INK, linewidth=1, linestyle=(0, (4, 3)))
    words = f"last day to enter: day {last_day:,.0f}"
    at_left = last_day > 0.32 * end
    near = deadline is not None and deadline - last_day < _NEAR * end
    up = 3 if at_left and not near else 14
    _above(axes, last_day, words, across="right" if at_left else "left", up=up)


def _above(axes: Axes, place: float, words: str, *, across: str, up: float) -> None:
    axes.annotate(
        words, (place, 1), xycoords=("data", "axes fraction"), ha=across, va="bottom",
        xytext=(-2 if across == "left" else 2, up), textcoords="offset points",
        fontsize=SMALL, color=INK,
    )  # fmt: skip


def _levels(
    axes: Axes, days: Sequence[float], enrolled: Sequence[float], needed: Sequence[Need]
) -> None:
    """Lines of what is needed, each with its name at the right and a dot where it is reached."""
    end, top = axes.get_xlim()[1], axes.get_ylim()[1]
    high = axes.get_window_extent().height / axes.figure.dpi * 72  # points
    ordered = sorted(needed, key=lambda one: one.units)
    names = [wrapped(one.label, _LETTERS) for one in ordered]
    sizes = [_LINE * (2 + name.count("\n")) for name in names]
    places = _spread([high * one.units / top for one in ordered], sizes)
    for one, name, place in zip(ordered, names, places, strict=True):
        axes.plot((0, end), (one.units, one.units), color=MUTED, linewidth=0.9, zorder=1)
        day = reached(days, enrolled, one.units)
        if day is not None:
            axes.plot(
                day, one.units, marker="o", markersize=6, color=ACCENT, markeredgecolor="white",
                clip_on=False, zorder=5,
            )  # fmt: skip
        when = "not reached" if day is None else f"day {day:,.0f}"
        label = axes.annotate(
            f"{name}\n{one.units:,.0f}: {when}", (end, one.units),
            xytext=(12, place - high * one.units / top), textcoords="offset points",
            ha="left", va="center", fontsize=SMALL, color=INK, linespacing=1.2,
            annotation_clip=False,
            arrowprops=_LEADER,
        )  # fmt: skip
        on_top(label)


def _spread(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Heights in rising order, moved up where two labels would be too close [points]."""
    places: list[float] = []
    for at, one in enumerate(wanted):
        least = places[-1] + (sizes[at - 1] + sizes[at]) / 2 if places else one
        places.append(max(one, least))
    return places


def reached(days: Sequence[float], enrolled: Sequence[float], units: float) -> float | None:
    """The first day on which so many have entered; none within the days given."""
    import math

    for at, count in enumerate(enrolled):
        if count >= units:
            if at == 0 or count == enrolled[at - 1]:
                return float(days[at])
            share = (units - enrolled[at - 1]) / (count - enrolled[at - 1])
            return math.ceil(days[at - 1] + share * (days[at] - days[at - 1]) - 1e-9)
    return None


def _alt(
    days: Sequence[float],
    enrolled: Sequence[float],
    needed: Sequence[Need],
    last_day: float | None,
    deadline: float | None,
    unit: str,
) -> str:
    import numpy as np

    said = (
        f"Line chart of enrolment: {enrolled[-1]:,.0f} ({unit}) have entered by day {days[-1]:,.0f}"
    )
    if last_day is not None and last_day >= 0:
        there = float(np.interp(last_day, days, enrolled))
        said += f"; {there:,.0f} by the last day to enter, day {last_day:,.0f}"
    if last_day is not None and last_day < 0:
        said += "; whoever enters has no outcome by the deadline"
    told = "; ".join(f"{one.label}: {_when(days, enrolled, one)}" for one in needed)
    due = f" The deadline is day {deadline:,.0f}." if deadline is not None else ""
    return f"{said}. Needed: {told or 'nothing stated'}.{due}"


def _when(days: Sequence[float], enrolled: Sequence[float], one: Need) -> str:
    day = reached(days, enrolled, one.units)
    when = "not reached" if day is None else f"reached on day {day:,.0f}"
    return f"{one.units:,.0f}, {when}"
