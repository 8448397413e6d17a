"""Briefs on disk: read with the line of every key, saved whole or not at all."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kit.brief.model import Brief
from kit.brief.reading import read
from kit.brief.tree import SIZE_LIMIT, Parsed, Tree, parse
from kit.errors import BriefError, ConflictError, LockedError, Problem, WriteError

FILE_NAME = "brief.yaml"
LOCK_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class BriefFile:
    """A brief as it was read from disk."""

    path: Path
    name: str  # the file as the person named it, for messages
    text: str
    stamp: str  # SHA-256 of the bytes read
    parsed: Parsed
    brief: Brief | None  # what could be read; None where a required key is missing
    problems: tuple[Problem, ...]

    @property
    def writable(self) -> bool:
        """Whether the file's permissions let its content be changed."""
        return is_writable(self.path)

    def value(self, key: str) -> Any:
        """The plain value at a dotted key, None where there is none."""
        return value_at(self.parsed.tree, key)


def find(path: Path) -> Path:
    """The brief's file: `path` itself, or `brief.yaml` in the folder `path`.

    Raises
    ------
    BriefError
        If there is none.
    """
    if path.is_dir():
        inside = path / FILE_NAME
        if not inside.is_file():
            raise _unreadable(
                str(path),
                f"a folder with a {FILE_NAME}",
                "none in it",
                "Make one: framing new NAME.",
            )
        return inside
    if not path.exists():
        raise _unreadable(str(path), "a brief", "no such file", "Check the spelling of the path.")
    return path


def briefs_in(path: Path) -> tuple[Path, ...]:
    """The briefs that a path names: one file, one folder's, or all in the folders below it.

    Links are not followed out of the folder, and hidden folders are left out.

    Raises
    ------
    BriefError
        If there is none.
    """
    if not path.is_dir() or (path / FILE_NAME).is_file():
        return (find(path),)
    top = path.resolve()
    found = tuple(
        brief
        for brief in sorted(path.rglob(FILE_NAME))
        if brief.resolve().is_relative_to(top)
        and not any(part.startswith(".") for part in brief.relative_to(path).parts)
    )
    return found or (find(path),)


def open_brief(path: Path | str, *, name: str | None = None) -> BriefFile:
    """Read a brief, wrong values included: they are in `problems`.

    Raises
    ------
    BriefError
        If there is no file, or it is not YAML at all.
    """
    found = find(Path(path))
    shown = name or str(found)
    raw = _bytes(found, shown)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = raw[: exc.start].count(b"\n") + 1
        raise _unreadable(
            shown,
            "text in UTF-8",
            f"byte 0x{raw[exc.start]:02x}",
            "Save the file as UTF-8.",
            line=line,
        ) from exc
    parsed = parse(text, file=shown)
    brief, problems = read(parsed.tree, file=shown, place=lambda key: (parsed.line(key), None))
    return BriefFile(
        path=found,
        name=shown,
        text=text,
        stamp=_stamp(raw),
        parsed=parsed,
        brief=brief,
        problems=problems,
    )


def load(path: Path | str, *, name: str | None = None) -> Brief:
    """Read a brief that has to be right.

    Raises
    ------
    BriefError
        With every problem found.
    """
    file = open_brief(path, name=name)
    if file.problems or file.brief is None:
        raise BriefError(file.problems)
    return file.brief


def save(file: BriefFile, changes: Mapping[str, Any]) -> BriefFile:
    """Set dotted keys to plain values (None takes a key out) and return the file as it is now.

    Comments, order and everything not changed stay as they are. The file is replaced whole.

    Raises
    ------
    ConflictError
        If the file changed on disk since it was read; this version is kept beside it.
    WriteError
        If the file is read-only or the system refuses.
    LockedError
        If another program holds the file for longer than ten seconds.
    """
    from kit.brief.editing import edit

    text = edit(file.text, changes)
    expected = changed(file.parsed.tree, changes)
    if parse(text, file=file.name).tree != expected:
        raise WriteError(
            f"{file.name}: expected to change {', '.join(changes)} and nothing else, found that the "
            "file's layout does not allow it. Nothing was written; change the file by hand."
        )
    with locked(file.path):
        clean_leftovers(file.path)
        if not is_writable(file.path):
            raise WriteError(
                f"{file.name}: expected a file that can be changed, found a read-only one. "
                "Make it writable, or save a copy elsewhere."
            )
        if _stamp(_bytes(file.path, file.name)) != file.stamp:
            raise ConflictError(file.path, _keep_aside(file.path, text))
        write_atomically(file.path, text.encode())
    return open_brief(file.path, name=file.name)


