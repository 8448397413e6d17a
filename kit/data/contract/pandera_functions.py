"""The functions of a pandera file that read cells as the kit does, as text."""

from __future__ import annotations

from collections.abc import Iterable

# Words of the kit's readers, as a test holds them to be.
YES = ("yes", "true", "y", "t", "on", "ja", "wahr", "oui", "vrai", "si", "sí", "sì", "sim", "tak", "ano", "evet",
       "да", "так", "はい", "是", "예")  # fmt: skip
NO = ("no", "false", "n", "f", "off", "nein", "nee", "nej", "falsch", "non", "faux", "não", "nie", "ne", "hay\u0131r",
      "нет", "ні", "いいえ", "否", "아니요")  # fmt: skip

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

_NUMBERS = '''
def numbers(texts: pd.Series) -> pd.Series:
    """Numbers with a decimal point, none of them infinite."""
    values = pd.to_numeric(texts, errors="coerce").astype("float64")
    return kept(texts, values.mask(values.isin([float("inf"), float("-inf")])))
'''

_NUMERALS = '''
def numerals(texts: pd.Series, *, decimal_comma: bool) -> pd.Series:
    """Numbers as people write them, with thousands set apart and signs of money or percent."""
    money = "[$€£¥₹]|EUR|USD|GBP|CHF|JPY"
    apart = "[ '’\\u00a0\\u202f]"
    bare = texts.str.replace(r"^(.*)\\((.*\\d.*)\\)(.*)$", r"-\\1\\2\\3", regex=True)
    around = rf"^\\s*(?:{money})?\\s*([-+−]?)\\s*(?:{money})?\\s*([\\d.,].*?)\\s*(?:%|{money})?$"
    bare = bare.str.replace(around, r"\\1\\2", regex=True).str.replace("−", "-", regex=False)
    thousands, decimal = (rf"(?:\\.|{apart})", ",") if decimal_comma else (f"(?:,|{apart})", r"\\.")
    form = rf"[-+]?(?:\\d{{1,3}}(?:{thousands}\\d{{3}})+|\\d+)?(?:{decimal}\\d+)?(?:[eE][-+]?\\d+)?"
    bare = bare.where(bare.str.fullmatch(form).fillna(value=False).astype(bool))
    plain = bare.str.replace(thousands, "", regex=True).str.replace(",", ".", regex=False)
    return kept(texts, pd.to_numeric(plain, errors="coerce").astype("float64"))
'''

_MOMENTS = '''
def moments(texts: pd.Series, *forms: str) -> pd.Series:
    """Dates in the form that fits most of them; in UTC where a time zone is told."""
    tries = [moments_in(texts, f"^{form}{TIME}$") for form in forms]
    return kept(texts, max(tries, key=lambda values: values.notna().sum()))


def moments_in(texts: pd.Series, form: str) -> pd.Series:
    """Dates in one form, with a time or without."""
    parts = texts.str.extract(form).astype(object)
    for name in ("year", "month", "day", "hour", "minute", "second", "half", "zone"):
        if name not in parts:
            parts[name] = None
    if "name" in parts:
        parts["month"] = parts["name"].str.lower().map(MONTHS)
    years = pd.to_numeric(parts["year"].str.removeprefix("'"), errors="coerce")
    years += (years < 100) * 1900 + (years < 69) * 100
    days = parts["day"].where(parts["day"].notna() | years.isna(), 1)
    number = {name: pd.to_numeric(parts[name], errors="coerce").fillna(0) for name in ("hour", "minute", "second")}
    half = parts["half"].str.lower().str[:1]
    hours = number["hour"].mask(half.notna() & number["hour"].eq(12), 0) + half.eq("p") * 12
    zone = parts["zone"].str.replace(":", "", regex=False).str.ljust(5, "0")
    ahead = (pd.to_numeric(zone.str[1:3]) * 60 + pd.to_numeric(zone.str[3:5])).fillna(0)
    ahead *= 1 - 2 * zone.str[:1].eq("-")
    seconds = hours * 3600 + (number["minute"] - ahead) * 60 + number["second"]
    dates = {"year": years, "month": pd.to_numeric(parts["month"]), "day": pd.to_numeric(days)}
    values = pd.to_datetime(pd.DataFrame(dates), errors="coerce") + pd.to_timedelta(seconds, unit="s")
    told = (hours < 24) & (number["minute"] < 60) & (number["second"] <= 60)
    return values.where(told).astype("datetime64[s]")
'''

_CLOCK = '''
def clock(texts: pd.Series, *, parts: int) -> pd.Series:
    """Moments counted from 1970 on, in parts of a second."""
    seconds = pd.to_numeric(texts, errors="coerce").astype("float64") // parts
    return kept(texts, pd.to_datetime(seconds, unit="s", errors="coerce").astype("datetime64[s]"))
'''

_DAYS = '''
def days(texts: pd.Series) -> pd.Series:
    """Dates written as 20270331."""
    plain = texts.str.replace(r"\\.0+$", "", regex=True)
    return kept(texts, pd.to_datetime(plain, format="%Y%m%d", errors="coerce").astype("datetime64[s]"))
'''

_YES_OR_NO = f'''
def yes_or_no(texts: pd.Series) -> pd.Series:
    """Words and the numbers 1 and 0 that stand for yes and no."""
    words, digits = texts.str.lower(), pd.to_numeric(texts, errors="coerce").astype("float64")
    yes = words.isin({listed(YES)}) | digits.eq(1)
    no = words.isin({listed(NO)}) | digits.eq(0)
    return kept(texts, yes.astype("boolean").where(yes | no))
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
        plain = " ".join(text.replace("\\0", "").split())
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

_TIME = r"""
TIME = (
    r"(?:,?[T ]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|(?P<zone>[-+]\d{2}:?\d{2}|[-+]\d{2}))?)?"
)
MONTHS = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13)))
"""
HELPERS = {
    "numbers": _NUMBERS,
    "numerals": _NUMERALS,
    "moments": _TIME + "\n" + _MOMENTS,
    "clock": _CLOCK,
    "days": _DAYS,
    "yes_or_no": _YES_OR_NO,
    "words": _WORDS,
}

UNDER_HEADER = """header += [""] * (cells.shape[1] - len(header))
    cells = cells.reindex(columns=range(len(header))).set_axis(named(header), axis="columns")"""

CELLS = '''
def cells_of(path: str) -> pd.DataFrame:
    """The cells of a file as texts."""'''

READ = '''
def read(path: str) -> pd.DataFrame:
    """A file as a table: each column of the kind it should be, and cells of another kind left as texts."""
    cells = cells_of(path).astype("string").apply(lambda column: column.str.strip())
    cells = cells.mask(cells.isin(ABSENT))
    for name, kind in KINDS.items():
        if name in cells:
            cells[name] = kind(cells[name])
    return cells
'''
