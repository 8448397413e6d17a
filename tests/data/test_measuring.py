"""The process that reads a file: what it says, what it may use, and how it ends."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from measurings import shadow

from kit.data import Attached, Measured, Question, Refused
from kit.data.measuring import (
    BrokenError,
    Limits,
    StoppedError,
    Task,
    measure,
    stamp_of,
    surroundings,
)
from kit.data.request import Request, as_line, from_line

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
    """Processes that measure, as the system lists them: in full, however wide it takes the screen to be."""
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "ppid,pid,args"], capture_output=True, text=True, check=True
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


def test_measure_that_takes_too_long_is_refused(rows, monkeypatch):
    """The time for the quick baseline is none for reading."""
    slow = "import time; time.sleep(15); raise RuntimeError('at last')"
    shadow(rows.parent, monkeypatch, "pyarrow", slow)
    limits, seen = Limits(seconds=0.5, baseline=600), []
    refused = measure(
        task(rows, baseline=True, label="b"),
        limits=limits,
        tell=lambda *_: seen.extend(children()),
    )
    assert seen
    assert isinstance(refused, Refused)
    assert refused.expected == "a file that is read in 0.5 seconds"
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


def dies_of(number):
    """Code that ends its own process by a signal."""
    return f"import os, time; os.kill(os.getpid(), {int(number)}); time.sleep(15)"


def test_measure_whose_process_is_killed_says_so(rows, monkeypatch):
    shadow(rows.parent, monkeypatch, "pyarrow", dies_of(signal.SIGKILL))
    refused = measure(task(rows))
    assert isinstance(refused, Refused)
    # What the system kills, it mostly kills for that.
    assert refused.expected == "a file that is read within 4 GB of memory"


@pytest.mark.parametrize(
    "code",
    [
        "raise MemoryError",
        "raise OSError('malloc of size 64 failed')",
        "import os, sys; sys.stderr.write('what():  std::bad_alloc\\n'); sys.stderr.flush(); os.abort()",
    ],
)
def test_measure_says_in_the_same_words_that_memory_ended(rows, monkeypatch, code):
    shadow(rows.parent, monkeypatch, "pyarrow", code)
    refused = measure(task(rows))
    assert isinstance(refused, Refused)
    assert refused.expected == "a file that is read within 4 GB of memory"
    assert refused.found == "one that needs more"


@pytest.mark.parametrize(
    ("number", "says"),
    [(signal.SIGSEGV, "Fatal Python error: Segmentation fault"), (signal.SIGTERM, "Terminated")],
)
def test_measure_whose_process_dies_of_itself_is_told_as_ours(rows, monkeypatch, number, says):
    shadow(rows.parent, monkeypatch, "pyarrow", dies_of(number))
    with pytest.raises(
        BrokenError, match=rf"rows\.csv: expected to measure it, found .* {says}\. "
    ):
        measure(task(rows))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("raise RuntimeError('not that one')", "not that one"),
        ("import os; os._exit(3)", "it ended with 3 and without a word"),
        (
            "import os, sys; sys.stderr.write('malloc(): memory corruption\\n'); sys.stderr.flush(); os.abort()",
            r"malloc\(\): memory corruption; Fatal Python error: Aborted",
        ),
    ],
)
def test_measure_that_breaks_is_told_as_ours(rows, monkeypatch, code, says):
    shadow(rows.parent, monkeypatch, "pyarrow", code)
    with pytest.raises(
        BrokenError, match=rf"rows\.csv: expected to measure it, found that .* broke: .*{says}"
    ):
        measure(task(rows))


def asked(path, question):
    return Request(
        path=str(path),
        file=path.name,
        stamp="ab",
        size=3,
        question=question,
        now=NOW,
        baseline=None,
        memory=4 << 30,
        alarm=60.0,
    )


def test_request_comes_through_as_it_was_sent(rows):
    question = Question(label="b", groups=("g",), later=("c", "d"), wanted=(("recall", 0.99),))
    sent = asked(rows, question)
    line = as_line(sent)
    assert from_line(line) == sent
    assert line.count(b"\n") == 1


def test_stamp_is_the_sha_256_of_a_file(tmp_path):
    (tmp_path / "abc").write_bytes(b"abc")  # FIPS 180-2, appendix B.1
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert stamp_of(tmp_path / "abc") == digest


def test_stamp_of_a_file_can_be_stopped_on_the_way(tmp_path):
    (tmp_path / "large").write_bytes(bytes(20 << 20))
    stop, told = threading.Event(), []

    def tell():
        told.append(1)
        if len(told) == 3:
            stop.set()

    with pytest.raises(StoppedError):
        stamp_of(tmp_path / "large", tell=tell, stop=stop)
    assert len(told) == 3


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


def test_child_ends_when_nobody_listens_any_more(rows):
    """As where its parent is killed: its input ends then."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "kit.data.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=surroundings(),
    )
    try:
        child.stdin.write(as_line(asked(rows, Question())))
        child.stdin.flush()
        assert b"reading" in child.stdout.readline()
        child.stdin.close()
        assert child.wait(20) == 1
    finally:
        child.kill()
        child.stdout.close()
