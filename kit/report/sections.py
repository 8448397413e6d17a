"""The sections of a brief, by name and in their order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kit.brief import Brief, BriefFile, files_named, open_brief
from kit.report.blocks import Block, Callout, Span
from kit.report.closing import gaps_blocks, legend_blocks, open_points, title_blocks
from kit.report.section import Section
from kit.report.steps import (
    data_blocks,
    goal_blocks,
    hypothesis_blocks,
    metrics_blocks,
    problem_blocks,
)

if TYPE_CHECKING:
    from kit.data import Found

STEPS: dict[str, Callable[[Brief], tuple[Block, ...]]] = {
    "goal": goal_blocks,
    "problem": problem_blocks,
    "hypothesis": hypothesis_blocks,
    "metrics": metrics_blocks,
    "data": data_blocks,
}
# What the numbers of step 4 amount to, worked out from the whole brief.
COMPUTED = ("numbers", "targets", "worth", "timing", "ceilings", "fairness")
Files = Literal["measured", "known", "none"]
SECTIONS = (
    "title",
    "goal",
    "problem",
    "hypothesis",
    "metrics",
    *COMPUTED,
    "data",
    "gaps",
    "legend",
)


def section(file: BriefFile, name: str, *, files: Files = "measured") -> Section:
    """One section of a brief; `files` says whether attached files are measured, where that is not known yet.

    Raises
    ------
    ValueError
        If there is no section of that name.
    """
    if name not in SECTIONS:
        raise ValueError(f"expected one of {', '.join(SECTIONS)}, found {name!r}")
    return Section(name=name, blocks=_blocks(file, name, files))


def step(file: BriefFile, name: str) -> Section:
    """A section as its step's workbook shows it: a step with what is still open in it."""
    files = files_of(file, "measured") if name == "data" else ()
    open_ = open_points(file, name, files) if name in STEPS else ()
    return Section(name=name, blocks=(*_blocks(file, name, "measured"), *open_))


def show(path: str | Path, name: str) -> Section:
    """One section of the brief at `path`; the last line of a notebook's cell shows it.

    Raises
    ------
    BriefError
        If there is no brief at `path`.
    """
    return section(open_brief(path), name)


def _blocks(file: BriefFile, name: str, files: Files) -> tuple[Block, ...]:
    if file.brief is None:
        return _unreadable(file) if name in ("title", *STEPS) else ()
    if name == "data":
        return (*data_blocks(file.brief), *_sample(file, files))
    if name in STEPS:
        return STEPS[name](file.brief)
    if name in COMPUTED:
        return _computed(file.brief, name)
    if name == "legend":
        return legend_blocks(file.brief)
    if name == "gaps":
        return gaps_blocks(file, files_of(file, files))
    return title_blocks(file.brief)


def _sample(file: BriefFile, files: Files) -> tuple[Block, ...]:
    found = files_of(file, files)
    if file.brief is None or not found:
        return ()
    from kit.report.sample import sample_blocks

    return sample_blocks(file.brief, found)


def files_of(file: BriefFile, files: Files) -> tuple[Found, ...]:
    """What the brief's files show, with the quick baseline; nothing is loaded where it names none."""
    if files == "none" or file.brief is None or not files_named(file.brief.data):
        return ()
    from kit.data import beside, known, survey

    folder = beside(file)
    if files == "known":
        return known(file.brief, folder)
    return survey(file.brief, folder, baseline=True)


def _computed(brief: Brief, name: str) -> tuple[Block, ...]:
    # Here, because SciPy takes a moment to load.
    from kit.appraisal import Appraisal, appraise
    from kit.report import numbers

    blocks: dict[str, Callable[[Appraisal], tuple[Block, ...]]] = {
        "numbers": numbers.numbers_blocks,
        "targets": numbers.targets_blocks,
        "worth": numbers.worth_blocks,
        "timing": numbers.timing_blocks,
        "ceilings": numbers.ceilings_blocks,
        "fairness": numbers.fairness_blocks,
    }
    return blocks[name](appraise(brief))


def _unreadable(file: BriefFile) -> tuple[Block, ...]:
    items = tuple((Span(text=str(problem)),) for problem in file.problems)
    return (Callout(kind="problem", title="The brief cannot be read yet", items=items),)
