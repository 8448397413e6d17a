"""Pictures that lie beside a workbook, taken into the cell that shows them."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from urllib.parse import unquote

from kit.export.ipynb import Cell

SIZE_LIMIT = 20 * 1024 * 1024

_KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
}
_SHOWN = re.compile(r"(?P<lead>!\[[^\]\n]*\]\()(?P<target>[^()\s<>:\"']+)")


def with_pictures(cell: Cell, folder: Path) -> Cell:
    """A Markdown cell whose pictures from files below `folder` are attachments of it.

    What is no picture, is too large or lies elsewhere stays as it is, to be named where it is left out.
    """
    attachments = dict(cell.get("attachments", {}))

    def attached(found: re.Match[str]) -> str:
        target = found["target"]
        if target not in attachments:
            data = _picture(target, folder)
            if data is None:
                return found[0]
            attachments[target] = {_KINDS[Path(target).suffix.lower()]: data}
        return f"{found['lead']}attachment:{target}"

    if cell["cell_type"] != "markdown" or "](" not in cell["source"]:
        return cell
    source = _SHOWN.sub(attached, cell["source"])
    return {**cell, "source": source, "attachments": attachments} if attachments else cell


def _picture(target: str, folder: Path) -> str | None:
    """The file that a target names as base64, if it is a picture that lies below the folder."""
    if Path(target).suffix.lower() not in _KINDS:
        return None
    try:
        path = (folder / unquote(target)).resolve()
        fits = (
            path.is_relative_to(folder.resolve())
            and path.is_file()
            and path.stat().st_size <= SIZE_LIMIT
        )
        return base64.b64encode(path.read_bytes()).decode() if fits else None
    except (OSError, ValueError, RuntimeError):
        # A name that no file can have, or a link that leads back to itself, is left out as well;
        # the document names every picture that it leaves out.
        return None
