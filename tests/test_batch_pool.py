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

import psutil
import pytest

from kit.batch.pool import Lost, Pool, _Hand
from kit.errors import ExportError


@contextlib.contextmanager
def bench(log: Path) -> Iterator[Callable[[str], str]]:
    """Work that goes wrong as it is told to."""
    with log.open("a") as out:
        out.write(f"{os.getpid()}\n")
    yield act


def act(task: str) -> str:
    if task == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "parent killed":
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    if task.startswith("parent killed once"):
        mark = Path(task.rsplit(maxsplit=1)[-1])
        if not mark.exists():
            mark.touch()
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
    if task == "exit":
        sys.exit(3)
    if task == "error":
        raise ValueError(task)
    if task == "wait":
        time.sleep(3)
    if task == "hang":
        time.sleep(60)
    sys.stdout.write("what workers say is not shown")
    return task.upper()


def nothing() -> None:
    """All that these workers need loaded."""


@pytest.fixture(params=[None, nothing], ids=["afresh", "forked"])
def load(request: pytest.FixtureRequest) -> Any:
    """How workers come to be: each started afresh, or forked by one that has loaded what they need."""
    return request.param


def each(
    tasks: Sequence[str], *, bench: Any, jobs: int, seconds: float, load: Any
) -> Generator[Any]:
    with Pool(bench, jobs=jobs, load=load) as pool:
        yield from pool.each(tasks, seconds=seconds)


def running(log: Path) -> list[int]:
    """Workers that have not ended; one that nobody has asked about since is no more than a number."""
    ids = [int(line) for line in log.read_text().split()]
    return [
        one
        for one in ids
        if psutil.pid_exists(one) and psutil.Process(one).status() != psutil.STATUS_ZOMBIE
    ]


def test_each_gives_every_result_and_says_what_was_lost(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], load: Any
) -> None:
    log = tmp_path / "log"
    tasks = ["a", "killed", "b", "exit", "c", "error", "hang", "d"]
    found = dict(each(tasks, bench=partial(bench, log), jobs=2, seconds=10, load=load))
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


def test_each_ends_its_workers_when_nobody_wants_more(tmp_path: Path, load: Any) -> None:
    log = tmp_path / "log"
    results = each(
        ["a", "hang", "hang", "b"], bench=partial(bench, log), jobs=2, seconds=60, load=load
    )
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


def test_pool_without_tasks_gives_nothing(tmp_path: Path, load: Any) -> None:
    log = tmp_path / "log"
    assert list(each([], bench=partial(bench, log), jobs=2, seconds=1, load=load)) == []
    assert not (log.exists() and running(log))


def test_each_starts_no_more_processes_than_tasks(tmp_path: Path, load: Any) -> None:
    log = tmp_path / "log"
    assert list(each(["a"], bench=partial(bench, log), jobs=8, seconds=30, load=load)) == [(0, "A")]
    assert len(log.read_text().split()) == 1


@contextlib.contextmanager
def no_bench() -> Iterator[Callable[[str], str]]:
    """A bench that cannot be set up."""
    raise RuntimeError("no room")
    yield act


def test_each_says_why_workers_cannot_start(load: Any) -> None:
    found = dict(each(["a", "b"], bench=no_bench, jobs=1, seconds=30, load=load))
    for result in found.values():
        assert isinstance(result, Lost)
        assert result.reason.startswith("its worker stopped with RuntimeError: no room (at ")
    assert len(found) == 2


def slow() -> None:
    """What takes long to load."""
    time.sleep(60)


def broken() -> None:
    """What cannot be loaded."""
    raise RuntimeError("no room")


def killed() -> None:
    """What ends the process that loads it."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_process_that_is_loading_for_workers_is_not_waited_for(tmp_path: Path) -> None:
    start = time.monotonic()
    with Pool(partial(bench, tmp_path / "log"), jobs=2, load=slow):
        pass
    assert time.monotonic() - start < 30


def test_worker_says_itself_what_could_not_be_loaded_for_it(tmp_path: Path) -> None:
    found = each(["a"], bench=partial(bench, tmp_path / "log"), jobs=1, seconds=30, load=broken)
    assert list(found) == [(0, "A")]
    ((_, lost),) = each(["a"], bench=no_bench, jobs=1, seconds=30, load=broken)
    assert "no room" in lost.reason


def test_pool_ends_where_nothing_can_be_loaded(tmp_path: Path) -> None:
    found = each(["a"], bench=partial(bench, tmp_path / "log"), jobs=1, seconds=30, load=killed)
    with pytest.raises(ExportError, match="may lack memory"):
        list(found)


def test_process_that_forks_workers_is_replaced_when_it_is_lost(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Pool(partial(bench, log), jobs=1, load=nothing) as pool:
        results = pool.each(["a", "parent killed", "b", "c"], seconds=30)
        assert next(results) == (0, "A")
        told = [next(results), next(results), next(results)]
    assert told[0] == (1, Lost(reason="its process ended unexpectedly (how is not known)"))
    assert told[1:] == [(2, "B"), (3, "C")]
    assert len(log.read_text().split()) == 3  # it is given a second chance
    assert not running(log)


def test_process_that_is_lost_once_costs_no_task(tmp_path: Path) -> None:
    log = tmp_path / "log"
    tasks = [f"parent killed once {tmp_path / 'mark'}", "wait", *"abcdefgh"]
    found = dict(each(tasks, bench=partial(bench, log), jobs=2, seconds=30, load=nothing))
    assert found == {at: task.upper() for at, task in enumerate(tasks)}
    assert not running(log)


def test_pool_that_is_interrupted_while_a_worker_is_replaced_ends_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, load: Any
) -> None:
    """The worker that is lost is closed by then, and the next is not there yet."""
    log, starts, start = tmp_path / "log", iter(range(9)), _Hand._start

    def interrupted(hand: Any) -> None:
        if next(starts) == 2:
            raise KeyboardInterrupt
        start(hand)

    monkeypatch.setattr(_Hand, "_start", interrupted)
    tasks = ["hang", "killed"]
    with pytest.raises(KeyboardInterrupt):
        list(each(tasks, bench=partial(bench, log), jobs=2, seconds=30, load=load))
    assert log.read_text()
    assert not running(log)
