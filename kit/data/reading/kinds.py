"""Columns of texts as columns of a kind: numbers, yes or no, dates, categories, texts."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from kit.data.reading.dates import dates_in
from kit.data.reading.numerals import numbers_in
from kit.data.reading.table import Column

MOSTLY = 0.8  # share of a column's cells that decide what it is
_EXAMPLES = 3
_SHOWN = 60  # characters of an example
_FEW = 50  # values that are always few enough for a category
_SHARE = 0.05  # of the rows: so many values still are
_LONG = 60  # characters, on average: a category is a word or two
_TWO = 0.9  # share of the cells that 0 and 1 make up where the rest are slips
_DATE_NAMES = re.compile(r"date|datum|\bday|time|_at$|_on$|\bon\b", re.IGNORECASE)
_CLOCK_NAMES = re.compile(r"time|stamp|^ts$|_ts$|epoch|_at$", re.IGNORECASE)
_YES_NO = (
    ("yes", "no"),
    ("true", "false"),
    ("y", "n"),
    ("t", "f"),
    ("on", "off"),
    ("ja", "nein"),
    ("oui", "non"),
    ("si", "no"),
)


def typed(name: str, cells: pa.Array) -> Column:
    """A column of texts, null where a cell is missing, as the kind that most of its cells are."""
    if cells.null_count == len(cells):
        return Column(name=name, kind="empty", values=pa.nulls(len(cells)), missing=len(cells))
    plain = _cast(cells, pa.float64()) if not _leading_zeros(cells) else None
    if plain is not None:
        return _of_numbers(name, plain)
    trimmed = pc.utf8_trim_whitespace(cells)
    for attempt in (_as_dates, _as_yes_no, _as_numbers):
        found = attempt(name, trimmed)
        if found is not None:
            return found
    return _as_texts(name, trimmed)


def typed_values(name: str, values: pa.Array) -> Column:
    """A column whose file says its type, as Parquet and XLSX do."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return typed_values(name, values.cast(kind.value_type))
    if pa.types.is_boolean(kind):
        return Column(name=name, kind="yes or no", values=values, missing=values.null_count)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _of_numbers(name, pc.cast(values, pa.float64(), safe=False))
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        local = values.cast(pa.timestamp("us", kind.tz)).cast(pa.timestamp("us")) if getattr(kind, "tz", None) else values
        moments = pc.cast(local, pa.timestamp("s"), safe=False)
        return Column(name=name, kind="date", values=moments, missing=values.null_count)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return _as_texts(name, pc.utf8_trim_whitespace(values.cast(pa.string())))
    # Lists, structs, bytes: shown as what they are, and used for nothing.
    texts = pa.array([None if one is None else str(one)[:200] for one in values.to_pylist()], pa.string())
    note = f"holds {kind}"[:_SHOWN]
    return Column(name=name, kind="text", values=texts.dictionary_encode(), missing=values.null_count, notes=(note,))


