"""Workers born of one process that has loaded everything: it forks when it is asked to, and does nothing else.

What takes seconds to load is loaded once, whatever the number of workers, and a worker that is lost is replaced at
once. The process has no thread and no lock when it forks, as it is started afresh and does no work.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing import reduction
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.context import SpawnProcess
from typing import Any, NoReturn

from kit.batch.spawning import die_with_parent, settle, spawned
from kit.errors import ExportError

_TRIES = 2

Load = Callable[[], None]
Serve = Callable[[Connection], None]


def is_possible() -> bool:
    """Whether this system can tell of the end of a process that is not our child, as pidfd_open(2) does."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


class Nursery:
    """The process that forks workers, as this process sees it."""

    def __init__(self, load: Load) -> None:
        """Start it; it loads by itself, and is waited for when the first worker is wanted."""
        self._load = load
        self._start()

    def _start(self) -> None:
        self._channel: Connection
        self._process: SpawnProcess | None  # None once it is ended
        self._channel, self._process = spawned(_tend, self._load)

    def born(self, serve: Serve) -> tuple[Connection, Forked]:
        """A new worker that serves one end of a channel, and the other end.

        Raises
        ------
        ExportError
            If the process ended, and did so again when it was started once more.
        """
        for _ in range(_TRIES):
            try:
                return self._born(serve)
            except (OSError, EOFError):  # whatever ended it is no fault of a task
                self.end()
                self._start()
        raise ExportError(
            "expected a process that loads what all workers need, found that it ends before it has. "
            "It may lack memory: close other programs, and run this again."
        )

    def _born(self, serve: Serve) -> tuple[Connection, Forked]:
        if self._process is None:  # whoever ended it was kept from starting it again
            raise EOFError
        ours, theirs = Pipe()
        with theirs:
            self._channel.send(serve)
            reduction.send_handle(self._channel, theirs.fileno(), self._process.pid)
        return ours, Forked(self._channel.recv(), self._channel)

    def end(self) -> None:
        """End it, and with it all workers that are left; a second time does nothing."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            self._channel.close()
            process.join()
            process.close()


class Forked:
    """A worker, as a process that is not our child."""

    def __init__(self, pid: int, parent: Connection) -> None:
        """The process of that number, and the channel of the one that bore it, which may not be there for ever."""
        self.pid, self._parent = pid, parent
        self.exitcode: int | None = None  # once it has ended; None as well where nobody knows
        # Its number is not given to another before it is buried.
        self._handle = os.pidfd_open(pid)

    def terminate(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return not self._has_ended(0.0)

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, so many seconds at most."""
        if self._has_ended(timeout) and self.exitcode is None:
            with contextlib.suppress(OSError, EOFError):  # its parent may have ended, too
                self._parent.send(self.pid)
                self.exitcode = self._parent.recv()

    def _has_ended(self, timeout: float | None) -> bool:
        return bool(wait([self._handle], timeout))

    def close(self) -> None:
        """Forget it."""
        os.close(self._handle)


def _tend(channel: Connection, load: Load) -> None:
    """The process: load, then fork or bury whenever it is asked to, until nobody asks any more."""
    die_with_parent()  # it hears of nothing while it loads
    parent = multiprocessing.parent_process()
    if (
        parent is None or not parent.is_alive()
    ):  # it ended before the system was told to see to that
        return
    with contextlib.suppress(Exception):
        load()  # else a worker says what is wrong, which loads it again
    while True:
        try:
            asked: Any = channel.recv()
        except EOFError:
            return
        if isinstance(asked, int):
            channel.send(os.waitstatus_to_exitcode(os.waitpid(asked, 0)[1]))
            continue
        handle = reduction.recv_handle(channel)
        worker = os.fork()
        if not worker:
            _live(channel, handle, asked)
        os.close(handle)
        channel.send(worker)


def _live(channel: Connection, handle: int, serve: Serve) -> NoReturn:
    """A worker, from its birth to its end."""
    code = 1
    try:
        die_with_parent()
        channel.close()
        settle()
        serve(Connection(handle))
        code = 0
    except SystemExit as exc:
        code = exc.code if isinstance(exc.code, int) else 1
    finally:
        os._exit(code)
