"""The comparison: one row per brief, for spreadsheets."""

from __future__ import annotations

import csv
import io
import re

from kit.batch.facts import COLUMNS
from kit.batch.result import Entry, Report

HEADER = (
    "folder",
    "made",
    *COLUMNS,
    "errors",
    "warnings",
    "advice",
    "pages",
    "source",
    "row",
    "notes",
    "reason",
)

_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d[\d.]*(e[+-]?\d+)?( to [+-]?\d[\d.]*(e[+-]?\d+)?)?%?", re.IGNORECASE)


def comparison(report: Report) -> str:
    """The rows as CSV, with the mark that makes spreadsheets read it as UTF-8."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEADER)
    for entry in report.entries:
        cells = _cells(entry)
        rows.writerow([harmless(cells[name]) for name in HEADER])
    return f"\ufeff{out.getvalue()}"


def harmless(text: str) -> str:
    """A cell on one line that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if _FORMULA.match(text) and not _NUMBER.fullmatch(line) else line


def _cells(entry: Entry) -> dict[str, str]:
    made = entry.made
    counts = made.counts if entry.ok else None
    return {
        **entry.facts,
        "folder": entry.slug if entry.ok else "",
        "made": "yes" if entry.ok else "no",
        "title": entry.facts["title"] or entry.title,
        "errors": str(counts.error) if counts else "",
        "warnings": str(counts.warning) if counts else "",
        "advice": str(counts.advice) if counts else "",
        "pages": str(made.pages) if made.pages else "",
        "source": entry.source,
        "row": str(entry.row) if entry.row else "",
        "notes": " ".join(entry.notes),
        "reason": made.reason,
    }
