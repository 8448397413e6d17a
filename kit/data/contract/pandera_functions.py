"""The functions of a pandera file that read cells as the kit does, as text."""

from __future__ import annotations

from collections.abc import Iterable

from kit.data.reading.control_signs import CONTROLS
from kit.data.reading.date_forms import CENTURY, MONTHS
from kit.data.reading.numeral_forms import (
    APART,
    AROUND,
    BRACKETS,
    PLAIN,
    WITH_COMMA,
    WITH_POINT,
)
from kit.data.reading.yes_no import NO, YES

_PLAIN = PLAIN.replace(r"\d", "[0-9]")  # with flags, pandas would look at each cell in Python
_WIDE = 96  # characters of a line of a list


def listed(values: Iterable[str]) -> str:
    """Texts as a Python list, in several lines where one would be long."""
    lines = [""]
    for value in map(repr, values):
        if len(lines[-1]) + len(value) > _WIDE:
            lines.append("")
        lines[-1] += f" {value}," if lines[-1] else f"{value},"
    if len(lines) == 1:
        return f"[{lines[0].removesuffix(',')}]"
    inner = "".join(f"    {line}\n" for line in lines if line)
    return f"[\n{inner}]"


KEPT = '''
def kept(texts: pd.Series, values: pd.Series) -> pd.Series:
    """The values, with the texts in place of those that are of another kind."""
    odd = texts.notna() & values.isna()
    return values.astype(object).where(~odd, texts) if odd.any() else values
'''

_NUMBERS = f'''
def numbers(texts: pd.Series) -> pd.Series:
    """Numbers as a computer writes them, none of them infinite."""
    fits = texts.str.contains({_PLAIN!r}).fillna(value=False).astype(bool)
    values = pd.to_numeric(texts.where(fits), errors="coerce").astype("float64")
    return values.mask(values.isin([float("inf"), float("-inf")]))
'''

_NUMERALS = f'''
def numerals(texts: pd.Series, *, decimal_comma: bool) -> pd.Series:
    """Numbers as people write them, with thousands set apart and signs of money or percent."""
    bare = texts.str.replace({BRACKETS!r}, r"-\\1\\2\\3", regex=True, flags=re.ASCII)
    around = {AROUND!r}
    bare = bare.str.replace(around, r"\\1\\2", regex=True, flags=re.ASCII).str.replace("−", "-", regex=False)
    form = {WITH_COMMA!r} if decimal_comma else {WITH_POINT!r}
    fits = bare.str.contains(form, flags=re.ASCII).fillna(value=False).astype(bool)
    apart = {APART!r} + (r"|\\." if decimal_comma else "|,")
    plain = bare.where(fits).str.replace(apart, "", regex=True).str.replace(",", ".", regex=False)
    return numbers(plain)
'''

_WHOLE = '''
def whole(values: pd.Series) -> pd.Series:
    """Whole numbers."""
    return values.where(values.mod(1).eq(0) & values.abs().lt(2**53)).astype("Int64")
'''

_MOMENTS = f'''
MONTHS = {{name: number for number, name in enumerate({" ".join(MONTHS)!r}.split(), start=1)}}
PARTS = ("month", "day", "hour", "minute", "second")


def moments(texts: pd.Series, form: str) -> pd.Series:
    """Dates in one form, with a time or without; in UTC where a time zone is told."""
    parts = texts.str.extract(form, flags=re.ASCII).astype(object)
    for name in (*PARTS, "half", "zone"):
        if name not in parts:
            parts[name] = None
    if "name" in parts:
        parts["month"] = parts["name"].str.lower().map(MONTHS)
    year = parts["year"].str.removeprefix("'")
    number = {{name: pd.to_numeric(parts[name], errors="coerce").fillna(0) for name in PARTS}}
    years = pd.to_numeric(year, errors="coerce")
    years += year.str.len().lt(4) * (1900 + (years < {CENTURY}) * 100)
    days = number["day"].where(parts["day"].notna() | years.isna(), 1)
    half = parts["half"].str.lower().str[:1]
    hours = number["hour"].mask(half.notna() & number["hour"].eq(12), 0) + half.eq("p") * 12
    zone = parts["zone"].str.replace(":", "", regex=False).str.ljust(5, "0")
    ahead = (pd.to_numeric(zone.str[1:3]) * 60 + pd.to_numeric(zone.str[3:5])).fillna(0)
    ahead *= 1 - 2 * zone.str[:1].eq("-")
    told = years.between(1, 9999) & number["month"].between(1, 12)
    months = ((years - 1970) * 12 + number["month"] - 1).where(told, 0).astype("int64").to_numpy()
    first, end = (some.astype("datetime64[M]").astype("datetime64[D]") for some in (months, months + 1))
    told &= days.between(1, (end - first).astype("int64"))
    told &= (hours < 24) & (number["minute"] < 60) & (number["second"] <= 60)
    seconds = (days - 1) * 86_400 + hours * 3600 + (number["minute"] - ahead) * 60 + number["second"]
    values = first.astype("datetime64[s]") + seconds.where(told, 0).to_numpy().astype("timedelta64[s]")
    told &= (values >= np.datetime64("0001-01-01")) & (values < np.datetime64("10000-01-01"))
    return pd.Series(values, index=texts.index).where(told)
'''

