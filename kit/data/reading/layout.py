"""How a delimited text is laid out: its delimiter, what stands above the header, and the header."""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal

from kit.data.read_as import DELIMITERS
from kit.data.reading.refusal import RefusedError

_LOOKED_AT = 200  # rows
_VALUES = 0.2  # share of a header's cells that may look like values
_ABOVE = 30  # lines that may stand above a header
_LINES = 20  # that no header runs over
_NUMBER = re.compile(r"[-+(]?[$€£¥]?[-+]?\d[\d.,'’ ]*([eE][-+]?\d+)?[)%$€£¥]?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")
_YEAR = re.compile(r"(19|20)\d\d")
_SEPARATOR = re.compile(r"sep=([ -!#-~\t])[\r\n]*")  # a hint for Excel, in a first line of its own
_NO_HEADER, _NOT_AT_TOP, _TWO_FIELDS = 0.6, 0.8, 0.95  # what a delimiter is worth less then


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the rows of a text begin, and how they are split."""

    delimiter: str
    hinted: bool  # whether a first line of its own names it
    escaped: bool  # whether a backslash stands before quotation marks inside of quotes
    quoted: bool  # whether quotation marks are such; not where one in the header swallows rows
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
    quoted: bool
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
    skipped = 1 if hint else 0
    with _fields_of(len(text) + 10):
        best = _best_split(lines[skipped:], ways)
    if not best.rows:
        raise RefusedError("a table", "no rows", "Attach a file with a header and rows.")
    return _layout(lines, best, skipped, whole=whole)


def _best_split(lines: list[str], ways: Sequence[str]) -> _Split:
    splits = [_split(lines, way) for way in ways]
    if any('\\"' in line for line in lines):
        splits += [_split(lines, way, escaped=True) for way in ways if not _is_standard(lines, way)]
    best = max(splits, key=lambda split: split.worth)
    swallowed = _swallowed(lines, best)
    if not swallowed:
        return best
    bare = max((_split(lines, way, quoted=False) for way in ways), key=lambda split: split.worth)
    return bare if swallowed == "surely" or bare.worth >= best.worth else best


def _layout(lines: list[str], split: _Split, skipped: int, *, whole: bool) -> Layout:
    at, rows = split.at, split.rows
    above = skipped + (rows[at - 1].end if at else 0)
    top = skipped + rows[at].end if at is not None else above
    start = sum(len(line.encode()) for line in lines[:top])
    below = sum(len(line.encode()) for line in lines[top : skipped + rows[-1].end])
    count = len(rows) - (0 if at is None else at + 1)
    is_more = any(
        line.strip() for line in lines[top:]
    )  # such as the empty texts of a single column
    return Layout(
        delimiter=split.delimiter,
        hinted=bool(skipped),
        escaped=split.escaped,
        quoted=split.quoted,
        header=split.header,
        named=at is not None,
        above=above - skipped,  # a hint at the delimiter says nothing else
        lines=top,
        start=start,
        per_row=below / count if count else 0.0 if whole and not is_more else math.inf,
    )


def _split(
    lines: list[str], delimiter: str, *, escaped: bool = False, quoted: bool = True
) -> _Split:
    rows = _rows(lines, delimiter, escaped=escaped, quoted=quoted)
    counted = [row for row in rows if not row.cells[0].startswith("#")] or rows
    widths = Counter(len(row.cells) for row in counted)
    bare = _Split(
        delimiter=delimiter,
        escaped=escaped,
        quoted=quoted,
        rows=rows,
        header=(),
        at=None,
        worth=0.0,
    )
    if not rows:
        return bare
    width, often = max(widths.items(), key=lambda one: (one[1], one[0]))
    at = _top(rows, width)
    header = _fitted(rows, at, width)
    named = holds_names(header, rows[at + 1].cells if at + 1 < len(rows) else ())
    worth = often / len(counted) if width > 1 else 0.0
    worth *= 1.0 if named else _NO_HEADER
    worth *= 1.0 if at == 0 else _NOT_AT_TOP
    worth *= 1.0 if width > 2 else _TWO_FIELDS
    return replace(
        bare,
        header=header if named else ("",) * len(header),
        at=at if named else None,
        worth=worth,
    )


def _rows(lines: list[str], delimiter: str, *, escaped: bool, quoted: bool) -> list[_Row]:
    """The first rows, blank lines aside."""
    reader = _reader(lines, delimiter, escaped=escaped, quoted=quoted)
    rows = (_Row(cells=cells, end=reader.line_num) for cells in reader)
    filled = (row for row in rows if any(row.cells) or len(row.cells) > 1)
    return [*itertools.islice(filled, _LOOKED_AT)]


def _reader(
    lines: list[str],
    delimiter: str,
    *,
    escaped: bool = False,
    quoted: bool = True,
    strict: bool = False,
) -> Any:
    """A reader of the module `csv`."""
    return csv.reader(
        (line.replace("\0", "") for line in lines),
        delimiter=delimiter,
        escapechar="\\" if escaped else None,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=strict,
    )


@contextmanager
def _fields_of(size: int) -> Iterator[None]:
    """Let fields be so long."""
    limit = csv.field_size_limit(size)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _is_standard(lines: list[str], delimiter: str) -> bool:
    r"""Whether the first rows follow RFC 4180, where a backslash means nothing: `"\"` is a cell of one."""
    try:
        for _ in itertools.islice(_reader(lines, delimiter, strict=True), _LOOKED_AT):
            pass
    except csv.Error as exc:
        return "unexpected end" in str(exc)  # of what may have been cut
    return True


def _swallowed(lines: list[str], split: _Split) -> Literal["", "perhaps", "surely"]:
    """Whether a quotation mark in the header, or in a first row without one, makes rows a part of it."""
    if not split.rows:
        return ""
    at = split.at or 0
    top = split.rows[at - 1].end if at else 0
    inside = [line for line in lines[top : split.rows[at].end] if line.strip()]
    if len(inside) < 2:
        return ""
    if len(inside) > _LINES or not _is_closed(inside, split):
        return "surely"
    widths = [line.count(split.delimiter) + 1 for line in inside]
    fitting = sum(width == widths[0] for width in widths[1:-1])
    return "perhaps" if widths[0] > 1 and fitting and fitting * 2 >= len(inside) - 2 else ""


def _is_closed(inside: list[str], split: _Split) -> bool:
    """Whether a row ends where the lines do: else one more line is a part of it."""
    more = [*inside[:-1], inside[-1].rstrip("\r\n") + "\n", "more\n"]
    *_, last = _reader(more, split.delimiter, escaped=split.escaped)
    return bool(last == ["more"])


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
