"""The canaries of hostile tables can sing: each is shown the very thing that it is there to notice."""

import json
import subprocess
import sys
import time
import urllib.request
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from hostile.acting import (
    acting_in_csv,
    acting_in_notebook,
    acting_in_pdf,
    acting_in_spreadsheet,
    acting_in_word,
    acting_in_yaml,
)
from hostile.canaries import ENVIRONMENT, Canaries, leaks, secret_of, squeezed
from hostile.documents import acting_in_markdown, acting_in_page, page_of, texts_in
from hostile.workbooks import HEAD, OFFICE, formula, row_of, sheet_of, text, xlsx
from openpyxl import Workbook
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from kit.export.document import Document
from kit.export.pdf import write_pdf
from kit.report.blocks import Paragraph, Span

NAMES = ("one", "other")
# The listener hears, and says nothing.
GET = "import socket; socket.create_connection(('127.0.0.1', int('@HOST@'[10:]))).sendall(b'GET /one HTTP/1.1')"
PLAIN = "<!doctype html><html><head><title>x</title><style>p{}</style></head><body><p>Words</p></body></html>"


@pytest.fixture
def canaries(tmp_path):
    with Canaries(home=tmp_path / "home", names=NAMES) as set_out:
        yield set_out


def child(canaries, code):
    """A watched process that runs code of a stranger's."""
    armed = canaries.armed(code, "one")
    subprocess.run(
        [sys.executable, "-c", armed], env=canaries.environment(), check=True, capture_output=True
    )


def sung(canaries):
    canaries.look()
    time.sleep(0.3)  # the listener takes what came
    assert canaries.sung("other") == []
    return canaries.sung("one")


def test_canaries_are_silent_where_nothing_happens(canaries):
    child(canaries, "1 + 1")
    assert sung(canaries) == []
    assert canaries.noted("started")
    assert (
        canaries.noted("network")
        == canaries.noted("program")
        == canaries.heard
        == canaries.opened
        == []
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("open('@RAN@', 'w')", "code ran and made"),
        ("import os; os.remove('@KEPT@')", "code ran and removed"),
        ("open('@SECRET@').read()", "one was opened"),
        ("open('@SECRET@.csv').read()", "one.csv was opened"),
        (GET, "the network was used: GET /one"),
    ],
)
def test_canary_of_a_case_sings_for_it_alone(canaries, code, said):
    child(canaries, code)
    (sound,) = sung(canaries)
    assert said in sound


def test_secret_that_another_program_opens_is_noticed(canaries):
    subprocess.run(["cat", canaries.secrets / "one"], check=True, capture_output=True)
    assert sung(canaries) == ["one was opened"]


def test_listener_hears_a_connection_without_a_word(canaries):
    import socket

    socket.create_connection(("127.0.0.1", canaries.port)).close()
    sung(canaries)
    assert canaries.heard == ["a connection without a word"]


def test_proxy_leads_to_the_listener(canaries):
    """A program of another language that knows proxies would be heard, too."""
    handler = urllib.request.ProxyHandler({"http": canaries.environment()["http_proxy"]})
    with pytest.raises(OSError, match=r".*"):
        urllib.request.build_opener(handler).open("http://packages.example.org/preview", timeout=5)
    sung(canaries)
    assert canaries.heard == ["GET http://packages.example.org/preview HTTP/1.1"]


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        ("import socket; socket.socket().connect_ex(('127.0.0.1', 9))", "network", "127.0.0.1"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "network", "localhost"),
        ("import socket; socket.socket(type=2).sendto(b'x', ('127.0.0.1', 9))", "network", "9"),
        ("import socket; socket.gethostbyname('localhost')", "network", "localhost"),
        ("import os; os.system('true')", "program", "true"),
        ("import subprocess; subprocess.run(['true'])", "program", "true"),
        ("import os; os.posix_spawn('/bin/true', ['true'], {})", "program", "/bin/true"),
        ("import os; os.execv('/bin/true', ['true'])", "program", "/bin/true"),
        ("import os\nif not os.fork(): os.system('true')", "program", "true"),
        (
            "import os; os.system(f'{os.sys.executable} -c \"import os; os.system(chr(58))\"')",
            "program",
            ":",
        ),
    ],
)
def test_watcher_notes_networks_and_programs_in_every_process(canaries, code, kind, said):
    child(canaries, code)
    assert said in canaries.noted(kind)[-1]


