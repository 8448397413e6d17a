"""Every file of a brief, measured once."""

from __future__ import annotations

import datetime as dt
import os
import threading
from functools import partial
from pathlib import Path

from kit.brief import Brief, BriefFile
from kit.data.attached import Attached, Refused, attached_to
from kit.data.cache import Cache
from kit.data.measured import Measured, Question
from kit.data.measuring import (
    BrokenError,
    StoppedError,
    Task,
    Tell,
    measure,
    refused,
    stamp_of,
    stopped,
)
from kit.data.question import question_of

Found = Measured | Refused
FILES = "FRAMING_FILES"  # environment variable: the folder of a brief that was copied elsewhere to be worked on


def beside(file: BriefFile) -> Path:
    """The folder that a brief's files are named from."""
    return Path(os.environ.get(FILES) or file.path.parent)


def survey(
    brief: Brief,
    folder: Path,
    *,
    baseline: bool = False,
    tell: Tell | None = None,
    stop: threading.Event | None = None,
    cache: Cache | None = None,
) -> tuple[Found, ...]:
    """What the files of a brief show, `folder` being the brief's; measured where that is not known yet.

    A file on which measuring itself breaks is refused, too: the rest of the brief can do without it.
    """
    kept = cache or Cache.of_user()
    return tuple(
        one
        if isinstance(one, Refused)
        else _measured(one, question_of(brief, one), kept, baseline=baseline, tell=tell, stop=stop)
        for one in attached_to(brief, folder)
    )


def known(brief: Brief, folder: Path, *, cache: Cache | None = None) -> tuple[Found, ...]:
    """The same as far as it is known already; nothing is measured."""
    kept = cache or Cache.of_user()
    found: list[Found] = []
    for one in attached_to(brief, folder):
        if isinstance(one, Refused):
            found.append(one)
        elif (result := kept.get(one, stamped(one), question_of(brief, one))) is not None:
            found.append(result)
    return tuple(found)


def _measured(
    file: Attached,
    question: Question,
    cache: Cache,
    *,
    baseline: bool,
    tell: Tell | None,
    stop: threading.Event | None,
) -> Found:
    try:
        state, stamp = _state(file.path), stamped(file, tell=tell, stop=stop)
    except StoppedError:
        return stopped(file)
    except OSError:
        return _changed(file)
    try:
        with cache.alone(stamp, question, wait=partial(_wait, file, tell, stop)):
            before = cache.get(file, stamp, question)
            if before is not None and not _lacks_baseline(before, baseline=baseline):
                return before
            now = dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005  the day is the person's
            task = Task(file=file, stamp=stamp, question=question, now=now, baseline=baseline)
            result = measure(task, tell=tell, stop=stop)
            if _changed_since(file.path, state):
                return _changed(file)  # nobody knows which of the two was read
            if before is not None and isinstance(result, Refused):
                return before  # the baseline took what the file alone does not
            if stop is None or not stop.is_set():
                cache.put(result, stamp, question)
            return result
    except StoppedError:
        return stopped(file)
    except BrokenError as exc:
        return refused(file, "a file that can be measured", exc.how, "Please report this.")


def _wait(file: Attached, tell: Tell | None, stop: threading.Event | None) -> None:
    """Say that another process is measuring the file, and end where somebody does not want to wait for it."""
    if tell is not None:
        tell(f"waiting for another run that measures {file.name}", 0.0)
    if stop is not None and stop.is_set():
        raise StoppedError


def _changed(file: Attached) -> Refused:
    return refused(
        file, "a file that stays as it is", "that it changed meanwhile", "Measure it again."
    )


def _lacks_baseline(before: Found, *, baseline: bool) -> bool:
    """Whether there is a baseline to be had that is not there yet."""
    if isinstance(before, Refused) or before.label is None or before.label.task is None:
        return False
    return baseline and before.ladder is None


State = tuple[int, int, int, int, int]  # of a file: it has not changed while this stays the same

# The stamps of files as they were: one is read again only when it has changed since.
_STAMPS: dict[Path, tuple[State, str]] = {}


def _state(path: Path) -> State:
    """Change, size and place of a file; of a link those of the link, as one may have been put in its place."""
    found = path.lstat()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_mode


def _changed_since(path: Path, state: State) -> bool:
    try:
        return _state(path) != state
    except OSError:
        return True


def stamped(
    file: Attached, *, tell: Tell | None = None, stop: threading.Event | None = None
) -> str:
    """SHA-256 of a file, as hexadecimal digits; one that has not changed since is not read again.

    Raises
    ------
    OSError
        If it cannot be read.
    StoppedError
        If `stop` is set before the end.
    """
    state = _state(file.path)
    before = _STAMPS.get(file.path)
    if before is not None and before[0] == state:
        return before[1]

    def tell_reading() -> None:
        if tell is not None:
            tell(f"reading {file.name}", 0.0)

    stamp = stamp_of(file.path, tell=tell_reading, stop=stop)
    _STAMPS[file.path] = state, stamp
    return stamp
