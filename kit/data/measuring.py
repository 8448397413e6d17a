"""A file measured in a process of its own, which cannot take this one down."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from kit.data.attached import Attached, Refused
from kit.data.measured import Measured, Question, from_json
from kit.errors import FramingError

_SPARE = 10.0  # seconds beyond its time in which the child may still say what it has
_BLOCK = 1 << 22
_TICK = 0.05  # seconds between two looks at whether to stop

Tell = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a child may use."""

    memory: int = (
        4 << 30
    )  # bytes of address space; a million rows of 20 columns take 1 GB of memory
    seconds: float = 120.0  # for reading and looking at the columns
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
    """The process that measures broke, which is a fault of the kit and none of the file's."""


def stamp_of(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
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
    seconds = limits.seconds + (limits.baseline if task.baseline else 0.0)
    with tempfile.TemporaryFile() as complaints:
        child = _started(complaints)
        heard = _Heard()
        listener = threading.Thread(target=_listen, args=(child, heard), daemon=True)
        listener.start()
        try:
            _send(child, _request(task, limits, alarm=seconds + 2 * _SPARE))
            _wait(listener, heard, seconds=seconds + _SPARE, tell=tell, stop=stop)
        finally:
            _end(child, listener)
        complaints.seek(0)
        words = complaints.read().decode(errors="replace")
    return _outcome(task.file, heard, words, limits)


@dataclass(kw_only=True)
class _Heard:
    """What a child has said so far."""

    doing: str = "starting"
    share: float = 0.0
    measured: Measured | None = None
    refused: dict[str, str] = field(default_factory=dict)
    broken: str = ""
    cut_short: str = ""  # why nobody listens any more


def _started(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "kit.data.child"],
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


def _request(task: Task, limits: Limits, *, alarm: float) -> dict[str, Any]:
    return {
        "path": str(task.file.path),
        "file": task.file.name,
        "stamp": task.stamp,
        "size": task.file.size,
        "question": asdict(task.question),
        "seconds": limits.baseline if task.baseline else None,
        "now": task.now.isoformat(),
        "memory": limits.memory,
        "alarm": alarm,
    }


def _send(child: subprocess.Popen[bytes], request: dict[str, Any]) -> None:
    if child.stdin is None:
        return
    try:
        child.stdin.write(json.dumps(request).encode() + b"\n")
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
        heard.refused = answer.get("refused", heard.refused)
        heard.broken = answer.get("broken", heard.broken)


def _wait(
    listener: threading.Thread,
    heard: _Heard,
    *,
    seconds: float,
    tell: Tell | None,
    stop: threading.Event | None,
) -> None:
    """Until the child has said all, its time is over, or somebody wants to stop."""
    end = time.monotonic() + seconds
    while listener.is_alive():
        listener.join(_TICK)
        if tell is not None:
            tell(heard.doing, heard.share)
        if stop is not None and stop.is_set():
            heard.cut_short = "stopped"
            return
        if time.monotonic() > end:
            heard.cut_short = "late"
            return


def _end(child: subprocess.Popen[bytes], listener: threading.Thread) -> None:
    child.kill()
    child.wait()
    listener.join()
    for channel in (child.stdin, child.stdout):
        if channel is not None:
            try:
                channel.close()
            except BrokenPipeError:
                continue  # a request that the dead child never read is still in the buffer


def _outcome(file: Attached, heard: _Heard, words: str, limits: Limits) -> Measured | Refused:
    def refused(expected: str, found: str, remedy: str) -> Refused:
        return Refused(
            sources=file.sources, name=file.name, expected=expected, found=found, remedy=remedy
        )

    if heard.measured is not None and not heard.broken:
        return heard.measured
    if heard.refused:
        return refused(**heard.refused)
    if heard.broken:
        raise BrokenError(_broken(file, heard, heard.broken))
    if heard.cut_short == "stopped":
        return refused("to measure the file", "that it was stopped", "Measure it again.")
    if heard.cut_short == "late":
        wanted = f"a file that is read in {limits.seconds:.0f} seconds"
        return refused(wanted, "one that takes longer", "Attach a sample of it.")
    if not words.strip() or "memory" in words.lower() or "bad_alloc" in words:
        wanted = f"a file that is read within {limits.memory / (1 << 30):g} GB of memory"
        return refused(wanted, "one that needs more", "Attach a sample of it.")
    raise BrokenError(_broken(file, heard, words.strip().splitlines()[-1]))


def _broken(file: Attached, heard: _Heard, how: str) -> str:
    return f"{file.name}: expected to measure it, found that {heard.doing} broke: {how}. Please report this."
