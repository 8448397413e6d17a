"""A file of any kind that is read, as a table."""

from __future__ import annotations

from pathlib import Path

from kit.data.reading.content import content_of
from kit.data.reading.delimited import read_delimited
from kit.data.reading.kinds import typed
from kit.data.reading.native import typed_values
from kit.data.reading.parquet import read_parquet
from kit.data.reading.table import Cells, Table
from kit.data.reading.workbook import read_workbook

_READERS = {"text": read_delimited, "Parquet": read_parquet, "XLSX": read_workbook}


def read_file(path: Path) -> Table:
    """The table in a CSV, TSV, Parquet or XLSX file.

    Raises
    ------
    RefusedError
        If there is none.
    """
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
        said=cells.said,
        oddities=cells.oddities,
        kept=len(columns[0].values) if columns else 0,
    )
