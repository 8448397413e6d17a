"""What there is to do: everything is read and looked at before anything is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kit.batch.fingerprint import fingerprint
from kit.batch.folder import OutputFolder
from kit.batch.journal import Remembered, findings_digest, is_whole
from kit.batch.order import Options, Order, order_for, said
from kit.batch.result import Made
from kit.batch.slugs import Slug
from kit.batch.sources import Idea
from kit.brief import Brief, open_brief
from kit.brief.store import FILE_NAME
from kit.errors import BriefError, FramingError, WriteError
from kit.export.glyphs import printable

# Bytes of a brief: less than any that was seen, so that nobody is refused who has the room.
_SMALLEST = {"pdf": 40_000, "html": 20_000, "docx": 20_000, "md": 1_000, "ipynb": 120_000}


@dataclass(frozen=True, kw_only=True)
class Job:
    """A brief that has to be made."""

    index: int  # among the ideas
    slug: str
    order: Order
    with_files: Brief | None  # what it says, where it names files
    fingerprint: str

    def has_changed(self, read: Mapping[str, str]) -> bool:
        """Whether files have since, where those that were `read` are told by their SHA-256."""
        if self.with_files is None:
            return False
        return self.fingerprint != fingerprint(self.order, self.with_files, read=read)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is done already, or cannot be, and what is to be done."""

    known: Mapping[int, Made]  # by index among the ideas
    jobs: tuple[Job, ...]


def plan(
    ideas: Sequence[Idea],
    names: Sequence[Slug],
    folder: OutputFolder,
    options: Options,
    *,
    fresh: bool,
) -> Plan:
    """Sort the ideas; one that cannot be made is known by its reason.

    Raises
    ------
    FullError
        If there is no room for what has to be made.
    """
    known: dict[int, Made] = {}
    jobs: list[Job] = []
    today = _today()
    for at, (idea, name) in enumerate(zip(ideas, names, strict=True)):
        if idea.problems:
            known[at] = Made(reason=printable(idea.reason))
            continue
        try:
            folder.refuse_others(name.name)
            order = order_for(idea, options, today=today)
        except WriteError as exc:
            known[at] = Made(reason=said(str(exc), name=idea.place))
            continue
        except FramingError as exc:
            known[at] = Made(reason=said(str(exc), name=idea.place, folder=idea.home))
            continue
        job = Job(
            index=at,
            slug=name.name,
            order=order,
            with_files=idea.with_files,
            fingerprint=fingerprint(order, idea.with_files),
        )
        made = None if fresh else _made_before(job, folder)
        if made is None:
            jobs.append(job)
        else:
            known[at] = made
    # One that replaces an older one takes room until the older one goes.
    new = sum(not folder.has(job.slug) for job in jobs)
    count = min(new + 1, len(jobs))
    folder.refuse_small(count * sum(_SMALLEST[to] for to in (*options.formats, "ipynb")))
    return Plan(known=known, jobs=tuple(jobs))


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _made_before(job: Job, folder: OutputFolder) -> Made | None:
    """What an earlier run made of a brief, if another one now would make the same."""
    entry = folder.entry(job.slug)
    if entry is None or entry.made is None or entry.of != job.fingerprint:
        return None
    if not is_whole(folder.path / job.slug, entry.files):
        return None
    return entry.made if _says_the_same(entry, job, folder) else None


def _says_the_same(entry: Remembered, job: Job, folder: OutputFolder) -> bool:
    """Whether the coach has nothing else to say by now, as of a date that has gone by."""
    if job.with_files is not None:
        return True  # the day is in the fingerprint
    from kit.rules import check  # only a batch that is run again needs it

    try:
        file = open_brief(folder.path / job.slug / FILE_NAME, name=job.order.name)
    except BriefError:
        return False
    return findings_digest(check(file, today=job.order.today)) == entry.findings
