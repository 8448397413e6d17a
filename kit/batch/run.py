"""A batch: read everything, then execute, export, verify and publish brief by brief."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kit.batch.comparison import comparison
from kit.batch.execution import Engine, default_engine
from kit.batch.folder import COMPARISON, INDEX, RECORD, OutputFolder, held
from kit.batch.index import index
from kit.batch.making import Task, bench
from kit.batch.pool import Lost, each
from kit.batch.record import record
from kit.batch.result import Entry, Made, Progress, Report, Watcher
from kit.batch.slugs import Slug, slugs
from kit.batch.sources import Idea, read_sources
from kit.errors import Problem, UsageError, WriteError
from kit.export import formats_in
from kit.export.glyphs import printable

SECONDS = 300.0  # for one brief, all its workbooks included


def run(
    sources: Sequence[Path],
    out: Path,
    *,
    formats: Sequence[str] = ("pdf",),
    jobs: int | None = None,
    walk: bool = False,
    engine: Engine | None = None,
    progress: Watcher | None = None,
) -> Report:
    """Make documents of every brief in `sources`, one folder each below `out`, and an index.

    A brief that fails is in the report with its reason, and stops no other.

    Parameters
    ----------
    sources
        Folders of briefs, YAML files, and tables with a brief in every row.
    out
        The output folder; made if missing, and safe to use again.
    formats
        Names out of `kit.export.FORMATS`.
    jobs
        Briefs made at the same time; as many as there are processors when missing.
    walk
        Run the workbooks of the five steps for each brief, too.
    engine
        What runs the notebooks: `forked` children, or a kernel each (`jupyter`); the system's default when missing.
    progress
        Called before the first brief and after each one.

    Raises
    ------
    UsageError
        If what is asked for cannot be done as asked.
    BriefError
        If a source cannot be read at all.
    WriteError
        If `out` cannot be written.
    LockedError
        If another batch is writing to `out`.
    """
    start = time.monotonic()
    wanted = formats_in(formats)
    if jobs is not None and jobs < 1:
        raise UsageError(
            f"--jobs: expected at least 1, found {jobs}. Leave it out to use every processor."
        )
    ideas, notes = read_sources(sources)
    names = slugs([idea.title for idea in ideas])
    with held(out) as folder:
        entries = [_entry(idea, name) for idea, name in zip(ideas, names, strict=True)]
        watch = progress or (lambda _: None)
        watch(Progress(done=0, total=len(entries), entry=None))
        work = _Work(
            ideas=ideas,
            names=names,
            folder=folder,
            formats=wanted,
            walk=walk,
            engine=engine or default_engine(),
        )
        with closing(work.outcomes(jobs=jobs or _processors())) as outcomes:
            for done, (at, made) in enumerate(outcomes, start=1):
                entries[at] = _finished(entries[at], made, folder)
                watch(Progress(done=done, total=len(entries), entry=entries[at]))
        report = Report(out=out, formats=wanted, entries=tuple(entries), notes=notes, seconds=0.0)
        folder.write(COMPARISON, comparison(report))
        folder.write(RECORD, record(report))
        folder.write(INDEX, index(report))
    return replace(report, seconds=time.monotonic() - start)


@dataclass(frozen=True, kw_only=True)
class _Work:
    """What has to be made, and where."""

    ideas: Sequence[Idea]
    names: Sequence[Slug]
    folder: OutputFolder
    formats: tuple[str, ...]
    walk: bool
    engine: Engine

    def outcomes(self, *, jobs: int) -> Generator[tuple[int, Made]]:
        """Index and outcome of every idea, those that cannot be read first."""
        readable = [at for at, idea in enumerate(self.ideas) if not idea.problems]
        for at, idea in enumerate(self.ideas):
            if idea.problems:
                yield at, Made(reason=printable(idea.reason))
        tasks = [self._task(at) for at in readable]
        tools = partial(bench, self.folder.private.absolute(), self.engine)
        with closing(each(tasks, bench=tools, jobs=jobs, seconds=SECONDS)) as results:
            for task, result in results:
                yield readable[task], self._published(readable[task], result)

    def _task(self, at: int) -> Task:
        idea = self.ideas[at]
        return Task(
            folder=self.folder.building(self.names[at].name).absolute(),
            text=idea.text,
            name=idea.place,
            origin=idea.path.absolute() if idea.path else None,
            beside=Path(idea.source).absolute().parent if idea.row is not None else None,
            formats=self.formats,
            walk=self.walk,
            engine=self.engine,
        )

    def _published(self, at: int, result: Made | Lost) -> Made:
        place = self.ideas[at].place
        if isinstance(result, Lost):
            found = f"expected a finished brief, found that {result.reason}"
            return Made(reason=f"{place}: {found}. Run it again.")
        if not result.reason:
            try:
                notes = self.folder.publish(self.names[at].name)
            except WriteError as exc:
                return Made(reason=printable(f"{place}: {exc}"))
            return replace(result, notes=notes)
        return result


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _entry(idea: Idea, name: Slug) -> Entry:
    taken = f"the title of an earlier brief gives the name {name.numbered} already"
    return Entry(
        source=idea.source,
        row=idea.row,
        title=printable(idea.title),
        slug=name.name,
        facts=idea.facts,
        notes=(f"Its folder is {name.name}: {taken}.",) if name.numbered else (),
        problems=tuple(_readable(problem) for problem in idea.problems),
        made=Made(reason="It was not begun."),
    )


def _readable(problem: Problem) -> Problem:
    """A problem that can be written, whatever was found."""
    key, expected, found = map(printable, (problem.key, problem.expected, problem.found))
    return replace(
        problem, key=key, expected=expected, found=found, remedy=printable(problem.remedy)
    )


def _finished(entry: Entry, made: Made, folder: OutputFolder) -> Entry:
    if not made.reason or not folder.has(entry.slug):
        return replace(entry, made=made, notes=(*entry.notes, *made.notes))
    note = f"What an earlier run made of it is still in {entry.slug}."
    return replace(entry, made=made, notes=(*entry.notes, note))
