"""nbconvert exporters and `framing export` give the same documents, and run nothing they find."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree as ET

import papermill
import pytest
from nbconvert.utils.exceptions import ConversionException
from notebooks import (
    NOTE,
    STEP_NOTE,
    after,
    annotated,
    code,
    folder,
    markdown,
    notebook,
    save,
    workbook,
)
from pypdf import PdfReader

from kit.brief import open_brief
from kit.errors import ExportError, UsageError
from kit.export import FORMATS, Document, brief_document, formats_in, write
from kit.export.exporters import FramingHTML, FramingMarkdown, FramingPDF, MenuPDF
from kit.export.typeset import Typesetter
from kit.report.blocks import Paragraph, Span
from kit.resources import WORKBOOKS

EXPORTERS = {"pdf": FramingPDF, "html": FramingHTML, "md": FramingMarkdown}


def exported(path: Path, to: str) -> bytes:
    """A saved notebook as nbconvert exports it."""
    output, resources = EXPORTERS[to]().from_filename(str(path))
    assert resources["output_extension"] == f".{to}"
    return output if isinstance(output, bytes) else output.encode()


def direct(path: Path, to: str) -> bytes:
    """The same brief as `framing export` writes it."""
    return write(brief_document(open_brief(path)), to).data


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return annotated(tmp_path_factory.mktemp("person") / "returns")


@pytest.fixture(scope="module")
def executed(person: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The person's own notebook as papermill runs it, with their code taken out."""
    base = save(
        after(workbook(), "brief-goal", *_markdown_of(person)),
        tmp_path_factory.mktemp("executed") / "base.ipynb",
    )
    made = base.with_name("executed.ipynb")
    papermill.execute_notebook(
        base,
        made,
        parameters={"brief": str(person / "brief.yaml")},
        kernel_name="python3",
        progress_bar=False,
    )
    return made


def _markdown_of(person: Path) -> list[dict[str, object]]:
    from kit.export.ipynb import read_notebook
    from kit.export.workbook import workbook_for

    names = {cell["id"] for cell in read_notebook(person / "brief.ipynb")["cells"]}
    added = workbook_for(person / "brief.yaml")["cells"]
    shipped = {cell["id"] for cell in workbook()["cells"]}
    wanted = names | {"b-picture-1"}
    return [cell for cell in added if cell["id"] in wanted - shipped]


@pytest.mark.parametrize("to", EXPORTERS)
def test_exporter_gives_the_bytes_of_framing_export_for_an_executed_notebook(
    person: Path, executed: Path, to: str
) -> None:
    assert exported(executed, to) == direct(person, to)


@pytest.mark.parametrize("to", EXPORTERS)
def test_exporter_gives_the_bytes_of_framing_export_for_a_notebook_that_was_not_run(
    person: Path, to: str
) -> None:
    """JupyterLab may have saved a widget's view and no blocks."""
    assert exported(person / "brief.ipynb", to) == direct(person, to)


def test_exporter_shows_what_a_person_added(person: Path, executed: Path) -> None:
    reader = PdfReader(io.BytesIO(exported(executed, "pdf")))
    words = " ".join(page.extract_text() for page in reader.pages)
    assert NOTE in words
    assert STEP_NOTE in words
    assert sum(len(page.images) for page in reader.pages) == 3
    assert reader.metadata is not None
    assert reader.metadata.title == "Returns"


@pytest.mark.parametrize("name", [name for name in WORKBOOKS if name != "brief"])
def test_exporter_writes_the_workbook_of_a_step(person: Path, tmp_path: Path, name: str) -> None:
    path = save(workbook(name), person / f"copy-{WORKBOOKS[name]}")
    assert len(PdfReader(io.BytesIO(exported(path, "pdf"))).pages) >= 1


def test_exporter_says_what_is_wrong_with_a_notebook(tmp_path: Path) -> None:
    path = save(workbook(), tmp_path / "alone.ipynb")
    with pytest.raises(
        ConversionException, match=r"^alone\.ipynb: cell 4: expected the section 'title'"
    ):
        FramingPDF().from_filename(str(path))


def test_exporter_names_a_brief_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "brief.yaml").write_text("title: [a")
    path = save(workbook(), tmp_path / "brief.ipynb")
    with pytest.raises(ConversionException, match=r"brief\.yaml:1: .*expected YAML"):
        FramingMarkdown().from_filename(str(path))


