"""What is to be predicted: yes or no, or a number; or why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kit.data.label.cells import codes_of, numbers_of
from kit.data.measured import Question, Task
from kit.data.reading.table import Column, Table
from kit.data.reading.yes_no import NO, YES
from kit.numbers.domain import Array

LEAST_ROWS = 20
LEAST_OF_A_CLASS = 10  # two for each of five folds
_MOST_CLASSES = 50
_LARGEST = 1e15  # beyond it, models that count in single precision break
_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Target:
    """The label as numbers."""

    task: Task | None  # None where nothing can be learnt from it, which `problem` says
    problem: str | None
    positive: str | None  # the value that counts as yes
    values: Array  # 1 for yes and 0 for no, or numbers; NaN where there is no label
    # Values with their rows, most frequent first; none for numbers.
    classes: tuple[tuple[str, int], ...]


def target_of(table: Table, question: Question) -> Target:
    """The label that a question names.

    A number of more than two values is a number, unless the question names the value that counts as yes.

    Raises
    ------
    ValueError
        If the table has no such column.
    """
    column = table.column(question.label)
    if column is None:
        raise ValueError(f"label: expected a column of the table, found {question.label!r}")
    match column.kind:
        case "yes or no":
            return _checked(_yes_or_no(column, question.positive))
        case "number":
            return _checked(_number(column, question.positive))
        case "category" | "text":
            codes, words = codes_of(column)
            return _checked(_classes(column.name, codes.astype(float), words, question.positive))
        case "date":
            says = f"{column.name} holds dates. Name a column of yes and no, or of numbers, as the label."
        case _:
            says = (
                f"{column.name} is empty: there is nothing to learn from. Fill it for past cases."
            )
    return _none(says, np.full(table.kept, np.nan))


def _none(
    problem: str,
    values: Array,
    classes: tuple[tuple[str, int], ...] = (),
    positive: str | None = None,
) -> Target:
    return Target(task=None, problem=problem, positive=positive, values=values, classes=classes)


def _yes_or_no(column: Column, positive: str | None) -> Target:
    """One of the two, whatever its word in the file: the column no longer says which of many pairs it had."""
    values = numbers_of(column)
    classes = _counted(1 - values, ["yes", "no"])
    word = "yes" if positive is None else _folded(positive)
    if word in YES or word == "1":
        named = "yes"
    elif word in NO or word == "0":
        values, named = 1 - values, "no"
    else:
        says = f"{column.name} holds yes and no, and {positive!r} is to count as yes. Name one of the two."
        return _none(says, values, classes)
    return Target(task="classes", problem=None, positive=named, values=values, classes=classes)


def _number(column: Column, positive: str | None) -> Target:
    values = numbers_of(column)
    distinct = np.unique(values[~np.isnan(values)])
    if len(distinct) == 2 or positive is not None:
        codes = np.searchsorted(distinct, values).astype(float)
        codes[np.isnan(values)] = np.nan
        return _classes(column.name, codes, [f"{one:.15g}" for one in distinct], positive)
    if len(distinct) and np.max(np.abs(distinct)) > _LARGEST:
        says = f"{column.name} holds numbers beyond {_LARGEST:g}: look for slips, or give it in a larger unit."
        return _none(says, values)
    return Target(task="numbers", problem=None, positive=None, values=values, classes=())


def _classes(name: str, codes: Array, words: list[str], positive: str | None) -> Target:
    """One value against the others; `codes` are places in `words`, below 0 or NaN for none."""
    codes = np.where(codes < 0, np.nan, codes)
    classes = _counted(codes, words)
    if not classes:
        return _none(
            f"{name} is empty: there is nothing to learn from. Fill it for past cases.", codes
        )
    if positive is not None:
        named = _named(positive, [word for word, _ in classes])
        if named is None:
            says = f"{name} does not hold {positive!r}, which is to count as yes. It holds {_listed(classes)}."
            return _none(says, codes, classes[:_MOST_CLASSES])
    elif len(classes) <= 2:
        # The rarer; of two as frequent ones, the later in the alphabet.
        named = max(classes, key=lambda one: (-one[1], one[0]))[0]
    else:
        few = len(classes) <= _MOST_CLASSES
        says = f"{name} holds {len(classes):,} values: {_listed(classes)}. "
        says += (
            "Name the one that counts as yes."
            if few
            else "Expected yes and no, or a number, to predict."
        )
        return _none(says, codes, classes[:_MOST_CLASSES])
    values = np.where(np.isnan(codes), np.nan, codes == words.index(named))
    return Target(
        task="classes", problem=None, positive=named, values=values, classes=classes[:_MOST_CLASSES]
    )


def _counted(codes: Array, words: list[str]) -> tuple[tuple[str, int], ...]:
    """Words with their rows, most frequent first; the ones without a row left out."""
    there = codes[~np.isnan(codes)].astype(int)
    counts = np.bincount(there, minlength=len(words))
    order = np.argsort(-counts, kind="stable")
    return tuple((words[at], int(counts[at])) for at in order if counts[at])


def _named(positive: str, words: list[str]) -> str | None:
    """The word that is meant, be it with other capitals, or 1 for 1.0."""
    if positive in words:
        return positive
    wanted = _folded(positive)
    return next((word for word in words if _folded(word) == wanted), None)


def _folded(word: str) -> str:
    try:
        return f"{float(word):.15g}"
    except ValueError:
        return word.strip().casefold()


def _listed(classes: tuple[tuple[str, int], ...]) -> str:
    shown = ", ".join(word[:60] for word, _ in classes[:_SHOWN])
    return shown + (" and others" if len(classes) > _SHOWN else "")


def _checked(target: Target) -> Target:
    """The target, unless there is too little of it to learn from."""
    if target.task is None:
        return target
    there = target.values[~np.isnan(target.values)]
    too_few = _too_few(target, there)
    if too_few is None:
        return target
    return _none(too_few, target.values, target.classes, target.positive)


def _too_few(target: Target, there: Array) -> str | None:
    if not len(there):
        return "The label is empty: there is nothing to learn from. Fill it for past cases."
    if there.min() == there.max():
        return "The label is the same in every row: there is nothing to tell apart. Add cases of the other kind."
    if len(there) < LEAST_ROWS:
        return f"Only {len(there)} rows have a label; {LEAST_ROWS} are the least to learn from. Label more cases."
    if target.task == "classes":
        yes = int(there.sum())
        fewer = min(yes, len(there) - yes)
        if fewer < LEAST_OF_A_CLASS:
            rows = "1 row is" if fewer == 1 else f"{fewer} rows are"
            which = str(target.positive) if yes == fewer else f"not {target.positive}"
            return (
                f"Only {rows} {which}; {LEAST_OF_A_CLASS} are the least to learn from. "
                "Collect more such cases."
            )
    return None
