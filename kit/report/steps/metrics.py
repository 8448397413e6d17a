"""Step 4 as blocks: the metrics in three layers, what guards them, and what a result leads to."""

from __future__ import annotations

from typing import Any

from kit.brief import Brief, Goal, Guardrail, Metric, Metrics, NotApplicable, Quantity
from kit.report.blocks import Block, Column, Heading, Paragraph, Rich, Row, Span, Table
from kit.report.steps.experiment import experiment_blocks, value_blocks
from kit.report.wording import (
    absent,
    cell,
    choice,
    fact,
    facts,
    figure,
    gap,
    missing,
    setting,
    table,
    told,
)

_HEADING = Heading(text="4  Dual metrics", level=1)
_LAYERS = (
    ("model", "Model: accuracy, measured offline before launch"),
    ("adoption", "Adoption: measured on users"),
    ("business", "Business: return"),
)


def metrics_blocks(brief: Brief) -> tuple[Block, ...]:
    """The metrics and their guards, the value inputs and the experiment."""
    if brief.metrics is None and brief.value is None and brief.experiment is None:
        return (_HEADING, missing("The metrics are not written yet", "Fill in workbook 4."))
    return (
        _HEADING,
        *_metrics(brief),
        *value_blocks(brief.value),
        *experiment_blocks(brief.experiment),
    )


def _metrics(brief: Brief) -> tuple[Block, ...]:
    metrics = brief.metrics
    if metrics is None:
        return (missing("No metric is named", "Start with one model metric and the goal's own."),)
    if isinstance(metrics, NotApplicable):
        return (Paragraph(spans=absent(metrics)),)
    return (
        _layers(metrics, brief.goal),
        *_guardrails(metrics),
        *_fairness(metrics),
        *_minimum(metrics),
        *_decisions(metrics),
    )


def _layers(metrics: Metrics, goal: Goal) -> Table:
    columns = (
        Column(name="Metric", weight=2.4),
        Column(name="Today", align="right"),
        Column(name="Target", align="right"),
        Column(name="Ship at", align="right"),
        Column(name="Better"),
    )
    rows: list[Row] = []
    for key, title in _LAYERS:
        rows += _layer(getattr(metrics, key), title, goal)
    return table(columns, rows, keep=3)


def _layer(layer: Any, title: str, goal: Goal) -> list[Row]:
    if isinstance(layer, NotApplicable) or not layer:
        said = absent(layer) if layer else gap("no metric in this layer")
        return [Row(cells=(said, *(cell(None),) * 4), group=title)]
    return [_metric(one, title, goal) for one in layer]


def _metric(metric: Metric, title: str, goal: Goal) -> Row:
    """A metric's row; the goal's own metric takes its numbers from the goal where it has none."""
    start, end, unit = metric.baseline, metric.target, None
    if isinstance(goal.metric, str) and metric.name.casefold() == goal.metric.casefold():
        start, end = start or goal.baseline, end or goal.target
        unit = goal.unit if isinstance(goal.unit, str) else None
    shown = metric.model_copy(update={"baseline": start, "target": end})
    return Row(
        cells=(
            cell(metric.name),
            _number(start, unit),
            _number(end, unit),
            setting(metric.ship_at),
            cell(shown.direction),
        ),
        group=title,
    )


def _number(answer: Any, unit: str | None) -> Rich:
    if isinstance(answer, Quantity):
        return figure(answer, unit=unit)
    return told(answer, missing="none")


def _guardrails(metrics: Metrics) -> tuple[Block, ...]:
    heading = Heading(text="Guardrails, and what they protect from")
    if isinstance(metrics.guardrails, NotApplicable):
        return (heading, *facts(fact("Guardrails", metrics.guardrails)))
    columns = (
        Column(name="Guardrail", weight=1.8),
        Column(name="Limit", weight=1.1, align="right"),
        Column(name="Today", align="right"),
        Column(name="Protects", weight=1.4),
        Column(name="From being met by", weight=2.2),
    )
    gaming = metrics.gaming if isinstance(metrics.gaming, list) else []
    rows = [row for guardrail in metrics.guardrails or [] for row in _guarded(guardrail, gaming)]
    known = {guardrail.name.casefold() for guardrail in metrics.guardrails or []}
    for game in gaming:
        if not isinstance(game.guardrail, str) or game.guardrail.casefold() not in known:
            hole = gap("no guardrail") if game.guardrail is None else told(game.guardrail)
            rows.append(
                Row(cells=(hole, cell(None), cell(None), cell(game.metric), cell(game.how)))
            )
    shown: tuple[Block, ...] = (
        (table(columns, rows, keep=2),)
        if rows
        else (
            missing("Nothing guards against harm", "Name what must not get worse, with a limit."),
        )
    )
    absent_gaming = (
        facts(fact("Gaming", metrics.gaming)) if isinstance(metrics.gaming, NotApplicable) else ()
    )
    return (heading, *shown, *absent_gaming)


