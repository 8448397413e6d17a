"""Step 3 as blocks: the sentence, the prediction, its alternatives and its risks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kit.brief import Brief, Hypothesis, NotApplicable, Quantity
from kit.report.blocks import Block, Column, Heading, Paragraph, Rich, Row, Span, Statement
from kit.report.markup import rich, small
from kit.report.wording import absent, cell, choice, day, fact, facts, figure, gap, missing, table

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
    who = (
        brief.problem.who
        if brief.problem and not isinstance(brief.problem, NotApplicable)
        else None
    )
    expected = hypothesis.expected if not isinstance(hypothesis.expected, NotApplicable) else None
    change = expected.change if expected else None
    return (
        *_words("We believe that "), *_part(hypothesis.capability, "which capability?"),
        *_words(" for "), *_part(_lower(who), "whom?"),
        *_words(" will change "), *_part(expected.metric if expected else None, "which user metric?"),
        *_words(" by "),
        *(figure(change, signed=True) if isinstance(change, Quantity) else gap("how much?")),
        *_words(", leading to "), *_goal(brief),
        *_words("; we are wrong if "), *_part(_lower(hypothesis.wrong_if), "what is observed?"),
    )  # fmt: skip


def _goal(brief: Brief) -> Rich:
    goal = brief.goal
    unit = goal.unit if isinstance(goal.unit, str) else None
    target = goal.target
    return (
        *_part(goal.metric, "which goal metric?"),
        *_words(" of "),
        *(figure(target, unit=unit) if isinstance(target, Quantity) else gap("what target?")),
        *_words(" by "),
        *(_words(day(goal.by)) if isinstance(goal.by, dt.date) else gap("when?")),
    )


def _words(text: str) -> Rich:
    return (Span(text=text),)


def _part(answer: Any, hole: str) -> Rich:
    """An answer inside the sentence: without its full stop, and without line breaks."""
    if answer is None:
        return gap(hole)
    if isinstance(answer, NotApplicable):
        return absent(answer)
    return rich(" ".join(str(answer).split()).rstrip("."))


def _lower(answer: Any) -> Any:
    """An answer with a small first letter, unless it starts with a name in capitals."""
    if isinstance(answer, str) and answer[1:2].islower():
        return answer[0].lower() + answer[1:]
    return answer


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
