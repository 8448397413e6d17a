"""The parts of a Word file that python-docx leaves to its XML, and the kit's styles."""

# ruff: noqa: SLF001  python-docx has no public way to the XML it leaves to its users

from __future__ import annotations

import io
from typing import Any, Literal

from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kit.report.blocks import Rich, Span
from kit.report.structure import MARK_LETTERS

INK = RGBColor(0x1D, 0x23, 0x29)
MUTED = RGBColor(0x56, 0x60, 0x6B)
ACCENT = RGBColor(0x0B, 0x52, 0x66)
AMBER = RGBColor(0x8A, 0x46, 0x00)
RED = RGBColor(0xA0, 0x1C, 0x24)
WASH, RULE = "F2F5F7", "D5DADE"
AFTER = Pt(10)
UNREADABLE = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    ZeroDivisionError,  # python-docx, for a picture that says it has no size
)

_WIDTH = Mm(166)
_FACE = "Calibri"

Kind = Literal["single", "dashed"]


def dress(file: File) -> None:
    """Give a new file its page, its colours and the styles whose names start with `Kit`."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    _base(file)
    _style(file, "Kit Label", size=9, paint=MUTED, bold=True, after=1, follows=True)
    _style(file, "Kit Statement", size=13, after=10)
    _style(file, "Kit Figure", size=18, paint=ACCENT, bold=True, after=1)
    _style(file, "Kit Note", size=9, paint=MUTED, after=2)
    _style(file, "Kit Callout", after=2)
    _style(file, "Kit Gap", size=4, after=2)
    _style(file, "Kit Code", size=9, face="Consolas", after=10)
    fact = _style(file, "Kit Fact", after=2).paragraph_format
    fact.left_indent, fact.first_line_indent = Mm(46), Mm(-46)
    fact.tab_stops.add_tab_stop(Mm(46))
    _table_style(file)


def _base(file: File) -> None:
    sizes = {"Title": 26, "Heading 1": 16, "Heading 2": 12, "Heading 3": 11, "Heading 4": 10.5}
    for name, size in {"Normal": 10.5, "Subtitle": 10, "Caption": 9.5, **sizes}.items():
        style = _paragraph_style(file, name)
        _face(style, _FACE)
        style.font.size = Pt(size)
        style.font.color.rgb = ACCENT if name == "Heading 1" else INK
        style.font.bold = name not in ("Normal", "Subtitle")
        style.font.italic = False
    _paragraph_style(file, "Normal").paragraph_format.space_after = Pt(6)
    _paragraph_style(file, "Caption").paragraph_format.keep_with_next = True
    _paragraph_style(file, "Subtitle").font.color.rgb = MUTED
    _no_rule_below(_paragraph_style(file, "Title"))


def _paragraph_style(file: File, name: str) -> ParagraphStyle:
    style = file.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"expected {name!r} to be a paragraph style, found {style!r}")
    return style


def _style(
    file: File,
    name: str,
    *,
    size: float = 10.5,
    paint: RGBColor = INK,
    bold: bool = False,
    face: str = _FACE,
    after: float,
    follows: bool = False,
) -> ParagraphStyle:
    file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = _paragraph_style(file, name)
    style.base_style = file.styles["Normal"]
    _face(style, face)
    style.font.size, style.font.color.rgb, style.font.bold = Pt(size), paint, bold
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.keep_with_next = follows
    return style


def _face(style: ParagraphStyle, face: str) -> None:
    style.font.name = face
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _no_rule_below(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for found in properties.findall(qn("w:pBdr")):
        properties.remove(found)


def _table_style(file: File) -> None:
    style = file.styles.add_style("Kit Table", WD_STYLE_TYPE.TABLE)
    style.base_style = file.styles["Normal Table"]
    properties = _element("w:tblPr")
    borders = _element("w:tblBorders")
    for side in ("top", "insideH", "bottom"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=RULE))
    properties.append(borders)
    style.element.append(properties)
    header = _element("w:tblStylePr", type="firstRow")
    run = _element("w:rPr")
    run.append(_element("w:b"))
    run.append(_element("w:color", val=str(MUTED)))
    header.append(run)
    style.element.append(header)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def furnish(file: File, *, header: str, footer: str) -> None:
    """Write the running header, and a footer with the page's number."""
    section = file.sections[0]
    top = section.header.paragraphs[0]
    top.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    note = top.add_run(header)
    note.bold, note.font.size, note.font.color.rgb = True, Pt(9), AMBER
    bottom = section.footer.paragraphs[0]
    bottom.paragraph_format.tab_stops.clear_all()
    for text, field in ((f"{footer}  ·  ", ""), ("", "PAGE"), (" of ", ""), ("", "NUMPAGES")):
        run = bottom.add_run(text)
        run.font.size, run.font.color.rgb = Pt(9), MUTED
        if field:
            _field(run, field)


