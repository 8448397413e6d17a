"""A file measured in a process of its own, which cannot take this one down."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kit.data.attached import Attached, Refused
from kit.data.measured import Measured, Question, from_json
from kit.data.request import Request, as_line, is_of_memory
from kit.errors import FramingError

_SPARE = (
    10.0  # seconds beyond those of the quick baseline, which ends by itself, to say what it has
)
_LEAVING = 5.0  # seconds for a process that says no more to end
_BLOCK = 1 << 22
_TICK = 0.05  # seconds between two looks at whether to stop
_KILLED = -9  # what the system does where memory ends
_FATAL = "Fatal Python error"  # how a process that dies tells of it

Tell = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a child may use."""

    # Bytes of address space; a million rows of 20 columns take 1 GB of memory.
    memory: int = 4 << 30
    seconds: float = 120.0  # for reading, and looking at the columns and the label
    baseline: float = 60.0  # seconds for the quick baseline, on top


LIMITS = Limits()


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be measured."""

    file: Attached
    stamp: str
    question: Question
    now: dt.datetime  # as the person's clock says
    baseline: bool


class BrokenError(FramingError):
    """The process that measures broke, which is a fault of the kit and none of the file's; `how` says it."""

    def __init__(self, file: Attached, how: str) -> None:
        super().__init__(f"{file.name}: expected to measure it, found {how}. Please report this.")
        self.how = how


class StoppedError(Exception):
    """Somebody does not want to wait any longer."""


