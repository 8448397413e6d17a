"""A file of any kind that is read, as a table."""

from __future__ import annotations

from pathlib import Path

from kit.data.reading.content import content_of
from kit.data.reading.kinds import typed, typed_values
from kit.data.reading.table import Cells, Column, Table


def read_file(path: Path) -> Table:
    """The table in a CSV, TSV, Parquet or XLSX file.

    Raises
    ------
    RefusedError
        If there is none.
    """
    content = content_of(path)
    if content == "Parquet":
        from kit.data.reading.parquet import read_parquet

        cells = read_parquet(path)
    elif content == "XLSX":
        from kit.data.reading.workbook import read_workbook

        cells = read_workbook(path)
    else:
        from kit.data.reading.delimited import read_delimited

        cells = read_delimited(path)
    return table_of(cells, is_text=content == "text")


def table_of(cells: Cells, *, is_text: bool) -> Table:
    """The cells as columns with a kind each."""
    columns = tuple(_columns(cells, is_text=is_text))
    return Table(
        columns=columns,
        rows=cells.rows,
        every=cells.every,
        said=cells.said,
        oddities=cells.oddities,
        kept=len(cells.columns[0]) if cells.columns else 0,
    )


def _columns(cells: Cells, *, is_text: bool) -> list[Column]:
    kind = typed if is_text else typed_values
    return [kind(name, values) for name, values in zip(cells.names, cells.columns, strict=True)]
