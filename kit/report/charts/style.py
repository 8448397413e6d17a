"""How every chart looks, and how it becomes a block: SVG, the same bytes each time, text as paths."""

from __future__ import annotations

import base64
import io
import re
import textwrap
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kit
from kit.report.blocks import Figure
from kit.report.wording import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure as Canvas
    from matplotlib.text import Text

INK, MUTED, RULE, WASH, ACCENT = "#1d2329", "#56606b", "#d5dade", "#f2f5f7", "#0b5266"
HATCHED: dict[str, Any] = {"facecolor": WASH, "hatch": "////", "linewidth": 0}
BREAK_EVEN: dict[str, Any] = {"color": INK, "linewidth": 1.8}
WIDTH = 6.5  # inches: the width of the text on an A4 page
SMALL = 8.0  # points: no text is smaller
_LABEL = 19.0  # points from the axes to the label below them, past the numbers
_FACE = (
    "Framing Kit"  # under names of their own, since a system may have other versions of the faces
)
_SPARE = "Framing Kit spare"
_UNKNOWN = "\N{WHITE SQUARE}"
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_FONTS = Path(kit.__file__).parent / "export" / "fonts"
_LOOK: dict[str, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "framing-kit",
    "font.family": [_FACE, _SPARE],
    "font.size": 8.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelcolor": MUTED,
    "axes.labelsize": 8.5,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 8.5,
    "axes.titlecolor": MUTED,
    "axes.titlepad": 8,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "hatch.linewidth": 0.5,
    "hatch.color": "#8a949d",
    "legend.frameon": False,
    "legend.fontsize": SMALL,
    "legend.handletextpad": 0.5,
    "figure.dpi": 100,
}
_HALF = re.compile("[\ud800-\udfff]")  # a half of a character alone, which no file can hold
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_OUTLINE = re.compile(r' d="[^"]*"')
_LONG = re.compile(r"-?\d+\.\d{3,}")
_ONE_AT_A_TIME = threading.RLock()  # matplotlib's settings are of the whole process


@dataclass(frozen=True, kw_only=True)
class Room:
    """Room around the axes [inches]."""

    left: float
    right: float
    top: float
    bottom: float


@contextmanager
def drawing() -> Iterator[None]:
    """What a chart is drawn and saved in: the kit's settings, whatever the person's own are."""
    import matplotlib.style

    with _ONE_AT_A_TIME:
        _glyphs()
        with matplotlib.style.context(_LOOK, after_reset=True):
            yield


@cache
def _glyphs() -> frozenset[int]:
    """Make the brief's own face and matplotlib's known, and tell which characters they hold."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontEntry, fontManager, get_font

    spare = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    held: set[int] = set()
    for name, path in ((_FACE, _FONTS / "IBMPlexSans-Regular.ttf"), (_SPARE, spare)):
        fontManager.ttflist.append(FontEntry(fname=str(path), name=name, size="scalable"))
        held |= get_font(str(path)).get_charmap().keys()
    return frozenset(held - set(_CONTROLS))


def drawable(text: str) -> str:
    """A text on one line, with a box for each character that can not be drawn."""
    held = _glyphs()
    return "".join(one if ord(one) in held else _UNKNOWN for one in " ".join(text.split()))


def short(text: str, letters: int = 34) -> str:
    """A name that fits beside a chart, on one line."""
    text = drawable(text)
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def wrapped(text: str, letters: int = 26) -> str:
    """A name that fits beside a chart, on two lines at most."""
    return "\n".join(textwrap.wrap(drawable(text), letters, max_lines=2, placeholder="…"))


def width_of(text: str, size: float) -> float:
    """How wide a line is [inches] in letters of a size [points]; to be called inside `drawing`."""
    return sum(map(_advance, text)) * size / 72


def widest_of(names: Iterable[str], size: float) -> float:
    """How wide the widest line of some names is [inches], as `width_of`; 0 without any."""
    return max((width_of(line, size) for name in names for line in name.splitlines()), default=0.0)


@cache
def _advance(letter: str) -> float:
    """How far a letter moves the next one, as a share of the size."""
    from matplotlib.font_manager import findfont, get_font
    from matplotlib.ft2font import LoadFlags

    fonts = [get_font(findfont(name)) for name in (_FACE, _SPARE)]
    font = next((one for one in fonts if one.get_char_index(ord(letter))), fonts[0])
    font.set_size(100, 72)
    return float(font.load_char(ord(letter), LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100


def canvas(*, height: float, room: Room | None = None) -> tuple[Canvas, Axes]:
    """An empty chart of the page's width [inches]; to be called and drawn on inside `drawing`.

    Without a `room` around the axes it is found by measuring, which takes as long as drawing. With one, the label
    below has its place, too, which would be found by measuring all others; a label at the side has to be measured.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as New

    made = New(figsize=(WIDTH, height), layout=None if room else "constrained")
    FigureCanvasAgg(made)  # it measures text
    if room is None:
        return made, made.add_subplot()
    across, along = WIDTH - room.left - room.right, height - room.top - room.bottom
    box = (room.left / WIDTH, room.bottom / height, across / WIDTH, along / height)
    axes = made.add_axes(box)
    axes.xaxis.set_label_coords(0.5, -_LABEL / 72 / along)
    return made, axes


def without_label(axis: Axis) -> None:
    """Say that an axis gets no label, as a place for it is looked for all the same."""
    axis.set_label_coords(0.0, 0.5)


def scale_of(values: Sequence[float]) -> tuple[float, str]:
    """What to divide an axis by, and the word for it: a million, "million "; 1, ""."""
    largest = max(map(abs, values), default=0.0)
    scales = ((1e9, "billion "), (1e6, "million "))
    return next((one for one in scales if largest >= one[0]), (1.0, ""))


def scaled(axis: Axis, *, values: Sequence[float], unit: str, ticks: int = 5) -> str:
    """Give an axis few and readable ticks; the label that says what they are in."""
    from matplotlib.ticker import MaxNLocator

    scale, word = scale_of(values)
    axis.set_major_locator(MaxNLocator(ticks))
    axis.set_major_formatter(lambda value, _: tick(value / scale))
    return f"{word}{short(unit, 44)}"


def tick(value: float) -> str:
    """A number beside a line, without the noise of its last digits: −0.5."""
    return number(float(f"{value:.6g}") + 0.0)


def in_words(value: float, unit: str = "") -> str:
    """An amount to three digits: "1.2 million USD"; "−45,700"."""
    return f"{number(float(f'{value:.3g}') + 0.0)} {unit}".rstrip()


def on_top(text: Text) -> None:
    """Keep a text readable on lines and hatching."""
    text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8})


def finished(made: Canvas, *, alt: str, caption: str | None = None) -> Figure:
    """A chart as a block."""
    written = io.BytesIO()
    made.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return Figure(
        media="image/svg+xml",
        data=base64.b64encode(_shorter(written.getvalue().decode()).encode()).decode(),
        alt=_HALF.sub(_UNKNOWN, alt),
        caption=caption,
    )


def _shorter(svg: str) -> str:
    """An SVG with outlines to a hundredth of a point and without comments: half the letters."""
    return _OUTLINE.sub(lambda found: _LONG.sub(_rounded, found[0]), _COMMENT.sub("", svg))


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
