"""Step 5 as blocks: what the model must see, whether it can be had, and what it learns from."""

from __future__ import annotations

from typing import Any

from kit.brief import Brief, Data, DataSource, NotApplicable, Quantity
from kit.report.blocks import Block, Column, Heading, Paragraph, Rich, Row, Span
from kit.report.wording import absent, cell, choice, fact, facts, missing, setting, table, told

_HEADING = Heading(text="5  Data requirements", level=1)
_SOURCES = (
    Column(name="Source", weight=2.1),
    Column(name="Owner", weight=1.2),
    Column(name="Access", weight=0.8),
    Column(name="Refresh", weight=1.0),
    Column(name="Freshness", weight=1.0),
    Column(name="History", weight=1.0),
    Column(name="Volume", weight=1.5),
)
_FITNESS = (
    Column(name="Source", weight=1.1),
    Column(name="Known at prediction", weight=0.9),
    Column(name="Complete", weight=0.9),
    Column(name="Personal data", weight=1.2),
    Column(name="Bias and oddities", weight=3.4),
)


def data_blocks(brief: Brief) -> tuple[Block, ...]:
    """The sources, the label and the feedback."""
    data = brief.data
    if data is None:
        return (
            _HEADING,
            missing("The data requirements are not written yet", "Fill in workbook 5."),
        )
    if isinstance(data, NotApplicable):
        return (_HEADING, Paragraph(spans=absent(data)))
    return (_HEADING, *_sources(data), *_label(data), *_feedback(data))


def _sources(data: Data) -> tuple[Block, ...]:
    if isinstance(data.sources, NotApplicable):
        return facts(fact("Sources", data.sources))
    if not data.sources:
        return (missing("No data source is named", "List every source that the model needs."),)
    return (
        table(_SOURCES, [_source(one) for one in data.sources], keep=4),
        Heading(text="Fit for use"),
        table(_FITNESS, [_fitness(one) for one in data.sources], keep=3),
        *_files(data.sources),
    )


def _source(one: DataSource) -> Row:
    holds = told(one.holds, missing=None)
    name = (Span(text=one.name, bold=True), *((Span(text="\n"), *holds) if holds else ()))
    return Row(
        cells=(
            name,
            cell(one.owner, missing="no owner"),
            cell(one.access, missing="not said"),
            cell(one.refresh, missing="not said"),
            setting(_quality(one, "freshness")),
            setting(one.history),
            cell(one.volume),
        )
    )


def _fitness(one: DataSource) -> Row:
    complete = setting(_quality(one, "completeness"))
    rate = _quality(one, "pass_rate")
    if isinstance(rate, Quantity):
        complete = (*complete, Span(text="\n"), *setting(rate), Span(text=" of rows pass"))
    return Row(
        cells=(
            cell(one.name),
            cell(one.known_at_prediction, missing="not said"),
            complete,
            _personal(one),
            _notes(one),
        )
    )


def _quality(one: DataSource, key: str) -> Any:
    if one.quality is None or isinstance(one.quality, NotApplicable):
        return one.quality
    return getattr(one.quality, key)


def _personal(one: DataSource) -> Rich:
    if one.personal is not True:
        return cell(one.personal, missing="not said")
    return (Span(text="yes: "), *told(one.basis, missing="no legal basis"))


def _notes(one: DataSource) -> Rich:
    """Bias, oddities, form and licence, each on a line of its own."""
    answers = (
        ("", one.bias),
        ("", one.peculiarities),
        ("Format: ", one.format),
        ("Licence: ", one.licence),
    )
    spans: list[Span] = []
    for label, answer in answers:
        if answer is not None:
            spans += [Span(text=f"\n{label}" if spans else label), *told(answer)]
    return tuple(span for span in spans if span.text) or cell(None)


def _files(sources: list[DataSource]) -> tuple[Block, ...]:
    return facts(*(fact(f"Sample of {one.name}", one.file) for one in sources))


def _label(data: Data) -> tuple[Block, ...]:
    heading = Heading(text="The label: what the model learns from")
    label = data.label
    if isinstance(label, NotApplicable):
        return (heading, *facts(fact("Label", label)))
    if label is None:
        return (
            heading,
            missing("The label is not defined", "Say precisely what counts as the outcome."),
        )
    return (
        heading,
        *facts(
            fact("Definition", label.definition, needed=True),
            fact("From", label.source, needed=True),
            choice("Known after", label.delay, needed=True),
            fact("Cost of one", label.cost_each),
            fact("Agreement of annotators", label.agreement),
            fact("Guidelines", label.guidelines),
            fact("Annotators", label.annotators),
        ),
    )


def _feedback(data: Data) -> tuple[Block, ...]:
    feedback = data.feedback
    inner = None if isinstance(feedback, NotApplicable) else feedback
    shown = facts(
        fact("Feedback", feedback) if isinstance(feedback, NotApplicable) else None,
        fact("Implicit", inner and inner.implicit),
        fact("Explicit", inner and inner.explicit),
        fact("Retrained", data.retrain),
        fact("Hard to copy", data.moat),
    )
    return (Heading(text="Feedback and moat"), *shown) if shown else ()
