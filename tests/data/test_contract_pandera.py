"""The pandera file: the sample passes, damaged copies fail, and no stranger's text becomes code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pyarrow.parquet
import pytest
from contract_samples import TUMOURS, VISITS, brief_with, example, measured, table, written
from nasty_packed import sheet
from pandera.errors import SchemaErrors

from kit.brief import Brief
from kit.data.contract import pandera_of
from kit.data.measured import Measured
from kit.data.read_as import Form
from kit.data.reading import read_file

Rows = list[list[str]]
LOG = {"name": "log", "file": "data/a.csv"}


def checker(brief: Brief, found: Measured, source: int = 0) -> ModuleType:
    """The file that is written, run."""
    module = ModuleType("written")
    exec(compile(pandera_of(brief, source, found), "written.py", "exec"), module.__dict__)  # noqa: S102
    return module


def faults(module: ModuleType, path: Path) -> set[tuple[str, str]]:
    """What is wrong with a file: column, where there is one, and check."""
    try:
        module.schema.validate(module.read(str(path)), lazy=True)
    except SchemaErrors as exc:
        cases = exc.failure_cases
        return {
            (str(column), str(check))
            for column, check in zip(cases["column"], cases["check"], strict=True)
        }
    return set()


def damaged(path: Path, folder: Path, damage: Callable[[Rows], Rows]) -> Path:
    header, *rows = damage(table(path))
    return written(folder / "damaged.csv", header, rows)


def with_column(name: str, change: Callable[[int, str], str]) -> Callable[[Rows], Rows]:
    def changed(cells: Rows) -> Rows:
        at = cells[0].index(name)
        return [
            cells[0],
            *(
                [*row[:at], change(number, row[at]), *row[at + 1 :]]
                for number, row in enumerate(cells[1:])
            ),
        ]

    return changed


def without_column(name: str) -> Callable[[Rows], Rows]:
    def changed(cells: Rows) -> Rows:
        at = cells[0].index(name)
        return [[*row[:at], *row[at + 1 :]] for row in cells]

    return changed


@pytest.fixture(scope="module")
def tumours() -> ModuleType:
    return checker(example("tumour-triage"), measured(TUMOURS, label="diagnosis"))


@pytest.fixture(scope="module")
def visits() -> tuple[ModuleType, ModuleType]:
    found = measured(VISITS, label="visits", entity="person_id")
    return checker(example("doctor-visits"), found), checker(
        example("doctor-visits"), found, source=1
    )


def test_tumours_pass_and_are_typed(tumours: ModuleType):
    assert faults(tumours, TUMOURS) == set()
    read = tumours.read(str(TUMOURS))
    assert read.shape == (569, 31)
    assert read["mean_radius"].dtype == "float64"
    assert read["mean_radius"].mean() == pytest.approx(14.127, abs=1e-3)


def test_visits_pass_for_both_sources_of_the_file(visits: tuple[ModuleType, ModuleType]):
    assert [faults(module, VISITS) for module in visits] == [set(), set()]


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (without_column("mean_area"), ("None", "column_in_dataframe")),
        (without_column("diagnosis"), ("None", "column_in_dataframe")),
        (with_column("mean_area", lambda _, cell: f"{cell} mm2"), ("None", "rows can be read")),
        (
            with_column("mean_smoothness", lambda at, cell: "unknown" if at < 6 else cell),
            ("None", "rows can be read"),
        ),
        (
            with_column("diagnosis", lambda at, cell: "Benign" if at == 3 else cell),
            ("diagnosis", "isin"),
        ),
        (
            with_column("mean_radius", lambda at, cell: "" if at == 3 else cell),
            ("mean_radius", "not_nullable"),
        ),
        (lambda cells: [*cells, cells[7]], ("mean_radius", "multiple_fields_uniqueness")),
    ],
    ids=["column", "label", "type", "some of a type", "category", "empty cell", "row twice"],
)
def test_damaged_tumours_fail(
    tumours: ModuleType, tmp_path: Path, damage: Any, found: tuple[str, str]
):
    told = faults(tumours, damaged(TUMOURS, tmp_path, damage))
    assert any(found[0] in column + check and found[1] in check for column, check in told), told
    columns = {column for column, _ in told}
    assert len(columns) == 1 or "uniqueness" in found[1], told


def test_rows_of_another_kind_pass_up_to_the_pass_rate(tumours: ModuleType, tmp_path: Path):
    """99% of 569 rows must pass: five may not."""
    five = with_column("mean_area", lambda at, cell: "unknown" if at < 5 else cell)
    assert faults(tumours, damaged(TUMOURS, tmp_path, five)) == set()


@pytest.mark.parametrize(
    ("source", "damage", "check"),
    [
        (0, without_column("visits"), "column_in_dataframe"),
        (0, with_column("visits", lambda _, cell: f"{cell} times"), "rows can be read"),
        (0, with_column("visits", lambda at, cell: "" if at % 3 == 0 else cell), "cells are there"),
        (
            0,
            with_column("visits_last_year", lambda at, cell: "" if at % 20 == 0 else cell),
            "cells are there",
        ),
        (0, lambda cells: [*cells, cells[500]], "uniqueness"),
        (1, with_column("sex", lambda at, cell: "unsaid" if at == 9 else cell), "isin"),
        (1, with_column("age", lambda at, cell: "" if at == 9 else cell), "not_nullable"),
        (
            1,
            with_column("physical_limitation", lambda at, cell: "0.5" if at % 50 == 0 else cell),
            "rows can be read",
        ),
    ],
)
def test_damaged_visits_fail(
    visits: tuple[ModuleType, ModuleType], tmp_path: Path, source: int, damage: Any, check: str
):
    told = faults(visits[source], damaged(VISITS, tmp_path, damage))
    assert told
    assert all(check in column + name for column, name in told), told


def test_damage_in_the_other_sources_columns_is_not_this_ones(
    visits: tuple[ModuleType, ModuleType], tmp_path: Path
):
    path = damaged(
        VISITS, tmp_path, with_column("sex", lambda at, cell: "unsaid" if at == 9 else cell)
    )
    assert faults(visits[0], path) == set()


def test_repeated_key_fails(tmp_path: Path):
    """The tumours with a number for each sample, which the brief names as the entity."""
    header, *rows = table(TUMOURS)
    numbered = [[f"S{at}", *row] for at, row in enumerate(rows)]
    path = written(tmp_path / "good.csv", ["sample", *header], numbered)
    module = checker(example("tumour-triage"), measured(path, entity="sample"))
    assert faults(module, path) == set()
    numbered[5] = ["S6", *rows[5]]
    told = faults(module, written(tmp_path / "bad.csv", ["sample", *header], numbered))
    assert told == {("sample", "field_uniqueness")}


def test_types_are_strict_where_the_brief_names_no_pass_rate(tmp_path: Path):
    rows = [
        [at, f"{at % 28 + 1:02}.01.2026", ("ja", "nein")[at % 2], f"{at},5"] for at in range(40)
    ]
    header = ["n", "day", "yes", "comma"]
    path = written(tmp_path / "a.csv", header, rows, delimiter=";")
    module = checker(brief_with(LOG), measured(path))
    assert faults(module, path) == set()
    read = module.read(str(path))
    assert [str(kind) for kind in read.dtypes] == ["Int64", "datetime64[s]", "boolean", "float64"]
    assert read["comma"][3] == 3.5
    assert read["day"][1] == pd.Timestamp("2026-01-02")
    assert read["yes"].tolist() == [True, False] * 20
    for at, cell in enumerate(["x", "soon", "perhaps", "much"]):
        odd = [[*row] for row in rows]
        odd[7][at] = cell
        told = faults(module, written(tmp_path / "b.csv", header, odd, delimiter=";"))
        assert {column for column, _ in told} == {header[at]}


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("plain", ["1", "2.5", "-3e4", " 4 ", "NA", "inf"]),
        ("money", ["$1,200.50", "$3", "-$4.10", "", "€5", "7 EUR"]),
        ("comma", ["1.200,50", "3,1", "-4,10", "", "12.000.000,1", "7,25 %"]),
        (
            "iso",
            [
                "2026-01-02",
                "2026-01-03T10:20:30",
                "",
                "2026-02-03 10:20",
                "2026-03-01",
                "2026-03-02",
            ],
        ),
        ("utc", ["2026-01-02T00:00:00Z", "2026-01-03T10:20:30+02:00", "", "2026-02-03T10:20:00Z"]),
        ("day_first", ["31/12/2025", "1/2/2026", "", "15/2/2026", "28/2/2026 10:30"]),
        ("month_first", ["12/31/2025", "1/2/2026", "", "2/15/2026", "2/28/2026"]),
        ("afternoon", ["1/13/2026 3:05 PM", "2/14/2026 12:10 am", "", "3/15/26 11:59:59 p.m."]),
        ("ordinal", ["January 1st, 2026", "Feb 2 2026", "", "Mon, Mar 3rd, 2026"]),
        ("tight", ["05JAN2026", "6Feb26", "", "31DEC1999"]),
        ("month", ["2026-01", "2026-02", "", "2026-12"]),
        (
            "never",
            ["2026-02-30", "2026-02-28", "2026-02-27", "2026-02-26", "2026-02-25", "2026-02-24"],
        ),
        ("account", ["(1,200.50)", "3.10", "", "(4.10)", "−7"]),
        ("brackets", ["(5.00)", "3.10", "", "(4.1)"]),
        ("spaces", ["01 02 2024", "03 04 2024", "", "05 06 2024"]),
        ("one with spaces", ["31/12/2025", "1/2/2026", "2/2/2026", "15/2/2026", "01 02 2024"]),
        ("thousands", ["1,200", "3,000", "", "12,000,000"]),
        ("wholes", ["1", "2.0", "", "x", "-3", "1e3", "7", "8", "9", "10", "11", "12"]),
        ("decimal bits", ["1,0", "0,0", "", "1,0"]),
        ("mixed hours", ["2026-01-02 10:00", "2026-01-03", "", "2026-01-04 11"]),
        ("year", ["2026/1/2", "2026.12.31", "", "2026-3-4"]),
        ("doubt", ["1/2/2026", "3/4/2026", "", "5/6/2026"]),
        ("arabic", ["\u0661", "\u0662", "", "\u0663"]),
        ("not said", ["1", "k.A.", "n.d.", "2"]),
        ("spaced", ["1 200.50", "3 000", "", "12 000 000", "7.5"]),
        ("milliseconds at", ["1767225600000", "1767312000123", "", "1767398400999"]),
        ("named", ["5 Jan 2026", "17-Feb-2026", "", "1 March 2026"]),
        ("timestamp", ["1767225600", "1767312000", "", "1767398400"]),
        ("date", ["20260101", "20260102", "", "20261231"]),
        ("flag", ["Y", "N", "", "y"]),
        ("bit", ["1", "0", "", "1.0"]),
        ("code", ["001", "002", "", "010"]),
        ("words", ["a,b", 'say "x"', "", "two\nlines"]),
    ],
)
def test_file_is_read_as_the_kit_reads_it(tmp_path: Path, name: str, cells: list[str]):
    rows = [[cell, at] for at, cell in enumerate(cells * 3)]
    path = written(tmp_path / "a.csv", [name, "at"], rows)
    column = read_file(path).columns[0]
    module = checker(brief_with(LOG), measured(path))
    assert faults(module, path) == set()
    values = module.read(str(path))[name]
    assert values.isna().sum() == column.missing
    for mine, theirs in zip(values, column.values.to_pylist(), strict=True):
        assert mine == theirs if theirs is not None else pd.isna(mine) or isinstance(mine, str)


def test_blank_rows_of_a_workbook_are_none(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet((), ("a", "b"), (), (1, "x"), (None, None), (2, "y")))
    brief = brief_with({"name": "log", "file": "data/a.xlsx", "quality": {"completeness": "100%"}})
    module = checker(brief, measured(path))
    assert faults(module, path) == set()
    assert len(module.read(str(path))) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"sep=^\na^b\n1^2\n3,5^4\n",
        b"sep=^\n1^2\n3^4\n",
        b"sep= \na b\n1 2\n3 4\n",
        b'a,b\n1,"x\n2,y\n3,z\n',
        b'a,b\n1,"x\n' + b"2,y\n" * 30 + b'3,"z"\n' + b"4,w\n" * 9,
        b'a,b\n1,"say \\"y, z\\""\n2,"no, \\"w\\""\n',
        "a,b\n1,ü\n2,ö\n".encode("utf-16-be"),
        "a,b\n1,ü\n2,ö\n".encode("utf-32"),
        "a;b\n1;Zoë\n2;Noël\n".encode("cp1252"),
    ],
)
def test_file_is_split_as_the_kit_splits_it(tmp_path: Path, content: bytes):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    found, read = measured(path), read_file(path)
    module = checker(brief_with(LOG), found)
    assert faults(module, path) == set()
    cells = module.read(str(path))
    assert list(cells.columns) == [column.name for column in read.columns]
    for column in read.columns:
        assert cells[column.name].tolist() == column.values.to_pylist()


def test_columns_that_are_filled_later_may_be_empty(tmp_path: Path):
    quality = {"completeness": "95%"}
    source = {**LOG, "holds": ["a", "end"], "later": ["end"], "quality": quality}
    rows = [[at, f"2026-01-{at + 1:02}" if at < 15 else ""] for at in range(30)]
    path = written(tmp_path / "a.csv", ["a", "end"], rows)
    module = checker(brief_with(source), measured(path, later=("end",)))
    assert faults(module, path) == set()
    holey = [["" if at < 5 else at, ""] for at in range(30)]
    told = faults(module, written(tmp_path / "b.csv", ["a", "end"], holey))
    assert {column for column, _ in told} == {"a"}


def test_whole_numbers_and_days_stay_such(tmp_path: Path):
    rows = [[at, f"2026-01-{at + 1:02}"] for at in range(20)]
    path = written(tmp_path / "a.csv", ["n", "day"], rows)
    module = checker(brief_with(LOG), measured(path))
    assert [str(kind) for kind in module.read(str(path)).dtypes] == ["Int64", "datetime64[s]"]
    for at, cell in enumerate(["2.5", "2026-01-02 10:00"]):
        odd = [[*row] for row in rows]
        odd[7][at] = cell
        told = faults(module, written(tmp_path / "b.csv", ["n", "day"], odd))
        assert {column for column, _ in told} == {["n", "day"][at]}


def test_way_of_reading_that_nobody_told_is_not_guessed(tmp_path: Path):
    found = measured(written(tmp_path / "a.csv", ["n"], [["1,5"], ["2,25"]]))
    (column,) = found.profile.columns
    bare = replace(found.profile, columns=(replace(column, form=Form()),))
    with pytest.raises(ValueError, match="n: expected how a number is written, found nothing"):
        pandera_of(brief_with(LOG), 0, replace(found, profile=bare))


def test_rates_of_empty_cells_are_held_at_the_edge(tmp_path: Path):
    """98% of fifty cells must be there: one may be empty."""
    brief = brief_with({**LOG, "holds": ["a", "b"], "quality": {"completeness": "98%"}})
    rows = [[at, at * at] for at in range(50)]
    module = checker(brief, measured(written(tmp_path / "a.csv", ["a", "b"], rows)))
    for empty, told in ((1, set()), (2, {"a"})):
        holey = [["" if at < empty else at, at * at] for at in range(50)]
        path = written(tmp_path / "b.csv", ["a", "b"], holey)
        assert {column for column, _ in faults(module, path)} == told


def test_sample_that_repeats_rows_or_breaks_a_kind_nobody_asked_for_passes(tmp_path: Path):
    rows = [[at % 9, "x" if at == 5 else at % 9] for at in range(40)]
    path = written(tmp_path / "a.csv", ["a", "b"], rows)
    found = measured(path)
    assert found.profile.repeated
    assert [one.strange for one in found.profile.columns] == [0, 1]
    assert faults(checker(brief_with(LOG), found), path) == set()


def test_sample_that_misses_the_pass_rate_of_the_brief_fails(tmp_path: Path):
    path = written(
        tmp_path / "a.csv", ["a", "b"], [["x" if at == 5 else at, at] for at in range(40)]
    )
    few = {("None", "fewer than 98.00% of the rows can be read")}
    for rate, told in (("97%", set()), ("98%", few), ("100%", {("a", "dtype('Int64')")})):
        brief = brief_with({**LOG, "quality": {"pass_rate": rate}})
        assert faults(checker(brief, measured(path)), path) == told


# --- texts of strangers -------------------------------------------------------------------------

HOSTILE = [
    "__import__('os').system('touch HIT')",
    '"""',
    "'''",
    "\\",
    "\\N{DASH}",
    "');open('HIT','w');('",
    '");open("HIT","w");("',
    "a\nimport os; open('HIT', 'w')",
    "# -*- coding: utf-7 -*-",
    "{open('HIT','w')}",
    "%s %(x)s {0} {x}",
    "\u2028open('HIT','w')",
    "\u202egnp.exe",
    "x\x0cy",
    "\U0001f600",
    "lambda: 0",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str):
    """As a header, as a value of a category, and as the name of a source, a brief and a file."""
    monkeypatch.chdir(tmp_path)
    rows = [[value, at, "b"] for at, value in enumerate([text, "plain", text, "plain"] * 3)]
    path = written(tmp_path / "a.csv", [text, "at", f"{text} 2"], rows)
    name = "".join(char for char in text if char.isprintable())
    brief = brief_with({"name": name, "file": "data/a.csv"}, title=name)
    found = measured(path, name=f"data/{name}.csv")
    module = checker(brief, found)
    assert faults(module, path) == set()
    assert list(module.read(str(path)).columns) == [column.name for column in found.profile.columns]
    rows[2][0] = "another"
    assert {
        check.partition("(")[0]
        for _, check in faults(module, written(path, [text, "at", f"{text} 2"], rows))
    } == {"isin"}
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_personal_values_are_not_in_the_file(tmp_path: Path):
    rows = [[f"p{at % 3}@example.org", at] for at in range(30)]
    found = measured(written(tmp_path / "a.csv", ["mail", "at"], rows))
    assert "example.org" not in pandera_of(brief_with(LOG), 0, found)


