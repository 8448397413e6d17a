"""CSV and its relatives: a text file as columns of texts."""

from __future__ import annotations

import io
import math
from pathlib import Path

from kit.data.read_as import Oddity, ReadAs
from kit.data.reading.decoding import first_text
from kit.data.reading.encoding import Encoding, encoding_of
from kit.data.reading.layout import Layout, layout_of
from kit.data.reading.naming import named_columns, refuse_many
from kit.data.reading.refusal import RefusedError
from kit.data.reading.rows import Rows, read_rows
from kit.data.reading.swallowed import LONG, Swallowed
from kit.data.reading.table import MOST_CELLS, Cells

KEPT = 256 << 20  # bytes of text that are kept; of a larger file every n-th row
_SAMPLES = (1 << 16, 1 << 24)  # bytes that the layout is found in: the second where lines are long
_LINES = 20  # that are enough for it


def read_delimited(path: Path) -> Cells:
    """The cells of a delimited text file.

    Raises
    ------
    RefusedError
        If it is no text, or no table.
    """
    encoding = encoding_of(path)
    layout = _layout(path, encoding)
    refuse_many(len(layout.header))
    size = path.stat().st_size
    cells = size / (layout.per_row or 1) * len(layout.header)
    every = max(1, math.ceil(size / KEPT), math.ceil(cells / MOST_CELLS))
    rows = read_rows(path, encoding, layout, every=every)
    names, columns, heading = named_columns(layout.header, rows.columns, named=layout.named)
    return Cells(
        names=names,
        columns=columns,
        rows=rows.count,
        every=every,
        read_as=_read_as(encoding, layout, rows),
        oddities=(
            *_above(layout),
            *heading,
            *_oddities(rows, layout),
            *_bytes(encoding, rows),
        ),
    )


def _layout(path: Path, encoding: Encoding) -> Layout:
    text, whole = "", False
    for size in _SAMPLES:
        text = first_text(path, encoding, size)
        whole = len(text.encode()) < size - 3  # a character may have been cut
        if whole or len([*io.StringIO(text, newline="")]) > _LINES:
            break
    if not text.strip():
        raise RefusedError(
            "a table", "a file with nothing but spaces in it", "Attach one with rows."
        )
    return layout_of(text, whole=whole)


def _read_as(encoding: Encoding, layout: Layout, rows: Rows) -> ReadAs:
    return ReadAs(
        content="text",
        header=layout.named,
        encoding=encoding.name,
        guessed=encoding.guessed,
        delimiter=layout.delimiter,
        hinted=layout.hinted,
        escaped=layout.escaped,
        quoted=rows.quoted,
    )


def _above(layout: Layout) -> tuple[Oddity, ...]:
    if not layout.above:
        return ()
    lines = "1 line" if layout.above == 1 else f"{layout.above} lines"
    says = f"{lines} above the header, left out."
    shown = tuple(range(1, min(layout.above, 5) + 1))
    return (Oddity(trait="heading", count=layout.above, says=says, lines=shown),)


def _oddities(rows: Rows, layout: Layout) -> tuple[Oddity, ...]:
    found = []
    if not rows.quoted:
        where = "never closed" if layout.quoted else "not closed in the header"
        says = f"A quotation mark is opened and {where}, so none is taken for one."
        found.append(Oddity(trait="quoting", count=1, says=says))
    if rows.ragged:
        has = "1 row has" if rows.ragged == 1 else f"{rows.ragged:,} rows have"
        says = f"{has} more or fewer than {len(layout.header)} fields; left out."
        found.append(Oddity(trait="ragged", count=rows.ragged, says=says, lines=rows.ragged_lines))
    return (*found, *_swallowed(rows.swallowed))


def _swallowed(swallowed: Swallowed) -> tuple[Oddity, ...]:
    found = []
    if swallowed.cells:
        holds = "1 cell holds" if swallowed.cells == 1 else f"{swallowed.cells:,} cells hold"
        count = swallowed.lines
        lines = (
            "1 line that looks like a row" if count == 1 else f"{count:,} lines that look like rows"
        )
        says = f"{holds} {lines} of the table: a quotation mark may be missing."
        found.append(Oddity(trait="quoting", count=swallowed.cells, says=says))
    if swallowed.long:
        has = "1 cell runs" if swallowed.long == 1 else f"{swallowed.long:,} cells run"
        says = f"{has} over {LONG} lines or more: a quotation mark may be missing."
        found.append(Oddity(trait="quoting", count=swallowed.long, says=says))
    return tuple(found)


def _bytes(encoding: Encoding, rows: Rows) -> tuple[Oddity, ...]:
    found = []
    if encoding.empty_bytes:
        count = (
            "1 empty byte (NUL)"
            if encoding.empty_bytes == 1
            else f"{encoding.empty_bytes:,} empty bytes (NUL)"
        )
        says = f"{count} in the text, left out."
        found.append(Oddity(trait="empty bytes", count=encoding.empty_bytes, says=says))
    if rows.lost:
        count = "1 place is" if rows.lost == 1 else f"{rows.lost:,} places are"
        says = f"{count} no text in {encoding.says}, and shown as \ufffd."
        found.append(Oddity(trait="encoding", count=rows.lost, says=says))
    return tuple(found)
