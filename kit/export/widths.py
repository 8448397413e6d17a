"""How wide a text is in the PDF's own face, so that the template need not measure every word.

Widths are in em and err on the wide side: a character counts as in the widest of the bundled
faces, and one that they lack counts as very wide.
"""

from __future__ import annotations

import json
import re
from functools import cache

from kit.export.glyphs import FONTS
from kit.report.blocks import Rich, Span

_STRANGE = 1.3  # em, for a character of another face
_MARK = "\uffff"  # stands for a mark of provenance and the space before it
_MARK_WIDTH = 0.9
_INKED = re.compile(r"[^ \n]")
_LIKE_CODE = "0"  # a character as wide as those of the fixed-width face, if not wider


class _Advances(dict[str, float]):
    """Advances by character."""

    def __missing__(self, char: str) -> float:
        return _STRANGE


def width(text: str) -> float:
    """The width of a text on one line, in em."""
    return sum(map(_advances().__getitem__, text))


def width_of(spans: Rich) -> float:
    """The width of spans on one line, with their marks, in em."""
    return width(_as_set(spans))


def widest_word(spans: Rich) -> float:
    """The width of the widest run of spans that has no space in it, in em."""
    return max(map(width, _as_set(spans).replace("\n", " ").split(" ")))


def cut(text: str, *, room: float) -> str:
    """A text on one line of `room` em, with an ellipsis where it is cut."""
    text = " ".join(text.split())
    if width(text) <= room:
        return text
    while text and width(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _as_set(spans: Rich) -> str:
    return "".join(_span_as_set(span) for span in spans)


def _span_as_set(span: Span) -> str:
    text = _INKED.sub(_LIKE_CODE, span.text) if span.code else span.text
    return text + _MARK if span.mark else text


@cache
def _advances() -> _Advances:
    found = json.loads((FONTS / "widths.json").read_text(encoding="utf-8"))
    advances = {char: int(width) / 1000 for width, chars in found.items() for char in chars}
    return _Advances({**advances, _MARK: _MARK_WIDTH})
