"""What was written is what is read, however it was written."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.data.reading import read_file
from kit.data.reading.absent import ABSENT
from kit.data.reading.kinds import typed
from kit.data.reading.native import typed_values

MOMENTS = st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2068, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
CELLS = st.text(
    st.sampled_from('ab "\',;|\t\n#\\éß語💰'), max_size=12
).filter(lambda text: text.strip() not in ABSENT)  # fmt: skip
DATE_FORMS = {
    "%Y-%m-%d %H:%M:%S": "",
    "%Y-%m-%dT%H:%M:%SZ": "in UTC",
    "%d.%m.%Y %H:%M:%S": "day first",
    "%m/%d/%Y %I:%M:%S %p": "month first",
    "%d/%m/%y %H:%M:%S": "two digits",
    "%d %b %Y %H:%M:%S": "",
    "%B %d, %Y %H:%M:%S": "",
    "%Y/%m/%d %H.%M.%S": "",
}


def written(rows: list[list[str]], folder: Path, **settings: object) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, **settings).writerows(rows)
    path = folder / "written.csv"
    path.write_bytes(text.getvalue().encode())
    return path


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=30))
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_read_file_keeps_every_text(
    rows: list[tuple[str, str, str]], delimiter: str, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.mktemp("written")
    content = [["first", "second", "third"], *map(list, rows)]
    table = read_file(written(content, folder, delimiter=delimiter, quoting=csv.QUOTE_ALL))
    assert table.rows == table.kept == len(rows)
    found = zip(*(column.values.to_pylist() for column in table.columns), strict=True)
    assert list(found) == [tuple(cell.strip() for cell in row) for row in rows]


@given(moments=st.lists(MOMENTS, min_size=1, max_size=30))
@pytest.mark.parametrize(("form", "note"), DATE_FORMS.items())
def test_typed_reads_moments_in_many_forms(moments: list[dt.datetime], form: str, note: str):
    # A day past the twelfth decides for all.
    moments = [dt.datetime(2024, 2, 28, 1, 2, 3), *moments]  # noqa: DTZ001
    column = typed("x", pa.chunked_array([[moment.strftime(form) for moment in moments]]))
    assert column.kind == "date"
    assert column.values.to_pylist() == moments
    assert note in "; ".join(column.notes)


@given(cents=st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=30))
@pytest.mark.parametrize("apart", [",.", ".,", " ,", "'.", "\u202f,", "_,", "_."])
def test_typed_reads_numbers_in_many_forms(cents: list[int], apart: str):
    group, point = apart
    texts = [
        f"{cent / 100:,.2f}".translate({ord(","): None if group == "_" else group, ord("."): point})
        for cent in cents
    ]
    column = typed("x", pa.chunked_array([texts]))
    if column.kind == "number":
        assert column.values.to_pylist() == [cent / 100 for cent in cents]
    else:  # all of them happen to be 0 or 1
        assert set(cents) <= {0, 100}


@pytest.mark.parametrize(("text", "value"), [("1.234", 1.234), ("1,234", 1234.0), ("0,234", 0.234)])
def test_typed_takes_a_point_for_decimal_in_doubt(text: str, value: float):
    assert typed("x", pa.chunked_array([[text] * 3])).values.to_pylist() == [value] * 3


def test_typed_values_counts_only_words_that_cells_hold():
    cells = pa.DictionaryArray.from_arrays(pa.array([2, 0, 2, None]), ["red", "green", "blue"])
    column = typed_values("x", cells)
    assert column.values.to_pylist() == ["blue", "red", "blue", None]
    assert column.values.dictionary.to_pylist() == ["blue", "red"]


def test_typed_reads_one_comma_amid_many_points_as_thousands():
    texts = ["1.5", "2.25", "1,234.5", "7.125"]
    assert typed("x", pa.chunked_array([texts])).values.to_pylist() == [1.5, 2.25, 1234.5, 7.125]
