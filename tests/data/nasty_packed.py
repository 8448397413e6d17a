"""Parquet files and workbooks that strangers attach."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
from nasty import MB, Nasty
from openpyxl.chart import BarChart
from pyarrow import parquet

NOON = dt.datetime(2024, 2, 1, 12)  # noqa: DTZ001 - files know no zone


def parquet_bytes(*columns: Any, names: list[str] | None = None, **settings: Any) -> bytes:
    """A Parquet file of columns called a, b, c."""
    table = pa.table(list(columns), names=names or list("abcdefgh"[: len(columns)]))
    sink = io.BytesIO()
    parquet.write_table(table, sink, **settings)
    return sink.getvalue()


def book(fill: Callable[[Any], None]) -> bytes:
    """A workbook that somebody filled."""
    made = openpyxl.Workbook()
    fill(made)
    sink = io.BytesIO()
    made.save(sink)
    return sink.getvalue()


def sheet(*rows: tuple[Any, ...]) -> bytes:
    """A workbook of one sheet."""

    def fill(made: Any) -> None:
        for row in rows:
            made.active.append(row)

    return book(fill)


def _several(made: Any) -> None:
    made.active.title = "Cover"
    hidden = made.create_sheet("Lists")
    hidden.append(("x", "y"))
    hidden.append((1, 2))
    hidden.sheet_state = "hidden"
    data = made.create_sheet("Data")
    data.append(("a", "b"))
    data.append((1, 2))


def _merged(made: Any) -> None:
    for row in (("shop", "sum"), ("A", 1), (None, 2), ("B", 3)):
        made.active.append(row)
    made.active.merge_cells("A2:A3")


def _far_days(made: Any) -> None:
    made.active.append(("day", "n"))
    for at, day in enumerate((*[45_000] * 8, 2_958_466, 1e300)):
        made.active.append((day, "#VALUE!" if at == 9 else at))
        made.active.cell(at + 2, 1).number_format = "yyyy-mm-dd"


def _chart_alone(made: Any) -> None:
    made.remove(made.active)
    made.create_chartsheet("Chart").add_chart(BarChart())


def _with_part(name: str, content: bytes) -> bytes:
    """A workbook with one part replaced."""
    sink = io.BytesIO()
    good = io.BytesIO(sheet(("a", "b"), (1, 2)))
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return sink.getvalue()


def _sheet_xml(rows: bytes, head: bytes = b"") -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        head + b'<worksheet xmlns="' + space + b'"><sheetData>' + rows + b"</sheetData></worksheet>"
    )


def _archive(parts: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return sink.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 10)
) + b"]>"  # fmt: skip
GOOD = parquet_bytes(pa.array(range(1000)), pa.array(["x", "y"] * 500))
NAMES = b"<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row>"
PREFIXED = (
    b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>'
    b'<x:c t="str"><x:v>a</x:v></x:c><x:c t="str"><x:v>b</x:v></x:c></x:row>'
    b"<x:row><x:c><x:v>1</x:v></x:c><x:c><x:f>A2*2</x:f></x:c></x:row></x:sheetData></x:worksheet>"
)
TENSOR = pa.fixed_shape_tensor(pa.int32(), [2])
LONG = "x" * (4 * MB)  # stands in every row of a file that is small all the same

PARQUET = (
    Nasty(name="types.parquet", rows=2, columns=8, content=parquet_bytes(
          pa.array([Decimal("1.50"), None]), pa.array([dt.date(2024, 2, 1)] * 2),
          pa.array([NOON] * 2, pa.timestamp("ns", "Europe/Berlin")), pa.array([5, 2**60], pa.uint64()),
          pa.array(["x", "y"], pa.large_string()), pa.array([b"x", b"\xff"]), pa.array([True, None]),
          pa.array(["u", "v"]).dictionary_encode()),
          kinds={"a": "number", "b": "date", "c": "date", "d": "text", "e": "text", "f": "text", "g": "yes or no",
                 "h": "text"},
          first={"a": 1.5, "c": NOON, "d": "5", "e": "x", "g": True}, missing={"a": 1, "g": 1},
          notes={"c": "in UTC", "d": "more than 15"}),
    Nasty(name="nested.parquet",
          content=parquet_bytes(pa.array([[1], [2]]), pa.array([{"x": 1}] * 2), pa.array([1, 2])),
          rows=2, columns=1, kinds={"c": "number"}, said=("several values in a cell: a, b",)),
    Nasty(name="only_nested.parquet", content=parquet_bytes(pa.array([[1], [2]])), refused="no column of plain values"),
    Nasty(name="twice.parquet", content=parquet_bytes(pa.array([1, 2]), pa.array(["x", "y"]), names=["a", "a"]), rows=2,
          kinds={"a": "number", "a (2)": "text"}, traits={"heading": 1}),
    Nasty(name="twice_apart.parquet", content=parquet_bytes(pa.array([1, 2]), pa.array([3, 4]), pa.array([5, 6]),
          names=["a", "", "a"]), columns=3, first={"a": 1, "column 2": 3, "a (2)": 5}, traits={"heading": 2}),
    Nasty(name="texts.parquet", content=parquet_bytes(pa.array(["2024-02-01", " "]), pa.array(["01067", "10115"])),
          rows=2, kinds={"a": "date", "b": "text"}, missing={"a": 1}),
    Nasty(name="edges.parquet", content=parquet_bytes(pa.array([float("inf"), float("nan"), 1.0]),
          pa.array([0, 2**62, -(2**62)], pa.timestamp("us")), pa.nulls(3), pa.array([dt.time(1, 2)] * 3)), rows=3,
          kinds={"a": "number", "b": "date", "c": "empty", "d": "category"}, strange={"a": 1, "b": 2},
          missing={"a": 1}),
    Nasty(name="no_rows.parquet", content=parquet_bytes(pa.array([], pa.int64())), rows=0, columns=1),
    Nasty(name="many_groups.parquet", content=parquet_bytes(pa.array(list("abcde") * 20), row_group_size=7), rows=100,
          kinds={"a": "category"}),
    Nasty(name="truncated.parquet", content=GOOD[: len(GOOD) // 2], refused="cut short"),
    Nasty(name="damaged.parquet", content=GOOD[:40] + b"\xff" * 200 + GOOD[240:], refused="damaged"),
    Nasty(name="mojibake.parquet", content=parquet_bytes(pa.array(["x", "grün"])).replace("ü".encode(), b"\x85\xff"),
          rows=2, kinds={"a": "text"}, first={"a": "b'x'"}, notes={"a": "bytes shown as text"}),
    Nasty(name="added_types.parquet", rows=2, columns=4, content=parquet_bytes(
          pa.array([bytes(16), b"\xff" * 16], pa.uuid()), pa.array(["1", "0"]),
          pa.ExtensionArray.from_storage(pa.json_(), pa.array(['{"x": 1}', "[]"])),
          pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, 0], pa.int8())),
          pa.ExtensionArray.from_storage(TENSOR, pa.array([[1, 2], [3, 4]], TENSOR.storage_type))),
          kinds={"a": "text", "c": "text", "d": "yes or no"}, notes={"a": "bytes shown as text"},
          said=("several values in a cell: e",)),
    Nasty(name="bytes.parquet", rows=2, content=parquet_bytes(
          pa.array([b"ab", b"\xff\x00"], pa.binary(2)), pa.array([b"x", b"\xff"], pa.binary_view()),
          pa.array(["x", "a text of more than twelve"], pa.string_view()), pa.array([b"ab", b"cd"], pa.binary(2))),
          kinds=dict.fromkeys("abcd", "text"), first={"a": "b'ab'", "b": "b'x'", "c": "x", "d": "ab"},
          notes=dict.fromkeys("ab", "bytes shown as text")),
    Nasty(name="deltas.parquet", rows=100, content=parquet_bytes(
          pa.array(range(100)), pa.array(list("vwxyz") * 20), pa.array(list("abcde") * 20), pa.array([b"u", b"v"] * 50),
          use_dictionary=["c"], column_encoding={"a": "DELTA_BINARY_PACKED", "b": "DELTA_BYTE_ARRAY",
          "d": "DELTA_LENGTH_BYTE_ARRAY"}), kinds={"a": "number", "b": "category", "c": "category", "d": "category"},
          first={"b": "v", "c": "a", "d": "u"}),
    Nasty(name="controls.parquet", content=parquet_bytes(pa.array(["x\0y", "\x1b[31m", "z"])), rows=3,
          first={"a": "x\ufffdy"}, traits={"controls": 2}),
    Nasty(name="encrypted.parquet", content=b"PARE" + bytes(100), refused="encrypted"),
    Nasty(name="parquet.csv", content=GOOD, refused="Give it the ending .parquet"),
    Nasty(name="long_text.parquet", content=parquet_bytes(pa.DictionaryArray.from_arrays(
          pa.array([0] * 10_000, pa.int32()), [LONG])), rows=10_000, kinds={"a": "text"},
          about="40 GB, were it unpacked"),
)  # fmt: skip

WORKBOOKS = (
    Nasty(name="types.xlsx",
          content=sheet(("n", "d", "t", "m", "f"), (1.5, NOON, "x", 1, True), (2, NOON, "y", "z", False)),
          rows=2, columns=5, kinds={"n": "number", "d": "date", "t": "text", "m": "text", "f": "yes or no"},
          first={"n": 1.5, "d": NOON, "m": "1", "f": True}),
    Nasty(name="formulas.xlsx", content=sheet(("a", "b"), (1, "=A2*2"), (2, "=A3*2")), rows=2, kinds={"b": "empty"},
          traits={"formula": 2}, lines=(2, 3), about="no program has worked them out"),
    Nasty(name="prefixed.xlsx", content=_with_part(SHEET, PREFIXED), rows=1, traits={"formula": 1}, lines=(2,)),
    Nasty(name="odd_tags.xlsx", content=_with_part(SHEET, _sheet_xml(
          NAMES + b"<row><c><v>1</v></c><c><f\n>A2</f></c></row>")),
          rows=1, traits={"formula": 1}),
    Nasty(name="four_hundred_digits.xlsx", content=_with_part(SHEET, _sheet_xml(NAMES + b"".join(
          b"<row><c><v>%s</v></c><c><v>-%s</v></c></row>" % (cell, cell) for cell in (b"7", b"1" * 400)))),
          rows=2, kinds={"a": "number", "b": "number"}, strange={"a": 1, "b": 1}),
    Nasty(name="digits_and_a_word.xlsx", content=_with_part(SHEET, _sheet_xml(
          NAMES + b"<row><c><v>" + b"1" * 400 + b"</v></c></row><row><c t='str'><v>w</v></c></row>")), rows=2,
          kinds={"a": "text"}, first={"a": "1" * 400}),
    Nasty(name="beyond_the_calendar.xlsx", content=book(_far_days), rows=10, kinds={"day": "date"}, strange={"day": 2},
          missing={"day": 0, "n": 1}),
    Nasty(name="blank_rows.xlsx", content=sheet(("a", "b"), *[()] * 30, (1, "x"), (), (2, "y")), rows=2,
          traits={"layout": 31}),
    Nasty(name="errors.xlsx", content=sheet(("a", "b"), (1, "#N/A"), (2, 5), (3, "#DIV/0!")), rows=3,
          kinds={"b": "number"}, missing={"b": 2}),
    Nasty(name="several.xlsx", content=book(_several), rows=1, said=('sheet "Data"',), traits={"sheet": 3}),
    Nasty(name="merged.xlsx", content=book(_merged), rows=3, missing={"shop": 1}),
    Nasty(name="titled.xlsx", content=sheet(("Report of sales",), (), ("day", "shop", "sum"), (NOON, "A", 1)), rows=1,
          columns=3, traits={"heading": 1}, lines=(1,)),
    Nasty(name="gaps.xlsx", content=sheet((), ("a", None, "a"), (), (1, 2, 3), (None, None, None), (4, 5)), rows=2,
          columns=3, kinds={"column 2": "number", "a (2)": "number"}, missing={"a (2)": 1},
          traits={"heading": 2, "layout": 2}),
    Nasty(name="no_header.xlsx", content=sheet((1, 2), (3, 4)), rows=2, kinds={"column 1": "number"},
          said=("no header",)),
    Nasty(name="header_only.xlsx", content=sheet(("a", "b")), rows=0, columns=2),
    Nasty(name="keys.xlsx", content=sheet(("a",), ("01067",), ("10115",)), rows=2, kinds={"a": "text"}),
    Nasty(name="empty.xlsx", content=sheet(), refused="a sheet with rows, found none"),
    Nasty(name="chart_alone.xlsx", content=book(_chart_alone), refused="a sheet with rows, found none"),
    Nasty(name="truncated.xlsx", content=sheet(("a",), (1,))[:2000], refused="cut short"),
    Nasty(name="no_xml.xlsx", content=_with_part(SHEET, b"nothing"), refused="damaged"),
    Nasty(name="laughs.xlsx", content=_with_part(SHEET, _sheet_xml(b"<row><c t='str'><v>&a9;</v></c></row>", LAUGHS)),
          refused="damaged", about="a thousand million laughs"),
    Nasty(name="far_row.xlsx", content=_with_part(SHEET, _sheet_xml(b"<row r='99999999999'><c><v>1</v></c></row>")),
          refused="a sheet with rows, found none"),
    Nasty(name="far_column.xlsx", content=_with_part(SHEET, _sheet_xml(b"<row r='1'><c r='ZZZ1'><v>1</v></c></row>")),
          refused="at most 5,000 columns"),
    Nasty(name="wide_rows.xlsx", content=_with_part(SHEET, _sheet_xml(b"<row><c r='ZZZ1'><v>1</v></c></row>" * 9999)),
          refused="at most 2,000,000 cells"),
    Nasty(name="strange_day.xlsx", content=_with_part(SHEET, _sheet_xml(
          b"<row><c t='str'><v>day</v></c></row><row><c t='d'><v>9999-99-99</v></c></row>")), refused="damaged"),
    Nasty(name="bomb.xlsx", content=_with_part(SHEET, _sheet_xml(b"<row><c/></row>" * (4 * MB))), refused="packed to"),
    Nasty(name="book.csv", content=sheet(("a",), (1,)), refused="Give it the ending .xlsx"),
    Nasty(name="zipped.csv", content=_archive({"a.csv": b"a,b\n1,2\n"}), refused="a ZIP archive"),
    Nasty(name="bomb.csv", content=_archive({"a.csv": bytes(99 * MB)}), refused="a ZIP archive"),
    Nasty(name="letter.xlsx", content=_archive({"word/document.xml": b"<x/>"}), refused="no XLSX file"),
)  # fmt: skip


def write_bomb(path: Path, rows: int) -> None:
    """A small Parquet file of very many rows that are all the same."""
    group = pa.table({"a": pa.array([7] * (rows // 100), pa.int8())})
    with parquet.ParquetWriter(path, group.schema) as writer:
        for _ in range(100):
            writer.write_table(group)