def _guarded(guardrail: Guardrail, gaming: list[Any]) -> list[Row]:
    """A row for each way of gaming that a guardrail shows; one row where there is none."""
    games = [game for game in gaming if str(game.guardrail).casefold() == guardrail.name.casefold()]
    first = (cell(guardrail.name), _limit(guardrail), cell(guardrail.baseline))
    if not games:
        return [Row(cells=(*first, cell(None), cell(None)))]
    return [Row(cells=(*first, cell(game.metric), cell(game.how))) for game in games]


def _limit(guardrail: Guardrail) -> Rich:
    if not isinstance(guardrail.limit, Quantity):
        return told(guardrail.limit, missing="no limit")
    word = {"lower": "at most ", "higher": "at least "}.get(str(guardrail.better), "")
    return (Span(text=word), *figure(guardrail.limit)) if word else figure(guardrail.limit)


def _fairness(metrics: Metrics) -> tuple[Block, ...]:
    heading = Heading(text="Fairness")
    fairness = metrics.fairness
    if isinstance(fairness, NotApplicable):
        return (heading, *facts(fact("Fairness", fairness)))
    if not fairness:
        return (
            heading,
            missing("No fairness gap is set", "Name measure, groups and the largest gap."),
        )
    columns = (
        Column(name="Measure", weight=1.2),
        Column(name="Between", weight=3),
        Column(name="Largest gap", align="right"),
    )
    rows = [
        Row(
            cells=(
                cell(one.measure),
                _groups(one.groups),
                setting(one.max_gap, missing="no number"),
            )
        )
        for one in fairness
    ]
    return (heading, table(columns, rows, keep=3))


def _groups(groups: Any) -> Rich:
    if not isinstance(groups, list):
        return told(groups, missing="which groups?")
    spans: list[Span] = []
    for group in groups:
        spans.append(Span(text=(", " if spans else "") + group.name))
        if isinstance(group.share, Quantity):
            spans += [Span(text=" ("), *figure(group.share), Span(text=")")]
    return tuple(spans)


def _minimum(metrics: Metrics) -> tuple[Block, ...]:
    heading = Heading(text="The least that ships")
    least = metrics.minimum_viable
    if isinstance(least, NotApplicable):
        return (heading, *facts(fact("Minimum viable model", least)))
    if least is None:
        return (heading, missing("No minimum is set", "Set quality, latency and cost."))
    return (
        heading,
        *facts(
            fact("Quality", least.quality, needed=True),
            choice("Latency, at most", least.latency, needed=True),
            choice("Cost per prediction, at most", least.cost_per_prediction, needed=True),
            choice("Retrained within", least.time_to_retrain),
            choice("Drift noticed within", least.time_to_detect_drift),
        ),
    )


def _decisions(metrics: Metrics) -> tuple[Block, ...]:
    heading = Heading(text="What a result leads to, agreed in advance")
    verdicts = metrics.decision_table
    deadlock = facts(fact("In a deadlock", metrics.deadlock))
    if isinstance(verdicts, NotApplicable):
        return (heading, *facts(fact("Decision table", verdicts)), *deadlock)
    if not verdicts:
        return (heading, missing("Nothing is agreed yet", "Fill the decision table."), *deadlock)
    columns = (
        Column(name="Success metric", weight=0.9),
        Column(name="Guardrails ok"),
        Column(name="Guardrails unclear"),
        Column(name="Guardrails worse"),
    )
    rows = [
        Row(
            cells=(
                cell(f"{success} ({said})"),
                *(_verdict(verdicts, success, guard) for guard in _GUARDS),
            )
        )
        for success, said in _RESULTS
    ]
    return (heading, Table(columns=columns, rows=tuple(rows)), *deadlock)


_RESULTS = (("up", "as wanted"), ("flat", "no change seen"), ("down", "the wrong way"))
_GUARDS = ("ok", "unclear", "worse")


def _verdict(verdicts: list[Any], success: str, guardrails: str) -> Rich:
    spans: list[Span] = []
    for one in verdicts:
        if (one.success, one.guardrails) == (success, guardrails):
            spans += [Span(text="\n")] if spans else []
            spans += [
                Span(text=one.then, bold=True),
                Span(text=": "),
                *told(one.who, missing="who decides?"),
            ]
    return tuple(spans) or gap("not agreed")
