"""Numbers as people write them: with a decimal comma, thousands apart, a sign of money or percent."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

_MOSTLY = 0.8
_SAMPLE = 20_000
_AROUND = r"^[\s$€£¥]*([-+]?)[\s$€£¥]*(.*?)\s*(?:[$€£¥%]|EUR|USD|GBP|CHF)?\s*$"
_POINT = r"^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?$"
_COMMA = r"^[-+]?(?:\d{1,3}(?:[. '’\x{a0}\x{202f}]\d{3})+|\d+)?(?:,\d+)?(?:[eE][-+]?\d+)?$"
_ONLY_POINT = r"\.\d{1,2}$|\.\d{4,}|,\d{3}\.|,\d{3},"  # cannot be meant with a decimal comma
_ONLY_COMMA = r",\d{1,2}$|,\d{4,}|\.\d{3},|\.\d{3}\.|[ '’]\d{3}|^0,\d"  # nor these with a point


@dataclass(frozen=True, kw_only=True)
class Numerals:
    """Numbers that were read, and how."""

    values: pa.Array  # float64; null where a cell is missing or no number
    notes: tuple[str, ...]


def numbers_in(cells: pa.Array) -> Numerals | None:
    """The numbers of a column of trimmed texts, if most of them are numbers."""
    sample = _bare(cells.slice(0, _SAMPLE))
    there = len(sample) - sample.null_count
    if not there:
        return None
    point, comma = (_share(sample, form, there) for form in (_POINT, _COMMA))
    if max(point, comma) < _MOSTLY:
        return None
    with_comma = comma > point or (
        comma >= point and _share(sample, _ONLY_COMMA, there) > _share(sample, _ONLY_POINT, there)
    )
    bare = _bare(cells)
    good = pc.match_substring_regex(bare, _COMMA if with_comma else _POINT)
    plain = pc.replace_substring_regex(bare, r"[ '’\x{a0}\x{202f}.]" if with_comma else r",", "")
    if with_comma:
        plain = pc.replace_substring(plain, ",", ".")
    there_and_good = pc.and_(good, pc.match_substring_regex(bare, r"\d"))
    values = pc.cast(pc.if_else(there_and_good, plain, pa.scalar(None, pa.string())), pa.float64())
    if values.null_count - cells.null_count > (1 - _MOSTLY) * (len(cells) - cells.null_count):
        return None
    return Numerals(values=values, notes=_notes(sample, cells.slice(0, _SAMPLE), with_comma=with_comma))


def _bare(cells: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(cells, _AROUND, r"\1\2")


def _share(cells: pa.Array, form: str, there: int) -> float:
    return (pc.sum(pc.match_substring_regex(cells, form)).as_py() or 0) / there


def _notes(bare: pa.Array, cells: pa.Array, *, with_comma: bool) -> tuple[str, ...]:
    def has(form: str, texts: pa.Array) -> bool:
        return bool(pc.any(pc.match_substring_regex(texts, form)).as_py())

    notes = []
    if with_comma and has(r",\d", bare):
        notes.append("decimal comma")
    if has(r"\d[. '’\x{a0}\x{202f}]\d{3}" if with_comma else r"\d,\d{3}", bare):
        notes.append("thousands set apart")
    if has("%", cells):
        notes.append("percent signs left out")
    if has("[$€£¥]|EUR|USD|GBP|CHF", cells):
        notes.append("signs of money left out")
    return tuple(notes)
