"""Which input moves the answer most, as a tornado chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kit.report.blocks import Figure
from kit.report.charts.style import (
    ACCENT,
    INK,
    MUTED,
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

_LOOKS: dict[bool, dict[str, Any]] = {
    True: {"facecolor": "white", "hatch": "////", "label": "a guess, or not said"},
    False: {"facecolor": ACCENT, "label": "with a source, or a target"},
}

_END = 16  # letters of a label at the end of a bar
_AXES = 350  # points that the bars have, names and margins off, about


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One input, and the answer at its two ends."""

    name: str
    at_low: float
    at_high: float
    low_label: str  # the input's low end
    high_label: str
    guess: bool  # hatched: a guess, or not said


def tornado_chart(*, bars: Sequence[Bar], base: float, unit: str, alt: str | None = None) -> Figure:
    """The widest bar on top, around the answer `base` at every input's median.

    Without an `alt`, the text alternative is made of the numbers.

    Raises
    ------
    ValueError
        If there is no bar.
    """
    if not bars:
        raise ValueError("bars: expected at least one, found none")
    bars = sorted(bars, key=lambda bar: -abs(bar.at_high - bar.at_low))
    with drawing():
        names = [wrapped(bar.name) for bar in bars]
        made, axes = canvas(height=1.05 + 0.32 * len(bars), room=_room(names))
        for at, bar in enumerate(bars):
            left, right = sorted((bar.at_low, bar.at_high))
            axes.barh(
                at, right - left, left=left, height=0.56, edgecolor=ACCENT, linewidth=0.8,
                **_LOOKS[bar.guess],
            )  # fmt: skip
            _ends(axes, bar, at)
        _frame(axes, bars, base)
        axes.set_yticks(range(len(bars)), names, linespacing=1.05)
        _upright(axes, base, f"all at their medians: {in_words(base)}")
        _legend(axes)
        values = [base, *(end for bar in bars for end in (bar.at_low, bar.at_high))]
        axes.set_xlabel(scaled(axes.xaxis, values=values, unit=short(unit, 20)), loc="left")
        return finished(made, alt=alt or _alt(bars, base, unit), caption=_caption(bars))


def _ends(axes: Axes, bar: Bar, at: int) -> None:
    """The input's two ends, each outside its side of the bar."""
    rising = bar.at_high >= bar.at_low
    ends = ((bar.at_low, bar.low_label, not rising), (bar.at_high, bar.high_label, rising))
    for place, label, right in ends:
        said = axes.annotate(
            short(label, _END), (place, at), xytext=(4 if right else -4, 0), zorder=4,
            textcoords="offset points", ha="left" if right else "right", va="center",
            fontsize=SMALL, color=MUTED,
        )  # fmt: skip
        on_top(said)


def _frame(axes: Axes, bars: Sequence[Bar], base: float) -> None:
    """Room for the labels at both sides; the widest on top."""
    ends = [base, *(end for bar in bars for end in (bar.at_low, bar.at_high))]
    span = (max(ends) - min(ends)) or abs(base) or 1.0
    side = _side(bars) * span
    axes.set_xlim(min(ends) - side, max(ends) + side)
    axes.set_ylim(len(bars) - 0.45, -0.62)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    without_label(axes.yaxis)
    axes.spines["left"].set_visible(False)


def _room(names: Sequence[str]) -> Room:
    """Room around the bars, with the names at their left."""
    return Room(left=0.12 + widest_of(names, SMALL), right=0.3, top=0.22, bottom=0.5)


def _side(bars: Sequence[Bar]) -> float:
    """The room that the longest label takes beside a bar, as a share of all bars' span."""
    longest = max(
        len(short(each, _END)) for bar in bars for each in (bar.low_label, bar.high_label)
    )
    taken = (8 + 4.6 * longest) / _AXES
    return taken / (1 - 2 * taken)


def _upright(axes: Axes, base: float, words: str) -> None:
    """The line of the answer, and that of break-even where it is in sight."""
    low, high = axes.get_xlim()
    shown = low < 0 < high and abs(base) > (high - low) * 0.01
    at_left = (base - low) / (high - low) > (0.5 if not shown or base < 0 else 0.8)
    if shown:
        at_left = base < 0
        axes.axvline(0, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=3)
        _above(axes, 0, "break-even", at_left=not at_left)
    axes.axvline(base, color="white", linewidth=2.8, zorder=3)  # so that it shows on a bar
    axes.axvline(base, color=INK, linewidth=1.2, zorder=3)
    _above(axes, base, words, at_left=at_left)


def _above(axes: Axes, place: float, words: str, *, at_left: bool) -> None:
    axes.annotate(
        words, (place, 1), xycoords=("data", "axes fraction"), xytext=(2 if at_left else -2, 3),
        textcoords="offset points", ha="right" if at_left else "left", va="bottom",
        fontsize=SMALL, color=INK,
    )  # fmt: skip


def _legend(axes: Axes) -> None:
    """What hatching means, in the row of the axis' name."""
    handles, names = axes.get_legend_handles_labels()
    found = dict(zip(names, handles, strict=True))
    axes.legend(
        found.values(), found.keys(), loc="upper right", bbox_to_anchor=(1, 0), ncols=2,
        borderaxespad=2.45, borderpad=0, handlelength=1.8, columnspacing=1.4,
    )  # fmt: skip


def _alt(bars: Sequence[Bar], base: float, unit: str) -> str:
    told = "; ".join(
        f"{bar.name} from {bar.low_label} to {bar.high_label}: "
        f"{in_words(bar.at_low)} to {in_words(bar.at_high)}"
        for bar in bars
    )
    return f"Tornado chart, {unit}, around {in_words(base)} with every input at its median. {told}."


def _caption(bars: Sequence[Bar]) -> str:
    said = "What moves the answer: each input alone from its low to its high end"
    return f"{said}; hatched bars are guesses." if any(bar.guess for bar in bars) else f"{said}."
