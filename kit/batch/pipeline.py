"""A batch: read and validate everything, then execute, export, verify and publish brief by brief.

What an earlier run made of a brief is kept as it is while nothing that it depends on has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from kit.batch.folder import COMPARISON, INDEX, RECORD, SPREADSHEET, OutputFolder, held
from kit.batch.journal import as_text
from kit.batch.order import Options
from kit.batch.planning import Job, Plan, plan
from kit.batch.pool import Lost
from kit.batch.result import Entry, Made, Package, Progress, Report, Watcher
from kit.batch.slugs import Slug, slugs
from kit.batch.sources import Idea, read_sources
from kit.errors import ExportError, FullError, Problem, WriteError
from kit.export.glyphs import printable

_NAMED = 5  # folders in a note

Make: TypeAlias = Callable[[Sequence[Job], Path], Generator[tuple[int, Package | Lost]]]


def pipeline(
    sources: Sequence[Path], out: Path, options: Options, *, make: Make, fresh: bool, watch: Watcher
) -> Report:
    """The report of a batch whose briefs `make` makes, given jobs and a folder to work in; see `kit.batch.run`.

    Its seconds are left at 0.
    """
    ideas, notes = read_sources(sources)
    names = slugs([idea.title for idea in ideas])
    entries = [_entry(idea, name) for idea, name in zip(ideas, names, strict=True)]
    with held(out) as folder:
        planned = plan(ideas, names, folder, options, fresh=fresh)
        kept = [at for at, made in planned.known.items() if not made.reason]
        for at in kept:
            entries[at] = replace(entries[at], made=planned.known[at], is_kept=True)
        watch(Progress(done=len(kept), total=len(entries), entry=None))
        with closing(_outcomes(planned, folder, make)) as outcomes:
            for done, (at, made) in enumerate(outcomes, start=len(kept) + 1):
                entries[at] = _finished(entries[at], made, folder)
                watch(Progress(done=done, total=len(entries), entry=entries[at]))
        report = Report(
            out=out,
            formats=options.formats,
            entries=tuple(entries),
            notes=(*notes, *_of_others(folder.others(name.name for name in names))),
            seconds=0.0,
        )
        _write_overview(report, folder)
    return report


def _outcomes(planned: Plan, folder: OutputFolder, make: Make) -> Generator[tuple[int, Made]]:
    """Index and outcome of every brief that has to be made, those that cannot be first."""
    for at, made in planned.known.items():
        if made.reason:
            yield at, made
    with closing(make(planned.jobs, folder.private.absolute())) as results:
        for number, result in results:
            job = planned.jobs[number]
            yield job.index, _published(job, result, folder)


def _published(job: Job, result: Package | Lost, folder: OutputFolder) -> Made:
    place = job.order.name
    if isinstance(result, Lost):
        found = f"expected a finished brief, found that {result.reason}"
        return Made(reason=printable(f"{place}: {found}. {result.remedy}"))
    if result.is_full:
        raise FullError(result.made.reason)
    if result.made.reason:
        return result.made
    files = {name: hashlib.sha256(data).hexdigest() for name, data in result.files.items()}
    made = replace(result.made, files=files)
    # One whose files changed under way is made again next time.
    of = "" if job.has_changed(result.read) else job.fingerprint
    entry = as_text(made, of=of, findings=result.findings)
    try:
        return replace(made, notes=folder.store(job.slug, result.files, entry))
    except FullError:
        raise
    except (ExportError, WriteError) as exc:
        return Made(reason=printable(f"{place}: {exc}"))


def _write_overview(report: Report, folder: OutputFolder) -> None:
    """What is said of all briefs together."""
    # Loading these takes half a second, which no worker should wait for.
    from kit.batch.comparison import comparison
    from kit.batch.index import index
    from kit.batch.record import record
    from kit.batch.spreadsheet import spreadsheet
    from kit.batch.standing import standing_of

    standing = standing_of(report)
    folder.write(COMPARISON, comparison(report, standing))
    folder.write(SPREADSHEET, spreadsheet(report, standing))
    folder.write(RECORD, record(report))
    folder.write(INDEX, index(report, standing))


def _of_others(folders: Sequence[str]) -> Iterator[str]:
    """A note that folders of earlier runs are of briefs that are not among the sources."""
    if not folders:
        return
    named, more = printable(", ".join(folders[:_NAMED])), len(folders) - _NAMED
    said = f"{named} and {more} more" if more > 0 else named
    yield f"Left as they are, of briefs that are not among the sources: {said}."


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
    if not made.reason or folder.entry(entry.slug) is None:
        return replace(entry, made=made, notes=(*entry.notes, *made.notes))
    note = f"What an earlier run made of it is still in {entry.slug}."
    return replace(entry, made=made, notes=(*entry.notes, note))
