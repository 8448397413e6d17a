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
class Remembered:
    """What a folder says of itself."""

    files: dict[str, str]  # name to SHA-256
    of: str  # fingerprint of what it was made from; empty where that is not known
    findings: str  # digest of what the coach found then
    made: Made | None


def as_text(made: Made, *, of: str, findings: str) -> str:
    """The entry as the text of its file."""
    kept = asdict(replace(made, notes=()))  # those are about the run that replaced the folder
    entry = {"files": kept.pop("files"), "of": of, "findings": findings, "made": kept}
    return json.dumps({"sum": _sum(entry), **entry}, ensure_ascii=False, indent=1) + "\n"


def findings_digest(findings: Iterable[Finding]) -> str:
    """SHA-256 of what the coach says: the one thing in a document that a new day changes."""
    told = [
        one._replace(file="", line=None, row=None) for one in findings
    ]  # whatever row it is by now
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def entry_of(folder: Path) -> Remembered | None:
    """The entry of a folder; None if no batch made it."""
    data = _read(folder)
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, dict) or not all(isinstance(one, str) for one in files.values()):
        return None
    if data.pop("sum", None) != _sum(data):  # of another version, or edited
        return Remembered(files=files, of="", findings="", made=None)
    made = _made(data["made"], files)
    return Remembered(files=files, of=data["of"], findings=data["findings"], made=made)


def is_whole(folder: Path, files: dict[str, str]) -> bool:
    """Whether the files are there as they were written, and can be read."""
    try:
        return all(file_digest(folder / name) == digest for name, digest in files.items())
    except OSError:
        return False


def file_digest(path: Path) -> str:
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


def _sum(entry: dict[str, Any]) -> str:
    """SHA-256 of all that an entry says, and of how it says it: one that was not written so is not believed."""
    said = json.dumps([_FORMAT, entry], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _made(data: dict[str, Any], files: dict[str, str]) -> Made:
    from kit.batch.scale import scale_from  # only a batch that is run again needs it

    return Made(
        files=files,
        pages=data["pages"],
        warnings=tuple(data["warnings"]),
        counts=Counts(**data["counts"]),
        worst=tuple(Point(**one) for one in data["worst"]),
        scale=scale_from(data["scale"]) if data["scale"] else None,
    )
