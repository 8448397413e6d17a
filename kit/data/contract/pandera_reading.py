"""The part of a pandera file that reads a table as the kit does, as text."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import PurePosixPath

from kit.data.contract.pandera_functions import (
    CELLS,
    HEADER,
    HELPERS,
    KEPT,
    NAMED,
    READ,
    UNDER_HEADER,
)
from kit.data.measured import ColumnProfile, Measured, Profile

_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_ANY_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_NAME = r"(?i:(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_DAY_FIRST = f"{_DAY}[-/. ]{{1,2}}{_MONTH}[-/. ]{{1,2}}{_ANY_YEAR}"
_MONTH_FIRST = f"{_MONTH}[-/.]{_DAY}[-/.]{_ANY_YEAR}"
_MONTHS_ONLY = f"{_YEAR}-{_MONTH}"
_NO_NOTE = (
    f"{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}",
    rf"(?:[A-Za-z]{{2,9}},?\s+)?{_DAY}(?:st|nd|rd|th)?[-. /]*{_NAME}[-,. /]*{_ANY_YEAR}",
    rf"(?:[A-Za-z]{{2,9}},?\s+)?{_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
)
_CLOCKS = {"seconds": 1, "milliseconds": 1_000, "microseconds": 10**6, "nanoseconds": 10**9}

_SHEET = 'sheet "'
_NUMBERED = 'cells.columns = [f"column {at}" for at in range(1, cells.shape[1] + 1)]'
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def reading_text(measured: Measured, columns: tuple[ColumnProfile, ...]) -> str:
    """The functions that read a file of the sample's kind, down to `read`."""
    ways = {column.name: _way(column) for column in columns if column.kind != "empty"}
    used = [name for name in HELPERS if any(name == way.partition("(")[0] for way in ways.values())]
    helpers = [HELPERS[name] for name in used]
    if set(used) - {"words"}:
        helpers.insert(0, KEPT)
    return "\n".join([*helpers, _kinds(ways), *_source(measured), READ])


def _way(column: ColumnProfile) -> str:
    """How the cells of a column are read, as a call without its texts."""
    match column.kind:
        case "number":
            if not column.notes:
                return "numbers"
            return f"numerals(decimal_comma={'decimal comma' in column.notes})"
        case "date":
            return _date_way(" ".join(column.notes))
        case "yes or no":
            return "yes_or_no"
        case _:
            return "words"


def _date_way(notes: str) -> str:
    if "since 1970" in notes:
        unit = notes.partition("read as ")[2].split()[0]
        return f"clock(parts={_CLOCKS.get(unit, 1)})"
    if "read as year, month, day" in notes:
        return "days"
    forms = (
        (_DAY_FIRST,)
        if "day first" in notes
        else (_MONTH_FIRST,)
        if "month first" in notes
        else (_MONTHS_ONLY,)
        if "first days" in notes
        else _NO_NOTE
    )
    return f"moments({', '.join(map(repr, forms))})"


def _kinds(ways: dict[str, str]) -> str:
    lines = [f"    {name!r}: {_function(way)},\n" for name, way in ways.items()]
    return f"\nKINDS = {{\n{''.join(lines)}}}\n"


def _function(way: str) -> str:
    name, _, named = way.partition("(")
    return f"lambda texts: {name}(texts, {named}" if named else name


def _source(measured: Measured) -> Iterator[str]:
    """How the cells of a file are had, all of them as texts."""
    ending = PurePosixPath(measured.file).suffix.lower()
    if ending == ".parquet":
        yield _cells('cells = pd.read_parquet(path).astype("string")')
    elif ending == ".xlsx":
        yield from _workbook(measured.profile)
    else:
        yield from _delimited(measured.profile)


def _workbook(profile: Profile) -> Iterator[str]:
    sheets = [one[len(_SHEET) : -1] for one in profile.said if one.startswith(_SHEET)]
    sheet = repr(sheets[0] if sheets else 0)
    found = f"pd.read_excel(path, sheet_name={sheet}, header=None, dtype=str)"
    if _is_unnamed(profile):
        yield _cells(f"cells = {found}", _NUMBERED)
        return
    yield from (NAMED, HEADER)
    yield _cells(
        f'rows = iter({found}.fillna("").values.tolist())',
        "header = header_in(rows)",
        "cells = pd.DataFrame([*rows])",
        UNDER_HEADER,
    )


def _is_unnamed(profile: Profile) -> bool:
    return any(one.startswith("no header") for one in profile.said)


def _delimited(profile: Profile) -> Iterator[str]:
    delimiter = _delimiter(profile)
    options = [f"sep={delimiter!r}", "header=None", "dtype=str", "keep_default_na=False"]
    ragged = [one.says for one in profile.oddities if one.trait == "ragged"]
    if any("never closed" in says for says in ragged):
        options.append("quoting=csv.QUOTE_NONE")
    if any("fields" in says for says in ragged):
        options.append('on_bad_lines="warn"')  # the sample has such rows, too
    escape = ""
    if any(one.startswith("a backslash") for one in profile.said):
        escape = ", escapechar='\\\\'"
        options.append(escape.removeprefix(", "))
    read = f"cells = pd.read_csv(file, {', '.join(options)})"
    lossy = ', errors="replace"' if any(one.trait == "encoding" for one in profile.oddities) else ""
    opened = f'with open(path, encoding={_encoding(profile)!r}{lossy}, newline="") as file:'
    if _is_unnamed(profile):
        yield _cells(opened, f"    {read}", _NUMBERED)
        return
    header = f"    header = header_in(csv.reader(file, delimiter={delimiter!r}{escape}))"
    yield from (NAMED, HEADER)
    yield _cells(opened, header, f"    {read}", UNDER_HEADER)


def _cells(*lines: str) -> str:
    return "\n".join([CELLS, *(f"    {line}" for line in lines), "    return cells", ""])


def _delimiter(profile: Profile) -> str:
    told = (
        one.removeprefix("delimiter: ") for one in profile.said if one.startswith("delimiter: ")
    )
    return _DELIMITERS.get(next(told, "comma"), ",")


def _encoding(profile: Profile) -> str:
    """The encoding as Python calls it; the mark that UTF-8 may begin with does no harm."""
    told = profile.said[0].removesuffix(" (a guess)") if profile.said else "UTF-8"
    if told.startswith("UTF-8"):
        return "utf-8-sig"
    if told == "UTF-16 without a mark":
        return "utf-16-le"
    try:
        return codecs.lookup(told).name
    except LookupError:
        return "utf-8-sig"
