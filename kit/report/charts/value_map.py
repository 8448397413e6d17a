"""The value of a year against precision and recall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

from kit.numbers.domain import Array
from kit.report.blocks import Figure
from kit.report.charts.labels import along, flattest, placed, written
from kit.report.charts.style import (
    ACCENT,
    BREAK_EVEN,
    HATCHED,
    INK,
    MUTED,
    SMALL,
    Room,
    canvas,
    drawing,
    finished,
    in_words,
    on_top,
    scale_of,
    short,
    tick,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.contour import ContourSet

_ROOM = Room(left=0.5, right=0.18, top=0.28, bottom=0.44)
_SHAPES = ("o", "s", "D", "^", "v", "P")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A precision and a recall with a name."""

    name: str
    precision: float  # [share]
    recall: float  # [share]


def value_map(
    *,
    precision: Sequence[float] | Array,
    recall: Sequence[float] | Array,
    net: Sequence[Sequence[float]] | Array,
    marks: Sequence[Mark],
    currency: str,
    capacity_line: Sequence[tuple[float, float]] | None = None,
    alt: str | None = None,
) -> Figure:
    """Lines of equal value, the break-even line, and where the brief's figures lie.

    Parameters
    ----------
    precision : array, shape (p,)
        [share]
    recall : array, shape (r,)
        [share]
    net : array, shape (r, p)
        [money/year]
    marks : sequence of Mark
        What to mark; the shapes repeat after six.
    currency : str
        For example "USD"; the value is of a year.
    capacity_line : sequence of (precision, recall)
        A line on which the capacity is used up; none where it is None or empty. [share]
    alt : str
        The text alternative; made of the numbers where it is None.

    Raises
    ------
    ValueError
        If `net` does not fit the two axes, or a value is not finite.
    """
    import numpy as np

    x, y, z = (np.asarray(each, dtype=float) for each in (precision, recall, net))
    if z.shape != (y.size, x.size) or min(z.shape) < 2:
        raise ValueError(f"net: expected shape {(y.size, x.size)}, 2 or more each, found {z.shape}")
    if not np.isfinite(z).all():
        raise ValueError("net: expected finite values, found some that are not")
    unit, line = f"{currency} a year", capacity_line or ()
    with drawing():
        made, axes = canvas(height=3.2, room=_ROOM)
        axes.set_xlim(float(x.min()) * 100, float(x.max()) * 100)
        axes.set_ylim(float(y.min()) * 100, float(y.max()) * 100)
        _ground(axes, x * 100, y * 100, z)
        _capacity(axes, line)
        _marks(axes, marks)
        placed(axes, [(short(one.name), one.precision * 100, one.recall * 100) for one in marks])
        axes.set_title(f"Net value, {short(unit)}{_everywhere(z)}")
        axes.set_xlabel("precision, %")
        axes.set_ylabel("recall, %")
        return finished(
            made, alt=alt or _alt(z, marks, unit, capped=bool(line)), caption=_caption(z)
        )


def _marks(axes: Axes, marks: Sequence[Mark]) -> None:
    for one, shape in zip(marks, cycle(_SHAPES), strict=False):
        axes.plot(
            one.precision * 100, one.recall * 100, marker=shape, color=ACCENT, markersize=7,
            markeredgecolor="white", markeredgewidth=1, linestyle="none", clip_on=False, zorder=5,
        )  # fmt: skip


def _ground(axes: Axes, x: Array, y: Array, net: Array) -> None:
    """Lines of equal value, a loss hatched, and the line between loss and gain."""
    low, high = float(net.min()), float(net.max())
    if low < 0:
        top = 0.0 if high >= 0 else high / 2
        for look in ({"colors": HATCHED["facecolor"]}, {"colors": "none", "hatches": ["////"]}):
            axes.contourf(x, y, net, levels=[2 * low, top], **look)
    levels = _levels(net)
    if levels:
        lines = axes.contour(
            x, y, net, levels=levels, colors=MUTED, linewidths=0.8, linestyles="solid"
        )
        scale, word = scale_of(levels)
        _named(axes, lines, lambda value: f"{tick(value / scale)} {word}".strip(), MUTED)
    if low < 0 < high:
        edge = axes.contour(x, y, net, levels=[0], colors=INK, linewidths=BREAK_EVEN["linewidth"])
        _named(axes, edge, lambda _: "break-even", INK)


def _named(axes: Axes, lines: ContourSet, name: Callable[[float], str], color: str) -> None:
    """Name each line once, where it is flattest and no other name is near."""
    taken = [box.get_points().mean(axis=0) for box in written(axes)]
    spots = []
    for path in lines.get_paths():
        spot = flattest(axes, path, taken)
        if spot is not None:
            taken.append(spot)
            spots.append(axes.transData.inverted().transform(spot))
    labels = axes.clabel(
        lines, manual=spots, fmt=name, fontsize=SMALL, colors=color, inline_spacing=3
    )
    for label in labels:
        on_top(label)


def _levels(net: Array) -> list[float]:
    """Round values between the ends; a bottomless loss gets no more lines than the gain."""
    import numpy as np
    from matplotlib.ticker import MaxNLocator

    high = float(net.max())
    low = max(float(net.min()), -high if high > 0 else float(np.quantile(net, 0.2)))
    edge = 0.05 * (high - low)  # a line so close to the end has no room for its name
    found = MaxNLocator(6).tick_values(low, high) if edge else ()
    return [float(one) for one in found if low + edge < one < high - edge and one != 0]


def _capacity(axes: Axes, line: Sequence[tuple[float, float]]) -> None:
    inside = [(100 * p, 100 * r) for p, r in line if 0 <= p <= 1 and 0 <= r <= 1]
    if len(inside) < 2:
        return
    axes.plot(*zip(*inside, strict=True), color=ACCENT, linewidth=1.1, linestyle=(0, (5, 2)))
    along(axes, "capacity used up", sorted(inside), color=ACCENT)


def _everywhere(net: Array) -> str:
    """What there is to say where no line can be drawn."""
    low, high = float(net.min()), float(net.max())
    if low == high:
        return f": {in_words(low)} everywhere"
    return ": a loss everywhere" if high < 0 else ""


def _caption(net: Array) -> str:
    said = "Lines of equal value against precision and recall, the other inputs at their medians"
    return f"{said}; hatched: a loss." if float(net.min()) < 0 else f"{said}."


def _alt(net: Array, marks: Sequence[Mark], unit: str, *, capped: bool) -> str:
    low, high = float(net.min()), float(net.max())
    marked = "; ".join(
        f"{one.name} at {one.precision:.0%} precision and {one.recall:.0%} recall" for one in marks
    )
    crossed = "it crosses" if low < 0 < high else "it does not cross"
    line = " A line shows where the capacity is used up." if capped else ""
    return (
        f"Contour chart of the net value, {unit}, from {in_words(low)} to {in_words(high)}; "
        f"{crossed} break-even.{line} Marked: {marked or 'nothing'}."
    )
