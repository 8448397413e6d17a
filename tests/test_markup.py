"""The small Markdown of fields, and the larger one of added cells."""

import base64

import pytest
import samples
from pydantic import ValidationError

from kit.report.blocks import (
    Block,
    Callout,
    Code,
    Figure,
    Heading,
    List,
    Paragraph,
    Rich,
    Span,
    Statement,
    Table,
    text_of,
)
from kit.report.cells import NO_ALT, cell
from kit.report.markup import rich, small

PNG = base64.b64encode(samples.png()).decode()


def styles(spans: Rich) -> list[tuple[str, str]]:
    return [(span.text, "b" * span.bold + "i" * span.italic + "c" * span.code) for span in spans]


def told(blocks: tuple[Block, ...]) -> str:
    """The text of paragraphs and lists, a block to a line."""
    lines = []
    for block in blocks:
        items = block.items if isinstance(block, List) else (block,)
        lines += [text_of(item.spans) for item in items]  # type: ignore[union-attr]
    return "\n".join(lines)


def test_rich_bold_and_italic():
    assert styles(rich("a **b** *c* ***d*** __e__ _f_")) == [
        ("a ", ""),
        ("b", "b"),
        (" ", ""),
        ("c", "i"),
        (" ", ""),
        ("d", "bi"),
        (" ", ""),
        ("e", "b"),
        (" ", ""),
        ("f", "i"),
    ]


@pytest.mark.parametrize("text", ["2*3*4", "snake_case_name", "a*b", "5 * 3", "**", "*", "_"])
def test_rich_signs_inside_words_are_literal(text):
    assert styles(rich(text)) == [(text, "")]


@pytest.mark.parametrize("url", ["https://x.org/a_b?c=1&d=(2)#e", "http://x", "mailto:a@b.org"])
def test_rich_links_of_three_schemes(url):
    (span,) = rich(f"[text](<{url}>)")
    assert (span.text, span.link) == ("text", url)


@pytest.mark.parametrize(
    "text",
    [
        "[text](javascript:alert(1))",
        "[text](data:text/html;base64,AAAA)",
        "[text](file:///etc/passwd)",
        "[text](../other.md)",
        "[text](//host/path)",
        "![picture](javascript:alert(1))",
    ],
)
def test_rich_other_targets_are_literal(text):
    assert styles(rich(text)) == [(text, "")]
    assert all(span.link is None for span in rich(text))


def test_rich_bare_address_becomes_a_link_without_its_full_stop():
    spans = rich("see https://x.org/(a). Then")
    assert [(span.text, span.link) for span in spans] == [
        ("see ", None),
        ("https://x.org/(a)", "https://x.org/(a)"),
        (". Then", None),
    ]


def test_rich_link_without_text_shows_its_address():
    (span,) = rich("[](https://x.org)")
    assert span.text == span.link == "https://x.org"


def test_rich_keeps_line_feeds_and_empty_text():
    assert styles(rich("a\nb")) == [("a\nb", "")]
    assert rich("") == ()


@pytest.mark.parametrize("text", [each for each in samples.HOSTILE if each[:2] not in ("- ", "1.")])
def test_small_hostile_text_is_byte_exact(text):
    assert told(small(text)) == text.replace("*not bold*", "not bold").replace(
        "_not italic_", "not italic"
    )


@pytest.mark.parametrize(
    "text",
    ["# heading", "> quote", "```\ncode\n```", "a | b\n--|--\n1 | 2", "---", "a\n===", "<b>x</b>"],
)
def test_small_other_markdown_is_literal(text):
    assert small(text) == (Paragraph(spans=rich(text)),)


def test_small_paragraphs_and_line_breaks():
    assert told(small("one\ntwo\n\nthree")) == "one\ntwo\nthree"
    assert len(small("one\ntwo\n\nthree")) == 2


def test_small_nested_lists_keep_depth_and_numbers():
    (made,) = small("- a\n  - b\n    1. c\n    2. d\n- e")
    assert isinstance(made, List)
    assert [(text_of(item.spans), item.depth, item.number) for item in made.items] == [
        ("a", 0, None),
        ("b", 1, None),
        ("c", 2, 1),
        ("d", 2, 2),
        ("e", 0, None),
    ]


def test_small_list_keeps_the_number_it_starts_with():
    """`2024. A year` is a sentence to its author; nothing of it may be lost."""
    (made,) = small("2024. A year")
    assert isinstance(made, List)
    assert made.items[0].number == 2024


@pytest.mark.parametrize("text", ["-", "1.", "- - -", "- " * 40 + "x", "+"])
def test_small_lone_signs_are_text(text):
    assert told(small(text)) == text.strip()


