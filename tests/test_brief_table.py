"""Tables of briefs: CSV, TSV and XLSX, one brief per row, and what may be wrong with them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import WriteOnlyCell

from kit.brief import TableRow, read_table
from kit.brief import table as table_module
from kit.errors import BriefError, Problem

IDEAS = Path(__file__).parent.parent / "examples" / "ideas.csv"
TWO = "title,goal.statement\nOne,x\nTwo,y\n"


def rows(tmp_path: Path, text: str | bytes, name: str = "ideas.csv") -> tuple[TableRow, ...]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, name=name)


def one(tmp_path: Path, columns: str, *cells: str) -> TableRow:
    """The one row of a table with a title, a goal, and more."""
    out = io.StringIO()
    csv.writer(out).writerows([["title", "goal.statement", *columns.split()], ["One", "x", *cells]])
    (row,) = rows(tmp_path, out.getvalue())
    return row


def refusal(tmp_path: Path, text: str | bytes, name: str = "ideas.csv") -> Problem:
    with pytest.raises(BriefError) as caught:
        rows(tmp_path, text, name)
    return _only(caught.value)


def _only(error: BriefError) -> Problem:
    (problem,) = error.problems
    assert error.exit_code == 2
    assert problem.line is None
    assert problem.remedy.endswith((".", "?"))
    return problem


def workbook(path: Path, *cells: list[Any], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(row)
    for place, number_format in (formats or {}).items():
        book.active[place].number_format = number_format
    book.save(path)
    return path


# --- what can be read ---------------------------------------------------------------------------


def test_table_reads_a_brief_from_every_row(tmp_path: Path):
    first, second = rows(tmp_path, TWO)
    assert (first.number, first.title, first.brief.goal.statement) == (2, "One", "x")
    assert (second.number, second.tree) == (
        3, {"format": "1", "title": "Two", "goal": {"statement": "y"}},
    )  # fmt: skip


def test_table_of_ideas_is_read_without_a_problem():
    found = read_table(IDEAS)
    assert len(found) >= 36
    assert [str(problem) for row in found for problem in row.problems] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TWO, "ideas.csv"),
        (TWO, "IDEAS.CSV"),
        (TWO.replace(",", ";"), "ideas.csv"),
        (TWO.replace(",", "\t"), "ideas.csv"),
        (TWO.replace(",", "\t"), "ideas.tsv"),
        (TWO.replace("\n", "\r\n"), "ideas.csv"),
        (TWO.replace("\n", "\r"), "ideas.csv"),
        (TWO.removesuffix("\n"), "ideas.csv"),
        ("\ufeff" + TWO, "ideas.csv"),
        ('"title","goal.statement"\n"One","x"\n"Two","y"\n', "ideas.csv"),
        (' title , goal.statement \n"One",x\nTwo,"y"\n', "ideas.csv"),
        ("title,goal.statement,,\nOne,x,,\nTwo,y,,\n", "ideas.csv"),
        ("title,goal.statement\nOne,x,,,\nTwo,y\n", "ideas.csv"),
    ],
)
def test_table_is_read_in_every_dialect(tmp_path: Path, text: str, name: str):
    assert [(row.title, row.brief.goal.statement) for row in rows(tmp_path, text, name)] == [
        *(("One", "x"), ("Two", "y")),
    ]


def test_table_counts_rows_as_a_spreadsheet_does(tmp_path: Path):
    text = '\ntitle,goal.statement\n\nOne,"two\nlines, and more"\n , \n,\nTwo,y\n'
    found = rows(tmp_path, text)
    assert [(row.number, row.title) for row in found] == [(4, "One"), (7, "Two")]
    assert found[0].brief.goal.statement == "two\nlines, and more"


def test_table_of_tabs_may_have_commas_in_it(tmp_path: Path):
    (row,) = rows(tmp_path, "title\tgoal.statement\nOne, two, three\tx\n", "ideas.tsv")
    assert row.title == "One, two, three"


def test_cells_hold_exactly_what_was_typed(tmp_path: Path):
    row = one(tmp_path, "author goal.metric goal.owner", "001", "no", "2027-03-31")
    assert (row.brief.author, row.brief.goal.metric, row.brief.goal.owner) == (
        "001",
        "no",
        "2027-03-31",
    )


def test_short_row_leaves_the_rest_out(tmp_path: Path):
    (row,) = rows(tmp_path, "title,goal.statement,goal.metric,goal.by\nOne,x\n")
    assert row.brief.goal.metric is None


def test_quantities_are_read_as_in_a_brief(tmp_path: Path):
    row = one(
        tmp_path,
        "goal.baseline goal.worth value.prevalence",
        "5%",
        "0.9e6 to 1.7e6 EUR/year",
        "0.05",
    )
    assert row.brief.goal.baseline.number == row.brief.value.prevalence.number == 0.05
    assert row.brief.goal.worth.bounds == (900_000, 1_700_000)


@pytest.mark.parametrize(
    "columns", ["goal.baseline goal.baseline.from", "goal.baseline.from goal.baseline"]
)
def test_number_and_its_parts_may_stand_in_columns_of_their_own(tmp_path: Path, columns: str):
    cells = ("5%", "guess") if columns.endswith("from") else ("guess", "5%")
    baseline = one(tmp_path, columns, *cells).brief.goal.baseline
    assert (baseline.number, baseline.from_) == (0.05, "guess")
    ranged = one(tmp_path, "goal.worth.source goal.worth", "sheet", "1 to 3 USD").brief.goal.worth
    assert (ranged.bounds, ranged.unit, ranged.source) == ((1, 3), "USD", "sheet")
    ends = one(
        tmp_path, "goal.worth.low goal.worth.high goal.worth.unit", "1", "3", "USD"
    ).brief.goal.worth
    assert (ends.bounds, ends.unit) == ((1, 3), "USD")


def test_semicolons_part_the_entries_of_a_list(tmp_path: Path):
    row = one(
        tmp_path,
        "goal.levers data.sources.0.name data.sources.0.holds",
        "price; feed ;;",
        "s",
        "a;b",
    )
    assert row.brief.goal.levers == ["price", "feed"]
    assert row.brief.data.sources[0].holds == ["a", "b"]
    groups = one(
        tmp_path, "metrics.fairness.0.measure metrics.fairness.0.groups", "recall", "north; south"
    )
    assert [group.name for group in groups.brief.metrics.fairness[0].groups] == ["north", "south"]


def test_entries_may_stand_in_columns_of_their_own(tmp_path: Path):
    row = one(tmp_path, "goal.levers.1 goal.levers.0 hypothesis.paths.0.name hypothesis.paths.0.quality.f1",
              "b", "a", "p", "0.8")  # fmt: skip
    assert row.brief.goal.levers == ["a", "b"]
    assert row.brief.hypothesis.paths[0].quality["f1"].number == 0.8


def test_ten_entries_and_more_stay_in_order(tmp_path: Path):
    columns = " ".join(f"problem.evidence.{at}.finding" for at in range(12))
    row = one(tmp_path, columns, *(f"f{at}" for at in range(12)))
    assert [evidence.finding for evidence in row.brief.problem.evidence] == [
        f"f{at}" for at in range(12)
    ]


def test_index_gaps_close_and_problems_still_name_the_column(tmp_path: Path):
    row = one(
        tmp_path,
        "problem.evidence.1.finding problem.evidence.4.finding problem.evidence.4.n",
        "a",
        "b",
        "many",
    )
    assert [evidence["finding"] for evidence in row.tree["problem"]["evidence"]] == ["a", "b"]
    assert [problem.key for problem in row.problems] == ["problem.evidence.4.n"]
    gap = one(
        tmp_path,
        "problem.evidence.0.finding problem.evidence.1.n problem.evidence.2.finding",
        "a",
        "",
        "b",
    )
    assert len(gap.brief.problem.evidence) == 2


def test_not_applicable_can_be_said_in_a_cell(tmp_path: Path):
    row = one(
        tmp_path,
        "goal.levers goal.baseline data data.moat waive",
        "n/a: none yet",
        "N/A : new",
        "n/a: x",
        "",
        "",
    )
    assert row.brief.goal.levers.reason == "none yet"
    assert row.brief.goal.baseline.reason == "new"
    assert row.brief.data.reason == "x"


# --- what is told -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row", "key", "expected", "found", "remedy"),
    [
        ("", None, "", "a header row and at least one brief", "an empty table", "`title` and `goal.statement`"),
        ("\n\n , \n", None, "", "a header row and at least one brief", "an empty table", "`title`"),
        ("title,goal.statement\n", None, "", "at least one brief below the header", "no rows", "`title`"),
        ("title,goal.statement\n,\n\n", None, "", "at least one brief below the header", "no rows", "`title`"),
        ("title,goal.metrik\nOne,x\n", 1, "goal.metrik", "a key of a brief in column 2", "'goal.metrik'",
         "Did you mean `goal.metric`?"),
        ("\n\nTitle,goal.statement\nOne,x\n", 3, "Title", "a key of a brief in column 1", "'Title'",
         "Did you mean `title`?"),
        ("title,problem.evidence.0.sorce\nOne,x\n", 1, "problem.evidence.0.sorce", "a key of a brief in column 2",
         "'problem.evidence.0.sorce'", "Did you mean `problem.evidence.0.source`?"),
        ("goal.statement\nx\n", 1, "", "a column `title`", "none of that name", "`title` and `goal.statement`"),
        ("title,goal.statement,title\nOne,x,y\n", 1, "title", "every column once", "'title' again", "Delete one"),
        ("title,goal.baseline.from_\nOne,x\n", 1, "goal.baseline.from_", "a key of a brief in column 2",
         "'goal.baseline.from_'", "Did you mean `goal.baseline.from`?"),
        ("title,,goal.statement\nOne,?,x\n", 1, "", "a key of a brief in column 2", "''", "Name the column"),
        (TWO + 'Three,"open\nFour,y\n', 4, "", "cells in quotes that are closed",
         "a quote that is never closed", "Close the quote"),
        (TWO + 'Three,"a" b\n', 4, "", "cells in quotes that are closed",
         "text behind a closing quote", "written twice"),
        (TWO + f"Three,{'x' * 140_000}\n", 4, "", "cells of at most 128 KB", "a larger one", "Is a quote open?"),
    ],
)  # fmt: skip
def test_table_that_cannot_be_read_is_told_with_its_row(
    tmp_path: Path, text: str, row: int | None, key: str, expected: str, found: str, remedy: str
):
    problem = refusal(tmp_path, text)
    assert (problem.file, problem.row, problem.key) == ("ideas.csv", row, key)
    assert (problem.expected, problem.found) == (expected, found)
    assert remedy in problem.remedy
    place = "ideas.csv" if row is None else f"ideas.csv row {row}"
    assert str(problem).startswith(
        f"{place}: {key + ': ' if key else ''}expected {expected}, found"
    )


@pytest.mark.parametrize(
    ("raw", "row"),
    [(b"title,goal.statement\nOne,caf\xe9\n", 2), (TWO.encode("utf-16"), 1)],
)
def test_table_in_another_encoding_is_told(tmp_path: Path, raw: bytes, row: int):
    problem = refusal(tmp_path, raw)
    assert (problem.row, problem.expected) == (row, "text in UTF-8")
    assert "CSV UTF-8" in problem.remedy


def test_table_with_another_ending_is_told(tmp_path: Path):
    for name, found in (
        ("ideas.txt", ".txt"),
        ("ideas.xls", ".xls"),
        ("ideas", "no ending"),
        ("ideas.ods", ".ods"),
    ):
        assert refusal(tmp_path, TWO, name).found == found


def test_table_that_is_not_there_is_told(tmp_path: Path):
    for path, found in (
        (tmp_path / "no.csv", "no such file"),
        (tmp_path / "d.csv", "no file, but a folder or device"),
    ):
        if "device" in found:
            path.mkdir()
        with pytest.raises(BriefError) as caught:
            read_table(path)
        assert (_only(caught.value).file, _only(caught.value).found) == (str(path), found)


def test_table_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert refusal(tmp_path, b"x" * (20 * 1024**2 + 1)).expected == "at most 20 MB"
    monkeypatch.setattr(table_module, "ROW_LIMIT", 1)
    assert refusal(tmp_path, TWO).expected == "at most 1 briefs"


def test_row_that_fails_leaves_the_others_alone(tmp_path: Path):
    text = (
        "title,goal.statement,goal.target,goal.by,status\nOne,x,5%,,\n,y,lots,2027-02-30,new\n"
        "Three,z,,2027-03-31,decided\n"
    )
    first, second, third = rows(tmp_path, text)
    assert (first.problems, third.problems) == ((), ())
    assert third.brief.status == "decided"
    assert second.brief is None
    assert second.title == ""
    told = [str(problem).partition(". ") for problem in second.problems]
    assert [(said, remedy) for said, _, remedy in told] == [
        ("ideas.csv row 3: title: expected some text, found nothing",
         "Fill in the column title, which cannot be left empty."),
        ("ideas.csv row 3: status: expected one of draft, in review, decided, found 'new'",
         "Choose one, for example 'draft'."),
        ("ideas.csv row 3: goal.target: expected a number such as 5, 5%, 30 ms or 10% to 30%, found 'lots'",
         "Write digits with a point for decimals and no thousands separator, then the unit."),
        ("ideas.csv row 3: goal.by: expected a date that exists, found '2027-02-30'",
         "Look the day up in a calendar."),
    ]  # fmt: skip


def test_cell_behind_the_last_column_is_told(tmp_path: Path):
    first, second = rows(tmp_path, "title,goal.statement,\nOne,Less churn, and more\nTwo,y,\n")
    assert [str(problem) for problem in first.problems] == [
        "ideas.csv row 2: expected 2 cells, found 3 with ' and more'. Quote cells that hold the separator."
    ]
    assert first.brief is None
    assert second.brief is not None


@pytest.mark.parametrize(
    ("columns", "cells", "key"),
    [
        ("goal.baseline goal.baseline.value", ("5", "6"), "goal.baseline.value"),
        ("goal.baseline.value goal.baseline", ("5", "6"), "goal.baseline"),
        ("goal.baseline goal.baseline.from", ("n/a: new", "guess"), "goal.baseline.from"),
        ("goal.baseline.from goal.baseline", ("guess", "n/a: new"), "goal.baseline"),
        ("goal.levers goal.levers.0", ("a; b", "c"), "goal.levers.0"),
        ("goal.levers.0 goal.levers", ("c", "a; b"), "goal.levers"),
        ("data data.moat", ("n/a: none", "much"), "data.moat"),
        ("data.moat data", ("much", "n/a: none"), "data"),
    ],
)
def test_cells_that_say_the_same_twice_are_told(
    tmp_path: Path, columns: str, cells: tuple[str, ...], key: str
):
    row = one(tmp_path, columns, *cells)
    assert row.brief is None
    assert (row.problems[0].key, row.problems[0].row) == (key, 2)
    assert row.problems[0].expected == "either a value or its parts, in columns of their own"


@pytest.mark.parametrize("cell", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
def test_error_of_a_spreadsheet_is_no_text(tmp_path: Path, cell: str):
    row = one(tmp_path, "goal.owner", cell)
    assert row.problems[0].found == f"the spreadsheet's error {cell}"
    assert "#1 priority" in str(one(tmp_path, "goal.owner", "#1 priority").tree)


def test_text_that_looks_like_a_formula_is_text_in_a_csv_file(tmp_path: Path):
    row = one(tmp_path, "goal.owner problem.who", "=1+1", "-cmd|' /C calc'!A0")
    assert row.brief.goal.owner == "=1+1"


def test_nul_and_other_control_characters_are_told_in_their_row(tmp_path: Path):
    first, second = rows(tmp_path, "title,goal.statement\nO\0ne,x\nTwo,y\n")
    assert "U+0000 at character 2" in first.problems[0].expected
    assert second.brief is not None


def test_index_that_is_absurd_is_no_danger(tmp_path: Path):
    row = one(tmp_path, "goal.levers.999999999999", "x")
    assert row.brief.goal.levers == ["x"]
    assert refusal(tmp_path, "title,goal.levers.-1\nOne,x\n").key == "goal.levers.-1"
    assert refusal(tmp_path, "title,goal.levers.x\nOne,x\n").key == "goal.levers.x"


# --- spreadsheets -------------------------------------------------------------------------------


def test_sheet_cells_are_read_as_one_would_type_them(tmp_path: Path):
    noon = dt.datetime(2026, 12, 15, 12)  # noqa: DTZ001 - a spreadsheet knows no time zones
    header = {
        "title": "One",
        "goal.statement": "x",
        "author": "001",
        "illustrative": True,
        "goal.baseline": 0.05,
        "goal.target": 0.1 + 0.2,
        "goal.by": dt.date(2027, 3, 31),
        "decision.by": noon,
        "problem.evidence.0.finding": "f",
        "problem.evidence.0.n": 612.0,
        "goal.owner": None,
        "value.benefit": 5,
    }
    formats = {"E2": "0%", "F2": "0.00", "L2": '0.0"%"'}
    path = workbook(tmp_path / "ideas.xlsx", [*header], [*header.values()], formats=formats)
    (row,) = read_table(path)
    assert row.problems == ()
    assert row.tree["author"] == "001"
    assert row.tree["goal"] == {
        "statement": "x",
        "baseline": "5%",
        "target": "0.3",
        "by": "2027-03-31",
    }
    assert row.tree["decision"] == {"by": "2026-12-15"}
    assert row.tree["problem"]["evidence"] == [{"finding": "f", "n": "612"}]
    assert row.tree["value"] == {"benefit": "5%"}
    assert row.brief.illustrative is True


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.05, "0.00%", "5%"),
        (0.123456, "0%", "12.3456%"),
        (0.07, "0 %", "7%"),
        (5, "0.0", "5"),
        (1e6, "#,##0", "1000000"),
        (0.05, "General", "0.05"),
        (5, r"0\%", "5"),
        (5, '0"%"', "5%"),
        (0.00004, "0.0000", "4e-05"),
    ],
)
def test_sheet_number_is_read_as_its_format_shows_it(
    tmp_path: Path, value: float, number_format: str, text: str
):
    path = workbook(tmp_path / "a.xlsx", ["title", "goal.statement", "goal.target"], ["One", "x", value],
                    formats={"C2": number_format})  # fmt: skip
    assert read_table(path)[0].tree["goal"]["target"] == text


def test_sheet_rows_that_are_blank_are_left_out_but_counted(tmp_path: Path):
    path = workbook(
        tmp_path / "a.xlsx",
        [None],
        ["title", "goal.statement"],
        [],
        ["One", "x"],
        [" ", None],
        ["Two", "y"],
    )
    assert [(row.number, row.title) for row in read_table(path)] == [(4, "One"), (6, "Two")]


def test_sheet_problem_names_the_row(tmp_path: Path):
    path = workbook(
        tmp_path / "a.xlsx",
        ["title", "goal.statement", "goal.target"],
        ["One", "x", "lots"],
        ["Two", "y", 5],
    )
    first, second = read_table(path, name="a.xlsx")
    assert str(first.problems[0]).startswith("a.xlsx row 2: goal.target: expected a number")
    assert second.brief.goal.target.number == 5


def test_sheet_formula_is_read_by_its_saved_result_or_told(tmp_path: Path):
    path = workbook(
        tmp_path / "a.xlsx",
        ["title", "goal.statement", "goal.target"],
        ["One", "x", "=1+4"],
        ["Two", "y", 6],
    )
    first, second = read_table(path)
    assert first.brief is None
    assert (first.problems[0].key, first.problems[0].found) == (
        "goal.target", "the formula '=1+4' without its result",
    )  # fmt: skip
    assert second.brief.goal.target.number == 6
    _rewrite(path, "xl/worksheets/sheet1.xml", rb"</f><v */?>(</v>)?", b"</f><v>5</v>")
    assert read_table(path)[0].brief.goal.target.number == 5


def _rewrite(path: Path, member: str, old: bytes, new: bytes) -> None:
    """Change one part of a workbook as a spreadsheet program, or someone with bad intent, would."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[member], count = re.subn(old, new, parts[member])
    assert count
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path):
    path = workbook(tmp_path / "a.xlsx", ["title", "goal.statement"], ["One", "x"], ["Two", "y"])
    _rewrite(path, "xl/worksheets/sheet1.xml", b'ref="A1:B3"', b'ref="A1"')
    assert [row.title for row in read_table(path)] == ["One", "Two"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not a zip",
        b"PK\x05\x06" + b"\0" * 18,
        b"PK\x03\x04" + b"\0" * 40,
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    ],
)
def test_sheet_that_is_no_workbook_is_told(tmp_path: Path, raw: bytes):
    problem = refusal(tmp_path, raw, "ideas.xlsx")
    assert problem.expected == "an XLSX workbook"
    assert "save it again as XLSX or CSV" in problem.remedy


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><row"),
        ("xl/worksheets/sheet1.xml", b'r="A1"', b'r="??"'),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>One</t></is>', b't="s"><v>99</v>'),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>One</t></is>', b't="d"><v>soon</v>'),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>One</t></is>', b't="n"><v>one</v>'),
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="two"'),
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="0"'),
        ("xl/workbook.xml", b"<sheets>", b"<sheets/><x>"),
        ("xl/_rels/workbook.xml.rels", b"sheet1", b"sheet7"),
        (r"[Content_Types].xml", b"<Types", b"<Tapes"),
    ],
)
def test_sheet_that_is_damaged_is_told_or_read(tmp_path: Path, member: str, old: bytes, new: bytes):
    path = workbook(tmp_path / "a.xlsx", ["title", "goal.statement"], ["One", "x"])
    _rewrite(path, member, old, new)
    try:
        found = read_table(path)
    except BriefError as exc:
        problem = _only(exc)
    else:
        problem = None
        assert found[0].title == "One"
    known = ("an XLSX workbook", "a header row and at least", "at least one brief below")
    assert problem is None or problem.expected.startswith(known)


