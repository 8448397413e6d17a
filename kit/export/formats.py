"""The formats that a document can be written in, each read back before it is handed out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from kit.errors import ExportError, UsageError
from kit.export.document import Document
from kit.export.typeset import Typesetter

FORMATS = ("pdf", "html", "md", "docx")  # the name of a format is the ending of its files

_DOCX_BODY = "word/document.xml"


@dataclass(frozen=True, kw_only=True)
class Written:
    """A document in one format, verified."""

    data: bytes
    pages: int | None = None  # of a PDF
    warnings: tuple[str, ...] = ()  # what could not be shown as it was written


def formats_in(names: str | Sequence[str]) -> tuple[str, ...]:
    """The formats that are named, in the order of FORMATS.

    >>> formats_in("md, pdf")
    ('pdf', 'md')

    Raises
    ------
    UsageError
        If one is unknown, or none is named.
    """
    given = names.split(",") if isinstance(names, str) else names
    wanted = {name.strip().lower() for name in given} - {""}
    if unknown := sorted(wanted - set(FORMATS)) or ([] if wanted else ["nothing"]):
        raise UsageError(
            f"--to: expected formats out of {', '.join(FORMATS)}, found {', '.join(unknown)}. "
            "Separate them by commas, for example: --to pdf,html"
        )
    return tuple(name for name in FORMATS if name in wanted)


def write(document: Document, to: str, *, typesetter: Typesetter | None = None) -> Written:
    """The document in one of FORMATS; pass an open `typesetter` to write many PDFs.

    Raises
    ------
    ExportError
        If the document cannot be made, or does not read back as one.
    """
    if to == "pdf":
        from kit.export.pdf import write_pdf

        pdf = write_pdf(document, typesetter=typesetter)
        return Written(data=pdf.data, pages=pdf.pages, warnings=pdf.warnings)
    data = _bytes(document, to, typesetter)
    try:
        whole = _reads_back(data, to)
    except (ValueError, KeyError, SyntaxError, zipfile.BadZipFile) as exc:
        raise _broken(document, to, str(exc)) from exc
    if not whole:
        raise _broken(document, to, f"{len(data)} bytes without text")
    return Written(data=data)


def _bytes(document: Document, to: str, typesetter: Typesetter | None) -> bytes:
    if to == "docx":
        from kit.export.docx import write_docx

        return write_docx(document, typesetter=typesetter)
    from kit.export.page import write_html, write_markdown

    return write_html(document) if to == "html" else write_markdown(document)


def _reads_back(data: bytes, to: str) -> bool:
    """Whether the bytes hold text in their format."""
    if to == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = ET.fromstring(archive.read(_DOCX_BODY))  # noqa: S314  we wrote it ourselves
            return archive.testzip() is None and any(text.strip() for text in body.itertext())
    text = data.decode()
    if to == "md":
        return bool(text.strip())
    page = _Page()
    page.feed(text)
    page.close()
    return page.title.strip() != "" and page.closed


class _Page(HTMLParser):
    """Reads a page for its title and its end."""

    title = ""
    closed = False

    def handle_data(self, data: str) -> None:
        if self.lasttag == "title":
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self.closed = tag == "html"


def _broken(document: Document, to: str, found: str) -> ExportError:
    return ExportError(
        f"{document.title!r}: expected a whole {to.upper()} file, found {found}. "
        "Export it again; if it stays so, please report it."
    )
