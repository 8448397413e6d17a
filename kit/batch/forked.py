"""A forked child that runs the cells of one notebook: it shares what is loaded here, and nothing that it does.

The child has a session of its own, a limit on memory, and nobody to ask. It is sent one cell after the other as a line
of JSON, and answers each with a line: the outputs, and whether the cell failed or left. Whatever ends it ends this
notebook alone.
"""

from __future__ import annotations

import codecs
import contextlib
import gc
import json
import os
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, Self

from kit.batch.shell import Output, TooMuchOutputError, shell
from kit.batch.spawning import die_with_parent

_MEMORY = 2 << 30  # bytes of address space beyond what is shared
_CHUNK = 1 << 16
_PATIENCE = 2.0  # seconds for what was written past Python to come through
_BROKEN = "broken"  # in an answer: that there is none, and why


class DiedError(Exception):
    """The child ended before it answered; says how."""


class LateError(Exception):
    """A cell takes too long."""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """One cell, run."""

    outputs: list[Output]
    count: int | None  # execution count
    failed: bool
    left: str  # how the cell ended the program, as by `sys.exit`; empty where it did not


class Child:
    """A child that waits for cells; to be used in a `with`, which ends it."""

    def __init__(self, *, memory: int = _MEMORY) -> None:
        self._memory = memory

    def __enter__(self) -> Self:
        sys.stdout.flush()
        sys.stderr.flush()
        ours, theirs = socket.socketpair()
        self._id = os.fork()
        if self._id == 0:
            gc.freeze()  # what is here by now need not be copied to be looked through
            ours.close()
            _serve(theirs, self._memory)
        theirs.close()
        self._channel, self._heard, self._ended = ours, b"", ""
        return self

    def __exit__(self, *_: object) -> None:
        self._channel.close()
        self._kill()

    def run(self, source: str, *, seconds: float | None) -> Ran:
        """Run one cell.

        Raises
        ------
        LateError
            If it takes longer than `seconds`.
        DiedError
            If the child ends.
        """
        end = None if seconds is None else time.monotonic() + seconds
        try:
            self._channel.sendall(json.dumps({"source": source}).encode() + b"\n")
            answer = json.loads(self._line(end))
        except (BrokenPipeError, ConnectionResetError) as exc:
            raise DiedError(self._how()) from exc
        if _BROKEN in answer:
            raise DiedError(answer[_BROKEN])
        return Ran(**answer)

    def _line(self, end: float | None) -> bytes:
        parts = [self._heard]
        while b"\n" not in parts[-1]:
            self._channel.settimeout(None if end is None else max(0.001, end - time.monotonic()))
            try:
                part = self._channel.recv(_CHUNK)
            except TimeoutError:
                raise LateError from None
            if not part:
                raise DiedError(self._how())
            parts.append(part)
        line, _, self._heard = b"".join(parts).partition(b"\n")
        return line

    def _how(self) -> str:
        """How the child ended."""
        if self._id:
            code = os.waitstatus_to_exitcode(os.waitpid(self._id, 0)[1])
            self._id = 0
            self._ended = (
                f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
            )
        return self._ended

    def _kill(self) -> None:
        """End the child and all that it started."""
        if not self._id:
            return
        for kill in (os.killpg, os.kill):  # it may not have its group yet
            try:
                kill(self._id, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os.waitpid(self._id, 0)
        self._id = 0


def _serve(channel: socket.socket, memory: int) -> NoReturn:
    """The child: what it is from the fork to its end. It never returns into what was forked."""
    code = 1
    try:
        _settle(channel, memory)
        made = shell()
        caught = [
            _Caught(number, name, made.outputs) for number, name in ((1, "stdout"), (2, "stderr"))
        ]
        with channel.makefile("rb") as cells:
            for line in cells:
                answer = _run(made, json.loads(line)["source"], caught)
                channel.sendall(json.dumps(answer).encode() + b"\n")
        code = 0
    except BaseException as exc:  # noqa: BLE001  whatever breaks here is told by the parent
        told = {_BROKEN: f"it broke with {type(exc).__name__}: {exc}"}
        with contextlib.suppress(OSError):  # a parent that is gone has nobody to tell
            channel.sendall(json.dumps(told).encode() + b"\n")
    finally:
        os._exit(code)


def _run(made: Any, source: str, caught: list[_Caught]) -> dict[str, Any]:
    made.outputs.begin()
    result = made.run_cell(source, store_history=True)
    for one in caught:
        one.drain()
    error = result.error_before_exec or result.error_in_exec
    return {
        "outputs": made.outputs.each,
        "count": result.execution_count,
        "failed": error is not None,
        "left": f"sys.exit({error.code!r})" if isinstance(error, SystemExit) else "",
    }


def _settle(channel: socket.socket, memory: int) -> None:
    """Cut what is shared with the parent and should not be."""
    os.setsid()
    die_with_parent()  # a cell that runs on when its batch is gone would be an orphan
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    kept = channel.fileno()
    os.closerange(3, kept)
    os.closerange(kept + 1, _most_open())
    _limit(memory)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()  # else the same numbers in every child; `random` sees to that itself


def _limit(memory: int) -> None:
    import resource

    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    held = int(pages) * resource.getpagesize()
    # What a cell starts may set itself another limit: a file is measured in a process with one of its own.
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (held + memory, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _most_open() -> int:
    import resource

    return min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1 << 16)


class _Caught:
    """What is written past Python, as by a program that a cell starts."""

    def __init__(self, number: int, name: str, outputs: Any) -> None:
        self._number, self._name, self._outputs = number, name, outputs
        self._ending = os.urandom(16)
        self._drained = threading.Event()
        reading, writing = os.pipe()
        os.dup2(writing, number)
        os.close(writing)
        threading.Thread(target=self._listen, args=(reading,), daemon=True).start()

    def drain(self) -> None:
        """Wait until all that was written by now is among the outputs."""
        self._drained.clear()
        try:
            os.write(self._number, self._ending)
        except OSError:
            return  # a cell has closed it
        self._drained.wait(_PATIENCE)

    def _listen(self, reading: int) -> None:
        held = b""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while part := os.read(reading, _CHUNK):
            held += part
            before, ending, held_after = held.partition(self._ending)
            if not ending:  # the mark may come in two parts
                before, held_after = held[: -len(self._ending)], held[-len(self._ending) :]
            if before:
                self._write(decoder.decode(before))
            held = held_after
            if ending:
                self._drained.set()

    def _write(self, text: str) -> None:
        try:
            self._outputs.write(self._name, text)
        except TooMuchOutputError:
            return
