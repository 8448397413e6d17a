"""Markdown cells that a person added to a notebook, as blocks.

Pictures come from the cell's attachments or from data in the text itself; nothing is fetched.
Raw HTML is literal text.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Mapping
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

from kit.report.blocks import (
    MEDIA,
    Block,
    Callout,
    Code,
    Column,
    Figure,
    Heading,
    Paragraph,
    Rich,
    Row,
    Span,
    Statement,
    Table,
    allowed,
    text_of,
)
from kit.report.markup import cut, list_of, parser, spans_of
from kit.report.structure import DEEPEST, levelled

Attachments = Mapping[str, Mapping[str, str]]

NO_ALT = "Picture without a description"

_WIDEST = 40  # characters beyond which a column of a table gets no wider
_DATA = re.compile(r"data:(?P<media>[\w/+.-]+);base64,(?P<data>.*)", re.DOTALL)
_ALIGNED_RIGHT = "text-align:right"


def cell(source: str, *, attachments: Attachments, level: int) -> tuple[Block, ...]:
    """The blocks of a Markdown cell, its highest heading being of `level`.

    Parameters
    ----------
    source
        The cell's Markdown.
    attachments
        The cell's own: file name to media type to base64.
    level
        Where the cell's headings start, 1 to 4; lower ones follow without a gap.
    """
    reader = _Reader(attachments)
    return levelled(reader.blocks(reader.parser.parse(source)), start=level)


class _Reader:
    """Turns the tokens of one cell into blocks."""

    def __init__(self, attachments: Attachments) -> None:
        self.attachments = attachments
        self.any_target = False  # while a picture is read, whose target may be anything
        self.parser = self._parser()

    def _parser(self) -> MarkdownIt:
        made = parser(
            *("heading", "lheading", "list", "fence", "code", "table", "blockquote", "hr"),
            *("reference", "emphasis", "balance_pairs", "link", "image", "backticks", "escape"),
            *("entity", "newline", "autolink"),
        )
        made.validateLink = lambda url: self.any_target or allowed(url)  # type: ignore[method-assign]
        made.inline.ruler.at("image", self._image)
        return made

    def _image(self, state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's
        before, self.any_target = self.any_target, True
        try:
            return image(state, silent)
        finally:
            self.any_target = before

    def blocks(self, tokens: list[Token]) -> list[Block]:
        """Blocks of these tokens, one after the other."""
        made: list[Block] = []
        while tokens:
            section, tokens = cut(tokens)
            made += self._block(section)
        return made

    def _block(self, tokens: list[Token]) -> list[Block]:
        kind = tokens[0].type
        if kind == "paragraph_open":
            return self._paragraph(tokens[1].children or [])
        if kind in ("fence", "code_block"):
            return [Code(text=tokens[0].content.rstrip("\n"))]
        if kind == "blockquote_open":
            return self._quote(tokens[1:-1])
        if kind == "hr":
            return []
        return [*self._with_text(kind, tokens), *self._pictures(tokens)]

    def _with_text(self, kind: str, tokens: list[Token]) -> list[Block]:
        if kind == "heading_open":
            depth = min(int(tokens[0].tag[1:]), DEEPEST)
            return [Heading(text=text_of(spans_of(tokens[1].children or [])), level=depth)]
        if kind == "table_open":
            return [_table(tokens)]
        return [list_of(tokens)]

    def _paragraph(self, children: list[Token]) -> list[Block]:
        """A paragraph, broken where a picture stands in it."""
        made: list[Block] = []
        start = 0
        for index, token in enumerate(children):
            if token.type == "image":
                made += [*_text(children[start:index]), self._picture(token)]
                start = index + 1
        return [*made, *_text(children[start:])]

    def _pictures(self, tokens: list[Token]) -> list[Block]:
        """Pictures inside a heading, a list or a table, which come after it."""
        inside = [child for token in tokens for child in token.children or []]
        return [self._picture(child) for child in inside if child.type == "image"]

    def _quote(self, tokens: list[Token]) -> list[Block]:
        blocks = self.blocks(tokens)
        return [
            Statement(label="Quote", spans=block.spans) if isinstance(block, Paragraph) else block
            for block in blocks
        ]

    def _picture(self, token: Token) -> Block:
        target = str(token.attrs.get("src", ""))
        alt = text_of(spans_of(token.children or [])).strip() or NO_ALT
        caption = str(token.attrs.get("title", "")) or None
        found = self._found(target)
        for media in MEDIA:
            data = found.get(media, "")
            if _is_base64(data):
                return Figure(media=media, data=data, alt=alt, caption=caption)
        return _left_out(target, alt)

    def _found(self, target: str) -> Mapping[str, str]:
        """What the notebook itself holds for a target, by media type."""
        inline = _DATA.fullmatch(target)
        if inline:
            return {inline["media"]: inline["data"]}
        scheme, _, name = target.partition(":")
        if scheme.lower() != "attachment":
            return {}
        return self.attachments.get(name) or self.attachments.get(unquote(name)) or {}


def _text(tokens: list[Token]) -> list[Block]:
    breaks = ("softbreak", "hardbreak")
    while tokens and tokens[0].type in breaks:
        tokens = tokens[1:]
    while tokens and tokens[-1].type in breaks:
        tokens = tokens[:-1]
    spans = spans_of(tokens)
    return [Paragraph(spans=spans)] if text_of(spans).strip() else []


def _is_base64(data: str) -> bool:
    try:
        return bool(base64.b64decode("".join(data.split()), validate=True))
    except (binascii.Error, ValueError):
        return False


def _left_out(target: str, alt: str) -> Callout:
    shown = target if len(target) < 200 else target[:200] + "…"
    return Callout(
        kind="note",
        title="A picture is not included",
        items=(
            (Span(text=alt),),
            (Span(text="It is at "), Span(text=shown, code=True), Span(text=". " + _REMEDY)),
        ),
    )


_REMEDY = "Add it to the cell as a PNG, JPEG or SVG attachment."


def _table(tokens: list[Token]) -> Table:
    rows: list[list[Rich]] = []
    aligned: list[bool] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            aligned.append(token.attrs.get("style") == _ALIGNED_RIGHT)
        elif token.type == "inline":
            rows[-1].append(spans_of(token.children or []))
    head, *body = rows
    columns = tuple(
        Column(
            name=text_of(name),
            weight=_weight([row[index] for row in rows]),
            align="right" if right else "left",
        )
        for index, (name, right) in enumerate(zip(head, aligned, strict=True))
    )
    return Table(columns=columns, rows=tuple(Row(cells=tuple(row)) for row in body))


def _weight(cells: list[Rich]) -> float:
    longest = max(len(text_of(spans)) for spans in cells)
    return round(math.pow(min(longest, _WIDEST) + 6, 0.7), 2)
