"""Which characters a PDF can show, and what stands in for the others.

The PDF's fonts are the bundled one and those inside Typst; `fonts/coverage.json` lists what they
hold. A character without a glyph is named, never dropped.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"

_NAMED = 3  # so many in a row are named one by one
_LISTED = 12  # so many code points are listed of a longer row
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufffe\uffff]"
)
_INVISIBLE = {0xAD, 0x34F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)}
_JOINER = "\u200d"
_TAGS = range(0xE0020, 0xE0080)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A text as the PDF can show it."""

    text: str
    missing: tuple[str, ...]  # names of what has no glyph, in order of appearance


def printable(text: str) -> str:
    """Text in which control characters, lone surrogates and direction overrides are named."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", "    ")
    return _UNSAFE.sub(lambda found: f"[{name(found[0])}]", text)


def name(cluster: str) -> str:
    """The code points of a character and their names, for example `U+1F600 GRINNING FACE`."""
    seen = [char for char in cluster if ord(char) not in _INVISIBLE] or list(cluster)
    return " + ".join(f"U+{ord(char):04X} {_unicode_name(char)}" for char in seen)


def _unicode_name(char: str) -> str:
    kinds = {"Cc": "CONTROL CHARACTER", "Cs": "LONE SURROGATE", "Co": "PRIVATE USE"}
    fallback = kinds.get(unicodedata.category(char), "UNASSIGNED")
    return unicodedata.name(char, fallback)


def shown(text: str, *, refused: frozenset[str] = frozenset()) -> Shown:
    """Text with a named placeholder for whatever the fonts cannot show.

    `refused` holds characters that Typst would not show although a font lists them.
    """
    if text.isascii() and not refused:
        return Shown(text=text, missing=())
    parts: list[str] = []
    missing: list[str] = []
    row: list[str] = []
    for cluster in clusters(text):
        seen, rest = _split(cluster, refused)
        if seen:
            parts.append(_placeholder(row))
            parts.append(seen)
            row = []
        if rest:
            row.append(rest)
            missing.append(name(rest))
    parts.append(_placeholder(row))
    return Shown(text="".join(parts), missing=tuple(missing))


def clusters(text: str) -> Iterator[str]:
    """Characters as people see them: marks, joined emoji, flags and skin tones stay together."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _continues(text, start, index):
            yield text[start:index]
            start = index


def _continues(text: str, start: int, index: int) -> bool:
    point = ord(text[index])
    joined = text[index - 1] == _JOINER and unicodedata.category(text[index]) == "So"
    flag = index - start == 1 and point in _REGIONAL and ord(text[start]) in _REGIONAL
    extends = unicodedata.category(text[index]) in ("Mn", "Mc", "Me") or text[index] == _JOINER
    return joined or flag or extends or point in _SKIN_TONES or point in _TAGS


def _split(cluster: str, refused: frozenset[str]) -> tuple[str, str]:
    """What of a cluster can be shown, and what cannot."""
    if _covered(cluster, refused):
        return cluster, ""
    if _covered(cluster[0], refused):
        return cluster[0], cluster[1:]
    return "", cluster


def _covered(cluster: str, refused: frozenset[str]) -> bool:
    if any(each in cluster for each in refused):
        return False
    if cluster == "\n" or cluster.isascii():
        return True
    forms = {cluster, unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFD", cluster)}
    needed = [{ord(char) for char in form} - _INVISIBLE for form in forms]
    return any(points <= family for points in needed for family in _faces())


@cache
def _faces() -> tuple[frozenset[int], ...]:
    found = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))
    return tuple(
        frozenset(point for low, high in ranges for point in range(low, high + 1))
        for ranges in found.values()
    )


def _placeholder(row: list[str]) -> str:
    if len(row) <= _NAMED:
        return "".join(f"[{name(cluster)}]" for cluster in row)
    points = [f"U+{ord(char):04X}" for cluster in row for char in cluster][:_LISTED]
    more = " …" if len(row) > _LISTED else ""
    return f"[{len(row)} characters without a glyph: {' '.join(points)}{more}]"
