"""Tables of briefs: CSV or XLSX, one brief per row, columns named by dotted keys."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from kit.brief.model import Brief
from kit.brief.part import Part
from kit.brief.reading import bare, field_type, leaves, nearest, read
from kit.brief.tree import Tree
from kit.errors import BriefError, Problem

SIZE_LIMIT = 20 * 1024 * 1024
INFLATED_LIMIT = 200 * 1024 * 1024
SUFFIXES = (".csv", ".tsv", ".xlsx")
_LIST_SEPARATOR = ";"


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A row of a table, read as a brief."""

    number: int  # 1-based, the header being row 1
    title: str  # as it stands in the row; may be empty
    tree: Tree
    brief: Brief | None
    problems: tuple[Problem, ...]


def read_table(path: Path, *, name: str | None = None) -> tuple[TableRow, ...]:
    """The rows of a table; a row that cannot be read carries its problems.

    Raises
    ------
    BriefError
        If the table as a whole cannot be read: missing, empty, an unknown or repeated column.
    """
    shown = name or str(path)
    rows = _cells(path, shown)
    header = next(rows, None)
    if header is None or not any(header[1]):
        raise _refuse(
            shown, None, "", "a header row and at least one brief", "an empty table", _START
        )
    keys = _header(header[1], shown)
    found = tuple(_row(number, cells, keys, shown) for number, cells in rows if any(cells))
    if not found:
        raise _refuse(shown, None, "", "at least one brief below the header", "no rows", _START)
    return found


_START = "Start with the columns `title` and `goal.statement`."


def _header(cells: Sequence[str], file: str) -> list[str]:
    keys = [cell.strip() for cell in cells]
    while keys and not keys[-1]:
        keys.pop()
    known = ["format", *leaves(Brief)]
    for number, key in enumerate(keys, start=1):
        pattern = re.sub(r"\.\d+(?=\.|$)", ".N", key)
        if pattern not in known and not _is_entry(pattern, known):
            remedy = nearest(pattern, known) if key else "Name the column, or delete it."
            raise _refuse(
                file,
                1,
                key,
                f"a key of a brief in column {number}",
                repr(key),
                remedy.replace(".N", ".0"),
            )
        if key in keys[: number - 1]:
            raise _refuse(
                file, 1, key, "every column once", f"{key!r} again", "Delete one of the two."
            )
    return keys


def _is_entry(pattern: str, known: Sequence[str]) -> bool:
    """Whether a column names one entry of a plain list, or of a group with free keys."""
    head, _, last = pattern.rpartition(".")
    return (last == "N" and head in known) or f"{head}.*" in known


def _row(number: int, cells: Sequence[str], keys: list[str], file: str) -> TableRow:
    tree: Tree = {}
    extra = [cell for cell in cells[len(keys) :] if cell.strip()]
    for key, cell in zip(keys, cells, strict=False):
        if cell.strip():
            _put(tree, key.split("."), _value(cell, key))
    tree.setdefault("format", "1")
    plain = _packed(tree)
    brief, problems = read(plain, file=file, place=lambda _: (None, number))
    if extra:
        found = f"{len(cells)} with {extra[0][:40]!r}"
        problems = (
            _problem(
                file,
                number,
                "",
                f"{len(keys)} cells",
                found,
                "Quote cells that hold the separator.",
            ),
            *problems,
        )
    return TableRow(
        number=number,
        title=str(tree.get("title", "")),
        tree=plain,
        brief=None if problems else brief,
        problems=problems,
    )


def _value(cell: str, key: str) -> Any:
    if _is_plain_list(key) and not cell.strip().lower().startswith("n/a"):
        return [part.strip() for part in cell.split(_LIST_SEPARATOR) if part.strip()]
    return cell


def _is_plain_list(key: str) -> bool:
    kind: Any = Brief
    for part in key.split("."):
        kind = bare(kind)
        if get_origin(kind) is list:
            kind = get_args(kind)[0]
        elif isinstance(kind, type) and issubclass(kind, Part):
            kind = field_type(kind, part)
        else:
            return False
    return get_origin(bare(kind)) is list


def _put(tree: Tree, path: list[str], value: Any) -> None:
    for part in path[:-1]:
        inner = tree.setdefault(part, {})
        if not isinstance(inner, dict):
            # A number and its parts may stand in columns of their own: goal.baseline, goal.baseline.from.
            inner = tree[part] = {"value": inner}
        tree = inner
    if isinstance(tree.get(path[-1]), dict):
        tree[path[-1]].setdefault("value", value)
    else:
        tree[path[-1]] = value


def _packed(node: Any) -> Any:
    """Groups whose keys are all indexes as lists."""
    if not isinstance(node, dict):
        return node
    inner = {key: _packed(value) for key, value in node.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def _cells(path: Path, file: str) -> Iterator[tuple[int, list[str]]]:
    if path.suffix.lower() not in SUFFIXES:
        raise _refuse(
            file, None, "", "a table as .csv, .tsv or .xlsx", path.suffix or "no ending", _START
        )
    try:
        raw = path.read_bytes() if path.stat().st_size <= SIZE_LIMIT else None
    except OSError as exc:
        raise _refuse(
            file, None, "", "a table that can be read", str(exc.strerror), "Check the path."
        ) from exc
    if raw is None:
        raise _refuse(file, None, "", "at most 20 MB", "a larger table", "Split it.")
    yield from _sheet(raw, file) if path.suffix.lower() == ".xlsx" else _separated(raw, file)


def _separated(raw: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        row = raw[: exc.start].count(b"\n") + 1
        raise _refuse(
            file,
            row,
            "",
            "text in UTF-8",
            f"byte 0x{raw[exc.start]:02x}",
            "Export the table as CSV UTF-8.",
        ) from exc
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            yield number, cells
    except csv.Error as exc:
        raise _refuse(
            file,
            number + 1,
            "",
            "cells in quotes that are closed",
            str(exc),
            "Look at the quotes of this row.",
        ) from exc


def _sheet(raw: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > INFLATED_LIMIT:
                raise _refuse(file, None, "", "at most 200 MB unpacked", "more", "Split the table.")
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as exc:
        raise _refuse(
            file,
            None,
            "",
            "an XLSX workbook",
            str(exc),
            "Open it in a spreadsheet and save it again.",
        ) from exc
    for number, cells in enumerate(book.worksheets[0].iter_rows(), start=1):
        yield number, [_spoken(cell) for cell in cells]


def _spoken(cell: Any) -> str:
    """A spreadsheet cell as one would type it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value * 100:.12g}%" if "%" in (cell.number_format or "") else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _problem(
    file: str, row: int | None, key: str, expected: str, found: str, remedy: str
) -> Problem:
    return Problem(
        file=file, line=None, row=row, key=key, expected=expected, found=found, remedy=remedy
    )


def _refuse(
    file: str, row: int | None, key: str, expected: str, found: str, remedy: str
) -> BriefError:
    return BriefError((_problem(file, row, key, expected, found, remedy),))
