"""Blocks as GitHub-flavoured Markdown, for diffs and for readers without a browser.

Every text is escaped, so that none of it becomes markup. Pictures are told by their text
alternative; the other formats show them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

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

_ANYWHERE = re.compile(r"[\\`*\[\]<~$|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_AT_START = re.compile(
    r"^\s*(?:(>|#{1,6}(?=\s|$)|[-+](?=\s|$)|--|=+(?=\s*$))|(\d{1,9})([.)])(?=\s|$))"
)
_AT_END = re.compile(r"(#+\s*)$")
_BREAK = "\\\n"
_APART = "<!-- -->"  # keeps two lists from becoming one


def to_markdown(blocks: tuple[Block, ...]) -> str:
    """Blocks with a blank line between them; a heading of level 1 becomes `##`."""
    parts: list[str] = []
    listed = False
    for block in blocks:
        made = _block(block)
        follows = isinstance(block, List | Facts)
        if made:
            parts += [_APART, made] if listed and follows else [made]
            listed = follows or isinstance(block, Method)
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    return _WRITERS[block.type](block)


def _heading(block: Heading) -> str:
    return f"{'#' * (block.level + 1)} {_named(block.text)}"


def _paragraph(block: Paragraph) -> str:
    return _rich(block.spans)


def _statement(block: Statement) -> str:
    return _quoted(f"**{_plain(block.label)}**", _rich(block.spans))


def _facts(block: Facts) -> str:
    return "\n".join(_labelled(each.label, _rich(each.value)) for each in block.items)


def _whole_list(block: List) -> str:
    return _lists(tree(block))


def _escaped(text: str) -> str:
    return _ANYWHERE.sub(lambda found: "\\" + found[0], text)


def _line(text: str) -> str:
    """A line whose beginning is no list, heading, quote or rule; its text is escaped already."""
    return _AT_START.sub(_disarmed, text)


def _disarmed(found: re.Match[str]) -> str:
    sign, number, dot = found[1], found[2], found[3]
    lead = found[0][: len(found[0]) - len(found[0].lstrip())]
    return lead + ("\\" + sign if sign else f"{number}\\{dot}")


def _plain(text: str) -> str:
    """A text on one line."""
    return _escaped(" ".join(text.split()))


def _named(text: str) -> str:
    """The text of a heading, whose end is no row of hashes."""
    return _AT_END.sub(lambda found: "\\" + found[1], _plain(text))


def _rich(spans: Rich, line_break: str = _BREAK) -> str:
    """Spans as lines, each safe at its beginning."""
    whole = "".join(_between(spans, index) for index in range(len(spans)))
    lines = [_line(line).strip() for line in whole.split("\n")]
    return line_break.join(lines).strip()


def _between(spans: Rich, index: int) -> str:
    """A span, which needs tags for its style where a letter touches it."""
    text = spans[index].text
    before = spans[index - 1].text[-1:] if index else ""
    after = spans[index + 1].text[:1] if index + 1 < len(spans) else ""
    touched_before = before.isalnum() and not text[:1].isspace()
    touched_after = after.isalnum() and not text[-1:].isspace()
    return _span(spans[index], touched=touched_before or touched_after)


def _span(span: Span, *, touched: bool) -> str:
    made = _code_span(span.text) if span.code else _escaped(span.text)
    if span.bold:
        made = _styled(made, "<strong>" if touched else "**")
    if span.italic or span.gap:
        made = _styled(made, "<em>" if touched else "*")
    if span.link is not None:
        made = f"[{made}](<{_address(span.link)}>)"
    return made if span.mark is None else f"{made}<sup>{MARK_LETTERS[span.mark]}</sup>"


def _styled(text: str, sign: str) -> str:
    """Text between two signs, line by line, with the space around it kept outside."""
    closing = sign.replace("<", "</")
    return "\n".join(
        re.sub(r"^(\s*)(.*?)(\s*)$", rf"\1{sign}\2{closing}\3", line) if line.strip() else line
        for line in text.split("\n")
    )


def _code_span(text: str) -> str:
    text = " ".join(text.split("\n"))
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text.strip() else text


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _address(url: str) -> str:
    return url.replace("\\", "%5C")


def _title(block: Title) -> str:
    facts = [
        _labelled("Status", _plain(block.status.capitalize())),
        *([_labelled("Author", _rich(block.author))] if block.author else []),
        *(_labelled(each.label, _rich(each.value)) for each in asked_of(block)),
    ]
    example = f"\n\n> **{EXAMPLE_NOTE}**" if block.illustrative else ""
    return f"# {_named(block.title)}{example}\n\n" + "\n".join(facts)


def _labelled(label: str, value: str) -> str:
    return f"- **{_plain(label)}:** {_indented(value, 2)}"


def _indented(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width)


def _quoted(*parts: str) -> str:
    lines = "\n\n".join(part for part in parts if part).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _key_figures(block: KeyFigures) -> str:
    starts = range(0, len(block.figures), ACROSS)
    rows = [block.figures[start : start + ACROSS] for start in starts]
    return "\n\n".join(_figure_table(row) for row in rows)


def _figure_table(figures: tuple[KeyFigure, ...]) -> str:
    rows = [
        [_plain(each.label) for each in figures],
        ["---"] * len(figures),
        [_cell(each.value) for each in figures],
        [_cell(each.note) for each in figures],
    ]
    return "\n".join(_cells(row) for row in rows if any(row))


def _table(block: Table) -> str:
    if not block.columns:
        return ""
    names = _cells([_plain(column.name) for column in block.columns])
    rule = _cells(["--:" if column.align == "right" else "---" for column in block.columns])
    rows = [
        line for name, rows in grouped(block) for line in _group(name, rows, len(block.columns))
    ]
    caption = f"**{_plain(block.caption)}**\n\n" if block.caption else ""
    return caption + "\n".join([names, rule, *rows])


def _group(name: str | None, rows: tuple[Row, ...], many: int) -> list[str]:
    head = [_cells([f"**{_plain(name)}**", *[""] * (many - 1)])] if name else []
    return [*head, *(_cells([_cell(spans) for spans in row.cells][:many]) for row in rows)]


def _cell(spans: Rich) -> str:
    made = "".join(_in_cell(spans, index) for index in range(len(spans)))
    return "<br>".join(line.strip() for line in made.split("\n"))


def _in_cell(spans: Rich, index: int) -> str:
    """A span in a table, where a bar ends the cell even inside code."""
    made = _between(spans, index)
    return made.replace("|", "\\|") if spans[index].code else made


def _cells(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _figure(block: Figure) -> str:
    caption = f" {_plain(block.caption)}" if block.caption else ""
    return f"**Figure:**{caption} ({_plain(block.alt)})"


def _callout(block: Callout) -> str:
    head = f"**{CALLOUT_WORDS[block.kind]}: {_plain(block.title)}**"
    items = [_rich(item) for item in block.items]
    if len(items) == 1:
        return _quoted(head, items[0])
    return _quoted(head, "\n".join(f"- {_indented(item, 2)}" for item in items))


def _method(block: Method) -> str:
    items = "\n".join(f"- {_indented(_rich(item), 2)}" for item in block.items)
    title = _plain(block.title)
    return f"*{title}*\n\n{items}" if title else items


def _lists(nodes: tuple[Node, ...] | list[Node]) -> str:
    """Runs of items one below the other."""
    return "\n".join("\n".join(_item(node) for node in run) for run in runs(nodes))


def _item(node: Node) -> str:
    sign = "-" if node.number is None else f"{node.number}."
    width = len(sign) + 1
    below = f"\n{_lists(node.children)}" if node.children else ""
    return f"{sign} {_indented(_rich(node.spans) + below, width)}"


def _code(block: Code) -> str:
    fence = "`" * max(3, _longest_run(block.text) + 1)
    return f"{fence}\n{block.text}\n{fence}"


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
