"""The cells of a column of texts, and its words: each is looked at once, however many cells hold it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.data.reading.absent import ABSENT
from kit.data.reading.controls import without_controls

MOSTLY = 0.8  # share of a column's cells that decide what it is
_SAMPLE = 4_000  # cells that are enough to tell
_SHORT = 1_000  # characters of each that are, too


@dataclass(frozen=True, kw_only=True)
class Words:
    """The different texts of a column, and where they are."""

    words: pa.Array  # each once; none is missing
    places: pa.Array  # of each cell's text among them; null where it is missing
    sample: pa.Array  # texts of cells, spread evenly; none is missing
    controls: int  # cells with control characters, which are replaced


def words_of(cells: pa.Array | pa.ChunkedArray) -> Words:
    """The words of a column of strings, or of a dictionary of them."""
    encoded = in_one(cells.dictionary_encode())
    places = encoded.indices
    if pa.types.is_dictionary(cells.type):
        # A file's dictionary may hold what no cell does.
        used = places.drop_null().unique()
        encoded = pa.DictionaryArray.from_arrays(
            pc.index_in(places, used), encoded.dictionary.take(used)
        )
        places = encoded.indices
    words, controls = without_controls(cleaned(encoded.dictionary))
    if words.null_count or not words.equals(encoded.dictionary):
        # Texts that differ in the spaces around them alone are one.
        again = words.dictionary_encode()
        words, places = again.dictionary, again.indices.take(places)
    return Words(
        words=words,
        places=places,
        sample=_short(words).take(sample_of(places)),
        controls=_count(controls, encoded.indices),
    )


def _count(those: pa.Array | None, places: pa.Array) -> int:
    """How many cells hold those of the words."""
    return pc.sum(those.take(places)).as_py() or 0 if those is not None else 0


def _short(words: pa.Array) -> pa.Array:
    """The beginnings of the words: thousands of copies of a long one would take all memory."""
    if (pc.max(pc.binary_length(words)).as_py() or 0) <= _SHORT:
        return words
    return pc.utf8_slice_codeunits(words, 0, _SHORT)


def cells_of(words: Words) -> pa.Array:
    """The words at their places."""
    return pa.DictionaryArray.from_arrays(words.places, words.words)


def cleaned(texts: pa.Array) -> pa.Array:
    """The texts without spaces around them; null where they say that nothing is there."""
    trimmed = pc.utf8_trim_whitespace(texts)
    absent = pc.is_in(trimmed, pa.array(ABSENT))
    return pc.if_else(absent, pa.scalar(None, pa.string()), trimmed)


def sample_of(cells: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Cells that are not missing, spread evenly over all of them."""
    there = cells.drop_null() if cells.null_count else cells
    if len(there) <= _SAMPLE:
        return in_one(there)
    return in_one(there.take(pa.array(np.linspace(0, len(there) - 1, _SAMPLE).astype(np.int64))))


def in_one(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The values in one piece."""
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def share(texts: pa.Array, form: str) -> float:
    """The share of texts of a form."""
    return (pc.sum(pc.match_substring_regex(texts, form)).as_py() or 0) / max(len(texts), 1)


def most(read: pa.Array, cells: pa.Array) -> bool:
    """Whether most of the cells that are there were read."""
    there: int = len(cells) - cells.null_count
    return bool(there) and len(read) - read.null_count >= MOSTLY * there
