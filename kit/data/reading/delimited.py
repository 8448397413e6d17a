"""CSV and its relatives: delimiter, header and rows of a text file."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from kit.data.measured import Oddity
from kit.data.reading.encoding import Encoding, encoding_of
from kit.data.reading.naming import unique_names
from kit.data.reading.refusal import RefusedError
from kit.data.reading.table import Cells

KEPT = 256 << 20  # bytes of text that are kept; of a larger file every n-th row
COLUMNS = 5_000
_SAMPLE = 1 << 16  # characters that the delimiter is found in
_BLOCK = 8 << 20
_LINES = 5  # that are named for each oddity
_MOST = 0.5  # share of rows that must have as many fields as the header
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
ABSENT = ("", "NA", "N/A", "n/a", "na", "NaN", "nan", "NAN", "NULL", "null", "Null", "None", "none", "NONE",
          "-", "--", "?", ".", "#N/A", "#NA", "NaT", "\\N", "nil", "(null)", "<NA>", " ")  # fmt: skip


def read_delimited(path: Path) -> Cells:
    """The cells of a delimited text file.

    Raises
    ------
    RefusedError
        If it is no text, or no table.
    """
    encoding = encoding_of(path)
    sample = _sample(path, encoding)
    delimiter = _delimiter(sample)
    header, named = _header(sample, delimiter)
    if len(header) > COLUMNS:
        raise RefusedError(f"at most {COLUMNS:,} columns", f"{len(header):,}", "Attach fewer.")
    names, heading = unique_names(header if named else [""] * len(header))
    every = max(1, math.ceil(path.stat().st_size / KEPT))
    try:
        reader = _Reader(path, encoding, delimiter, names, quoted='"' in sample, named=named)
        columns = reader.columns(every)
    except pa.ArrowInvalid:
        # A quotation mark that never ends swallows the rest of the file: then none of them is one.
        reader = _Reader(path, encoding, delimiter, names, quoted=False, named=named)
        columns = reader.columns(every)
        reader.unquoted = True
    return Cells(
        names=names,
        columns=columns,
        rows=reader.rows,
        every=every,
        said=_said(encoding, delimiter, named=named, every=every),
        oddities=(*heading, *reader.oddities(), *_empty(encoding)),
    )


def _sample(path: Path, encoding: Encoding) -> str:
    with path.open("r", encoding=encoding.name, errors="replace", newline="") as file:
        text = file.read(_SAMPLE)
    if not text.strip():
        raise RefusedError("a table", "a file with nothing but spaces in it", "Attach one with rows.")
    return text


def _delimiter(sample: str) -> str:
    """The sign that splits most lines of the sample into equally many fields, two at least."""
    best, most = ",", 1.0
    for sign in _DELIMITERS:
        counts = Counter(len(row) for row in _rows(sample, sign) if row)
        if not counts:
            continue
        fields, lines = max(counts.items(), key=lambda one: (one[1] * (one[0] > 1), one[0]))
        points = lines / counts.total() * min(fields, 3) * (fields > 1)
        if points > most * 1.001:
            best, most = sign, points
    return best


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    text = sample if len(sample) < _SAMPLE else sample[: sample.rfind("\n") + 1] or sample
    limit = csv.field_size_limit(_SAMPLE * 2)
    try:
        return [*csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)][:200]
    except csv.Error:
        return []
    finally:
        csv.field_size_limit(limit)


def _header(sample: str, delimiter: str) -> tuple[list[str], bool]:
    """The first row, and whether it holds names: no number, and mostly different texts."""
    rows = [row for row in _rows(sample, delimiter) if row]
    if not rows:
        raise RefusedError("a table", "no rows", "Attach one with a header and rows.")
    first = [cell.strip() for cell in rows[0]]
    filled = [cell for cell in first if cell]
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in filled)
    return first, bool(filled) and numbers <= len(filled) * 0.2


class _Reader:
    """One reading of the file, with what was left out."""

    def __init__(
        self,
        path: Path,
        encoding: Encoding,
        delimiter: str,
        names: tuple[str, ...],
        *,
        quoted: bool,
        named: bool,
    ) -> None:
        self._path, self._names, self._named = path, names, named
        self._encoding = "utf8" if encoding.name in ("utf-8", "utf-8-sig") else encoding.name
        self._delimiter, self._quoted = delimiter, quoted
        self.unquoted = False
        self.rows = 0
        self._ragged: Counter[int] = Counter()
        self._lines: list[int] = []

    def columns(self, every: int) -> tuple[pa.Array, ...]:
        try:
            with arrow_csv.open_csv(self._path, **self._options()) as batches:
                kept = [part for batch in batches if (part := self._thinned(batch, every)).num_rows]
        except UnicodeDecodeError as exc:
            raise RefusedError(
                f"text in {self._encoding}", f"byte 0x{exc.object[exc.start]:02x}", "Save it as UTF-8."
            ) from exc
        table = pa.Table.from_batches(kept) if kept else pa.table({})
        self._refuse_no_table()
        if not kept:
            return tuple(pa.array([], pa.string()) for _ in self._names)
        return tuple(column.combine_chunks() for column in table.columns)

    def _options(self) -> dict[str, Any]:
        names = [str(at) for at in range(len(self._names))]  # theirs may be anything
        return {
            "read_options": arrow_csv.ReadOptions(
                column_names=names,
                skip_rows_after_names=1 if self._named else 0,
                block_size=_BLOCK,
                encoding=self._encoding,
                use_threads=False,  # with threads, a row has no number
            ),
            "parse_options": arrow_csv.ParseOptions(
                delimiter=self._delimiter,
                quote_char='"' if self._quoted else False,
                newlines_in_values=self._quoted,
                invalid_row_handler=self._left_out,
            ),
            "convert_options": arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                null_values=list(ABSENT),
            ),
        }

    def _left_out(self, row: Any) -> str:
        self._ragged[row.actual_columns] += 1
        if len(self._lines) < _LINES and row.number is not None:
            self._lines.append(row.number)
        return "skip"

    def _thinned(self, batch: pa.RecordBatch, every: int) -> pa.RecordBatch:
        start = -self.rows % every
        self.rows += batch.num_rows
        if every == 1:
            return batch
        return batch.take(pa.array(range(start, batch.num_rows, every), pa.int64()))

    def _refuse_no_table(self) -> None:
        ragged = self._ragged.total()
        if ragged and ragged > _MOST * (self.rows + ragged):
            fields, lines = self._ragged.most_common(1)[0]
            share = lines / (self.rows + ragged)
            raise RefusedError(
                f"rows of {len(self._names)} fields, as in the first line",
                f"{fields} in {share:.0%} of them",
                "Take out what stands before the header, or quote fields that hold the delimiter.",
            )
        self.rows += ragged

    def oddities(self) -> tuple[Oddity, ...]:
        found = []
        if self.unquoted:
            says = "A quotation mark is opened and never closed, so none is taken for one."
            found.append(Oddity(trait="ragged", count=1, says=says))
        if ragged := self._ragged.total():
            has = "1 row has" if ragged == 1 else f"{ragged:,} rows have"
            says = f"{has} more or fewer than {len(self._names)} fields; left out."
            found.append(Oddity(trait="ragged", count=ragged, says=says, lines=tuple(self._lines)))
        return tuple(found)


def _said(encoding: Encoding, delimiter: str, *, named: bool, every: int) -> tuple[str, ...]:
    guess = " (a guess)" if encoding.guessed else ""
    said = [f"{encoding.says}{guess}", f"delimiter: {_DELIMITERS[delimiter]}"]
    if not named:
        said.append("no header: columns are numbered")
    if every > 1:
        said.append(f"one row in {every} was looked at, as the file is large")
    return tuple(said)


def _empty(encoding: Encoding) -> tuple[Oddity, ...]:
    if not encoding.empty_bytes:
        return ()
    says = f"{encoding.empty_bytes:,} empty bytes (NUL) stand in the text."
    return (Oddity(trait="empty bytes", count=encoding.empty_bytes, says=says),)