def changed(tree: Tree, changes: Mapping[str, Any]) -> Tree:
    """A copy of `tree` with dotted keys set, and with no group left that lost its last key."""
    result = copy.deepcopy(tree)
    for key, value in changes.items():
        _set(result, key.split("."), value)
    return result


def _set(node: Any, path: list[str], value: Any) -> None:
    part: Any = int(path[0]) if isinstance(node, list) else path[0]
    inner = None if isinstance(node, dict) and part not in node else node[part]
    if len(path) > 1:
        if not isinstance(inner, (dict, list)):
            if value in (None, "", [], {}):
                return
            inner = node[part] = {}
        _set(inner, path[1:], value)
        value = inner
    if isinstance(node, dict) and value in (None, "", [], {}):
        node.pop(part, None)
    else:
        node[part] = value


def value_at(tree: Any, key: str) -> Any:
    """The value at a dotted key of a tree, None where there is none."""
    for part in key.split(".") if key else []:
        if isinstance(tree, dict) and part in tree:
            tree = tree[part]
        elif isinstance(tree, list) and part.isdigit() and int(part) < len(tree):
            tree = tree[int(part)]
        else:
            return None
    return tree


def is_writable(path: Path) -> bool:
    """Whether a file's permission bits and the system allow writing; root asks the bits too."""
    return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file whole: a reader sees the old content or the new, never a part.

    Raises
    ------
    WriteError
        If the system refuses; the old content stays.
    """
    target = path.resolve()
    try:
        handle, made = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    except OSError as exc:
        raise WriteError.from_os(exc, path) from exc
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(made).chmod(
            stat.S_IMODE(target.stat().st_mode) if target.exists() else _default_mode()
        )
        Path(made).replace(target)
    except OSError as exc:
        with contextlib.suppress(OSError):
            Path(made).unlink()
        raise WriteError.from_os(exc, path) from exc
    _sync_folder(target.parent)


def clean_leftovers(path: Path) -> tuple[Path, ...]:
    """Remove what interrupted saves of a file left beside it; call it with the file's lock held."""
    target = path.resolve()
    left = tuple(target.parent.glob(f".{target.name}.*.tmp"))
    for leftover in left:
        leftover.unlink(missing_ok=True)
    return left


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file; the lock itself lies in the system's folder for temporary files."""
    key = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:32]
    lock = FileLock(Path(tempfile.gettempdir()) / f"framing-{key}.lock", timeout=LOCK_SECONDS)
    try:
        with lock:
            yield
    except Timeout as exc:
        raise LockedError(
            f"{path}: expected to have the file alone, found that another program is saving it. "
            "Close the other program, or try again."
        ) from exc


def _keep_aside(path: Path, text: str) -> Path:
    moment = dt.datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    aside = path.resolve().with_name(f"{path.stem}.yours-{moment}{path.suffix}")
    write_atomically(aside, text.encode())
    return aside


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as source:
            raw = source.read(SIZE_LIMIT + 1)
    except OSError as exc:
        raise _unreadable(
            name, "a file that can be read", str(exc.strerror), "Check its permissions."
        ) from exc
    if len(raw) > SIZE_LIMIT:
        raise _unreadable(
            name,
            f"at most {SIZE_LIMIT // 1024} KB",
            "a larger file",
            "Is this a brief? Move tables out of it.",
        )
    return raw


def _unreadable(
    name: str, expected: str, found: str, remedy: str, *, line: int | None = None
) -> BriefError:
    problem = Problem(file=name, line=line, key="", expected=expected, found=found, remedy=remedy)
    return BriefError((problem,))


def _stamp(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _default_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