def test_small_long_runs_of_signs_end_quickly():
    for sign in ("[", "*", "![", "`", "- ", "> ", "_a"):
        small(sign * 5000)


def test_cell_headings_start_at_the_level_and_follow_without_gaps():
    made = cell("## A\n#### B\n# C", attachments={}, level=2)
    assert [(each.text, each.level) for each in made if isinstance(each, Heading)] == [
        ("A", 2),
        ("B", 3),
        ("C", 2),
    ]


def test_cell_deep_headings_stop_at_the_fourth_level():
    made = cell("# A\n## B\n### C\n#### D\n##### E", attachments={}, level=3)
    assert [each.level for each in made if isinstance(each, Heading)] == [3, 4, 4, 4, 4]


def test_cell_table_code_quote_and_list():
    source = "| a | n |\n|---|--:|\n| **x** | 1 |\n\n```sql\nSELECT 1\n```\n\n> said\n\n1. one"
    table, code, quote, numbered = cell(source, attachments={}, level=2)
    assert isinstance(table, Table)
    assert [(column.name, column.align) for column in table.columns] == [
        ("a", "left"),
        ("n", "right"),
    ]
    assert styles(table.rows[0].cells[0]) == [("x", "b")]
    assert code == Code(text="SELECT 1")
    assert isinstance(quote, Statement)
    assert isinstance(numbered, List)
    assert numbered.ordered


def test_cell_attachment_becomes_a_figure_where_it_stands():
    source = 'before ![A chart](attachment:my%20chart.png "Caption") after'
    attachments = {"my chart.png": {"image/png": PNG}}
    before, picture, after = cell(source, attachments=attachments, level=2)
    assert isinstance(picture, Figure)
    assert (picture.alt, picture.caption, picture.data) == ("A chart", "Caption", PNG)
    assert told((before, after)) == "before \n after"


def test_cell_picture_without_alt_says_so():
    (picture,) = cell("![](attachment:a.png)", attachments={"a.png": {"image/png": PNG}}, level=2)
    assert isinstance(picture, Figure)
    assert picture.alt == NO_ALT


def test_cell_picture_in_the_text_itself():
    (picture,) = cell(f"![x](data:image/png;base64,{PNG})", attachments={}, level=2)
    assert isinstance(picture, Figure)


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/a.png",
        "../secret.png",
        "file:///etc/passwd",
        "attachment:missing.png",
        "attachment:a.gif",
        "attachment:torn.png",
    ],
)
def test_cell_picture_that_is_not_there_is_named(target):
    attachments = {"a.gif": {"image/gif": PNG}, "torn.png": {"image/png": "no base64!"}}
    (note,) = cell(f"![What it shows]({target})", attachments=attachments, level=2)
    assert isinstance(note, Callout)
    assert "What it shows" in text_of(note.items[0])
    assert target in text_of(note.items[1])


def test_cell_picture_in_a_list_follows_the_list():
    source = "- one ![A](attachment:a.png)\n- two"
    made = cell(source, attachments={"a.png": {"image/png": PNG}}, level=2)
    assert [type(each) for each in made] == [List, Figure]


def test_cell_html_and_strange_links_are_literal():
    source = '<img src="x" onerror="alert(1)"> [a](javascript:x) <b>b</b> <!-- c -->'
    (made,) = cell(source, attachments={}, level=2)
    assert told((made,)) == source
    assert all(span.link is None for span in made.spans)  # type: ignore[union-attr]


def test_cell_soft_break_is_a_space_and_hard_break_a_line():
    assert told(cell("a\nb  \nc", attachments={}, level=2)) == "a b\nc"


@pytest.mark.parametrize("link", ["https://x.org/(b)?q=%22", "HTTP://x.org", "mailto:a@x.org"])
def test_span_leads_to_the_web_and_to_mail(link):
    assert Span(text="a", link=link).link == link


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x", "//x.org"),
        *(
            "brief.pdf",
            "",
            " https://x.org",
            "https://x.org/\ud800",
            "https://x.org/\na",
            "https:x",
        ),
    ],
)
def test_span_leads_nowhere_else(link):
    with pytest.raises(ValidationError, match="not http, https or mailto"):
        Span(text="a", link=link)


def test_cell_reads_a_link_inside_the_description_of_a_picture_as_text():
    """A picture's target may be anything, and so may what stands in its description."""
    (made,) = cell("![see [this](javascript:x)](none.png)", attachments={}, level=1)
    assert made.kind == "note"
    assert "see this" in "".join(span.text for item in made.items for span in item)