# --- the file as its users run it ---------------------------------------------------------------


def test_file_runs_as_a_program(tmp_path: Path):
    program = tmp_path / "check.py"
    program.write_text(pandera_of(example("tumour-triage"), 0, measured(TUMOURS)), encoding="utf-8")
    bad = damaged(TUMOURS, tmp_path, without_column("mean_area"))
    codes = []
    for path in (TUMOURS, bad):
        run = subprocess.run(
            [sys.executable, "-W", "error", str(program), str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        codes.append(run.returncode)
        assert ("column_in_dataframe" in run.stderr.lower()) == bool(run.returncode), run.stderr
    assert codes == [0, 1]


def test_file_reads_below_other_lines_and_without_a_header(tmp_path: Path):
    rows = [[at, at * 2.5] for at in range(30)]
    path = written(tmp_path / "a.csv", ["a", "b"], rows)
    module = checker(brief_with(LOG), measured(path))
    path.write_text("Export of today\n\n" + path.read_text("utf-8"), "utf-8")
    assert faults(module, path) == set()
    path.write_text("something else\n1\n", "utf-8")
    with pytest.raises(
        ValueError, match="expected a header with the columns of the schema, found none"
    ):
        module.read(str(path))
    bare = written(tmp_path / "bare.csv", ["3", "4.5"], rows)
    assert faults(checker(brief_with(LOG), measured(bare)), bare) == set()


def test_parquet_is_checked_like_text(tmp_path: Path):
    path = tmp_path / "a.parquet"
    frame = pd.DataFrame(
        {
            "n": [1.5, None, 3.0] * 5,
            "whole": range(15),
            "yes": [True, False, True] * 5,
            "day": pd.to_datetime(["2026-01-02", None, "2026-01-04 10:00"] * 5, format="mixed"),
            "kind": ["a", "b", None] * 5,
        }
    )
    pyarrow.parquet.write_table(pyarrow.Table.from_pandas(frame), path)
    brief = brief_with({"name": "log", "file": "data/a.parquet"})
    module = checker(brief, measured(path))
    assert faults(module, path) == set()
    frame.loc[3, "kind"] = "c"
    pyarrow.parquet.write_table(pyarrow.Table.from_pandas(frame), path)
    assert {column for column, _ in faults(module, path)} == {"kind"}


def test_workbook_is_checked_like_text(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    days = pd.to_datetime(["2026-01-02", None, "2026-01-04 10:00"] * 5, format="mixed")
    frame = pd.DataFrame(
        {
            "n": [1.5, None, 3.0] * 5,
            "yes": [True, False, True] * 5,
            "day": days,
            "kind": ["a", "b", None] * 5,
        }
    )
    with pd.ExcelWriter(path) as book:  # the kit takes the first sheet with rows
        pd.DataFrame().to_excel(book, sheet_name="Cover", index=False)
        frame.to_excel(book, sheet_name='it\'s "data"', index=False)
    module = checker(brief_with({"name": "log", "file": "data/a.xlsx"}), measured(path))
    assert faults(module, path) == set()
    frame.loc[3, "kind"] = "c"
    frame.to_excel(path, sheet_name='it\'s "data"', index=False)
    assert {column for column, _ in faults(module, path)} == {"kind"}
