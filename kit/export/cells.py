"""The cells of a notebook told apart: ours by their tags, and what a person added."""

from __future__ import annotations

import ast
import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any

from kit.brief.store import FILE_NAME
from kit.export.ipynb import Cell, Notebook, text
from kit.report.blocks import MEDIA

INJECTED = "injected-parameters"  # the cell that papermill adds

_OURS = {"guidance", "parameters", INJECTED, "kit", "papermill-error-cell-tag"}
_SECTION = "section-"
_ALT = "Picture from a workbook"
_ID_LIMIT = 64

Attachments = dict[str, dict[str, str]]  # file name to kind to base64


def tags(cell: Cell) -> frozenset[str]:
    """The tags of a cell."""
    found = cell["metadata"].get("tags")
    found = found if isinstance(found, list) else []
    return frozenset(tag for tag in found if isinstance(tag, str))


def section_of(cell: Cell) -> str | None:
    """The name of the section that a cell of ours shows."""
    names = sorted(tag.removeprefix(_SECTION) for tag in tags(cell) if tag.startswith(_SECTION))
    return names[0] if names and cell["cell_type"] == "code" else None


def is_ours(cell: Cell) -> bool:
    """Whether a cell came with the kit, or was added by papermill."""
    return bool(tags(cell) & _OURS) or section_of(cell) is not None


def is_whole(notebook: Notebook) -> bool:
    """Whether a notebook shows the whole brief, rather than a step of it."""
    return any(section_of(cell) == "title" for cell in notebook["cells"])


def brief_named(notebook: Notebook) -> str | None:
    """The path that the parameters give, papermill's before ours; None where they give no text."""
    for tag in (INJECTED, "parameters"):
        for cell in notebook["cells"]:
            if tag in tags(cell):
                return _assigned(cell["source"])
    return FILE_NAME


def _assigned(source: str) -> str | None:
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for statement in reversed(statements):
        match statement:
            case ast.Assign(targets=[ast.Name(id="brief")], value=ast.Constant(value=str(path))):
                return path
    return None


def own_cells(cell: Cell) -> Iterator[Cell]:
    """What of a cell that a person added goes into documents, as Markdown cells.

    That is Markdown with its attachments, and the pictures that code showed; never code.
    """
    if is_ours(cell):
        return
    if cell["cell_type"] == "markdown" and cell["source"].strip():
        yield _markdown(_id(cell), cell["source"], _attached(cell))
    if cell["cell_type"] == "code":
        for number, (kind, data, alt) in enumerate(_pictures(cell), start=1):
            file = f"picture-{number}.{kind.removeprefix('image/').removesuffix('+xml')}"
            source = f"![{alt}](attachment:{file})"
            yield _markdown(f"{_id(cell)}-picture-{number}", source, {file: {kind: data}})


def _markdown(name: str, source: str, attachments: Attachments) -> Cell:
    cell = {"cell_type": "markdown", "id": short(name), "metadata": {}, "source": source}
    return {**cell, "attachments": attachments} if attachments else cell


def _id(cell: Cell) -> str:
    given = cell.get("id")
    if isinstance(given, str) and re.fullmatch(r"[\w-]{1,64}", given, re.ASCII):
        return given
    return hashlib.sha256(cell["source"].encode()).hexdigest()[:8]


def short(name: str) -> str:
    """A cell's id within the length that the format allows."""
    if len(name) <= _ID_LIMIT:
        return name
    return f"{name[:40]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _attached(cell: Cell) -> Attachments:
    """The attachments of a cell that are pictures."""
    found: Attachments = {}
    for name, bundle in cell.get("attachments", {}).items():
        if isinstance(bundle, dict):
            kinds = {kind: text(bundle.get(kind)) for kind in MEDIA}
            found[name] = {kind: data for kind, data in kinds.items() if data}
    return {name: kinds for name, kinds in found.items() if kinds}


def _pictures(cell: Cell) -> Iterator[tuple[str, str, str]]:
    """Kind, base64 and text alternative of each picture among the outputs of a code cell."""
    for output in cell.get("outputs", []):
        data = _group(output, "data")
        kind = next((kind for kind in MEDIA if text(data.get(kind))), None)
        if kind is not None:
            alt = _group(_group(output, "metadata"), kind).get("alt")
            yield kind, _base64(kind, text(data[kind])), _plain(alt)


def _group(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _base64(kind: str, data: str) -> str:
    if kind == "image/svg+xml":
        return base64.b64encode(data.encode("utf-8", "replace")).decode()
    return "".join(data.split())


def _plain(alt: Any) -> str:
    """A text alternative without what Markdown would read as markup."""
    return " ".join(re.sub(r"[][\\`<>*_!]", " ", text(alt)).split()) or _ALT
