"""The process that reads a file: what it says, what it may use, and how it ends."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from kit.data import Attached, Measured, Question, Refused
from kit.data.measuring import BrokenError, Limits, Task, measure, stamp_of

NOW = dt.datetime(2026, 11, 20, 12)  # noqa: DTZ001  as the clock on the wall
CHILD = "kit.data.child"


def task(path, *, baseline=False, **question):
    file = Attached(sources=(0,), name=path.name, path=path, size=path.stat().st_size)
    asked = Question(**question)
    return Task(file=file, stamp=stamp_of(path), question=asked, now=NOW, baseline=baseline)


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.csv"
    lines = [f"{at % 7},{'yes' if at % 7 > at % 3 else 'no'}" for at in range(600)]
    path.write_text("\n".join(("a,b", *lines)) + "\n")
    return path


def children():
    """Processes that measure, as the system lists them."""
    listed = subprocess.run(
        ["ps", "-eo", "ppid,pid,args"], capture_output=True, text=True, check=True
    )
    own = str(os.getpid())
    return [line for line in listed.stdout.splitlines() if CHILD in line and line.split()[0] == own]


def test_measure_gives_profile_label_and_baseline(rows):
    told = []
    found = measure(
        task(rows, baseline=True, label="b"), tell=lambda what, share: told.append((what, share))
    )
    assert isinstance(found, Measured)
    assert found.profile.rows == 600
    assert found.label.positive == "yes"
    assert found.ladder.rungs
    assert found.on == NOW.date()
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert len({what for what, _ in told}) > 2


def test_measure_without_a_baseline_has_none(rows):
    assert measure(task(rows, label="b")).ladder is None


def test_measure_of_a_label_that_is_not_there_has_none(rows):
    assert measure(task(rows, label="nowhere")).label is None


def test_measure_of_no_table_is_refused(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    refused = measure(task(path))
    assert isinstance(refused, Refused)
    assert refused.found == "a ZIP archive"
    assert refused.sources == (0,)


def test_measure_with_too_little_memory_is_refused(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n" + "1234.5,some text of some length\n" * 2_000_000)
    refused = measure(task(path), limits=Limits(memory=400 << 20, seconds=20))
    assert isinstance(refused, Refused)
    # A library that gets no thread any more may say so, or wait for ever.
    assert "memory" in refused.expected or refused.found == "one that takes longer"
    assert not children()


def test_measure_that_takes_too_long_is_refused(rows):
    refused = measure(task(rows), limits=Limits(seconds=-9.9))
    assert isinstance(refused, Refused)
    assert refused.found == "one that takes longer"
    assert not children()


def test_measure_can_be_stopped_at_once(rows):
    stop = threading.Event()
    stop.set()
    start = time.monotonic()
    refused = measure(task(rows, baseline=True, label="b"), stop=stop)
    assert refused.found == "that it was stopped"
    assert time.monotonic() - start < 5
    assert not children()


def test_measure_that_is_stopped_in_its_baseline_keeps_the_profile(rows):
    stop = threading.Event()

    def tell(what, _):
        if "fold" in what or "rows apart" in what:
            stop.set()

    found = measure(task(rows, baseline=True, label="b"), tell=tell, stop=stop)
    assert isinstance(found, Measured)
    assert found.profile.rows == 600
    assert found.ladder is None


def test_measure_whose_process_is_killed_says_so(rows):
    def tell(*_):
        for line in children():
            os.kill(int(line.split()[1]), signal.SIGKILL)

    refused = measure(task(rows), tell=tell)
    assert isinstance(refused, Refused)
    assert "memory" in refused.expected  # what the system kills, it mostly kills for that


def test_measure_that_breaks_is_told_as_ours(rows, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(rows.parent))
    (rows.parent / "pyarrow.py").write_text("raise RuntimeError('not that one')\n")
    with pytest.raises(
        BrokenError, match=r"rows\.csv: expected to measure it, found that .* not that one"
    ):
        measure(task(rows))


def test_child_writes_nothing_into_the_folder_of_a_file(rows):
    before = sorted(rows.parent.iterdir())
    measure(task(rows, baseline=True, label="b"))
    assert sorted(rows.parent.iterdir()) == before


def test_measuring_loads_no_heavy_library_into_this_process():
    code = (
        "import sys, kit.data; from pathlib import Path; from kit.brief import open_brief; "
        "b = open_brief('examples/tumour-triage'); kit.data.survey(b.brief, Path('examples/tumour-triage')); "
        "sys.exit(' '.join({'pyarrow', 'sklearn', 'pandas', 'scipy'} & sys.modules.keys()) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
