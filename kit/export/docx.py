"""A document as a Word file with real headings, lists and table headers."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document as File
from docx.shared import Mm, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from kit.export import word
from kit.export.document import Document
from kit.export.passes import prepared, undrawn
from kit.export.payload import decoded
from kit.export.typeset import DiedError, RefusedError, Typesetter
from kit.report.blocks import (
    Block,
    Callout,
    Code,
    Facts,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    List,
    Method,
    Paragraph,
    Rich,
    Row,
    Span,
    Statement,
    Table,
    Title,
    text_of,
)
from kit.report.structure import (
    ACROSS,
    CALLOUT_WORDS,
    EXAMPLE_NOTE,
    Node,
    asked_of,
    grouped,
    runs,
    tree,
)

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LEVELS = 3  # depths of the built-in list styles
_CALLOUTS: dict[str, tuple[RGBColor, word.Kind]] = {
    "gap": (word.AMBER, "dashed"),
    "problem": (word.RED, "single"),
    "decision": (word.ACCENT, "single"),
    "note": (word.MUTED, "single"),
}
_SVG = (
    '#set page(width: auto, height: auto, margin: 0pt)\n#set document(title: "Picture")\n'
    '#image("picture.svg", alt: "Picture")\n'
)


def write_docx(document: Document, *, typesetter: Typesetter | None = None) -> bytes:
    """The document as a Word file; the same document gives the same bytes.

    A picture that cannot be drawn is replaced by a visible note. `typesetter` turns SVG pictures
    into PNG; one is started where it is needed and none is given.
    """
    if typesetter is None:
        with Typesetter() as own:
            return write_docx(document, typesetter=own)
    ready = prepared(document)
    writer = _Writer(ready, typesetter)
    writer.write()
    return _fixed_dates(writer.file)


class _Writer:
    """Adds one block after the other to a new file."""

    def __init__(self, document: Document, typesetter: Typesetter) -> None:
        self.document = document
        self.typesetter = typesetter
        self.file: File = docx.Document()
        word.dress(self.file)

    def write(self) -> None:
        """Write the properties, the header and footer, and every block."""
        self._properties()
        word.furnish(
            self.file,
            header=EXAMPLE_NOTE if self.document.example else "",
            footer=" ".join(self.document.title.split()),
        )
        if self.document.head is None:
            self.file.add_paragraph(self.document.title, style="Title")
        for block in self.document.blocks:
            self._block(block)

    def _properties(self) -> None:
        head, core = self.document.head, self.file.core_properties
        core.title = " ".join(self.document.title.split())[:255]
        core.author = (text_of(head.author) if head else "")[:255]
        core.last_modified_by, core.comments, core.language = "", "", "en"
        core.created = core.modified = _EPOCH
        core.revision = 1

    def _block(self, block: Block) -> None:
        writers: dict[str, Callable[[Any], None]] = {
            "title": self._title,
            "heading": self._heading,
            "paragraph": self._paragraph,
            "statement": self._statement,
            "key-figures": self._key_figures,
            "facts": self._facts,
            "table": self._table,
            "figure": self._figure,
            "callout": self._callout,
            "method": self._method,
            "list": self._list,
            "code": self._code,
        }
        writers[block.type](block)

    def _heading(self, block: Heading) -> None:
        self.file.add_heading(block.text, level=block.level)

    def _paragraph(self, block: Paragraph) -> None:
        word.fill(self.file.add_paragraph(), block.spans)

    def _facts(self, block: Facts) -> None:
        for fact in block.items:
            self._fact(fact.label, fact.value)

    def _list(self, block: List) -> None:
        self._lists(tree(block), depth=1)

    def _code(self, block: Code) -> None:
        self.file.add_paragraph(block.text, style="Kit Code")

    def _title(self, block: Title) -> None:
        self.file.add_paragraph(block.title, style="Title")
        line = self.file.add_paragraph(block.status.capitalize(), style="Subtitle")
        example = (Span(text=EXAMPLE_NOTE),) if block.illustrative else ()
        for part in filter(None, (block.author, example)):
            word.fill(line, (Span(text=" · "), *part))
        for fact in asked_of(block):
            self._fact(fact.label, fact.value)

    def _fact(self, label: str, value: Rich) -> None:
        line = self.file.add_paragraph(style="Kit Fact")
        line.add_run(f"{label}\t").font.color.rgb = word.MUTED
        word.fill(line, value)

    def _statement(self, block: Statement) -> None:
        label = self.file.add_paragraph(block.label, style="Kit Label")
        body = self.file.add_paragraph(style="Kit Statement")
        word.fill(body, block.spans)
        for line in (label, body):
            word.border(line, sides=("left",), paint=word.ACCENT, kind="single")

    def _key_figures(self, block: KeyFigures) -> None:
        for start in range(0, len(block.figures), ACROSS):
            self._row_of_figures(block.figures[start : start + ACROSS])

    def _row_of_figures(self, figures: tuple[KeyFigure, ...]) -> None:
        table = self.file.add_table(rows=1, cols=len(figures))
        for cell, each in zip(table.rows[0].cells, figures, strict=True):
            label, value = cell.paragraphs[0], cell.add_paragraph(style="Kit Figure")
            label.style = "Kit Label"
            label.add_run(each.label)
            word.fill(value, each.value)
            if each.note:
                word.fill(cell.add_paragraph(style="Kit Note"), each.note)
        word.whole(table.rows[0])
        self._gap()

    def _gap(self) -> None:
        """Room after a table, which has none of its own."""
        self.file.add_paragraph(style="Kit Gap")

    def _table(self, block: Table) -> None:
        if not block.columns:
            return
        if block.caption:
            self.file.add_paragraph(block.caption, style="Caption")
        table = self.file.add_table(rows=1, cols=len(block.columns), style="Kit Table")
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            cell.paragraphs[0].add_run(column.name)
        word.repeated(table.rows[0])
        for name, rows in grouped(block):
            if name is not None:
                cells = table.add_row().cells
                group = cells[0].merge(cells[-1])
                group.paragraphs[0].add_run(name).bold = True
                word.shade(group)
            for row in rows:
                _fill_row(list(table.add_row().cells), row)
        weights = [column.weight for column in block.columns]
        word.lay_out(table, weights, [column.align for column in block.columns])
        self._gap()

    def _figure(self, block: Figure) -> None:
        try:
            self._picture(block)
        except (RefusedError, DiedError, *word.UNREADABLE):
            self._callout(undrawn(block))
        else:
            if block.caption:
                self.file.add_paragraph(block.caption, style="Caption")

    def _picture(self, block: Figure) -> None:
        data = decoded(block.data)
        if block.media == "image/svg+xml":
            files = {"picture.svg": data, "picture.typ": _SVG.encode()}
            data = self.typesetter.set(files, main="picture.typ", to="png")
        word.picture(self.file, data, alt=block.alt, widest=Mm(166), tallest=Mm(190))

    def _callout(self, block: Callout) -> None:
        paint, kind = _CALLOUTS[block.kind]
        head = self.file.add_paragraph(style="Kit Callout")
        lead = head.add_run(f"{CALLOUT_WORDS[block.kind]}: ")
        lead.bold, lead.font.color.rgb = True, paint
        head.add_run(block.title).bold = True
        lines: list[Line] = [head]
        for item in block.items:
            line = self.file.add_paragraph(style="Kit Callout")
            word.fill(line, item if len(block.items) == 1 else (Span(text="– "), *item))
            lines.append(line)
        for line in lines:
            word.border(line, sides=("top", "left", "bottom", "right"), paint=paint, kind=kind)
            line.paragraph_format.keep_with_next = line is not lines[-1]
        lines[-1].paragraph_format.space_after = word.AFTER

    def _method(self, block: Method) -> None:
        head = self.file.add_paragraph(style="Kit Note")
        head.add_run(block.title).bold = True
        head.paragraph_format.keep_with_next = True
        line = head
        for item in block.items:
            line = self.file.add_paragraph(style="Kit Note")
            word.fill(line, item)
        line.paragraph_format.space_after = word.AFTER

    def _lists(self, nodes: tuple[Node, ...] | list[Node], *, depth: int) -> None:
        level = f" {min(depth, _LEVELS)}" if depth > 1 else ""
        for run in runs(nodes):
            kind = "List Bullet" if run[0].number is None else "List Number"
            numbering, following = 0, None
            for node in run:
                line = self.file.add_paragraph(style=kind + level)
                if node.number is not None:
                    if node.number != following:
                        numbering = word.new_numbering(self.file, kind + level, start=node.number)
                    following = node.number + 1
                    word.number(line, numbering)
                word.fill(line, node.spans)
                self._lists(node.children, depth=depth + 1)


def _fill_row(cells: list[_Cell], row: Row) -> None:
    for cell, spans in zip(cells, row.cells, strict=False):
        word.fill(cell.paragraphs[0], spans)


def _fixed_dates(file: File) -> bytes:
    """The file's bytes, with the one date in every entry of the archive."""
    written, fixed = io.BytesIO(), io.BytesIO()
    file.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for entry in source.infolist():
            made = zipfile.ZipInfo(entry.filename, date_time=_ZIP_DATE)
            made.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(made, source.read(entry))
    return fixed.getvalue()
