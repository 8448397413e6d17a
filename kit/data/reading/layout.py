"""How a delimited text is laid out: its delimiter, what stands above the header, and the header."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kit.data.reading.refusal import RefusedError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKED_AT = 200  # rows
_VALUES = 0.2  # share of a header's cells that may look like values
_ABOVE = 30  # lines that may stand above a header
_NUMBER = re.compile(r"[-+(]?[$€£¥]?[-+]?\d[\d.,'’ ]*([eE][-+]?\d+)?[)%$€£¥]?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")
_YEAR = re.compile(r"(19|20)\d\d")
_SEPARATOR = re.compile(r"sep=([ -!#-~\t])[\r\n]*")  # a hint for Excel, in a first line of its own
_NO_HEADER, _NOT_AT_TOP, _TWO_FIELDS = 0.6, 0.8, 0.95  # what a delimiter is worth less then


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the rows of a text begin, and how they are split."""

    delimiter: str
    escaped: bool  # whether a backslash stands before quotation marks inside of quotes
    header: tuple[str, ...]  # blank texts where there is none
    named: bool  # whether there is a header
    above: int  # lines above the header, a hint at the delimiter left aside
    lines: int  # lines above the first row
    start: int  # bytes above the first row
    per_row: float  # bytes of a row, about; 0 without rows, infinite where one is very long


@dataclass(frozen=True, kw_only=True)
class _Row:
    cells: list[str]
    end: int  # lines up to its end


@dataclass(frozen=True, kw_only=True)
class _Split:
    """The first lines of a text, split in one way."""

    delimiter: str
    escaped: bool
    rows: list[_Row]  # without blank lines
    header: tuple[str, ...]
    at: int | None  # of the header among the rows; None without one
    worth: float  # from 0 to 1


def layout_of(text: str, *, whole: bool) -> Layout:
    """The layout of a text by its beginning.

    Raises
    ------
    RefusedError
        If there is no row in it.
    """
    lines = [*io.StringIO(text, newline="")]
    if not whole and len(lines) > 1:
        lines.pop()  # cut short
    elif not whole:
        raise RefusedError(
            f"a first line of less than {len(text):,} characters",
            "a longer one",
            "Check that it is a table with one row in each line.",
        )
    hint = _SEPARATOR.fullmatch(lines[0]) if lines else None
    ways = [hint[1]] if hint else [*DELIMITERS]
    escapes = (False, True) if '\\"' in text else (False,)
    skipped = 1 if hint else 0
    splits = [_split(lines[skipped:], way, escaped=one) for way in ways for one in escapes]
    best = max(splits, key=lambda split: split.worth)
    if not best.rows:
        raise RefusedError("a table", "no rows", "Attach a file with a header and rows.")
    return _layout(lines, best, skipped, whole=whole)


def _layout(lines: list[str], split: _Split, skipped: int, *, whole: bool) -> Layout:
    at, rows = split.at, split.rows
    above = skipped + (rows[at - 1].end if at else 0)
    top = skipped + rows[at].end if at is not None else above
    start = sum(len(line.encode()) for line in lines[:top])
    below = sum(len(line.encode()) for line in lines[top : skipped + rows[-1].end])
    count = len(rows) - (0 if at is None else at + 1)
    return Layout(
        delimiter=split.delimiter,
        escaped=split.escaped,
        header=split.header,
        named=at is not None,
        above=above - skipped,  # a hint at the delimiter says nothing else
        lines=top,
        start=start,
        per_row=below / count if count else 0.0 if whole else math.inf,
    )


def _split(lines: list[str], delimiter: str, *, escaped: bool) -> _Split:
    rows = _rows(lines, delimiter, escaped=escaped)
    counted = [row for row in rows if not row.cells[0].startswith("#")] or rows
    widths = Counter(len(row.cells) for row in counted)
    if not rows:
        return _Split(delimiter=delimiter, escaped=escaped, rows=[], header=(), at=None, worth=0.0)
    width, often = max(widths.items(), key=lambda one: (one[1], one[0]))
    at = _top(rows, width)
    header = _fitted(rows, at, width)
    named = holds_names(header, rows[at + 1].cells if at + 1 < len(rows) else ())
    worth = often / len(counted) if width > 1 else 0.0
    worth *= 1.0 if named else _NO_HEADER
    worth *= 1.0 if at == 0 else _NOT_AT_TOP
    worth *= 1.0 if width > 2 else _TWO_FIELDS
    return _Split(
        delimiter=delimiter,
        escaped=escaped,
        rows=rows,
        header=header if named else ("",) * len(header),
        at=at if named else None,
        worth=worth,
    )


def _rows(lines: list[str], delimiter: str, *, escaped: bool) -> list[_Row]:
    """The first rows, blank lines aside."""
    reader = csv.reader(
        (line.replace("\0", "") for line in lines),
        delimiter=delimiter,
        escapechar="\\" if escaped else None,
        doublequote=True,
    )
    limit = csv.field_size_limit(sum(map(len, lines)) + 1)
    try:
        rows = []
        for cells in reader:
            if any(cells) or len(cells) > 1:
                rows.append(_Row(cells=cells, end=reader.line_num))
            if len(rows) == _LOOKED_AT:
                break
        return rows
    finally:
        csv.field_size_limit(limit)


def _top(rows: Sequence[_Row], width: int) -> int:
    """Where the header is: at the top, or below lines that are clearly no row of the table."""
    first = len(rows[0].cells)
    if width == 1 or (first != 1 and first >= width - 1):
        return 0
    found = [at for at, row in enumerate(rows[:_ABOVE]) if len(row.cells) == width]
    return found[0] if found else 0


def _fitted(rows: Sequence[_Row], at: int, width: int) -> tuple[str, ...]:
    """The header's cells, where rows or header alone end in a delimiter."""
    header = [cell.strip() for cell in rows[at].cells]
    others = [row.cells for row in rows[at + 1 :] if len(row.cells) == width]
    if len(header) == width - 1 and others and not any(cells[-1].strip() for cells in others):
        return (*header, "")
    if len(header) == width + 1 and not header[-1]:
        return tuple(header[:-1])
    return tuple(header)


def holds_names(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a row is a header, going by it and the row below: hardly a cell is a number or date.

    Years count as names, unless years are below.
    """
    cells = [(at, cell.strip()) for at, cell in enumerate(first)]
    filled = [(at, cell) for at, cell in cells if cell]
    values = 0
    for at, cell in filled:
        below = second[at].strip() if at < len(second) else ""
        is_year = _YEAR.fullmatch(cell) and not _YEAR.fullmatch(below)
        values += not is_year and bool(_NUMBER.fullmatch(cell) or _DATE.fullmatch(cell))
    return bool(filled) and values <= len(filled) * _VALUES
