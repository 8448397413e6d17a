"""Changes made to a document before it is written, whatever the format."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from kit.export.document import Document
from kit.export.glyphs import printable
from kit.report.blocks import (
    Block,
    Callout,
    Facts,
    Figure,
    Heading,
    KeyFigures,
    List,
    Method,
    Paragraph,
    Span,
    Table,
    from_json,
    text_of,
    to_json,
)
from kit.report.structure import levelled

Change = Callable[[str], str]

_NOT_TEXT = {"type", "kind", "media", "data", "align", "link", "mark"}


def prepared(document: Document) -> Document:
    """The document with consecutive heading levels, and without empty blocks and control characters."""
    return dataclasses.replace(
        document,
        title=printable(document.title),
        blocks=rewritten(levelled(_filled(document.blocks)), printable),
    )


def _filled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks without those that hold nothing, which would leave a hole on the page."""
    return tuple(block for block in blocks if not _is_empty(block))


def _is_empty(block: Block) -> bool:
    match block:
        case Heading():
            return not block.text.strip()
        case Paragraph():
            return not text_of(block.spans).strip()
        case KeyFigures():
            return not block.figures
        case Facts() | List() | Method():
            return not block.items
        case Table():
            return not block.columns
        case _:
            return False


def undrawn(figure: Figure) -> Callout:
    """What stands where a picture could not be drawn."""
    alt = (Span(text=figure.alt),)
    return Callout(kind="note", title="A picture could not be drawn here", items=(alt,))


def rewritten(blocks: tuple[Block, ...], change: Change) -> tuple[Block, ...]:
    """Blocks with every text that is shown passed through `change`; pictures stay as they are."""
    return tuple(_rewritten(block, change) for block in blocks)


def _rewritten(block: Block, change: Change) -> Block:
    if isinstance(block, Figure):
        caption = None if block.caption is None else change(block.caption)
        return dataclasses.replace(block, alt=change(block.alt), caption=caption)
    (before,) = to_json((block,))
    after = _changed(before, change)
    if after == before:  # as most are
        return block
    (made,) = from_json([after])
    return made


def _changed(value: Any, change: Change) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_changed(each, change) for each in value]
    if isinstance(value, dict):
        return {
            key: each if key in _NOT_TEXT else _changed(each, change) for key, each in value.items()
        }
    return value
