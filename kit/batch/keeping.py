"""What a batch wrote into a brief's folder, and what a person put or changed there: that is kept.

The journal's entry in the folder lists the files of the batch with their SHA-256. A listed file that has it still is
outdated and may go; any other is the person's.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kit.batch.journal import MARK, file_digest
from kit.brief.store import sync_folder
from kit.export.glyphs import printable


def carry_over(there: Path, built: Path, ours: dict[str, str]) -> tuple[str, ...]:
    """Copy what is a person's in an older folder into the new one; notes about new names.

    Raises
    ------
    OSError
        If the system refuses.
    """
    notes: list[str] = []
    for kept in sorted(there.iterdir()):
        digest = file_digest(kept)
        listed = kept.name in ours
        if kept.name == MARK or (listed and digest == ours[kept.name]):
            continue
        taken = os.path.lexists(built / kept.name)
        if taken and digest and digest == file_digest(built / kept.name):
            continue
        name = _free(kept, built) if listed or taken else kept.name
        _copy(kept, built / name)
        if name != kept.name:
            old, new = f"{there.name}/{kept.name}", f"{there.name}/{name}"
            notes.append(printable(f"What you changed in {old} is kept as {new}."))
    return tuple(notes)


def _free(kept: Path, built: Path) -> str:
    """A name for a person's version that neither the older folder has nor the new one."""
    number, name = 1, f"{kept.stem}.edited{kept.suffix}"
    while os.path.lexists(built / name) or os.path.lexists(kept.with_name(name)):
        number += 1
        name = f"{kept.stem}.edited-{number}{kept.suffix}"
    return name


def _copy(kept: Path, to: Path) -> None:
    """Copy through to the disk, as the older one is deleted soon."""
    if kept.is_symlink() or not kept.is_dir():
        shutil.copy2(kept, to, follow_symlinks=False)
        _sync(to)
        return
    to.mkdir()
    for each in sorted(kept.iterdir()):
        _copy(each, to / each.name)
    shutil.copystat(kept, to)
    sync_folder(to)


def _sync(path: Path) -> None:
    if path.is_symlink() or not os.access(path, os.R_OK):
        return
    with path.open("rb") as file:
        os.fsync(file.fileno())
