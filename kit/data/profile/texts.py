"""Texts that an old system has cut at a fixed length."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.data.reading.table import Column

_SHORT = 8  # characters: below, lengths are those of codes and keys
_MANY = 10  # texts of the greatest length, at least
_TIMES = 5.0  # as many of them as of the lengths before it, on average
_BEFORE = 5  # lengths that are compared with
_KEY = r"^[\w.:#-]*\d[\w.:#-]*$"  # written in one go, with digits
_NEARLY_ALL = 0.9  # of the longest texts, from which on they are keys


def cut_at(column: Column) -> tuple[int, int | None]:
    """How many texts have the greatest length, and the length, if they seem to be cut at it.

    Written freely, few texts are as long as the longest one, and those a little shorter are about as many. Where
    very many are of one length and none is longer, something has cut them. Keys are all of one length by nature.
    """
    if column.kind not in ("text", "category") or not pa.types.is_dictionary(column.values.type):
        return 0, None
    words = column.values.dictionary
    lengths = pc.utf8_length(words).to_numpy(zero_copy_only=False)
    if not len(lengths):
        return 0, None
    counts = np.bincount(lengths)
    longest = len(counts) - 1
    # Where a text is cut behind a word, reading takes the space off.
    at_end = int(counts[-2:].sum())
    before = counts[max(0, longest - 1 - _BEFORE) : longest - 1]
    varied = np.count_nonzero(counts[: longest - 1]) >= _BEFORE
    is_cut = longest >= _SHORT and at_end >= _MANY and at_end > _TIMES * max(before.mean(), 0.2)
    if not (is_cut and varied) or _are_keys(words.filter(pa.array(lengths >= longest - 1))):
        return 0, None
    return at_end, longest


def _are_keys(words: pa.Array) -> bool:
    """Whether nearly all of these texts are numbers of something, such as sessions."""
    return bool(pc.mean(pc.match_substring_regex(words, _KEY)).as_py() >= _NEARLY_ALL)
