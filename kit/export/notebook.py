"""Notebooks into documents: the blocks of our sections, and what a person added between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kit.brief import BriefFile, open_brief
from kit.export.cells import brief_named, is_whole, own_cells, section_of
from kit.export.document import Document
from kit.export.ipynb import Cell, Notebook, place, refused
from kit.export.pictures import with_pictures
from kit.export.workbook import with_steps, workbook_for
from kit.report import SECTIONS, section, step
from kit.report.blocks import MIMETYPE, Block, Heading, Title, from_json
from kit.report.cells import cell as cell_blocks

Sections = Callable[[str], tuple[Block, ...]]  # the name of a section to its blocks

_RUN = "Run the cell, save the notebook, and export it again."


def brief_document(file: BriefFile) -> Document:
    """A brief as a document, made without running any code of its folder.

    Raises
    ------
    BriefError
        If a notebook beside the brief cannot be read.
    """
    notebook = workbook_for(file.path)
    return notebook_document(
        notebook, name=file.name, sections=lambda name: section(file, name).blocks
    )


def saved_document(notebook: Notebook, *, name: str, folder: Path) -> Document:
    """A notebook that was saved in `folder` as a document.

    Sections that it holds no result of, as when a form was shown, are made from the brief that it
    names; so is what was added to the steps' workbooks beside that brief.

    Raises
    ------
    BriefError
        If a section cannot be read or made; names the cell.
    """
    named = brief_named(notebook)
    brief = folder / named if named is not None and (folder / named).is_file() else None
    # Pictures come from the notebook's own folder: the brief that a stranger's notebook names may lie anywhere.
    complete = {**notebook, "cells": [with_pictures(cell, folder) for cell in notebook["cells"]]}
    if brief is None:
        return notebook_document(complete, name=name)
    file = cache(lambda: open_brief(brief, name=named))
    if is_whole(notebook):
        complete = with_steps(complete, brief)
        return notebook_document(
            complete, name=name, sections=lambda each: section(file(), each).blocks
        )
    made = notebook_document(complete, name=name, sections=lambda each: step(file(), each).blocks)
    known = file().brief
    return replace(made, illustrative=known is not None and known.illustrative)


def notebook_document(
    notebook: Notebook, *, name: str, sections: Sections | None = None
) -> Document:
    """The blocks of a notebook's sections and own cells, in its order, the title first.

    A section's blocks are those that its cell shows; `sections` makes them for cells that were not run.

    Raises
    ------
    BriefError
        If a section's blocks cannot be had, or there is nothing to show; names `name` and the cell.
    """
    head: list[Block] = []
    blocks: list[Block] = []
    for index, cell in enumerate(notebook["cells"]):
        shown = section_of(cell)
        if shown is None:
            blocks += _own(cell, inside=any(isinstance(block, Heading) for block in blocks))
        else:
            made = _stored(cell, name, place(index))
            if made is None:
                made = _made(shown, sections, name, place(index))
            target = head if any(isinstance(block, Title) for block in made) else blocks
            target += made
    if not head and not blocks:
        raise refused(name, "", "a workbook of the kit", "no section and no text in it", _RUN)
    return Document(title=_title(head + blocks, name), blocks=(*head, *blocks))


def _own(cell: Cell, *, inside: bool) -> tuple[Block, ...]:
    """What a person added, below the heading it stands under unless it opens a section of its own."""
    return tuple(
        block
        for own in own_cells(cell)
        for block in cell_blocks(
            own["source"],
            attachments=own.get("attachments", {}),
            level=2 if inside and not re.match(r"\s*#\s", own["source"]) else 1,
        )
    )


def _stored(cell: Cell, name: str, key: str) -> tuple[Block, ...] | None:
    """The blocks among the outputs of a section's cell; None where it shows none."""
    found = [
        output["data"][MIMETYPE]
        for output in cell.get("outputs", [])
        if isinstance(output, dict) and MIMETYPE in (output.get("data") or {})
    ]
    return tuple(block for data in found for block in _read(data, name, key)) if found else None


def _read(data: Any, name: str, key: str) -> tuple[Block, ...]:
    try:
        return from_json(data.get("blocks") if isinstance(data, dict) else None)
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        found = f"{first['msg'][:1].lower()}{first['msg'][1:]} (at {where or 'blocks'})"
        raise refused(name, key, "the blocks of a section", found, _RUN) from exc


def _made(shown: str, sections: Sections | None, name: str, key: str) -> tuple[Block, ...]:
    if shown not in SECTIONS:
        expected = f"one of the sections {', '.join(SECTIONS)}"
        raise refused(name, key, expected, repr(shown), "Correct the tag of the cell.")
    if sections is None:
        found = "a cell that was not run, and no brief to make it from"
        raise refused(name, key, f"the section {shown!r}", found, _RUN)
    return sections(shown)


def _title(blocks: list[Block], name: str) -> str:
    for block in blocks:
        if isinstance(block, Title):
            return block.title
    headings = (" ".join(block.text.split()) for block in blocks if isinstance(block, Heading))
    return next(headings, Path(name).stem)
