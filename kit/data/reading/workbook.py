"""XLSX workbooks: the values of the first sheet that has rows."""

from __future__ import annotations

import datetime as dt
import itertools
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kit.data.measured import Oddity
from kit.data.reading.layout import holds_names
from kit.data.reading.naming import named_columns, refuse_many
from kit.data.reading.refusal import RefusedError
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
_DAMAGE = (
    AttributeError, EOFError, IndexError, KeyError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_Row = tuple[Any, ...]


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
    # They are about looks, and about numbers that are no dates, which are read as missing.
    with warnings.catch_warnings(action="ignore"):
        try:
            sheet, titles = _first_filled(path)
        except _DAMAGE as exc:
            raise RefusedError(
                "a whole XLSX file",
                "one that is cut short or damaged",
                "Open it and save it again.",
            ) from exc
    return _cells(sheet, titles)


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


def _first_filled(path: Path) -> tuple[_Sheet, list[str]]:
    with _opened(path, values=True) as book:
        # Hidden sheets hold lists and sums, mostly.
        sheets = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
        titles = [sheet.title for sheet in sheets]
        for title in titles:
            with closing(_rows(book, title, values_only=True)) as rows:
                found = _filled(title, rows)
            if found.rows:
                return replace(found, formulas=_unsaved(path, found)), titles
    raise RefusedError("a sheet with rows", "none", "Attach a workbook with a header and rows.")


@contextmanager
def _opened(path: Path, *, values: bool) -> Iterator[Workbook]:
    """The workbook with the values that were saved with its formulas, or with the formulas."""
    from openpyxl import load_workbook

    with path.open("rb") as file:  # which it would leave open where the workbook is damaged
        yield load_workbook(file, read_only=True, data_only=values, keep_links=False)


def _rows(book: Workbook, title: str, *, values_only: bool) -> Generator[_Row, None, None]:
    sheet: Any = book[title]
    sheet.reset_dimensions()  # what a sheet says about its size may be wrong, or a trap
    yield from sheet.iter_rows(values_only=values_only, max_row=_MOST_ROWS)


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
        return any(_has_formula(archive, name) for name in sheets)


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    tail = b""
    with archive.open(name) as part:
        while block := part.read(_BLOCK):
            if b"<f>" in tail + block or b"<f " in tail + block or b"<f/" in tail + block:
                return True
            tail = block[-3:]
    return False


def _cells(sheet: _Sheet, titles: list[str]) -> Cells:
    at = _header_at(sheet.rows)
    first = [_text(cell) or "" for cell in sheet.rows[at]]
    second = [_text(cell) or "" for cell in sheet.rows[at + 1]] if at + 1 < len(sheet.rows) else []
    named = holds_names(first, second)
    rows = sheet.rows[at + 1 :] if named else sheet.rows
    width = max(len(first) if named else 0, *map(len, rows), 0)
    refuse_many(width)
    header = [*first, *[""] * (width - len(first))] if named else [""] * width
    columns = [_array(column) for column in itertools.zip_longest(*rows, [None] * width)]
    columns = [column.slice(0, len(rows)) for column in columns]
    names, kept, heading = named_columns(header, columns, named=named)
    said = [
        "XLSX",
        f'sheet "{visible(sheet.title)}"',
        *([] if named else ["no header: columns are numbered"]),
    ]
    return Cells(
        names=names,
        columns=kept,
        rows=len(rows),
        said=tuple(said),
        oddities=(
            *_sheets(sheet, titles),
            *_above(sheet, at if named else 0),
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


def _formulas(sheet: _Sheet) -> tuple[Oddity, ...]:
    count = len(sheet.formulas)
    if not count:
        return ()
    has = "1 formula has" if count == 1 else f"{count:,} formulas have"
    says = f"{has} no value saved with it, and counts as missing: open the workbook in a spreadsheet and save it."
    lines = tuple(dict.fromkeys(sheet.formulas))[:_LINES]
    return (Oddity(trait="formula", count=count, says=says, lines=lines),)


def _array(cells: Iterable[Any]) -> pa.Array:
    """Cells of one type as they are, others as texts."""
    values = list(cells)
    types = {type(value) for value in values} - {type(None)}
    if types == {bool}:
        return pa.array(values, pa.bool_())
    if types and types <= {int, float}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    if types == {dt.datetime}:
        return pa.array(values, pa.timestamp("us"))
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: Any) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return str(value).lower()
        case int() | float():
            return f"{value:.15g}"
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ")
    return str(value)
