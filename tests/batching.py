"""Batches run as a person runs them, in a process of their own that can be ended, and what they leave behind."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_MARK = "FRAMING_TEST_MARK"


def ideas(path: Path, count: int) -> Path:
    """A table of so many ideas."""
    rows = [f"Idea {at},Fewer returns of kind {at}" for at in range(count)]
    path.write_text("\n".join(("title,goal.statement", *rows)) + "\n", encoding="utf-8")
    return path


def begin(
    sources: Sequence[Path],
    out: Path,
    *options: str,
    mark: str = "",
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    """Begin `framing batch` in a session of its own, its processes known by `mark`."""
    return subprocess.Popen(
        [sys.executable, "-m", "kit", "batch", *map(str, sources), "--out", str(out), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {}), _MARK: mark or str(out)},
        start_new_session=True,
    )


def tree(path: Path) -> dict[str, str]:
    """Every file below a folder, by name, with its SHA-256; folders too, and locks aside."""
    return {
        str(each.relative_to(path)): _digest(each)
        for each in sorted(path.rglob("*"))
        if each.suffix != ".lock"
    }


def left_over(mark: str, *, within: float = 5.0) -> list[str]:
    """The processes of a batch that are still there after so many seconds."""
    end = time.monotonic() + within
    while (left := _marked(mark)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def _digest(path: Path) -> str:
    if path.is_symlink():
        return f"a link to {path.readlink()}"
    return "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()


def _marked(mark: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"{_MARK}={mark}".encode() in (process / "environ").read_bytes().split(b"\0"):
                called = (process / "cmdline").read_text().replace("\0", " ")
                if "resource_tracker" not in called:  # as long as the tests' own process
                    found.append(called)
        except OSError:
            continue  # it has ended meanwhile, or belongs to somebody else
    return found
