"""The process that reads a stranger's file: started as a module, limited, and talking in lines of JSON.

Reads one `Request` from its input. Writes objects with one or more of these keys:

- `telling` and `share`: what is being done, and how much of all is;
- `measured`: all that is known by now;
- `looked`: true once that is all but the quick baseline;
- and at its end, if it does not get through, one of `refused` (what was expected of the file, what was found and
  what to do), `too_large` (true: the memory did not suffice) and `broken` (how).
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from kit.data.measured import Measured
from kit.data.request import Request, from_line, is_of_memory


def main() -> None:
    """Answer one request."""
    request = from_line(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit(request.memory, request.alarm)
    answers = _private_output()

    def answer(**keys: Any) -> None:
        answers.write(json.dumps(keys) + "\n")
        answers.flush()

    from kit.data.reading.refusal import RefusedError

    try:
        look(request, answer)
    except RefusedError as exc:
        answer(refused={"expected": exc.expected, "found": exc.found, "remedy": exc.remedy})
    except Exception as exc:  # noqa: BLE001  whatever breaks here is told by the parent, and breaks nothing there
        if isinstance(exc, MemoryError) or is_of_memory(str(exc)):
            answer(too_large=True)
        else:
            answer(broken=_told(exc))


def look(request: Request, answer: Callable[..., None]) -> None:
    """Do what a request asks for, and tell `answer` what is found, in keywords.

    Raises
    ------
    RefusedError
        If the file is no table.
    """
    answer(telling=f"reading {request.file}", share=0.0)
    from kit.data.measured import as_json
    from kit.data.profile import profile_of
    from kit.data.reading import read_file

    table, asked = read_file(Path(request.path)), request.question
    answer(telling="looking at the columns", share=0.1)
    profile = profile_of(table, asked, now=request.now)
    found = Measured(
        file=request.file,
        stamp=request.stamp,
        size=request.size,
        on=request.now.date(),
        question=asked,
        profile=profile,
    )
    if table.column(asked.label) is not None:
        from kit.data.label import label_of

        answer(measured=as_json(found), telling="looking at the label", share=0.2)
        starts = profile.period.starts if profile.period else ()
        found = replace(found, label=label_of(table, asked, starts))
    answer(measured=as_json(found), share=0.3, looked=True)
    if request.baseline is None or found.label is None or found.label.task is None:
        return
    from kit.data.baseline import climb

    def tell(what: str, share: float) -> None:
        answer(telling=what, share=0.3 + 0.7 * share)

    ladder = climb(table, asked, profile, found.label, seconds=request.baseline, tell=tell)
    answer(measured=as_json(replace(found, ladder=ladder)), share=1.0)


def _end_with_parent() -> None:
    """The input stays open as long as somebody waits for answers."""
    sys.stdin.read()
    os._exit(1)


def _limit(memory: int, seconds: float) -> None:
    """Cap memory and time, write no core dump, and leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)  # ends this process when nobody else does
    try:
        import resource
    except ImportError:  # Windows has none; the parent's limits still hold
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _private_output() -> IO[str]:
    """A channel for answers that nothing else prints to."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _told(exc: Exception) -> str:
    import traceback

    last = traceback.extract_tb(exc.__traceback__)[-1]
    return f"{type(exc).__name__}: {exc} ({Path(last.filename).name}, line {last.lineno})"


if __name__ == "__main__":
    main()
