"""Step 3 as blocks: the sentence, the prediction, its alternatives and its risks."""

from __future__ import annotations

from typing import Any

from kit.brief import Brief, Hypothesis, NotApplicable, Quantity
from kit.report.blocks import Block, Column, Heading, Paragraph, Rich, Row, Span, Statement
from kit.report.markup import rich, small
from kit.report.wording import (
    absent,
    cell,
    choice,
    fact,
    facts,
    figure,
    gap,
    missing,
    table,
    told,
)

_HEADING = Heading(text="3  ML hypothesis", level=1)


def hypothesis_blocks(brief: Brief) -> tuple[Block, ...]:
    """The hypothesis sentence and everything that makes it testable."""
    hypothesis = brief.hypothesis
    if hypothesis is None:
        return (_HEADING, missing("The hypothesis is not written yet", "Fill in workbook 3."))
    if isinstance(hypothesis, NotApplicable):
        return (_HEADING, Paragraph(spans=absent(hypothesis)))
    return (
        _HEADING,
        Statement(label="Hypothesis", spans=sentence(brief, hypothesis)),
        *_because(hypothesis),
        Heading(text="The prediction"),
        *_prediction(hypothesis),
        *_errors(hypothesis),
        *_need(hypothesis),
        *_paths(hypothesis),
        *_ethics(hypothesis),
    )


def sentence(brief: Brief, hypothesis: Hypothesis) -> Rich:
    """We believe that ... for ... will change ... by ..., leading to ... by ...; we are wrong if ..."""
    goal, who, expected = brief.goal, _of(brief.problem, "who"), hypothesis.expected
    return (
        *_words("We believe that "), *_part(hypothesis.capability, "which capability?"),
        *_words(" for "), *_part(who, "whom?"),
        *_words(" will change "), *_part(_of(expected, "metric"), "which user metric?"),
        *_words(" by "), *_number(_of(expected, "change"), "how much?", signed=True),
        *_words(", leading to "), *_part(goal.metric, "which goal metric?"),
        *_words(" of "), *_number(goal.target, "what target?", unit=goal.unit),
        *_words(" by "), *_part(goal.by, "when?"),
        *_words("; we are wrong if "), *_part(hypothesis.wrong_if, "what is observed?"),
    )  # fmt: skip


def _of(part: Any, key: str) -> Any:
    """The answer at a key of a part; the part itself where it is missing or not applicable."""
    return part if part is None or isinstance(part, NotApplicable) else getattr(part, key)


def _number(answer: Any, hole: str, *, unit: Any = None, signed: bool = False) -> Rich:
    if not isinstance(answer, Quantity):
        return _part(answer, hole)
    return figure(answer, unit=unit if isinstance(unit, str) else None, signed=signed)


def _words(text: str) -> Rich:
    return (Span(text=text),)


def _part(answer: Any, hole: str) -> Rich:
    """An answer inside the sentence: without its full stop, and without line breaks."""
    if answer is None:
        return gap(hole)
    if isinstance(answer, str):
        return rich(" ".join(answer.split()).rstrip("."))
    return told(answer)


def _because(hypothesis: Hypothesis) -> tuple[Block, ...]:
    if isinstance(hypothesis.because, str):
        return (Heading(text="Why it should work"), *small(hypothesis.because))
    return facts(fact("Why it should work", hypothesis.because))


def _prediction(hypothesis: Hypothesis) -> tuple[Block, ...]:
    return facts(
        fact("Kind of prediction", hypothesis.task, needed=True),
        fact("About", hypothesis.entity, needed=True),
        fact("What is predicted", hypothesis.outcome, needed=True),
        choice("Truth known after", hypothesis.wait, needed=True),
        fact("What happens with it", hypothesis.action, needed=True),
        fact("The person", _CONTROL.get(str(hypothesis.control), hypothesis.control), needed=True),
        fact("Served", hypothesis.serving),
    )


_CONTROL = {
    "decides": "decides; the prediction is advice",
    "approves": "approves each action",
    "can override": "can override the action",
    "none": "is not asked: fully automatic",
}


