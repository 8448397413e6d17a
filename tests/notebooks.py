"""Notebooks and briefs as a person leaves them in a folder, for the tests of export and batch."""

from __future__ import annotations

import base64
import copy
import json
import struct
import zlib
from pathlib import Path
from typing import Any

from kit.resources import WORKBOOKS, shipped

NOTE = "A note that somebody added."
STEP_NOTE = "A note in the workbook of the goal."
TINY = "format: 1\ntitle: {title}\ngoal:\n  statement: Fewer returns by June\n  metric: returns\n"


def png(*, shade: int = 200, side: int = 24) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + bytes([shade]) * side for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def markdown(source: str, *, name: str = "note", **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source, **more}


def code(source: str, *outputs: dict[str, Any], name: str = "code") -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "execution_count": 1,
        "source": source,
        "outputs": list(outputs),
    }


def displayed(data: dict[str, Any], **about: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": about}


def workbook(name: str = "brief") -> dict[str, Any]:
    """A shipped workbook."""
    path = shipped("workbooks") / WORKBOOKS[name]
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}


def after(base: dict[str, Any], cell_id: str, *cells: dict[str, Any]) -> dict[str, Any]:
    """A notebook with cells added behind another."""
    made = copy.deepcopy(base)
    at = [cell["id"] for cell in made["cells"]].index(cell_id)
    made["cells"][at + 1 : at + 1] = cells
    return made


def save(notebook_: dict[str, Any], path: Path) -> Path:
    path.write_text(json.dumps(notebook_), encoding="utf-8")
    return path


def folder(path: Path, *, title: str = "Returns") -> Path:
    """A folder with a tiny brief in it."""
    path.mkdir(parents=True)
    (path / "brief.yaml").write_text(TINY.format(title=title), encoding="utf-8")
    return path


def annotated(path: Path, *, title: str = "Returns") -> Path:
    """The same, with what a person may add to workbooks: text and pictures of four kinds."""
    folder(path, title=title)
    (path / "beside.png").write_bytes(png(shade=40))
    attached = {"pasted.png": {"image/png": coded(png(shade=90))}}
    shown = displayed({"image/png": coded(png(shade=140)) + "\n", "text/plain": "<Figure>"})
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20'><rect width='9' height='9'/></svg>"
    save(
        after(
            workbook(),
            "brief-goal",
            markdown(f"{NOTE}\n\n![pasted](attachment:pasted.png)", name="a", attachments=attached),
            code("open('ran', 'w')", shown, name="b"),
            markdown("![beside](beside.png)", name="c"),
        ),
        path / "brief.ipynb",
    )
    goal = after(
        workbook("goal"),
        "goal-next",
        markdown(f"# My section\n\n{STEP_NOTE}", name="d"),
        code("1 / 0", displayed({"image/svg+xml": drawing}), name="e"),
    )
    save(goal, path / WORKBOOKS["goal"])
    return path
