"""The groups of rows that fairness is about: values of a column however they are spelled, or bands of a number."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from kit.data.label.cells import Codes, Flags, codes_of, numbers_of
from kit.data.profile.spelling import same_but_spelled
from kit.data.reading.table import Column

MISSING = "missing"
_FEW = 12  # values of a number that are groups of their own
_MOST = 50  # groups of one column


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """A column's groups."""

    column: str
    names: tuple[str, ...]  # most frequent first, or in the order of the number
    codes: Codes  # each row's place in `names`; -1 for rows of none of these groups

    def each(self) -> Iterator[tuple[str, Codes]]:
        """Every group with its rows."""
        for at, name in enumerate(self.names):
            yield name, np.flatnonzero(self.codes == at)


def grouping_of(column: Column) -> Grouping | None:
    """The groups of a column; missing cells are a group of their own. None where dates or nothing is in it."""
    match column.kind:
        case "category" | "text":
            codes, words = codes_of(_alike(column))
            counts = np.bincount(codes[codes >= 0], minlength=len(words))
            kept = np.argsort(-counts, kind="stable")[:_MOST]
            places = np.full(len(words) + 1, -1)  # the last is for missing cells
            places[kept] = np.arange(len(kept))
            return _with_missing(column.name, [words[at] for at in kept], places[codes], codes < 0)
        case "yes or no":
            values = numbers_of(column)
            codes = np.where(np.isnan(values), -1, values == 0).astype(int)
            return _with_missing(column.name, ["yes", "no"], codes, codes < 0)
        case "number":
            return _of_numbers(column)
        case _:
            return None


def _alike(column: Column) -> Column:
    """The column with the spellings of one value under the most frequent of them: Berlin for berlin and BERLIN."""
    while spellings := same_but_spelled(column):  # a few at a time
        words = column.values.dictionary.to_pylist()
        codes = codes_of(column)[0]
        counts = dict(zip(words, np.bincount(codes[codes >= 0], minlength=len(words)), strict=True))
        usual = {word: max(group, key=counts.__getitem__) for group in spellings for word in group}
        named = pa.array([usual.get(word, word) for word in words]).dictionary_encode()
        places = named.indices.take(column.values.indices)
        values = pa.DictionaryArray.from_arrays(places, named.dictionary)
        column = replace(column, values=values)
    return column


def _of_numbers(column: Column) -> Grouping:
    values = numbers_of(column)
    there = values[~np.isnan(values)]
    gone = np.isnan(values)
    distinct = np.unique(there)
    if len(distinct) <= _FEW:
        names = [f"{one:.15g}" for one in distinct]
        codes = np.searchsorted(distinct, values)
        return _with_missing(column.name, names, np.where(gone, -1, codes), gone)
    edges = np.unique(np.quantile(there, (0.25, 0.5, 0.75), method="inverted_cdf"))
    edges = edges[edges < distinct[-1]]
    if not len(edges):  # three quarters are the largest number
        edges = distinct[-2:-1]
    shown = [f"{one:.4g}" for one in edges]
    names = [f"up to {shown[0]}"]
    names += [f"above {low} to {high}" for low, high in itertools.pairwise(shown)]
    names.append(f"above {shown[-1]}")
    codes = np.searchsorted(edges, values, side="left")
    return _with_missing(column.name, names, np.where(gone, -1, codes), gone)


def _with_missing(name: str, names: list[str], codes: Codes, gone: Flags) -> Grouping:
    if gone.any():
        codes = np.where(gone, len(names), codes)
        names = [*names, MISSING]
    return Grouping(column=name, names=tuple(names), codes=codes)
