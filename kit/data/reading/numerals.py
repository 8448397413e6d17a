"""Numbers as people write them: with a decimal comma, thousands apart, a sign of money or percent."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from kit.data.reading.words import MOSTLY, Reading, Words, share

# What Arrow reads by itself.
PLAIN = r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$"
# Such numbers count nothing: postcodes, and keys that are too long for a float to keep.
KEYS = r"^[-+]?(?:0\d+|\d{16,})$"

_MONEY = r"[$€£¥₹]|EUR|USD|GBP|CHF|JPY"
_AROUND = rf"^\s*(?:{_MONEY})?\s*([-+−]?)\s*(?:{_MONEY})?\s*([\d.,].*?)\s*(?:%|{_MONEY})?$"
_BRACKETS = r"^(.*)\((.*\d.*)\)(.*)$"  # what bookkeepers write for a minus
_APART = "[ '’\u00a0\u202f]"
_POINT = r"^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?$"
_COMMA = rf"^[-+]?(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:{_APART}\d{{3}})+|\d+)?(?:,\d+)?(?:[eE][-+]?\d+)?$"
_SPACED = rf"^[-+]?\d{{1,3}}(?:{_APART}\d{{3}})+(?:\.\d+)?$"
_WITH_POINT, _WITH_COMMA = f"{_POINT}|{_SPACED}", _COMMA
_ONLY_POINT = r"\.\d{1,2}$|\.\d{4,}|,\d{3}\.|,\d{3},"  # cannot be meant with a decimal comma
_ONLY_COMMA = r",\d{1,2}$|,\d{4,}|\.\d{3},|\.\d{3}\.|^-?0,\d"  # nor these with a point


def numbers_in(words: Words) -> Reading | None:
    """The numbers among the words, if most cells are numbers."""
    if share(words.sample, r"^\D{0,6}[\d.,]") < MOSTLY:
        return None
    sample = _bare(words.sample)
    with_point, with_comma = share(sample, _WITH_POINT), share(sample, _WITH_COMMA)
    if max(with_point, with_comma) < MOSTLY:
        return None
    comma = with_comma > with_point or (
        with_comma == with_point and share(sample, _ONLY_COMMA) > share(sample, _ONLY_POINT)
    )
    values = _read(_bare(words.words), comma=comma)
    return Reading(values=values, notes=_notes(sample, words.sample, comma=comma))


def any_number(texts: pa.Array) -> bool:
    """Whether any of the texts is a number, however it is written."""
    bare = _bare(texts)
    return bool(pc.any(_good(bare, f"{_WITH_POINT}|{_WITH_COMMA}")).as_py())


def _bare(texts: pa.Array) -> pa.Array:
    """The texts without what stands around their digits."""
    texts = pc.replace_substring_regex(texts, _BRACKETS, r"-\1\2\3")
    texts = pc.replace_substring_regex(texts, _AROUND, r"\1\2")
    return pc.replace_substring(texts, "−", "-")


def _read(bare: pa.Array, *, comma: bool) -> pa.Array:
    good = _good(bare, _WITH_COMMA if comma else _WITH_POINT)
    plain = pc.replace_substring_regex(bare, rf"{_APART}|\." if comma else f"{_APART}|,", "")
    plain = pc.replace_substring(plain, ",", ".")
    return pc.cast(pc.if_else(good, plain, pa.scalar(None, pa.string())), pa.float64())


def _good(bare: pa.Array, form: str) -> pa.Array:
    return pc.and_(pc.match_substring_regex(bare, form), pc.match_substring_regex(bare, r"\d"))


def _notes(bare: pa.Array, cells: pa.Array, *, comma: bool) -> tuple[str, ...]:
    apart = rf"\d(?:{_APART}|\.)\d{{3}}" if comma else rf"\d(?:{_APART}|,)\d{{3}}"
    signs = {
        "decimal comma": comma and share(bare, r",\d"),
        "thousands set apart": share(bare, apart),
        "percent signs left out": share(cells, "%"),
        "signs of money left out": share(cells, _MONEY),
    }
    return tuple(note for note, found in signs.items() if found)
