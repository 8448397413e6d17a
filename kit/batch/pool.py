"""Worker processes, each with one task at a time; one that dies costs its task and no other.

They share no lock, thread or file with this process: each is started afresh, or forked by a process that was.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import threading
import time
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from kit.batch.nursery import Forked, Load, Nursery
from kit.batch.spawning import settle, spawned

T = TypeVar("T")
R = TypeVar("R")

Bench = Callable[[], AbstractContextManager[Callable[[T], R]]]

GRACE = 3.0  # seconds that a worker has for ending its kernel

_FRAMES = 3  # places in the code that an error names

Birth = Callable[[], tuple[Connection, SpawnProcess | Forked]]


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A task whose worker ended before it answered."""

    reason: str
    remedy: str = "Run it again."


class Pool(Generic[T, R]):
    """Workers for a number of tasks, to be used in a `with`: however that ends, they have ended before it.

    With `load` a process that forks them (see `kit.batch.nursery`) begins to load at once; else the first of them does.
    """

    def __init__(self, bench: Bench[T, R], *, jobs: int, load: Load | None = None) -> None:
        self._bench, self._jobs, self._load = bench, jobs, load
        self._hands: list[_Hand[T, R]] = []
        self._nursery: Nursery | None = None

    def __enter__(self) -> Self:
        if self._load is not None:
            self._nursery = Nursery(self._load)
        else:
            self._hands.append(self._new())
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _new(self) -> _Hand[T, R]:
        if self._nursery is None:
            return _Hand(partial(spawned, _alone, self._bench))
        return _Hand(partial(self._nursery.born, partial(_serve, bench=self._bench)))

    def each(self, tasks: Sequence[T], *, seconds: float) -> Generator[tuple[int, R | Lost]]:
        """Index and result of every task, as they come; a task that takes over `seconds` is lost.

        However this ends, the workers have ended before it.
        """
        left = list(enumerate(tasks))[::-1]
        try:
            for at in range(min(len(tasks), self._jobs)):
                if at == len(self._hands):
                    self._hands.append(self._new())
                self._hands[at].give(*left.pop())
            while busy := [hand for hand in self._hands if hand.index is not None]:
                for hand in _ready(busy, seconds):
                    answer = hand.take(seconds)
                    if answer is None:
                        continue
                    if left:
                        hand.give(*left.pop())  # it works on while the answer is dealt with
                    yield answer
        finally:
            self._end()

    def _end(self) -> None:
        hands, self._hands = self._hands, []
        nursery, self._nursery = self._nursery, None
        try:
            _end(hands)
        finally:
            if nursery is not None:
                nursery.end()


def _ready(busy: list[_Hand[T, R]], seconds: float) -> list[_Hand[T, R]]:
    """The workers that have answered, died or run out of time."""
    first = min(hand.since for hand in busy) + seconds
    heard = wait([hand.channel for hand in busy], timeout=max(0.0, first - time.monotonic()))
    late = time.monotonic() - seconds
    return [hand for hand in busy if hand.channel in heard or hand.since <= late]


class Hands(Generic[T, R]):
    """Workers for callers in several threads, as many as ever asked at the same time."""

    def __init__(self, bench: Bench[T, R]) -> None:
        self._birth = partial(spawned, _alone, bench)
        self._idle: list[_Hand[T, R]] = []
        self._lock = threading.Lock()

    def do(self, task: T, *, seconds: float) -> R | Lost:
        """The result of one task."""
        with self._lock:
            hand = self._idle.pop() if self._idle else _Hand(self._birth)
        try:
            hand.give(0, task)
            answer = None
            while answer is None:
                _ready([hand], seconds)
                answer = hand.take(seconds)
        except BaseException:
            _end([hand])
            raise
        with self._lock:
            self._idle.append(hand)
        return answer[1]


class _Hand(Generic[T, R]):
    """A worker as this process sees it."""

    def __init__(self, birth: Birth) -> None:
        self._birth = birth
        self._given: tuple[int, T] | None = None  # what it works on
        self._is_again = False
        self.since = 0.0
        self._start()

    @property
    def index(self) -> int | None:
        """The place of the task that it works on; None where it is idle."""
        return self._given and self._given[0]

    def _start(self) -> None:
        self.has_answered = False
        self.process: SpawnProcess | Forked | None  # None once it is ended
        self.channel, self.process = self._birth()

    def give(self, index: int, task: T) -> None:
        """Hand a task over."""
        self._given, self.since = (index, task), time.monotonic()
        with contextlib.suppress(BrokenPipeError):
            # A worker that died idle is noticed when its answer is read.
            self.channel.send(task)

    def take(self, seconds: float) -> tuple[int, R | Lost] | None:
        """The task's index and its result; a worker that has none is replaced.

        None where the worker ended because the process that bore it was lost: that is no fault of the task, which is
        given again, once.
        """
        assert self._given is not None  # noqa: S101  only busy workers are asked
        assert self.process is not None  # noqa: S101  and they have not been ended
        index, task = self._given
        again, self._is_again = self._is_again, False
        is_orphan = False
        result: R | Lost
        try:
            if not self.channel.poll():
                result = Lost(reason=f"it took longer than {seconds:g} seconds")
            else:
                result = self.channel.recv()
                self.has_answered = True
                if not isinstance(result, Lost):
                    self._given = None
                    return index, result
        except (EOFError, OSError):
            self.process.join(GRACE)
            code = self.process.exitcode
            is_orphan = code is None and not self.process.is_alive()
            result = Lost(reason=f"its process ended unexpectedly ({_code(code)})")
        _end([self])  # it is busy still: it is ended, not left to end
        self._given = None
        self._start()
        if is_orphan and not again:
            self._is_again = True
            self.give(index, task)
            return None
        return index, result


def _end(hands: Sequence[_Hand[Any, Any]]) -> None:
    """End workers: idle ones see that their channel is closed, busy and loading ones are asked, then forced.

    Those that are ended already are left alone: a signal may come while one is being replaced.
    """
    for hand in hands:
        hand.channel.close()
        if hand.process and (hand.index is not None or not hand.has_answered):
            hand.process.terminate()
    deadline = time.monotonic() + GRACE
    for hand in hands:
        process = hand.process
        if process is None:
            continue
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
        hand.process = None
        process.close()


def _code(code: int | None) -> str:
    if code is None:
        return "how is not known"
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _serve(channel: Connection, bench: Bench[T, R]) -> None:
    """A worker: take a task, send its result, until there are no more."""
    try:
        _work(channel, bench)
    except Exception as exc:  # noqa: BLE001  whatever it is, the parent says it; the worker is replaced
        with contextlib.suppress(OSError):
            # A parent that is gone, or wants no more, has nobody to tell.
            channel.send(Lost(reason=f"its worker stopped with {fault(exc)}"))


def _alone(channel: Connection, bench: Bench[T, R]) -> None:
    """A worker that was started afresh."""
    settle()
    _serve(channel, bench)


def _work(channel: Connection, bench: Bench[T, R]) -> None:
    with bench() as work:
        gc.freeze()  # what is loaded stays, and is not looked through with what the tasks leave
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
