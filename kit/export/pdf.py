"""A document as a tagged PDF, set by Typst from one fixed template."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from kit.errors import ExportError
from kit.export.document import Document
from kit.export.glyphs import shown
from kit.export.passes import prepared, rewritten, undrawn
from kit.export.payload import Picture, payload, pictures, title_of
from kit.export.typeset import DiedError, RefusedError, Typesetter
from kit.report.blocks import Figure

TEMPLATE = Path(__file__).with_name("brief.typ")

_LISTED = 5  # names in one warning
_PROBE = '#set document(title: "Picture")\n#image("{name}", alt: "Picture")\n'
_TITLE = re.compile(rb"<dc:title><rdf:Alt><rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
_PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>")
_TAGGED = b"<pdfuaid:part>1</pdfuaid:part>"
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")


@dataclass(frozen=True, kw_only=True)
class Pdf:
    """A PDF that was read back."""

    data: bytes
    pages: int
    warnings: tuple[str, ...]  # what could not be shown as it was written


def write_pdf(document: Document, *, typesetter: Typesetter | None = None) -> Pdf:
    """The document as a PDF/UA-1 file; the same document gives the same bytes.

    Characters without a glyph and pictures that cannot be drawn are replaced by a visible note.
    Pass an open `typesetter` to write many documents.

    Raises
    ------
    ExportError
        If Typst cannot set the document, or the file does not verify.
    """
    if typesetter is None:
        with Typesetter() as own:
            return write_pdf(document, typesetter=own)
    return _Attempt(document=prepared(document)).run(typesetter)


@dataclass(frozen=True, kw_only=True)
class _Attempt:
    """One try at a document, knowing what stood in the way of those before."""

    document: Document
    refused: frozenset[str] = frozenset()  # characters Typst would not show
    broken: frozenset[Figure] = frozenset()  # pictures Typst would not draw

    def run(self, typesetter: Typesetter) -> Pdf:
        ready, warnings = self._ready()
        try:
            data = typesetter.set(_files(ready), main=TEMPLATE.name)
        except (RefusedError, DiedError) as error:
            return self._wiser(error, typesetter).run(typesetter)
        pages = verify(data, title=title_of(ready))
        return Pdf(data=data, pages=pages, warnings=warnings)

    def _ready(self) -> tuple[Document, tuple[str, ...]]:
        missing: dict[str, None] = {}

        def change(text: str) -> str:
            made = shown(text, refused=self.refused)
            missing.update(dict.fromkeys(made.missing))
            return made.text

        blocks = tuple(
            undrawn(each) if isinstance(each, Figure) and each in self.broken else each
            for each in self.document.blocks
        )
        document = replace(
            self.document, title=change(self.document.title), blocks=rewritten(blocks, change)
        )
        return document, (*_glyph_warnings(list(missing)), *_picture_warnings(self.broken))

    def _wiser(self, error: RefusedError | DiedError, typesetter: Typesetter) -> _Attempt:
        if isinstance(error, RefusedError) and error.glyphs - self.refused:
            return replace(self, refused=self.refused | error.glyphs)
        sound = [each for each in pictures(self.document) if each.figure not in self.broken]
        broken = {each.figure for each in sound if not _draws(each, typesetter)}
        if broken:
            return replace(self, broken=self.broken | broken)
        raise ExportError(
            f"{self.document.title!r}: expected a PDF, found that {error}. "
            "Shorten the longest texts or remove the largest picture, or export to HTML or DOCX."
        ) from error


def _files(document: Document) -> dict[str, bytes]:
    text = json.dumps(payload(document), ensure_ascii=False)
    return {
        TEMPLATE.name: TEMPLATE.read_bytes(),
        "document.json": text.encode(),
        **{each.name: each.data for each in pictures(document)},
    }


def _draws(picture: Picture, typesetter: Typesetter) -> bool:
    files = {"probe.typ": _PROBE.format(name=picture.name).encode(), picture.name: picture.data}
    try:
        typesetter.set(files, main="probe.typ")
    except (RefusedError, DiedError):
        return False
    return True


def _glyph_warnings(missing: list[str]) -> tuple[str, ...]:
    if not missing:
        return ()
    listed = ", ".join(missing[:_LISTED]) + (" and more" if len(missing) > _LISTED else "")
    warning = (
        f"The PDF's fonts have no glyph for {len(missing)} character(s), shown by name instead: "
        f"{listed}. HTML and DOCX show them."
    )
    return (warning,)


def _picture_warnings(broken: frozenset[Figure]) -> tuple[str, ...]:
    alts = sorted(figure.alt for figure in broken)
    return tuple(
        f"The picture {alt!r} could not be drawn and is replaced by a note. "
        "Save it as a PNG and add it again."
        for alt in alts
    )


def verify(data: bytes, *, title: str) -> int:
    """Read a PDF back and return its number of pages.

    Checks that the file is whole (every object is where the cross-reference table says), tagged
    as PDF/UA-1, and carries `title`.

    Raises
    ------
    ExportError
        If one of these does not hold.
    """
    pages, found = _PAGES.search(data), _TITLE.search(data)
    if not _whole(data) or pages is None or found is None or _TAGGED not in data:
        raise ExportError(
            f"{title!r}: expected a whole, tagged PDF, found {len(data)} bytes that do not read "
            "back as one. Export it again; if it stays so, please report it."
        )
    if html.unescape(found[1].decode()) != title:
        raise ExportError(
            f"{title!r}: expected a PDF with this title, found {found[1].decode()!r}. "
            "Export it again; if it stays so, please report it."
        )
    return int(pages[1])


def _whole(data: bytes) -> bool:
    end = _START.search(data[-64:])
    table = _TABLE.match(data, int(end[1])) if end else None
    if not data.startswith(b"%PDF-") or table is None:
        return False
    entries = data[table.end() : table.end() + 20 * int(table[1])].split(b"\n")
    used = [(n, int(e[:10])) for n, e in enumerate(entries) if e.rstrip().endswith(b"n")]
    return all(data.startswith(b"%d " % number, offset) for number, offset in used)
