"""How a file was read, as plain facts: the file as a whole, each column, and what was odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Trait = Literal[
    "ragged",
    "quoting",
    "heading",
    "layout",
    "encoding",
    "empty bytes",
    "controls",
    "formula",
    "sheet",
]
Content = Literal["text", "Parquet", "XLSX"]
DateForm = Literal[
    "international",  # 2027-03-31, 2027-03-31 12:30
    "year first",  # 2027/3/31
    "day first",  # 31.3.2027
    "month first",  # 3/31/2027
    "month named",  # 31 March 2027
    "month named first",  # March 31, 2027
    "month alone",  # 2027-03
]
Clock = Literal["seconds", "milliseconds", "microseconds", "nanoseconds"]  # since 1970
Apart = Literal["comma", "point", "space", "apostrophe"]

# What texts are split by, with the names of these signs; a file may name another one in its first line.
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """Something in a file that is not as it should be, and was not passed over in silence."""

    trait: Trait
    count: int  # rows, columns or cells
    says: str  # a sentence for people
    lines: tuple[int, ...] = ()  # the first few, 1-based


@dataclass(frozen=True, kw_only=True)
class ReadAs:
    """How a file was read as a whole."""

    content: Content = "text"
    header: bool = True  # whether a row names the columns
    encoding: str = "utf-8"  # of a text, as Python calls it
    guessed: bool = False  # the encoding
    delimiter: str = ","  # of a text
    hinted: bool = False  # whether a first line of its own names the delimiter
    escaped: bool = False  # whether a backslash stands before quotation marks inside of quotes
    quoted: bool = True  # whether quotation marks are taken for such
    sheet: str = ""  # of a workbook
    nested: tuple[
        str, ...
    ] = ()  # columns that were left out, as they hold several values in a cell


@dataclass(frozen=True, kw_only=True)
class Numerals:
    """How the numbers of a column are written."""

    plain: bool = True  # as a computer writes them: -1.5e3
    decimal_comma: bool = False
    apart: tuple[Apart, ...] = ()  # what thousands are set apart by
    percent: bool = False
    money: bool = False
    whole: bool = False  # all of them are, and are written so


@dataclass(frozen=True, kw_only=True)
class Dates:
    """How the dates of a column are written."""

    form: DateForm | Clock | Literal["eight digits"]  # 20270331
    or_month_first: bool = False  # whether they fit that as well as day first
    short_years: bool = False  # of two digits
    utc: bool = False  # whether a time zone is told
    whole_days: bool = False  # whether none has a time of day


@dataclass(frozen=True, kw_only=True)
class Form:
    """How the cells of a column are written."""

    numerals: Numerals | None = None  # also where the numbers are moments, or yes and no
    dates: Dates | None = None
    # What was kept as text: numbers that begin with 0 or are too long, or bytes.
    kept: Literal["digits", "bytes"] | None = None


AS_TEXT, AS_IT_STANDS = ReadAs(), Form()