_DAYS = '''
def days(values: pd.Series) -> pd.Series:
    """Dates without a time of day."""
    return values.where(values.eq(values.dt.normalize()))
'''

_CLOCK = '''
def clock(values: pd.Series, *, parts: int) -> pd.Series:
    """Moments counted from 1970 on, in parts of a second."""
    return pd.to_datetime(values // parts, unit="s", errors="coerce").astype("datetime64[s]")
'''

_EIGHT_DIGITS = '''
def eight_digits(values: pd.Series) -> pd.Series:
    """Dates written as 20270331."""
    return pd.to_datetime(whole(values).astype("string"), format="%Y%m%d", errors="coerce").astype("datetime64[s]")
'''

_YES_OR_NO = f'''
def yes_or_no(texts: pd.Series) -> pd.Series:
    """Words that stand for yes and no."""
    words = texts.str.lower()
    yes = words.isin({listed(sorted(YES))})
    no = words.isin({listed(sorted(NO))})
    return yes.astype("boolean").where(yes | no)
'''

_ONE_OR_NIL = '''
def one_or_nil(values: pd.Series) -> pd.Series:
    """1 and 0 that stand for yes and no."""
    return values.eq(1).astype("boolean").where(values.isin([0, 1]))
'''

_WORDS = '''
def words(texts: pd.Series) -> pd.Series:
    """Texts as they are."""
    return texts.astype("string")
'''

NAMED = '''
def shown(char: str) -> str:
    """A character, escaped where it cannot be seen."""
    seen = char.isprintable() or char in "\\u200c\\u200d"
    return char if seen else char.encode("unicode_escape").decode("ascii")


def named(header: list[str]) -> list[str]:
    """The names of columns, each once: blanks and repeated ones are numbered."""
    names: list[str] = []
    for at, text in enumerate(header, start=1):
        plain = " ".join(text[:1200].replace("\\0", "").split())
        base = name = "".join(map(shown, plain))[:120] or f"column {at}"
        number = 2
        while name in names:
            name, number = f"{base} ({number})", number + 1
        names.append(name)
    return names
'''

HEADER = '''
def header_in(rows: Iterator[list[str]]) -> list[str]:
    """The header, which may have other lines above it: the first row with half of the known names."""
    for row in itertools.islice(rows, 40):
        if len(set(named(row)) & set(KINDS)) * 2 >= len(KINDS):
            return row
    raise ValueError("expected a header with the columns of the schema, found none in the first 40 rows")
'''

# In the order that they are written in; what one calls stands before it.
HELPERS = {
    "numbers": _NUMBERS,
    "numerals": _NUMERALS,
    "whole": _WHOLE,
    "moments": _MOMENTS,
    "days": _DAYS,
    "clock": _CLOCK,
    "eight_digits": _EIGHT_DIGITS,
    "yes_or_no": _YES_OR_NO,
    "one_or_nil": _ONE_OR_NIL,
    "words": _WORDS,
}

CLEAN = f'''
def clean(texts: pd.Series) -> pd.Series:
    """Texts without spaces around them; missing where they say that nothing is there."""
    bare = texts.astype("string").str.strip()
    return bare.mask(bare.isin(ABSENT)).str.replace({CONTROLS!r}, "\\ufffd", regex=True)
'''

