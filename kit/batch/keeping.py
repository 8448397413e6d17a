"""What a batch wrote into a brief's folder, and what a person put or changed there: that is kept.

The mark in the folder lists the files of the batch with their SHA-256. A listed file that has it
still is outdated and may go; any other is the person's.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from kit.export.glyphs import printable

MARK = ".framing-batch.json"  # in a brief's folder: which files a batch wrote there

_LARGEST = 1024 * 1024  # bytes of a mark; ours have a few hundred


def written(folder: Path) -> dict[str, str] | None:
    """The files that a batch wrote into a folder, with their SHA-256; None if none made it."""
    mark = folder / MARK
    try:
        if folder.is_symlink() or not mark.is_file() or mark.stat().st_size > _LARGEST:
            return None
        files = json.loads(mark.read_text("utf-8"))["files"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    texts = isinstance(files, dict) and all(isinstance(each, str) for each in files.values())
    return files if texts else None


def carry_over(there: Path, built: Path, ours: dict[str, str]) -> tuple[str, ...]:
    """Copy what is a person's in an older folder into the new one; notes about new names."""
    notes: list[str] = []
    for kept in sorted(there.iterdir()):
        digest = _digest(kept)
        listed = kept.name in ours
        if kept.name == MARK or (listed and digest == ours[kept.name]):
            continue
        taken = os.path.lexists(built / kept.name)
        if taken and digest and digest == _digest(built / kept.name):
            continue
        name = _free(kept, built) if listed or taken else kept.name
        _copy(kept, built / name)
        if name != kept.name:
            old, new = f"{there.name}/{kept.name}", f"{there.name}/{name}"
            notes.append(printable(f"What you changed in {old} is kept as {new}."))
    return tuple(notes)


def _digest(path: Path) -> str:
    """The SHA-256 of a file; empty for whatever is none."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _free(kept: Path, built: Path) -> str:
    """A name for a person's version that neither the older folder has nor the new one."""
    number, name = 1, f"{kept.stem}.edited{kept.suffix}"
    while os.path.lexists(built / name) or os.path.lexists(kept.with_name(name)):
        number += 1
        name = f"{kept.stem}.edited-{number}{kept.suffix}"
    return name


def _copy(kept: Path, to: Path) -> None:
    if kept.is_dir() and not kept.is_symlink():
        shutil.copytree(kept, to, symlinks=True)
    else:
        shutil.copy2(kept, to, follow_symlinks=False)