def test_watcher_lets_channels_between_processes_pass(canaries):
    child(canaries, "import socket; socket.socket(socket.AF_UNIX).connect_ex('nowhere')")
    assert canaries.noted("network") == []


# Secrets


def test_leaks_are_found_in_every_kind_of_file(tmp_path):
    word = secret_of("one")
    broken = f"{word[:9]}-\n{word[9:]}"  # as a document may break it
    for name in ("a.html", "a.md", "a.csv", "a.json", "a.ipynb", "a.yaml"):
        (tmp_path / name).write_text(broken)
    made = write_pdf(Document(title="T", blocks=(Paragraph(spans=(Span(text=f"Words {word}"),)),)))
    (tmp_path / "a.pdf").write_bytes(made.data)
    file = docx.Document()
    file.add_paragraph(word)
    file.save(tmp_path / "a.docx")
    book = Workbook()
    book.active.append([word])
    book.save(tmp_path / "a.xlsx")
    found = leaks(texts_in(tmp_path), NAMES)
    assert found == [f"a.{kind}: the secret of one" for kind in (
        "csv", "docx", "html", "ipynb", "json", "md", "pdf", "xlsx", "yaml")]  # fmt: skip


def test_leaks_of_the_variable_and_of_the_systems_users_are_found():
    texts = {"a": secret_of(ENVIRONMENT), "b": "root:x:0:0:root:/root:/bin/sh", "c": "root: x"}
    assert leaks(texts, ()) == [f"a: the secret of {ENVIRONMENT}", "b: the system's users"]


def test_secrets_are_told_apart_and_have_no_letters_that_fonts_join():
    assert len({secret_of(str(at)) for at in range(1000)}) == 1000
    assert squeezed(secret_of("one")) == secret_of("one")
    assert not set("fil") & set(secret_of("one"))


# Documents


@pytest.mark.parametrize(
    "added",
    [
        "<script>x</script>",
        "<img src=x>",
        '<p onclick="x">',
        "<style>x</style>",
        '<meta http-equiv="refresh" content="0">',
        '<a href="javascript:x">x</a>',
        '<a href="file:///etc/passwd">x</a>',
        '<base href="//x">',
        "<svg/onload=x>",
        "<p style=x>",
    ],
)
def test_page_with_an_element_from_a_text_is_noticed(added):
    like = page_of(PLAIN.replace("Words", '<a href="https://x">x</a>'))
    assert acting_in_page(page_of(PLAIN), like) == []
    assert acting_in_page(page_of(PLAIN.replace("Words", added)), like)


@pytest.mark.parametrize(
    "added",
    [
        "![x](http://x)",
        "<http://x><b>",
        "<script>x</script>",
        "[x](javascript:x)",
        "[a]\n\n[a]: file:///x",
    ],
)
def test_markdown_that_acts_is_noticed(added):
    assert acting_in_markdown(f"Words\n\n{added}")


def test_markdown_that_is_escaped_is_not_noticed():
    text = (
        "\\![x](<https://x>) \\<script> <https://x> \\[x](y) **b**<br>\n\n<!-- -->\n\nx<sup>M</sup>"
    )
    assert acting_in_markdown(text) == []


def saved(path, change=lambda _: None):
    file = docx.Document()
    file.add_paragraph("Words")
    change(file)
    file.save(path)
    return path


def with_field(file):
    code = OxmlElement("w:instrText")
    code.text = "DDEAUTO x"
    file.paragraphs[0]._p.append(code)


def with_target(kind, to):
    return lambda file: file.part.relate_to(to, kind, is_external=True)


@pytest.mark.parametrize(
    "change",
    [
        with_field,
        with_target(RELATIONSHIP_TYPE.HYPERLINK, "javascript:x"),
        with_target(RELATIONSHIP_TYPE.IMAGE, "http://x"),
        with_target(f"{OFFICE}/attachedTemplate", "http://x"),
        lambda file: file.element.body.append(OxmlElement("w:altChunk")),
    ],
)
def test_word_file_that_acts_is_noticed(change, tmp_path):
    like = saved(tmp_path / "like.docx")
    assert acting_in_word(saved(tmp_path / "a.docx"), like) == []
    assert acting_in_word(saved(tmp_path / "b.docx", change), like)


