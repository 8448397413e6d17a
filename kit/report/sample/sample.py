"""What the files of a brief show: a verdict on each requirement, what is odd, the label, and the quick baseline."""

from __future__ import annotations

from collections.abc import Sequence

from kit.appraisal.wording import counted
from kit.brief import Brief
from kit.data import Found, Measured, Refused, Verdict, verdicts_of
from kit.data.how_read import how_read
from kit.report.blocks import Block, Callout, Column, Heading, Paragraph, Rich, Row, Span
from kit.report.sample.baseline import baseline_blocks
from kit.report.sample.label import label_blocks
from kit.report.sample.oddities import odd_blocks
from kit.report.sample.times import missing_blocks
from kit.report.wording import EMPTY, coded, day, table

_VERDICTS = (
    Column(name="Required", weight=1.7),
    Column(name="Stated", weight=1.1),
    Column(name="The file", weight=1.1),
    Column(name="Verdict", weight=0.8),
    Column(name="Why", weight=3.0),
)
_WORDS = {
    "fields": "Fields",
    "completeness": "Completeness",
    "pass rate": "Rows that pass",
    "freshness": "Freshness",
    "history": "History",
    "season": "One season",
    "personal data": "Personal data",
    "label": "Label",
    "class share": "Share of yes",
    "cases": "Cases to test with",
    "groups": "Group sizes",
    "rule": "Is a rule enough?",
    "ship-at": "Ship-at",
    "target": "Target",
    "volume": "Volume",
    "file": "File",
}


def sample_blocks(brief: Brief, files: Sequence[Found]) -> tuple[Block, ...]:
    """The files of a brief; nothing where it names none."""
    if not files:
        return ()
    verdicts = verdicts_of(brief, files)
    blocks: list[Block] = [Heading(text="What the sample shows")]
    blocks += [_refused(one) if isinstance(one, Refused) else _read(one) for one in files]
    if verdicts:
        blocks.append(table(_VERDICTS, [_row(one) for one in verdicts], keep=5))
    for one in files:
        if isinstance(one, Measured):
            blocks += [*odd_blocks(one), *missing_blocks(one), *label_blocks(one)]
            blocks += baseline_blocks(brief, one)
    return tuple(blocks)


def _read(found: Measured) -> Block:
    profile = found.profile
    looked_at = "" if profile.every == 1 else f", of which {profile.looked_at:,} were looked at"
    said = (
        f": {counted(profile.rows, 'row')}{looked_at}, {counted(len(profile.columns), 'column')}; "
        f"{'; '.join(how_read(profile))}. Measured on {day(found.on)}."
    )
    return Paragraph(spans=(Span(text=found.file, code=True), Span(text=said)))


def _refused(file: Refused) -> Block:
    said = f"Expected {file.expected}, found {file.found}. {file.remedy}"
    return Callout(kind="problem", title=f"{file.name} is not read", items=((Span(text=said),),))


def _row(verdict: Verdict) -> Row:
    return Row(
        cells=(
            (Span(text=_WORDS[verdict.requirement]),),
            _text(verdict.stated),
            _text(verdict.measured),
            (Span(text=verdict.word, bold=verdict.word in ("missed", "differs")),),
            coded(f"{verdict.why[:1].upper()}{verdict.why[1:]}"),
        ),
        group=verdict.about,
    )


def _text(text: str) -> Rich:
    return (Span(text=text),) if text else EMPTY
