"""Tables of briefs: CSV or XLSX, one brief per row, columns named by dotted keys."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_origin

from kit.brief.model import Brief
from kit.brief.part import NotApplicable
from kit.brief.quantity import Quantity
from kit.brief.reading import MISSING, bare, inside, leaves, nearest, read
from kit.brief.remains import Order, in_file
from kit.brief.sheets import LAST_COLUMN, SUFFIXES, Formula, refuse, rows_of
from kit.brief.tree import Tree
from kit.errors import Problem

__all__ = ["ROW_LIMIT", "SUFFIXES", "TableRow", "read_table"]

ROW_LIMIT = 10_000
_LIST_SEPARATOR = ";"
_LONGEST_KEY = 120  # characters of a column's name that an error shows
Fault = tuple[str, str, str]  # what was expected, what was found, what to do
_START = "Start with the columns `title` and `goal.statement`."
_FORMULA_ERROR = re.compile(r"#(REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!)")


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A row of a table, read as a brief."""

    number: int  # 1-based, the header being row 1
    title: str  # as it stands in the row; may be empty
    tree: Tree
    brief: Brief | None
    problems: tuple[Problem, ...]
    columns: Order  # of lists whose columns leave out indexes


def read_table(path: Path, *, name: str | None = None) -> tuple[TableRow, ...]:
    """The rows of a table; a row that cannot be read carries its problems.

    Raises
    ------
    BriefError
        If the table as a whole cannot be read: missing, empty, an unknown or repeated column.
    """
    shown = name or str(path)
    rows = (row for row in rows_of(path, file=shown) if any(cell.strip() for cell in row[1]))
    number, header = next(rows, (0, []))
    if not number:
        raise refuse(
            shown, expected="a header row and at least one brief", found="an empty table",
            remedy=_START,
        )  # fmt: skip
    keys = _header(header, number, shown)
    found = tuple(_row(number, cells, keys, shown) for number, cells in _limited(rows, shown))
    if not found:
        raise refuse(
            shown, expected="at least one brief below the header", found="no rows", remedy=_START
        )
    return found


def _limited(rows: Iterator[tuple[int, list[str]]], file: str) -> Iterator[tuple[int, list[str]]]:
    for count, row in enumerate(rows, start=1):
        if count > ROW_LIMIT:
            raise refuse(
                file,
                expected=f"at most {ROW_LIMIT} briefs",
                found="more",
                remedy="Split the table.",
            )
        yield row


def _header(cells: Sequence[str], row: int, file: str) -> list[str]:
    """The key of every column; what stands at the end without a name is no column."""
    keys = [cell.strip() for cell in cells]
    while keys and not keys[-1]:
        keys.pop()
    if len(keys) > LAST_COLUMN:
        raise refuse(
            file, row=row, expected=f"at most {LAST_COLUMN} columns", found=str(len(keys)),
            remedy="Is it a table with a brief in every row? Lists go into columns such as data.sources.0.name.",
        )  # fmt: skip
    known = [*leaves(Brief)]
    known += [key.removesuffix(".*") for key in known if key.endswith(".*")]
    seen: set[str] = set()
    for at, key in enumerate(keys):
        pattern = re.sub(r"\.\d{1,18}(?=\.|$)", ".N", key)
        if pattern not in known and not _is_entry(pattern, known):
            close = (
                nearest(pattern[:_LONGEST_KEY], known).replace(".N", ".0").replace(".*", ".NAME")
            )
            raise refuse(
                file, row=row, key=_cut(key, _LONGEST_KEY), expected=f"a key of a brief in column {at + 1}",
                found=repr(_cut(key, _LONGEST_KEY)), remedy=close if key else "Name the column, or delete it.",
            )  # fmt: skip
        if key in seen:
            raise refuse(
                file, row=row, key=key, expected="every column once", found=f"{key!r} again",
                remedy="Delete one of the two.",
            )  # fmt: skip
        seen.add(key)
    if "title" not in keys:
        raise refuse(
            file, row=row, expected="a column `title`", found="none of that name", remedy=_START
        )
    return keys


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _is_entry(pattern: str, known: Sequence[str]) -> bool:
    """Whether a column names one entry of a plain list, or of a group with free keys."""
    head, _, last = pattern.rpartition(".")
    return (last == "N" and head in known) or f"{head}.*" in known


