"""Runs functions in child processes: bound by permissions or limits, killed, or several at once.

As a program, `children.py ROUNDS FILE` saves FILE over and over in a child and kills it, ROUNDS times.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

NOBODY = 65534


def as_other_user(function: Callable[[Path], str]) -> str:
    """What `function` says of an empty folder of its own, when run by someone whom permissions bind."""
    folder = Path(tempfile.mkdtemp(prefix="framing-test-"))

    def bound() -> str:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return function(folder)

    try:
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        return in_child(bound)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def in_child(function: Callable[[], str]) -> str:
    """What `function` says, run in a child process."""
    return together([function])[0]


def together(functions: Sequence[Callable[[], str]]) -> list[str]:
    """What each of `functions` says, each run in a child process of its own, all at the same time."""
    children = [_started(function) for function in functions]
    told = [_said(child, reader) for child, reader in children]
    for words in told:
        if words.startswith("Traceback"):
            raise AssertionError(words)
    return told


def _started(function: Callable[[], str]) -> tuple[int, int]:
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # Newer Pythons warn of forks beside threads; the child only runs what it is given and ends.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    try:
        told = function()
    except BaseException:  # noqa: BLE001 - whatever it is, the parent tells it
        told = traceback.format_exc()
    os.write(writer, told.encode())
    os._exit(0)


def _said(child: int, reader: int) -> str:
    with os.fdopen(reader, encoding="utf-8") as said:
        told = said.read()
    os.waitpid(child, 0)
    return told


def killed_while_saving(path: Path, *, rounds: int) -> dict[str, int]:
    """How often the file was torn, and how often something was left behind, by saves that were cut off."""
    from kit.brief import open_brief

    rng = random.Random(7)  # noqa: S311 - a test that runs the same way each time
    torn = left = 0
    for _ in range(rounds):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            _save_for_ever(path, writer)
        os.read(reader, 1)  # the first save is done, the next ones are under way
        time.sleep(rng.uniform(0, 0.012))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reader)
        os.close(writer)
        file = open_brief(path)
        torn += file.problems != () or file.value("problem.who") != file.value("title") * 2000
        left += bool(list(path.parent.glob(".*.tmp")))
    return {"torn": torn, "left": left}


def _save_for_ever(path: Path, writer: int) -> None:
    from kit.brief import open_brief, save

    file = open_brief(path)
    while True:
        title = "b" if file.value("title") == "a" else "a"
        file = save(file, {"title": title, "problem.who": title * 2000})
        os.write(writer, b".")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(killed_while_saving(Path(sys.argv[2]), rounds=int(sys.argv[1]))))
