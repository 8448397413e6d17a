"""The way of the goal's metric, from baseline to target."""

from __future__ import annotations

from kit.appraisal.reading import said, scale_to
from kit.rules.case import Case
from kit.rules.vocabulary.language import Levels


def ends_of(case: Case) -> tuple[float, float] | None:
    """Baseline and target in one unit; None where one is missing, or they cannot be compared."""
    start, end = case.number("goal.baseline"), case.number("goal.target")
    scale = scale_to(end, start) if start and end else None
    if start is None or end is None or scale is None:
        return None
    return start.number, end.number * scale


def move_of(case: Case) -> str:
    """Baseline and target in words."""
    return f"from {_said(case, 'goal.baseline')} to {_said(case, 'goal.target')}"


def _said(case: Case, key: str) -> str:
    found = case.number(key)
    return said(found) if found else "nothing"


def counts_the_rest(case: Case, levels: Levels) -> bool:
    """Whether a statement counts what the metric leaves out: 62% to 69% found, 38% to 31% not found."""
    ends = ends_of(case)
    if ends is None or not (levels.in_percent and in_percent_of(case)):
        return False
    rest = (100 - 100 * ends[0], 100 - 100 * ends[1])
    return all(
        abs(one - other) < 0.5 for one, other in zip(rest, (levels.start, levels.end), strict=True)
    )


def in_percent_of(case: Case) -> bool:
    """Whether the goal's metric is told in percent."""
    start = case.number("goal.baseline")
    return start is not None and start.percent
