"""PDFs, read back with a reader that has no part in making them."""

import base64
import io
import json
import re
import socket
import zlib

import pypdf
import pytest
import samples
import typst
from pdf_tags import tags_of
from PIL import Image

from kit.errors import ExportError
from kit.export.document import Document
from kit.export.glyphs import FONTS
from kit.export.passes import prepared
from kit.export.payload import payload, pictures
from kit.export.pdf import TEMPLATE, verify, write_pdf
from kit.export.typeset import Typesetter
from kit.report.blocks import Block, Column, Heading, Method, Paragraph, Row, Span, Table
from kit.report.structure import EXAMPLE_NOTE

TABLE = [samples.Column(name="No.", weight=0.3), samples.Column(name="Text", weight=2)]


@pytest.fixture(scope="module")
def typesetter():
    with Typesetter() as made:
        yield made


@pytest.fixture(scope="module")
def written(typesetter):
    """Every sample as a PDF."""
    return {name: write_pdf(make(), typesetter=typesetter) for name, make in samples.ALL.items()}


def reader(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf.data))


def texts(pdf):
    return [page.extract_text() for page in reader(pdf).pages]


def tags(pdf):
    """The structure tree as a flat list of (tag, dictionary)."""
    return tags_of(reader(pdf))


def document(*blocks: Block, title: str = "A brief") -> Document:
    return Document(title=title, blocks=blocks)


def paragraphs(*lines: str) -> tuple[Block, ...]:
    return tuple(Paragraph(spans=samples.text(line)) for line in lines)


@pytest.mark.parametrize("name", samples.ALL)
def test_write_pdf_reads_back_with_title_language_and_tags(written, name):
    pdf, made = written[name], reader(written[name])
    root = made.trailer["/Root"]
    assert len(made.pages) == pdf.pages
    assert made.xmp_metadata.dc_title["x-default"] == samples.ALL[name]().title.strip()
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.data


@pytest.mark.parametrize("name", samples.ALL)
def test_write_pdf_same_bytes_from_another_process(written, name):
    assert write_pdf(samples.ALL[name]()).data == written[name].data


def test_write_pdf_holds_no_date(written):
    assert b"CreationDate" not in written["churn"].data
    assert b"CreateDate" not in written["churn"].data


def test_write_pdf_embeds_every_font(written):
    for name in samples.ALL:
        for page in reader(written[name]).pages:
            for font in page["/Resources"].get("/Font", {}).values():
                (inner,) = font.get_object()["/DescendantFonts"]
                keys = set(inner.get_object()["/FontDescriptor"].keys())
                assert keys & {"/FontFile", "/FontFile2", "/FontFile3"}


@pytest.mark.parametrize("name", ["churn", "unbroken", "tongues", "hostile"])
def test_write_pdf_says_worked_example_on_every_page(written, name):
    assert all(EXAMPLE_NOTE in page for page in texts(written[name]))


def test_write_pdf_of_a_workbook_says_worked_example_on_every_page(typesetter):
    lines = paragraphs(*["A line of text that fills the page."] * 120)
    made = Document(title="Step", blocks=lines, illustrative=True)
    pages = texts(write_pdf(made, typesetter=typesetter))
    assert len(pages) > 1
    assert all(EXAMPLE_NOTE in page for page in pages)


def test_write_pdf_of_a_real_brief_never_says_worked_example(written):
    assert not any(EXAMPLE_NOTE in page for page in texts(written["long"]))


def test_write_pdf_numbers_its_pages(written):
    pages = texts(written["long"])
    assert all(f"{n} of {len(pages)}" in page for n, page in enumerate(pages, start=1))


def test_write_pdf_has_title_status_decision_and_date(written):
    first = texts(written["churn"])[0]
    for shown in ("Personal content feed", "Draft", "Head of Growth", "15 December 2026"):
        assert shown in first
    assert "Fund a six-week pilot" in first


