"""Rows that became a part of a cell, as a quotation mark is missing, or is one too many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.data.reading.absent import ABSENT
from kit.data.reading.numeral_forms import PLAIN
from kit.data.reading.words import MOSTLY, in_one, share

LONG = 20  # lines that a cell runs over only where a quotation mark is missing
_LINE_END = re.compile(r"\r\n|\r|\n")
_FIGURES = re.compile(PLAIN, re.ASCII)
_SAMPLE = 1_000  # cells that show whether a column is one of numbers
_MOST = 10_000  # cells that are looked at
_SURE_LINES, _SURE_WIDTH = 3, 4  # where no number tells: so many lines, or fields, are no chance
_FITTING = 0.8  # share of the lines inside of a cell


@dataclass(frozen=True, kw_only=True)
class Swallowed:
    """Cells that seem to hold rows."""

    cells: int
    lines: int  # in them, that look like rows
    long: int  # other cells that run over suspiciously many lines


def swallowed_in(
    columns: Sequence[pa.ChunkedArray], others: Sequence[str], delimiter: str
) -> Swallowed:
    """What of the columns' cells, and of other texts of the file, looks like rows of the table."""
    broken = [*_with_breaks(columns), *(text for text in others if _LINE_END.search(text))]
    if not broken:
        return Swallowed(cells=0, lines=0, long=0)
    figures = [_is_of_numbers(column) for column in columns]
    counts = {text: _rows_in(text, figures, delimiter) for text in broken}
    found = [counts[text] for text in broken if counts[text]]
    long = sum(not counts[text] and len(_LINE_END.findall(text)) >= LONG for text in broken)
    return Swallowed(cells=len(found), lines=sum(found), long=long)


def _with_breaks(columns: Sequence[pa.ChunkedArray]) -> Iterator[str]:
    """The first cells of each column that run over several lines."""
    for column in columns:
        if any(_may_have_breaks(chunk) for chunk in column.chunks):
            broken = column.filter(pc.match_substring_regex(column, r"[\r\n]"))
            yield from broken.slice(0, _MOST).to_pylist()


def _may_have_breaks(cells: pa.Array) -> bool:
    """Whether there is one among the bytes, which is faster than to look at each cell."""
    text = cells.buffers()[2]
    if text is None:
        return False
    codes = np.frombuffer(text, np.uint8)
    return bool(((codes == ord("\n")) | (codes == ord("\r"))).any())


def _is_of_numbers(column: pa.ChunkedArray) -> bool:
    return share(in_one(column.slice(0, _SAMPLE)).drop_null(), PLAIN) >= MOSTLY


def _rows_in(text: str, figures: Sequence[bool], delimiter: str) -> int:
    """How many lines of a cell, the first one aside, look like rows; 0 where only some do."""
    lines = [line for line in _LINE_END.split(text)[1:] if line.strip()]
    rows = sum(_is_row(line, figures, delimiter) for line in lines)
    inside = len(lines) - 1  # the last one may be cut by the mark
    if len(figures) < 2 or rows < max(1, _FITTING * inside):
        return 0
    told = any(figures) or rows >= _SURE_LINES or len(figures) >= _SURE_WIDTH
    return rows if told else 0


def _is_row(line: str, figures: Sequence[bool], delimiter: str) -> bool:
    """Whether a line has a field for each column, with numbers where these are; prose has spaces behind its commas."""
    if line.count(delimiter) != len(figures) - 1 or f"{delimiter} " in line:
        return False
    fields = [field.strip(' "') for field in line.split(delimiter)]
    return all(
        field in ABSENT or _FIGURES.match(field)
        for field, is_figure in zip(fields, figures, strict=True)
        if is_figure
    )
