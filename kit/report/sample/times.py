"""Missing cells of a file, by column and time."""

from __future__ import annotations

from kit.data import Measured
from kit.report.blocks import Block
from kit.report.charts.over_time import missing_chart

_MOST = 12  # columns that are drawn
_LEAST = 0.005  # of all cells: fewer are not worth a picture


def missing_blocks(found: Measured) -> tuple[Block, ...]:
    """The picture; none without a time, or where hardly anything is missing."""
    profile = found.profile
    period = profile.period
    if period is None or len(period.starts) < 2:
        return ()
    gone = [
        one
        for one in profile.columns
        if one.missing > _LEAST * profile.looked_at
        and one.missing_by_time
        and one.name not in found.question.later  # of which nothing else is expected
    ]
    worst = sorted(gone, key=lambda one: -one.missing)[:_MOST]
    if not worst:
        return ()
    columns = [(one.name, one.missing_by_time) for one in worst]
    return (missing_chart(starts=period.starts, unit=period.unit, columns=columns),)
