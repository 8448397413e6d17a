"""Which characters the fonts of the PDF hold and how wide they are, read from the fonts.

`python tests/fontcoverage.py` writes `coverage.json` and `widths.json` in `kit/export/fonts`
anew; a test holds them equal.
Typst carries some fonts inside its library; they are found there by their headers.
"""

from __future__ import annotations

import io
import json
import mmap
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import typst._typst
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "kit" / "export" / "fonts"
COVERAGE = FONTS / "coverage.json"
WIDTHS = FONTS / "widths.json"


def read() -> dict[str, list[list[int]]]:
    """Ranges of covered code points for every family: the bundled one first, then Typst's own."""
    families: dict[str, set[int]] = {}
    for data in [*_bundled(), *_embedded()]:
        font = TTFont(io.BytesIO(data), lazy=True)
        names = font["name"]
        family = names.getDebugName(16) or names.getDebugName(1)
        if "MATH" not in font:
            families.setdefault(family, set()).update(filter(_public, font.getBestCmap()))
    return {family: _ranges(sorted(points)) for family, points in families.items()}


def read_widths() -> dict[str, int]:
    """The advance of each character in thousandths of an em, in the widest bundled face."""
    widest: dict[str, int] = {}
    for data in _bundled():
        font = TTFont(io.BytesIO(data), lazy=True)
        scale, advances = font["head"].unitsPerEm, font["hmtx"]
        for point, glyph in filter(lambda pair: _public(pair[0]), font.getBestCmap().items()):
            advance = round(1000 * advances[glyph][0] / scale)
            widest[chr(point)] = max(advance, widest.get(chr(point), 0))
    return widest


def _public(point: int) -> bool:
    """Whether the point is no control character and not in a private-use area."""
    return unicodedata.category(chr(point)) not in ("Cc", "Co", "Cs")


def _bundled() -> Iterator[bytes]:
    for path in sorted(FONTS.glob("*.ttf")):
        yield path.read_bytes()


def _embedded() -> Iterator[bytes]:
    with (
        Path(typst._typst.__file__).open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        for tag in (b"OTTO", b"\x00\x01\x00\x00"):
            start = data.find(tag)
            while start != -1:
                length = _length(data, start)
                if length:
                    yield data[start : start + length]
                start = data.find(tag, start + 1)


def _length(data: mmap.mmap, start: int) -> int:
    """Length of the font that starts here; 0 where there is none."""
    header = data[start : start + 12]
    tables = struct.unpack(">H", header[4:6])[0] if len(header) == 12 else 0
    if not 8 <= tables <= 40:
        return 0
    end = 0
    for index in range(tables):
        record = data[start + 12 + 16 * index : start + 28 + 16 * index]
        if len(record) < 16 or not all(32 <= byte < 127 for byte in record[:4]):
            return 0
        offset, length = struct.unpack(">II", record[8:])
        end = max(end, offset + length)
    return end if start + end <= len(data) else 0


def _ranges(points: list[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


def as_json(families: dict[str, list[list[int]]]) -> str:
    """One family to a line, so that a change can be read."""
    lines = [
        f"  {json.dumps(name)}: {json.dumps(found, separators=(',', ':'))}"
        for name, found in families.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def widths_as_json(widths: dict[str, int]) -> str:
    """Characters of one width in one string, so that the file stays small."""
    same: dict[int, str] = {}
    for char, width in sorted(widths.items()):
        same[width] = same.get(width, "") + char
    return json.dumps(dict(sorted(same.items())), indent=0) + "\n"


if __name__ == "__main__":
    COVERAGE.write_text(as_json(read()), encoding="utf-8")
    WIDTHS.write_text(widths_as_json(read_widths()), encoding="utf-8")
