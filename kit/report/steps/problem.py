"""Step 2 as blocks: who has the problem, in their words, and what shows it."""

from __future__ import annotations

from kit.brief import Brief, Evidence, NotApplicable, Problem
from kit.report.blocks import Block, Column, Heading, Paragraph, Row, Statement
from kit.report.wording import absent, cell, fact, facts, missing, table, told

_HEADING = Heading(text="2  User problem", level=1)
_COLUMNS = (
    Column(name="Evidence", weight=1.1),
    Column(name="What was found", weight=3.2),
    Column(name="Source", weight=2.2),
    Column(name="n", weight=0.6, align="right"),
)


def problem_blocks(brief: Brief) -> tuple[Block, ...]:
    """The problem in the user's words, its facts and its evidence."""
    problem = brief.problem
    if problem is None:
        return (_HEADING, missing("The problem is not written yet", "Fill in workbook 2."))
    if isinstance(problem, NotApplicable):
        return (_HEADING, Paragraph(spans=absent(problem)))
    return (
        _HEADING,
        Statement(label="In the user's words", spans=told(problem.statement)),
        *facts(
            fact("Who", problem.who, needed=True),
            fact("How many", problem.reach, needed=True),
            fact("How often", problem.frequency),
            fact("How much it hurts", problem.severity),
            fact("How they cope today", problem.today, needed=True),
        ),
        *_evidence(problem),
    )


def _evidence(problem: Problem) -> tuple[Block, ...]:
    if isinstance(problem.evidence, NotApplicable):
        return facts(fact("Evidence", problem.evidence))
    if not problem.evidence:
        return (missing("No evidence yet", "Add a finding with its source and sample size."),)
    return (table(_COLUMNS, [_row(one) for one in problem.evidence], keep=3),)


def _row(one: Evidence) -> Row:
    return Row(
        cells=(
            cell(one.kind),
            cell(one.finding),
            cell(one.source, missing="no source"),
            cell(one.n),
        )
    )