def test_write_pdf_outline_follows_the_headings(written):
    outline = reader(written["churn"]).outline
    top = [each.title for each in outline if not isinstance(each, list)]
    assert top == [
        "Business goal",
        "User problem",
        "ML hypothesis",
        "Dual metrics",
        "Data requirements",
    ]


def test_write_pdf_heading_levels_are_consecutive(written):
    levels = [int(tag[2]) for tag, _ in tags(written["gaps"]) if re.fullmatch("/H[1-6]", tag)]
    assert levels == [1, 1, 2]


def test_write_pdf_tables_have_header_cells(written):
    found = [tag for tag, _ in tags(written["churn"])]
    assert found.count("/Table") == 5
    assert found.count("/THead") == 5
    heads = [node for tag, node in tags(written["churn"]) if tag == "/TH"]
    scopes = {each.get("/Scope") for node in heads for each in node["/A"] if "/Scope" in each}
    assert scopes == {"/Column"}


def test_write_pdf_facts_and_lists_are_lists(written):
    found = [tag for tag, _ in tags(written["churn"])]
    assert found.count("/L") >= 4
    assert found.count("/LI") == found.count("/LBody") > 10


def test_write_pdf_pictures_have_their_text(written):
    alts = [node["/Alt"] for tag, node in tags(written["churn"]) if tag == "/Figure"]
    assert alts == ["Weekly play time rises from 3.1 to 4.4 hours"]


def test_write_pdf_methods_stand_below_what_they_explain(written):
    text = "\n".join(texts(written["churn"]))
    assert text.index("monthly churn") < text.index("How this is worked out\nFlags = volume ×")


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_write_pdf_hostile_method_is_byte_exact(typesetter, text):
    method = Method(title=text, items=(samples.text(text), samples.text("end")))
    (page,) = texts(write_pdf(document(method), typesetter=typesetter))
    assert f"{text}\n{text}\nend" in page


def test_write_pdf_long_method_goes_on(typesetter):
    method = Method(items=tuple(samples.text(f"Line {n}. " + "Word " * 90) for n in range(40)))
    pages = texts(write_pdf(document(method), typesetter=typesetter))
    assert len(pages) > 2
    assert "Line 39." in pages[-1]


def test_write_pdf_marks_follow_their_numbers(written):
    first = texts(written["churn"])[0]
    assert "5.0%\u202fM → 4.5%\u202fT" in first


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_write_pdf_hostile_text_is_byte_exact(typesetter, text):
    (page,) = texts(write_pdf(document(*paragraphs("begin", text, "end")), typesetter=typesetter))
    assert f"begin\n{text}\nend" in page


def test_write_pdf_hostile_text_in_every_place(written):
    made = reader(written["hostile"])
    assert made.outline[0].title == samples.HOSTILE[4]
    whole = "\n".join(texts(written["hostile"]))
    assert samples.HOSTILE[6] in whole
    assert all(each in whole for each in samples.HOSTILE)
    (alt,) = [node["/Alt"] for tag, node in tags(written["hostile"]) if tag == "/Figure"]
    assert alt == samples.HOSTILE[7]


def test_write_pdf_hostile_links(typesetter):
    spans = tuple(
        Span(text=each, link=f"https://x.org/{n}?q=%22)") for n, each in enumerate(samples.HOSTILE)
    )
    pdf = write_pdf(document(Paragraph(spans=spans)), typesetter=typesetter)
    addresses = [each.get_object()["/A"]["/URI"] for each in reader(pdf).pages[0]["/Annots"]]
    assert set(addresses) == {span.link for span in spans}


def rows_by_page(pdf):
    return [[int(n) for n in re.findall(r"^r(\d+)", page, re.MULTILINE)] for page in texts(pdf)]


@pytest.mark.parametrize("rows", range(30, 56))
def test_write_pdf_table_leaves_no_row_alone(typesetter, rows):
    """However long the table, a page begins or ends with two rows of it at least."""
    made = samples.table(TABLE, [[f"r{n}", "some text"] for n in range(rows)])
    pdf = write_pdf(
        document(*paragraphs("before"), made, *paragraphs("after")), typesetter=typesetter
    )
    shares = [share for share in rows_by_page(pdf) if share]
    assert [n for share in shares for n in share] == list(range(rows))
    assert all(len(share) >= 2 for share in shares)


