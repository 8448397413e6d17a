"""Columns that strangers attach: numbers, dates, yes and no as people write them."""

from __future__ import annotations

import datetime as dt

from nasty import Nasty


def _column(name: str, *cells: str, header: str = "x", times: int = 1, **expected: object) -> Nasty:
    text = "".join(f"{cell};z\n" for cell in cells * times)
    content = f"{header};z\n{text}".encode()
    return Nasty(name=f"{name}.csv", content=content, rows=len(cells) * times, **expected)


def _number(
    name: str, *cells: str, first: float, note: str = "", times: int = 1, **more: object
) -> Nasty:
    notes = {"x": note} if note else {}
    return _column(
        name, *cells, times=times, kinds={"x": "number"}, first={"x": first}, notes=notes, **more
    )


def _date(
    name: str, *cells: str, first: dt.datetime, note: str = "", header: str = "x", **more: object
) -> Nasty:
    notes = {header: note} if note else {}
    kinds = {header: "date"}
    return _column(
        name, *cells, header=header, kinds=kinds, first={header: first}, notes=notes, **more
    )


def _flag(name: str, *cells: str) -> Nasty:
    return _column(name, *cells, times=5, kinds={"x": "yes or no"}, first={"x": True})


def _text(name: str, *cells: str, kind: str = "text", **more: object) -> Nasty:
    return _column(name, *cells, kinds={"x": kind}, first={"x": cells[0]}, **more)


DAY = dt.datetime(2024, 2, 1)  # noqa: DTZ001 - files know no zone

NUMBERS = (
    _number("decimal_comma", "1,5", "2,25", "-3,0", first=1.5, note="decimal comma"),
    _number("thousands_comma", "1,234,567.5", "2,000", "12", first=1234567.5, note="thousands"),
    _number("thousands_point", "1.234,50", "2.000,00", "12,00", first=1234.5, note="decimal comma"),
    _number("thousands_space", "1 234,50", "2 000,00", "12,00", first=1234.5, note="thousands"),
    _number("thousands_narrow", "1\u202f234", "2\u202f000", "12", first=1234.0, note="thousands"),
    _number("thousands_apostrophe", "1'234.50", "2'000.00", "12.00", first=1234.5, note="thousands"),
    _number("percent", "12%", "5.5 %", "7%", first=12.0, note="percent signs left out"),
    _number("money", "$1,234.50", "$ 3.00", "-$5.00", first=1234.5, note="signs of money"),
    _number("money_after", "5,50 €", "1.234,00 €", "3,00 EUR", first=5.5, note="signs of money"),
    _number("brackets", "(1,234.50)", "3.00", "(5.00)", first=-1234.5),
    _number("true_minus", "−5.5", "3", "2", first=-5.5),
    _number("exponents", "1e3", "2.5E-4", "-1e+2", first=1000.0),
    _number("padded", " 1.5", "2.5 ", " NA ", first=1.5, missing={"x": 1}),
    _number("inf_and_nan", "1", "inf", "nan", "-Infinity", "1e400", *"23456789" * 3, first=1.0, strange={"x": 3},
            missing={"x": 1}),
    _number("some_words", *"123456789", "about 5", first=1.0, strange={"x": 1}),
    _number("absent_in_many_ways", "1", "NA", "-", "n/a", "NULL", "", "#N/A", "?", "None", "2", first=1.0,
            missing={"x": 8}),
    _number("not_said", "1", "k.A.", "k. A.", "keine Angabe", "n.d.", "n/d", "non renseigné", "sin datos", "no consta",
            "2", first=1.0, missing={"x": 8}),
    _text("nearly_not_said", "ND", "NC", "N.C.", "K.A.", "kA", "N.V.", "no disponible", "n", "sd", "s.d.",
          missing={"x": 0}),
    _text("leading_zeros", "01067", "10115", "80331", "04109", notes={"x": "kept as text"}),
    _text("forty_digits", "1234567890123456789012345678901234567890", "2" * 40, notes={"x": "kept as text"}),
    _text("long_keys", "9007199254740993", "9007199254740992", "9007199254740991"),
    _text("two_numbers", "1 2", "3 4", "5 6", kind="text"),
    _text("formulas", "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3"),
    _text("icd_codes", *["E10", "E11", "E66"] * 5, kind="category"),
    *(_number(f"number_without_digits_{at}", *map(str, range(2, 21)), cell, first=2.0, strange={"x": 1})
      for at, cell in enumerate(("E1", "e1", "-E1", "(E1)", "E-4", ".e5", "$E5", "E5%"))),
    _number("number_without_digits_amid_commas", "1,5", "2,5", "3,5", "4,5", "e1", first=1.5, strange={"x": 1}),
    _column("all_missing", "", "NA", "", kinds={"x": "empty"}, missing={"x": 3}),
)  # fmt: skip

