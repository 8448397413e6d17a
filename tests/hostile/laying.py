"""Cases laid out as the files that a batch is given, and where in it each stands."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hostile.attached import ATTACHED
from hostile.canaries import Canaries
from hostile.case import Attached, Cell, Trap
from hostile.sources import shown_of

LINES = ("goal.metric", "goal.owner", "author")  # columns of one line
COMPARED = ("goal.statement", "decision.asked", *LINES)  # columns that the comparison has, too
COLUMNS = (*COMPARED, "problem.statement", "hypothesis.because")

Row = dict[str, str]  # column to cell


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a cell stands."""

    row: int  # of the table, the header being row 1
    column: str


def text_of(cell: Cell, canaries: Canaries) -> str:
    """What is typed: the text, with a word behind it by which it is found again."""
    text = canaries.armed(cell.text, cell.name)
    return text if cell.fate == "refused" else f"{text} {shown_of(cell.name)}"


def packed(cells: Sequence[Cell], canaries: Canaries) -> tuple[list[Row], dict[str, Place]]:
    """As few rows as hold all cells, and where each is; one that is refused has a row of its own."""
    rows: list[Row] = []
    places: dict[str, Place] = {}
    for cell in cells:
        text = text_of(cell, canaries)
        column, at = _free(cell, text, rows)
        if at == len(rows):
            rows.append({})
        rows[at][column] = text
        if cell.fate == "refused":
            rows[at]["closed"] = "yes"
        places[cell.name] = Place(row=at + 2, column=column)
    named = [
        {"title": f"Row {at}", "goal.statement": "Plain words", **row}
        for at, row in enumerate(rows, start=2)
    ]
    return [{key: text for key, text in row.items() if key != "closed"} for row in named], places


def _free(cell: Cell, text: str, rows: Sequence[Row]) -> tuple[str, int]:
    if cell.fate == "refused":
        return "problem.statement", len(rows)
    fits = COMPARED if cell.column == "compared" else COLUMNS[::-1]
    if "\n" in text or len(text) > 290:
        fits = tuple(column for column in fits if column not in LINES)
    for at, row in enumerate(rows):
        for column in fits:
            if column not in row and "closed" not in row:
                return column, at
    return fits[0], len(rows)


def titled(cells: Sequence[Cell], canaries: Canaries) -> tuple[list[Row], dict[str, Place]]:
    """A row for each title."""
    rows = [
        {
            "title": canaries.armed(cell.text, cell.name),
            "goal.statement": f"Words {shown_of(cell.name)}",
        }
        for cell in cells
    ]
    return rows, {
        cell.name: Place(row=at, column="title") for at, cell in enumerate(cells, start=2)
    }


def attached(folder: Path, canaries: Canaries, cases: Sequence[Attached] = ATTACHED) -> list[Row]:
    """One row whose sources name all the files, which lie in the folder or elsewhere."""
    row = {"title": "Files", "goal.statement": "Plain words"}
    for at, case in enumerate(cases):
        case.make(folder, canaries, case.name)
        row[f"data.sources.{at}.name"] = case.name
        row[f"data.sources.{at}.file"] = canaries.armed(case.file, case.name)
    return [row]


def table(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """A CSV file of rows."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return path


def harmless() -> list[Row]:
    """Rows with all that a text may have, and one that is wrong: what they become is what others are held against."""
    long = (
        "Plain **bold** *italic* [link](https://example.org) and mail [us](mailto:a@example.org)\n\n"
        "- one\n- two\n    - three\n\n1. first\n2. second\n\nLast\nlines"
    )
    row = dict.fromkeys(LINES, "Plain **bold** *italic* https://example.org")
    row |= {column: long for column in COLUMNS if column not in LINES}
    row |= {"data.sources.0.name": "One", "data.sources.0.file": "none.csv", "title": "Reference"}
    return [row, {**row, "data.sources.0.file": ""}, {**row, "goal.metric": "x" * 301}]


def strewn(folder: Path, traps: Sequence[Trap], canaries: Canaries, where: str) -> None:
    """Put every trap into a folder."""
    for trap in traps:
        path = folder / trap.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(canaries.armed(trap.text, trapped(trap, where)), "utf-8")
        path.chmod(0o755)


def trapped(trap: Trap, where: str) -> str:
    """The name of a trap's canaries in one of the folders."""
    return f"{trap.name}-{where}"
