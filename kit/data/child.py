"""The process that reads a stranger's file: started as a module, limited, and talking in lines of JSON.

Reads one request from its input: `{"path", "file", "stamp", "size", "question", "seconds", "today"}`. Writes
`{"telling", "share"}` while it works, `{"measured"}` whenever more is known, and `{"refused"}` at most once.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from kit.data.measured import Measured

_TOO_MUCH = {
    "expected": "a file that fits into the memory it may use",
    "found": "one that does not",
    "remedy": "Attach a sample of it.",
}
_MEMORY = ("memory", "bad_alloc", "malloc", "allocat", "worker thread", "resource temporarily")


def main() -> None:
    """Answer one request."""
    request = json.loads(sys.stdin.readline())
    _limit(int(request["memory"]), float(request["alarm"]))
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
        if _is_of_memory(exc):
            answer(refused=_TOO_MUCH)
        else:
            answer(broken=_told(exc))


def look(request: Mapping[str, Any], answer: Callable[..., None]) -> None:
    """Do what a request asks for, and tell `answer` what is found, in keywords.

    Raises
    ------
    RefusedError
        If the file is no table.
    """
    answer(telling="reading the file", share=0.0)
    from kit.data.measured import as_json, question_from
    from kit.data.profile import profile_of
    from kit.data.reading import read_file

    table = read_file(Path(request["path"]))
    answer(telling="looking at the columns", share=0.1)
    asked = question_from(request["question"])
    now = dt.datetime.fromisoformat(request["now"])
    profile = profile_of(table, asked, now=now)
    found = Measured(
        file=request["file"],
        stamp=request["stamp"],
        size=request["size"],
        on=now.date(),
        question=asked,
        profile=profile,
    )
    if table.column(asked.label) is not None:
        from kit.data.label import label_of

        answer(measured=as_json(found), telling="looking at the label", share=0.2)
        starts = profile.period.starts if profile.period else ()
        found = replace(found, label=label_of(table, asked, starts))
    answer(measured=as_json(found), share=0.3)
    if request["seconds"] is None or found.label is None or found.label.task is None:
        return
    from kit.data.baseline import climb

    def tell(what: str, share: float) -> None:
        answer(telling=what, share=0.3 + 0.7 * share)

    wanted = dict(asked.wanted)
    ladder = climb(
        table, asked, found.label, seconds=request["seconds"], tell=tell, wanted=wanted or None
    )
    answer(measured=as_json(replace(found, ladder=ladder)), share=1.0)


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


def _is_of_memory(exc: BaseException) -> bool:
    """Whether an error is one of too little memory, which libraries say in many ways."""
    said = str(exc).lower()
    return isinstance(exc, MemoryError) or any(word in said for word in _MEMORY)


def _told(exc: Exception) -> str:
    import traceback

    last = traceback.extract_tb(exc.__traceback__)[-1]
    return f"{type(exc).__name__}: {exc} ({Path(last.filename).name}, line {last.lineno})"


if __name__ == "__main__":
    main()
