"""`framing batch`: documents of many briefs, with progress and a summary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

import typer

from kit.cli.wording import counted

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
) -> None:
    """Make documents of many briefs: a folder each, an index and a comparison."""
    from kit.batch import run
    from kit.export import formats_in

    with _Bar() as bar:
        report = run(
            sources,
            out,
            formats=formats_in(to),
            jobs=jobs,
            walk=walk,
            engine=engine,
            progress=bar.update,
        )
    _summarise(report)
    raise typer.Exit(report.exit_code)


class _Bar:
    """A progress bar on a terminal, plain lines elsewhere; failures are named as they come."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self.console = Console(stderr=True, emoji=False, highlight=False, soft_wrap=True)
        self.shown = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.task = self.shown.add_task("Briefs", total=None)

    def __enter__(self) -> Self:
        self.shown.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shown.stop()

    def update(self, progress: Progress) -> None:
        """Show how far the batch is."""
        self.shown.update(self.task, completed=progress.done, total=progress.total)
        entry = progress.entry
        if entry is None:
            return
        if not entry.ok:
            self._say(f"failed: {entry.reason}")
        elif not self.console.is_terminal:
            self._say(f"{progress.done} of {progress.total}: {entry.slug}")

    def _say(self, text: str) -> None:
        self.console.print(text, markup=False)


def _summarise(report: Report) -> None:
    made, failed = len(report.made), report.failed
    formats = ", ".join(name.upper() for name in report.formats)
    pages = sum(entry.made.pages or 0 for entry in report.made)
    in_all = f" ({counted(pages, 'page')})" if pages else ""
    typer.echo(
        f"{made} of {len(report.entries)} briefs made and verified as {formats}{in_all} "
        f"in {report.seconds:.0f} s."
    )
    for note in (*report.notes, *_notes(report.entries)):
        typer.echo(f"  Note: {note}")
    if failed:
        typer.echo(f"{len(failed)} failed:")
        for entry in failed:
            typer.echo(f"  {entry.reason}")
    typer.echo(f"Look at them: {report.out / 'index.html'}")
    sys.stdout.flush()


def _notes(entries: tuple[Entry, ...]) -> list[str]:
    return [
        f"{entry.place}: {note}"
        for entry in entries
        for note in (*entry.notes, *entry.made.warnings)
    ]
