"""Numbers as people write them: with a decimal comma, thousands apart, a sign of money or percent."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from kit.data.read_as import Numerals
from kit.data.reading.numeral_forms import (
    APART,
    AROUND,
    BRACKETS,
    MONEY,
    SIGNS_APART,
    WITH_COMMA,
    WITH_POINT,
)
from kit.data.reading.words import MOSTLY, Words, share

_ONLY_POINT = r"\.\d{1,2}$|\.\d{4,}|,\d{3}\.|,\d{3},"  # cannot be meant with a decimal comma
_ONLY_COMMA = r",\d{1,2}$|,\d{4,}|\.\d{3},|\.\d{3}\.|^-?0,\d"  # nor these with a point


def numbers_in(words: Words) -> tuple[pa.Array, Numerals] | None:
    """The numbers that the words say, null where one says none, and how they are written, if most cells are numbers."""
    if share(words.sample, r"^\D{0,6}[\d.,]") < MOSTLY:
        return None
    sample = _bare(words.sample)
    with_point, with_comma = share(sample, WITH_POINT), share(sample, WITH_COMMA)
    if max(with_point, with_comma) < MOSTLY:
        return None
    comma = with_comma > with_point or (
        with_comma == with_point and share(sample, _ONLY_COMMA) > share(sample, _ONLY_POINT)
    )
    return _read(_bare(words.words), comma=comma), _numerals(sample, words.sample, comma=comma)


def any_number(texts: pa.Array) -> bool:
    """Whether any of the texts is a number, however it is written."""
    bare = _bare(texts)
    return bool(pc.any(pc.match_substring_regex(bare, f"{WITH_POINT}|{WITH_COMMA}")).as_py())


def _bare(texts: pa.Array) -> pa.Array:
    """The texts without what stands around their digits."""
    texts = pc.replace_substring_regex(texts, BRACKETS, r"-\1\2\3")
    texts = pc.replace_substring_regex(texts, AROUND, r"\1\2")
    return pc.replace_substring(texts, "−", "-")


def _read(bare: pa.Array, *, comma: bool) -> pa.Array:
    good = pc.match_substring_regex(bare, WITH_COMMA if comma else WITH_POINT)
    plain = pc.replace_substring_regex(bare, rf"{APART}|\." if comma else f"{APART}|,", "")
    plain = pc.replace_substring(plain, ",", ".")
    return pc.cast(pc.if_else(good, plain, pa.scalar(None, pa.string())), pa.float64())


def _numerals(bare: pa.Array, cells: pa.Array, *, comma: bool) -> Numerals:
    point = "," if comma else r"\."
    others = [name for name in SIGNS_APART if name != ("comma" if comma else "point")]
    return Numerals(
        plain=False,
        decimal_comma=comma and bool(share(bare, r",\d")),
        apart=tuple(name for name in others if share(bare, rf"\d{SIGNS_APART[name]}\d{{3}}")),
        percent=bool(share(cells, "%")),
        money=bool(share(cells, MONEY)),
        whole=not share(bare, rf"{point}\d\d"),
    )
