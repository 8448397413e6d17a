"""A file of any kind that is read, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kit.data.how_read import said_of
from kit.data.read_as import Oddity
from kit.data.reading.content import content_of
from kit.data.reading.control_signs import SHOWN
from kit.data.reading.delimited import read_delimited
from kit.data.reading.kinds import typed
from kit.data.reading.native import typed_values
from kit.data.reading.parquet import read_parquet
from kit.data.reading.table import Cells, Column, Table
from kit.data.reading.workbook import read_workbook

_READERS = {"text": read_delimited, "Parquet": read_parquet, "XLSX": read_workbook}


def table_in(path: Path) -> Table:
    """The table in a file; errors as `kit.data.reading.read_file`."""
    content = content_of(path)
    return table_of(_READERS[content](path), is_text=content == "text")


def table_of(cells: Cells, *, is_text: bool) -> Table:
    """The cells as columns with a kind each."""
    kind = typed if is_text else typed_values
    columns = tuple(
        kind(name, values) for name, values in zip(cells.names, cells.columns, strict=True)
    )
    return Table(
        columns=columns,
        rows=cells.rows,
        every=cells.every,
        said=said_of(cells.read_as, cells.every),
        read_as=cells.read_as,
        oddities=(*cells.oddities, *_controls(columns)),
        kept=len(columns[0].values) if columns else 0,
    )


def _controls(columns: Sequence[Column]) -> tuple[Oddity, ...]:
    count = sum(column.controls for column in columns)
    if not count:
        return ()
    holds = "1 cell holds" if count == 1 else f"{count:,} cells hold"
    says = f"{holds} control characters, shown as {SHOWN}."
    return (Oddity(trait="controls", count=count, says=says),)
