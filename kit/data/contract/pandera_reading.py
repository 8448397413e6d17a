"""The part of a pandera file that reads a table as the kit does, as text."""

from __future__ import annotations

from collections.abc import Iterator

from kit.data.contract.pandera_functions import (
    CELLS,
    CLEAN,
    COLUMNS,
    FITTING,
    HEADER,
    HELPERS,
    KEPT,
    NAMED,
    NUMBERED,
    READ,
    SAVED,
    STORED,
    UNDER,
)
from kit.data.measured import ColumnProfile, Measured, Profile
from kit.data.read_as import Dates, Numerals, ReadAs
from kit.data.reading.date_forms import CLOCKS, DATE_FORMS

# What a file that is no such one makes its reader raise, and what was expected instead.
_FAULTS = {
    "text": ("csv.Error, UnicodeError", "a text with a row in each line"),
    "Parquet": ("pyarrow.ArrowException", "a whole Parquet file"),
    "XLSX": ("zipfile.BadZipFile, KeyError", "a whole XLSX workbook"),
}
_WORDS = "words(texts)"


def reading_text(measured: Measured, columns: tuple[ColumnProfile, ...]) -> str:
    """The functions that read a file of the sample's kind, down to `read`.

    Raises
    ------
    ValueError
        If a profile does not say how the numbers or dates of a column are written.
    """
    ways = {column.name: _way(column) for column in columns}
    helpers = [text for name, text in HELPERS.items() if _is_called(name, ways)]
    if set(ways.values()) - {_WORDS}:
        helpers.insert(0, KEPT)
    return "\n".join([*helpers, _date_forms(columns), _kinds(ways), *_source(measured)])


def _is_called(name: str, ways: dict[str, str]) -> bool:
    """Whether a helper is, by a column or by another helper that is."""
    calls = f"{name}("
    others = (other for other, text in HELPERS.items() if other != name and calls in text)
    return any(calls in way for way in ways.values()) or any(
        _is_called(other, ways) for other in others
    )


def _way(column: ColumnProfile) -> str:
    """How the cells of a column are read, as an expression of its texts."""
    numerals, dates = column.form.numerals, column.form.dates
    match column.kind:
        case "number" if numerals:
            return f"whole({_numbers(numerals)})" if numerals.whole else _numbers(numerals)
        case "date" if dates:
            return (
                f"days({_moments(dates, numerals)})"
                if dates.whole_days
                else _moments(dates, numerals)
            )
        case "yes or no":
            return f"one_or_nil({_numbers(numerals)})" if numerals else "yes_or_no(texts)"
        case "category" | "text" | "empty":
            return _WORDS
    raise ValueError(f"{column.name}: expected how a {column.kind} is written, found nothing")


def _numbers(numerals: Numerals) -> str:
    if numerals.plain:
        return "numbers(texts)"
    return f"numerals(texts, decimal_comma={numerals.decimal_comma})"


def _moments(dates: Dates, numerals: Numerals | None) -> str:
    if numerals is None:
        return f"moments(texts, DATES[{dates.form!r}])"
    if dates.form == "eight digits":
        return f"eight_digits({_numbers(numerals)})"
    (parts,) = (parts for unit, parts in CLOCKS.items() if unit == dates.form)
    return f"clock({_numbers(numerals)}, parts={parts})"


def _date_forms(columns: tuple[ColumnProfile, ...]) -> str:
    """The forms of dates that the columns are in."""
    found = {one.form.dates.form for one in columns if one.kind == "date" and one.form.dates}
    lines = [f"    {form!r}: {text!r},\n" for form, text in DATE_FORMS.items() if form in found]
    return f"\nDATES = {{\n{''.join(lines)}}}\n" if lines else ""


def _kinds(ways: dict[str, str]) -> str:
    lines = [f"    {name!r}: {_function(way)},\n" for name, way in ways.items()]
    return f"\nKINDS = {{\n{''.join(lines)}}}\n"


def _function(way: str) -> str:
    return "words" if way == _WORDS else f"lambda texts: kept(texts, {way})"


