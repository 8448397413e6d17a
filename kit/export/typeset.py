"""Typst in a child process with a memory limit and a time limit.

A `Typesetter` keeps one child and gives it document after document, which saves loading Typst and
its fonts anew. A child that dies is replaced at the next document.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Literal, Self

from kit.errors import ExportError
from kit.export.glyphs import FONTS

MEMORY = 1 << 30  # bytes of address space for the child
SECONDS = 30.0  # for one document, the start of the child included

_SCRIPT = Path(__file__).with_name("_typesetter.py")


class RefusedError(ExportError):
    """Typst read the document and would not set it."""

    def __init__(self, message: str, *, glyphs: frozenset[str] = frozenset()) -> None:
        super().__init__(message)
        self.glyphs = glyphs  # characters it could not show


class DiedError(ExportError):
    """The child ended before it answered."""


class Typesetter:
    """A child process that sets documents, one after the other.

    Use as a context manager, or call `close`. Safe to use from several threads; open one in each
    process that needs it.
    """

    def __init__(self, *, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        self.memory = memory
        self.seconds = seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self) -> None:
        """Have the child load what it needs by the time of the first document."""
        with self._lock:
            self._living()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def set(
        self, files: Mapping[str, bytes], *, main: str, to: Literal["pdf", "png"] = "pdf"
    ) -> bytes:
        """Set the file `main`, which may read the other files by name and nothing else.

        Raises
        ------
        RefusedError
            If Typst finds fault with the document.
        DiedError
            If the child took too long, too much memory, or was killed.
        """
        with self._lock, tempfile.TemporaryDirectory(prefix="framing-") as folder:
            for name, data in files.items():
                Path(folder, name).write_bytes(data)
            return self._ask({"folder": folder, "main": main, "to": to})

    def _ask(self, request: dict[str, str]) -> bytes:
        child = self._living()
        late = threading.Event()
        timer = threading.Timer(self.seconds, _kill, (child, late))
        timer.start()
        try:
            return _exchange(child, request)
        except (EOFError, OSError) as error:
            raise DiedError(self._last_words(child, late)) from error
        except RefusedError:
            raise
        except BaseException:
            self._end()
            raise
        finally:
            timer.cancel()

    def _living(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  closed by `_end`
            self._child = self._started(self._complaints)
        return self._child

    def _started(self, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
        settings = [str(self.memory), str(self.seconds + 5), str(FONTS)]
        # Threads and their arenas reserve address space; two are enough for a few pages.
        environment = {**os.environ, "RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
        return subprocess.Popen(
            [sys.executable, "-P", str(_SCRIPT), *settings],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=environment,
        )

    def _last_words(self, child: subprocess.Popen[bytes], late: threading.Event) -> str:
        code = child.wait()
        words = ""
        if self._complaints is not None:
            self._complaints.seek(0)
            words = self._complaints.read().decode(errors="replace")
        self._end()
        if late.is_set():
            return f"it took longer than {self.seconds:g} seconds"
        if "memory" in words.lower():
            return f"it needed more than {self.memory >> 20} MB of memory"
        return f"the typesetter ended with code {code}"

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for channel in (child.stdin, child.stdout):
                _close(channel)
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None


def _kill(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _exchange(child: subprocess.Popen[bytes], request: dict[str, str]) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(json.dumps(request).encode() + b"\n")
    child.stdin.flush()
    line = child.stdout.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    head = json.loads(line)
    if "error" in head:
        raise RefusedError(head["error"], glyphs=frozenset(head["refused"]))
    data = child.stdout.read(head["size"])
    if len(data) != head["size"]:
        raise EOFError
    return data


def _close(channel: IO[bytes] | None) -> None:
    if channel is not None:
        try:
            channel.close()
        except BrokenPipeError:
            # A request that the dead child never read is still in the buffer.
            return
