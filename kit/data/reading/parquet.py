"""Parquet files: columns of their own types, with a look at the sizes before anything is unpacked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from kit.data.reading.naming import named_columns, refuse_many
from kit.data.reading.refusal import RefusedError
from kit.data.reading.table import MOST_CELLS, Cells
from kit.data.reading.words import in_one

_MOST_ROWS = 1_000_000_000
_GROUP_SIZE = 1 << 30  # bytes of a row group, unpacked
_BATCH = 1 << 20  # cells that are unpacked at a time
_SHOWN = 5  # columns in a message


def read_parquet(path: Path) -> Cells:
    """The columns of a Parquet file.

    Raises
    ------
    RefusedError
        If it is damaged, or far larger unpacked than anybody can hold.
    """
    try:
        return _read(path)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError, ValueError) as exc:
        raise RefusedError(
            "a whole Parquet file",
            "one that is cut short, damaged, or of a kind that cannot be read",
            "Write it again, or save it as CSV.",
        ) from exc


def _read(path: Path) -> Cells:
    with parquet.ParquetFile(path) as file:
        schema, meta = file.schema_arrow, file.metadata
        _refuse_large(meta)
    plain = [at for at, field in enumerate(schema) if not pa.types.is_nested(field.type)]
    if not plain:
        raise RefusedError("a table", "no column of plain values", "Attach a file with some.")
    refuse_many(len(plain))
    every = max(1, math.ceil(meta.num_rows * len(plain) / MOST_CELLS))
    table = _table(path, schema, plain, every)
    columns = tuple(map(in_one, table.columns))
    names, columns, heading = named_columns(table.column_names, columns, named=True)
    return Cells(
        names=names,
        columns=columns,
        rows=meta.num_rows,
        every=every,
        said=("Parquet", *_said(schema, every)),
        oddities=heading,
    )


def _refuse_large(meta: parquet.FileMetaData) -> None:
    if meta.num_rows > _MOST_ROWS:
        raise RefusedError(
            f"at most {_MOST_ROWS:,} rows", f"{meta.num_rows:,}", "Attach a sample of them."
        )
    sizes = [meta.row_group(at).total_byte_size for at in range(meta.num_row_groups)]
    if max(sizes, default=0) > _GROUP_SIZE:
        raise RefusedError(
            f"row groups of at most {_GROUP_SIZE >> 20:,} MB unpacked",
            f"{max(sizes) >> 20:,} MB",
            "Write the file with smaller row groups, or attach a sample of it.",
        )


def _table(path: Path, schema: pa.Schema, plain: list[int], every: int) -> pa.Table:
    """Every n-th row of the plain columns."""
    fields = [schema.field(at) for at in plain]
    names = list(dict.fromkeys(field.name for field in fields))
    # As a dictionary, a long text that stands in many rows is held once.
    texts = [field.name for field in fields if _is_text(field.type)]
    rows = max(1, _BATCH // len(fields))
    with parquet.ParquetFile(path, read_dictionary=texts, buffer_size=_BATCH) as file:
        batches = file.iter_batches(batch_size=rows, columns=names, use_threads=False)
        kept = [_plain(batch) for batch in _thinned(batches, every)]
    if not kept:
        return pa.table(
            [pa.array([], field.type) for field in fields], names=[f.name for f in fields]
        )
    return pa.Table.from_batches(kept).unify_dictionaries()


def _thinned(batches: Iterator[pa.RecordBatch], every: int) -> Iterator[pa.RecordBatch]:
    done = 0
    for batch in batches:
        start = -done % every
        done += batch.num_rows
        if every == 1:
            yield batch
        elif start < batch.num_rows:
            yield batch.take(pa.array(range(start, batch.num_rows, every), pa.int64()))


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch without columns that hold several values in a cell."""
    plain = batch.select(
        [at for at, field in enumerate(batch.schema) if not pa.types.is_nested(field.type)]
    )
    for column in plain.columns:
        if pa.types.is_dictionary(column.type):
            _refuse_strays(column)
    return plain


def _refuse_strays(column: pa.DictionaryArray) -> None:
    """Arrow trusts a damaged file here, and would read beyond its memory."""
    places = pc.min_max(column.indices).as_py()
    if places["max"] is not None and not 0 <= places["min"] <= places["max"] < len(
        column.dictionary
    ):
        raise ValueError("a place in a dictionary that it does not have")


def _is_text(kind: pa.DataType) -> bool:
    is_ = pa.types
    return any(
        test(kind)
        for test in (
            is_.is_string,
            is_.is_large_string,
            is_.is_string_view,
            is_.is_binary,
            is_.is_large_binary,
        )
    ) or (is_.is_dictionary(kind) and _is_text(kind.value_type))


def _said(schema: pa.Schema, every: int) -> tuple[str, ...]:
    said = []
    nested = [field.name for field in schema if pa.types.is_nested(field.type)]
    if nested:
        shown = ", ".join(nested[:_SHOWN]) + (", …" if len(nested) > _SHOWN else "")
        said.append(f"left out, as they hold several values in a cell: {shown}")
    if every > 1:
        said.append(f"one row in {every} was looked at, as the file is large")
    return tuple(said)