def _field(run: Run, name: str) -> None:
    for kind in ("begin", "separate", "end"):
        run._r.append(_element("w:fldChar", fldCharType=kind))
        if kind == "begin":
            code = _element("w:instrText")
            code.text = f" {name} "
            run._r.append(code)
        if kind == "separate":
            shown = _element("w:t")
            shown.text = "1"
            run._r.append(shown)


def fill(line: Paragraph, spans: Rich) -> None:
    """Add spans to a paragraph; a line feed becomes a line break."""
    for span in spans:
        if span.link is not None:
            _linked(line, span)
        else:
            _dressed(line.add_run(span.text), span)
        if span.mark is not None:
            mark = line.add_run(f"\u202f{MARK_LETTERS[span.mark]}")
            mark.font.superscript, mark.font.color.rgb = True, ACCENT


def _dressed(run: Run, span: Span) -> None:
    run.bold = True if span.bold else None
    run.italic = True if span.italic or span.gap else None
    if span.gap:
        run.font.color.rgb, run.font.underline = AMBER, True
    if span.code:
        run.font.name = "Consolas"


def _linked(line: Paragraph, span: Span) -> None:
    made = line.part.relate_to(span.link or "", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), made)
    run = line.add_run(span.text)
    _dressed(run, span)
    run.font.color.rgb, run.font.underline = ACCENT, True
    link.append(run._r)
    line._p.append(link)


def border(line: Paragraph, *, sides: tuple[str, ...], paint: RGBColor, kind: Kind) -> None:
    """Draw lines beside a paragraph; neighbours with the same ones share a box."""
    borders = _element("w:pBdr")
    for side in sides:
        size = "18" if sides == ("left",) else "8"
        borders.append(_element(f"w:{side}", val=kind, sz=size, space="6", color=str(paint)))
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    line.paragraph_format.left_indent = Pt(8)
    if len(sides) > 1:
        line.paragraph_format.right_indent = Pt(8)


def lay_out(table: Table, weights: list[float], sides: list[str]) -> None:
    """Share the page's width out to the columns, and set their text left or right."""
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    widths = [Length(int(_WIDTH * weight / sum(weights))) for weight in weights]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        whole(row)
        cells = list(row.cells)
        merged = len({id(cell._tc) for cell in cells}) < len(cells)
        for cell, width, side in zip(cells, widths, sides, strict=True):
            _set(cell, right=side == "right" and not merged)
            if not merged:
                cell.width = width


def _set(cell: _Cell, *, right: bool) -> None:
    for line in cell.paragraphs:
        line.paragraph_format.space_after = Pt(2)
        if right:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def whole(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def repeated(row: _Row) -> None:
    """Make a row the header on every page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def shade(cell: _Cell) -> None:
    """Give a group's heading its ground."""
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=WASH))


def picture(file: File, data: bytes, *, alt: str, widest: Length, tallest: Length) -> None:
    """Add a picture with its text alternative, no larger than it is and the page allows."""
    shape = file.add_picture(io.BytesIO(data))
    scale = min(1.0, widest / shape.width, tallest / shape.height)
    shape.width, shape.height = Length(int(shape.width * scale)), Length(int(shape.height * scale))
    shape._inline.docPr.set("descr", alt)


def new_numbering(file: File, style: str, *, start: int) -> int:
    """A numbering of its own for one list of a style, from `start`."""
    definitions = file.part.numbering_part.element
    used = _paragraph_style(file, style).element.pPr.numPr.numId.val
    like = definitions.num_having_numId(used)
    made = definitions.add_num(like.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)


def number(line: Paragraph, numbering: int) -> None:
    """Let a paragraph count in this numbering."""
    properties = line._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering
