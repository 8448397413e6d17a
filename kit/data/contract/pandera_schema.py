"""The requirements of one source as a Python file with a pandera schema for its table."""

from __future__ import annotations

from collections.abc import Iterator

from kit.brief import Brief
from kit.data.contract.pandera_functions import listed
from kit.data.contract.pandera_reading import reading_text
from kit.data.contract.terms import Terms, terms_of, values_of
from kit.data.measured import ColumnProfile, Measured
from kit.data.reading.absent import ABSENT
from kit.errors import visible

_TYPES = {"yes or no": "boolean", "date": "datetime64[s]", "category": "string", "text": "string"}
_ROUNDING = 0.0005  # what a brief copied from a file, rounded, is no demand that the file misses


def pandera_of(brief: Brief, source: int, measured: Measured) -> str:
    """The text of a Python file that reads a table such as the measured one, and checks it.

    Names and values of the file stand in it as literals, and in comments of one line.

    Raises
    ------
    IndexError
        If the brief has no such source.
    """
    terms = terms_of(brief, source, measured)
    own = {column.name for column in terms.columns}
    text = "\n".join(
        [
            *_comments(brief, terms, measured),
            f"\n# What stands for a cell without a value.\nABSENT = {listed(ABSENT)}\n",
            reading_text(measured, terms.columns),
            *_checks(terms),
            f"\n{_lists(terms, measured)}",
            _LIMITS,
            "schema = pa.DataFrameSchema(\n    {",
            *(
                _column(one, terms, measured) if one.name in own else _other(one)
                for one in measured.profile.columns
            ),
            "    },",
            *_whole(terms, measured),
            ")",
            _END,
        ]
    )
    return "\n".join([_START, *_imports(text), text])


def _imports(text: str) -> Iterator[str]:
    """The modules that a text calls; those of Python itself come first."""
    for group in _IMPORTS:
        yield "".join(f"{line}\n" for sign, line in group if sign in text)


_START = '''"""Checks for a table, written by Framing Kit: change the brief rather than this file.

`python FILE TABLE` checks a table; `schema.validate(read(path), lazy=True)` does so from Python.
"""
'''

# What the functions need, each with what shows that they do.
_IMPORTS = (
    (
        ("csv.", "import csv"),
        ("datetime.", "import datetime"),
        ("itertools.", "import itertools"),
        ("re.", "import re"),
        ("sys.", "import sys"),
        ("warnings.", "import warnings"),
        ("zipfile.", "import zipfile"),
        ("Counter(", "from collections import Counter"),
        ("Itera", "from collections.abc import Iterable, Iterator"),
    ),
    (
        ("np.", "import numpy as np"),
        ("openpyxl.", "import openpyxl"),
        ("pd.", "import pandas as pd"),
        ("pa.", "import pandera.pandas as pa"),
        ("pyarrow.", "import pyarrow.parquet"),
    ),
)

_LIMITS = """
# Numbers have no limits here: the lowest and the highest of a sample do not say what may come."""

_END = """

if __name__ == "__main__":
    schema.validate(read(sys.argv[1]), lazy=True)
"""

_FILLED = '''
def filled(least: float) -> pa.Check:
    """At least this share of a column's cells is there."""

    def is_filled(cells: pd.Series) -> bool:
        return bool(cells.notna().mean() >= least)

    return pa.Check(is_filled, ignore_na=False, name="filled", error=f"fewer than {least:.2%} of the cells are there")
'''

_READABLE = '''
def readable(least: float, columns: list[str]) -> pa.Check:
    """At least this share of the rows has no cell of another kind in these columns."""

    def is_readable(table: pd.DataFrame) -> bool:
        odd = pd.Series(False, index=table.index)
        for name in columns:
            if name in table and pd.api.types.is_string_dtype(table[name].dtype):
                odd |= table[name].map(lambda cell: isinstance(cell, str)).astype(bool)
        return bool(1 - odd.mean() >= least - 1e-9)

    return pa.Check(is_readable, name="readable", error=f"fewer than {least:.2%} of the rows can be read")
'''


