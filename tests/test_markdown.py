"""Markdown, read back with a Markdown parser."""

import pytest
import samples
from afresh import afresh
from markdown_it import MarkdownIt

from kit.export.document import Document
from kit.export.page import write_markdown
from kit.report.blocks import Code, Facts, Heading, Item, List, Method, Paragraph, Row, Span, Table
from kit.report.markdown import to_markdown
from kit.report.structure import EXAMPLE_NOTE

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def inline(markdown):
    """Inline tokens of the text, one after the other."""
    return [child for token in PARSER.parse(markdown) for child in token.children or []]


def text_of(markdown):
    lines = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(lines.get(token.type, token.content) for token in inline(markdown))


def kinds(markdown):
    return [token.type for token in PARSER.parse(markdown)]


def collapsed(text):
    return " ".join(text.split())


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_to_markdown_hostile_paragraph_is_only_text(text):
    made = to_markdown((Paragraph(spans=samples.text(text)),))
    assert kinds(made) == ["paragraph_open", "inline", "paragraph_close"]
    assert text_of(made) == text
    assert {token.type for token in inline(made)} <= {"text"}


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_to_markdown_hostile_cell_is_only_text(text):
    table = samples.table([samples.Column(name=text), samples.Column(name="b")], [[text, text]])
    made = to_markdown((table,))
    cells = [token for token in PARSER.parse(made) if token.type == "inline"]
    assert ["".join(child.content for child in cell.children) for cell in cells] == [
        collapsed(text),
        "b",
        text,
        text,
    ]


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_to_markdown_hostile_heading_and_item(text):
    made = to_markdown(
        (Heading(text=text + " #", level=1), List(items=(Item(spans=samples.text(text)),)))
    )
    texts = [token for token in PARSER.parse(made) if token.type == "inline"]
    shown = ["".join(child.content for child in each.children) for each in texts]
    assert shown == [collapsed(text) + " #", text]
    assert kinds(made)[:3] == ["heading_open", "inline", "heading_close"]


def test_to_markdown_line_feeds_cannot_start_a_block():
    text = "a\n- b\n# c\n1. d\n> e\n---\n=== \n```\n    f"
    made = to_markdown((Paragraph(spans=samples.text(text)),))
    assert kinds(made) == ["paragraph_open", "inline", "paragraph_close"]
    assert [line.strip() for line in text_of(made).split("\n")] == [
        line.strip() for line in text.split("\n")
    ]


def test_to_markdown_bold_beside_a_letter_stays_bold():
    spans = (Span(text="un"), Span(text="5%", bold=True), Span(text="of it"))
    made = to_markdown((Paragraph(spans=spans),))
    assert "un<strong>5%</strong>of it" in made


def test_to_markdown_bold_keeps_spaces_outside():
    spans = (Span(text="a"), Span(text=" b ", bold=True), Span(text="c"))
    assert to_markdown((Paragraph(spans=spans),)) == "a **b** c\n"


def test_to_markdown_code_with_backticks():
    made = to_markdown((Paragraph(spans=(Span(text="a ``b` c", code=True),)),))
    (token,) = [token for token in inline(made) if token.type == "code_inline"]
    assert token.content == "a ``b` c"


def test_to_markdown_code_block_with_a_fence():
    text = "```\nx\n````\n"
    (token,) = PARSER.parse(to_markdown((Code(text=text),)))
    assert token.type == "fence"
    assert token.content == text + "\n"


def test_to_markdown_link_with_brackets():
    spans = (Span(text="a", link="https://x.org/(b)"), Span(text="c"))
    made = inline(to_markdown((Paragraph(spans=spans),)))
    assert [token.attrs["href"] for token in made if token.type == "link_open"] == [
        "https://x.org/(b)"
    ]


def test_to_markdown_row_groups_and_right_columns():
    made = to_markdown(samples.metrics())
    assert "| --- | --: | --: | --: | --- |" in made
    assert "| **Model: measured before launch** |  |  |  |  |" in made


def test_to_markdown_row_with_too_many_cells_stays_in_the_table():
    row = Row(cells=tuple(samples.text(each) for each in "abc"))
    made = to_markdown((Table(columns=(samples.Column(name="x"),), rows=(row,)),))
    assert made == "| x |\n| --- |\n| a |\n"


def test_to_markdown_two_lists_stay_two():
    facts = Facts(items=(samples.Fact(label="a", value=samples.text("b")),))
    assert kinds(to_markdown((facts, facts))).count("bullet_list_open") == 2


def test_to_markdown_method_is_a_list_under_its_title_and_apart_from_the_next():
    method = Method(items=(samples.text("a = b × c"), samples.text("- d\ne")))
    made = to_markdown((method, List(items=(Item(spans=samples.text("f")),))))
    assert made.startswith("*How this is worked out*\n\n- a = b × c\n- \\- d")
    assert kinds(made).count("bullet_list_open") == 2
    assert kinds(made).count("list_item_open") == 3


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_to_markdown_hostile_method_is_only_text(text):
    made = to_markdown((Method(title=text, items=(samples.text(text),)),))
    assert text_of(made) == collapsed(text) + text
    assert {token.type for token in inline(made)} <= {"text", "em_open", "em_close"}


def test_to_markdown_nested_numbers():
    items = (
        Item(spans=samples.text("a"), number=9),
        Item(spans=samples.text("b"), depth=1),
        Item(spans=samples.text("c"), number=10),
    )
    made = to_markdown((List(items=items, ordered=True),))
    assert made == "9. a\n   - b\n10. c\n"
    assert kinds(made).count("ordered_list_open") == 1


def test_to_markdown_marks_are_letters():
    assert to_markdown((Paragraph(spans=samples.number("5%", "guess")),)) == "5%<sup>G</sup>\n"


@pytest.mark.parametrize("name", samples.ALL)
def test_write_markdown_reads_back_with_a_title(name):
    document = samples.ALL[name]()
    tokens = PARSER.parse(write_markdown(document).decode())
    assert tokens[0].tag == "h1"
    assert "".join(child.content for child in tokens[1].children) == collapsed(document.title)
    html = {
        child.content
        for token in tokens
        for child in token.children or []
        if child.type == "html_inline"
    }
    assert html <= {"<sup>", "</sup>", "<strong>", "</strong>", "<em>", "</em>", "<br>"}


def test_write_markdown_without_a_title_block():
    blocks = (Heading(text="Business goal", level=1),)
    made = write_markdown(Document(title="Step *1*", blocks=blocks, illustrative=True)).decode()
    assert made == f"# Step \\*1\\*\n\n> **{EXAMPLE_NOTE}**\n\n## Business goal\n"


def churn() -> bytes:
    return write_markdown(samples.churn())


def test_write_markdown_same_bytes_from_other_processes():
    made = {afresh("churn()", module="test_markdown", seed=seed) for seed in (1, 2)}
    assert made == {churn()}