def _errors(hypothesis: Hypothesis) -> tuple[Block, ...]:
    errors = hypothesis.errors
    if isinstance(errors, NotApplicable):
        return facts(fact("When it is wrong", errors))
    heading = Heading(text="When it is wrong")
    if errors is None:
        return (
            heading,
            missing("Nothing is said about errors", "Say what a wrong prediction does."),
        )
    return (
        heading,
        *facts(
            fact("Errors are", errors.tolerance and _tolerated(errors.tolerance), needed=True),
            fact("Worst case", errors.worst_case, needed=True),
        ),
    )


def _tolerated(tolerance: Any) -> Any:
    return {
        "tolerant": "tolerated: a wrong prediction is forgotten",
        "intolerant": "not tolerated: a wrong prediction does harm",
    }.get(tolerance, tolerance)


def _need(hypothesis: Hypothesis) -> tuple[Block, ...]:
    """Whether a model is needed at all."""
    return (
        Heading(text="Is a model needed?"),
        *facts(
            fact("Without AI", hypothesis.without_ai),
            fact("If it were never wrong", hypothesis.even_if_perfect),
        ),
        *_alternatives(hypothesis.alternatives),
    )


def _alternatives(alternatives: Any) -> tuple[Block, ...]:
    if isinstance(alternatives, NotApplicable):
        return facts(fact("Simpler ways", alternatives))
    if not alternatives:
        return (
            missing("No simpler way is named", "Name a rule or a process, and how far it gets."),
        )
    columns = (
        Column(name="Simpler way", weight=1.4),
        Column(name="Kind", weight=0.8),
        Column(name="How far it gets, and why that is not enough", weight=3),
    )
    rows = [Row(cells=(cell(one.name), cell(one.kind), cell(one.why_not))) for one in alternatives]
    return (table(columns, rows),)


def _paths(hypothesis: Hypothesis) -> tuple[Block, ...]:
    paths = hypothesis.paths
    trade = hypothesis.trade_off
    choice = facts(
        fact("Chosen path", hypothesis.chosen),
        fact("Gives way", trade if isinstance(trade, NotApplicable) else trade and trade.gives_way),
        fact("Because", None if isinstance(trade, NotApplicable) else trade and trade.why),
        fact("Impact", hypothesis.impact),
        fact("Difficulty", hypothesis.difficulty),
    )
    if isinstance(paths, NotApplicable) or not paths:
        shown = facts(fact("Model paths", paths)) if paths else ()
        return (Heading(text="Model paths"), *shown, *choice) if shown or choice else ()
    return (Heading(text="Model paths"), _path_table(paths, hypothesis.chosen), *choice)


def _path_table(paths: Any, chosen: Any) -> Block:
    names: list[str] = []
    for path in paths:
        quality = path.quality if isinstance(path.quality, dict) else {}
        names += [name for name in quality if name not in names]
    columns = (
        Column(name="Path", weight=1.6),
        *(Column(name=name, align="right") for name in names),
        Column(name="Latency", align="right"),
        Column(name="Cost per prediction", weight=1.2, align="right"),
        Column(name="Running cost", align="right"),
        Column(name="Data it needs", weight=1.8),
    )
    rows = [_path_row(path, names, chosen) for path in paths]
    return table(columns, rows)


def _path_row(path: Any, names: list[str], chosen: Any) -> Row:
    title = (
        (Span(text=path.name, bold=True), Span(text="\nchosen"))
        if path.name == chosen
        else cell(path.name)
    )
    quality = path.quality if isinstance(path.quality, dict) else {}
    return Row(
        cells=(
            title,
            *(cell(quality.get(name)) for name in names),
            cell(path.latency),
            cell(path.cost_per_prediction),
            cell(path.run_cost),
            cell(path.data),
        )
    )


def _ethics(hypothesis: Hypothesis) -> tuple[Block, ...]:
    heading = Heading(text="Ethics")
    ethics = hypothesis.ethics
    if isinstance(ethics, NotApplicable):
        return facts(fact("Ethics", ethics))
    if not ethics:
        return (
            heading,
            missing("No ethical question is answered", "Start with: who is left out or harmed?"),
        )
    columns = (
        Column(name="Question"),
        Column(name="Answer", weight=1.6),
        Column(name="What is done", weight=1.4),
    )
    rows = [
        Row(cells=(cell(one.question), cell(one.answer, missing="no answer yet"), cell(one.action)))
        for one in ethics
    ]
    return (heading, table(columns, rows, keep=2))