def _cast(cells: pa.Array, kind: pa.DataType) -> pa.Array | None:
    try:
        return pc.cast(cells, kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _leading_zeros(cells: pa.Array) -> bool:
    """Whether numbers begin with zeros, as numbers that count nothing do: postcodes, keys."""
    start = cells.slice(0, 10_000)
    return bool(pc.any(pc.match_substring_regex(start, r"^\s*[-+]?0\d")).as_py())


def _of_numbers(name: str, values: pa.Array) -> Column:
    """Numbers as they are, unless they are dates, or yes and no, in disguise."""
    values = pc.if_else(pc.is_finite(values), values, pa.scalar(None, pa.float64()))
    missing = values.null_count
    for attempt in (_of_clock, _of_yes_no):
        found = attempt(name, values)
        if found is not None:
            return found
    return Column(name=name, kind="number", values=values, missing=missing)


def _of_yes_no(name: str, values: pa.Array) -> Column | None:
    """0 and 1, be it with some slips in between, such as means that gaps were filled with."""
    there = len(values) - values.null_count
    is_one, is_zero = pc.equal(values, 1.0), pc.equal(values, 0.0)
    ones, zeros = (pc.sum(one).as_py() or 0 for one in (is_one, is_zero))
    between = pc.and_(pc.greater(values, 0.0), pc.less(values, 1.0))
    slips = there - ones - zeros
    if not ones or not zeros or slips != (pc.sum(between).as_py() or 0) or slips > (1 - _TWO) * there:
        return None
    flags = pc.if_else(pc.or_(is_one, is_zero), is_one, pa.scalar(None, pa.bool_()))
    odd = pc.filter(values, pc.fill_null(between, False)).slice(0, _EXAMPLES).to_pylist()
    return Column(
        name=name,
        kind="yes or no",
        values=flags,
        missing=values.null_count,
        strange=slips,
        examples=tuple(f"{one:g}" for one in odd),
    )


def _of_clock(name: str, values: pa.Array) -> Column | None:
    """Seconds or milliseconds since 1970, and days written as 20270331."""
    there = pc.drop_null(values)
    low, high = (pc.min_max(there)[end].as_py() for end in ("min", "max")) if len(there) else (0, 0)
    if _CLOCK_NAMES.search(name):
        for unit, factor in (("seconds", 1), ("milliseconds", 1_000)):
            if 6e8 * factor <= low and high <= 4.2e9 * factor:
                seconds = pc.cast(pc.floor(pc.divide(values, float(factor))), pa.int64())
                moments = seconds.cast(pa.timestamp("s"))
                note = f"read as {unit} since 1970"
                return Column(name=name, kind="date", values=moments, missing=values.null_count, notes=(note,))
    if _DATE_NAMES.search(name) and low >= 19000101 and high <= 21001231:
        days = pc.cast(pc.cast(values, pa.int64(), safe=False), pa.string())
        moments = pc.strptime(days, format="%Y%m%d", unit="s", error_is_null=True)
        if moments.null_count == values.null_count:
            note = "read as year, month, day"
            return Column(name=name, kind="date", values=moments, missing=values.null_count, notes=(note,))
    return None


def _as_dates(name: str, cells: pa.Array) -> Column | None:
    found = dates_in(cells)
    if found is None:
        return None
    return _with_strange(name, "date", cells, found.moments, found.notes)


def _as_numbers(name: str, cells: pa.Array) -> Column | None:
    found = None if _leading_zeros(cells) else numbers_in(cells)
    if found is None:
        return None
    return _with_strange(name, "number", cells, found.values, found.notes)


def _as_yes_no(name: str, cells: pa.Array) -> Column | None:
    few = pc.unique(cells.slice(0, 1000)).drop_null()
    if len(few) > 2:
        return None
    lower = pc.utf8_lower(cells)
    words = {one for one in pc.unique(lower).to_pylist() if one is not None}
    pair = next((pair for pair in _YES_NO if words <= set(pair)), None)
    if pair is None:
        return None
    return Column(name=name, kind="yes or no", values=pc.equal(lower, pair[0]), missing=cells.null_count)


def _with_strange(
    name: str, kind: str, cells: pa.Array, values: pa.Array, notes: tuple[str, ...]
) -> Column:
    strange = values.null_count - cells.null_count
    odd: tuple[str, ...] = ()
    if strange:
        lost = pc.and_(pc.is_valid(cells), pc.is_null(values))
        shown = pc.unique(pc.filter(cells, lost)).slice(0, _EXAMPLES).to_pylist()
        odd = tuple(one[:_SHOWN] for one in shown)
    return Column(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        values=values,
        missing=cells.null_count,
        strange=strange,
        examples=odd,
        notes=notes,
    )


def _as_texts(name: str, cells: pa.Array) -> Column:
    values = pc.dictionary_encode(cells)
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    words = values.dictionary
    short = (pc.mean(pc.utf8_length(words)).as_py() or 0) <= _LONG if len(words) else True
    few = len(words) <= max(_FEW, _SHARE * len(cells)) and len(words) < max(2, len(cells) - cells.null_count)
    kind = "category" if few and short else "text"
    return Column(name=name, kind=kind, values=values, missing=cells.null_count)