def test_sheet_that_would_fill_the_memory_is_refused_before_it_is_unpacked(tmp_path: Path):
    path = workbook(tmp_path / "a.xlsx", ["title", "goal.statement"], ["One", "x"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b"\0" * (201 * 1024**2))
    assert path.stat().st_size < 1024**2
    with pytest.raises(BriefError, match="expected at most 200 MB unpacked"):
        read_table(path)


def test_sheet_whose_entities_would_fill_the_memory_is_refused(tmp_path: Path):
    path = workbook(tmp_path / "a.xlsx", ["title", "goal.statement"], ["One", "x"])
    entities = "".join(
        f"<!ENTITY e{at} '{f'&e{at - 1};' * 10 if at else 'x' * 10}'>" for at in range(10)
    )
    _rewrite(
        path,
        "xl/worksheets/sheet1.xml",
        b"<worksheet",
        f"<!DOCTYPE d [{entities}]><worksheet".encode(),
    )
    _rewrite(path, "xl/worksheets/sheet1.xml", b"<t>One</t>", b"<t>&e9;</t>")
    try:
        said = str(read_table(path)[0].problems)
    except BriefError as exc:
        said = str(exc)
    assert len(said) < 2000


def test_sheet_with_charts_and_notes_only_is_told(tmp_path: Path):
    book = openpyxl.Workbook()
    book.create_chartsheet("chart")
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(BriefError) as caught:
        read_table(tmp_path / "a.xlsx")
    assert _only(caught.value).expected == "an XLSX workbook"


def test_sheet_of_a_thousand_formatted_cells_is_read(tmp_path: Path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["title", "goal.statement", "goal.target"])
    for at in range(1000):
        cell = WriteOnlyCell(sheet, value=0.05)
        cell.number_format = "0.0%"
        sheet.append([f"Idea {at}", "x", cell])
    book.save(tmp_path / "a.xlsx")
    found = read_table(tmp_path / "a.xlsx")
    assert len(found) == 1000
    assert {row.brief.goal.target.number for row in found} == {0.05}


def test_table_of_five_thousand_rows_takes_seconds_at_most(tmp_path: Path):
    body = "".join(
        f'Idea {at},"Less, but better",churn,5%,4%,2027-03-31,a; b\n' for at in range(5000)
    )
    header = "title,goal.statement,goal.metric,goal.baseline,goal.target,goal.by,goal.levers\n"
    start = time.process_time()
    found = rows(tmp_path, header + body)
    assert time.process_time() - start < 6  # about half a second on a quiet machine
    assert sum(row.brief is not None for row in found) == 5000


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=20),
        min_size=1,
        max_size=4,
    )
)
def test_text_written_by_the_csv_module_comes_back(texts: list[str]):
    out = io.StringIO()
    csv.writer(out).writerows(
        [["title", "goal.statement"], *(["T", f"x{text}x"] for text in texts)]
    )
    path = Path(table_module.__file__).parent  # only a name is needed: nothing is written there
    found = [cells for _, cells in table_module.rows_of(_file(path, out.getvalue()), file="a.csv")]
    assert found[1:] == [["T", f"x{text}x"] for text in texts]


def _file(_: Path, text: str) -> Any:
    """A path whose content is in memory, so that hypothesis need not write hundreds of files."""

    class InMemory:
        suffix = ".csv"

        def is_file(self) -> bool:
            return True

        def open(self, mode: str) -> io.BytesIO:
            assert mode == "rb"
            return io.BytesIO(text.encode())

    return InMemory()
