"""How a file was read, as facts, and the sentences that are made from them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from contract_samples import measured
from nasty_packed import sheet

from kit.data.attached import SUFFIXES
from kit.data.how_read import how_read
from kit.data.measured import as_json, from_json
from kit.data.read_as import Dates, Form, Numerals, ReadAs
from kit.data.reading import read_file
from kit.data.reading.content import content_of
from kit.data.reading.kinds import typed
from kit.data.reading.native import typed_values
from kit.data.reading.yes_no import NO, YES, YES_NO


def form_of(*cells: str, name: str = "x") -> Form:
    return typed(name, pa.chunked_array([cells])).form


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        (b"a,b\n1,2\n", ReadAs()),
        (b"a\tb\n1\t2\n", ReadAs(delimiter="\t")),
        (b"sep=^\na^b\n1^2\n", ReadAs(delimiter="^", hinted=True)),
        (b"1,2\n3,4\n", ReadAs(header=False)),
        (b'a,b\n1,"x\n2,y\n3,z\n', ReadAs(quoted=False)),
        (b'a,"b\n1,x\n2,y\n3,z\n', ReadAs(quoted=False)),
        (b'"a","b"\n"\\","x"\n', ReadAs()),
        (b'a,b\n1,"x \\"y, z\\""\n2,"no, \\"w\\""\n', ReadAs(escaped=True)),
        (b"\xef\xbb\xbfa,b\n1,2\n", ReadAs(encoding="utf-8-sig")),
        ("a,b\n1,ü\n2,x\n".encode("utf-16-le"), ReadAs(encoding="utf-16-le", guessed=True)),
        ("a,b\n1,Zoë\n".encode("cp1252"), ReadAs(encoding="cp1252", guessed=True)),
    ],
)
def test_read_file_tells_how_as_facts(content: bytes, read_as: ReadAs, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert read_file(path).read_as == read_as


def test_read_file_names_the_sheet_as_it_is_called(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet(("a", "b"), (1, 2)))
    assert read_file(path).read_as == ReadAs(content="XLSX", sheet="Sheet")


@pytest.mark.parametrize(
    ("cells", "numerals"),
    [
        (("1", "-2", "3e2"), Numerals(whole=True)),
        (("1.0", "3.0"), Numerals(whole=True)),
        (("1.00", "2.00"), Numerals()),
        (("1", "2.5"), Numerals()),
        (("9007199254740993.0", "1"), Numerals()),
        (("1,5", "2,25"), Numerals(plain=False, decimal_comma=True)),
        (("1.234,5", "2.000,0"), Numerals(plain=False, decimal_comma=True, apart=("point",))),
        (("1,234", "2,000"), Numerals(plain=False, apart=("comma",), whole=True)),
        (("1'234.50", "2’000.00"), Numerals(plain=False, apart=("apostrophe",))),
        (("1\u202f234", "2 000"), Numerals(plain=False, apart=("space",), whole=True)),
        (("5.25 %", "7 %"), Numerals(plain=False, percent=True)),
        (("$ 5", "€7"), Numerals(plain=False, money=True, whole=True)),
        (("(5.00)", "3.00"), Numerals(plain=False)),
        (("1e3", "2.5e-1"), Numerals()),
        (("1,5e3", "2,5"), Numerals(plain=False, decimal_comma=True)),
        (("1,0", "0,0"), Numerals(plain=False, decimal_comma=True, whole=True)),
    ],
)
def test_typed_tells_how_numbers_are_written(cells: tuple[str, ...], numerals: Numerals):
    assert form_of(*cells, *cells) == Form(numerals=numerals)


@pytest.mark.parametrize(
    ("cells", "dates"),
    [
        (("2026-01-02", "2026-01-03"), Dates(form="international", whole_days=True)),
        (("2026-01-02", "2026-01-03T04:05"), Dates(form="international")),
        (("31/12/2025", "1/2/2026"), Dates(form="day first", whole_days=True)),
        (("12/31/2025", "1/2/2026"), Dates(form="month first", whole_days=True)),
        (("1/2/26", "3/4/26"), Dates(form="day first", or_month_first=True, short_years=True, whole_days=True)),
        (("3 March 2026", "4 May 2026"), Dates(form="month named", whole_days=True)),
        (("March 3, 2026", "May 4, 2026"), Dates(form="month named first", whole_days=True)),
        (("2026/1/2 10:00Z", "2026/1/3"), Dates(form="year first", utc=True)),
        (("0001-01-01", "2026-02-30", *["2026-02-03"] * 9), Dates(form="year first", whole_days=True)),
        (("2026-01", "2026-02"), Dates(form="month alone", whole_days=True)),
    ],
)  # fmt: skip
def test_typed_tells_how_dates_are_written(cells: tuple[str, ...], dates: Dates):
    assert form_of(*cells) == Form(dates=dates)


@pytest.mark.parametrize(
    ("name", "cells", "dates"),
    [
        ("ts", ("1767225600", "1767312001"), Dates(form="seconds")),
        ("ts", ("1767225600000", "1767312001000"), Dates(form="milliseconds")),
        ("order date", ("20260101", "20261231"), Dates(form="eight digits", whole_days=True)),
    ],
)
def test_typed_tells_which_numbers_are_moments(name: str, cells: tuple[str, ...], dates: Dates):
    assert form_of(*cells, name=name) == Form(numerals=Numerals(whole=True), dates=dates)


def test_typed_looks_at_every_number_and_moment():
    """The last of many numbers has a fraction, the last of many moments a time of day."""
    assert form_of(*["1", "2"] * 3_000, "2.5").numerals == Numerals()
    assert form_of(*["2026-01-02"] * 6_000, "2026-01-02 10:00").dates == Dates(form="international")


def test_typed_values_tells_how_native_columns_are_written():
    assert typed_values("x", pa.array([1, 2, 3])).form == Form(numerals=Numerals(whole=True))
    assert typed_values("x", pa.array([1.5, None])).form == Form(numerals=Numerals())
    moments = pa.array([0, 86_400], pa.timestamp("s", "UTC"))
    dates = Dates(form="year first", utc=True, whole_days=True)
    assert typed_values("x", moments).form == Form(dates=dates)


def test_how_read_has_a_line_for_each_way_and_names_the_columns(tmp_path: Path):
    rows = [f"{at % 28 + 1}.1.2026;1.{at:03},5;{at},25;0{at:04};w{at % 3}" for at in range(40)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["day;amount;price;code;word", *rows]), "utf-8")
    assert how_read(measured(path).profile) == (
        "UTF-8",
        "delimiter: semicolon",
        "day first in day",
        "decimal comma in amount, price",
        "thousands set apart by points in amount",
        "digits kept as text (they begin with 0, or are more than 15) in code",
    )


def test_how_read_says_nothing_of_columns_that_stand_as_they_are(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("sep= \na b\n1 2026-01-02\n2 2026-01-03\n", "utf-8")
    assert how_read(measured(path).profile) == ("UTF-8", "delimiter: space")


def test_how_read_names_a_few_of_many_columns(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(";".join("abcdefg") + "\n" + ";".join(["1,5"] * 7) + "\n", "utf-8")
    assert how_read(measured(path).profile)[2] == "decimal comma in a, b, c, d, e and 2 more"


def test_facts_travel_as_json(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("sep=^\na^b^c\n1,5^1/2/26^20260101\n2,5^3/4/26^20260102\n", "utf-8")
    found = measured(path)
    assert found.profile.read_as.delimiter == "^"
    assert all(column.form != Form() for column in found.profile.columns)
    assert from_json(as_json(found)) == found


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_content_of_every_ending_that_may_be_attached_is_known(suffix: str, tmp_path: Path):
    path = tmp_path / f"a{suffix}"
    path.write_bytes({".parquet": b"PAR1", ".xlsx": sheet(("a",))}.get(suffix, b"a,b\n"))
    assert content_of(path) in ("text", "Parquet", "XLSX")


def test_words_for_yes_and_no_are_apart():
    assert not YES & NO
    assert len(set(YES_NO)) == len(YES_NO)


def test_forms_and_contracts_load_without_pyarrow():
    program = (
        "import sys, kit.data.contract, kit.data.how_read, kit.data.reading.yes_no\n"
        "print(*sorted({'pyarrow', 'pandas', 'sklearn'} & sys.modules.keys()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []
