"""The rows of a delimited text, by Arrow; the ones that do not fit are counted, and their lines are told."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from kit.data.reading.absent import ABSENT
from kit.data.reading.decoding import lost_in, utf8_of
from kit.data.reading.encoding import Encoding
from kit.data.reading.layout import Layout
from kit.data.reading.refusal import RefusedError
from kit.data.reading.swallowed import Swallowed, swallowed_in

ROW_SIZE = 8 << 20  # bytes, at most
_LINES = 5  # that are named
_MOST = 0.5  # share of rows that must have as many fields as the header
_LINE_END = re.compile(r"\r\n|\r|\n")
_TEXTS = 1_000  # ragged rows over several lines that are looked at
_WIDE = 64  # columns, from which on the room that Arrow asks for, a block for each, is too much for malloc


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What a text holds below its header."""

    columns: tuple[pa.ChunkedArray, ...]  # of strings
    count: int  # rows in the file, the ones left out included
    ragged: int  # left out
    ragged_lines: tuple[int, ...]  # of the first few
    swallowed: Swallowed  # what a quotation mark may have made of some of them
    lost: int  # characters that could not be told
    quoted: bool  # whether quotation marks were taken for such


class _TooLongError(Exception):
    """A row is larger than what is read at a time."""


def read_rows(path: Path, encoding: Encoding, layout: Layout, *, every: int) -> Rows:
    """Every n-th row of a text.

    Raises
    ------
    RefusedError
        If most rows have more or fewer fields than the header, or one of them is far too long.
    """
    if not layout.per_row:
        nothing = _nothing(len(layout.header))
        return Rows(
            columns=nothing,
            count=0,
            ragged=0,
            ragged_lines=(),
            swallowed=swallowed_in(nothing, layout.header, layout.delimiter),
            lost=0,
            quoted=layout.quoted,
        )
    try:
        reading = _quoted(path, encoding, layout, every) if layout.quoted else None
        if reading is not None:
            return reading.rows()
        # A quotation mark that never ends swallows the rest of the file: then none of them is one.
        return _Reading(path, encoding, layout, every=every, quoted=False).rows()
    except _TooLongError as exc:
        raise RefusedError(
            f"rows of less than {ROW_SIZE >> 20} MB each",
            "a longer one",
            "Take the long cell out, or save the file with a line for each row.",
        ) from exc


def _quoted(path: Path, encoding: Encoding, layout: Layout, every: int) -> _Reading | None:
    """A reading that minds quotation marks; None where one of them never ends."""
    try:
        reading = _Reading(path, encoding, layout, every=every, quoted=True)
    except _TooLongError:
        if _odd_quotes(path, encoding, layout):
            return None
        raise
    swallowed = reading.ends_in_lines and _odd_quotes(path, encoding, layout)
    return None if swallowed else reading


