"""A batch of a thousand briefs takes no more of the machine at its end than at its beginning."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pytest
from batching import begin, ideas, left_over

BRIEFS = 1000
SHARE = (
    0.9  # of the speed of the first hundred, at least; a batch beside the other is a hundred, too
)
SLOPE = 20_000  # bytes a brief, at most
EVERY = 5  # briefs between two looks at the memory


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a batch takes of the machine when so many briefs are done."""

    done: int
    at: float  # seconds
    memory: int  # bytes of all its processes, what they share counted once (PSS)
    files: int  # open ones, of the processes that stay
    threads: int


def look(process: psutil.Process, done: int) -> Look:
    memory = files = threads = 0
    for one in (process, *process.children(recursive=True)):
        try:
            memory += one.memory_full_info().pss
            if one.create_time() < time.time() - 5:  # no child that runs a notebook
                files += one.num_fds()
                threads += one.num_threads()
        except psutil.NoSuchProcess:
            continue  # a child whose notebook is done
    return Look(done=done, at=time.monotonic(), memory=memory, files=files, threads=threads)


def told(batch: subprocess.Popen[str]) -> Iterator[tuple[float, int]]:
    """When each brief of a batch is done, and how many are by then."""
    assert batch.stderr is not None
    for line in batch.stderr:
        said = re.match(r"(\d+) of \d+: ", line)
        yield time.monotonic(), int(said[1]) if said else pytest.fail(line)


def temporary() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("*"))


@pytest.mark.soak
def test_thousand_briefs_take_no_more_at_the_end_than_at_the_beginning(tmp_path: Path) -> None:
    before, out = temporary(), tmp_path / "out"
    looks, times = list[Look](), list[float]()
    with begin([ideas(tmp_path / "ideas.csv", BRIEFS)], out) as batch:
        process = psutil.Process(batch.pid)
        for at, done in told(batch):
            times.append(at)
            if done % EVERY == 0:
                looks.append(look(process, done))
        assert batch.wait(60) == 0
    assert not left_over(str(out))
    assert temporary() <= before
    assert not list(out.glob(".framing-build-*"))
    late = [one for one in looks if one.done > 100]
    slope = np.polyfit([one.done for one in late], [one.memory for one in late], 1)[0]
    hundreds = np.diff(times[::100] + times[-1:])
    first, last = times[100] - times[0], times[-1] - times[-101]
    sys.stdout.write(
        f"\n{slope / 1000:+.1f} KB a brief; first 100 in {first:.1f} s, last 100 in {last:.1f} s, "
        f"all hundreds in {np.round(hundreds, 1).tolist()} s; "
        f"memory {late[0].memory / 1e6:.0f} to {late[-1].memory / 1e6:.0f} MB; "
        f"files {[one.files for one in looks[::40]]}, threads {[one.threads for one in looks[::40]]}\n"
    )
    assert slope < SLOPE
    assert first / last >= SHARE
    assert looks[-5].files <= max(one.files for one in looks[:20])
    assert looks[-5].threads <= max(one.threads for one in looks[:20])


@pytest.mark.soak
def test_thousand_briefs_come_as_fast_at_the_end_as_at_the_beginning_beside_batches_just_begun(
    tmp_path: Path,
) -> None:
    """A machine that slows down within minutes slows down what has just begun as well."""
    hundred = ideas(tmp_path / "hundred.csv", 100)
    with (
        begin([ideas(tmp_path / "ideas.csv", BRIEFS)], tmp_path / "long", "--jobs", "1") as batch,
        ThreadPoolExecutor() as threads,
    ):
        heard = threads.submit(lambda: [at for at, _ in told(batch)])
        besides = list[list[float]]()
        while not heard.done():
            out = tmp_path / f"beside-{len(besides)}"
            with begin([hundred], out, "--jobs", "1") as fresh:
                besides.append([at for at, _ in told(fresh)])
                assert fresh.wait(60) == 0
        done = heard.result()
        assert batch.wait(60) == 0
    assert len(done) == BRIEFS
    paces = [
        sum(beside[0] < at <= beside[-1] for at in done) / (len(beside) - 1)
        for beside in besides
        if beside[-1] <= done[-1]
    ]
    sys.stdout.write(f"\nof the pace of a batch just begun: {np.round(paces, 2).tolist()}\n")
    assert len(paces) > 5
    assert paces[-1] / paces[0] >= SHARE
