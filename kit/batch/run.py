"""A batch from its call to its report: whoever makes the briefs begins to load first, then everything else does."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kit.batch.engines import Engine, default_engine
from kit.batch.nursery import is_possible
from kit.batch.pool import Pool
from kit.batch.result import Package, Report, Watcher
from kit.errors import UsageError

if TYPE_CHECKING:
    from kit.batch.order import Task
    from kit.batch.pipeline import Make

SECONDS = 300.0  # for one brief, all its workbooks included


def run(
    sources: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    formats: str | Sequence[str] = ("pdf",),
    jobs: int | str | None = None,
    walk: bool = False,
    engine: Engine | None = None,
    fresh: bool = False,
    progress: Watcher | None = None,
) -> Report:
    """Make documents of every brief in `sources`, one folder each below `out`, and an index.

    A brief that fails is in the report with its reason, and stops no other.

    Parameters
    ----------
    sources
        Folders of briefs, YAML files, and tables with a brief in every row; one or several.
    out
        The output folder; made if missing, and safe to use again.
    formats
        Names out of `kit.export.FORMATS`.
    jobs
        Briefs made at the same time, or the address of a Dask scheduler whose workers are to make them; as many as
        there are processors here when missing.
    walk
        Run the workbooks of the five steps for each brief, too.
    engine
        What runs the notebooks: `forked` children, or a kernel each (`jupyter`); the system's default when missing.
    fresh
        Make every brief again, also those that have not changed since an earlier run.
    progress
        Called before the first brief, with those that are there already, and after each one.

    Raises
    ------
    UsageError
        If what is asked for cannot be done as asked, or there is no cluster where it is said to be.
    BriefError
        If a source cannot be read at all.
    WriteError
        If `out` cannot be written; FullError if it is full. What was made by then is kept.
    LockedError
        If another batch is writing to `out`.
    """
    start = time.monotonic()
    if isinstance(jobs, int) and jobs < 1:
        raise UsageError(
            f"--jobs: expected at least 1, found {jobs}. Leave it out to use every processor."
        )
    chosen = engine or default_engine()
    named = [sources] if isinstance(sources, str | Path) else sources
    with _makers(chosen, jobs) as make:
        # What these load takes as long as a brief; a worker loads its own at the same time.
        from kit.batch.order import Options
        from kit.batch.pipeline import pipeline
        from kit.export import formats_in

        options = Options(formats=formats_in(formats), walk=walk, engine=chosen)
        watch = progress or (lambda _: None)
        report = pipeline(
            [Path(one) for one in named], Path(out), options, make=make, fresh=fresh, watch=watch
        )
    return replace(report, seconds=time.monotonic() - start)


@contextmanager
def _makers(engine: Engine, jobs: int | str | None) -> Iterator[Make]:
    """Whoever makes the briefs: processes here, of which one loads while sources are read, or a cluster."""
    if isinstance(jobs, str):
        from kit.batch.cluster import each_on

        yield lambda planned, _: each_on(
            jobs, [(job.order, job.with_files) for job in planned], seconds=SECONDS
        )
        return
    load = partial(_load, engine) if is_possible() else None
    with Pool(partial(_bench, engine), jobs=jobs or _processors(), load=load) as pool:
        from kit.batch.order import Task

        yield lambda planned, private: pool.each(
            [Task(job.order, private) for job in planned], seconds=SECONDS
        )


def _bench(engine: Engine) -> AbstractContextManager[Callable[[Task], Package]]:
    from kit.batch.making import bench  # only workers need what it loads

    return bench(engine)


def _load(engine: Engine) -> None:
    from kit.batch.making import load

    load(engine)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
