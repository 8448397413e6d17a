"""The output folder: held by one run alone, changed only by renames of what is finished.

Everything is built in a private folder inside it, on the same file system. A brief's folder is
replaced whole; until then the older one stays, and an interrupted replacement is undone at the
next start. What a person put or changed in a brief's folder is carried over (`kit.batch.keeping`).
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kit.batch.journal import MARK, Remembered, entry_of
from kit.batch.keeping import carry_over
from kit.brief.store import clean_leftovers, is_writable, sync_folder, write_atomically
from kit.errors import ExportError, FullError, LockedError, UsageError, WriteError
from kit.export.glyphs import printable

INDEX, COMPARISON, RECORD = "index.html", "comparison.csv", "report.json"
SPREADSHEET = "comparison.xlsx"

_TOP = (INDEX, COMPARISON, SPREADSHEET, RECORD)
_LOCK = ".framing-batch.lock"  # in the output folder; also says that a batch has written there
_PRIVATE = ".framing-build-"
_BUILT, _OLD = "built", "old"
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold


@dataclass(frozen=True, kw_only=True)
class OutputFolder:
    """An output folder that this run holds."""

    path: Path
    private: Path  # for building; removed at the end

    def building(self, slug: str) -> Path:
        """Where the folder of a brief is built."""
        return self.private / _BUILT / slug

    def has(self, slug: str) -> bool:
        """Whether something stands in the place of a brief's folder."""
        return os.path.lexists(self.path / slug)

    def entry(self, slug: str) -> Remembered | None:
        """What the journal says of a brief's folder; None where no batch made it."""
        return entry_of(self.path / slug)

    def others(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """The folders that a batch made of briefs other than these, sorted."""
        named = {entry.name for entry in os.scandir(self.path)} - {*slugs}
        return tuple(sorted(name for name in named if self.entry(name) is not None))

    def refuse_others(self, slug: str) -> None:
        """See before any work is done that a brief's folder may be replaced, or made.

        Raises
        ------
        WriteError
            If something stands in its place that no batch made.
        """
        if self.has(slug):
            _ours(self.path / slug)

    def refuse_small(self, size: int) -> None:
        """See before any work is done that there is room for so many bytes.

        Raises
        ------
        FullError
            If there is not.
        """
        free = shutil.disk_usage(self.path).free
        if free < size:
            raise FullError(
                f"{self.path}: expected room for at least {size / 1e6:,.1f} MB of documents, found "
                f"{free / 1e6:,.1f} MB. Nothing was begun; free some space, or choose another --out."
            )

    def store(self, slug: str, files: Mapping[str, bytes], entry: str) -> tuple[str, ...]:
        """Write the folder of a brief through to the disk, read it back, and put it in its place; see `publish`.

        Raises
        ------
        WriteError
            If the system refuses, FullError if it has no room; what was there stays.
        ExportError
            If the disk gives back something else than was written.
        """
        folder = self.building(slug)
        try:
            folder.mkdir()
        except OSError as exc:
            raise WriteError.from_os(exc, folder) from exc
        for name, data in files.items():
            _write(folder / name, data)
        _write(folder / MARK, entry.encode())
        return self.publish(slug)

    def publish(self, slug: str) -> tuple[str, ...]:
        """Put a finished folder in its place; notes about what a person had changed there.

        Raises
        ------
        WriteError
            If the place holds something that no batch made, or the system refuses; what was there stays.
        """
        target, old = self.path / slug, self.private / _OLD / slug
        try:
            there = os.path.lexists(target)
            notes: tuple[str, ...] = ()
            if there:
                notes = carry_over(target, self.building(slug), _ours(target))
            sync_folder(self.building(slug))
            if there:
                target.rename(old)
            try:
                self.building(slug).rename(target)
            except OSError:
                if there:
                    old.rename(target)
                raise
            sync_folder(self.path)
            shutil.rmtree(old, ignore_errors=True)
        except OSError as exc:
            raise WriteError.from_os(exc, target) from exc
        return notes

    def write(self, name: str, data: str | bytes) -> None:
        """Replace a file at the top of the folder.

        Raises
        ------
        WriteError
            If it is a link or a folder, or the system refuses; the older file stays.
        """
        _refuse_other(self.path / name)
        clean_leftovers(self.path / name)
        if isinstance(data, str):
            data = _HALF.sub(lambda half: printable(half[0]), data).encode()
        write_atomically(self.path / name, data)


@contextlib.contextmanager
def held(path: Path) -> Iterator[OutputFolder]:
    """The output folder at `path`, made if missing, with leftovers of interrupted runs cleared away.

    Raises
    ------
    WriteError
        If it cannot be made or written.
    UsageError
        If it holds files of another origin that a batch would replace.
    LockedError
        If another run holds it.
    """
    _prepare(path)
    with _locked(path):
        try:
            for left in sorted(path.glob(f"{_PRIVATE}*")):
                _undo(left, path)
            private = Path(tempfile.mkdtemp(prefix=_PRIVATE, dir=path))
            for part in (_BUILT, _OLD):
                (private / part).mkdir()
        except OSError as exc:
            raise WriteError.from_os(exc, path) from exc
        try:
            yield OutputFolder(path=path, private=private)
            _undo_in_words(private, path)
        except BaseException:
            # What is on its way says more, and the next start undoes it.
            with contextlib.suppress(OSError):
                _undo(private, path)
            raise


def _prepare(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise WriteError(
            f"{path}: expected a folder for the output, found a file. Choose another --out."
        )
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise WriteError.from_os(exc, path) from exc
    if not is_writable(path):
        raise WriteError(
            f"{path}: expected a folder that can be written, found a read-only one. "
            "Change its permissions, or choose another --out."
        )
    for name in (*_TOP, _LOCK):
        _refuse_other(path / name)
    taken = [name for name in _TOP if os.path.lexists(path / name)]
    if taken and not (path / _LOCK).exists():
        raise UsageError(
            f"{path}: expected an empty folder or one that a batch made, found {', '.join(taken)} of another "
            "origin, which would be replaced. Nothing was changed; choose another --out."
        )


def _refuse_other(path: Path) -> None:
    """Refuse what is no file; a link in a shared folder could lead to any file of a person's."""
    if path.is_symlink():
        raise WriteError(
            f"{path}: expected a file or nothing, found a link. Nothing was written through it; "
            "delete the link, or choose another --out."
        )
    if path.exists() and not path.is_file():
        found = "a folder" if path.is_dir() else "neither"
        raise WriteError(
            f"{path}: expected a file or nothing, found {found}. Nothing was changed; "
            "rename it, or choose another --out."
        )


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = FileLock(path / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as exc:
        raise LockedError(
            f"{path}: expected to have the output folder alone, found that another batch is writing to it. "
            "Wait for it to end, or choose another --out."
        ) from exc
    except OSError as exc:
        raise WriteError.from_os(exc, path) from exc
    try:
        yield
    finally:
        lock.release()


def _undo_in_words(private: Path, path: Path) -> None:
    try:
        _undo(private, path)
    except OSError as exc:
        raise WriteError.from_os(exc, path) from exc


def _undo(private: Path, path: Path) -> None:
    """Clear a private folder away; a folder that was being replaced goes back to its place.

    Only what a batch has made: a link in a shared folder could lead to any folder of a person's.
    """
    if private.is_symlink():
        private.unlink()
        return
    held_back = private / _OLD
    for old in () if held_back.is_symlink() else sorted(held_back.glob("*")):
        if entry_of(old) is not None and not os.path.lexists(path / old.name):
            old.rename(path / old.name)
    shutil.rmtree(private, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        read = path.read_bytes()
    except OSError as exc:
        raise WriteError.from_os(exc, path) from exc
    if read != data:
        raise ExportError(
            f"{path.name}: expected to read back what was written, found other bytes. "
            "Check the disk, or choose another --out."
        )


def _ours(there: Path) -> dict[str, str]:
    """The files that an earlier batch wrote into a brief's folder."""
    entry = entry_of(there)
    if entry is None:
        raise WriteError(
            f"{there}: expected nothing there or a folder that a batch made, found something else. "
            "It was left as it is; rename it, or choose another --out."
        )
    return entry.files
