"""`framing batch` over the cases as a process of its own, watched; each run is done once, whoever asks for it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from hostile.attached import ATTACHED
from hostile.canaries import Canaries
from hostile.cells import CELLS
from hostile.laying import attached, harmless, packed, strewn, table, titled, trapped
from hostile.sources import SOURCES
from hostile.tables import TABLES
from hostile.titles import TITLES
from hostile.traps import TRAPS

COMMAND = str(Path(sys.executable).with_name("framing"))
JOBS = 2
PLAIN = "plain.csv"  # the table of harmless briefs, which others are held against
TOGETHER = "together"  # the command of the tables that are not alone
WHERE = ("here", "beside")
_SECONDS = 300  # for any command: one that waits for a pipe would take for ever


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a command ended with."""

    code: int
    out: str
    err: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Run:
    """Commands that ran among canaries."""

    home: Path
    canaries: Canaries
    said: dict[str, Said]  # by name; a batch of many cases is called `batch`

    @property
    def out(self) -> Path:
        """The output folder of the batch."""
        return self.home / "out"


def framing(*words: str | Path, cwd: Path, canaries: Canaries, **more: str) -> Said:
    """Run the command."""
    start = time.monotonic()
    made = subprocess.run(
        [COMMAND, *map(str, words)],
        cwd=cwd,
        env={**canaries.environment(), **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    seconds = time.monotonic() - start
    out, err = (each.decode("utf-8", "replace") for each in (made.stdout, made.stderr))
    return Said(code=made.returncode, out=out, err=err, seconds=seconds)


def once(home: Path, run: Callable[[Path], Run]) -> Run:
    """A run in a folder, done by the first process that asks, and read by others."""
    home.parent.mkdir(parents=True, exist_ok=True)
    done = home.with_suffix(".json")
    with FileLock(home.with_suffix(".lock")):
        if not done.exists():
            made = run(home)
            kept = made.canaries
            told = {
                "names": kept.names, "port": kept.port, "heard": kept.heard, "opened": kept.opened,
                "said": {name: asdict(said) for name, said in made.said.items()},
            }  # fmt: skip
            done.write_text(json.dumps(told), "utf-8")
    told = json.loads(done.read_text("utf-8"))
    said = {name: Said(**each) for name, each in told.pop("said").items()}
    return Run(home=home, canaries=Canaries(home=home, **told), said=said)


def batch(home: Path) -> Run:
    """One batch over all cases that stop no other."""
    names = [case.name for case in (*CELLS, *TITLES, *SOURCES, *ATTACHED)]
    with Canaries(home=home, names=names) as canaries:
        given = home / "given"
        given.mkdir()
        sources = [table(given / PLAIN, harmless())]
        rows, _ = packed(CELLS, canaries)
        sources.append(table(given / "cells.csv", rows))
        rows, _ = titled(TITLES, canaries)
        sources.append(table(given / "titles.csv", rows))
        sources.append(table(given / "files.csv", attached(given, canaries)))
        for case in SOURCES:
            folder = given / "sources" / case.name
            folder.mkdir(parents=True)
            sources.append(case.make(folder, canaries, case.name))
        said = framing(
            "batch", *sources, "--out", home / "out", "--to", "pdf,html,md,docx", "--jobs", str(JOBS),
            cwd=home, canaries=canaries,
        )  # fmt: skip
        canaries.look()
    return Run(home=home, canaries=canaries, said={"batch": said})


def trapped_batch(home: Path, *options: str) -> Run:
    """A batch of harmless briefs whose folder is full of traps, started from another one that is."""
    names = [trapped(trap, where) for trap in TRAPS for where in WHERE]
    with Canaries(home=home, names=names) as canaries:
        for where in WHERE:
            (home / where).mkdir()
            strewn(home / where, TRAPS, canaries, where)
        beside = home / "beside"
        sources = [table(beside / PLAIN, harmless()), beside / "brief.yaml"]
        sources[1].write_text("format: 1\ntitle: Beside\ngoal:\n  statement: Words\n", "utf-8")
        said = framing(
            "batch", *sources, "--out", home / "out", "--to", "pdf,html,md,docx", "--jobs", str(JOBS), *options,
            cwd=home / "here", canaries=canaries, PATH=os.pathsep + os.environ["PATH"],
        )  # fmt: skip
        canaries.look()
    return Run(home=home, canaries=canaries, said={"batch": said})


def tables(home: Path) -> Run:
    """Tables that cannot be read: one command for most of them, and one for each that would take others along."""
    with Canaries(home=home, names=[case.name for case in TABLES]) as canaries:
        (home / "given").mkdir()
        sources = {case.name: case.make(home / "given", canaries, case.name) for case in TABLES}
        alone = {case.name: [sources[case.name]] for case in TABLES if case.alone}
        commands = {TOGETHER: [sources[case.name] for case in TABLES if not case.alone], **alone}

        def one(name: str) -> Said:
            out = home / "out" / name
            return framing(
                "batch", *commands[name], "--out", out, "--to", "md", cwd=home, canaries=canaries
            )

        with ThreadPoolExecutor(JOBS) as pool:
            said = list(pool.map(one, commands))
        canaries.look()
    return Run(home=home, canaries=canaries, said=dict(zip(commands, said, strict=True)))
