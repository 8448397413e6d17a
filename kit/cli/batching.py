"""`framing batch`: documents of many briefs, with progress and a summary."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

import typer

from kit.cli.wording import counted
from kit.errors import FullError, Terminated, UsageError
from kit.signals import at_once

if TYPE_CHECKING:
    from kit.batch import Entry, Progress, Report


def batch(
    sources: Annotated[
        list[Path], typer.Argument(help="Folders of briefs, YAML files, and tables.")
    ],
    out: Annotated[Path, typer.Option(help="The output folder.")],
    to: Annotated[
        str, typer.Option(help="Formats, separated by commas: pdf, html, md, docx.")
    ] = "pdf",
    jobs: Annotated[
        int | None,
        typer.Option(help="Briefs made at the same time; one per processor if left out."),
    ] = None,
    walk: Annotated[
        bool, typer.Option("--walk", help="Run the workbooks of the five steps, too.")
    ] = False,
    engine: Annotated[
        Literal["forked", "jupyter"] | None,
        typer.Option(
            help="What runs the notebooks: forked children, fast, or a Jupyter kernel each. "
            "Forked is the default on Linux, jupyter elsewhere."
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="Make the briefs on a Dask cluster; the scheduler's address."
        ),
    ] = None,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Make every brief again, also those that have not changed."),
    ] = False,
) -> None:
    """Make documents of many briefs: a folder each, an index and a comparison."""
    with at_once(signal.SIGINT):
        from kit.batch import run

    if dask is not None and not dask.strip():
        raise UsageError(
            "--dask: expected the address of a Dask scheduler, found nothing. "
            "Name the one that `dask scheduler` prints, for example tcp://192.0.2.10:8786"
        )
    if dask is not None and jobs is not None:
        raise UsageError(
            "--jobs: expected it only without --dask, whose workers say themselves how much they do at a time. "
            "Leave one of the two out."
        )
    with _Bar() as bar:
        report = run(
            sources,
            out,
            formats=to,
            jobs=dask or jobs,
            walk=walk,
            engine=engine,
            fresh=fresh,
            progress=bar.update,
        )
    _summarise(report)
    raise typer.Exit(report.exit_code)


class _Bar:
    """A progress bar on a terminal, plain lines elsewhere; failures are named as they come."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self.console = Console(stderr=True, emoji=False, highlight=False, soft_wrap=True)
        self.shown = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TextColumn("{task.fields[pace]}"),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.task = self.shown.add_task("Reading", total=None, count="", pace="")
        self.pace, self.kept = _Pace(), 0

    def __enter__(self) -> Self:
        try:
            self.shown.start()
        except BaseException:
            with contextlib.suppress(Exception):  # it has begun by half
                self.shown.stop()
            self.console.show_cursor()
            raise
        return self

    def __exit__(self, _: object, error: BaseException | None, *_more: object) -> None:
        self.shown.stop()
        if isinstance(error, KeyboardInterrupt | Terminated | FullError):
            done, rest = "none was made", ""
            if self.kept:
                done, rest = (
                    f"{self.kept} of {self.pace.total} were made, and are kept",
                    " for the rest",
                )
            self._say(f"Stopped: {done}. Run the same command again{rest}.")

    def update(self, progress: Progress) -> None:
        """Show how far the batch is."""
        self.pace.update(progress)
        entry, count = progress.entry, f"{progress.done} of {progress.total}"
        self.shown.update(
            self.task,
            description="Briefs",
            completed=progress.done,
            total=progress.total,
            count=count,
            pace=self.pace.said,
        )
        self.kept += progress.done if entry is None else entry.ok
        if entry is None:
            if progress.done:
                self._say(f"{count} are here from an earlier run and have not changed.")
        elif not entry.ok:
            self._say(f"failed: {_failure(entry)}")
        elif not self.console.is_terminal:
            self._say(f"{count}: {entry.slug}{self.pace.said and f' ({self.pace.said})'}")

    def _say(self, text: str) -> None:
        self.console.print(text, markup=False)


class _Pace:
    """How fast briefs are made, and how long the rest takes at that: over the last half minute.

    The first one says nothing of that, as everything is loaded for it.
    """

    _SPAN = 30.0  # seconds
    _LEAST = 1.0  # seconds between the first and the last that a rate is told from

    def __init__(self) -> None:
        self.done = self.total = 0
        self._seen: deque[tuple[float, int]] = deque()

    def update(self, progress: Progress) -> None:
        """Take in how far the batch is now."""
        now, self.done, self.total = time.monotonic(), progress.done, progress.total
        if progress.entry is not None:
            self._seen.append((now, self.done))
        while len(self._seen) > 2 and self._seen[0][0] < now - self._SPAN:
            self._seen.popleft()

    @property
    def said(self) -> str:
        """The rate and the time left, in words; empty where they are not known yet."""
        if len(self._seen) < 2:
            return ""
        (then, before), (now, done) = self._seen[0], self._seen[-1]
        if now - then < self._LEAST:
            return ""
        rate = (done - before) / (now - then)
        left = round((self.total - done) / rate)
        minutes, seconds = divmod(left, 60)
        words = f"{minutes} min {seconds:02} s left" if minutes else f"{seconds} s left"
        pace = f"{rate:.1f} a second" if rate >= 1 else f"{1 / rate:.0f} s each"
        return f"{pace}, {words}"


def _summarise(report: Report) -> None:
    from kit.batch.folder import INDEX
    from kit.export.glyphs import printable

    made, failed = len(report.made), report.failed
    formats = ", ".join(name.upper() for name in report.formats)
    pages = sum(entry.made.pages or 0 for entry in report.made)
    in_all = f" ({counted(pages, 'page')})" if pages else ""
    kept = sum(entry.is_kept for entry in report.made)
    briefs, took = f"{made} of {len(report.entries)} briefs", f"in {report.seconds:.0f} s"
    if kept:
        typer.echo(
            f"{briefs} are there, verified as {formats}{in_all}: {made - kept} made {took}, and {kept} by an earlier "
            "run; nothing that they depend on has changed."
        )
    else:
        typer.echo(f"{briefs} made and verified as {formats}{in_all} {took}.")
    for note in (*report.notes, *_notes(report.entries)):
        typer.echo(f"  Note: {note}")
    if failed:
        typer.echo(f"{len(failed)} failed:")
        for entry in failed:
            typer.echo(f"  {_failure(entry)}")
    if wrong := [entry for entry in report.made if entry.made.counts.error]:
        errors = counted(sum(entry.made.counts.error for entry in wrong), "error")
        typer.echo(
            f"The coach found {errors} in {counted(len(wrong), 'brief')}; `framing check` shows them."
        )
    typer.echo(f"Look at them: {printable(str(report.out / INDEX))}")
    sys.stdout.flush()


def _failure(entry: Entry) -> str:
    """What went wrong, with the brief by its title, which a row of a table is known by."""
    return f"{entry.title}: {entry.reason}" if entry.row and entry.title else entry.reason


def _notes(entries: tuple[Entry, ...]) -> list[str]:
    return [
        f"{entry.place}: {note}"
        for entry in entries
        for note in (*entry.notes, *entry.made.warnings)
    ]
