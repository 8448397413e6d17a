"""A thousand cases as icons, so that a rare event looks rare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kit.report.blocks import Figure
from kit.report.charts.labels import fitted
from kit.report.charts.style import ACCENT, INK, MUTED, SMALL, WIDTH, drawable, drawing, finished

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_ACROSS = 100
_STEP = WIDTH / (_ACROSS + 1)  # inches from one icon to the next
_HEAD = 0.34  # inches for the legend
_CASES = 1_000
_CAPTION = f"What becomes of {_CASES:,} cases. Squares are true cases; what is filled is flagged."
NAMES = ("true cases flagged", "true cases missed", "flagged wrongly", "rightly left alone")
# Squares are true cases, the rest is round; what is flagged is filled. So they read in grey, too.
_LOOKS: tuple[dict[str, Any], ...] = (
    {"edgecolor": ACCENT, "linewidth": 3.3, "capstyle": "projecting"},
    {"facecolor": "white", "edgecolor": ACCENT, "linewidth": 0.9},
    {"edgecolor": INK, "linewidth": 3.4, "capstyle": "round"},
    {"edgecolor": MUTED, "linewidth": 1.2, "capstyle": "round"},
)
_SQUARE = ((-0.27, -0.27), (0.27, -0.27), (0.27, 0.27), (-0.27, 0.27), (-0.27, -0.27))
_DOT = ((-0.01, 0.0), (0.01, 0.0))  # a line that is all ends: the shortest way to write a disc
_OUTLINES = (_DOT, _SQUARE, _DOT, _DOT)


def icon_array(
    *,
    true_positives: int,
    false_negatives: int,
    false_positives: int,
    true_negatives: int,
    names: Sequence[str] = NAMES,
    alt: str | None = None,
) -> Figure:
    """What becomes of the cases, a hundred icons to a row; four `names`, in the arguments' order.

    Without an `alt`, the text alternative is made of the numbers.

    Raises
    ------
    ValueError
        If a count is negative, the counts do not sum to 1,000, or there are not four names.
    """
    counts = (true_positives, false_negatives, false_positives, true_negatives)
    _refuse(counts, names)
    with drawing():
        made = _sheet(_CASES // _ACROSS)
        at = 0
        for outline, look, count in zip(_OUTLINES, _LOOKS, counts, strict=True):
            places = [divmod(place, _ACROSS) for place in range(at, at + count)]
            _icons(made, outline, look, [(across, down) for down, across in places])
            at += count
        made.axes[0].set_axis_off()
        _legend(made, counts, names)
        return finished(made, alt=alt or _alt(counts, names), caption=_CAPTION)


def _refuse(counts: Sequence[int], names: Sequence[str]) -> None:
    if min(counts) < 0 or sum(counts) != _CASES:
        raise ValueError(f"counts: expected four that sum to {_CASES:,}, found {counts}")
    if len(names) != len(counts):
        raise ValueError(f"names: expected {len(counts)}, found {len(names)}")


def _alt(counts: Sequence[int], names: Sequence[str]) -> str:
    told = ", ".join(f"{count:,} {name}" for count, name in zip(counts, names, strict=True))
    return f"Icon array of {_CASES:,} cases: {told}."


def _sheet(rows: int) -> Canvas:
    from matplotlib.figure import Figure as New

    height = _HEAD + _STEP * (rows + 0.2)
    made = New(figsize=(WIDTH, height))
    axes = made.add_axes((0, 0, 1, 1))
    axes.set_xlim(-1, _ACROSS)
    axes.set_ylim(rows - 0.4, rows - 0.4 - height / _STEP)
    return made


def _icons(
    made: Canvas,
    outline: Sequence[tuple[float, float]],
    look: dict[str, Any],
    places: Sequence[tuple[float, float]],
) -> None:
    """All icons of a kind as one path, which is much smaller than one path for each."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not places:
        return
    vertices = [(x + dx, y + dy) for x, y in places for dx, dy in outline]
    closes = len(outline) > 2
    last = Path.CLOSEPOLY if closes else Path.LINETO
    codes = [Path.MOVETO, *[Path.LINETO] * (len(outline) - 2), last] * len(places)
    fill = {"facecolor": "none"} | look
    made.axes[0].add_patch(PathPatch(Path(vertices, codes), clip_on=False, **fill))


def _legend(made: Canvas, counts: Sequence[int], names: Sequence[str]) -> None:
    """Each kind with its count, above the icons."""
    at = 0.0
    top = made.axes[0].get_ylim()[1] + 0.5 * _HEAD / _STEP
    for words, outline, look, count in zip(names, _OUTLINES, _LOOKS, counts, strict=True):
        _icons(made, outline, look, [(at, top)])
        said = drawable(f"{count:,} {words}")
        label = made.axes[0].annotate(
            said, (at, top), xytext=(7, 0), textcoords="offset points", va="center_baseline",
            fontsize=SMALL + 0.5, color=INK,
        )  # fmt: skip
        fitted(label, made.dpi * (_STEP * _ACROSS / 4 - 0.2))
        at += _ACROSS / 4