def _source(measured: Measured) -> Iterator[str]:
    """How the cells of a file are had, all of them as texts."""
    profile = measured.profile
    yield from (CLEAN, NAMED, UNDER) if profile.read_as.header else (CLEAN, NUMBERED)
    match profile.read_as.content:
        case "Parquet":
            yield from (STORED, _parquet())
        case "XLSX":
            yield from _workbook(profile.read_as)
        case "text":
            yield from _delimited(profile)
    faults, expected = _FAULTS[profile.read_as.content]
    yield READ.format(faults=faults, expected=expected)


def _parquet() -> str:
    return _cells(
        "with pyarrow.parquet.ParquetFile(path) as file:",
        "    table = file.read()",
        'kinds = [getattr(kind, "storage_type", kind) for kind in table.schema.types]',
        "plain = [at for at, kind in enumerate(kinds) if not pyarrow.types.is_nested(kind)]",
        "names = table.column_names",
        "return under([names[at] for at in plain], [stored(table.column(at)) for at in plain])",
    )


def _workbook(read_as: ReadAs) -> Iterator[str]:
    named = read_as.header
    yield from (SAVED, HEADER) if named else (SAVED,)
    yield _cells(
        f"name = {read_as.sheet!r}",
        "with warnings.catch_warnings():",
        '    warnings.simplefilter("ignore")  # about looks',
        "    book = openpyxl.load_workbook(path, read_only=True, data_only=True)",
        "    if name not in book.sheetnames:",
        '        raise ValueError(f"expected a sheet named {name!r}, found {book.sheetnames!r}")',
        "    sheet = book[name]",
        "    sheet.reset_dimensions()",
        "    cells = [[saved(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]",
        "    book.close()",
        "rows = (row for row in cells if any(cell is not None for cell in row))",
        *(['header = header_in([cell or "" for cell in row] for row in rows)'] if named else ()),
        'columns = [pd.Series(texts, dtype="string") for texts in itertools.zip_longest(*rows)]',
        *(
            [
                'header += [""] * (len(columns) - len(header))',
                'columns += [pd.Series([], dtype="string")] * (len(header) - len(columns))',
                "return under(header, columns)",
            ]
            if named
            else ["return numbered(columns)"]
        ),
    )


def _delimited(profile: Profile) -> Iterator[str]:
    read_as = profile.read_as
    named = read_as.header
    options = [f"delimiter={read_as.delimiter!r}"]
    if not read_as.quoted:
        options.append("quoting=csv.QUOTE_NONE")
    if read_as.escaped:
        options.append("escapechar='\\\\'")
    traits = {one.trait for one in profile.oddities}
    lossy = ', errors="replace"' if "encoding" in traits else ""
    strict = "ragged" not in traits  # the sample may have such rows, too
    yield from (HEADER, FITTING, COLUMNS) if named else (COLUMNS,)
    yield _cells(
        "csv.field_size_limit(8 << 20)",
        f'with open(path, encoding={_encoding(read_as)!r}{lossy}, newline="") as file:',
        *(["    next(file)  # names the delimiter"] if read_as.hinted and not named else ()),
        '    lines = (line.replace("\\0", "") for line in file)',
        f"    rows = csv.reader(lines, {', '.join(options)})",
        *(
            [
                "    header = header_in(rows)",
                "    first = [*itertools.islice(rows, 200)]",
                "    header = fitting(header, first)",
                f"    columns = columns_of(itertools.chain(first, rows), len(header), strict={strict})",
                "return under(header, columns)",
            ]
            if named
            else [
                f"    columns = columns_of(rows, {len(profile.columns)}, strict={strict})",
                "return numbered(columns)",
            ]
        ),
    )


def _cells(*lines: str) -> str:
    return "\n".join([CELLS, *(f"    {line}" for line in lines), ""])


def _encoding(read_as: ReadAs) -> str:
    """The encoding; the mark that UTF-8 may begin with does no harm."""
    return "utf-8-sig" if read_as.encoding == "utf-8" else read_as.encoding
