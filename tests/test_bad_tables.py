"""Tables as people send them: each fault is named with file, row, key, expected, found and remedy."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from kit.batch.comparison import harmless
from kit.batch.facts import COLUMNS, facts_of
from kit.batch.sources import read_sources
from kit.brief import Brief
from kit.brief.tree import parse
from kit.errors import BriefError

HEAD = "title,goal.statement\n"
CANARY = "__import__('os').system('touch canary')"


def save(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", "", "expected a header row and at least one brief, found an empty table"),
        ("\n\n", "", "found an empty table"),
        (HEAD, "", "expected at least one brief below the header, found no rows"),
        (HEAD + ",\n,\n", "", "found no rows"),
        (
            "title,goal.statment\nA,B\n",
            " row 1",
            "goal.statment: expected a key of a brief in column 2",
        ),
        ("title,goal.statment\nA,B\n", " row 1", "Did you mean `goal.statement`?"),
        ("title,title\nA,B\n", " row 1", "title: expected every column once, found 'title' again"),
        ("title,,goal.statement\nA,B,C\n", " row 1", "Name the column, or delete it."),
        (f'title,"{CANARY}"\nA,B\n', " row 1", "expected a key of a brief in column 2"),
        ("title,goal.statement.__class__\nA,B\n", " row 1", "expected a key of a brief"),
        ("title,data.sources.x.name\nA,B\n", " row 1", "expected a key of a brief"),
        (HEAD + 'A,"open\n', " row ", "expected cells in quotes that are closed"),
        (HEAD.encode() + b"A,\xff\n", " row 2", "expected text in UTF-8, found byte 0xff"),
    ],
)
def test_table_that_cannot_be_read_is_refused_whole(
    tmp_path: Path, text: str | bytes, place: str, said: str
) -> None:
    path = save(tmp_path / "ideas.csv", text)
    with pytest.raises(BriefError) as error:
        read_sources([path])
    (problem,) = error.value.problems
    assert str(problem).startswith(f"{path}{place}")
    assert said in str(problem)
    assert all((problem.expected, problem.found, problem.remedy))
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ideas.xlsx", b"PK no workbook", "expected an XLSX workbook"),
        ("ideas.xlsx", b"", "expected an XLSX workbook"),
        ("ideas.tsv", b"", "found an empty table"),
    ],
)
def test_spreadsheet_that_is_none_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = save(tmp_path / name, content)
    with pytest.raises(BriefError, match=said):
        read_sources([path])


def test_spreadsheet_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(9):
            archive.writestr(f"part{part}", b"\0" * (24 << 20))
    with pytest.raises(BriefError, match="at most 200 MB unpacked"):
        read_sources([path])


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("goal.target", "many", "goal.target: expected a number such as 5"),
        ("goal.target", "1,000", "no thousands separator"),
        ("goal.by", "2027-02-30", "goal.by: expected a date that exists"),
        ("goal.by", "31.3.2027", "goal.by: expected a date such as 2027-03-31"),
        ("status", "done", "status: expected one of draft, in review, decided, found 'done'"),
        ("illustrative", "perhaps", "illustrative: expected true or false, found 'perhaps'"),
        ("hypothesis.wait", "5", "hypothesis.wait: expected a duration"),
        ("format", "2", "format: expected"),
        ("goal.statement", "", "goal.statement: expected some text, found nothing"),
        ("goal.statement", "x" * 5001, "5000"),
        ("goal.owner", "a\u202eb", "U+202E"),
        ("title", "a\u0007b", "U+0007"),
        ("title", "", "title: expected some text"),
    ],
)
def test_row_that_fails_is_named_and_the_others_are_kept(
    tmp_path: Path, column: str, cell: str, said: str
) -> None:
    path = tmp_path / "ideas.csv"
    columns = list(dict.fromkeys(["title", "goal.statement", column]))
    good = {"title": "Good", "goal.statement": "x"}
    with path.open("w", newline="", encoding="utf-8") as table:
        rows = csv.DictWriter(table, columns, restval="")
        rows.writeheader()
        rows.writerows([good, {**good, column: cell}, good])
    ideas, _ = read_sources([path])
    assert [bool(idea.problems) for idea in ideas] == [False, True, False]
    bad = ideas[1]
    assert bad.place == f"{path} row 3"
    assert bad.reason.startswith(f"{path} row 3: ")
    assert said in bad.reason
    assert all(problem.remedy for problem in bad.problems)
    assert not bad.text


def test_row_with_a_cell_too_many_is_named(tmp_path: Path) -> None:
    path = save(tmp_path / "ideas.csv", HEAD + "A,B\nA,one, two\n")
    ideas, _ = read_sources([path])
    assert ideas[1].reason == (
        f"{path} row 3: expected 2 cells, found 3 with ' two'. Quote cells that hold the separator."
    )


def test_row_without_a_title_is_called_by_its_number(tmp_path: Path) -> None:
    ideas, _ = read_sources([save(tmp_path / "ideas.csv", HEAD + "A,B\n,C\n")])
    assert [idea.title for idea in ideas] == ["A", "Row 3"]


def test_rows_are_the_same_from_csv_and_xlsx(tmp_path: Path) -> None:
    rows = [
        ["title", "goal.statement", "goal.target", "goal.levers", "hypothesis.ethics.0.question"],
        ["Été?", "a: b, {c}", "5", "one; two", "Who is left out?"],
    ]
    book = Workbook()
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(tmp_path / "ideas.xlsx")
    with (tmp_path / "ideas.csv").open("w", newline="", encoding="utf-8-sig") as table:
        csv.writer(table, delimiter=";").writerows(rows)
    (one,), _ = read_sources([tmp_path / "ideas.xlsx"])
    (two,), _ = read_sources([tmp_path / "ideas.csv"])
    assert one.text == two.text
    assert parse(one.text, file="x").tree["goal"]["levers"] == ["one", "two"]


def test_formula_in_a_spreadsheet_is_not_computed(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["title", "goal.statement"], ["A", '=HYPERLINK("http://x")']):
        book.active.append(row)
    book.save(tmp_path / "ideas.xlsx")
    (idea,), _ = read_sources([tmp_path / "ideas.xlsx"])
    assert "goal.statement: expected some text, found nothing" in idea.reason


@pytest.mark.parametrize(
    "text",
    [
        CANARY, "{{7*7}}", "${jndi:ldap://x}", "#panic()", "*b* _i_ $x$", "<script>", "&anchor *alias",
        "!!python/object/apply:os.system [id]", "no", "null", "~", "12:30", "2027-03-31", "0x1F", "- a",
        "a: b: c", "# hash", "'", '"', "\\", "a\n\n  b\n", "{a: 1}", "[1]", "%TAG", "---", "...", "Who?",
        "https://example.org/a?b=c", "é\u00a0ß\u2028x" , "=1+1", "| fold", "> fold", "@x", "`x`",
    ],
)  # fmt: skip
def test_hostile_cell_comes_through_as_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ideas.csv"
    columns = ["title", "goal.statement", "problem.evidence.0.kind", "problem.evidence.0.finding"]
    with path.open("w", newline="", encoding="utf-8") as table:
        csv.writer(table).writerows([columns, ["A", text, "survey", text]])
    (idea,), _ = read_sources([path])
    assert idea.problems == ()
    tree = parse(idea.text, file="x").tree
    assert tree["goal"]["statement"] == text
    assert tree["problem"]["evidence"] == [{"kind": "survey", "finding": text}]
    assert not (tmp_path / "canary").exists()


def test_row_makes_the_same_yaml_every_time(tmp_path: Path) -> None:
    path = save(tmp_path / "ideas.csv", "goal.statement,title,status\nB,A,draft\n")
    (idea,), _ = read_sources([path])
    assert idea.text == "format: 1\ntitle: A\nstatus: draft\ngoal:\n  statement: B\n"
    assert read_sources([path]) == read_sources([path])


# The comparison's cells


@pytest.mark.parametrize(
    "text", ["=1", "+1+2", "-x", "@a", "\t=1", " =1", "\uff1d1", "-1-2", "+cmd|' /C calc'!A0"]
)
def test_harmless_marks_what_a_spreadsheet_would_compute(text: str) -> None:
    assert re.fullmatch(r"'\S.*", harmless(text))


@pytest.mark.parametrize(
    "text", ["-5", "+0.5", "-1e-05", "-3 to 9", "-2%", "a = b", "", "2027-03-31"]
)
def test_harmless_leaves_numbers_and_words_alone(text: str) -> None:
    assert harmless(text) == text


def test_harmless_keeps_a_cell_on_one_line() -> None:
    assert harmless("a\nb\r\n\tc") == "a b c"


def test_facts_keep_each_number_beside_where_it_is_from() -> None:
    goal = {
        "statement": "s",
        "unit": "h",
        "baseline": {"value": "1500", "from": "measured"},
        "target": {"low": "20", "high": "30", "unit": "min"},
        "worth": "n/a: not known",
        "by": "2027-03-31",
    }
    made = facts_of(Brief.model_validate({"format": "1", "title": "T", "goal": goal}))
    assert set(COLUMNS) <= made.keys()
    assert (made["goal.baseline"], made["goal.baseline.from"], made["goal.unit"]) == (
        "1500",
        "measured",
        "h",
    )
    assert (made["goal.target"], made["goal.target.from"]) == ("20 to 30 min", "not said")
    assert made["baseline shown"] == "1,500\u00a0h"
    assert (made["goal.worth"], made["goal.worth.from"]) == ("n/a: not known", "")
    assert (made["goal.by"], made["status"], made["illustrative"]) == ("2027-03-31", "draft", "no")
    assert facts_of(None)["title"] == ""
