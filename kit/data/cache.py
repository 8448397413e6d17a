"""What was found before: kept by the content of the file and what was asked, so that no file is measured twice."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kit.data.attached import Attached, Refused
from kit.data.measured import Measured, Question, as_json, from_json

FOLDER = "FRAMING_CACHE"  # environment variable: another folder; empty for none
_SHAPE = 8  # raised whenever the same file would give another result
_MOST = 500  # results that are kept
_TICK = 0.2  # seconds between two tries to have a result alone
_LOCKS = 2  # digits of a result's name: those that begin alike share a lock


class Cache:
    """A folder of results; one that cannot be used is none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @classmethod
    def of_user(cls) -> Cache:
        """The folder for such things on this system."""
        named = os.environ.get(FOLDER)
        if named is not None:
            return cls(Path(named) if named else None)
        import platformdirs

        return cls(Path(platformdirs.user_cache_dir("framing-kit", appauthor=False)) / "measured")

    @contextmanager
    def alone(
        self, stamp: str, question: Question, *, wait: Callable[[], None] = lambda: None
    ) -> Iterator[None]:
        """Of many processes that want one result, one measures and the others wait; where nothing can be kept, all.

        `wait` is called again and again while another has it, and may raise to wait no longer.
        """
        path = self._path(stamp, question)
        with ExitStack() as held:
            if path is not None:
                # Locks are few and stay: where one is removed, somebody may be waiting for it, and then two go on.
                lock = FileLock(path.with_name(f"{path.name[:_LOCKS]}.lock"), timeout=_TICK)
                try:
                    self._hold(held, lock, wait)
                except OSError:  # a folder that may be read and not written, as on a server
                    self._folder = None
            yield

    @staticmethod
    def _hold(held: ExitStack, lock: FileLock, wait: Callable[[], None]) -> None:
        while True:
            try:
                held.enter_context(lock)
            except Timeout:
                wait()
            else:
                return

    def get(self, file: Attached, stamp: str, question: Question) -> Measured | Refused | None:
        """What was found of a file for a question; None where there is nothing that can be read."""
        path = self._path(stamp, question)
        if path is None:
            return None
        try:
            if not path.is_file():
                return None
            found = json.loads(path.read_text("utf-8"))
            result = _refused(found["refused"], file) if "refused" in found else from_json(found)
        except (OSError, ValueError, TypeError, RecursionError):  # by another version, or damaged
            return None
        if isinstance(result, Measured) and (result.stamp, result.question) != (stamp, question):
            return None
        with suppress(OSError):  # where it may be read only, nothing is forgotten either
            os.utime(path)
        return replace(result, file=file.name) if isinstance(result, Measured) else result

    def put(self, found: Measured | Refused, stamp: str, question: Question) -> None:
        """Keep what was found; where that cannot be, it is measured again next time."""
        path = self._path(stamp, question)
        if path is None:
            return
        draft = path.with_suffix(f".{os.getpid()}.draft")
        try:
            draft.write_text(json.dumps(_plain(found)), "utf-8")
            draft.replace(path)
            self._forget()
        except OSError:
            draft.unlink(missing_ok=True)

    def _path(self, stamp: str, question: Question) -> Path | None:
        if self._folder is None:
            return None
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            self._folder = None
            return None
        asked = json.dumps([_SHAPE, stamp, asdict(question)], sort_keys=True)
        return self._folder / f"{hashlib.sha256(asked.encode()).hexdigest()[:32]}.json"

    def _forget(self) -> None:
        """The results that were used longest ago, where there are too many."""
        if self._folder is None:
            return
        kept = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for old in kept[:-_MOST]:
            old.unlink(missing_ok=True)


def _plain(found: Measured | Refused) -> dict[str, Any]:
    if isinstance(found, Measured):
        return as_json(found)
    said = {"expected": found.expected, "found": found.found, "remedy": found.remedy}
    return {"refused": said}


def _refused(said: dict[str, str], file: Attached) -> Refused:
    return Refused(sources=file.sources, name=file.name, **said)
