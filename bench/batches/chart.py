"""Cost per brief as the batch grows, drawn: both axes in powers of ten, every line named where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from batches.results import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLE = "What a brief costs, as the batch grows"
# Told apart by marker, dashes and lightness; by colour only where there is one.
_LOOKS: dict[str, tuple[str, str, str]] = {
    "forked": ("#000000", "o", "-"),
    "limit": ("#686868", "", ":"),
    "jupyter": ("#0b4f8a", "s", "--"),
    "webpdf": ("#b3560a", "^", "-"),
    "latex": ("#6e2a6e", "D", "-"),
    "quarto-typst": ("#2f7d4f", "v", "-."),
    "quarto-pdf": ("#2f7d4f", "P", "-."),
}
_APART = 0.045  # between two names, as a share of the axis's height
_ROOM = 9  # times the largest batch, for the names


def draw(results: Results, sizes: Sequence[int], path: Path) -> None:
    """Write the chart as SVG, with its text as text; the same results give the same bytes."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "batch", "font.size": 10}):
        figure = Figure(figsize=(8, 4.8), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        ends = {name: end for name in results.ways if (end := _line(axes, results, name, sizes))}
        _settle(axes, sizes)
        _name(axes, results, ends)
        figure.savefig(
            path, metadata={"Title": TITLE, "Description": in_words(results, sizes), "Date": None}
        )


def in_words(results: Results, sizes: Sequence[int]) -> str:
    """What the chart shows, for those who do not see it."""
    said = []
    for name, way in results.ways.items():
        found = [run for size in sizes if (run := results.run(name, size))]
        if found:
            costs = ", ".join(f"{run.cost:.2f} s with {run.briefs:,}" for run in found)
            said.append(f"{way.name}: {costs}")
    return f"Seconds of wall clock per brief by the number of briefs. {'. '.join(said)}."


def _line(
    axes: Axes, results: Results, name: str, sizes: Sequence[int]
) -> tuple[float, float] | None:
    """Draw a way; where its line ends."""
    runs = [run for size in sizes if (run := results.run(name, size))]
    if not runs:
        return None
    colour, marker, dashes = _LOOKS[name]
    width = 2.6 if name == "forked" else 1.5
    axes.plot(
        [run.briefs for run in runs], [run.cost for run in runs],
        color=colour, marker=marker, linestyle=dashes, linewidth=width, markersize=6,
    )  # fmt: skip
    return runs[-1].briefs, runs[-1].cost


def _settle(axes: Axes, sizes: Sequence[int]) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    axes.set(xscale="log", yscale="log", xlim=(sizes[0] * 0.85, sizes[-1] * _ROOM))
    axes.set_title(TITLE, loc="left", fontweight="bold", pad=14)
    axes.set_xlabel("briefs in the batch", loc="left")
    axes.set_ylabel("seconds per brief, all included", loc="top")
    axes.set_xticks(list(sizes), labels=[f"{size:,}" for size in sizes])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.grid(axis="y", color="#e0e0e0", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _name(axes: Axes, results: Results, ends: dict[str, tuple[float, float]]) -> None:
    """Each line's name right of its end, moved up where it would stand on the one below."""
    place = axes.transData - axes.transAxes
    below: dict[float, float] = {}  # by where lines end: how high the last name stands
    for name, (size, cost) in sorted(ends.items(), key=lambda each: each[1][1]):
        across, height = place.transform((size, cost))
        below[size] = height = max(float(height), below.get(size, -1.0) + _APART)
        axes.text(
            across + 0.015, height, results.ways[name].name,
            transform=axes.transAxes, color=_LOOKS[name][0], va="center",
            fontweight="bold" if name == "forked" else "normal",
        )  # fmt: skip