def _comments(brief: Brief, terms: Terms, measured: Measured) -> Iterator[str]:
    """Where the file is from; below the imports, as the first lines of a file may name its encoding."""
    rows = measured.profile.rows
    yield f"# Brief: {visible(brief.title)}"
    yield f"# Source: {visible(terms.source.name)}"
    yield f"# Sample: {visible(measured.file)}, {rows:,} rows, measured on {measured.on}"


def _checks(terms: Terms) -> Iterator[str]:
    """The checks that the brief's shares need."""
    if terms.complete is not None and terms.complete < 1:
        yield _FILLED
    if _counted(terms):
        yield _READABLE


def _counted(terms: Terms) -> list[str]:
    """Columns of which some cells may be of another kind: as many as the pass rate leaves."""
    if terms.passing is None or terms.passing == 1:
        return []
    return [column.name for column in terms.columns if _is_asked_for(column, terms)]


def _is_asked_for(column: ColumnProfile, terms: Terms) -> bool:
    """Whether the cells have to be of the column's kind; what nobody asked for may be as it is in the sample."""
    can_be_strange = column.kind not in ("category", "text", "empty")
    return can_be_strange and (column.name in terms.demanded or not column.strange)


def _column(column: ColumnProfile, terms: Terms, measured: Measured) -> str:
    least = terms.least_filled(column.name)
    values = values_of(column, measured.profile)
    checks = []
    if values:
        checks.append(f"pa.Check.isin({sorted(values)!r})")
    if least is not None and least < 1:
        checks.append(f"filled({max(least - _ROUNDING, 0.0):.6g})")
    typed = _is_typed(column, terms)
    arguments = [
        repr(_type(column)) if typed else "",
        f"[{', '.join(checks)}]" if len(checks) > 1 else "".join(checks),
        "" if least == 1 else "nullable=True",
        "unique=True" if column.name == terms.key else "",
    ]
    if not typed and checks:
        arguments[1] = f"checks={arguments[1]}"
    note = _untyped_note(column, terms) if not typed else ""
    return f"        {column.name!r}: pa.Column({', '.join(filter(None, arguments))}),{note}"


def _type(column: ColumnProfile) -> str:
    if column.kind == "number":
        return "Int64" if column.form.numerals and column.form.numerals.whole else "float64"
    return _TYPES[column.kind]


def _is_typed(column: ColumnProfile, terms: Terms) -> bool:
    """Whether no cell may be of another kind."""
    if column.kind in ("category", "text"):
        return True
    some_may = terms.passing is not None and terms.passing < 1
    return (
        _is_asked_for(column, terms) and not some_may and (terms.passing == 1 or not column.strange)
    )


def _untyped_note(column: ColumnProfile, terms: Terms) -> str:
    if column.kind == "empty":
        return "  # empty in the sample"
    if _is_asked_for(column, terms) and terms.passing is not None:
        return f"  # {column.kind}: see readable"
    return f"  # {column.kind}, but for {column.strange:,} cells of the sample"


def _other(column: ColumnProfile) -> str:
    return (
        f"        {column.name!r}: pa.Column(nullable=True),  # of another source in the same file"
    )


def _lists(terms: Terms, measured: Measured) -> str:
    """The columns that checks of whole rows are about."""
    lists = []
    if counted := _counted(terms):
        lists.append(f"READABLE = {listed(counted)}")
    if terms.distinct_rows:
        lists.append(f"EVERY = {listed(column.name for column in measured.profile.columns)}")
    return "\n".join(lists)


def _whole(terms: Terms, measured: Measured) -> Iterator[str]:
    """What is checked of whole rows."""
    if _counted(terms) and terms.passing is not None:
        yield f"    checks=readable({terms.passing:.6g}, READABLE),"
    if terms.distinct_rows:
        yield "    unique=EVERY,  # no row twice, as in the sample"
    elif measured.profile.repeated:
        yield f"    # Rows may repeat: of the sample, {measured.profile.repeated:,} do."
    else:
        yield "    # Rows may repeat: only a part of the sample was looked at."