class _Reading:
    """One reading of the file, with what was left out."""

    def __init__(
        self, path: Path, encoding: Encoding, layout: Layout, *, every: int, quoted: bool
    ) -> None:
        self._path, self._encoding, self._layout = path, encoding, layout
        self._quoted = quoted
        self._count = 0
        self._widths: Counter[int] = Counter()
        self._ragged: list[tuple[int, str]] = []  # number and text of the first few
        self._last = (0, "")  # number and text of the last ragged row
        self._broken: list[str] = []  # texts of the first ragged rows over several lines
        self._tail: pa.RecordBatch | None = None  # the last row that is not
        self._kept, self._lost = self._read(every)

    @property
    def ends_in_lines(self) -> bool:
        """Whether the last row runs over several lines, as it does where a quotation mark never ends."""
        number, text = self._last
        if number == self._count + self._widths.total():
            return "\n" in text
        cells = [column[0].as_py() for column in self._tail.columns] if self._tail else []
        return any("\n" in cell for cell in cells if cell)

    def rows(self) -> Rows:
        ragged = self._widths.total()
        self._refuse_no_table(ragged)
        return Rows(
            columns=(columns := self._columns()),
            count=self._count + ragged,
            ragged=ragged,
            ragged_lines=self._lines(),
            swallowed=swallowed_in(columns, self._others(), self._layout.delimiter),
            lost=self._lost,
            quoted=self._quoted,
        )

    def _read(self, every: int) -> tuple[list[pa.RecordBatch], int]:
        try:
            with utf8_of(self._path, self._encoding, start=self._layout.start) as stream:
                pool = _pool(len(self._layout.header))
                with arrow_csv.open_csv(stream, **self._options(), memory_pool=pool) as batches:
                    thinned = (self._thinned(batch, every) for batch in batches)
                    kept = [batch for batch in thinned if batch.num_rows]
                return kept, lost_in(stream)
        except pa.ArrowInvalid as exc:
            if "Empty CSV" in str(exc):
                return [], 0
            if "straddl" not in str(exc) and "parser" not in str(exc):
                raise
            raise _TooLongError from exc

    def _options(self) -> dict[str, Any]:
        names = [str(at) for at in range(len(self._layout.header))]  # theirs may be anything
        return {
            "read_options": arrow_csv.ReadOptions(
                column_names=names,
                block_size=ROW_SIZE,
                use_threads=False,  # with threads, a row has no number
            ),
            "parse_options": arrow_csv.ParseOptions(
                delimiter=self._layout.delimiter,
                quote_char='"' if self._quoted else False,
                escape_char="\\" if self._layout.escaped else False,
                newlines_in_values=self._quoted,
                invalid_row_handler=self._left_out,
            ),
            "convert_options": arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                null_values=list(ABSENT),
            ),
        }

    def _left_out(self, row: Any) -> str:
        self._widths[row.actual_columns] += 1
        self._last = row.number, row.text
        if len(self._ragged) < _LINES:
            self._ragged.append((row.number, row.text))
        if "\n" in row.text and len(self._broken) < _TEXTS:
            self._broken.append(row.text)
        return "skip"

    def _thinned(self, batch: pa.RecordBatch, every: int) -> pa.RecordBatch:
        start = -self._count % every
        self._count += batch.num_rows
        if batch.num_rows:
            self._tail = batch.slice(batch.num_rows - 1)
        if every == 1:
            return batch
        return batch.take(pa.array(range(start, batch.num_rows, every), pa.int64()))

    def _others(self) -> tuple[str, ...]:
        """What of the text is no cell of a column, and may have swallowed rows as well."""
        return (*self._layout.header, *self._broken) if self._quoted else ()

    def _columns(self) -> tuple[pa.ChunkedArray, ...]:
        if not self._kept:
            return _nothing(len(self._layout.header))
        return tuple(pa.Table.from_batches(self._kept).columns)

    def _refuse_no_table(self, ragged: int) -> None:
        if ragged <= _MOST * (self._count + ragged):
            return
        width, rows = self._widths.most_common(1)[0]
        raise RefusedError(
            f"rows of {len(self._layout.header)} fields, as in the header",
            f"{width} in {rows / (self._count + ragged):.0%} of them",
            "Take out what stands before the header, or quote fields that hold the delimiter.",
        )

    def _lines(self) -> tuple[int, ...]:
        """The lines of the ragged rows, which Arrow numbers without the blank ones."""
        found: list[int] = []
        filled = 0
        waiting = iter(self._ragged)
        number, text = next(waiting, (0, ""))
        for at, line in self._numbered_lines() if self._ragged else ():
            filled += bool(line)
            if filled >= number and line == _LINE_END.split(text, maxsplit=1)[0]:
                found.append(at)
                number, text = next(waiting, (0, ""))
                if not number:
                    break
        return tuple(found)

    def _numbered_lines(self) -> Iterator[tuple[int, str]]:
        start, above = self._layout.start, self._layout.lines
        with (
            utf8_of(self._path, self._encoding, start=start) as stream,
            io.TextIOWrapper(stream, "utf-8", newline="") as lines,
        ):
            for at, line in enumerate(lines, start=above + 1):
                yield at, line.rstrip("\r\n")


def _nothing(width: int) -> tuple[pa.ChunkedArray, ...]:
    return tuple(pa.chunked_array([], pa.string()) for _ in range(width))


def _odd_quotes(path: Path, encoding: Encoding, layout: Layout) -> bool:
    """Whether a quotation mark is left over in the rows of a text."""
    quotes = 0
    with utf8_of(path, encoding, start=layout.start) as stream:
        while block := stream.read(ROW_SIZE):
            quotes += block.count(b'"') - (block.count(b'\\"') if layout.escaped else 0)
    return quotes % 2 == 1


def _pool(columns: int) -> pa.MemoryPool:
    """What memory is asked of: malloc leaves holes of a block's size for each column, which the limit counts."""
    if columns < _WIDE:
        return pa.default_memory_pool()
    known = pa.supported_memory_backends()
    if "jemalloc" in known:  # asks for less room in advance than the other one
        return pa.jemalloc_memory_pool()
    return pa.mimalloc_memory_pool() if "mimalloc" in known else pa.default_memory_pool()
