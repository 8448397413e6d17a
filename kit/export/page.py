"""A document as a standalone web page, and as Markdown."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from kit.export.document import Document
from kit.export.passes import prepared
from kit.report.blocks import Block, Heading
from kit.report.html import body, style
from kit.report.markdown import to_markdown
from kit.report.structure import EXAMPLE_NOTE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_ON_EVERY_SHEET = (
    f'@page {{ @top-right {{ content: "{EXAMPLE_NOTE}"; color: #8a4600; '
    "font: 600 8pt system-ui, sans-serif; } }\n"
)


def write_html(document: Document) -> bytes:
    """The document as one file that needs no script and no network, on screen and on paper."""
    ready = prepared(document)
    banner = f'<p class="fk-banner" role="note">{EXAMPLE_NOTE}</p>\n' if ready.example else ""
    paper = _ON_EVERY_SHEET if ready.example else ""
    title = escape(" ".join(ready.title.split()))
    head = "" if ready.head else f"<h1>{title}</h1>\n"
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style()}{_page_style()}{paper}</style>\n</head>\n<body>\n"
        f'<a class="fk-skip" href="#brief">Skip to the brief</a>\n{banner}'
        f'<main id="brief" class="fk-brief" tabindex="-1">\n{head}{body(ready.blocks)}</main>\n'
        "</body>\n</html>\n"
    )
    return page.encode()


def write_markdown(document: Document) -> bytes:
    """The document as GitHub-flavoured Markdown."""
    ready = prepared(document)
    if ready.head is not None:
        return to_markdown(ready.blocks).encode()
    note = f"> **{EXAMPLE_NOTE}**\n\n" if ready.example else ""
    # A heading of level 0 becomes `#`; blocks themselves start at 1.
    title, _, _ = to_markdown(_heading(ready.title)).partition("\n")
    return f"{title.removeprefix('#')}\n\n{note}{to_markdown(ready.blocks)}".encode()


def _heading(text: str) -> tuple[Block, ...]:
    return (Heading(text=text, level=1),)


@cache
def _page_style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")
