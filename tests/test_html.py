"""HTML fragments and the page."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import samples
from afresh import afresh

from kit.export.document import Document
from kit.export.page import write_html
from kit.report.blocks import Heading, Method, Paragraph, Span
from kit.report.html import to_html
from kit.report.structure import EXAMPLE_NOTE

VOID = {"meta", "img", "br"}


class Reader(HTMLParser):
    """Reads HTML strictly: tags close in order; keeps the text and every tag with its attributes."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.parts = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.parts.append(data)

    @property
    def text(self):
        return "".join(self.parts)

    def named(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("name", samples.ALL)
def test_to_html_closes_every_tag(name):
    read(to_html(samples.ALL[name]().blocks))


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_to_html_hostile_text_is_byte_exact(text):
    made = read(to_html((Paragraph(spans=samples.text(text)),)))
    assert text in made.text
    assert [tag for tag, _ in made.tags] == ["div", "style", "p"]


def test_to_html_hostile_text_in_attributes_stays_there():
    made = read(to_html(samples.hostile().blocks))
    (picture,) = made.named("img")
    assert picture["alt"] == samples.HOSTILE[7]
    assert not {"script", "b"} & {tag for tag, _ in made.tags}


def test_to_html_links_are_escaped():
    spans = (Span(text="a"), Span(text="b", link="https://x.org/?a&b"))
    links = read(to_html((Paragraph(spans=spans),))).named("a")
    assert [link["href"] for link in links] == ["https://x.org/?a&b"]


def test_to_html_tables_have_scoped_headers():
    made = read(to_html(samples.metrics()))
    scopes = [header.get("scope") for header in made.named("th")]
    assert None not in scopes
    assert {"col", "row", "rowgroup"} == set(scopes)


def test_to_html_marks_have_a_word():
    made = to_html((Paragraph(spans=samples.number("5%", "guess")),))
    assert 'title="guess"' in made
    assert " (guess)" in read(made).text


def test_to_html_method_is_folded_and_opens_by_keyboard():
    made = read(to_html((Method(items=(samples.text("n = V × p"), samples.text("<b>"))),)))
    assert made.named("details") == [{"class": "fk-method"}]  # closed, and what a browser can focus
    assert [tag for tag, _ in made.tags][-4:] == ["summary", "ul", "li", "li"]
    assert "How this is worked outn = V × p<b>" in made.text


def test_page_shows_methods_on_paper():
    page = write_html(samples.churn()).decode()
    paper = page[page.index("@media print") :]
    assert ".fk-method::details-content { content-visibility: visible; }" in paper


def test_to_html_classes_are_all_its_own():
    classes = " ".join(
        attributes["class"]
        for block in samples.ALL
        for _, attributes in read(to_html(samples.ALL[block]().blocks)).tags
        if attributes.get("class")
    )
    assert all(name.startswith("fk-") for name in classes.split())


def test_to_html_style_uses_no_other_names():
    style = re.search("<style>(.*?)</style>", to_html(()), re.DOTALL)[1]
    selectors = re.sub(r"\{[^{}]*\}", "{}", style)
    assert all(name.startswith("fk-") for name in re.findall(r"\.([a-z-]+)", selectors))


def test_page_needs_nothing_from_elsewhere():
    page = write_html(samples.churn()).decode()
    made = read(page)
    assert not made.named("script")
    assert not made.named("link")
    assert all(picture["src"].startswith("data:image/") for picture in made.named("img"))
    assert "default-src 'none'" in page
    assert "url(" not in page


def test_page_says_what_it_is():
    made = read(write_html(samples.churn()).decode())
    assert made.named("html") == [{"lang": "en"}]
    assert "Personal content feed" in made.text
    assert ("a", {"class": "fk-skip", "href": "#brief"}) in made.tags
    assert made.text.count(EXAMPLE_NOTE) >= 2


def test_page_of_a_real_brief_has_no_banner():
    assert EXAMPLE_NOTE not in read(write_html(samples.long()).decode()).text


def test_page_headings_never_skip_a_level():
    made = read(write_html(samples.gaps()).decode())
    levels = [int(tag[1]) for tag, _ in made.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_page_without_a_title_block_has_a_heading():
    blocks = (Heading(text="Business goal", level=1),)
    made = read(write_html(Document(title="Step 1", blocks=blocks, illustrative=True)).decode())
    assert [tag for tag, _ in made.tags if tag in ("h1", "h2")] == ["h1", "h2"]
    assert EXAMPLE_NOTE in made.text


def test_page_names_control_characters_and_lone_surrogates():
    blocks = (Paragraph(spans=samples.text("a\x07b\ud800c\u202ed")),)
    page = write_html(Document(title="x", blocks=blocks)).decode()
    assert "[U+0007 CONTROL CHARACTER]" in page
    assert "[U+D800 LONE SURROGATE]" in page
    assert "[U+202E RIGHT-TO-LEFT OVERRIDE]" in page


def churn() -> bytes:
    return write_html(samples.churn())


def test_page_same_bytes_from_other_processes():
    made = {afresh("churn()", module="test_html", seed=seed) for seed in (1, 2)}
    assert made == {churn()}
