"""What a batch remembers: an entry in each brief's folder, which appears and goes with the folder itself.

So there is no entry without its documents, and no documents without their entry, whenever a run is interrupted. An
entry lists the files with their SHA-256, what they were made from, and what the comparison says of the brief.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.batch.result import Counts, Made, Point

if TYPE_CHECKING:
    from kit.rules import Finding

MARK = ".framing-batch.json"

_FORMAT = 2
_LARGEST = 1024 * 1024  # bytes of an entry; ours have some thousand


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a folder says of itself."""

    files: dict[str, str]  # name to SHA-256
    of: str  # fingerprint of what it was made from; empty where that is not known
    findings: str  # digest of what the coach found then
    made: Made | None


def as_text(made: Made, *, of: str, findings: str) -> str:
    """The entry as the text of its file."""
    kept = asdict(replace(made, notes=()))  # those are about the run that replaced the folder
    entry = {"format": _FORMAT, "files": kept.pop("files"), "of": of, "findings": findings}
    return json.dumps({**entry, "made": kept}, ensure_ascii=False, indent=1) + "\n"


def findings_digest(findings: Iterable[Finding]) -> str:
    """SHA-256 of what the coach says: the one thing in a document that a new day changes."""
    return hashlib.sha256(json.dumps(list(findings)).encode()).hexdigest()


def entry_of(folder: Path) -> Entry | None:
    """The entry of a folder; None if no batch made it."""
    data = _read(folder)
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, dict) or not all(isinstance(one, str) for one in files.values()):
        return None
    try:
        made = _made(data["made"], files)
        of, findings = str(data["of"]), str(data["findings"])
    except (KeyError, TypeError, ValueError, AttributeError):  # of another version, or edited
        return Entry(files=files, of="", findings="", made=None)
    return Entry(files=files, of=of, findings=findings, made=made)


def is_whole(folder: Path, files: dict[str, str]) -> bool:
    """Whether the files are there as they were written."""
    return all(digest_of(folder / name) == digest for name, digest in files.items())


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; empty for whatever is none."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _read(folder: Path) -> Any:
    mark = folder / MARK
    try:
        if folder.is_symlink() or not mark.is_file() or mark.stat().st_size > _LARGEST:
            return None
        return json.loads(mark.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _made(data: dict[str, Any], files: dict[str, str]) -> Made:
    from kit.batch.scale import scale_from  # only a batch that is run again needs it

    return Made(
        files=files,
        pages=data["pages"],
        warnings=tuple(data["warnings"]),
        counts=Counts(**data["counts"]),
        first=tuple(Point(**one) for one in data["first"]),
        scale=scale_from(data["scale"]) if data["scale"] else None,
    )
