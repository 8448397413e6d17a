"""Signals that ask this process to end, heard wherever they come.

Python drops what a handler raises while a weak reference is cleared, as at the end of every import and in the middle of
looking for rubbish, and makes a `RuntimeError` of it while a class is made.
"""

from __future__ import annotations

import _thread
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
    if not here or signal.getsignal(number) is signal.SIG_IGN:
        yield
        return
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


def _dropped(told: sys.UnraisableHookArgs) -> None:
    if _heard is not None and isinstance(told.exc_value, KeyboardInterrupt | SystemExit):
        threading.Timer(_MOMENT, _thread.interrupt_main, (_heard,)).start()
    else:
        sys.__unraisablehook__(told)
