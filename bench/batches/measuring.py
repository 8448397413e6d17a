"""One run of a way: when each brief was done, by the clock that starts with the command."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from batches.briefs import FILE, ROOT, title_of, write_briefs
from batches.making import PDF, check
from batches.ways import Way

_DONE = re.compile(r"\d+ of \d+: ")
_FAILED = re.compile(r"failed: (.*)")
_LOOKS = 0.01  # seconds between two looks for the first PDF
# Set on some machines, these make every start compile all modules, and every line written by itself.
_UNLIKE_INSTALLED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")


@dataclass(frozen=True, kw_only=True)
class Run:
    """What making a number of briefs took, in seconds from the start of the command."""

    way: Way
    briefs: int
    first: float  # the first PDF is in its place
    done: tuple[float, ...]  # each brief is said to be done, in order
    whole: float  # the command has ended
    processor: float  # seconds that processors were busy with it, all processes together
    failures: tuple[str, ...]  # what was said of each brief that failed

    @property
    def each(self) -> float:
        """Seconds for a further brief, on all processes together.

        The slope over all but the first tenth, which pays for what is loaded late.
        """
        skipped = max(1, self.briefs // 10)
        return (self.done[-1] - self.done[skipped - 1]) / (self.briefs - skipped)

    @property
    def cost(self) -> float:
        """Seconds per brief, all included."""
        return self.whole / self.briefs


def measure(way: Way, count: int, *, jobs: int, checked: bool = False) -> Run:
    """Run a way over `count` briefs; with `checked`, read the PDFs once more when the clock has stopped.

    Raises
    ------
    BrokenWayError
        If it did not say of every brief what became of it, made none, or failed at one as the kit may not.
    """
    with tempfile.TemporaryDirectory(prefix="framing-bench-") as name:
        briefs, out = Path(name, "briefs"), Path(name, "out")
        write_briefs(briefs, count)
        run = _run(way, briefs, out, count, jobs)
        if checked and not run.failures:
            _check_all(briefs, out)
    return run


class BrokenWayError(Exception):
    """A way that cannot be measured; says why."""


def _run(way: Way, briefs: Path, out: Path, count: int, jobs: int) -> Run:
    done: list[float] = []
    others: list[str] = []
    watch = _FirstPdf(out)
    began = time.perf_counter()
    with _started(way.command(briefs, out, jobs), home=out.parent) as process:
        watch.start()
        for line in process.stdout or ():
            if _DONE.match(line):
                done.append(time.perf_counter() - began)
            else:
                others.append(line)
        _, status, usage = os.wait4(process.pid, 0)
        whole = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    watch.end()
    failures = tuple(found[1] for found in map(_FAILED.match, others) if found)
    if failures and (way.ours or len(failures) == count):
        raise BrokenWayError(f"expected every brief to be made, found: {failures[0]}")
    if len(done) != count or process.returncode != (1 if failures else 0):
        raise BrokenWayError(
            f"expected a line for each of {count} briefs, found {len(done)} and exit code {process.returncode}\n"
            f"{''.join(others[-20:])}"
        )
    return Run(
        way=way,
        briefs=count,
        first=done[0] if watch.at is None else min(done[0], watch.at - began),
        done=tuple(done),
        whole=whole,
        processor=usage.ru_utime + usage.ru_stime,
        failures=failures,
    )


def _started(command: list[str], *, home: Path) -> subprocess.Popen[str]:
    """A command as on any machine, with what it says on one stream; shells remember nothing beyond `home`."""
    own = {name: text for name, text in os.environ.items() if name not in _UNLIKE_INSTALLED}
    ipython = home / "ipython"
    ipython.mkdir()
    found = os.pathsep.join(filter(None, (str(ROOT / "bench"), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**own, "PYTHONPATH": found, "IPYTHONDIR": str(ipython)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


class _FirstPdf(threading.Thread):
    """Looks for the first PDF in its place, which may be there before the line that tells of it."""

    def __init__(self, out: Path) -> None:
        super().__init__(daemon=True)
        self.at: float | None = None
        self._out = out
        self._over = threading.Event()

    def run(self) -> None:
        """Look until one is there, or nobody waits for it any more."""
        while not self._over.wait(_LOOKS):
            if next(self._out.glob(f"[!.]*/{PDF}"), None) is not None:
                self.at = time.perf_counter()
                return

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _check_all(briefs: Path, out: Path) -> None:
    """Every title is in a PDF, whatever its folder is called."""
    from pypdf.errors import PyPdfError

    titles = sorted(title_of(path) for path in briefs.glob(f"*/{FILE}"))
    made = sorted(out.glob(f"[!.]*/{FILE}"))
    if sorted(map(title_of, made)) != titles:
        raise BrokenWayError(f"expected {len(titles)} titles in {out}, found others in {len(made)}")
    for brief in made:
        try:
            check(brief.with_name(PDF), title_of(brief))
        except (OSError, ValueError, PyPdfError) as exc:
            raise BrokenWayError(str(exc)) from exc
