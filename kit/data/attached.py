"""The files that a brief names, and whether they may be read at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path, PurePosixPath, PureWindowsPath

from kit.brief import Brief, files_named

SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")
SIZE_LIMIT = 4 << 30  # bytes
_COPY = "Put a copy into the brief's folder, and name it by its path from there: data/clicks.csv."


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file that may be read."""

    sources: tuple[int, ...]  # of data.sources, which name it
    name: str  # as the brief names it
    path: Path  # where it is, links resolved
    size: int  # bytes


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file that may not, or cannot be."""

    sources: tuple[int, ...]
    name: str
    expected: str
    found: str
    remedy: str

    def without_baseline(self) -> Refused:
        """The same: nothing was measured."""
        return self


def attached_to(brief: Brief, folder: Path) -> tuple[Attached | Refused, ...]:
    """Each file that the sources of a brief name, once, in their order; `folder` is the brief's."""
    return tuple(
        _looked_up(name, sources, folder) for name, sources in files_named(brief.data).items()
    )


def _looked_up(name: str, sources: tuple[int, ...], folder: Path) -> Attached | Refused:
    try:
        path, size = _found(name, folder)
    except _NotTakenError as exc:
        expected, found, remedy = exc.args
        return Refused(sources=sources, name=name, expected=expected, found=found, remedy=remedy)
    return Attached(sources=sources, name=name, path=path, size=size)


class _NotTakenError(Exception):
    """What was expected of a name, what was found, and what to do."""


def _found(name: str, folder: Path) -> tuple[Path, int]:
    """Where a file of that name is, links resolved, and its bytes."""
    _refuse_elsewhere(name)
    try:
        home = folder.resolve()
        path = (home / name.replace("\\", "/")).resolve()
        if not path.is_relative_to(home):
            raise _NotTakenError(
                "a file in the brief's folder", "a link that leads out of it", _COPY
            )
        found = path.stat()
    except FileNotFoundError as exc:
        remedy = "Check its spelling, or take the key out."
        raise _NotTakenError("a file", "none of that name", remedy) from exc
    except (OSError, ValueError, RuntimeError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        remedy = "Check its name and permissions."
        raise _NotTakenError("a file that can be read", str(reason), remedy) from exc
    _refuse_unfit(path, found)
    return path, found.st_size


def _refuse_elsewhere(name: str) -> None:
    """A name that leads out of the brief's folder, by itself."""
    if "://" in name or name.lower().startswith(("file:", "data:", "mailto:")):
        raise _NotTakenError("a file in the brief's folder", "an address on a network", _COPY)
    foreign = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive
    if foreign or name.startswith(("\\", "~")):
        raise _NotTakenError("a path from the brief's folder", "one from somewhere else", _COPY)
    if _leads_out(PurePosixPath(name.replace("\\", "/")).parts):
        raise _NotTakenError("a file in the brief's folder", "a path that leads out of it", _COPY)


def _leads_out(parts: Sequence[str]) -> bool:
    """Whether a path leaves where it begins, be it to come back."""
    steps = (-1 if part == ".." else 1 for part in parts)
    return min(accumulate(steps), default=0) < 0


def _refuse_unfit(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "something else, such as a device"
        raise _NotTakenError("a file", what, "Name the file itself.")
    if path.suffix.lower() not in SUFFIXES:
        ending = f"the ending {path.suffix}" if path.suffix else "no ending"
        remedy = "Save it as CSV, Parquet or XLSX."
        raise _NotTakenError(f"one of {', '.join(SUFFIXES)}", ending, remedy)
    if not os.access(path, os.R_OK):
        raise _NotTakenError(
            "a file that can be read", "permission denied", "Change its permissions."
        )
    if found.st_size > SIZE_LIMIT:
        size = f"{found.st_size / (1 << 30):.1f} GB"
        raise _NotTakenError(f"at most {SIZE_LIMIT >> 30} GB", size, "Attach a sample.")
