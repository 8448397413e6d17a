"""A stranger's file in, a table of typed columns out; runs in the child process, as it may take all memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kit.data.reading.table import Table

__all__ = ["read_file"]


def read_file(path: Path) -> Table:
    """The table in a CSV, TSV, Parquet or XLSX file.

    Raises
    ------
    RefusedError
        If there is none.
    """
    # The forms of this room are read by others, too, which need no pyarrow.
    from kit.data.reading.read import table_in

    return table_in(path)
