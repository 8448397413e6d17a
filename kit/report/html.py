"""Blocks as a fragment of HTML, for notebooks and as the body of the exported page.

Every text is escaped. The fragment brings its own style, in which each class starts with `fk-`;
colours come from JupyterLab's theme where there is one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from kit.report.blocks import (
    Block,
    Callout,
    Code,
    Fact,
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
)
from kit.report.structure import (
    CALLOUT_WORDS,
    EXAMPLE_NOTE,
    MARK_LETTERS,
    MARK_WORDS,
    Node,
    asked_of,
    grouped,
    runs,
    tree,
)


def to_html(blocks: tuple[Block, ...]) -> str:
    """Blocks as one `div` with its style; a heading of level 1 becomes an `h2`."""
    return f'<div class="fk-brief"><style>{style()}</style>\n{body(blocks)}</div>'


def body(blocks: tuple[Block, ...]) -> str:
    """Blocks without the style around them."""
    return "".join(_block(block) + "\n" for block in blocks)


@cache
def style() -> str:
    """The style of the fragment."""
    return Path(__file__).with_name("blocks.css").read_text(encoding="utf-8")


def _block(block: Block) -> str:
    return _WRITERS[block.type](block)


def _heading(block: Heading) -> str:
    return f"<h{block.level + 1}>{_text(block.text)}</h{block.level + 1}>"


def _paragraph(block: Paragraph) -> str:
    return f"<p>{_rich(block.spans)}</p>"


def _code(block: Code) -> str:
    return f"<pre><code>{escape(block.text)}</code></pre>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _rich(spans: Rich) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    made = _text(span.text)
    for wanted, tag in ((span.code, "code"), (span.italic, "em"), (span.bold, "strong")):
        made = f"<{tag}>{made}</{tag}>" if wanted else made
    if span.gap:
        made = f'<em class="fk-missing">{made}</em>'
    if span.link is not None:
        made = f'<a href="{escape(span.link)}" rel="noopener noreferrer">{made}</a>'
    if span.mark is not None:
        made += _mark(MARK_LETTERS[span.mark], MARK_WORDS[span.mark])
    return made


def _mark(letter: str, word: str) -> str:
    return (
        f'<sup class="fk-mark" title="{word}"><span aria-hidden="true">{letter}</span>'
        f'<span class="fk-hidden"> ({word})</span></sup>'
    )


def _title(block: Title) -> str:
    example = (
        f' <span class="fk-pill fk-example">{EXAMPLE_NOTE}</span>' if block.illustrative else ""
    )
    author = f' <span class="fk-author">{_rich(block.author)}</span>' if block.author else ""
    return (
        f'<header class="fk-title"><h1>{_text(block.title)}</h1>'
        f'<p><span class="fk-pill">{_text(block.status.capitalize())}</span>{example}{author}</p>'
        f'<dl class="fk-asked">{_answers(asked_of(block))}</dl></header>'
    )


def _statement(block: Statement) -> str:
    return (
        f'<figure class="fk-statement"><figcaption>{_text(block.label)}</figcaption>'
        f"<blockquote><p>{_rich(block.spans)}</p></blockquote></figure>"
    )


def _key_figures(block: KeyFigures) -> str:
    return f'<dl class="fk-figures">{"".join(_key_figure(each) for each in block.figures)}</dl>'


def _key_figure(figure: KeyFigure) -> str:
    note = f'<dd class="fk-aside">{_rich(figure.note)}</dd>' if figure.note else ""
    return (
        f'<div><dt>{_text(figure.label)}</dt><dd class="fk-value">{_rich(figure.value)}</dd>'
        f"{note}</div>"
    )


def _facts(block: Facts) -> str:
    return f'<dl class="fk-facts">{_answers(block.items)}</dl>'


def _answers(facts: tuple[Fact, ...]) -> str:
    return "".join(
        f"<div><dt>{_text(each.label)}</dt><dd>{_rich(each.value)}</dd></div>" for each in facts
    )


def _table(block: Table) -> str:
    caption = f"<caption>{_text(block.caption)}</caption>" if block.caption else ""
    names = "".join(
        f'<th scope="col"{_side(each.align)}>{_text(each.name)}</th>' for each in block.columns
    )
    groups = "".join(_group(block, name, rows) for name, rows in grouped(block))
    label = _text(block.caption or f"Table: {block.columns[0].name}" if block.columns else "Table")
    return (
        f'<div class="fk-scroll" role="region" aria-label="{label}" tabindex="0"><table>{caption}'
        f"<thead><tr>{names}</tr></thead>{groups}</table></div>"
    )


def _group(block: Table, name: str | None, rows: tuple[Row, ...]) -> str:
    many = len(block.columns)
    head = f'<tr><th scope="rowgroup" colspan="{many}">{_text(name)}</th></tr>' if name else ""
    return f"<tbody>{head}{''.join(_row(block, row) for row in rows)}</tbody>"


def _row(block: Table, row: Row) -> str:
    made = ""
    for index, (column, spans) in enumerate(zip(block.columns, row.cells, strict=False)):
        tag, scope = ("td", "") if index else ("th", ' scope="row"')
        made += f"<{tag}{scope}{_side(column.align)}>{_rich(spans)}</{tag}>"
    return f"<tr>{made}</tr>"


def _side(align: str) -> str:
    return ' class="fk-right"' if align == "right" else ""


def _figure(block: Figure) -> str:
    source = f"data:{block.media};base64,{''.join(block.data.split())}"
    caption = f"<figcaption>{_text(block.caption)}</figcaption>" if block.caption else ""
    return (
        f'<figure class="fk-figure"><img src="{escape(source)}" alt="{escape(block.alt)}">'
        f"{caption}</figure>"
    )


def _callout(block: Callout) -> str:
    items = [_rich(item) for item in block.items]
    if len(items) == 1:
        listed = f"<p>{items[0]}</p>"
    else:
        listed = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>" if items else ""
    return (
        f'<div class="fk-callout fk-{block.kind}" role="note"><p class="fk-head">'
        f"<strong>{CALLOUT_WORDS[block.kind]}:</strong> {_text(block.title)}</p>{listed}</div>"
    )


def _method(block: Method) -> str:
    items = "".join(f"<li>{_rich(item)}</li>" for item in block.items)
    return (
        f'<details class="fk-method"><summary>{_text(block.title)}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _whole_list(block: List) -> str:
    return _lists(tree(block))


def _lists(nodes: tuple[Node, ...] | list[Node]) -> str:
    return "".join(_list(run) for run in runs(nodes))


def _list(run: tuple[Node, ...]) -> str:
    tag = "ul" if run[0].number is None else "ol"
    items = "".join(
        f"<li{_value(node.number)}>{_rich(node.spans)}{_lists(node.children)}</li>" for node in run
    )
    return f"<{tag}>{items}</{tag}>"


def _value(number: int | None) -> str:
    return "" if number is None else f' value="{number}"'


_WRITERS: dict[str, Callable[[Any], str]] = {
    "title": _title,
    "heading": _heading,
    "paragraph": _paragraph,
    "statement": _statement,
    "key-figures": _key_figures,
    "facts": _facts,
    "table": _table,
    "figure": _figure,
    "callout": _callout,
    "method": _method,
    "list": _whole_list,
    "code": _code,
}
