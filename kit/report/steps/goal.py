"""Step 1 as blocks: the needle, from where to where, by when."""

from __future__ import annotations

import datetime as dt

from kit.brief import STARTER_STATEMENT, Brief, Goal, Quantity
from kit.report.blocks import Block, Heading, KeyFigure, KeyFigures, Rich, Span
from kit.report.markup import small
from kit.report.wording import (
    amount,
    choice,
    day,
    fact,
    facts,
    figure,
    gap,
    missing,
    number,
    source_of,
    told,
)


def goal_blocks(brief: Brief) -> tuple[Block, ...]:
    """The goal as a statement, its key figures and its facts."""
    goal = brief.goal
    if goal.statement == STARTER_STATEMENT:
        said: tuple[Block, ...] = (
            missing(
                "The goal is not written yet", "Write which number moves, by how much, by when."
            ),
        )
    else:
        said = small(goal.statement)
    return (
        Heading(text="1  Business goal", level=1),
        *said,
        KeyFigures(figures=(_needle(goal), *_worth(goal), _date(goal))),
        *facts(
            fact("Metric", goal.metric, needed=True),
            fact("Owner", goal.owner, needed=True),
            fact("Levers", goal.levers),
            choice("Cycle of the metric", goal.season),
            fact("If nothing is done", goal.if_nothing),
        ),
    )


def _needle(goal: Goal) -> KeyFigure:
    """Baseline to target, in the goal's unit."""
    arrow = Span(text=" → ")
    ends = (_end(goal.baseline, goal, "today?"), _end(goal.target, goal, "target?"))
    label = goal.metric if isinstance(goal.metric, str) else "The metric"
    return KeyFigure(
        label=label[:1].upper() + label[1:], value=(*ends[0], arrow, *ends[1]), note=_change(goal)
    )


def _end(answer: object, goal: Goal, hole: str) -> Rich:
    if isinstance(answer, Quantity):
        return figure(answer, unit=_unit(goal))
    return gap(hole) if answer is None else told(answer)


def _unit(goal: Goal) -> str | None:
    return goal.unit if isinstance(goal.unit, str) else None


def _change(goal: Goal) -> Rich:
    """What moves relative to today, and where today's number is from."""
    start, end = goal.baseline, goal.target
    if not isinstance(start, Quantity):
        return ()
    notes = []
    if isinstance(end, Quantity) and not start.is_range and not end.is_range:
        before, after = start.in_unit(_unit(goal)).number, end.in_unit(_unit(goal)).number
        if before and (start.unit or _unit(goal)) == (end.unit or _unit(goal)):
            change = 100 * (after - before) / abs(before)
            notes.append(
                f"{'+' if change > 0 else ''}{number(float(f'{change:.3g}'))}% of today's value"
            )
    if source_of(start):
        notes.append(f"today: {source_of(start)}")
    return (Span(text="; ".join(notes)),) if notes else ()


def _worth(goal: Goal) -> tuple[KeyFigure, ...]:
    if not isinstance(goal.worth, Quantity):
        answer = told(goal.worth, missing=None)
        return (KeyFigure(label="Worth", value=answer),) if answer else ()
    label = "Worth of reaching it" + ("" if "/" in amount(goal.worth) else ", per year")
    note = "gross, 90% interval" if goal.worth.is_range else "gross"
    said = "; ".join(part for part in (note, source_of(goal.worth)) if part)
    return (KeyFigure(label=label, value=figure(goal.worth), note=(Span(text=said),)),)


def _date(goal: Goal) -> KeyFigure:
    date = goal.by
    value = (Span(text=day(date)),) if isinstance(date, dt.date) else told(date)
    return KeyFigure(label="To be reached by", value=value)
