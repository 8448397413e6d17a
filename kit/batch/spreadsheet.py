"""The comparison as a workbook for spreadsheets: the briefs, their pairs, and what each column means.

Texts stay texts, whatever they begin with, and the same report gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kit.batch.columns import COLUMNS, Cell, Column, Kind, cells_of
from kit.batch.ranking import Pair
from kit.batch.result import Report
from kit.batch.standing import Standing
from kit.batch.wording import METHOD
from kit.export.glyphs import printable
from kit.report.wording import number

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

PAIRS = 5_000  # that are listed at most

_LONGEST = 32_000  # letters of a cell; spreadsheets refuse a little more
_DAY_ZERO = dt.datetime(2000, 1, 1)  # noqa: DTZ001  the same bytes whenever it is made
_ZIPPED = (2000, 1, 1, 0, 0, 0)
_FORMATS: dict[Kind, str] = {
    "whole": "#,##0",
    "money": "#,##0",
    "percent": "0.0",
    "days": "#,##0.0",
}
_DATE = "yyyy-mm-dd"
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)
_PAIR = (
    Column(name="brief", meaning="", width=44),
    Column(name="other brief", meaning="", width=44),
    Column(name="currency", meaning=""),
    Column(name="first worth more, percent", meaning="", kind="percent", width=26),
    Column(name="told apart", meaning=""),
)
_MEANING = (
    Column(name="column", meaning="", width=28),
    Column(name="what it means", meaning="", width=120),
)


def spreadsheet(report: Report, standing: Standing) -> bytes:
    """The comparison as XLSX."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "Framing Kit"
    book.properties.created = _DAY_ZERO
    rows = (cells_of(at, entry, standing) for at, entry in enumerate(report.entries))
    names = [column.name for column in COLUMNS]
    _sheet(book, "Briefs", COLUMNS, ([row[name] for name in names] for row in rows), beside=3)
    _sheet(book, "Pairs", _PAIR, _pairs(standing))
    _sheet(book, "Columns", _MEANING, _meanings())
    del book["Sheet"]
    return _settled(book)


def _sheet(
    book: Workbook,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    beside: int = 1,
) -> None:
    """A sheet with a header that stays in sight, and so many columns that do."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet: Worksheet = book.create_sheet(title)
    for at, column in enumerate(columns, start=1):
        head = sheet.cell(1, at, column.name)
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    last = 1
    for last, row in enumerate(rows, start=2):
        for at, (said, column) in enumerate(zip(row, columns, strict=True), start=1):
            _fill(sheet, (last, at), said, column.kind)
    sheet.freeze_panes = sheet.cell(2, 1 + beside).coordinate
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _fill(sheet: Worksheet, place: tuple[int, int], said: Cell, kind: Kind) -> None:
    """A number as a number, a date as a date; anything else as text that no program computes."""
    if said is None or said == "":
        return
    value = _meant(said) if kind == "said" and isinstance(said, str) else said
    cell: Any = sheet.cell(*place)  # a merged one is of another type, and there is none
    if isinstance(value, str):
        cell.value = _cut(value)
        cell.data_type = "s"  # also where it begins with =
        return
    cell.value = value
    cell.number_format = _DATE if isinstance(value, dt.date) else _FORMATS.get(kind, "General")


def _meant(said: str) -> Cell | dt.date:
    """A number or a date that stands alone; else the text."""
    if _PLAIN.fullmatch(said):
        return float(said)
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        return said


def _cut(text: str) -> str:
    """What a cell can hold: no control characters, and an end."""
    shown = printable(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _pairs(standing: Standing) -> Iterator[list[Cell]]:
    """All pairs of one currency; of too many those that cannot be told apart; of too many the number alone."""
    count = sum(group.count for group in standing.groups)
    level = sum(group.level for group in standing.groups)
    if min(count, level) > PAIRS:
        said = (
            f"{number(level)} of {number(count)} pairs cannot be told apart: too many to list here."
        )
        yield [said, None, None, None, None]
        return
    for group in standing.groups:
        for pair in group.pairs():
            if count <= PAIRS or not pair.apart:
                yield _pair(pair, group.currency, standing)


def _pair(pair: Pair, currency: str, standing: Standing) -> list[Cell]:
    return [
        standing.titles[pair.one],
        standing.titles[pair.other],
        currency,
        round(100 * pair.more, 1),
        "yes" if pair.apart else "no",
    ]


def _meanings() -> Iterator[tuple[Cell, Cell]]:
    yield from ((column.name, column.meaning) for column in COLUMNS)
    yield from METHOD.items()


def _settled(book: Workbook) -> bytes:
    """The workbook as a file in which no time of day stands."""
    from openpyxl.xml.functions import tostring

    made, settled = io.BytesIO(), io.BytesIO()
    book.save(made)
    book.properties.modified = _DAY_ZERO  # saving has put the time there
    with (
        zipfile.ZipFile(made) as old,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIPPED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            properties = name == "docProps/core.xml"
            data = tostring(book.properties.to_tree()) if properties else old.read(name)
            new.writestr(entry, data)
    return settled.getvalue()
