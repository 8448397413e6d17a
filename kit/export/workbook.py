"""The workbook that shows a brief: ours, with what a person added to theirs at its place.

Only Markdown and pictures are taken along. A person's code stays where it is and is never run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kit.export.cells import brief_named, is_ours, own_cells, section_of, short
from kit.export.ipynb import Cell, Notebook, read_notebook, refused
from kit.export.pictures import with_pictures
from kit.resources import WORKBOOKS, shipped

STEPS = tuple(step for step in WORKBOOKS if step != "brief")


def workbook_for(brief: Path, *, name: str = "brief") -> Notebook:
    """The shipped workbook `name`, with the person's own cells from the folder of `brief`.

    The workbook of the whole brief also takes what was added to the workbooks of the steps, and
    puts it after the step's section.

    Raises
    ------
    BriefError
        If a notebook of the folder cannot be read.
    """
    ours = read_notebook(shipped("workbooks") / WORKBOOKS[name])
    theirs = _of_folder(brief, name)
    cells = _merged(ours["cells"], theirs["cells"] if theirs else [], brief.parent)
    notebook = {**ours, "cells": cells}
    whole = with_steps(notebook, brief) if name == "brief" else notebook
    return {**whole, "cells": _told_apart(whole["cells"])}


def with_steps(notebook: Notebook, brief: Path) -> Notebook:
    """The notebook with what a person added to the steps' workbooks beside `brief`.

    What is there already is not added again.
    """
    known = {cell.get("id") for cell in notebook["cells"]}
    cells: list[Cell] = []
    for cell in notebook["cells"]:
        cells.append(cell)
        step = section_of(cell)
        if step in STEPS:
            cells += [added for added in _of_step(brief, step) if added["id"] not in known]
    return {**notebook, "cells": cells}


def _of_step(brief: Path, step: str) -> Iterator[Cell]:
    """The own cells of a step's workbook, named so that they are known again."""
    theirs = _of_folder(brief, step)
    for cell in theirs["cells"] if theirs else []:
        for own in own_cells(cell):
            yield with_pictures({**own, "id": short(f"{step}-{own['id']}")}, brief.parent)


def _of_folder(brief: Path, name: str) -> Notebook | None:
    """The workbook beside a brief, where there is one and it is about this brief."""
    path = brief.parent / WORKBOOKS[name]
    if not path.is_file():
        return None
    if not path.resolve().is_relative_to(brief.parent.resolve()):
        raise refused(
            path, "", "a workbook in this folder", "a link that leads out of it",
            "Put the notebook itself here, or delete the link.",
        )  # fmt: skip
    notebook = read_notebook(path)
    named = brief_named(notebook)
    return notebook if named is not None and _leads_to(brief.parent / named, brief) else None


def _leads_to(path: Path, brief: Path) -> bool:
    try:
        return path.resolve() == brief.resolve()
    except (OSError, ValueError, RuntimeError):
        return False  # a name that no file can have, or a link that leads back to itself


def _merged(ours: Sequence[Cell], theirs: Sequence[Cell], folder: Path) -> list[Cell]:
    """Our cells, each followed by what a person added after it in `theirs`."""
    known = {_key(cell) for cell in ours}
    after: dict[str | None, list[Cell]] = {None: []}
    place = None
    for cell in theirs:
        if is_ours(cell):
            place = _key(cell) if _key(cell) in known else place
        else:
            own = [with_pictures(each, folder) for each in own_cells(cell)]
            after.setdefault(place, []).extend(own)
    return after[None] + [each for cell in ours for each in (cell, *after.get(_key(cell), []))]


def _key(cell: Cell) -> str:
    """What a cell of ours is known by; a section stays itself where its id has changed."""
    return section_of(cell) or f"id {cell.get('id')}"


def _told_apart(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with ids of their own, which those of old notebooks may not have."""
    seen: dict[str, int] = {}
    made: list[Cell] = []
    for cell in cells:
        seen[cell["id"]] = count = seen.get(cell["id"], 0) + 1
        made.append(cell if count == 1 else {**cell, "id": short(f"{cell['id']}-{count}")})
    return made