def _row(number: int, cells: Sequence[str], keys: list[str], file: str) -> TableRow:
    group: Tree = {}
    faults = [("", *fault) for fault in _beyond(cells, keys)]
    for key, cell in zip(keys, cells, strict=False):
        if cell.strip() and (fault := _put(group, key, cell)):
            faults.append((key, *fault))
    group.setdefault("format", "1")
    columns: dict[str, Sequence[int]] = {}
    tree = _packed(group, "", columns)
    tree.setdefault("goal", {})  # a group is no column, so what is missing is what stands in it
    brief, problems = read(tree, file=file, place=lambda _: (None, number))
    told = [
        *(_problem(file, number, *fault) for fault in faults),
        *(_in_row(one, columns) for one in problems),
    ]
    return TableRow(
        number=number,
        title=str(group.get("title", "")).strip(),
        tree=tree,
        brief=None if told else brief,
        problems=tuple(told),
        columns=columns,
    )


def _in_row(problem: Problem, columns: Mapping[str, Sequence[int]]) -> Problem:
    """A problem as a table has it, in which a key is a column."""
    key = in_file(problem.key, columns)
    if problem.expected != MISSING:
        return dataclasses.replace(problem, key=key)
    remedy = f"Fill in the column {key}, which cannot be left empty."
    return dataclasses.replace(problem, key=key, expected="some text", remedy=remedy)


def _beyond(cells: Sequence[str], keys: Sequence[str]) -> Iterator[Fault]:
    """What is wrong where a row goes on behind the last named column."""
    extra = next((cell for cell in cells[len(keys) :] if cell.strip()), None)
    if extra is not None:
        found = f"{len(cells)} with {extra[:40]!r}"
        yield f"{len(keys)} cells", found, "Quote cells that hold the separator."


def _problem(file: str, row: int, key: str, expected: str, found: str, remedy: str) -> Problem:
    return Problem(
        file=file, line=None, row=row, key=key, expected=expected, found=found, remedy=remedy
    )


def _put(group: Tree, key: str, cell: str) -> Fault | None:
    """Put a cell where its column says, or say what was expected, what was found, and what to do."""
    shown = repr(_cut(cell, 40))
    if _FORMULA_ERROR.fullmatch(cell.strip()):
        return "a value", f"the spreadsheet's error {cell.strip()}", "Mend the formula."
    if isinstance(cell, Formula):
        return (
            "a value",
            f"the formula {shown} without its result",
            "Open the table in a spreadsheet and save it there.",
        )
    if not _fits(group, key.split("."), cell):
        return (
            "either a value or its parts, in columns of their own",
            f"{shown} beside a column that says the same",
            "Empty one of the two cells.",
        )
    return None


def _fits(group: Tree, path: list[str], cell: str) -> bool:
    """Put a cell at a path; False where another cell stands there or on the way."""
    kind: Any = Brief
    for part in path[:-1]:
        kind = inside(kind, part)
        held = group.setdefault(part, {})
        if not isinstance(held, dict):
            # A number and its parts may stand in columns of their own: goal.baseline, goal.baseline.from.
            if kind is not Quantity or _is_absent(held):
                return False
            held = group[part] = {"value": held}
        group = held
    last = path[-1]
    kind = inside(kind, last)
    if last not in group:
        plain_list = get_origin(bare(kind)) is list and not _is_absent(cell)
        group[last] = _entries(cell) if plain_list else cell
        return True
    if kind is not Quantity or _is_absent(cell) or "value" in group[last]:
        return False
    group[last]["value"] = cell
    return True


def _is_absent(value: Any) -> bool:
    """Whether a cell says "not applicable", with or without a reason."""
    return isinstance(value, str) and NotApplicable.meant(value)


def _entries(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(_LIST_SEPARATOR) if part.strip()]


def _is_list(group: Tree) -> bool:
    return bool(group) and all(key.isascii() and key.isdigit() for key in group)


def _packed(node: Any, path: str, columns: dict[str, Sequence[int]]) -> Any:
    """Groups whose keys are all indexes as lists; where a table leaves some out, `columns` says which are there."""
    if not isinstance(node, dict):
        return node
    if not _is_list(node):
        return {
            key: _packed(inner, f"{path}.{key}" if path else key, columns)
            for key, inner in node.items()
        }
    keys = sorted(node, key=int)
    indexes = [int(key) for key in keys]
    if indexes != [*range(len(indexes))]:
        columns[path] = indexes
    return [_packed(node[key], f"{path}.{at}", columns) for at, key in enumerate(keys)]