UNDER = '''
def under(header: list[str], columns: Iterable[pd.Series]) -> pd.DataFrame:
    """Columns under their names; one with neither a name nor a cell is left out."""
    found = [(name, clean(texts)) for name, texts in zip(header, columns)]
    found = [(name, texts) for name, texts in found if name.strip() or texts.notna().any()]
    return pd.DataFrame(dict(zip(named([name for name, _ in found]), [texts for _, texts in found])))
'''

NUMBERED = '''
def numbered(columns: Iterable[pd.Series]) -> pd.DataFrame:
    """Columns of a file without a header."""
    return pd.DataFrame({f"column {at}": clean(texts) for at, texts in enumerate(columns, start=1)})
'''

FITTING = '''
def fitting(header: list[str], rows: Iterator[list[str]]) -> list[str]:
    """The header with as many names as most rows have fields, where one of them ends in a delimiter."""
    widths = Counter(len(row) for row in [header, *rows] if row and not row[0].startswith("#"))
    width = max(widths, key=lambda one: (widths[one], one), default=len(header))
    ends = {row[-1].strip() for row in rows if len(row) == width}
    if len(header) == width - 1 and ends == {""}:
        return [*header, ""]
    return header[:-1] if len(header) == width + 1 and not header[-1].strip() else header
'''

COLUMNS = '''
def columns_of(rows: Iterator[list[str]], width: int, *, strict: bool) -> list[pd.Series]:
    """The columns of a text's rows; those with more or fewer fields are left out, or refused."""
    parts, odd = [pd.DataFrame(columns=range(width), dtype="string")], 0
    while some := [row for row in itertools.islice(rows, 100_000)]:
        fits = [row for row in some if len(row) == width]
        odd += sum(map(bool, some)) - sum(map(bool, fits))
        parts.append(pd.DataFrame(fits, columns=range(width), dtype="string"))
    if odd and strict:
        raise ValueError(f"expected {width} fields in each row, found more or fewer in {odd} rows")
    if odd:
        warnings.warn(f"{odd} rows have more or fewer than {width} fields; left out", stacklevel=2)
    cells = pd.concat(parts, ignore_index=True)
    return [cells[at] for at in cells]
'''

STORED = '''
def stored(column: pyarrow.ChunkedArray) -> pd.Series:
    """The values of a column as texts; bytes that are none as Python writes them."""
    is_ = pyarrow.types
    if isinstance(column.type, pyarrow.BaseExtensionType):
        column = column.cast(column.type.storage_type)
    if is_.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if is_.is_timestamp(column.type) and column.type.tz:
        column = column.cast(pyarrow.timestamp(column.type.unit, "UTC")).cast(pyarrow.timestamp(column.type.unit))
    if is_.is_floating(column.type):
        column = column.cast(pyarrow.float64())
    if "binary" in str(column.type) or "string" in str(column.type):
        column = column.cast(pyarrow.binary())
    try:
        return pd.Series(column.cast(pyarrow.string()).to_pylist(), dtype="string")
    except pyarrow.ArrowInvalid:
        shown = [None if one is None else repr(one[:60]) for one in column.to_pylist()]
        return pd.Series(shown, dtype="string")
'''

SAVED = '''
def saved(cell: object) -> str | None:
    """The value of a workbook's cell as a text."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        short = f"{cell:.15g}"
        return short if float(short) == cell else repr(cell)
    if isinstance(cell, datetime.datetime):
        return str(cell.date()) if cell.time() == datetime.time() else str(cell)
    return None if cell is None else str(cell)
'''

CELLS = '''
def cells_of(path: str) -> pd.DataFrame:
    """The cells of a file as texts."""'''

READ = '''
def read(path: str) -> pd.DataFrame:
    """A file as a table: each column of the kind it should be, and cells of another kind left as texts."""
    try:
        cells = cells_of(path)
    except ({faults}) as exc:
        raise ValueError(f"{{path}}: expected {expected}, found one that cannot be read: {{exc}}") from exc
    for name, kind in KINDS.items():
        if name in cells:
            cells[name] = kind(cells[name])
    return cells
'''