@pytest.mark.parametrize("lines", range(20, 48, 3))
def test_write_pdf_heading_stays_with_its_table(typesetter, lines):
    made = samples.table(TABLE, [[f"r{n}", "some text"] for n in range(30)], "The caption")
    filler = paragraphs(*["a line"] * lines)
    pdf = write_pdf(
        document(*filler, Heading(text="The heading", level=2), made), typesetter=typesetter
    )
    (page,) = [page for page in texts(pdf) if "The heading" in page]
    assert "The caption" in page
    assert len(re.findall(r"^r\d+", page, re.MULTILINE)) >= 2


@pytest.mark.parametrize("lines", range(20, 48, 3))
def test_write_pdf_heading_and_the_line_below_it_stay_with_their_table(typesetter, lines):
    made = samples.table(TABLE, [[f"r{n}", "some text"] for n in range(30)])
    said = (Heading(text="The heading", level=2), *paragraphs("What the table shows."))
    pdf = write_pdf(document(*paragraphs(*["a line"] * lines), *said, made), typesetter=typesetter)
    (page,) = [page for page in texts(pdf) if "The heading" in page]
    assert "What the table shows." in page
    assert len(re.findall(r"^r\d+", page, re.MULTILINE)) >= 2


@pytest.mark.parametrize("lines", range(6, 44, 6))
def test_write_pdf_layers_of_one_table_stay_together(typesetter, lines):
    rows = tuple(
        Row(cells=(samples.text(f"r{n}"), samples.text("x")), group=f"Group {min(n // 3, 2)}")
        for n in range(7)
    )
    table = Table(columns=tuple(TABLE), rows=rows)
    pdf = write_pdf(document(*paragraphs(*["a line"] * lines), table), typesetter=typesetter)
    assert [share for share in rows_by_page(pdf) if share] == [list(range(7))]


def test_write_pdf_columns_widen_for_their_numbers(typesetter):
    """A number is never broken where another column has room."""
    columns = [samples.Column(name="Text", weight=9), samples.Column(name="n", weight=0.3)]
    (page,) = texts(
        write_pdf(document(samples.table(columns, [["words", "412,000"]])), typesetter=typesetter)
    )
    assert "412,000" in page


def test_write_pdf_repeats_headers_and_group_headings(typesetter):
    rows = tuple(
        Row(cells=(samples.text(f"r{n}"), samples.text("x")), group=f"Group {n // 60}")
        for n in range(120)
    )
    pdf = write_pdf(document(Table(columns=tuple(TABLE), rows=rows)), typesetter=typesetter)
    for page in texts(pdf):
        assert "No. Text" in page
        assert re.search(r"^Group \d", page, re.MULTILINE)


