"""A document as the JSON that `brief.typ` reads, and the pictures beside it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kit.export.document import Document
from kit.export.widths import cut, widest_word, width, width_of
from kit.report.blocks import (
    Block,
    Callout,
    Code,
    Facts,
    Figure,
    Heading,
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
    MARK_LETTERS,
    Node,
    asked_of,
    grouped,
    runs,
    tree,
)

Json = dict[str, Any]

_RUNNING = 33  # em that the running header has for the title
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
_LONG_CELL = 600  # characters; a row with more in one cell may break across pages
_SHORT_LIST, _SHORT_LIST_LETTERS = 7, 600  # a shorter list is kept whole
_SHORT_TABLE = 12  # rows; a shorter table is kept whole if its height allows


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture of the document as a file beside the template."""

    name: str
    data: bytes
    figure: Figure


def pictures(document: Document) -> tuple[Picture, ...]:
    """The document's pictures, named by their place."""
    return tuple(
        Picture(name=file_of(index, block), data=decoded(block.data), figure=block)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Figure)
    )


def file_of(index: int, figure: Figure) -> str:
    """The name of the file that holds the picture at this place."""
    return f"picture-{index}.{_SUFFIXES[figure.media]}"


def decoded(data: str) -> bytes:
    """The bytes of a picture; none where the text is not base64."""
    try:
        return base64.b64decode(data)
    except (binascii.Error, ValueError):
        return b""


def title_of(document: Document) -> str:
    """The title as the PDF has it: on one line."""
    return " ".join(document.title.split())


def payload(document: Document) -> Json:
    """Everything the template needs to know."""
    head = document.head
    return {
        "title": title_of(document),
        "running": cut(document.title, room=_RUNNING),
        "author": text_of(head.author) if head else "",
        "kind": "AI product brief" if head else "",
        "foot": head.status.capitalize() if head else "",
        "illustrative": document.example,
        "example": EXAMPLE_NOTE,
        "callouts": CALLOUT_WORDS,
        "bare": head is None,
        "blocks": [_block(block, index) for index, block in enumerate(document.blocks)],
    }


def _block(block: Block, index: int) -> Json:
    if isinstance(block, Figure):
        caption = None if block.caption is None else _words(block.caption)
        made: Json = {"file": file_of(index, block), "alt": block.alt, "caption": caption}
    else:
        made = _WRITERS[block.type](block)
    return {"type": block.type, **made}


def _heading(block: Heading) -> Json:
    return {"text": block.text, "level": block.level}


def _paragraph(block: Paragraph) -> Json:
    return {"body": _rich(block.spans)}


def _statement(block: Statement) -> Json:
    return {"label": _words(block.label), "body": _rich(block.spans)}


def _facts(block: Facts) -> Json:
    items = [{"label": _words(each.label), "value": _rich(each.value)} for each in block.items]
    return {"items": items, "short": _is_short([each.value for each in block.items])}


def _callout(block: Callout) -> Json:
    items = [_rich(item) for item in block.items]
    return {"kind": block.kind, "title": _words(block.title), "items": items}


def _method(block: Method) -> Json:
    return {"title": _words(block.title), "items": [_rich(item) for item in block.items]}


def _list(block: List) -> Json:
    return {
        "runs": _runs(tree(block)),
        "short": _is_short([item.spans for item in block.items]),
    }


def _is_short(items: list[Rich]) -> bool:
    """Whether a list is kept whole."""
    letters = sum(len(span.text) for spans in items for span in spans)
    return len(items) < 3 or (len(items) <= _SHORT_LIST and letters <= _SHORT_LIST_LETTERS)


def _code(block: Code) -> Json:
    return {"text": block.text, "em": widest_word((Span(text=block.text, code=True),))}


def _words(text: str) -> Json:
    """A plain text with its widths, in em: of its widest word, and on one line."""
    return {"text": text, "em": widest_word((Span(text=text),)), "length": width(text)}


def _rich(spans: Rich) -> Json:
    """Spans with the same widths, and how many lines they are at least."""
    return {
        "spans": _spans(spans),
        "em": widest_word(spans),
        "length": width_of(spans),
        "lines": 1 + sum(span.text.count("\n") for span in spans),
    }


def _spans(spans: Rich) -> list[Json]:
    return [
        {
            "text": span.text,
            "bold": span.bold,
            "italic": span.italic,
            "code": span.code,
            "link": span.link,
            "mark": None if span.mark is None else MARK_LETTERS[span.mark],
            "gap": span.gap,
        }
        for span in spans
    ]


def _title(block: Title) -> Json:
    return {
        "title": _words(block.title),
        "status": block.status.capitalize(),
        "author": _rich(block.author) if block.author else None,
        "illustrative": block.illustrative,
        "asked": [{"label": each.label, "value": _rich(each.value)} for each in asked_of(block)],
    }


def _key_figures(block: KeyFigures) -> Json:
    figures = [
        {"label": _words(each.label), "value": _rich(each.value), "note": _rich(each.note)}
        for each in block.figures
    ]
    return {"figures": figures, "across": _across(len(figures))}


def _across(many: int) -> int:
    """How many to a row, so that no row holds a single one beside a full row."""
    rows = -(-many // ACROSS)
    return max(1, -(-many // max(1, rows)))


def _table(block: Table) -> Json:
    groups = grouped(block)
    return {
        "columns": [
            {"name": _words(each.name), "weight": each.weight, "align": each.align}
            for each in block.columns
        ],
        "groups": [
            {
                "name": None if name is None else _words(name),
                "rows": [_row(row, len(block.columns)) for row in rows],
            }
            for name, rows in groups
        ],
        "caption": None if block.caption is None else _words(block.caption),
        "rows": len(block.rows),
        "short": len(block.rows) <= _SHORT_TABLE,
        # A group heading directly above the glued rows would stand alone at the foot of a page.
        "glue": bool(groups) and len(groups[-1][1]) > 2,
    }


def _row(row: Row, many: int) -> Json:
    cells = [*row.cells, *[()] * many][:many]
    long = any(sum(len(span.text) for span in cell) > _LONG_CELL for cell in cells)
    return {"cells": [_rich(cell) for cell in cells], "long": long}


def _runs(nodes: tuple[Node, ...] | list[Node]) -> list[list[Json]]:
    return [[_node(node) for node in run] for run in runs(nodes)]


def _node(node: Node) -> Json:
    return {
        "body": _rich(node.spans),
        "number": node.number,
        "runs": _runs(node.children),
    }


_WRITERS: dict[str, Callable[[Any], Json]] = {
    "title": _title,
    "heading": _heading,
    "paragraph": _paragraph,
    "statement": _statement,
    "key-figures": _key_figures,
    "facts": _facts,
    "table": _table,
    "callout": _callout,
    "method": _method,
    "list": _list,
    "code": _code,
}
