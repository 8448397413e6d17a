"""The rows of a file that the baseline is made of: labelled ones, drawn where there are many."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kit.data.label.cells import Codes, Flags, keys_of, numbers_of
from kit.data.label.target import Target
from kit.data.measured import Question, Task
from kit.data.reading.table import Column, Table
from kit.numbers.domain import Array

_MOST_ROWS = 100_000
_MOST_CELLS = 6_000_000  # rows times columns: wide files get fewer rows
_LEAST_ROWS = 1_000
_DAY = 86_400.0
SEED = 0


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Rows to learn from and to predict."""

    task: Task
    rows: Codes  # their places in the table
    label: Array
    time: Column | None = None  # what orders the rows
    when: Array | None = None  # each row's time; seconds where it is a date
    wait: float | None = None  # seconds until a label is known; None where the time is no date
    entity: str | None = None  # the column of whom a row is about, where they repeat
    keys: Codes | None = None  # and which of them each row is about
    said: tuple[str, ...] = ()

    @property
    def labelled_at(self) -> Array:
        """When each row's label is known."""
        if self.when is None:
            raise ValueError("when: expected rows with a time, found none")
        return self.when + (self.wait or 0.0)


def sample_of(
    table: Table, question: Question, target: Target, repeated: Flags | None = None
) -> Sample:
    """The labelled rows, but for repeated ones; at most 100,000, and whole entities where these repeat."""
    if target.task is None:
        raise ValueError(f"label: expected one that can be learnt from, found: {target.problem}")
    said: list[str] = []
    usable = ~np.isnan(target.values)
    if repeated is not None and (lost := int(np.sum(usable & repeated))):
        said.append(_of_rows(lost, "repeats another and was", "repeat another and were"))
        usable &= ~repeated
    time = _time(table, question, said)
    if time is not None:
        dated = ~np.isnan(numbers_of(time))
        if lost := int(np.sum(usable & ~dated)):
            name = time.name
            said.append(_of_rows(lost, f"has no {name} and was", f"have no {name} and were"))
        usable &= dated
    keys = _keys(table, question, usable)
    rows = _drawn(np.flatnonzero(usable), keys, len(table.columns))
    sample = Sample(task=target.task, rows=rows, label=target.values[rows], said=tuple(said))
    if time is not None:
        wait = question.delay_days * _DAY if time.kind == "date" else None
        sample = replace(sample, time=time, when=numbers_of(time)[rows], wait=wait)
    if keys is not None:
        dense = np.unique(keys[rows], return_inverse=True)[1]
        sample = replace(sample, entity=question.entity, keys=dense)
    return sample


def _of_rows(count: int, one: str, more: str) -> str:
    return f"{count:,} {f'row {one}' if count == 1 else f'rows {more}'} left out."


def _time(table: Table, question: Question, said: list[str]) -> Column | None:
    column = table.column(question.time)
    if column is None:
        return None
    if column.kind not in ("date", "number"):
        said.append(
            f"{column.name} holds neither dates nor numbers: the rows could not be put in order."
        )
        return None
    if question.delay_days and column.kind == "number":
        said.append(
            f"{column.name} counts no days, so the {question.delay_days:g} days until a label is known "
            "could not be kept; labels were taken as known at the next step of it."
        )
    return column


def _keys(table: Table, question: Question, usable: Flags) -> Codes | None:
    """Whom each row is about, where some have more than one row; a row that does not say is its own."""
    column = table.column(question.entity)
    if column is None or column.kind == "empty":
        return None
    keys = keys_of(column).copy()
    gone = keys < 0
    keys[gone] = keys.max(initial=0) + 1 + np.arange(np.sum(gone))
    entities = len(np.unique(keys[usable]))
    return keys if 1 < entities < usable.sum() else None


def _drawn(rows: Codes, keys: Codes | None, columns: int) -> Codes:
    most = int(np.clip(_MOST_CELLS // max(columns, 1), _LEAST_ROWS, _MOST_ROWS))
    if len(rows) <= most:
        return rows
    rng = np.random.default_rng(SEED)
    if keys is None:
        return np.sort(rng.choice(rows, most, replace=False))
    names, mine, counts = np.unique(keys[rows], return_inverse=True, return_counts=True)
    order = rng.permutation(len(names))
    kept = np.zeros(len(names), dtype=bool)
    kept[order[np.cumsum(counts[order]) <= most]] = True
    kept[order[0]] = True
    return rows[kept[mine]]
