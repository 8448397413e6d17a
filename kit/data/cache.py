"""What was measured before: kept by the content of the file and what was asked, so that no file is measured twice."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

from filelock import FileLock

from kit.data.measured import Measured, Question, as_json, from_json

FOLDER = "FRAMING_CACHE"  # environment variable: another folder; empty for none
_SHAPE = 2  # raised whenever the same file would give another result
_MOST = 500  # results that are kept


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
    def alone(self, stamp: str, question: Question) -> Iterator[None]:
        """Of many processes that want one result, one measures and the others wait; where nothing can be kept, all."""
        path = self._path(stamp, question)
        with ExitStack() as held:
            if path is not None:
                try:
                    held.enter_context(FileLock(path.with_suffix(".lock")))
                except OSError:  # a folder that may be read and not written, as on a server
                    self._folder = None
            yield

    def get(self, stamp: str, question: Question) -> Measured | None:
        """The result of measuring a file for a question; None where there is none that can be read."""
        path = self._path(stamp, question)
        if path is None:
            return None
        try:
            return from_json(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError):  # not there, or by another version: it is measured again
            return None

    def put(self, found: Measured) -> None:
        """Keep a result; where that cannot be, it is measured again next time."""
        path = self._path(found.stamp, found.question)
        if path is None:
            return
        draft = path.with_suffix(f".{os.getpid()}.draft")
        try:
            draft.write_text(json.dumps(as_json(found)), "utf-8")
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
            old.with_suffix(".lock").unlink(missing_ok=True)
