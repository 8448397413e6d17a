"""Labels of points, set where they cover neither each other nor a point."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING

from kit.numbers.domain import Array
from kit.report.charts.style import INK, SMALL, on_top

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path
    from matplotlib.text import Annotation, Text
    from matplotlib.transforms import Bbox

_STEP = 3  # of a line's points, one in so many is tried
_NEAR = 7  # points between a point's middle and its label
_OVER = 12  # dots that a label may stand over the frame above and below
_APART = (90, 16)  # dots between the middles of two names
_SIDES = (
    *((1, 0, "left", "center"), (-1, 0, "right", "center")),
    *((0, 1, "center", "bottom"), (0, -1, "center", "top")),
    *((1, 1, "left", "bottom"), (-1, 1, "right", "bottom")),
    *((1, -1, "left", "top"), (-1, -1, "right", "top")),
)


def written(axes: Axes) -> list[Bbox]:
    """Where the labels are that a chart has so far."""
    return [text.get_window_extent() for text in axes.texts]


def along(axes: Axes, name: str, line: Sequence[tuple[float, float]], *, color: str) -> None:
    """Write a line's name beside it, where it covers no label; near its end, if it can be."""
    taken, frame = written(axes), axes.get_window_extent()
    label = axes.annotate(
        name, line[-1], xytext=(0, 0), textcoords="offset points", fontsize=SMALL, color=color,
        va="center", zorder=4,
    )  # fmt: skip
    on_top(label)
    for point, right in product([*line[::-_STEP], line[-1]], (-1, 1)):
        label.xy = point
        label.set(ha="left" if right > 0 else "right")
        label.xyann = (right * _NEAR, 0)
        box = label.get_window_extent().padded(3)
        if _is_inside(box, frame) and not any(box.overlaps(one) for one in taken):
            return


def flattest(axes: Axes, path: Path, taken: Sequence[Array]) -> Array | None:
    """The place on a line [dots] where a name reads best: level, and not on another name."""
    import numpy as np

    dots = axes.transData.transform(path.vertices)
    if len(dots) < 2:
        return None
    frame = axes.get_window_extent()
    across, up = ((dots - np.asarray(frame.min)) / np.asarray(frame.size)).T
    run, rise = np.abs(np.gradient(dots, axis=0)).T
    slope = np.round(rise / (run + rise + 1e-9), 2)
    middle = np.abs(up - 0.5)
    inside = (across > 0.03) & (across < 0.9) & (middle < np.where(slope < 0.4, 0.43, 0.25))
    for at in np.lexsort((middle, -np.round(dots[:, 0]), slope)):
        near = any((np.abs(dots[at] - one) < _APART).all() for one in taken)
        if inside[at] and not near:
            return np.asarray(dots[at])
    return None


def fitted(label: Text, dots: float) -> None:
    """Shorten a label to a width [dots]."""
    whole = label.get_text()
    for letters in range(len(whole) - 1, 0, -1):
        if label.get_window_extent().width <= dots:
            return
        label.set_text(f"{whole[:letters].rstrip()}…")


def placed(axes: Axes, points: Sequence[tuple[str, float, float]]) -> None:
    """Write each point's name beside it, at the first of eight places that is free."""
    frame = axes.get_window_extent()
    at = [axes.transData.transform((x, y)) for _, x, y in points]
    taken = written(axes)
    for index, (name, x, y) in enumerate(points):
        others = [one for n, one in enumerate(at) if n != index]
        label = axes.annotate(
            name, (x, y), xytext=(0, 0), textcoords="offset points", fontsize=SMALL,
            color=INK, zorder=6, annotation_clip=False,
        )  # fmt: skip
        on_top(label)
        taken.append(_settled(label, frame, taken, others))


def _settled(
    label: Annotation, frame: Bbox, taken: Sequence[Bbox], points: Sequence[Array]
) -> Bbox:
    """The first place that is free; else the first inside the frame; else the first of all."""
    inside = [side for side in _SIDES if _is_inside(_moved(label, side), frame)]
    for side in inside:
        box = _moved(label, side)
        clear = not any(box.overlaps(one) for one in taken)
        if clear and not any(box.contains(*one) for one in points):
            return box
    return _moved(label, (*inside, _SIDES[0])[0])


def _moved(label: Annotation, side: tuple[int, int, str, str]) -> Bbox:
    right, up, across, along = side
    label.set(ha=across, va=along)
    label.xyann = (right * _NEAR, up * _NEAR)
    return label.get_window_extent().padded(2)


def _is_inside(box: Bbox, frame: Bbox) -> bool:
    across = frame.x0 <= box.x0 and box.x1 <= frame.x1
    along = frame.y0 - _OVER <= box.y0 and box.y1 <= frame.y1 + _OVER
    return bool(across and along)
