"""What in the documents of a batch could act: programs, fields, formulas, tags and outside targets."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import yaml
from openpyxl import load_workbook
from pypdf import PdfReader

from hostile.documents import (
    ALLOWED,
    Page,
    acting_in_markdown,
    acting_in_page,
    is_harmless,
    objects_of,
    page_of,
)

_NUMBER = re.compile(r"[+-]?\d[\d.]*(e[+-]?\d+)?( to [+-]?\d[\d.]*(e[+-]?\d+)?)?%?", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ACTING_KEYS = (
    "/AA",
    "/OpenAction",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/RichMediaContent",
    "/AcroForm",
    "/XFA",
)


def acting_in_word(path: Path, like: Path) -> list[str]:
    """Fields, parts, elements and outside targets that a harmless file of the same making has not."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(like) as other:
        found = [
            f"the part {name}" for name in sorted(set(archive.namelist()) - set(other.namelist()))
        ]
        known = {tag for name in other.namelist() for tag in _tags(other, name)}
        for name in archive.namelist():
            found += [f"the element {tag}" for tag in sorted(_tags(archive, name) - known)]
            found += _acting_in_part(archive, name)
    return found


def _tags(archive: zipfile.ZipFile, name: str) -> set[str]:
    return {one.tag for one in _xml(archive, name)}


def _xml(archive: zipfile.ZipFile, name: str) -> list[ET.Element]:
    if not name.endswith((".xml", ".rels")):
        return []
    return list(ET.fromstring(archive.read(name)).iter())  # noqa: S314  the kit wrote it


def _acting_in_part(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    for one in _xml(archive, name):
        if one.tag == f"{_WORD}instrText" and one.text not in (" PAGE ", " NUMPAGES "):
            yield f"the field {one.text!r}"
        if one.get("TargetMode") == "External" and (
            not str(one.get("Type")).endswith("/hyperlink")
            or not ALLOWED.match(str(one.get("Target")))
        ):
            yield f"the outside target {one.get('Target')!r}"


def acting_in_pdf(path: Path) -> list[str]:
    """Actions besides links to allowed addresses, scripts, forms and files, in any object."""
    reader = PdfReader(path)
    found = []
    for one in objects_of(reader):
        action = one.get("/S") if one.get("/Type", "/Action") == "/Action" else None
        if action in (
            "/JavaScript",
            "/Launch",
            "/GoToR",
            "/GoToE",
            "/SubmitForm",
            "/ImportData",
            "/Rendition",
        ):
            found.append(f"the action {action}")
        if "/URI" in one and not ALLOWED.match(str(one["/URI"])):
            found.append(f"the address {one['/URI']}")
        found += [f"the key {key}" for key in _ACTING_KEYS if key in one]
    return found


def acting_in_csv(path: Path) -> list[str]:
    """Cells that a spreadsheet would compute."""
    rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if _computes(cell)]


def _computes(cell: str) -> bool:
    return re.match(
        r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]", cell
    ) is not None and not _NUMBER.fullmatch(cell)


def acting_in_spreadsheet(path: Path) -> list[str]:
    """Formulas, links elsewhere and parts that hold programs."""
    with zipfile.ZipFile(path) as archive:
        odd = re.compile(r"vba|macro|externalLink|connection|embedding|activeX", re.IGNORECASE)
        found = [f"the part {name}" for name in archive.namelist() if odd.search(name)]
        for name in archive.namelist():
            found += [
                f"the target {one.get('Target')}" for one in _xml(archive, name)
                if one.get("TargetMode") == "External" and not is_harmless(str(one.get("Target")))
            ]  # fmt: skip
    book = load_workbook(path)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    return found + [f"the formula {cell.value!r}" for cell in cells if cell.data_type == "f"]


def acting_in_yaml(path: Path) -> list[str]:
    """Tags, anchors and aliases."""
    found = []
    for event in yaml.parse(path.read_text("utf-8"), Loader=yaml.SafeLoader):
        found += [
            f"the {kind} {said}"
            for kind in ("tag", "anchor")
            if (said := getattr(event, kind, None))
        ]
    return found


def acting_in_notebook(path: Path, like: Path) -> list[str]:
    """Code that a harmless notebook of the same making has not, and what its results could do."""
    notebook, other = (json.loads(each.read_text("utf-8")) for each in (path, like))
    known = {"".join(cell["source"]) for cell in other["cells"]}
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    found = [f"the cell {source!r}" for source in sources if source not in known]
    kinds = {kind for output in _outputs(other) for kind in output.get("data", {})}
    allowed = Page()
    for output in _outputs(other):
        allowed.feed("".join(output["data"].get("text/html", "")))
    for output in _outputs(notebook):
        found += [f"the result {kind}" for kind in output.get("data", {}) if kind not in kinds]
        shown = page_of("".join(output["data"].get("text/html", "")))
        found += acting_in_page(shown, allowed)
        found += acting_in_markdown("".join(output["data"].get("text/markdown", "")))
    return found


def _outputs(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [output for cell in notebook["cells"] for output in cell.get("outputs", [])]


def acting_in(folder: Path, like: Path) -> list[str]:
    """What in the folder of a brief could act, held against the folder of a harmless one."""
    whole = page_of((folder / "brief.html").read_text("utf-8"))
    found = {
        "brief.html": acting_in_page(whole, page_of((like / "brief.html").read_text("utf-8"))),
        "brief.md": acting_in_markdown((folder / "brief.md").read_text("utf-8")),
        "brief.docx": acting_in_word(folder / "brief.docx", like / "brief.docx"),
        "brief.pdf": acting_in_pdf(folder / "brief.pdf"),
        "brief.yaml": acting_in_yaml(folder / "brief.yaml"),
        "brief.ipynb": acting_in_notebook(folder / "brief.ipynb", like / "brief.ipynb"),
    }
    return [f"{name}: {one}" for name, each in found.items() for one in each]