def test_word_file_with_another_part_is_noticed(tmp_path):
    like, path = saved(tmp_path / "like.docx"), saved(tmp_path / "a.docx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert acting_in_word(path, like) == ["the part word/vbaProject.bin"]


def with_action(kind, **more):
    def change(writer):
        action = {
            NameObject("/S"): NameObject(kind),
            **{NameObject(f"/{key}"): TextStringObject(said) for key, said in more.items()},
        }
        writer._root_object[NameObject("/Deep")] = writer._add_object(
            DictionaryObject({NameObject("/A"): DictionaryObject(action)})
        )

    return change


@pytest.mark.parametrize(
    "change",
    [
        with_action("/JavaScript", JS="app.alert(1)"),
        lambda writer: writer.add_attachment("x.exe", b"x"),
        lambda writer: writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="file:///etc/passwd")),
        with_action("/Launch", F="sh"),
        with_action("/URI", URI="javascript:x"),
        with_action("/GoToR", F="x.pdf"),
    ],
)
def test_pdf_that_acts_is_noticed(change, tmp_path):
    spans = (Span(text="Words", link="https://example.org"),)
    made = write_pdf(Document(title="T", blocks=(Paragraph(spans=spans),)))
    path = tmp_path / "a.pdf"
    path.write_bytes(made.data)
    assert acting_in_pdf(path) == []
    writer = PdfWriter(clone_from=path)
    change(writer)
    writer.write(path)
    assert acting_in_pdf(path)


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-x", "@SUM(1)", "\t=1", "\uff1d1", " =1"])
def test_cell_that_computes_is_noticed(cell, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'a,b\n-5,"-3 to 9"\nx,"{cell}"\n', "utf-8")
    assert acting_in_csv(path) == [cell]
    path.write_text("a,b\n-5,+1e-05\n'=1,5%\n", "utf-8")
    assert acting_in_csv(path) == []


def test_spreadsheet_that_computes_or_links_elsewhere_is_noticed(tmp_path):
    head = row_of(*map(text, HEAD))
    plain = xlsx(tmp_path / "plain.xlsx")
    assert acting_in_spreadsheet(plain) == []
    computed = xlsx(tmp_path / "a.xlsx", sheet=sheet_of(head + row_of(formula("1+1", "2"))))
    assert acting_in_spreadsheet(computed)
    outside = [("hyperlink", "file:///etc/passwd", "External")]
    assert acting_in_spreadsheet(xlsx(tmp_path / "b.xlsx", relations=outside))
    assert acting_in_spreadsheet(xlsx(tmp_path / "c.xlsx", more={"xl/vbaProject.bin": b"x"}))


@pytest.mark.parametrize(
    "said", ["a: !!python/name:os.system x", "a: &x 1", "a: !include x", "a: &x 1\nb: *x"]
)
def test_yaml_that_acts_is_noticed(said, tmp_path):
    path = tmp_path / "brief.yaml"
    path.write_text('a: "!!python/name:os.system &x *x"\n')
    assert acting_in_yaml(path) == []
    path.write_text(said)
    assert acting_in_yaml(path)


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("!touch x", {"text/html": "<p>Words</p>"}),
        ("show()", {"text/html": "<p onclick=x>Words</p>"}),
        ("show()", {"text/html": "<script>x</script>"}),
        ("show()", {"text/markdown": "![x](http://x)"}),
        ("show()", {"application/javascript": "x"}),
    ],
)
def test_notebook_that_acts_is_noticed(source, data, tmp_path):
    def saved_notebook(name, source, data):
        cell = {"source": source, "outputs": [{"data": data}]}
        (tmp_path / name).write_text(json.dumps({"cells": [cell]}))
        return tmp_path / name

    like = saved_notebook(
        "like.ipynb", "show()", {"text/html": "<p>Plain</p>", "text/markdown": "x"}
    )
    fine = saved_notebook(
        "fine.ipynb", "show()", {"text/html": "<p>Words</p>", "text/markdown": "y"}
    )
    assert acting_in_notebook(fine, like) == []
    assert acting_in_notebook(saved_notebook("a.ipynb", source, data), like)