def drawn(made, folder):
    """The pages of a document as grey pictures, 2 pixels to the millimetre."""
    ready = prepared(made)
    (folder / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
    (folder / "document.json").write_text(json.dumps(payload(ready)))
    for picture in pictures(ready):
        (folder / picture.name).write_bytes(picture.data)
    book = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    made = typst.compile(
        folder / TEMPLATE.name, root=folder, font_paths=book, format="png", ppi=50.8
    )
    pages = made if isinstance(made, list) else [made]
    return [Image.open(io.BytesIO(page)).convert("L") for page in pages]


@pytest.mark.parametrize("name", [name for name in samples.ALL if name != "gaps"])
def test_template_draws_nothing_in_the_margins(name, tmp_path):
    for page in drawn(samples.ALL[name](), tmp_path):
        width, height = page.size
        for margin in (
            (0, 0, 42, height),
            (379, 0, width, height),
            (0, height - 24, width, height),
        ):
            assert page.crop(margin).getextrema() == (255, 255)


def test_write_pdf_long_words_stay_whole_in_the_text(typesetter):
    word = "https://example.org/" + "abcdefghij" * 30
    table = samples.table(TABLE, [["1", word]])
    (page,) = texts(write_pdf(document(table), typesetter=typesetter))
    assert word in page.replace("\n", "")
    assert "\u200b" not in page


def test_write_pdf_three_scripts_without_a_placeholder(typesetter):
    lines = (
        "Zażółć gęślą jaźń, ÅÆØ ñ ç ß",
        "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
        "Съешь ещё этих мягких булок",
        "e\u0301 x\u0323\u0306",
    )
    pdf = write_pdf(document(*paragraphs(*lines)), typesetter=typesetter)
    assert pdf.warnings == ()
    (page,) = texts(pdf)
    assert all(line in page for line in lines[:3])


def test_write_pdf_names_what_has_no_glyph(typesetter):
    lines = ("one 😀 two", "\U0001f469\u200d\U0001f4bb", "漢字仮名", "a\x07b")
    pdf = write_pdf(document(*paragraphs(*lines)), typesetter=typesetter)
    (page,) = texts(pdf)
    assert "one [U+1F600 GRINNING FACE] two" in page
    assert "[U+1F469 WOMAN + U+1F4BB PERSONAL COMPUTER]" in page
    assert "[4 characters without a glyph: U+6F22 U+5B57 U+4EEE U+540D]" in page
    assert "a[U+0007 CONTROL CHARACTER]b" in page
    assert "GRINNING FACE" in pdf.warnings[0]


def test_write_pdf_title_without_glyphs(typesetter):
    pdf = write_pdf(document(title="Café 😀"), typesetter=typesetter)
    assert reader(pdf).xmp_metadata.dc_title["x-default"] == "Café [U+1F600 GRINNING FACE]"


def test_write_pdf_character_that_only_typst_refuses(typesetter):
    """Listed by a font, yet not found in italics: named instead of failing the brief."""
    spans = (Span(text="a ✖ b", italic=True), Span(text=", c ✖ d"))
    pdf = write_pdf(document(Paragraph(spans=spans)), typesetter=typesetter)
    assert "a [U+2716 HEAVY MULTIPLICATION X] b" in texts(pdf)[0].replace("\n", " ")
    assert "U+2716 HEAVY MULTIPLICATION X" in pdf.warnings[0]
    upright = write_pdf(document(Paragraph(spans=spans[1:])), typesetter=typesetter)
    assert ", c ✖ d" in texts(upright)[0]
    assert upright.warnings == ()


def png_bomb() -> bytes:
    """A PNG of few bytes that says it is 60,000 pixels square."""
    small = samples.png(4, 4)
    head = small[16:24]
    huge = (60_000).to_bytes(4, "big") * 2
    chunk = b"IHDR" + huge + small[24:29]
    return small.replace(
        b"IHDR" + head + small[24:29] + small[29:33], chunk + zlib.crc32(chunk).to_bytes(4, "big")
    )


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"", "image/png"),
        (b"not a picture", "image/png"),
        (samples.png()[:100], "image/png"),
        (samples.png(), "image/jpeg"),
        (b"<svg", "image/svg+xml"),
        (b"<html>", "image/svg+xml"),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">\xe6\xbc\xa2</text></svg>',
            "image/svg+xml",
        ),
        (png_bomb(), "image/png"),
    ],
)
def test_write_pdf_broken_picture_becomes_a_note(typesetter, data, media):
    blocks = (
        samples.figure(data, media=media, alt="What it shows"),
        samples.figure(samples.png(), alt="Sound"),
    )
    pdf = write_pdf(document(*blocks), typesetter=typesetter)
    (page,) = texts(pdf)
    assert "A picture could not be drawn here\nWhat it shows" in page
    assert [node["/Alt"] for tag, node in tags(pdf) if tag == "/Figure"] == ["Sound"]
    assert "What it shows" in pdf.warnings[-1]


