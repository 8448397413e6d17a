"""The comparison as CSV: one row per brief, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import re

from kit.batch.columns import COLUMNS, Cell, cells_of
from kit.batch.result import Report
from kit.batch.standing import Standing

HEADER = tuple(column.name for column in COLUMNS)

_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d[\d.]*(e[+-]?\d+)?( to [+-]?\d[\d.]*(e[+-]?\d+)?)?%?", re.IGNORECASE)


def comparison(report: Report, standing: Standing) -> str:
    """The rows as CSV, with the mark that makes spreadsheets read it as UTF-8."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEADER)
    for at, entry in enumerate(report.entries):
        cells = cells_of(at, entry, standing)
        rows.writerow([_written(cells[name]) for name in HEADER])
    return f"\ufeff{out.getvalue()}"


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else f"{cell:.12g}"


def harmless(text: str) -> str:
    """A cell on one line that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if _FORMULA.match(text) and not _NUMBER.fullmatch(line) else line
