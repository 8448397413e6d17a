"""Signals that ask this process to end, heard wherever they come.

Python drops what a handler raises while a weak reference is cleared, as at the end of every import and in the middle of
looking for rubbish; before 3.12 it makes a `RuntimeError` of it while a class is made. `heed` raises anew what is
dropped; of the other, whoever catches it asks `heard`.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

_MOMENT = 0.01  # seconds

_heard: int | None = None  # the signal that came last


def heed(number: int, error: Callable[[], BaseException]) -> None:
    """Raise an error when the signal comes, and again where that is dropped.

    Whoever started this process and lets it ignore the signal is obeyed. To be called in the main thread.
    """
    if signal.getsignal(number) is signal.SIG_IGN:
        return

    def hear(_number: int, _frame: FrameType | None) -> None:
        global _heard  # noqa: PLW0603  a signal is the whole process's
        _heard = number
        raise error()

    signal.signal(number, hear)
    sys.unraisablehook = _dropped


def heard() -> int | None:
    """The signal that came, if one did."""
    return _heard


@contextlib.contextmanager
def at_once(number: int) -> Iterator[None]:
    """Have the system end this process, silently, where nothing is at stake yet."""
    here = threading.current_thread() is threading.main_thread()
    if not here or signal.getsignal(number) in (None, signal.SIG_IGN):
        yield
        return
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


def _dropped(told: sys.UnraisableHookArgs) -> None:
    if _heard is not None and isinstance(told.exc_value, KeyboardInterrupt | SystemExit):
        threading.Timer(_MOMENT, _send, (_heard,)).start()
    else:
        sys.__unraisablehook__(told)


def _send(number: int) -> None:
    """Send a signal to the main thread, which may be waiting for something else by now."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, number)
    else:  # Windows
        signal.raise_signal(number)
