"""The small Markdown of text fields: paragraphs, bold, italic, lists and links, and nothing else.

Parsed by markdown-it and turned into blocks; no HTML is made or read. The larger Markdown of
notebook cells is read by `kit.report.cells`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image
from markdown_it.rules_inline.emphasis import tokenize as emphasis
from markdown_it.token import Token

from kit.report.blocks import Block, Item, List, Paragraph, Rich, Span, allowed

_BARE = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_STARS = re.compile(r"\*+")
_DEEPEST = 3  # the blocks' own limit


def rich(text: str) -> Rich:
    """One line of text with bold, italic and links.

    Line feeds are kept. `*` and `_` inside a word are literal, so `2*3*4` and `snake_case` are.

    >>> [span.text for span in rich("a **b** <i>")]
    ['a ', 'b', ' <i>']
    """
    (token,) = _FIELD.parseInline(text)
    return spans_of(token.children or [])


def small(text: str) -> tuple[Block, ...]:
    """A long text with paragraphs, bold, italic, lists and links; everything else is literal.

    A line feed in a paragraph is a line break.
    """
    tokens = _FIELD.parse(text)
    lines = text.split("\n")
    blocks: list[Block] = []
    while tokens:
        section, tokens = cut(tokens)
        if section[0].type == "paragraph_open":
            blocks.append(Paragraph(spans=spans_of(section[1].children or [])))
        elif _is_list(section):
            blocks.append(list_of(section))
        else:
            first, last = section[0].map or [0, len(lines)]
            blocks.append(Paragraph(spans=rich("\n".join(lines[first:last]).strip())))
    return tuple(blocks)


def cut(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The first block's tokens, from its opening to its closing one, and the rest."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            return tokens[: index + 1], tokens[index + 1 :]
    return tokens, []


def spans_of(tokens: list[Token]) -> Rich:
    """Inline tokens as spans; pictures are passed over."""
    spans: list[Span] = []
    style: dict[str, Any] = {"bold": 0, "italic": 0, "link": None}
    for index, token in enumerate(tokens):
        if token.type in ("strong_open", "strong_close"):
            style["bold"] += token.nesting
        elif token.type in ("em_open", "em_close"):
            style["italic"] += token.nesting
        elif token.type == "link_open":
            target = str(token.attrs["href"])
            # In the text alternative of a picture, the parser lets any target pass.
            style["link"] = target if allowed(target) else None
            if tokens[index + 1].type == "link_close":
                spans.append(_span(target, style))
        elif token.type == "link_close":
            style["link"] = None
        else:
            spans += _shown(token, style)
    return _joined(spans)


def _shown(token: Token, style: dict[str, Any]) -> list[Span]:
    if token.type == "code_inline":
        return [_span(token.content, style, code=True)]
    if token.type in ("softbreak", "hardbreak"):
        return [_span(" " if token.type == "softbreak" else "\n", style)]
    if token.type == "image" or not token.content:
        return []
    if style["link"] is not None:
        return [_span(token.content, style)]
    return _with_bare_links(token.content, style)


def _span(text: str, style: dict[str, Any], *, code: bool = False) -> Span:
    return Span(
        text=text,
        bold=style["bold"] > 0,
        italic=style["italic"] > 0,
        code=code,
        link=style["link"],
    )


def _with_bare_links(text: str, style: dict[str, Any]) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for found in _BARE.finditer(text):
        url = _without_tail(found[0])
        if not allowed(url):
            continue
        spans.append(_span(text[start : found.start()], style))
        spans.append(_span(url, {**style, "link": url}))
        start = found.start() + len(url)
    spans.append(_span(text[start:], style))
    return [span for span in spans if span.text]


def _without_tail(url: str) -> str:
    """A bare address without the punctuation of the sentence around it."""
    while url and (url[-1] in ".,;:!?'*_" or (url[-1] in ")]}" and not _balanced(url))):
        url = url[:-1]
    return url


def _balanced(url: str) -> bool:
    opening = {")": "(", "]": "[", "}": "{"}[url[-1]]
    return url.count(opening) >= url.count(url[-1])


def _joined(spans: list[Span]) -> Rich:
    """Spans in which neighbours of the same style are one."""
    joined: list[Span] = []
    for span in spans:
        if joined and _style(joined[-1]) == _style(span):
            joined.append(_span(joined.pop().text + span.text, vars(span), code=span.code))
        else:
            joined.append(span)
    return tuple(joined)


def _style(span: Span) -> tuple[object, ...]:
    return span.bold, span.italic, span.code, span.link


def list_of(tokens: list[Token]) -> List:
    """The tokens of a list as one block; an item's paragraphs become lines of it."""
    items: list[Item] = []
    lists: list[list[int | None]] = []  # for each open list, its next number; None for bullets
    for token in tokens:
        if token.type == "bullet_list_open":
            lists.append([None])
        elif token.type == "ordered_list_open":
            lists.append([int(token.attrs.get("start", 1))])
        elif token.type.endswith("_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            items.append(_item(lists))
        elif token.type in ("inline", "fence", "code_block"):
            items[-1] = _with(items[-1], token)
    return List(items=tuple(items), ordered=tokens[0].type == "ordered_list_open")


def _item(lists: list[list[int | None]]) -> Item:
    number = lists[-1][0]
    if number is not None:
        lists[-1][0] = number + 1
    return Item(spans=(), depth=min(len(lists) - 1, _DEEPEST), number=number)


def _with(item: Item, token: Token) -> Item:
    code = token.type != "inline"
    shown = Span(text=token.content.rstrip("\n"), code=True)
    more: Rich = (shown,) if code else spans_of(token.children or [])
    lead = (Span(text="\n"),) if item.spans and more else ()
    spans = _joined([*item.spans, *lead, *more])
    return Item(spans=spans, depth=item.depth, number=item.number)


def _is_list(tokens: list[Token]) -> bool:
    """Whether a list was meant: a lone dash, or dashes upon dashes, are text."""
    empty = any(
        a.type == "list_item_open" and b.type == "list_item_close" for a, b in pairwise(tokens)
    )
    return not empty and max(token.level for token in tokens) < 2 * _DEEPEST + 4


def literal_image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's
    """Keep the whole of a picture's markup as text, so that no link is read out of its middle."""
    start = state.pos
    if not image(state, silent=True):
        return False
    if not silent:
        state.pending += state.src[start : state.pos]
    return True


def whole_words(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's
    """Read `*` as markdown-it does, but not between two letters or digits."""
    before = state.src[state.pos - 1 : state.pos]
    run = _STARS.match(state.src, state.pos)
    after = state.src[run.end() : run.end() + 1] if run else ""
    if run and before.isalnum() and after.isalnum():
        if not silent:
            state.pending += run[0]
            state.pos = run.end()
        return not silent
    return emphasis(state, silent)


def parser(*rules: str) -> MarkdownIt:
    """A parser with these rules only, which keeps addresses as typed."""
    made = MarkdownIt("zero", {"maxNesting": 100}).enable([*rules])
    made.validateLink = allowed  # type: ignore[method-assign]
    made.normalizeLink = str  # type: ignore[method-assign, assignment]
    return made


def _field_parser() -> MarkdownIt:
    made = parser("list", "emphasis", "balance_pairs", "link", "image")
    made.inline.ruler.at("image", literal_image)
    made.inline.ruler.at("emphasis", whole_words)
    return made


_FIELD = _field_parser()
