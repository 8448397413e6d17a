"""The pandera file for any nasty sample reads that sample as the kit does, or says what is wrong in its own words."""

from __future__ import annotations

import datetime as dt
import io
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType

import pandas as pd
import pyarrow as pa
import pytest
from contract_samples import brief_with, measured, written
from nasty import BYTES, HEADERS, MB, QUOTES, SHAPES, Nasty
from nasty_cells import DATES, FLAGS, NUMBERS, OTHERS
from nasty_packed import PARQUET, TENSOR, WORKBOOKS, parquet_bytes, sheet
from pyarrow import parquet

from kit.data.contract import pandera_of
from kit.data.reading import read_file
from kit.data.reading.table import Table

CASES = (
    *SHAPES,
    *QUOTES,
    *BYTES,
    *HEADERS,
    *NUMBERS,
    *DATES,
    *FLAGS,
    *OTHERS,
    *PARQUET,
    *WORKBOOKS,
)
LARGE = {"long_text.parquet", "2000_columns.csv"}
SMALL = [
    one
    for one in CASES
    if one.refused is None
    and isinstance(one.content, bytes)
    and len(one.content) < MB
    and one.name not in LARGE
]
NAMES = ["a  b", " a\u00a0c ", "t\tb", "l\nf", "", "n" * 200, "l f", "a  b"]
MORE = (
    Nasty(name="names.parquet", content=parquet_bytes(*[pa.array([at, 2]) for at in range(8)], names=NAMES)),
    Nasty(name="blank.parquet", content=parquet_bytes(pa.array([1]), pa.nulls(1), pa.array([2]), names=["a", "", ""])),
    Nasty(name="times.parquet", content=parquet_bytes(
          pa.array([dt.time(1, 2), dt.time(3, 4)]), pa.array([1, 2], pa.duration("s")),
          pa.array([1.1, None], pa.float32()), pa.array([-float("inf"), 2.0]),
          pa.array([0, 1], pa.timestamp("ns", "Europe/Berlin")), pa.array([2**62, 5]),
          pa.array([dt.date(2024, 1, 1), dt.date(1, 1, 1)]),
          pa.ExtensionArray.from_storage(TENSOR, pa.array([[1, 2], [3, 4]], TENSOR.storage_type)))),
    Nasty(name="brackets.csv", content=b"a,b\n(5),1\n6,2\n"),
    Nasty(name="minus.csv", content="a,b\n−5.5,1\n6,2\n".encode()),
    Nasty(name="too_few.csv", content=b"a,b,c\n1,2,3\n1,2\n4,5,6\n7,8,9,10\n7,8,9\n"),
    Nasty(name="too_few_without_names.csv", content=b"1,2\n3,4\n5\n6,7\n8,9\n"),
    Nasty(name="blank_name.csv", content=b"a,,b,\n1,,2,\n3,,4,\n"),
    Nasty(name="shorter_rows.csv", content=b"a,b,\n1,2\n3,4\n"),
    Nasty(name="short_years.csv", content=b"d\n1.1.0001\n1.1.0000\n30.2.24\n1.1.'99\n" + b"2.1.24\n" * 30),
    Nasty(name="nothing_but_a_comment_and_names.csv", content=b"# made by a tool\n\na,b,c\n"),
    Nasty(name="alike.xlsx", content=sheet(("n",), (0.1 + 0.2,), (0.3,), (1,))),
    Nasty(name="wider_rows.xlsx", content=sheet(("a", "b"), (1, 2, 3), (4, 5, 6))),
)  # fmt: skip


def checker(path: Path) -> ModuleType:
    """The file that is written for a sample, run."""
    module = ModuleType("written")
    text = pandera_of(brief_with({"name": "log", "file": "data/a.csv"}), 0, measured(path))
    exec(compile(text, "written.py", "exec"), module.__dict__)  # noqa: S102
    return module


def left_out(table: Table) -> int:
    return sum(one.count for one in table.oddities if one.trait == "ragged")


@pytest.mark.parametrize("nasty", [*SMALL, *MORE], ids=lambda one: one.name)
def test_file_reads_its_own_sample_as_the_kit_does(nasty: Nasty, tmp_path: Path):
    path = nasty.write(tmp_path)
    table = read_file(path)
    module = checker(path)
    odd = left_out(table)
    with pytest.warns(UserWarning, match=f"^{odd} rows? .* left out") if odd else nullcontext():
        read = module.read(str(path))
    module.schema.validate(read, lazy=True)
    assert list(read.columns) == [column.name for column in table.columns]
    assert len(read) == table.rows - odd
    for column in table.columns:
        mine = read[column.name]
        if (
            nasty.name != "beyond_the_calendar.xlsx"
        ):  # what openpyxl makes of such a day counts as missing there
            assert mine.isna().sum() == column.missing
        for one, theirs in zip(mine, column.values.to_pylist(), strict=True):
            assert one == theirs if theirs is not None else pd.isna(one) or isinstance(one, str)


def test_rows_that_do_not_fit_are_refused_where_the_sample_has_none(tmp_path: Path):
    module = checker(written(tmp_path / "a.csv", ["a", "b"], [[1, 2], [3, 4]]))
    odd = tmp_path / "b.csv"
    odd.write_text("a,b\n1,2\n3\n4,5,6\n")
    with pytest.raises(
        ValueError, match="expected 2 fields in each row, found more or fewer in 2 rows"
    ):
        module.read(str(odd))


@pytest.mark.parametrize(
    ("sample", "content", "said"),
    [
        ("a.csv", b"a,b\n1,\xff\n", "expected a text with a row in each line, found .*codec"),
        ("a.csv", b'a,b\n1,"' + b"x" * (9 * MB) + b'"\n', "expected a text with .* field limit"),
        ("a.parquet", b"a,b\n1,2\n", "expected a whole Parquet file, found one that cannot be read"),
        ("a.xlsx", b"a,b\n1,2\n", "expected a whole XLSX workbook, found one that cannot be read"),
        ("a.xlsx", sheet(("a", "b"), (1, 2)).replace(b"x", b"y"), "expected a whole XLSX workbook"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_read_is_told_in_one_sentence(
    sample: str, content: bytes, said: str, tmp_path: Path
):
    good = {
        ".csv": b"a,b\n1,2\n3,4\n",
        ".parquet": parquet_bytes(pa.array([1, 2])),
        ".xlsx": sheet(("a", "b"), (1, 2)),
    }
    path = tmp_path / sample
    path.write_bytes(good[path.suffix])
    module = checker(path)
    path.write_bytes(content)
    with pytest.raises(ValueError, match=said):
        module.read(str(path))


def test_workbook_without_the_sheet_is_told(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet(("a", "b"), (1, 2)))
    module = checker(path)
    sink = io.BytesIO()
    pd.DataFrame({"a": [1]}).to_excel(sink, sheet_name="Other", index=False)
    path.write_bytes(sink.getvalue())
    with pytest.raises(ValueError, match=r"expected a sheet named 'Sheet', found \['Other'\]"):
        module.read(str(path))


def test_column_that_has_cells_beside_those_of_the_sample_is_read(tmp_path: Path):
    path = tmp_path / "a.parquet"
    path.write_bytes(parquet_bytes(pa.array([1, 2]), pa.array([b"x", b"y"])))
    module = checker(path)
    parquet.write_table(pa.table({"a": [1, 2], "b": [b"x", b"\xff"], "c": [1, 2]}), path)
    assert module.read(str(path))["b"].tolist() == ["b'x'", "b'\\xff'"]
