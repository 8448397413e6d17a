"""Briefs held against each other: who is told apart from whom, and the tables that say so."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from afresh import afresh
from comparing import HOSTILE, entry, normal, report, table_of, workbook_of

from kit.batch.columns import COLUMNS
from kit.batch.comparison import HEADER
from kit.batch.facts import COLUMNS as FACTS
from kit.batch.spreadsheet import PAIRS
from kit.batch.standing import standing_of
from kit.batch.wording import METHOD

# As CSV


def compared() -> Any:
    return report(
        [
            entry("Known", normal(1_234_567, 100_000, days=65.0, available=300, fits=True)),
            entry("=HYPERLINK(1)", normal(-500_000, 0, endless=True, fits=False)),
            entry("Unknown"),
            entry("Broken", reason=f"expected {HOSTILE}"),
        ]
    )


def csv_rows() -> list[dict[str, str]]:
    text = table_of(compared()).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_comparison_keeps_the_columns_it_had_in_their_order() -> None:
    counts = ("errors", "warnings", "advice")
    before = ["folder", "made", *FACTS, *counts, "pages", "source", "row", "notes", "reason"]
    assert [name for name in HEADER if name in before] == before
    assert len(set(HEADER)) == len(HEADER)


def test_comparison_holds_plain_numbers_and_no_made_up_ones() -> None:
    known, exact, unknown, broken = csv_rows()
    assert (known["net_p5_per_year"], known["net_p50_per_year"]) == ("1070000", "1235000")
    assert (known["place_first"], known["place_last"], known["places"]) == ("1", "1", "2")
    assert (known["time_to_know_days"], known["fits_the_date"]) == ("65", "yes")
    assert (known["data_readiness_percent"], known["sources_in_hand"]) == ("75", "3")
    assert (known["requirements_met"], known["guess_share_percent"]) == ("", "")
    assert (exact["net_p5_per_year"], exact["time_to_know_days"]) == ("-500000", "never")
    assert (exact["loss_probability_percent"], exact["title"]) == ("100", "'=HYPERLINK(1)")
    assert unknown["value_not_known_because"] == "value.volume is missing"
    assert {unknown[name] for name in ("net_p50_per_year", "place_first", "places")} == {""}
    assert (broken["made"], broken["sources"], broken["currency"]) == ("no", "", "")


# As XLSX


def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_of(compared())))


def cells(sheet: Any, row: int) -> dict[str, Any]:
    return {head.value: found for head, found in zip(sheet[1], sheet[row], strict=True)}


def test_workbook_has_numbers_as_numbers_and_texts_as_texts() -> None:
    sheet = book()["Briefs"]
    known, exact = cells(sheet, 2), cells(sheet, 3)
    assert [head.value for head in sheet[1]] == list(HEADER)
    assert (known["net_p50_per_year"].value, known["net_p50_per_year"].data_type) == (
        1_235_000,
        "n",
    )
    assert known["net_p50_per_year"].number_format == "#,##0"
    assert (known["goal.baseline"].value, known["goal.target"].value) == (5, 4.5)
    assert (exact["title"].value, exact["title"].data_type) == ("=HYPERLINK(1)", "s")
    assert cells(sheet, 5)["reason"].value == f"expected {HOSTILE}"


def test_workbook_writes_dates_as_dates_and_a_range_as_it_stands() -> None:
    given = entry("A", decision={"by": "2026-12-15"})  # type: ignore[arg-type]
    ranged = {**given.facts, "goal.worth": "3 to 9"}
    found = cells(openpyxl.load_workbook(io.BytesIO(workbook_of(report([given]))))["Briefs"], 2)
    assert found["decision.by"].is_date
    assert str(found["decision.by"].value.date()) == "2026-12-15"
    made = workbook_of(report([replace(given, facts=ranged)]))
    assert (
        cells(openpyxl.load_workbook(io.BytesIO(made))["Briefs"], 2)["goal.worth"].value == "3 to 9"
    )


def test_workbook_stays_readable_when_scrolled_and_can_be_filtered() -> None:
    sheets = book()
    assert sheets.sheetnames == ["Briefs", "Pairs", "Columns"]
    assert sheets["Briefs"].freeze_panes == "D2"
    assert sheets["Briefs"].auto_filter.ref.endswith(f"{sheets['Briefs'].max_row}")
    assert sheets["Briefs"].column_dimensions["C"].width > 40


def test_workbook_says_what_every_column_means() -> None:
    told = {row[0]: row[1] for row in book()["Columns"].iter_rows(min_row=2, values_only=True)}
    assert set(told) == {column.name for column in COLUMNS} | set(METHOD)
    assert all(told.values())


def test_workbook_lists_the_pairs() -> None:
    rows = list(book()["Pairs"].iter_rows(min_row=2, values_only=True))
    assert rows == [("Known", "=HYPERLINK(1)", "USD", 100, "yes")]


@pytest.mark.parametrize(("sd", "listed"), [(0.1, 0), (10.0, None)])
def test_workbook_of_very_many_pairs_lists_those_that_matter(sd: float, listed: int | None) -> None:
    """120 briefs have 7,140 pairs: all are told apart where they are far apart, and hardly any where not."""
    found = report([entry(f"Idea {at}", normal(at, sd)) for at in range(120)])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of(found)))["Pairs"]
    (group,) = standing_of(found).groups
    level = group.level if listed is None else listed
    assert group.count > PAIRS
    assert sheet.max_row == 1 + level
    assert {row[4] for row in sheet.iter_rows(min_row=2, values_only=True)} <= {"no"}


def test_workbook_of_too_many_pairs_says_how_many() -> None:
    found = report([entry(f"Idea {at}", normal(0, 1)) for at in range(120)])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of(found)))["Pairs"]
    assert sheet.max_row == 2
    assert sheet["A2"].value == "7,140 of 7,140 pairs cannot be told apart: too many to list here."


def test_workbook_holds_no_time_of_day() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_of(compared()))) as made:
        assert {one.date_time for one in made.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        properties = made.read("docProps/core.xml").decode()
    assert properties.count("2000-01-01T00:00:00Z") == 2


def workbook() -> bytes:
    return workbook_of(compared())


@pytest.mark.parametrize("seed", [1, 2])
def test_workbook_is_the_same_bytes_from_other_processes(seed: int) -> None:
    assert afresh("workbook()", module="test_batch_comparison", seed=seed) == workbook()


def test_workbook_of_control_characters_and_endless_texts_can_be_read() -> None:
    given = entry("A", reason="\x00\x0b\ud800\ufffe" + "long " * 9_000)
    made = openpyxl.load_workbook(io.BytesIO(workbook_of(report([given]))))
    said = cells(made["Briefs"], 2)["reason"].value
    assert said.startswith("[U+0000 CONTROL CHARACTER]")
    assert said.endswith("…")
