"""XLSX files written part by part, as no spreadsheet would write them."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = ("title", "goal.statement")

Relation = tuple[str, str, str]  # kind, target, and "External" or nothing


def xlsx(
    path: Path,
    rows: Sequence[Sequence[str]] = (HEAD, ("Plain", "Words")),
    *,
    sheet: str = "",
    start: str = "",
    shared: str = "",
    more: Mapping[str, str | bytes] | None = None,
    relations: Sequence[Relation] = (),
) -> Path:
    """A workbook of one sheet with `rows`, or with the XML `sheet`; `start` stands before the sheet's XML."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml", "")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Ideas" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [
                ("worksheet", "worksheets/sheet1.xml", ""),
                ("sharedStrings", "sharedStrings.xml", ""),
                *relations,
            ]
        ),
        "xl/sharedStrings.xml": shared or f'<sst xmlns="{MAIN}"><si><t>Shared</t></si></sst>',
        "xl/worksheets/sheet1.xml": start + (sheet or sheet_of("".join(map(_row, rows)))),
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def sheet_of(rows: str, after: str = "") -> str:
    """A sheet with rows in XML, and what follows them."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def row_of(*cells: str) -> str:
    """A row of cells in XML."""
    return f"<row>{''.join(cells)}</row>"


def text(value: str) -> str:
    """A cell that holds a text."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def formula(code: str, result: str = "") -> str:
    """A cell that holds a formula, and what it came to when it was last computed."""
    shown = f"<v>{escape(result)}</v>" if result else ""
    return f'<c t="str"><f>{escape(code)}</f>{shown}</c>'


def bomb(parts: int) -> dict[str, bytes]:
    """Parts of nothing that unpack to 24 MB each."""
    return {f"xl/media/part{at}.bin": b"\0" * (24 << 20) for at in range(parts)}


def _row(cells: Sequence[str]) -> str:
    return row_of(*map(text, cells))


def _types() -> str:
    parts = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for name, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("sharedStrings", "sharedStrings"),
        )
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relations(relations: Sequence[Relation]) -> str:
    made = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}{_mode(mode)}/>'
        for at, (kind, target, mode) in enumerate(relations, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'


def _mode(mode: str) -> str:
    return f' TargetMode="{mode}"' if mode else ""
