"""The quick baseline: from no model at all to boosted trees, beside what the brief asks for."""

from __future__ import annotations

from collections.abc import Iterator

from kit.appraisal import Reading
from kit.brief import Brief, Quantity
from kit.data import (
    LOWER_IS_BETTER,
    Ladder,
    Measured,
    Rung,
    Score,
    figure,
    interval,
    score_of,
    wanted,
)
from kit.report.blocks import (
    Block,
    Callout,
    Column,
    Figure,
    Heading,
    Method,
    Paragraph,
    Rich,
    Row,
    Span,
    Table,
)
from kit.report.charts.ranges import Line, Range, ranges_chart
from kit.report.wording import EMPTY

_FIRST = {"classes": "AUC", "numbers": "mean absolute error"}
_SHOWN = {
    "classes": ("AUC", "average precision", "precision", "recall", "F1"),
    "numbers": ("mean absolute error", "root mean squared error", "R2"),
}
_LIMITS = (
    "No setting was tuned and no feature made: a team with time should do better. What the sample does not hold, "
    "it cannot know: other years, other places, and people who are not in it."
)
_CAPTION = "Each way of predicting on rows that it has not seen; the line is the 95% interval."


def baseline_blocks(brief: Brief, found: Measured) -> tuple[Block, ...]:
    """The ladder, its picture, and what it answers; nothing where there is none."""
    ladder = found.ladder
    if ladder is None or not ladder.rungs:
        return ()
    metrics = tuple(_metrics(brief, ladder))
    return (
        Heading(text="A quick baseline"),
        *_answers(ladder),
        _table(ladder),
        *(_chart(brief, ladder, name, at) for at, name in metrics),
        *([] if metrics else [_chart(brief, ladder, _FIRST[ladder.task], None)]),
        *_groups(ladder),
        _method(found, ladder),
    )


def _metrics(brief: Brief, ladder: Ladder) -> Iterator[tuple[int, str]]:
    """The brief's model metrics that the ladder speaks of."""
    stated = Reading(brief).at("metrics.model")
    for at, metric in enumerate(stated if isinstance(stated, list) else ()):
        name = score_of(metric.name)
        if name is not None and any(name in rung.scores for rung in ladder.rungs):
            yield at, name


def _answers(ladder: Ladder) -> Iterator[Block]:
    best = next((one for one in ladder.rungs if one.kind == ladder.best), None)
    if ladder.signal is False:
        said = "No way of predicting does better than none, beyond what chance makes."
        yield Callout(
            kind="problem", title="The rows tell nothing about the label", items=(_text(said),)
        )
    elif best is not None:
        yield Paragraph(spans=_text(f"Best is {best.name}. {_rule_is_enough(ladder, best)}"))
    if ladder.unfinished:
        said = f"Not finished in time: {', '.join(ladder.unfinished)}."
        yield Callout(kind="note", title="The time was over", items=(_text(said),))


def _rule_is_enough(ladder: Ladder, best: Rung) -> str:
    name = _FIRST[ladder.task]
    if best.kind in ("one column", "constant", "last value"):
        return "Nothing more is needed: no model does better than that."
    if ladder.gain is None:
        return ""
    gain = interval(ladder.gain, name)
    if ladder.gain.low > 0:
        return f"It is better than a rule of one column by {gain} in {name}: there is more to learn than a rule."
    return f"Its gain over a rule of one column, {gain} in {name}, is within the noise: a rule may be enough."


def _table(ladder: Ladder) -> Block:
    names = [
        name for name in _SHOWN[ladder.task] if any(name in one.scores for one in ladder.rungs)
    ]
    columns = (
        Column(name="Way of predicting", weight=2.2),
        *(Column(name=name, weight=1.5, align="right") for name in names),
    )
    rows = tuple(
        Row(cells=(_named(one), *(_scored(one.score(name), name) for name in names)))
        for one in ladder.rungs
    )
    return Table(
        columns=columns, rows=rows, caption=f"{ladder.rows:,} rows, {ladder.folds}; 95% intervals"
    )


def _named(rung: Rung) -> Rich:
    name = Span(text=rung.name, bold=True)
    return (name, Span(text=f"\n{rung.detail}")) if rung.detail else (name,)


def _scored(score: Score | None, name: str) -> Rich:
    if score is None:
        return EMPTY
    low, high = figure(score.low, name), figure(score.high, name)
    if score.low == score.high:
        return _text(figure(score.value, name))
    return (Span(text=figure(score.value, name), bold=True), Span(text=f"\n{low} to {high}"))


def _chart(brief: Brief, ladder: Ladder, name: str, at: int | None) -> Figure:
    is_share = figure(0.5, name).endswith("%")
    scale = 100.0 if is_share else 1.0
    rows = [
        Range(
            name=one.name,
            low=min(score.low, score.value) * scale,
            median=score.value * scale,
            high=max(score.high, score.value) * scale,
        )
        for one in ladder.rungs
        if (score := one.score(name)) is not None
    ]
    lines = [] if at is None else [*_lines(brief, at, name, scale)]
    better = "lower is better" if name in LOWER_IS_BETTER else "higher is better"
    unit = f"{name}{', %' if is_share else ''}; {better}"
    return ranges_chart(rows=rows, unit=unit, zero=False, lines=lines, caption=_CAPTION)


def _lines(brief: Brief, at: int, name: str, scale: float) -> Iterator[Line]:
    reading = Reading(brief)
    for key, said in (("baseline", "baseline"), ("ship_at", "ship-at"), ("target", "target")):
        path = f"metrics.model.{at}.{key}"
        if isinstance(reading.at(path), Quantity):
            value = wanted(reading, path, name)
            if value is not None:
                yield Line(name=said, value=value * scale)


def _groups(ladder: Ladder) -> Iterator[Block]:
    best = next((one for one in ladder.rungs if one.kind == ladder.best), None)
    if best is None or not best.groups:
        return
    names = [*dict.fromkeys(one.measure for one in best.groups)]
    groups = [*dict.fromkeys((one.column, one.value, one.rows) for one in best.groups)]
    scores = {(one.column, one.value, one.measure): one.score for one in best.groups}
    yield Heading(text="The same by group", level=3)
    yield Table(
        columns=(
            Column(name="Group", weight=2.0),
            Column(name="Rows", align="right"),
            *(Column(name=name, weight=1.5, align="right") for name in names),
        ),
        rows=tuple(
            Row(
                cells=(
                    _text(value),
                    _text(f"{count:,}"),
                    *(_scored(scores.get((column, value, name)), name) for name in names),
                ),
                group=column,
            )
            for column, value, count in groups
        ),
        caption=f"{best.name}; 95% intervals",
    )


def _method(found: Measured, ladder: Ladder) -> Block:
    aimed = " and ".join(
        f"a {name} of {figure(value, name)}" for name, value in found.question.wanted
    )
    items = [
        f"Set apart: {ladder.folds}. {ladder.drawn:,} rows were drawn from the file, {ladder.rows:,} were predicted.",
        f"{len(ladder.features)} columns were used.",
        *(f"Left out: {name}: {reason}." for name, reason in ladder.left_out),
        *(
            [f"Precision, recall and F1 are at one threshold, which aims at {aimed}."]
            if aimed
            else []
        ),
        *ladder.said,
        _LIMITS,
    ]
    return Method(items=tuple(_text(one) for one in items))


def _text(said: str) -> Rich:
    return (Span(text=said),)
