"""Batches on systems that refuse, and notebooks that go wrong: nothing is lost, nothing passes for done that is not."""

from __future__ import annotations

import itertools
import json
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import failing
import pytest
from batching import begin, ideas, left_over, tree
from notebooks import after, code, workbook

from kit.batch import run
from kit.batch.journal import MARK, entry_of, is_whole
from kit.batch.order import order_for

IDEAS = 3
CALLS = ("write", "fsync", "rename", "mkdir")
ERRORS = ("ENOSPC", "EIO", "EACCES")
OFTEN = (1, 2, 3, 4, 5, 7, 11, 13)
QUICK = [("fsync", "EIO", 3), ("rename", "EACCES", 2), ("write", "ENOSPC", 5)]
# What may be said of a system that refuses: some briefs failed, cannot write, or full.
REFUSED = {1, 73, 74}


def batch(
    table: Path, out: Path, *, environment: Mapping[str, str] | None = None, to: str = "md"
) -> tuple[int, str]:
    """The exit code of a batch, and what it said."""
    running = begin([table], out, "--to", to, "--jobs", "1", environment=environment)
    told, said = running.communicate(timeout=240)
    assert not left_over(str(out))
    return running.returncode, told + said


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table, its documents in `wanted`, and those of an older table in `older`."""
    path = tmp_path_factory.mktemp("faults")
    ideas(path / "ideas.csv", IDEAS)
    older = path / "before.csv"
    older.write_text((path / "ideas.csv").read_text().replace("Fewer", "More"))
    for table, out in ((older, path / "older"), (path / "ideas.csv", path / "wanted")):
        code_, said = batch(table, out)
        assert code_ == 0, said
    return path


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """An output folder of an older table, to which a person has added something."""
    shutil.copytree(made / "older", tmp_path / "out")
    (tmp_path / "out" / "idea-1" / "mine.txt").write_text("mine")
    return tmp_path / "out"


def refusing(tmp_path: Path, call: str, *, every: int, error: str, below: Path) -> dict[str, str]:
    """The environment of processes in which calls fail."""
    folder = tmp_path / "refusing"
    folder.mkdir(exist_ok=True)
    shutil.copy(failing.__file__, folder / "sitecustomize.py")
    paths = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    return {"PYTHONPATH": paths, **failing.told(call, every=every, error=error, below=str(below))}


def assert_nothing_is_lost(out: Path, made: Path) -> None:
    """Each brief's folder is whole, the older one or the newer, and what is a person's is there."""
    places = {path: path for path in out.glob("idea-*")}
    for held in out.glob(".framing-build-*/old/idea-*"):  # what could not even be put back
        places.setdefault(out / held.name, held)
    assert len(places) == IDEAS
    assert (places[out / "idea-1"] / "mine.txt").read_text() == "mine"
    for path in places.values():
        entry = entry_of(path)
        assert entry is not None
        assert is_whole(path, entry.files)
        found = (path / MARK).read_text()
        assert found in {(made / one / path.name / MARK).read_text() for one in ("older", "wanted")}


def assert_is_as_wanted(out: Path, made: Path) -> None:
    (out / "idea-1" / "mine.txt").unlink()
    assert tree(out) == tree(made / "wanted")


@pytest.mark.parametrize(
    ("call", "error", "every"),
    [
        *QUICK,
        *(
            pytest.param(*one, marks=pytest.mark.soak)
            for one in itertools.product(CALLS, ERRORS, OFTEN)
            if one not in QUICK
        ),
    ],
)
def test_every_kth_call_that_fails_destroys_nothing_and_is_told(
    made: Path, out: Path, tmp_path: Path, call: str, error: str, every: int
) -> None:
    environment = refusing(tmp_path, call, every=every, error=error, below=out)
    ended, said = batch(made / "ideas.csv", out, environment=environment)
    assert_nothing_is_lost(out, made)
    if ended == 0:
        return assert_is_as_wanted(out, made)
    assert ended in REFUSED, said
    assert "Traceback" not in said
    assert os.strerror(getattr(failing.errno, error)) in said
    ended, said = batch(made / "ideas.csv", out)
    assert ended == 0, said
    return assert_is_as_wanted(out, made)


@contextmanager
def small_disk(path: Path, *, kilobytes: int) -> Iterator[Path]:
    """A disk of so many kilobytes; a test without the right to make one is skipped."""
    path.mkdir()
    size = f"size={kilobytes}k"
    asked = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", path], capture_output=True, check=False
    )
    if asked.returncode:
        pytest.skip("A disk can be made by root alone.")
    try:
        yield path
    finally:
        subprocess.run(["umount", path], check=True)


@pytest.mark.parametrize("share", [0.6, 0.75, 0.9])  # of what a brief takes
def test_disk_that_fills_up_ends_the_batch_with_74_and_keeps_the_older_one(
    made: Path, tmp_path: Path, share: float
) -> None:
    left = int(share * sum(one.stat().st_size for one in (made / "wanted" / "idea-0").iterdir()))
    with small_disk(tmp_path / "disk", kilobytes=1200) as disk:
        out = disk / "out"
        shutil.copytree(made / "older", out)
        (out / "idea-1" / "mine.txt").write_text("mine")
        (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - left))
        ended, said = batch(made / "ideas.csv", out)
        assert (ended, "No space left" in said or "expected room" in said) == (74, True), said
        assert_nothing_is_lost(out, made)
        (disk / "filler").unlink()
        ended, said = batch(made / "ideas.csv", out)
        assert ended == 0, said
        assert_is_as_wanted(out, made)


def test_limit_on_the_size_of_a_file_fails_what_is_larger_and_says_so(
    made: Path, out: Path
) -> None:
    sizes = sorted(path.stat().st_size for path in (made / "wanted").glob("idea-*/brief.ipynb"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (sizes[0] // 2, before[1]))
    try:
        ended, said = batch(made / "ideas.csv", out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ended in REFUSED
    assert "File too large" in said
    assert_nothing_is_lost(out, made)


def test_two_batches_in_one_folder_the_second_leaves_at_once_with_75(
    made: Path, tmp_path: Path
) -> None:
    table, out = ideas(tmp_path / "ideas.csv", 12), tmp_path / "out"
    first = begin([table], out, "--to", "md", "--jobs", "1", mark="first")
    assert first.stderr is not None
    assert " of 12" in first.stderr.readline()
    first.send_signal(signal.SIGSTOP)  # or it might be done before the second has begun
    try:
        start = time.monotonic()
        second = begin([table], out, "--to", "md", mark="second")
        _, said = second.communicate(timeout=60)
    finally:
        first.send_signal(signal.SIGCONT)
    assert time.monotonic() - start < 15  # nearly all of which is starting Python on a busy machine
    assert (second.returncode, "another batch is writing to it" in said) == (75, True)
    _, said = first.communicate(timeout=240)
    assert first.returncode == 0, said


CELLS = {
    "exception": ("1 / 0", "stopped with ZeroDivisionError: division by zero"),
    "import error": ("import nowhere", "stopped with ModuleNotFoundError: No module named"),
    "syntax error": ("if", "stopped with SyntaxError"),
    "sys.exit": ("import sys; sys.exit(0)", r"sys.exit(0)"),
    "os._exit": ("import os; os._exit(0)", "exit code 0"),
    "killed": ("import os; os.kill(os.getpid(), 9)", "signal SIGKILL"),
    "crash": ("import ctypes; ctypes.string_at(0)", "signal SIGSEGV"),
    "hung": ("import time; time.sleep(600)", "ran longer than 10 seconds"),
    "busy": ("while True: pass", "ran longer than 10 seconds"),
    "endless output": ("while True: print('x' * 10_000)", "of output"),
    "input": ("input('Your name?')", "nobody is there to answer"),
    "memory": ("held = bytearray(1 << 40)", "stopped with MemoryError"),
    "fork bomb of one": ("import os, time\nif os.fork() == 0: time.sleep(600)", ""),
    "closed streams": ("import os; os.close(1); os.close(2); 1 / 0", "ZeroDivisionError"),
    "thread": ("import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()", ""),
}  # fmt: skip


@pytest.mark.parametrize("kind", CELLS)
def test_notebook_that_goes_wrong_fails_alone_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    cell, says = CELLS[kind]
    bad = after(workbook(), workbook()["cells"][-1]["id"], code(cell, name="bad"))

    def ordered(idea, options, *, today):
        order = order_for(idea, replace(options, seconds=10), today=today)
        return replace(order, notebooks={"brief": bad}) if "Idea 1" in order.text else order

    monkeypatch.setattr("kit.batch.planning.order_for", ordered)
    monkeypatch.setenv("FRAMING_TEST_MARK", str(tmp_path))
    report = run([ideas(tmp_path / "ideas.csv", 3)], tmp_path / "out", formats=["md"], jobs=1)
    assert [entry.ok for entry in report.entries] == [True, not says, True]
    if says:
        assert says in report.failed[0].reason
        assert report.failed[0].reason.startswith(f"{tmp_path}/ideas.csv row 3: ")
    monkeypatch.delenv("FRAMING_TEST_MARK")
    assert not left_over(str(tmp_path))


def test_record_of_a_batch_names_what_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ordered(idea, options, *, today):
        bad = {"brief": after(workbook(), workbook()["cells"][-1]["id"], code("1 / 0"))}
        return replace(order_for(idea, options, today=today), notebooks=bad)

    monkeypatch.setattr("kit.batch.planning.order_for", ordered)
    run([ideas(tmp_path / "ideas.csv", 1)], tmp_path / "out", formats=["md"], jobs=1)
    record = json.loads((tmp_path / "out" / "report.json").read_text())
    assert record["counts"] == {"briefs": 1, "made": 0, "failed": 1}
    assert "division by zero" in record["briefs"][0]["reason"]
