"""How far columns have moved between the earlier and the later half of the rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.data.measured import Drift
from kit.data.reading.table import Column
from kit.numbers.domain import Array
from kit.numbers.drift import population_stability_index, psi_critical

_BINS = 10
_FEW = 200  # rows of each half, at least
_MOST = 50  # values of a category that are bins of their own
_ROWS = 200_000  # that are looked at
_SEED = 7
_LOOKED_AT = 10_000  # rows that tell whether a column counts up with time
_DISTINCT = 0.9  # share of rows with a value of their own, from which on a number is a key
_TOGETHER = 0.95  # rank correlation with time
_TIED = 0.01  # of the rows: a value with so many is a bin of its own
_SEEN = 1e-4  # of a half, put into empty bins, as the index knows no shares of 0


def drifts(columns: tuple[Column, ...], time: Column) -> dict[str, Drift]:
    """The columns' movement from the earlier half of the rows to the later one.

    References
    ----------
    Yurdakul (2018), Statistical Properties of Population Stability Index: what the index exceeds by chance.
    """
    kept = _drawn(len(time.values))
    if kept is not None:
        thin = {one.name: replace(one, values=one.values.take(kept)) for one in columns}
        columns, time = tuple(thin.values()), thin[time.name]
    moments = pc.fill_null(time.values.cast("int64"), np.iinfo(np.int64).min).to_numpy(
        zero_copy_only=False
    )
    known = moments > np.iinfo(np.int64).min
    if known.sum() < 2 * _FEW:
        return {}
    middle = np.median(moments[known])
    late = moments > middle
    if late.sum() < _FEW:  # half of them, or more, are of the last moment
        late = moments >= middle
    early = known & ~late
    if min(early.sum(), late.sum()) < _FEW:
        return {}
    return {
        one.name: drift
        for one in columns
        if one is not time
        and not _goes_with(one, moments, known)
        and (drift := _drift(one, early, late)) is not None
    }


def _drawn(rows: int) -> pa.Array | None:
    """Rows that stand for all where they are many: an index of a quarter shows in far fewer."""
    if rows <= _ROWS:
        return None
    return pa.array(np.sort(np.random.default_rng(_SEED).choice(rows, _ROWS, replace=False)))


def _goes_with(column: Column, moments: Array, known: Array) -> bool:
    """Whether a column counts up with time, as keys of rows do: then it moves by what it is."""
    if column.kind != "number":
        return False
    values = pc.fill_null(column.values, np.nan).to_numpy(zero_copy_only=False)
    at = np.flatnonzero(known & ~np.isnan(values))
    at = at[:: max(1, len(at) // _LOOKED_AT)]
    if len(np.unique(values[at])) < _DISTINCT * len(at):
        return False
    when, what = (
        np.argsort(np.argsort(one[at], kind="stable"), kind="stable") for one in (moments, values)
    )
    return bool(abs(np.corrcoef(when, what)[0, 1]) > _TOGETHER)


def _drift(column: Column, early: Array, late: Array) -> Drift | None:
    bins = _bins(column, early)
    if bins is None:
        return None
    count = int(bins.max()) + 1
    before, after = (np.bincount(bins[rows], minlength=count) for rows in (early, late))
    used = before + after > 0
    if used.sum() < 2:
        return None
    before, after = before[used], after[used]
    index = population_stability_index(
        np.maximum(before, _SEEN * before.sum()), np.maximum(after, _SEEN * after.sum())
    )
    critical = psi_critical(int(used.sum()), float(before.sum()), float(after.sum()))
    return Drift(index=float(index), by_chance=float(critical))


def _bins(column: Column, early: Array) -> Array | None:
    """The bin of each row, 0 for a missing cell; None where a column has none."""
    if column.kind == "number":
        values = pc.fill_null(column.values, np.nan).to_numpy(zero_copy_only=False)
        there = values[early & ~np.isnan(values)]
        if not len(there):
            return None
        edges = _edges(there)
        return np.where(np.isnan(values), 0, 1 + np.searchsorted(edges, values, side="right"))
    if column.kind == "yes or no":
        return np.asarray(
            pc.fill_null(pc.add(column.values.cast(pa.int64()), 1), 0).to_numpy(
                zero_copy_only=False
            )
        )
    if column.kind == "category" and len(column.values.dictionary) <= _MOST:
        codes = pc.fill_null(column.values.indices.cast(pa.int64()), -1)
        return np.asarray(codes.to_numpy(zero_copy_only=False) + 1)
    return None


def _edges(values: Array) -> Array:
    """Where bins begin: tenths of the earlier rows, and what lies above a value that many have."""
    tenths = np.unique(np.quantile(values, np.linspace(0, 1, _BINS + 1)[1:-1]))
    tied = [one for one in tenths if (values == one).mean() >= _TIED]
    return np.unique([*tenths, *np.nextafter(tied, np.inf)])
