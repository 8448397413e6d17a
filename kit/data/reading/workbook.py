"""XLSX workbooks: the values of the first sheet that has rows."""

from __future__ import annotations

import itertools
import re
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.data.read_as import Oddity, ReadAs
from kit.data.reading.layout import holds_names
from kit.data.reading.naming import named_columns, refuse_many
from kit.data.reading.refusal import RefusedError
from kit.data.reading.sheet_cells import array_of, text_of
from kit.data.reading.table import Cells
from kit.errors import visible

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_UNPACKED = 256 << 20  # bytes of all parts
_FREE = 32 << 20  # bytes up to which it does not matter how well they were packed
_PACKED = 50  # times smaller: sheets are packed to a tenth or so
_MOST_CELLS = 2_000_000  # which take a while
_MOST_ROWS = 1 << 20  # of a sheet, as Excel has it
_BLOCK = 1 << 20
_ABOVE = 30  # rows that may stand above a header
_LINES = 5  # that are named for each oddity
_SMALLER = "Save the sheet as CSV or Parquet."
# What openpyxl, and the parsers below it, raise of a damaged file: nothing but their own calls may stand inside.
_DAMAGE = (
    AttributeError, EOFError, IndexError, KeyError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_FORMULA = re.compile(rb"<(?:[^<>\s:/]{1,40}:)?f[\s/>]")  # with a prefix of its own, or none
_TAG = 64  # bytes that its beginning may have
_NO_DATE = re.compile(r"Cell (\w+) is marked as a date but the serial value (\S+) is ")
_NO_VALUE = "#VALUE!"
_Row = tuple[Any, ...]
_Warned = list[warnings.WarningMessage]


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """The rows of a sheet that are not blank."""

    title: str
    rows: list[_Row]
    numbers: list[int]  # of the rows
    formulas: tuple[int, ...] = ()  # rows of formulas without a value, once for each


def read_workbook(path: Path) -> Cells:
    """The cells of the first sheet that has rows; of formulas, the values that were saved with them.

    Raises
    ------
    RefusedError
        If it is damaged, has no such sheet, or is too large for a workbook.
    """
    _refuse_large(path)
    # They are about looks, but for those about numbers that are no dates.
    with warnings.catch_warnings(record=True, action="always") as warned:
        sheet, titles = _first_filled(path, warned)
    return _cells(sheet, titles)


def _damaged() -> RefusedError:
    return RefusedError(
        "a whole XLSX file", "one that is cut short or damaged", "Open it and save it again."
    )


def _refuse_large(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    packed = path.stat().st_size
    if unpacked > _UNPACKED or unpacked > max(_FREE, packed * _PACKED):
        raise RefusedError(
            f"a workbook of at most {_UNPACKED >> 20} MB unpacked, packed to no less than 1/{_PACKED}",
            f"{unpacked >> 20:,} MB, packed to {packed / (1 << 20):,.1f} MB",
            _SMALLER,
        )


def _first_filled(path: Path, warned: _Warned) -> tuple[_Sheet, list[str]]:
    with _opened(path, values=True) as book:
        # Hidden sheets hold lists and sums, mostly.
        sheets = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
        titles = [sheet.title for sheet in sheets]
        for title in titles:
            with closing(_rows(book, title, values_only=True)) as rows:
                found = _filled(title, _with_serials(rows, warned))
            if found.rows:
                return replace(found, formulas=_unsaved(path, found)), titles
    raise RefusedError("a sheet with rows", "none", "Attach a workbook with a header and rows.")


@contextmanager
def _opened(path: Path, *, values: bool) -> Iterator[Workbook]:
    """The workbook with the values that were saved with its formulas, or with the formulas."""
    from openpyxl import load_workbook

    with path.open("rb") as file:  # which it would leave open where the workbook is damaged
        try:
            book = load_workbook(file, read_only=True, data_only=values, keep_links=False)
        except _DAMAGE as exc:
            raise _damaged() from exc
        yield book


def _rows(book: Workbook, title: str, *, values_only: bool) -> Generator[_Row, None, None]:
    """The rows of a sheet; what goes wrong with one where it is used is not raised in here."""
    try:
        sheet: Any = book[title]
        sheet.reset_dimensions()  # what a sheet says about its size may be wrong, or a trap
        yield from sheet.iter_rows(values_only=values_only, max_row=_MOST_ROWS)
    except _DAMAGE as exc:
        raise _damaged() from exc


def _with_serials(rows: Iterable[_Row], warned: _Warned) -> Iterator[_Row]:
    """The rows, with the numbers themselves where openpyxl warned that a date's is none, and read an error."""
    for row in rows:
        found = [match for one in warned if (match := _NO_DATE.match(str(one.message)))]
        warned.clear()
        yield _mended(row, found) if found else row


def _mended(row: _Row, found: Iterable[re.Match[str]]) -> _Row:
    from openpyxl.utils.cell import coordinate_to_tuple

    cells = list(row)
    for cell, serial in (match.groups() for match in found):
        errors = [at for at, value in enumerate(cells) if value == _NO_VALUE]
        # Where a file does not say its cells' places, they stand from left to right.
        at = coordinate_to_tuple(cell)[1] - 1 if cell != "None" else min(errors, default=0)
        if at in errors:
            cells[at] = serial
    return tuple(cells)


def _filled(title: str, rows: Iterable[_Row]) -> _Sheet:
    kept, numbers, cells = [], [], 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        if cells > _MOST_CELLS:
            raise RefusedError(f"at most {_MOST_CELLS:,} cells in a workbook", "more", _SMALLER)
        if any(cell is not None for cell in row):
            kept.append(row)
            numbers.append(number)
    return _Sheet(title=title, rows=kept, numbers=numbers)


def _unsaved(path: Path, sheet: _Sheet) -> tuple[int, ...]:
    """The rows of formulas that no value was saved with, once for each."""
    if not _has_formulas(path):
        return ()
    found = []
    values = dict(zip(sheet.numbers, sheet.rows, strict=True))
    with _opened(path, values=False) as book:
        for number, row in enumerate(_rows(book, sheet.title, values_only=False), start=1):
            saved = values.get(number, ())
            for at, cell in enumerate(row):
                if cell.data_type == "f" and (at >= len(saved) or saved[at] is None):
                    found.append(number)
    return tuple(found)


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_has_formula(_blocks(archive, name)) for name in sheets)


def _has_formula(blocks: Iterable[bytes]) -> bool:
    tail = b""
    for block in blocks:
        if _FORMULA.search(tail + block) or b"\0" in block:  # UTF-16 hides them
            return True
        tail = block[-_TAG:]
    return False


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of a part; what goes wrong with them where they are used is not raised in here."""
    try:
        with archive.open(name) as part:
            while block := part.read(_BLOCK):
                yield block
    except _DAMAGE as exc:
        raise _damaged() from exc


def _cells(sheet: _Sheet, titles: list[str]) -> Cells:
    at = _header_at(sheet.rows)
    first = [text_of(cell) or "" for cell in sheet.rows[at]]
    second = (
        [text_of(cell) or "" for cell in sheet.rows[at + 1]] if at + 1 < len(sheet.rows) else []
    )
    named = holds_names(first, second)
    rows = sheet.rows[at + 1 :] if named else sheet.rows
    width = max(len(first) if named else 0, *map(len, rows), 0)
    refuse_many(width)
    header = [*first, *[""] * (width - len(first))] if named else [""] * width
    columns = [array_of(column) for column in itertools.zip_longest(*rows, [None] * width)]
    columns = [column.slice(0, len(rows)) for column in columns]
    names, kept, heading = named_columns(header, columns, named=named)
    return Cells(
        names=names,
        columns=kept,
        rows=len(rows),
        read_as=ReadAs(content="XLSX", header=named, sheet=sheet.title),
        oddities=(
            *_sheets(sheet, titles),
            *_above(sheet, at if named else 0),
            *_blank(sheet, at if named else 0),
            *heading,
            *_formulas(sheet),
        ),
    )


def _header_at(rows: list[_Row]) -> int:
    """The first row, or the first below a title: cells that stand alone above a wider table."""
    filled = [sum(cell is not None for cell in row) for row in rows[:_ABOVE]]
    if max(filled) < 3:
        return 0
    return next((at for at, count in enumerate(filled) if count > 1), 0)


def _sheets(sheet: _Sheet, titles: list[str]) -> tuple[Oddity, ...]:
    if len(titles) < 2:
        return ()
    says = f'The workbook has {len(titles)} sheets; "{visible(sheet.title)}" was read.'
    return (Oddity(trait="sheet", count=len(titles), says=says),)


def _above(sheet: _Sheet, at: int) -> tuple[Oddity, ...]:
    if not at:
        return ()
    says = f"{'1 row' if at == 1 else f'{at} rows'} above the header, left out."
    return (Oddity(trait="heading", count=at, says=says, lines=tuple(sheet.numbers[:at])[:_LINES]),)


def _blank(sheet: _Sheet, at: int) -> tuple[Oddity, ...]:
    """The rows without a cell from a row on, down to the last one with some."""
    blank = sheet.numbers[-1] - sheet.numbers[at] + 1 - len(sheet.rows[at:])
    if not blank:
        return ()
    says = f"{'1 blank row' if blank == 1 else f'{blank:,} blank rows'} between others, left out."
    return (Oddity(trait="layout", count=blank, says=says),)


def _formulas(sheet: _Sheet) -> tuple[Oddity, ...]:
    count = len(sheet.formulas)
    if not count:
        return ()
    has = "1 formula has" if count == 1 else f"{count:,} formulas have"
    says = f"{has} no value saved with it, and counts as missing: open the workbook in a spreadsheet and save it."
    lines = tuple(dict.fromkeys(sheet.formulas))[:_LINES]
    return (Oddity(trait="formula", count=count, says=says, lines=lines),)