def test_exporter_runs_neither_cells_nor_what_lies_beside_the_notebook(tmp_path: Path) -> None:
    """nbconvert's own HTML takes templates from the current folder and runs them."""
    path = folder(tmp_path / "b")
    canary = tmp_path / "canary"
    act = f"{{{{ cycler.__init__.__globals__.os.system('touch {canary}') }}}}"
    for name in ("lab", "base", "classic", "framing-html", "framing-pdf"):
        (path / name).mkdir()
        for template in ("index.html.j2", "base.html.j2", "conf.json"):
            (path / name / template).write_text(act)
    for module in ("kit.py", "typst.py", "json.py", "sitecustomize.py"):
        (path / module).write_text(f"open({str(canary)!r}, 'w')")
    save(after(workbook(), "brief-goal", code(f"open({str(canary)!r}, 'w')")), path / "brief.ipynb")
    command = [sys.executable, "-P", "-m", "nbconvert", "--to", "framing-html", "brief.ipynb"]
    run = subprocess.run(command, cwd=path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert (path / "brief.html").read_bytes() == direct(path, "html")
    assert not canary.exists()


def test_exporters_are_known_to_nbconvert_by_names_for_people_and_for_servers() -> None:
    names = {each.name for each in entry_points(group="nbconvert.exporters")}
    assert {"framing-pdf", "framing-html", "framing-md"} <= names
    assert {"FramingPDF", "FramingHTML", "FramingMarkdown"} <= names


def test_exporter_with_a_hyphen_is_hidden_in_a_server_that_cannot_reach_it() -> None:
    program = (
        "from jupyter_server.serverapp import ServerApp; ServerApp.instance()\n"
        "from nbconvert.exporters.base import get_export_names\n"
        "print(*[name for name in get_export_names() if name.lower().startswith('framing')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ},
    )
    assert run.stdout.split() == ["FramingHTML", "FramingMarkdown", "FramingPDF"]
    assert MenuPDF().enabled
    assert FramingPDF().enabled


# Formats


@pytest.mark.parametrize("to", FORMATS)
def test_write_shows_what_does_not_apply_and_what_is_missing(tmp_path: Path, to: str) -> None:
    path = folder(tmp_path / "b") / "brief.yaml"
    answers = "author: 'n/a: a whole team'\ndecision: {decider: 'n/a: a *vote*'}\n"
    path.write_text(path.read_text() + answers)
    data = write(brief_document(open_brief(path)), to).data
    words = " ".join(text_in(data, to).split())
    assert "Not applicable: a whole team" in words
    assert "Not applicable: a vote" in words
    assert "No decision asked for yet" in words
    assert words.count("not stated") >= 1


def text_in(data: bytes, to: str) -> str:
    """The words of a document, without their markup."""
    if to == "pdf":
        return PdfReader(io.BytesIO(data)).pages[0].extract_text()
    if to == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(ET.fromstring(archive.read("word/document.xml")).itertext())  # noqa: S314
    return re.sub(r"<[^>]*>|\*", "", data.decode())


def test_formats_in_keeps_one_order_and_refuses_what_it_does_not_know() -> None:
    assert formats_in("md,PDF, html") == ("pdf", "html", "md")
    assert formats_in(["docx", "docx"]) == ("docx",)
    for wrong in ("pdf,exe", "", " , "):
        with pytest.raises(
            UsageError, match=r"--to: expected formats out of pdf, html, md, docx, found"
        ):
            formats_in(wrong)


@pytest.mark.parametrize("to", FORMATS)
def test_write_gives_a_file_that_opens_and_the_same_bytes_again(to: str) -> None:
    blocks = (Paragraph(spans=(Span(text="Ελληνικά & <b>"),)),)
    document = Document(title="A & B", blocks=blocks)
    with Typesetter() as typesetter:
        made = write(document, to, typesetter=typesetter)
        assert write(document, to, typesetter=typesetter) == made
    assert made.pages == (1 if to == "pdf" else None)
    if to == "docx":
        assert zipfile.ZipFile(io.BytesIO(made.data)).testzip() is None


@pytest.mark.parametrize(
    ("to", "data"), [("html", b"<html>"), ("md", b" \n"), ("docx", b"PK"), ("html", b"\xff")]
)
def test_write_refuses_to_hand_out_a_broken_file(
    monkeypatch: pytest.MonkeyPatch, to: str, data: bytes
) -> None:
    monkeypatch.setattr("kit.export.formats._bytes", lambda *_: data)
    with pytest.raises(ExportError, match=f"expected a whole {to.upper()} file"):
        write(Document(title="T", blocks=()), to)


def test_a_markdown_cell_cannot_act(tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n#panic("x") $x$ {{ 7*7 }}'
    path = folder(tmp_path / "b")
    save(after(workbook(), "brief-goal", markdown(hostile)), path / "brief.ipynb")
    page = exported(path / "brief.ipynb", "html").decode()
    assert "<script" not in page
    assert "javascript:" not in page.replace("(javascript:alert(1))", "")
    assert "{{ 7*7 }}" in page
    assert exported(path / "brief.ipynb", "pdf")


def test_a_notebook_of_a_persons_own_is_exported_as_it_is(tmp_path: Path) -> None:
    path = save(notebook(markdown("# Mine\n\nText")), tmp_path / "mine.ipynb")
    assert exported(path, "md").decode().startswith("# Mine")
