"""Worker processes: one that dies, hangs or exits costs its task and no other."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kit.batch.pool import Lost, Pool


@contextlib.contextmanager
def bench(log: Path) -> Iterator[Callable[[str], str]]:
    """Work that goes wrong as it is told to."""
    with log.open("a") as out:
        out.write(f"{os.getpid()}\n")
    yield act


def act(task: str) -> str:
    if task == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "exit":
        sys.exit(3)
    if task == "error":
        raise ValueError(task)
    if task == "hang":
        time.sleep(60)
    sys.stdout.write("what workers say is not shown")
    return task.upper()


def each(tasks: Sequence[str], *, bench: Any, jobs: int, seconds: float) -> Generator[Any]:
    with Pool(bench, jobs=jobs) as pool:
        yield from pool.each(tasks, seconds=seconds)


def running(log: Path) -> list[int]:
    return [int(line) for line in log.read_text().split() if Path(f"/proc/{line}").exists()]


def test_each_gives_every_result_and_says_what_was_lost(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    tasks = ["a", "killed", "b", "exit", "c", "error", "hang", "d"]
    found = dict(each(tasks, bench=partial(bench, log), jobs=2, seconds=10))
    assert {tasks[at]: result for at, result in found.items() if not isinstance(result, Lost)} == {
        name: name.upper() for name in "abcd"
    }
    lost = {tasks[at]: result.reason for at, result in found.items() if isinstance(result, Lost)}
    said = lost.pop("error")
    assert re.fullmatch(
        r"its worker stopped with ValueError: error \(at .*, test_batch_pool\.py:\d+\)", said
    )
    assert lost == {
        "killed": "its process ended unexpectedly (signal SIGKILL)",
        "exit": "its process ended unexpectedly (exit code 3)",
        "hang": "it took longer than 10 seconds",
    }
    assert not running(log)
    assert capfd.readouterr() == ("", "")


def test_each_ends_its_workers_when_nobody_wants_more(tmp_path: Path) -> None:
    log = tmp_path / "log"
    results = each(["a", "hang", "hang", "b"], bench=partial(bench, log), jobs=2, seconds=60)
    start = time.monotonic()
    assert next(results) == (0, "A")
    results.close()
    assert time.monotonic() - start < 15
    assert not running(log)


@contextlib.contextmanager
def slow_bench(log: Path) -> Iterator[Callable[[str], str]]:
    """A bench that takes its time."""
    with bench(log) as work:
        time.sleep(60)
        yield work


def test_worker_that_is_loading_is_not_waited_for(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Pool(partial(slow_bench, log), jobs=2):
        while not (log.exists() and log.read_text()):
            time.sleep(0.01)
        start = time.monotonic()
    assert time.monotonic() - start < 30
    assert not running(log)


def test_pool_without_tasks_gives_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert list(each([], bench=partial(bench, log), jobs=2, seconds=1)) == []
    assert not (log.exists() and running(log))


def test_each_starts_no_more_processes_than_tasks(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert list(each(["a"], bench=partial(bench, log), jobs=8, seconds=30)) == [(0, "A")]
    assert len(log.read_text().split()) == 1


@contextlib.contextmanager
def no_bench() -> Iterator[Callable[[str], str]]:
    """A bench that cannot be set up."""
    raise RuntimeError("no room")
    yield act


def test_each_says_why_workers_cannot_start() -> None:
    found = dict(each(["a", "b"], bench=no_bench, jobs=1, seconds=30))
    for result in found.values():
        assert isinstance(result, Lost)
        assert result.reason.startswith("its worker stopped with RuntimeError: no room (at ")
    assert len(found) == 2
