"""What stands around the five steps: the title, the open gaps and the legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kit.brief import Brief, BriefFile, Decision, NotApplicable
from kit.report.blocks import (
    Block,
    Callout,
    Column,
    Heading,
    Item,
    List,
    Mark,
    Paragraph,
    Rich,
    Row,
    Span,
    Title,
)
from kit.report.markup import rich
from kit.report.provenance import sources_table
from kit.report.wording import coded, table, told
from kit.rules import SEVERITIES, STEPS, Finding, check, score, step_of

if TYPE_CHECKING:
    from kit.data import Found

_WAYS = {"error": "must be mended", "warning": "open", "advice": "would help"}


def title_blocks(brief: Brief) -> tuple[Block, ...]:
    """The head of the brief."""
    # One that says nothing needs nothing checked, which would take building its checks first.
    nothing = Decision.model_construct()
    decision = brief.decision if isinstance(brief.decision, Decision) else nothing
    waived = brief.decision if isinstance(brief.decision, NotApplicable) else None
    neither = (Span(text="Not applicable", italic=True),) if waived else ()
    head = Title(
        title=brief.title,
        status=brief.status,
        author=told(brief.author, missing=None),
        illustrative=brief.illustrative,
        asked=told(waived or decision.asked, missing=None),
        decider=neither or told(decision.decider, missing=None),
        by=neither or told(decision.by, missing=None),
    )
    if decision.outcome is None:
        return (head,)
    outcome = Callout(kind="decision", title="What was decided", items=(told(decision.outcome),))
    return (head, outcome)


def gaps_blocks(file: BriefFile, files: Sequence[Found] = ()) -> tuple[Block, ...]:
    """What is open, what was waived and why; the brief says so itself."""
    findings = check(file, files=files)
    open_ = [one for one in findings if one.status == "finding"]
    waived = [one for one in findings if one.status == "waived"]
    heading = Heading(text="Open points", level=1)
    if not open_ and not waived:
        return (heading, Paragraph(spans=(Span(text="The coach finds nothing open."),)))
    blocks: list[Block] = [heading, Paragraph(spans=(Span(text=_told(findings)),))]
    if open_:
        columns = (
            Column(name="Point", weight=0.9),
            Column(name="What is open", weight=2.6),
            Column(name="What to do", weight=2.6),
        )
        blocks.append(table(columns, [_row(one) for one in _ordered(open_)], keep=3))
    if waived:
        items = tuple(_waiver(one) for one in waived)
        blocks.append(Callout(kind="note", title="Accepted as they are", items=items))
    return tuple(blocks)


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    """Step by step, in each what must be mended first."""
    steps = list(dict.fromkeys(_group(one) for one in findings))
    return sorted(
        findings, key=lambda one: (steps.index(_group(one)), SEVERITIES.index(one.severity))
    )


def _group(finding: Finding) -> str:
    step = step_of(finding.code)
    if step is None:
        return "The brief as a whole" if finding.code.startswith("BR") else "Across the steps"
    return step.title


def _told(findings: Sequence[Finding]) -> str:
    """The score, and what it does not count."""
    skipped = sum(one.status == "skipped" for one in findings)
    said = f"The coach's score: {score(findings)}."
    return f"{said} What was skipped needs something that is open first." if skipped else said


def _row(finding: Finding) -> Row:
    code = (Span(text=finding.code), Span(text=f"\n{_WAYS[finding.severity]}", italic=True))
    cells: tuple[Rich, ...] = (code, coded(finding.message), coded(finding.remedy))
    return Row(cells=cells, group=_group(finding))


def _waiver(finding: Finding) -> Rich:
    return (
        Span(text=f"{finding.code}: ", bold=True),
        *coded(f"{finding.message} "),
        Span(text="Reason: ", italic=True),
        *rich(finding.reason or ""),
    )


def open_points(file: BriefFile, step: str, files: Sequence[Found] = ()) -> tuple[Block, ...]:
    """What is still open in one step, as a box below its section in a workbook."""
    wanted = next(one for one in STEPS if one.name == step)
    findings = check(file, files=files)
    wrong = [
        one for one in findings if one.code == "BR001" and one.path.split(".")[0] in wanted.keys
    ]
    # That a step is not started, its own workbook need not say.
    open_ = [
        one
        for one in findings
        if one.status == "finding" and step_of(one.code) is wanted and one.code != wanted.code
    ]
    boxes: list[Block] = []
    if wrong:
        boxes.append(Callout(kind="problem", title="Could not be read", items=_lines(wrong)))
    if open_:
        boxes.append(Callout(kind="gap", title="Still open in this step", items=_lines(open_)))
    return tuple(boxes)


def _lines(findings: list[Finding]) -> tuple[Rich, ...]:
    return tuple(coded(f"{one.message} {one.remedy}") for one in findings)


_MEANINGS: tuple[tuple[Mark, str, str], ...] = (
    ("measured", "measured", "read from data or a system, with its source"),
    ("benchmark", "benchmark", "borrowed from elsewhere: a guide, a study, another team"),
    ("guess", "guess", "somebody's judgement"),
    ("target", "target", "what is wanted, not what is"),
    ("unsaid", "not said", "the brief does not say; counts as a guess"),
)
_RANGES = "A range is a 90% interval: the truth is thought to lie in it nine times out of ten."


def legend_blocks(brief: Brief) -> tuple[Block, ...]:
    """What the marks behind the numbers mean, and where the numbers are from."""
    sources = sources_table(brief)
    items = tuple(
        Item(spans=(Span(text=word, mark=mark), Span(text=f": {meaning}")))
        for mark, word, meaning in _MEANINGS
    )
    return (
        Heading(text="How to read the numbers", level=1),
        List(items=items),
        Paragraph(spans=(Span(text=_RANGES),)),
        *((Heading(text="Where the numbers are from"), sources) if sources else ()),
    )
