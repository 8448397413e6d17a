"""Worker processes, each with one task at a time; one that dies costs its task and no other.

Workers are started afresh, not forked: they share no lock, thread or file with this process.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Bench = Callable[[], AbstractContextManager[Callable[[T], R]]]

GRACE = 4.0  # seconds that a worker has for ending its kernel

_STARTING = threading.Lock()  # of a process, whose surroundings are those of all threads
_SAFE = "PYTHONSAFEPATH"  # of Python's own; children inherit it
_FRAMES = 3  # places in the code that an error names

_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A task whose worker ended before it answered."""

    reason: str
    remedy: str = "Run it again."


class Pool(Generic[T, R]):
    """Workers for a number of tasks, to be used in a `with`: however that ends, they have ended before it.

    The first begins to load at once, so that it is ready once it is known what there is to do.
    """

    def __init__(self, bench: Bench[T, R], *, jobs: int) -> None:
        self._bench, self._jobs = bench, jobs
        self._hands: list[_Hand[T, R]] = []

    def __enter__(self) -> Self:
        self._hands.append(_Hand(self._bench))
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def each(self, tasks: Sequence[T], *, seconds: float) -> Generator[tuple[int, R | Lost]]:
        """Index and result of every task, as they come; a task that takes over `seconds` is lost.

        However this ends, the workers have ended before it.
        """
        left = list(enumerate(tasks))[::-1]
        try:
            for at in range(min(len(tasks), self._jobs)):
                if at == len(self._hands):
                    self._hands.append(_Hand(self._bench))
                self._hands[at].give(*left.pop())
            while busy := [hand for hand in self._hands if hand.index is not None]:
                for hand in _ready(busy, seconds):
                    answer = hand.take(seconds)
                    if left:
                        hand.give(*left.pop())  # it works on while the answer is dealt with
                    yield answer
        finally:
            self._end()

    def _end(self) -> None:
        hands, self._hands = self._hands, []
        _end(hands)


def _ready(busy: list[_Hand[T, R]], seconds: float) -> list[_Hand[T, R]]:
    """The workers that have answered, died or run out of time."""
    first = min(hand.since for hand in busy) + seconds
    heard = wait([hand.channel for hand in busy], timeout=max(0.0, first - time.monotonic()))
    late = time.monotonic() - seconds
    return [hand for hand in busy if hand.channel in heard or hand.since <= late]


class Hands(Generic[T, R]):
    """Workers for callers in several threads, as many as ever asked at the same time."""

    def __init__(self, bench: Bench[T, R]) -> None:
        self._bench = bench
        self._idle: list[_Hand[T, R]] = []
        self._lock = threading.Lock()

    def do(self, task: T, *, seconds: float) -> R | Lost:
        """The result of one task."""
        with self._lock:
            hand = self._idle.pop() if self._idle else _Hand(self._bench)
        try:
            hand.give(0, task)
            _ready([hand], seconds)
            _, result = hand.take(seconds)
        except BaseException:
            _end([hand])
            raise
        with self._lock:
            self._idle.append(hand)
        return result


class _Hand(Generic[T, R]):
    """A worker as this process sees it."""

    def __init__(self, bench: Bench[T, R]) -> None:
        self.bench = bench
        self.index: int | None = None  # of the task it works on
        self.since = 0.0
        self._start()

    def _start(self) -> None:
        self.has_answered = False
        self.channel, other = _SPAWN.Pipe()
        # A daemon is not waited for by whoever leaves in a hurry; it ends by itself, see `_end_with_parent`.
        self.process: SpawnProcess = _SPAWN.Process(
            target=_serve, args=(other, self.bench), daemon=True
        )
        with _STARTING, _without_current_folder():
            self.process.start()
        other.close()

    def give(self, index: int, task: T) -> None:
        """Hand a task over."""
        self.index, self.since = index, time.monotonic()
        with contextlib.suppress(BrokenPipeError):
            # A worker that died idle is noticed when its answer is read.
            self.channel.send(task)

    def take(self, seconds: float) -> tuple[int, R | Lost]:
        """The task's index and its result; a worker that has none is replaced."""
        index, self.index = self.index, None
        assert index is not None  # noqa: S101  only busy workers are asked
        result: R | Lost
        try:
            if not self.channel.poll():
                result = Lost(reason=f"it took longer than {seconds:g} seconds")
            else:
                result = self.channel.recv()
                self.has_answered = True
                if not isinstance(result, Lost):
                    return index, result
        except (EOFError, OSError):
            self.process.join(GRACE)
            result = Lost(reason=f"its process ended unexpectedly ({_code(self.process.exitcode)})")
        self.index = index  # still busy: it is ended, not left to end
        _end([self])
        self.index = None
        self._start()
        return index, result


@contextlib.contextmanager
def _without_current_folder() -> Iterator[None]:
    """Keep a new Python from taking modules out of the current folder, which may be a stranger's."""
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_SAFE, None)
        else:
            os.environ[_SAFE] = before


def _end(hands: Sequence[_Hand[Any, Any]]) -> None:
    """End workers: idle ones see that their channel is closed, busy and loading ones are asked, then forced."""
    for hand in hands:
        hand.channel.close()
        if hand.index is not None or not hand.has_answered:
            hand.process.terminate()
    deadline = time.monotonic() + GRACE
    for hand in hands:
        hand.process.join(max(0.0, deadline - time.monotonic()))
        if hand.process.is_alive():
            hand.process.kill()
            hand.process.join()
        hand.process.close()


def _code(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


def _serve(channel: Connection, bench: Bench[T, R]) -> None:
    """A worker: take a task, send its result, until there are no more."""
    # Ctrl-C reaches the parent as well, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _be_quiet()
    try:
        _work(channel, bench)
    except Exception as exc:  # noqa: BLE001  whatever it is, the parent says it; the worker is replaced
        with contextlib.suppress(OSError):
            # A parent that is gone, or wants no more, has nobody to tell.
            channel.send(Lost(reason=f"its worker stopped with {fault(exc)}"))


def _work(channel: Connection, bench: Bench[T, R]) -> None:
    gc.disable()  # what loads stays; looking for rubbish in it takes a tenth of the time
    with bench() as work:
        gc.enable()
        while True:
            try:
                task = channel.recv()
            except EOFError:
                return
            channel.send(work(task))


def fault(error: BaseException) -> str:
    """An unforeseen error in words, with the places in the code where it came through, innermost last.

    Places are named without folders, so that the words are the same on every machine.
    """
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__}: {error} (at {places})"


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _be_quiet() -> None:
    """What kernels and libraries say belongs into results, not between the lines of a progress bar."""
    silent = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silent, stream)
    os.close(silent)
