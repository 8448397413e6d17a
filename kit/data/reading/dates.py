"""Dates as people write them, brought to one form; where day and month cannot be told apart, that is said."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

_MOSTLY = 0.8
_SAMPLE = 20_000
_TIME = r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:Z|UTC|[-+]\d{2}:?\d{2})?)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?i:(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
# Pattern, and the numbers of its groups for year, month, day; the time has the three after them.
_YEAR_FIRST = (rf"^(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}$", r"\1-\2-\3")
_TWO_FIRST = rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_TIME}$"
_DAY_NAME = (rf"^(\d{{1,2}})[-. ]+{_NAME}[-,. ]+(\d{{4}}|\d{{2}}){_TIME}$", r"\3-\2-\1")
_NAME_DAY = (rf"^{_NAME}\s+(\d{{1,2}}),?\s+(\d{{4}}){_TIME}$", r"\3-\1-\2")
_ISO = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|[-+]\d{2}:?\d{2})?)?$"


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Moments that were read, and how."""

    moments: pa.Array  # timestamp[s]; null where a cell is missing or no date
    notes: tuple[str, ...]


def dates_in(cells: pa.Array) -> Dates | None:
    """The dates of a column of trimmed texts, if most of them are dates."""
    sample = pc.drop_null(cells.slice(0, _SAMPLE))
    if not len(sample):
        return None
    for attempt in (_iso, _year_first, _two_first, _named):
        found = attempt(cells, sample)
        if found is not None:
            return found
    return None


def _iso(cells: pa.Array, sample: pa.Array) -> Dates | None:
    """The international form, nearly always; Arrow reads it by itself."""
    if _share(sample, _ISO) < _MOSTLY:
        return None
    for kind in (pa.timestamp("us"), pa.timestamp("us", "UTC")):
        try:
            moments = pc.cast(cells, kind).cast(pa.timestamp("us")).cast(pa.timestamp("s"), safe=False)
        except pa.ArrowInvalid:
            continue
        return Dates(moments=moments, notes=("in UTC",) if kind.tz else ())
    return None


def _year_first(cells: pa.Array, sample: pa.Array) -> Dates | None:
    return _of(cells, sample, *_YEAR_FIRST, notes=())


def _two_first(cells: pa.Array, sample: pa.Array) -> Dates | None:
    if _share(sample, _TWO_FIRST) < _MOSTLY:
        return None
    parts = pc.extract_regex(pc.drop_null(cells), _TWO_FIRST.replace(r"^(\d{1,2})", r"^(?P<a>\d{1,2})", 1)
                             .replace(r"(\d{1,2})[-/.](\d{4}", r"(?P<b>\d{1,2})[-/.](?P<y>\d{4}", 1)
                             .replace(r"(\d{1,2}):(\d{2})(?::(\d{2})", r"(?:\d{1,2}):(?:\d{2})(?::(?:\d{2})"))  # fmt: skip
    first, second = (
        pc.sum(pc.greater(pc.cast(pc.struct_field(parts, at), pa.int8()), 12)).as_py() or 0
        for at in (0, 1)
    )
    day_first = first >= second
    note = "day first" if day_first else "month first"
    if not first and not second:
        note = "day or month first cannot be told; read as day first"
    elif first and second:
        note += f", though {min(first, second):,} say otherwise"
    order = r"\3-\2-\1" if day_first else r"\3-\1-\2"
    return _of(cells, sample, _TWO_FIRST, order, notes=(note,))


def _named(cells: pa.Array, sample: pa.Array) -> Dates | None:
    for form, order in (_DAY_NAME, _NAME_DAY):
        found = _of(cells, sample, form, order, notes=())
        if found is not None:
            return found
    return None


def _of(
    cells: pa.Array, sample: pa.Array, form: str, order: str, *, notes: tuple[str, ...]
) -> Dates | None:
    if _share(sample, form) < _MOSTLY:
        return None
    good = pc.fill_null(pc.match_substring_regex(cells, form), False)
    texts = pc.if_else(good, cells, pa.scalar(None, pa.string()))
    texts = pc.replace_substring_regex(texts, form, rf"{order} \4:\5:\6")
    if "(jan" in form:
        texts = pc.utf8_lower(texts)
        for number, name in enumerate(_MONTHS, start=1):
            texts = pc.replace_substring(texts, f"-{name}-", f"-{number}-")
    texts = pc.replace_substring_regex(texts, r" ::$", " 0:0:0")
    texts = pc.replace_substring_regex(texts, r":$", ":0")
    texts = pc.replace_substring_regex(texts, r"^(\d{2})-", r"20\1-")
    moments = pc.strptime(texts, format="%Y-%m-%d %H:%M:%S", unit="s", error_is_null=True)
    if moments.null_count - cells.null_count > (1 - _MOSTLY) * (len(cells) - cells.null_count):
        return None
    return Dates(moments=moments, notes=notes)


def _share(cells: pa.Array, form: str) -> float:
    return (pc.sum(pc.match_substring_regex(cells, form)).as_py() or 0) / max(len(cells), 1)
