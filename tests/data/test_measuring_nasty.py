"""Nasty files through the process that measures them: a verdict or a clear error, within its limits."""

import datetime as dt
from pathlib import Path

import pytest
from nasty import BYTES, FOREIGN, HEADERS, QUOTES, SHAPES, Nasty
from nasty_cells import DATES, FLAGS, NUMBERS, OTHERS
from nasty_packed import PARQUET, WORKBOOKS

from kit.data import Attached, Measured, Question, Refused
from kit.data.measuring import Limits, Task, measure

NOW = dt.datetime(2026, 11, 20, 12)  # noqa: DTZ001  as the clock on the wall
TEXTS = (*SHAPES, *QUOTES, *BYTES, *HEADERS, *FOREIGN, *NUMBERS, *DATES, *FLAGS, *OTHERS)
CASES = (*TEXTS, *PARQUET, *WORKBOOKS)
# One of each kind of trouble; all of them are a soak.
SOME = (*SHAPES[::7], *BYTES[::5], *PARQUET[::8], *WORKBOOKS[::8])
LIMITS = Limits(memory=3 << 30, seconds=60, baseline=10)


def measured(nasty: Nasty, folder: Path, **question: str) -> Measured | Refused:
    path = nasty.write(folder)
    file = Attached(sources=(0,), name=nasty.name, path=path, size=path.stat().st_size)
    asked = Question(**question)
    task = Task(file=file, stamp="", question=asked, now=NOW, baseline=bool(question))
    return measure(task, limits=LIMITS)


def assert_told(nasty: Nasty, found: Measured | Refused) -> None:
    if nasty.refused is not None:
        assert isinstance(found, Refused), nasty.name
        said = f"expected {found.expected}, found {found.found}. {found.remedy}"
        assert nasty.refused in said, nasty.name
    else:
        assert isinstance(found, Measured), (nasty.name, found)
        assert nasty.rows in (None, found.profile.rows), nasty.name


@pytest.mark.parametrize("nasty", SOME, ids=lambda one: one.name)
def test_measure_of_a_nasty_file_ends_in_a_verdict_or_an_error(nasty: Nasty, tmp_path: Path):
    assert_told(nasty, measured(nasty, tmp_path))


@pytest.mark.soak
def test_measure_of_every_nasty_file_ends_in_a_verdict_or_an_error(tmp_path: Path):
    """With every column that it has as its label once, too: constant, missing, a date, a text."""
    for at, nasty in enumerate(CASES):
        folder = tmp_path / str(at)
        folder.mkdir()
        found = measured(nasty, folder)
        assert_told(nasty, found)
        for column in found.profile.columns[:3] if isinstance(found, Measured) else ():
            assert_told(nasty, measured(nasty, folder, label=column.name))
