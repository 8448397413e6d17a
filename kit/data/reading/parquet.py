"""Parquet files: columns of their own types, with a look at the sizes before anything is unpacked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from kit.data.read_as import ReadAs
from kit.data.reading.naming import named_columns, refuse_many
from kit.data.reading.refusal import RefusedError
from kit.data.reading.table import MOST_CELLS, Cells
from kit.data.reading.words import in_one

_MOST_ROWS = 1_000_000_000
_GROUP_SIZE = 1 << 30  # bytes of a row group, unpacked
_BATCH = 1 << 20  # cells that are unpacked at a time
_UNKNOWN = (
    "Not yet implemented"  # what Arrow says of dictionaries of texts that are packed as differences
)
# What pyarrow raises of a damaged file: nothing but its own calls may stand inside.
_DAMAGE = (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError, ValueError)


def read_parquet(path: Path) -> Cells:
    """The columns of a Parquet file.

    Raises
    ------
    RefusedError
        If it is damaged, or far larger unpacked than anybody can hold.
    """
    schema, meta = _schema(path)
    _refuse_large(meta)
    plain = [at for at, field in enumerate(schema) if not _is_nested(field.type)]
    if not plain:
        raise RefusedError("a table", "no column of plain values", "Attach a file with some.")
    refuse_many(len(plain))
    every = max(1, math.ceil(meta.num_rows * len(plain) / MOST_CELLS))
    table = _table(path, [schema.field(at) for at in plain], every)
    columns = tuple(map(in_one, table.columns))
    names, columns, heading = named_columns(table.column_names, columns, named=True)
    return Cells(
        names=names,
        columns=columns,
        rows=meta.num_rows,
        every=every,
        read_as=ReadAs(content="Parquet", nested=_nested(schema)),
        oddities=heading,
    )


def _damaged() -> RefusedError:
    return RefusedError(
        "a whole Parquet file",
        "one that is cut short, damaged, or of a kind that cannot be read",
        "Write it again, or save it as CSV.",
    )


def _schema(path: Path) -> tuple[pa.Schema, parquet.FileMetaData]:
    try:
        with parquet.ParquetFile(path) as file:
            return file.schema_arrow, file.metadata
    except _DAMAGE as exc:
        raise _damaged() from exc


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


class _NoDictionariesError(Exception):
    """Texts are packed in a way that they cannot be read as dictionaries."""


def _table(path: Path, fields: list[pa.Field], every: int) -> pa.Table:
    """Every n-th row of some columns."""
    places: dict[str, list[int]] = {}
    for at, field in enumerate(fields):
        places.setdefault(field.name, []).append(at)
    names = [*places]
    # As a dictionary, a long text that stands in many rows is held once.
    texts = [field.name for field in fields if _is_text(field.type)]
    rows = max(1, _BATCH // len(fields))
    try:
        kept = _kept(_batches(path, names, texts, rows=rows), every)
    except _NoDictionariesError:
        kept = _kept(_batches(path, names, [], rows=rows), every)
    if not kept:
        return pa.table(
            [pa.array([], _stored(field.type)) for field in fields], names=[f.name for f in fields]
        )
    read = [at for name in names for at in places[name]]  # columns of one name come together
    try:
        table = pa.Table.from_batches(kept).unify_dictionaries()
        return table.select([*map(read.index, range(len(read)))]) if read != sorted(read) else table
    except _DAMAGE as exc:
        raise _damaged() from exc


def _kept(batches: Iterable[pa.RecordBatch], every: int) -> list[pa.RecordBatch]:
    return [_plain(batch) for batch in _thinned(batches, every)]


def _batches(
    path: Path, names: list[str], texts: list[str], *, rows: int
) -> Iterator[pa.RecordBatch]:
    """The rows of some columns; what goes wrong with them where they are used is not raised in here."""
    try:
        with parquet.ParquetFile(path, read_dictionary=texts, buffer_size=_BATCH) as file:
            yield from file.iter_batches(batch_size=rows, columns=names, use_threads=False)
    except _DAMAGE as exc:
        if texts and _UNKNOWN in str(exc):
            raise _NoDictionariesError from exc
        raise _damaged() from exc


def _thinned(batches: Iterable[pa.RecordBatch], every: int) -> Iterator[pa.RecordBatch]:
    done = 0
    for batch in batches:
        start = -done % every
        done += batch.num_rows
        if every == 1:
            yield batch
        elif start < batch.num_rows:
            yield batch.take(pa.array(range(start, batch.num_rows, every), pa.int64()))


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch without columns that hold several values in a cell; others as they are stored."""
    plain = batch.select([at for at, one in enumerate(batch.schema) if not _is_nested(one.type)])
    columns = [_as_stored(column) for column in plain.columns]
    for column in columns:
        if pa.types.is_dictionary(column.type):
            _refuse_strays(column)
    return pa.RecordBatch.from_arrays(columns, names=plain.schema.names)


def _as_stored(column: pa.Array) -> pa.Array:
    """The values that stand for those of an added type, such as `arrow.uuid`; of texts, each once."""
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if not _is_text(column.type) or pa.types.is_dictionary(column.type):
        return column
    try:
        return column.cast(pa.binary()).dictionary_encode()
    except _DAMAGE as exc:
        raise _damaged() from exc


def _refuse_strays(column: pa.DictionaryArray) -> None:
    """Arrow trusts a damaged file here, and would read beyond its memory."""
    places = pc.min_max(column.indices).as_py()
    if places["max"] is not None and not 0 <= places["min"] <= places["max"] < len(
        column.dictionary
    ):
        raise _damaged()


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
            is_.is_binary_view,
            is_.is_fixed_size_binary,
        )
    ) or (is_.is_dictionary(kind) and _is_text(kind.value_type))


def _nested(schema: pa.Schema) -> tuple[str, ...]:
    """The columns that hold several values in a cell."""
    return tuple(field.name for field in schema if _is_nested(field.type))


def _is_nested(kind: pa.DataType) -> bool:
    return bool(pa.types.is_nested(_stored(kind)))


def _stored(kind: pa.DataType) -> pa.DataType:
    return kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind
