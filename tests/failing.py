"""A system that refuses: every k-th call of a kind fails, in every process that is started with it.

Loaded as `sitecustomize`, so that it is there before anything else is. What fails is told by the environment: which
calls (`write`, `fsync`, `rename`, `mkdir`), how often, with which error, and below which folder.
"""

from __future__ import annotations

import errno
import io
import itertools
import json
import os
from pathlib import Path
from typing import Any

VARIABLE = "FRAMING_TEST_FAILING"


def told(call: str, *, every: int, error: str, below: str) -> dict[str, str]:
    """The environment that makes calls fail."""
    asked = {"call": call, "every": every, "error": error, "below": below}
    return {VARIABLE: json.dumps(asked)}


class _Failing:
    def __init__(self, *, call: str, every: int, error: str, below: str) -> None:
        self._every, self._number, self._below = every, getattr(errno, error), below
        self._counts = itertools.count(1)
        getattr(self, f"_{call}")()

    def _check(self, place: Any) -> None:
        """Refuse a call about a place, given as a path or as the number of an open file."""
        if isinstance(place, int):
            place = Path(f"/proc/self/fd/{place}").readlink()
        if os.fspath(place).startswith(self._below) and next(self._counts) % self._every == 0:
            raise OSError(self._number, os.strerror(self._number), place)

    def _wrap(self, name: str, place: int = 0) -> None:
        real = getattr(os, name)

        def call(*given: Any, **more: Any) -> Any:
            self._check(given[place])
            return real(*given, **more)

        setattr(os, name, call)

    def _fsync(self) -> None:
        self._wrap("fsync")

    def _rename(self) -> None:
        self._wrap("rename")
        self._wrap("replace")

    def _mkdir(self) -> None:
        self._wrap("mkdir")

    def _write(self) -> None:
        real = io.open

        def opened(file: Any, mode: str = "r", *given: Any, **more: Any) -> Any:
            made = real(file, mode, *given, **more)
            if "b" not in mode or not set("wax+") & set(mode):
                return made
            return _Writer(made, self._check)

        io.open = opened  # type: ignore[assignment]
        __builtins__["open"] = opened  # type: ignore[index]


class _Writer:
    """A file whose writing may be refused."""

    def __init__(self, file: Any, check: Any) -> None:
        self._file, self._check = file, check

    def write(self, data: bytes) -> int:
        self._check(self._file.fileno())
        written: int = self._file.write(data)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


if VARIABLE in os.environ:
    _Failing(**json.loads(os.environ[VARIABLE]))
