"""Files that are replaced whole or not at all, and locks that last as long as a save."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kit.errors import LockedError, WriteError

LOCK_SECONDS = 10.0

_MADE_UP = r"[0-9a-f]{8}"


def is_writable(path: Path) -> bool:
    """Whether a file is there and its permission bits and the system allow writing.

    Root may write anything, so for root the bits alone decide.
    """
    try:
        bits = path.stat().st_mode
    except OSError:
        return False
    return bool(bits & 0o222) and os.access(path, os.W_OK)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file whole: a reader sees the old content or the new, never a part.

    A link stays a link; mode and owner of a file that is replaced are kept.

    Raises
    ------
    WriteError
        If the system refuses; the old content stays.
    """
    try:
        target = path.resolve()
        made = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    except (OSError, RuntimeError) as exc:
        raise _refused(exc, path) from exc
    try:
        with os.fdopen(handle, "wb") as out:
            _like(handle, target)
            out.write(data)
            out.flush()
            os.fsync(handle)
        made.replace(target)
    except BaseException as exc:
        with contextlib.suppress(OSError):
            made.unlink()
        if isinstance(exc, OSError):
            raise _refused(exc, path) from exc
        raise
    sync_folder(target.parent)


def clean_leftovers(path: Path) -> tuple[Path, ...]:
    """Remove what interrupted saves of a file left beside it; call it with the file's lock held."""
    target = path.resolve()
    leftover = re.compile(rf"\.{re.escape(target.name)}\.{_MADE_UP}\.tmp")
    left = tuple(other for other in target.parent.iterdir() if leftover.fullmatch(other.name))
    for other in left:
        # Another user's leftover is not in the way of this save.
        with contextlib.suppress(OSError):
            other.unlink()
    return left


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file; the lock itself lies in the system's folder for temporary files.

    Raises
    ------
    LockedError
        If another program holds it for longer than ten seconds.
    WriteError
        If there is no place for locks.
    """
    key = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:32]
    # The user's number is in the name because a system may forbid to open other people's files there.
    place = Path(tempfile.gettempdir()) / f"framing-{os.getuid()}-{key}.lock"
    from filelock import FileLock, Timeout  # only writing needs it

    lock = FileLock(place, timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout as exc:
        raise LockedError(
            f"{path}: expected to have the file alone, found that another program is saving it. "
            "Close the other program, or try again."
        ) from exc
    except OSError as exc:
        raise WriteError.from_os(exc, place) from exc
    try:
        yield
    finally:
        lock.release()


def _refused(error: Exception, path: Path) -> WriteError:
    if isinstance(error, OSError):
        return WriteError.from_os(error, path)
    # A link that leads back to itself is a RuntimeError until Python 3.13.
    return WriteError.from_os(OSError(errno.ELOOP, os.strerror(errno.ELOOP)), path)


def _like(handle: int, target: Path) -> None:
    """Give a new file the mode and owner of the one that it is to replace."""
    if not target.exists():
        return
    old = target.stat()
    # Only root may give files away; a colleague who saves becomes the owner.
    with contextlib.suppress(PermissionError):
        os.fchown(handle, old.st_uid, old.st_gid)
    os.fchmod(handle, stat.S_IMODE(old.st_mode))


def sync_folder(folder: Path) -> None:
    """Make new names last; by now the file itself is safe, so a folder that cannot be read is no error.

    Raises
    ------
    OSError
        If the system refuses for another reason.
    """
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
