"""How rows are set apart, so that each is predicted by what has not seen it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import KFold, StratifiedKFold

from kit.data.baseline.sample import SEED, Sample
from kit.data.label.cells import Codes
from kit.data.label.target import LEAST_ROWS

_FOLDS = 5
_BLOCKS = 7  # of time: the first is only learnt from, the second only sets thresholds
_LEAST_OF_A_CLASS = 5


@dataclass(frozen=True, kw_only=True)
class Fold:
    """Rows to learn from and rows to predict, as places in the sample."""

    train: Codes
    test: Codes
    scored: bool = True  # if not, its predictions only help to choose thresholds


@dataclass(frozen=True, kw_only=True)
class Split:
    """All folds."""

    folds: tuple[Fold, ...]
    parts: str  # "5 folds"
    how: str  # rows were set apart: "by person_id"
    mutual: bool = True  # whether rows of one fold teach about others and learn from them

    @property
    def scored(self) -> Codes:
        """The rows whose predictions count."""
        tests = [fold.test for fold in self.folds if fold.scored]
        return np.sort(np.concatenate(tests)) if tests else np.empty(0, dtype=np.int64)


def split_of(sample: Sample) -> Split:
    """By time where rows have one, else by entity where these repeat, else at random."""
    if sample.when is not None:
        split = _by_time(sample)
        if split is not None:
            return split
    if sample.keys is not None:
        return _by_entity(sample, sample.keys)
    return _at_random(sample)


def _by_time(sample: Sample) -> Split | None:
    """Blocks of time, each predicted from the rows whose label was known when it began."""
    if sample.when is None or sample.time is None:
        return None
    shares = np.arange(1, _BLOCKS) / _BLOCKS
    times = np.unique(sample.when)
    if len(times) <= _BLOCKS:
        starts = times[1:]
    else:
        starts = np.unique(np.quantile(sample.when, shares, method="higher"))
        starts = starts[starts > times[0]]
    if not len(starts):
        return None
    known = sample.labelled_at
    folds = []
    for start, end in zip(starts, [*starts[1:], np.inf], strict=True):
        before = (known <= start) & (sample.when < start)
        block = (sample.when >= start) & (sample.when < end)
        folds.append(Fold(train=np.flatnonzero(before), test=np.flatnonzero(block)))
    folds = [fold for fold in folds if _teaches(sample, fold.train)]
    if len(folds) > 1:
        folds[0] = Fold(train=folds[0].train, test=folds[0].test, scored=False)
    count = sum(fold.scored for fold in folds)
    name = sample.time.name
    parts = f"{count} block{'s' if count != 1 else ''} of time"
    how = f"by {name}, each predicted from what was known before it"
    if not folds:
        how = f"by {name}: no row's label was known before others, so nothing could be predicted"
    return Split(folds=tuple(folds), parts=parts, how=how, mutual=False)


def _by_entity(sample: Sample, keys: Codes) -> Split:
    """All rows of an entity in one fold; entities are dealt out by rows and yeses, to make the folds alike."""
    counts = np.bincount(keys)
    sums = (
        np.bincount(keys, weights=sample.label)
        if sample.task == "classes"
        else np.zeros(len(counts))
    )
    folds = min(_FOLDS, len(counts))
    chance = np.random.default_rng(SEED).permutation(len(counts))
    order = np.lexsort((chance, -sums, -counts))
    turn = np.arange(len(counts)) % (2 * folds)
    drawn = np.empty(len(counts), dtype=np.int64)
    drawn[order] = np.where(turn < folds, turn, 2 * folds - 1 - turn)
    return _split(sample, drawn[keys], f"by {sample.entity}")


def _at_random(sample: Sample) -> Split:
    place = np.empty(len(sample.rows), dtype=np.int64)
    by = StratifiedKFold if sample.task == "classes" else KFold
    found = by(_FOLDS, shuffle=True, random_state=SEED).split(sample.rows, sample.label)
    for number, (_, test) in enumerate(found):
        place[test] = number
    alike = ", with the same share of yes in each" if sample.task == "classes" else ""
    return _split(sample, place, f"drawn at random{alike}")


def _split(sample: Sample, place: Codes, how: str) -> Split:
    count = int(place.max()) + 1
    folds = [
        Fold(train=np.flatnonzero(place != number), test=np.flatnonzero(place == number))
        for number in range(count)
    ]
    taught = tuple(one for one in folds if _teaches(sample, one.train))
    return Split(folds=taught, parts=f"{count} folds", how=how)


def _teaches(sample: Sample, train: Codes) -> bool:
    label = sample.label[train]
    if len(label) < LEAST_ROWS // 2:
        return False
    if sample.task == "classes":
        return bool(min(label.sum(), len(label) - label.sum()) >= _LEAST_OF_A_CLASS)
    return bool(label.min() < label.max())