def linked(href: str) -> Document:
    """A document with an SVG that shows the picture at an address."""
    data = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="9" height="9"><image href="{href}" xlink:href="{href}" width="9" height="9"/></svg>'
    ).encode()
    return document(samples.figure(data, media="image/svg+xml", alt="Linked"))


def images_in(pdf):
    """The pixel pictures that a PDF holds, wherever in it."""
    made = reader(pdf)
    objects = [made.get_object(number) for number in range(1, made.trailer["/Size"])]
    return [each for each in objects if isinstance(each, dict) and each.get("/Subtype") == "/Image"]


def test_write_pdf_svg_shows_a_picture_that_it_holds(typesetter):
    held = f"data:image/png;base64,{base64.b64encode(samples.png()).decode()}"
    assert images_in(write_pdf(linked(held), typesetter=typesetter))


@pytest.mark.parametrize("lead", ["", "file://"])
def test_write_pdf_svg_reads_no_file_from_elsewhere(typesetter, tmp_path, lead):
    (tmp_path / "secret.png").write_bytes(samples.png())
    pdf = write_pdf(linked(f"{lead}{tmp_path / 'secret.png'}"), typesetter=typesetter)
    assert images_in(pdf) == []


def test_write_pdf_svg_asks_nobody_on_the_network(typesetter):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        port = server.getsockname()[1]
        pdf = write_pdf(linked(f"http://127.0.0.1:{port}/a.png"), typesetter=typesetter)
        with pytest.raises(TimeoutError):
            server.accept()
    assert images_in(pdf) == []


def test_write_pdf_tall_and_wide_pictures_fit(typesetter):
    blocks = (
        samples.figure(samples.png(20, 3000), alt="tall", caption="Tall"),
        samples.figure(samples.png(3000, 20), alt="wide"),
    )
    pdf = write_pdf(document(*blocks), typesetter=typesetter)
    boxes = [node["/A"][0]["/BBox"] for tag, node in tags(pdf) if tag == "/Figure"]
    assert all(float(box[0]) >= 62 and float(box[2]) <= 534 and float(box[1]) > 60 for box in boxes)


def test_write_pdf_empty_document(typesetter):
    assert write_pdf(document(), typesetter=typesetter).pages == 1


def test_write_pdf_very_long_cell_goes_on(typesetter):
    made = samples.table(TABLE, [["1", "word " * 3000], ["2", "end"]])
    pdf = write_pdf(document(made), typesetter=typesetter)
    assert pdf.pages >= 3
    assert sum(page.count("word") for page in texts(pdf)) == 3000


def test_verify_counts_pages(written):
    assert verify(written["long"].data, title=samples.long().title.strip()) == written["long"].pages


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1000],
        lambda data: data[1000:],
        lambda _: b"",
        lambda data: b"<html>" + data[6:],
        lambda data: data[:4000] + b"x" + data[4000:],
        lambda data: data.replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>0<"),
    ],
)
def test_verify_refuses_a_spoilt_file(written, spoil):
    with pytest.raises(ExportError, match="Personal content feed"):
        verify(spoil(written["churn"].data), title="Personal content feed")


def test_verify_refuses_another_title(written):
    with pytest.raises(ExportError, match="expected a PDF with this title"):
        verify(written["churn"].data, title="Another brief")


@pytest.mark.parametrize("letters", [290, 595, 2000, 4000])
def test_table_of_high_rows_loses_no_word(letters: int) -> None:
    text = ("The quick brown fox jumps over it. " * 120)[:letters]
    rows = tuple(
        Row(cells=((Span(text="survey"),), (Span(text=f"{text} end{at}"),), (Span(text=text),)))
        for at in range(4)
    )
    columns = (Column(name="Kind"), Column(name="Found", weight=3), Column(name="Source"))
    pdf = write_pdf(Document(title="High", blocks=(Table(columns=columns, rows=rows),)))
    shown = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.data)).pages)
    assert shown.count("quick") == 8 * text.count("quick")
    assert all(f"end{at}" in shown for at in range(4))
