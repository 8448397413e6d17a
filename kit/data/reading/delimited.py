"""CSV and its relatives: a text file as columns of texts."""

from __future__ import annotations

import io
import math
from pathlib import Path

from kit.data.measured import Oddity
from kit.data.reading.decoding import first_text
from kit.data.reading.encoding import Encoding, encoding_of
from kit.data.reading.layout import DELIMITERS, Layout, layout_of
from kit.data.reading.naming import named_columns, refuse_many
from kit.data.reading.refusal import RefusedError
from kit.data.reading.rows import Rows, read_rows
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
        said=_said(encoding, layout, every),
        oddities=(
            *_above(layout),
            *heading,
            *_oddities(rows, len(layout.header)),
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


def _said(encoding: Encoding, layout: Layout, every: int) -> tuple[str, ...]:
    guess = " (a guess)" if encoding.guessed else ""
    said = [
        f"{encoding.says}{guess}",
        f"delimiter: {DELIMITERS.get(layout.delimiter, layout.delimiter)}",
    ]
    if not layout.named:
        said.append("no header: columns are numbered")
    if layout.escaped:
        said.append("a backslash stands before quotation marks")
    if every > 1:
        said.append(f"one row in {every} was looked at, as the file is large")
    return tuple(said)


def _above(layout: Layout) -> tuple[Oddity, ...]:
    if not layout.above:
        return ()
    lines = "1 line" if layout.above == 1 else f"{layout.above} lines"
    says = f"{lines} above the header, left out."
    shown = tuple(range(1, min(layout.above, 5) + 1))
    return (Oddity(trait="heading", count=layout.above, says=says, lines=shown),)


def _oddities(rows: Rows, width: int) -> tuple[Oddity, ...]:
    found = []
    if not rows.quoted:
        says = "A quotation mark is opened and never closed, so none is taken for one."
        found.append(Oddity(trait="ragged", count=1, says=says))
    if rows.ragged:
        has = "1 row has" if rows.ragged == 1 else f"{rows.ragged:,} rows have"
        says = f"{has} more or fewer than {width} fields; left out."
        found.append(Oddity(trait="ragged", count=rows.ragged, says=says, lines=rows.ragged_lines))
    if rows.long_cells:
        has = "1 cell runs" if rows.long_cells == 1 else f"{rows.long_cells:,} cells run"
        says = f"{has} over 20 lines or more: a quotation mark may be missing."
        found.append(Oddity(trait="ragged", count=rows.long_cells, says=says))
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