def stamp_of(
    path: Path,
    *,
    tell: Callable[[], None] = lambda: None,
    stop: threading.Event | None = None,
) -> str:
    """SHA-256 of a file, as hexadecimal digits; `tell` is called again and again, as a large one takes a while.

    Raises
    ------
    StoppedError
        If `stop` is set before the end.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        tell()
        while block := file.read(_BLOCK):
            if stop is not None and stop.is_set():
                raise StoppedError
            digest.update(block)
            tell()
    return digest.hexdigest()


def measure(
    task: Task,
    *,
    tell: Tell | None = None,
    stop: threading.Event | None = None,
    limits: Limits = LIMITS,
) -> Measured | Refused:
    """What a file shows, with the quick baseline if asked for; `tell` hears what is done and how much of all is.

    What is known by then is given back where `stop` is set or the time is over, as long as it is a profile.

    Raises
    ------
    BrokenError
        If the process breaks for a reason that is not the file's.
    """
    with tempfile.TemporaryFile() as complaints:
        child = _started(complaints)
        heard = _Heard(doing=f"reading {task.file.name}")
        listener = threading.Thread(target=_listen, args=(child, heard), daemon=True)
        listener.start()
        try:
            _send(child, _request(task, limits))
            _wait(listener, heard, limits=limits, tell=tell, stop=stop)
        finally:
            _end(child, listener)
        complaints.seek(0)
        words = complaints.read().decode(errors="replace")
    return _outcome(task.file, heard, limits, words=words, ended=child.returncode)


def stopped(file: Attached) -> Refused:
    """What is said of a file where somebody did not want to wait any longer."""
    return refused(file, "to measure the file", "that it was stopped", "Measure it again.")


@dataclass(kw_only=True)
class _Heard:
    """What a child has said so far."""

    doing: str
    share: float = 0.0
    measured: Measured | None = None
    has_looked: bool = False  # only the quick baseline may be missing
    refused: dict[str, str] = field(default_factory=dict)
    too_large: bool = False  # for the memory
    broken: str = ""
    cut_short: str = ""  # why nobody listens any more


def _started(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-X", "faulthandler", "-m", "kit.data.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env=surroundings(),
    )


def surroundings() -> dict[str, str]:
    """The environment of a child: few threads, as they and their arenas reserve memory, and one that gives it back."""
    few = str(min(os.cpu_count() or 1, 4))
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_IO_THREADS"), few)
    own = {"MALLOC_ARENA_MAX": "2", "ARROW_DEFAULT_MEMORY_POOL": "system"}
    return {**os.environ, **threads, **own}


def _request(task: Task, limits: Limits) -> Request:
    return Request(
        path=str(task.file.path),
        file=task.file.name,
        stamp=task.stamp,
        size=task.file.size,
        question=task.question,
        now=task.now,
        baseline=limits.baseline if task.baseline else None,
        memory=limits.memory,
        alarm=limits.seconds + limits.baseline + 2 * _SPARE,
    )


def _send(child: subprocess.Popen[bytes], request: Request) -> None:
    if child.stdin is None:
        return
    try:
        child.stdin.write(as_line(request))
        child.stdin.flush()
    except BrokenPipeError:
        return  # it is gone already: what it said last is told


def _listen(child: subprocess.Popen[bytes], heard: _Heard) -> None:
    for line in child.stdout or ():
        if not line.endswith(b"\n"):
            return
        answer = json.loads(line)
        heard.doing = answer.get("telling", heard.doing)
        heard.share = answer.get("share", heard.share)
        if "measured" in answer:
            heard.measured = from_json(answer["measured"])
        heard.has_looked = answer.get("looked", heard.has_looked)
        heard.refused = answer.get("refused", heard.refused)
        heard.too_large = answer.get("too_large", heard.too_large)
        heard.broken = answer.get("broken", heard.broken)


def _wait(
    listener: threading.Thread,
    heard: _Heard,
    *,
    limits: Limits,
    tell: Tell | None,
    stop: threading.Event | None,
) -> None:
    """Until the child has said all, the time for what it does is over, or somebody wants to stop."""
    end, has_looked = time.monotonic() + limits.seconds, False
    while listener.is_alive():
        listener.join(_TICK)
        if tell is not None:
            tell(heard.doing, heard.share)
        if stop is not None and stop.is_set():
            heard.cut_short = "stopped"
            return
        if heard.has_looked and not has_looked:
            end, has_looked = time.monotonic() + limits.baseline + _SPARE, True
        if time.monotonic() > end:
            heard.cut_short = "late"
            return


def _end(child: subprocess.Popen[bytes], listener: threading.Thread) -> None:
    if not listener.is_alive():
        with suppress(subprocess.TimeoutExpired):  # it says no more: how it ends says why
            child.wait(_LEAVING)
    child.kill()
    child.wait()
    listener.join()
    for channel in (child.stdin, child.stdout):
        if channel is not None:
            try:
                channel.close()
            except BrokenPipeError:
                continue  # a request that the dead child never read is still in the buffer


def _outcome(
    file: Attached, heard: _Heard, limits: Limits, *, words: str, ended: int
) -> Measured | Refused:
    """What is known; `words` are the child's complaints, and `ended` is its exit code, below 0 for a signal."""
    if heard.measured is not None and not heard.broken:
        return heard.measured
    if heard.refused:
        return refused(file, **heard.refused)
    if heard.broken:
        raise BrokenError(file, f"that {heard.doing} broke: {heard.broken}")
    if heard.cut_short == "stopped":
        return stopped(file)
    if heard.cut_short == "late":
        wanted = f"a file that is read in {limits.seconds:g} seconds"
        return refused(file, wanted, "one that takes longer", "Attach a sample of it.")
    lines = _complaints(words)
    if heard.too_large or ended == _KILLED or any(map(is_of_memory, lines)):
        wanted = f"a file that is read within {limits.memory / (1 << 30):g} GB of memory"
        return refused(file, wanted, "one that needs more", "Attach a sample of it.")
    how = "; ".join(lines[-2:]) or _ending(ended)
    raise BrokenError(file, f"that {heard.doing} broke: {how}")


def refused(file: Attached, expected: str, found: str, remedy: str) -> Refused:
    """What is said of a file that is not measured."""
    return Refused(
        sources=file.sources, name=file.name, expected=expected, found=found, remedy=remedy
    )


def _complaints(words: str) -> list[str]:
    """What a process says of its end, without where in the code that was."""
    lines = [line for line in words.splitlines() if line.strip() and not line.startswith("  ")]
    fatal = next((at for at, line in enumerate(lines) if line.startswith(_FATAL)), len(lines))
    return lines[: fatal + 1]


def _ending(ended: int) -> str:
    if ended < 0:
        return signal.strsignal(-ended) or f"signal {-ended}"
    return f"it ended with {ended} and without a word"
