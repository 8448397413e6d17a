"""What was read: columns with a kind each, and what had to be decided or left out on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from kit.data.how_read import notes_of
from kit.data.measured import Kind
from kit.data.read_as import AS_IT_STANDS, AS_TEXT, Form, Oddity, ReadAs

MOST_CELLS = 32_000_000  # that are kept of a file; of a larger one every n-th row


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column, typed."""

    name: str  # as in the file; made unique where it is not
    kind: Kind
    # float64, bool, timestamp[s], or a dictionary of strings; null where a cell is missing or strange.
    values: pa.Array
    missing: int
    strange: int = 0  # cells that are there and not of the kind
    examples: tuple[str, ...] = ()  # a few of those
    form: Form = AS_IT_STANDS  # how its cells are written
    faulty: pa.Array | None = None  # which cells are strange; None where none is
    controls: int = 0  # cells with control characters, which are replaced

    @property
    def notes(self) -> tuple[str, ...]:
        """How its cells were read: "decimal comma"."""
        return notes_of(self.form)


@dataclass(frozen=True, kw_only=True)
class Cells:
    """A file's cells before they are typed: columns of strings, or of the types that the file gives them."""

    names: tuple[str, ...]
    columns: tuple[pa.Array, ...]  # all of one length
    rows: int  # in the file, the ones left out included
    every: int = 1  # of so many rows one was kept
    read_as: ReadAs = AS_TEXT
    oddities: tuple[Oddity, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A file as columns of one length."""

    columns: tuple[Column, ...]
    rows: int  # in the file
    every: int  # of so many rows one was kept
    said: tuple[str, ...]  # how it was read
    oddities: tuple[Oddity, ...]
    read_as: ReadAs = AS_TEXT
    kept: int = field(default=0)  # rows that are here

    def column(self, name: str | None) -> Column | None:
        """The column of a name; None where there is none."""
        return next((one for one in self.columns if one.name == name), None)