DATES = (
    _date("iso", "2024-02-01", "2024-12-31", first=DAY),
    _date("iso_times", "2024-02-01T00:00:00.123456789", "2024-12-31 23:59", first=DAY),
    _date("zones", "2024-02-01T02:00:00+02:00", "2024-01-31T19:00:00-0500", "2024-02-01T00:00:00Z", first=DAY,
          note="in UTC"),
    _date("some_zones", "2024-02-01T00:00:00", "2024-02-01T00:00:00Z", first=DAY, note="in UTC"),
    _date("year_first", "2024/2/1", "2024/12/31", first=DAY),
    _date("day_first", "01.02.2024", "31.12.2024", first=DAY, note="day first"),
    _date("month_first", "02/01/2024", "12/31/2024", first=DAY, note="month first"),
    _date("halves", "2/1/2024 12:00:00 AM", "12/31/2024 1:05:00 PM", first=DAY, note="month first"),
    _date("undecidable", "01/02/2024", "03/04/2024", first=DAY, note="month first fits as well"),
    _date("late_decision", *["01/02/2024"] * 5000, "12/31/2024", *["02/01/2024"] * 5000,
          first=dt.datetime(2024, 1, 2), note="month first"),  # noqa: DTZ001
    _date("spaced_points", "1. 2. 2024", "31. 12. 2024", first=DAY, note="day first"),
    _text("three_numbers", "10 11 12", "1 2 24", "3 4 25"),
    _date("two_digits", "1.2.24", "31.12.68", "1.1.70", first=DAY, note="two digits"),
    _date("names", "1 Feb 2024", "31-Dec-2024", "3. March 2024", first=DAY),
    _date("names_first", "February 1, 2024", "Dec 31, 2024", "Thursday, May 2nd, 2024", first=DAY),
    _date("months", "2024-02", "2024-12", first=DAY, note="first days"),
    _date("no_such_day", "2024-02-01", "2024-02-30", *["2024-02-28"] * 9, first=DAY, strange={"x": 1}),
    _date("first_year", "0001-01-01", *["2024-02-01"] * 9, "2024-02-30", first=dt.datetime(1, 1, 1), strange={"x": 1}),  # noqa: DTZ001
    _date("no_year", "2024-02-01", "0000-01-01", *["2024-02-28"] * 9, first=DAY, strange={"x": 1}),
    _date("mixed", *["2024-02-01"] * 9, "soon", "31.12.2024", first=DAY, strange={"x": 2}),
    _date("seconds", "1706745600", "1735603200", header="created_at", first=DAY, note="seconds since 1970"),
    _date("milliseconds", "1706745600000", "1735603200000", header="timestamp", first=DAY, note="milliseconds"),
    _date("nanoseconds", "1706745600000000000", "1735603200000000000", header="ts", first=DAY, note="nanoseconds"),
    _date("eight_digits", "20240201", "20270331", header="order date", first=DAY, note="year, month, day"),
    _column("eight_digits_that_are_none", "20240201", "20241399", header="date", kinds={"date": "number"}),
    _column("half_dates", "2024-01-01", "x", "y", kinds={"x": "text"}),
)  # fmt: skip

FLAGS = (
    _flag("english", "Yes", "no", "YES", ""),
    _flag("letters", "Y", "N"),
    _flag("german", "ja", "nein"),
    _flag("french", "Oui", "Non"),
    _flag("spanish", "sí", "no"),
    _flag("russian", "да", "нет"),
    _flag("japanese", "はい", "いいえ"),
    _flag("truth", "TRUE", "FALSE"),
    _flag("bits", "1", "0"),
    _flag("bits_with_points", "1.0", "0.0"),
    _column("slips", *"10" * 20, "0.3", kinds={"x": "yes or no"}, strange={"x": 1}, first={"x": True}),
    _column("shares", "1", "0", "0.3", "0.4", "0.5", kinds={"x": "number"}),
    _column("bits_and_a_word", *"10" * 9, "x", kinds={"x": "yes or no"}, strange={"x": 1}),
)  # fmt: skip

OTHERS = (
    Nasty(name="quoted_comma.csv", content=b'a,b\n"1,5",x\n"2,25",y\n', rows=2, kinds={"a": "number"},
          first={"a": 1.5}, notes={"a": "decimal comma"}),
    Nasty(name="comma_and_semicolon.csv", content=b"a;b\n1,5;2,5\n3,25;4,5\n", rows=2, columns=2,
          kinds={"a": "number", "b": "number"}, said=("semicolon",)),
)  # fmt: skip
