"""Word files, read back with python-docx and as plain XML."""

import io
import zipfile
from xml.etree import ElementTree as ET

import docx
import pytest
import samples
from docx.oxml.ns import qn

from kit.export.document import Document
from kit.export.docx import write_docx
from kit.export.typeset import Typesetter
from kit.report.blocks import Heading, Item, List, Method, Paragraph, Span
from kit.report.structure import EXAMPLE_NOTE


@pytest.fixture(scope="module")
def typesetter():
    with Typesetter() as made:
        yield made


@pytest.fixture(scope="module")
def written(typesetter):
    """Every sample as bytes."""
    return {name: write_docx(make(), typesetter=typesetter) for name, make in samples.ALL.items()}


def read(data):
    return docx.Document(io.BytesIO(data))


def text_of(data):
    return "\n".join(line.text for line in read(data).iter_inner_content() if hasattr(line, "text"))


def of(*blocks, title="A brief"):
    return write_docx(Document(title=title, blocks=blocks))


@pytest.mark.parametrize("name", samples.ALL)
def test_write_docx_is_well_formed_and_titled(written, name):
    with zipfile.ZipFile(io.BytesIO(written[name])) as archive:
        assert archive.testzip() is None
        for entry in archive.namelist():
            if entry.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(entry))  # noqa: S314  we wrote it ourselves
    assert read(written[name]).core_properties.title == samples.ALL[name]().title.strip()


@pytest.mark.parametrize("name", samples.ALL)
def test_write_docx_same_bytes_twice(written, name, typesetter):
    assert write_docx(samples.ALL[name](), typesetter=typesetter) == written[name]


def test_write_docx_entries_carry_one_date(written):
    with zipfile.ZipFile(io.BytesIO(written["churn"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_write_docx_has_real_headings(written):
    styles = [(line.style.name, line.text) for line in read(written["churn"]).paragraphs]
    assert ("Title", "Personal content feed") in styles
    assert ("Heading 1", "Dual metrics") in styles
    assert ("Heading 2", "Guardrails") in styles


def test_write_docx_tables_repeat_their_header(written):
    tables = [table for table in read(written["churn"]).tables if table.style.name == "Kit Table"]
    assert len(tables) == 5
    for table in tables:
        first = table.rows[0]._tr
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_write_docx_groups_stand_over_their_rows(written):
    table = next(t for t in read(written["churn"]).tables if t.cell(0, 0).text == "Metric")
    group = table.rows[1]
    assert {cell.text for cell in group.cells} == {"Model: measured before launch"}
    assert table.cell(2, 0).text == "precision@10"


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_write_docx_hostile_text_is_byte_exact(text):
    assert text in text_of(of(Paragraph(spans=samples.text(text))))


def test_write_docx_hostile_everywhere(written):
    made = read(written["hostile"])
    cells = {cell.text for table in made.tables for row in table.rows for cell in row.cells}
    assert set(samples.HOSTILE) <= cells


def test_write_docx_says_worked_example_in_the_header(written):
    assert read(written["churn"]).sections[0].header.paragraphs[0].text == EXAMPLE_NOTE
    assert read(written["long"]).sections[0].header.paragraphs[0].text == ""


def test_write_docx_marks_and_gaps(written):
    runs = [run for line in read(written["churn"]).paragraphs for run in line.runs]
    assert any(run.text == "\u202fG" and run.font.superscript for run in runs)
    assert any(run.text == "not said yet" and run.italic and run.underline for run in runs)


def test_write_docx_methods_are_small_print():
    made = read(of(Method(items=(samples.text("n = V × p"), samples.text("as stated")))))
    lines = [line for line in made.paragraphs if line.style.name == "Kit Note"]
    assert [line.text for line in lines] == ["How this is worked out", "n = V × p", "as stated"]
    assert lines[0].paragraph_format.keep_with_next


def test_write_docx_links_lead_where_they_say():
    spans = (Span(text="a", link="https://x.org/"), Span(text="b"))
    made = read(of(Paragraph(spans=spans)))
    (line,) = [line for line in made.paragraphs if line.text == "ab"]
    assert [link.address for link in line.hyperlinks] == ["https://x.org/"]


def test_write_docx_each_numbered_list_starts_anew():
    items = tuple(Item(spans=samples.text(each)) for each in "ab")
    made = read(of(List(items=items, ordered=True), List(items=items, ordered=True)))
    numberings = [
        line._p.pPr.numPr.numId.val for line in made.paragraphs if line.style.name == "List Number"
    ]
    assert numberings[0] == numberings[1]
    assert numberings[2] == numberings[3] != numberings[0]


def test_write_docx_lists_keep_their_depth(written):
    names = [
        line.style.name for line in read(written["churn"]).paragraphs if "List" in line.style.name
    ]
    assert names == ["List Number", "List Bullet 2", "List Bullet 3", "List Number"]


def test_write_docx_pictures_have_their_text(written):
    shapes = read(written["gaps"]).inline_shapes
    alts = [shape._inline.docPr.get("descr") for shape in shapes]
    assert alts == ["A sound picture", "A JPEG", "A tall picture"]
    assert all(shape.height.mm <= 191 and shape.width.mm <= 167 for shape in shapes)


def test_write_docx_svg_becomes_a_png(written):
    (shape,) = read(written["churn"]).inline_shapes
    assert shape._inline.docPr.get("descr") == "Weekly play time rises from 3.1 to 4.4 hours"
    with zipfile.ZipFile(io.BytesIO(written["churn"])) as archive:
        assert any(name.endswith(".png") for name in archive.namelist())


@pytest.mark.parametrize("media", ["image/png", "image/jpeg", "image/svg+xml"])
@pytest.mark.parametrize("data", [b"", b"no picture", samples.png()[:20]])
def test_write_docx_broken_picture_becomes_a_note(data, media):
    made = text_of(of(samples.figure(data, media=media, alt="What it shows")))
    assert "A picture could not be drawn here\nWhat it shows" in made


def test_write_docx_control_characters_are_named():
    made = text_of(
        of(Heading(text="a\x07b", level=1), Paragraph(spans=samples.text("c\ud800d\uffff")))
    )
    assert "a[U+0007 CONTROL CHARACTER]b" in made
    assert "c[U+D800 LONE SURROGATE]d[U+FFFF UNASSIGNED]" in made


def test_write_docx_keeps_what_the_pdf_has_no_glyphs_for():
    assert "😀 漢字" in text_of(of(Paragraph(spans=samples.text("😀 漢字"))))
