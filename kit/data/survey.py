"""Every file of a brief, measured once."""

from __future__ import annotations

import datetime as dt
import os
import threading
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kit.brief import Brief, BriefFile
from kit.data.attached import Attached, Refused, attached_to
from kit.data.cache import Cache
from kit.data.measured import Measured, Question
from kit.data.measuring import Task, Tell, measure, stamp_of
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

    Raises
    ------
    BrokenError
        If measuring breaks for a reason that is not the file's.
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
        elif (result := kept.get(_stamp(one), question_of(brief, one))) is not None:
            found.append(replace(result, file=one.name))
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
    stamp = _stamp(file)
    with cache.alone(stamp, question):
        found = cache.get(stamp, question)
        if found is not None and (
            found.ladder is not None or not _climbs(found, baseline=baseline)
        ):
            return replace(found, file=file.name)
        now = dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005  the day is the person's
        task = Task(file=file, stamp=stamp, question=question, now=now, baseline=baseline)
        result = measure(task, tell=tell, stop=stop)
        if isinstance(result, Measured) and not (stop is not None and stop.is_set()):
            cache.put(result)
        return result


def _climbs(found: Measured, *, baseline: bool) -> bool:
    """Whether there is a baseline to be had that is not there yet."""
    return baseline and found.label is not None and found.label.task is not None


def _stamp(file: Attached) -> str:
    """The file's stamp; read again only when the file has changed since."""
    found = file.path.stat()
    return _stamp_at(file.path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=64)
def _stamp_at(path: Path, _changed: int, _size: int, _node: int) -> str:
    return stamp_of(path)
