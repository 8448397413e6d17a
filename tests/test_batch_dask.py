"""A batch on a Dask cluster of a real scheduler and three workers, each a process with a folder of its own."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from batching import begin, ideas, left_over, tree
from distributed import Client

from kit.batch import Made, Progress, Report, cluster, run
from kit.batch.cluster import each_on
from kit.batch.order import Options, order_for
from kit.batch.result import Package
from kit.batch.sources import Idea, read_sources
from kit.errors import UsageError

PATIENCE = 60.0  # seconds for a cluster to come up on a busy machine
CLICKS = """
format: 1
title: Clicks
goal: {statement: More clicks.}
data:
  sources: [{name: clicks, file: data/clicks.csv}]
"""


@contextmanager
def dask(*arguments: str, folder: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    folder.mkdir(exist_ok=True)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path.cwd()), **more},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process of the cluster and all that it started, at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def worker(address: str, folder: Path, **more: str):
    return dask(
        "worker",
        address,
        "--nthreads",
        "1",
        "--local-directory",
        str(folder),
        folder=folder,
        **more,
    )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "scheduler.json"
    options = ("--port", "0", "--scheduler-file", str(file))
    with dask("scheduler", *options, folder=tmp_path / "scheduler"):
        until = time.monotonic() + PATIENCE
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.05)
        yield _address(file)


def _address(file: Path) -> str:
    """What the scheduler writes, which may be half written when it is first seen."""
    for _ in range(50):
        try:
            return str(json.loads(file.read_text())["address"])
        except ValueError:
            time.sleep(0.1)
    raise AssertionError(file.read_text())


@contextmanager
def three_workers(
    scheduler: str, tmp_path: Path, **more: str
) -> Iterator[list[subprocess.Popen[bytes]]]:
    with (
        worker(scheduler, tmp_path / "one", **more) as one,
        worker(scheduler, tmp_path / "two", **more) as two,
        worker(scheduler, tmp_path / "three", **more) as three,
    ):
        with Client(scheduler, timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(3, timeout=PATIENCE)
        yield [one, two, three]


def test_batch_on_a_cluster_gives_the_bytes_of_one_machine(scheduler: str, tmp_path: Path) -> None:
    """Attached files travel, too: nothing that the workers need is read from a disk that they share."""
    briefs = tmp_path / "briefs"
    (briefs / "clicks" / "data").mkdir(parents=True)
    (briefs / "clicks" / "brief.yaml").write_text(CLICKS)
    (briefs / "clicks" / "data" / "clicks.csv").write_text("a,b\n1,2\n3,4\n")
    shutil.copytree(briefs / "clicks", briefs / "lost")
    (briefs / "lost" / "data" / "clicks.csv").unlink()
    sources = [briefs, ideas(tmp_path / "ideas.csv", 4)]
    here = run(sources, tmp_path / "here", formats=["pdf", "md"])
    with three_workers(scheduler, tmp_path):
        there = run(sources, tmp_path / "there", formats=["pdf", "md"], jobs=scheduler)
        assert not there.failed, there.failed[0].reason
        assert tree(tmp_path / "there") == tree(tmp_path / "here")
        assert [one.made for one in there.entries] == [one.made for one in here.entries]
        again = run(sources, tmp_path / "there", formats=["pdf", "md"], jobs=scheduler)
    assert all(entry.is_kept for entry in again.entries)


def test_batch_on_a_cluster_loses_no_brief_with_a_worker(scheduler: str, tmp_path: Path) -> None:
    table = ideas(tmp_path / "ideas.csv", 15)
    with three_workers(scheduler, tmp_path) as workers:

        def watch(progress: Progress) -> None:
            if progress.done == 3:
                end(workers[1])

        report = run([table], tmp_path / "out", formats=["md"], jobs=scheduler, progress=watch)
    assert workers[1].returncode == -signal.SIGKILL
    assert len(report.made) == 15


@pytest.mark.parametrize("late", [False, True], ids=["at once", "when Dask has given up"])
def test_batch_on_a_cluster_that_is_lost_names_every_brief_that_is_missing(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    monkeypatch.setattr("kit.batch.cluster._CONNECTING", 5.0)
    table = ideas(tmp_path / "ideas.csv", 6)
    with three_workers(scheduler, tmp_path) as workers:

        def watch(progress: Progress) -> None:
            if progress.done == 1:
                for one in workers:
                    end(one)
                (found,) = [
                    int(path.parent.name)
                    for path in Path("/proc").glob("[0-9]*/cmdline")
                    if str(tmp_path / "scheduler.json").encode() in path.read_bytes()
                ]
                os.kill(found, signal.SIGKILL)
                time.sleep(8.0 if late else 0.0)

        report: Report = run(
            [table], tmp_path / "out", formats=["md"], jobs=scheduler, progress=watch
        )
    assert report.exit_code == 1
    assert report.failed
    assert all("the cluster" in entry.reason for entry in report.failed)


def test_batch_on_a_cluster_ends_at_once_when_it_is_told_to(scheduler: str, tmp_path: Path) -> None:
    table, mark = ideas(tmp_path / "ideas.csv", 30), str(tmp_path)
    with three_workers(scheduler, tmp_path):
        batch = begin([table], tmp_path / "out", "--to", "md", "--dask", scheduler, mark=mark)
        assert batch.stderr is not None
        assert "1 of 30" in batch.stderr.readline()
        batch.send_signal(signal.SIGTERM)
        start = time.monotonic()
        _, said = batch.communicate(timeout=30)
        assert time.monotonic() - start < 5
        assert batch.returncode == 128 + signal.SIGTERM
        assert "were made, and are kept" in said
        assert not left_over(mark)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "ftp://127.0.0.1:9", "x y"])
def test_batch_without_a_cluster_at_the_address_is_refused(tmp_path: Path, address: str) -> None:
    batch = begin(
        [ideas(tmp_path / "ideas.csv", 1)], tmp_path / "out", "--dask", address, mark=str(tmp_path)
    )
    _, said = batch.communicate(timeout=60)
    assert batch.returncode == 2
    assert f"--dask {address}: expected a Dask scheduler at this address, found none" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("answers", [False, True])
def test_batch_where_something_else_listens_is_refused_in_time(
    answers: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECTING", 1.0)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        if answers:  # as a dashboard does; else calls are taken, and that is all
            threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"tcp://127.0.0.1:{server.server_port}"
        try:
            with pytest.raises(UsageError, match="what is there gives no answer"):
                run(ideas(tmp_path / "ideas.csv", 1), tmp_path / "out", jobs=address)
        finally:
            if answers:
                server.shutdown()


def test_batch_at_the_address_of_a_worker_is_refused(scheduler: str, tmp_path: Path) -> None:
    with three_workers(scheduler, tmp_path), Client(scheduler, set_as_default=False) as client:
        (address, *_) = client.scheduler_info()["workers"]
        with pytest.raises(UsageError, match="a Worker answers there"):
            run(ideas(tmp_path / "ideas.csv", 1), tmp_path / "out", jobs=address)


def test_batch_on_a_cluster_without_workers_is_refused(scheduler: str, tmp_path: Path) -> None:
    table = ideas(tmp_path / "ideas.csv", 1)
    with pytest.raises(UsageError, match="expected at least one worker, found none"):
        run([table], tmp_path / "out", jobs=scheduler)


def test_batch_on_a_cluster_with_another_kit_is_refused(scheduler: str, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "sitecustomize.py").write_text(
        "import platform\nplatform.python_version = lambda: '3.0.0'\n"
    )
    paths = os.pathsep.join((str(tmp_path / "other"), str(Path.cwd())))
    table = ideas(tmp_path / "ideas.csv", 1)
    with (
        three_workers(scheduler, tmp_path, PYTHONPATH=paths),
        pytest.raises(UsageError, match="expected the same kit, Python and libraries on every"),
    ):
        run([table], tmp_path / "out", jobs=scheduler)


def test_batch_without_dask_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    table = ideas(tmp_path / "ideas.csv", 1)
    with pytest.raises(UsageError, match=r"pip install 'framing-kit\[dask\]'"):
        run([table], tmp_path / "out", jobs="tcp://127.0.0.1:9")


def test_file_that_is_too_large_to_be_sent_fails_its_brief_alone(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kit.batch.cluster._MOST", 3)
    (tmp_path / "clicks" / "data").mkdir(parents=True)
    (tmp_path / "clicks" / "brief.yaml").write_text(CLICKS)
    (tmp_path / "clicks" / "data" / "clicks.csv").write_text("a,b\n1,2\n")
    sources = [tmp_path / "clicks", ideas(tmp_path / "ideas.csv", 1)]
    with three_workers(scheduler, tmp_path):
        report = run(sources, tmp_path / "out", formats=["md"], jobs=scheduler)
    assert [entry.ok for entry in report.entries] == [False, True]
    assert "data/clicks.csv has more than the 0 MB that are sent" in report.failed[0].reason


def test_tasks_that_end_while_others_are_sent_are_all_heard_of(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many, and as short ones, as to meet whatever waits for whatever."""

    def at_once(_: object) -> Package:
        return Package(made=Made())

    options = Options(formats=("md",), walk=False, engine="forked")
    order = order_for(only_idea(tmp_path), options, today=dt.date(2026, 11, 1))
    monkeypatch.setattr("kit.batch.cluster.work", at_once)
    with three_workers(scheduler, tmp_path):
        found = [at for at, _ in each_on(scheduler, [(order, None)] * 300, seconds=60)]
    assert sorted(found) == list(range(300))


def only_idea(folder: Path) -> Idea:
    ((idea,), _) = read_sources([ideas(folder / "ideas.csv", 1)])
    return idea
