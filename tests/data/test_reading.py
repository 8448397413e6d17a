"""Every nasty file ends in a table that is right, or in a refusal that helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from nasty import BYTES, FOREIGN, HEADERS, QUOTES, SHAPES, Nasty
from nasty_cells import DATES, FLAGS, NUMBERS, OTHERS
from nasty_packed import PARQUET, WORKBOOKS

from kit.data.reading import read_file
from kit.data.reading.refusal import RefusedError
from kit.data.reading.table import Column, Table

TEXTS = (*SHAPES, *QUOTES, *BYTES, *HEADERS, *FOREIGN, *NUMBERS, *DATES, *FLAGS, *OTHERS)
CASES = (*TEXTS, *PARQUET, *WORKBOOKS)
TABLES = [one for one in CASES if one.refused is None]
REFUSED = [one for one in CASES if one.refused is not None]


def name_of(nasty: Nasty) -> str:
    return nasty.name


def of(table: Table, names: Iterable[str], what: Callable[[Column], object]) -> dict[str, object]:
    """What the named columns show; a column that is not there shows nothing."""
    return {name: what(column) for name in names if (column := table.column(name))}


@pytest.mark.parametrize("nasty", TABLES, ids=name_of)
def test_read_file_of_a_table(nasty: Nasty, tmp_path: Path):
    table = read_file(nasty.write(tmp_path))
    assert nasty.rows in (None, table.rows)
    assert nasty.columns in (None, len(table.columns))
    assert of(table, nasty.kinds, lambda column: column.kind) == nasty.kinds
    assert of(table, nasty.missing, lambda column: column.missing) == nasty.missing
    assert of(table, nasty.strange, lambda column: column.strange) == nasty.strange
    assert of(table, nasty.first, lambda column: column.values[0].as_py()) == nasty.first


@pytest.mark.parametrize("nasty", TABLES, ids=name_of)
def test_read_file_says_what_it_did(nasty: Nasty, tmp_path: Path):
    table = read_file(nasty.write(tmp_path))
    traits = Counter[str]()
    for oddity in table.oddities:
        traits[oddity.trait] += oddity.count
        assert oddity.says.endswith(".")
    assert traits == nasty.traits
    lines = tuple(line for oddity in table.oddities for line in oddity.lines)
    assert nasty.lines in (None, lines)
    assert [part for part in nasty.said if part not in "; ".join(table.said)] == []
    notes = of(table, nasty.notes, lambda column: "; ".join(column.notes))
    assert [part for name, part in nasty.notes.items() if part not in notes[name]] == []


@pytest.mark.parametrize("nasty", TABLES, ids=name_of)
def test_read_file_of_a_table_adds_up(nasty: Nasty, tmp_path: Path):
    table = read_file(nasty.write(tmp_path))
    for column in table.columns:
        assert len(column.values) == table.kept
        assert column.values.null_count == column.missing + column.strange
        assert bool(column.strange) == bool(column.examples)
        assert all(example.isprintable() for example in column.examples)
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert all(name.isprintable() and 0 < len(name) <= 130 for name in names)


@pytest.mark.parametrize("nasty", REFUSED, ids=name_of)
def test_read_file_of_no_table_is_refused(nasty: Nasty, tmp_path: Path):
    with pytest.raises(RefusedError) as refusal:
        read_file(nasty.write(tmp_path))
    assert nasty.refused in str(refusal.value)
    assert refusal.value.remedy.endswith(".")


def test_nasty_files_have_names_of_their_own():
    assert len(CASES) >= 60
    assert [name for name, count in Counter(map(name_of, CASES)).items() if count > 1] == []
