"""Values of a category that seem to mean the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from kit.data.reading.table import Column

_MOST = 2_000  # values that are compared
_GROUPS = 5
# Between letters only: A+ and A- are not the same, nor are 5-9 and 59.
_BETWEEN = re.compile(r"(?<=[^\W\d_])[\s_.'’-]+(?=[^\W\d_])")
_FEW = 10  # rows: so few may be a slip of the pen, however few the others are
_OFTEN = 0.2  # as often as another value: then an accent makes another word


def same_but_spelled(column: Column) -> tuple[tuple[str, ...], ...]:
    """Groups of values that differ in capitals, spaces, hyphens or accents alone: Berlin, berlin, BERLIN."""
    if column.kind not in ("category", "text") or len(column.values.dictionary) > _MOST:
        return ()
    words = column.values.dictionary.to_pylist()
    places = pc.drop_null(column.values.indices).to_numpy(zero_copy_only=False)
    counts = dict(zip(words, np.bincount(places, minlength=len(words)).tolist(), strict=True))
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(_plain(_bare(word)), []).append(word)
    found = [each for group in groups.values() for each in _apart(group, counts)]
    return tuple(sorted(found)[:_GROUPS])


def _bare(word: str) -> str:
    """A word without what does not change what it means."""
    narrow = "".join(map(_narrow, unicodedata.normalize("NFC", word)))
    text = " ".join(narrow.split()).strip(" .")
    if len(text) == 1:
        return text  # a grade, a size, a unit: m is not M
    return _BETWEEN.sub("", text.casefold())


def _narrow(char: str) -> str:
    """A letter of the width of Latin ones, for one as wide as an ideograph."""
    wide = unicodedata.east_asian_width(char) == "F"
    return unicodedata.normalize("NFKC", char) if wide else char


def _plain(word: str) -> str:
    """Latin letters without their accents; in other scripts a sign makes another letter."""
    return "".join(_letter(char) for char in word)


def _letter(char: str) -> str:
    first = unicodedata.normalize("NFD", char)[:1]
    return first if "a" <= first <= "z" else char


def _apart(group: list[str], counts: dict[str, int]) -> Iterator[tuple[str, ...]]:
    """A group, or its parts where accents set words apart.

    They do where both are frequent, and where no word of the group stands without: who writes péché and pêche has
    the keys for both, and one is a sin and the other a peach. Orléans beside a rare Orleans is one town.
    """
    parts: dict[str, list[str]] = {}
    for word in group:
        parts.setdefault(_bare(word), []).append(word)
    often = sorted((sum(counts[word] for word in part) for part in parts.values()), reverse=True)
    slips = len(often) == 2 and any(_plain(bare) == bare for bare in parts)
    if len(often) > 1 and not (slips and often[1] <= max(_OFTEN * often[0], _FEW)):
        yield from (tuple(sorted(part)) for part in parts.values() if len(part) > 1)
    elif len(group) > 1:
        yield tuple(sorted(group))
