"""How a file was read, in words: what is not said here was read as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kit.data.read_as import DELIMITERS, Dates, Form, Numerals, ReadAs
from kit.errors import visible

if TYPE_CHECKING:
    from kit.data.measured import Profile

_SHOWN = 5  # names of columns in a sentence
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without a mark",
    "utf-16-be": "UTF-16 without a mark",
    "utf-32": "UTF-32",
}
_FORMS = {
    "day first": "day first",
    "month first": "month first",
    "month alone": "months read as their first days",
    "eight digits": "digits read as year, month, day",
    "seconds": "seconds since 1970",
    "milliseconds": "milliseconds since 1970",
    "microseconds": "microseconds since 1970",
    "nanoseconds": "nanoseconds since 1970",
}
_KEPT = {
    "digits": "digits kept as text (they begin with 0, or are more than 15)",
    "bytes": "bytes shown as text",
}


def how_read(profile: Profile) -> tuple[str, ...]:
    """How a file and its columns were read: "UTF-8", "delimiter: semicolon", "decimal comma in amount, price"."""
    told: dict[str, list[str]] = {}
    for column in profile.columns:
        for note in column.notes:
            told.setdefault(note, []).append(column.name)
    return (*profile.said, *(f"{note} in {_listed(names)}" for note, names in told.items()))


def said_of(read_as: ReadAs, every: int) -> tuple[str, ...]:
    """How a file was read as a whole, of which every n-th row was looked at."""
    return tuple(_said(read_as, every))


def notes_of(form: Form) -> tuple[str, ...]:
    """How the cells of a column were read."""
    return tuple(_notes(form))


def encoding_said(name: str) -> str:
    """An encoding as people call it."""
    return _ENCODINGS.get(name, name.replace("_", "-"))


def _said(read_as: ReadAs, every: int) -> Iterator[str]:
    match read_as.content:
        case "text":
            guess = " (a guess)" if read_as.guessed else ""
            yield f"{encoding_said(read_as.encoding)}{guess}"
            yield f"delimiter: {_delimiter(read_as.delimiter)}"
        case "XLSX":
            yield "XLSX"
            yield f'sheet "{visible(read_as.sheet)}"'
        case "Parquet":
            yield "Parquet"
    if not read_as.header:
        yield "no header: columns are numbered"
    if read_as.escaped:
        yield "a backslash stands before quotation marks"
    if read_as.nested:
        yield f"left out, as they hold several values in a cell: {_listed(read_as.nested)}"
    if every > 1:
        yield f"one row in {every} was looked at, as the file is large"


def _delimiter(sign: str) -> str:
    return "space" if sign == " " else DELIMITERS.get(sign, sign)


def _notes(form: Form) -> Iterator[str]:
    if form.numerals is not None:
        yield from _of_numerals(form.numerals)
    if form.dates is not None:
        yield from _of_dates(form.dates)
    if form.kept is not None:
        yield _KEPT[form.kept]


def _of_numerals(numerals: Numerals) -> Iterator[str]:
    if numerals.decimal_comma:
        yield "decimal comma"
    for sign in numerals.apart:
        yield f"thousands set apart by {sign}s"
    if numerals.percent:
        yield "percent signs left out"
    if numerals.money:
        yield "signs of money left out"


def _of_dates(dates: Dates) -> Iterator[str]:
    if dates.form in _FORMS:
        doubt = " (month first fits as well)" if dates.or_month_first else ""
        yield f"{_FORMS[dates.form]}{doubt}"
    if dates.short_years:
        yield "years of two digits (1969 to 2068)"
    if dates.utc:
        yield "times in UTC"


def _listed(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(map(visible, names[:_SHOWN]))
    rest = len(names) - _SHOWN
    return f"{shown} and {rest:,} more" if rest > 0 else shown
