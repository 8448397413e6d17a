"""A notebook file as plain JSON with its shape checked.

nbformat would do, but importing it takes longer than writing a PDF.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kit.errors import BriefError, Problem

Cell = dict[str, Any]
Notebook = dict[str, Any]

SIZE_LIMIT = 100 * 1024 * 1024

_REMEDY = "Open it in JupyterLab and save it again."


def read_notebook(path: Path) -> Notebook:
    """The notebook in a file.

    Raises
    ------
    BriefError
        If it cannot be read as one; names the file and the cell.
    """
    try:
        with path.open("rb") as source:
            raw = source.read(SIZE_LIMIT + 1)
    except OSError as exc:
        found = str(exc.strerror)
        raise refused(path, "", "a notebook that can be read", found, "Check the path.") from exc
    if len(raw) > SIZE_LIMIT:
        raise refused(path, "", "at most 100 MB", "a larger notebook", "Make its pictures smaller.")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as exc:
        raise refused(path, "", "a notebook", f"no JSON ({exc})", _REMEDY) from exc
    return checked(data, name=path)


def checked(data: Any, *, name: Path | str) -> Notebook:
    """A notebook whose cells have metadata and a source in one piece, from any JSON.

    Raises
    ------
    BriefError
        If it is no notebook of format 4; names the cell.
    """
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        raise refused(name, "", "a notebook with cells", "other JSON", _REMEDY)
    if data.get("nbformat") != 4:
        found = f"format {data.get('nbformat')!r}"
        raise refused(name, "", "a notebook of format 4", found, _REMEDY)
    cells = [_cell(cell, name, place(number)) for number, cell in enumerate(data["cells"])]
    metadata = data.get("metadata")
    return {**data, "metadata": metadata if isinstance(metadata, dict) else {}, "cells": cells}


def place(index: int) -> str:
    """How messages name the cell at an index."""
    return f"cell {index + 1}"


def _cell(cell: Any, name: Path | str, key: str) -> Cell:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        raise refused(name, key, "a cell with its type", "other JSON", _REMEDY)
    for part, kind in (("metadata", dict), ("attachments", dict), ("outputs", list)):
        if not isinstance(cell.get(part, kind()), kind):
            raise refused(name, key, f"{part} as notebooks have them", "other JSON", _REMEDY)
    # JSON can hold half a character, which no file can.
    source = text(cell.get("source")).encode("utf-8", "replace").decode()
    return {**cell, "metadata": cell.get("metadata", {}), "source": source}


def text(value: Any) -> str:
    """Text that a notebook holds in one piece or as a list of lines; anything else is none."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def refused(name: Path | str, key: str, expected: str, found: str, remedy: str) -> BriefError:
    """The error that says what is wrong with a notebook, and in which cell."""
    problem = Problem(
        file=str(name), line=None, key=key, expected=expected, found=found, remedy=remedy
    )
    return BriefError((problem,))
