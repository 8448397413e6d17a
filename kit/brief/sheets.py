"""The cells of a table: CSV and TSV text, or the first visible sheet of an XLSX workbook, as one would type them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kit.errors import BriefError, Problem

SIZE_LIMIT = 20 * 1024 * 1024
INFLATED_LIMIT = 200 * 1024 * 1024
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a spreadsheet
CELL_LIMIT = 10_000_000  # empty ones in front of a row's last one included
SUFFIXES = (".csv", ".tsv", ".xlsx")

Row = tuple[int, list[str]]  # 1-based number, and the cells


class Formula(str):
    """A cell that holds a formula, and no result of it."""

    __slots__ = ()


def rows_of(path: Path, *, file: str) -> Iterator[Row]:
    """The rows of a table, blank ones included.

    Raises
    ------
    BriefError
        If it cannot be read as a table.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise refuse(
            file, expected="a table as .csv, .tsv or .xlsx", found=path.suffix or "no ending",
            remedy="Save it as CSV (UTF-8) or XLSX.",
        )  # fmt: skip
    raw = _bytes(path, file)
    yield from _sheet(raw, file) if suffix == ".xlsx" else _separated(raw, suffix, file)


def refuse(
    file: str, *, expected: str, found: str, remedy: str, row: int | None = None, key: str = ""
) -> BriefError:
    """The error of a table that cannot be read."""
    problem = Problem(
        file=file, line=None, row=row, key=key, expected=expected, found=found, remedy=remedy
    )
    return BriefError((problem,))


def _bytes(path: Path, file: str) -> bytes:
    try:
        if not path.is_file():
            found = "no such file" if not path.exists() else "no file, but a folder or device"
            raise refuse(
                file, expected="a table that can be read", found=found, remedy="Check the path."
            )
        with path.open("rb") as source:
            raw = source.read(SIZE_LIMIT + 1)
    except OSError as exc:
        raise refuse(
            file, expected="a table that can be read", found=str(exc.strerror),
            remedy="Check the path and its permissions.",
        ) from exc  # fmt: skip
    if len(raw) > SIZE_LIMIT:
        limit = SIZE_LIMIT // 1024**2
        raise refuse(
            file, expected=f"at most {limit} MB", found="a larger table", remedy="Split it."
        )
    return raw


def _separated(raw: bytes, suffix: str, file: str) -> Iterator[Row]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise refuse(
            file, row=raw[: exc.start].count(b"\n") + 1, expected="text in UTF-8",
            found=f"byte 0x{raw[exc.start]:02x}", remedy="Export the table as CSV UTF-8.",
        ) from exc  # fmt: skip
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    separator = "\t" if suffix == ".tsv" else max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            yield number, cells
    except csv.Error as exc:
        raise _torn(str(exc), number + 1, file) from exc


def _torn(said: str, row: int, file: str) -> BriefError:
    if "field limit" in said:
        limit = csv.field_size_limit() // 1024
        return refuse(
            file, row=row, expected=f"cells of at most {limit} KB", found="a larger one",
            remedy="Is a quote open? A quote inside a text is written twice.",
        )  # fmt: skip
    found = (
        "a quote that is never closed" if "end of data" in said else "text behind a closing quote"
    )
    return refuse(
        file, row=row, expected="cells in quotes that are closed", found=found,
        remedy="Close the quote; a quote inside a text is written twice.",
    )  # fmt: skip


# What openpyxl and the libraries below it raise for files that are damaged or made to harm.
_DAMAGED = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def _sheet(raw: bytes, file: str) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > INFLATED_LIMIT:
                limit = INFLATED_LIMIT // 1024**2
                raise refuse(
                    file, expected=f"at most {limit} MB unpacked", found="more", remedy="Split it."
                )
            computed = _has_formulas(archive)
        values = _rows(raw, values=True)
        formulas = _rows(raw, values=False) if computed else None
        count = 0
        for number, cells in enumerate(values, start=1):
            if number > LAST_ROW:
                raise refuse(
                    file, expected=f"at most {LAST_ROW} rows", found="more", remedy="Split it."
                )
            count += len(cells)
            if count > CELL_LIMIT:
                # A few bytes can name the last column of every row, which is then read as wide as that.
                raise refuse(
                    file, row=number, expected=f"at most {CELL_LIMIT // 10**6} million cells",
                    found="more, counting empty ones up to the last of each row",
                    remedy="Delete the empty columns to the right of the table.",
                )  # fmt: skip
            spoken = [_spoken(cell) for cell in cells]
            yield number, _with_formulas(spoken, next(formulas)) if formulas else spoken
    except _DAMAGED as exc:
        raise refuse(
            file, expected="an XLSX workbook", found=f"a damaged or other file ({_briefly(exc)})",
            remedy="Open it in a spreadsheet and save it again as XLSX or CSV.",
        ) from exc  # fmt: skip


def _briefly(exc: Exception) -> str:
    """What an error says in its first line; openpyxl guesses at reasons in more."""
    return str(exc).partition("\n")[0].rstrip(".")


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    return any(
        re.search(rb"<(\w+:)?f[ >/]", archive.read(name))
        for name in archive.namelist()
        if name.startswith("xl/worksheets/")
    )


def _rows(raw: bytes, *, values: bool) -> Iterator[tuple[Any, ...]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # Styles and extensions that openpyxl does not know have nothing to do with the cells.
        warnings.simplefilter("ignore", UserWarning)
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=values)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        sheet = (shown or book.worksheets)[0]
        # The size that a file states of itself may be wrong, and rows would be cut by it.
        sheet.reset_dimensions()
    return iter(sheet.iter_rows())


def _with_formulas(spoken: list[str], cells: tuple[Any, ...]) -> list[str]:
    """The cells of a row, with the formula itself where no result was saved with it."""
    return [
        text or (Formula(cell.value) if cell.data_type == "f" else "")
        for text, cell in zip(spoken, cells, strict=True)
    ]


def _spoken(cell: Any) -> str:
    """A spreadsheet cell as one would type it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format or "")
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _number(value: float, shown_as: str) -> str:
    """A number as its format shows it: 0.05 in a percent format is 5%."""
    shown = re.sub(r"\\.|_.|\*.", "", shown_as)
    if "%" in re.sub('"[^"]*"', "", shown):
        return f"{value * 100:.12g}%"
    return f"{value:.15g}%" if "%" in shown else f"{value:.15g}"
