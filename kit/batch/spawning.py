"""Processes that are started afresh, not forked: they share no lock, thread or file with this one."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import ModuleType
from typing import Any

from kit.errors import Terminated
from kit.signals import heed

_SPAWN = multiprocessing.get_context("spawn")
_STARTING = threading.Lock()  # of a process, whose surroundings are those of all threads
_SAFE = "PYTHONSAFEPATH"  # of Python's own; children inherit it
_MASKS = hasattr(signal, "pthread_sigmask")  # Windows has none
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, see prctl(2)


def spawned(
    target: Callable[[Connection, Any], None], given: Any
) -> tuple[Connection, SpawnProcess]:
    """A new process that calls `target` with its end of a channel and what is given; our end, and the process."""
    ours, theirs = _SPAWN.Pipe()
    # A daemon is not waited for by whoever leaves in a hurry; it ends by itself, see `settle`.
    process: SpawnProcess = _SPAWN.Process(target=_begun, args=(target, theirs, given), daemon=True)
    with theirs:
        try:
            with _STARTING, _signals_put_off(), _without_current_folder(), _without_main_module():
                # A Python of its own, to be kept from the current folder as well; `start` would begin it, and Ctrl-C
                # would come through again.
                resource_tracker.ensure_running()
                with _without_interrupts():
                    process.start()
        except BaseException:
            ours.close()
            if process.pid is not None:
                process.kill()
            raise
    return ours, process


def _begun(target: Callable[[Connection, Any], None], channel: Connection, given: Any) -> None:
    # Ctrl-C reaches the parent as well, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _MASKS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _be_quiet()
    gc.disable()  # what loads stays, and need not be looked through for rubbish; whoever works enables it
    target(channel, given)


def settle() -> None:
    """Make this process one that works: it leaves in order when it is asked to, and when whoever wants it is gone."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whoever began the batch may ignore it
    heed(signal.SIGTERM, lambda: Terminated(1))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def die_with_parent() -> None:
    """Have the system end this process with its parent: Linux can see to that, others cannot."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back from a new process, which would answer with a traceback before it knows better."""
    if not _MASKS:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _signals_put_off() -> Iterator[None]:
    """Hear signals afterwards: what is raised halfway leaves a new process that says it was not told what to do.

    A mask would not do, as other threads have none.
    """
    came: list[int] = []
    with contextlib.ExitStack() as after:  # all of it is done, whatever one of it raises
        if threading.current_thread() is threading.main_thread():
            for asking in (signal.SIGINT, signal.SIGTERM):
                after.callback(_raise_if, asking, came)
                handler = signal.getsignal(asking)
                if handler not in (None, signal.SIG_IGN):
                    after.callback(signal.signal, asking, handler)
                    signal.signal(asking, lambda number, _: came.append(number))
        yield


def _raise_if(number: int, came: Sequence[int]) -> None:
    if number in came:
        signal.raise_signal(number)


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


@contextlib.contextmanager
def _without_main_module() -> Iterator[None]:
    """Keep a new Python from running whatever this one was started with: nothing of it is needed there.

    That would load the whole command line, or begin a batch again where a script has no guard against it.
    """
    before = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = before


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
