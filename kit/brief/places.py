"""Where briefs are: the file or the files that a path names."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from kit.errors import BriefError, Problem

FILE_NAME = "brief.yaml"


def find(path: Path) -> Path:
    """The brief's file: `path` itself, or `brief.yaml` in the folder `path`.

    Raises
    ------
    BriefError
        If there is none.
    """
    try:
        if path.suffix == ".ipynb":
            raise unreadable(
                str(path), "a brief or its folder", "a notebook", f"Name its folder: {path.parent}"
            )
        if path.is_file():
            return path
        if not path.is_dir():
            raise unreadable(
                str(path), "a brief", _instead(path), "Check the spelling of the path."
            )
        inside = path / FILE_NAME
        if inside.is_file():
            return inside
        found = f"a {FILE_NAME} that is a folder" if inside.is_dir() else "none in it"
    except OSError as exc:
        raise unreadable(str(path), "a brief", str(exc.strerror), "Check the path.") from exc
    raise unreadable(
        str(path), f"a folder with a {FILE_NAME}", found, "Make one: framing new NAME."
    )


def _instead(path: Path) -> str:
    if path.exists():
        return "neither a file nor a folder"
    return "a link to nowhere" if path.is_symlink() else "no such file"


def briefs_in(
    path: Path, *, closed: Callable[[BriefError], object] | None = None
) -> tuple[Path, ...]:
    """The briefs that a path names: one file, one folder's, or all in the folders below it.

    Links are not followed out of the folder, and hidden folders are left out. A folder that cannot be looked
    into is told to `closed`.

    Raises
    ------
    BriefError
        If there is none, or a folder cannot be looked into and there is no `closed`.
    """
    if not path.is_dir() or (path / FILE_NAME).is_file():
        return (find(path),)
    found = []
    for folder, below, files in os.walk(path, onerror=lambda exc: (closed or _refuse)(_shut(exc))):
        below[:] = [name for name in below if not name.startswith(".")]
        if FILE_NAME in files and _is_inside(brief := Path(folder, FILE_NAME), path):
            found.append(brief)
    return tuple(sorted(found)) or (find(path),)


def _shut(exc: OSError) -> BriefError:
    folder, why = os.fsdecode(exc.filename), str(exc.strerror)
    return unreadable(folder, "a folder to look into", why, "Change its permissions.")


def _refuse(exc: BriefError) -> NoReturn:
    raise exc


def _is_inside(brief: Path, top: Path) -> bool:
    """Whether a brief is a file of the folder, and no link to one elsewhere."""
    real = brief.resolve()
    return not brief.is_symlink() or (real.is_file() and real.is_relative_to(top.resolve()))


def unreadable(
    name: str, expected: str, found: str, remedy: str, *, line: int | None = None
) -> BriefError:
    """What is wrong with a file as a whole."""
    problem = Problem(file=name, line=line, key="", expected=expected, found=found, remedy=remedy)
    return BriefError((problem,))
