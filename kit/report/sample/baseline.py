"""The quick baseline: from no model at all to boosted trees, beside what the brief asks for."""

from __future__ import annotations

from collections.abc import Iterator

from kit.appraisal import Reading
from kit.brief import Brief, Quantity
from kit.data import (
    FIRST,
    LOWER_IS_BETTER,
    Ladder,
    Measured,
    Rung,
    Score,
    figure,
    figures,
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
from kit.report.numbers.words import sentence
from kit.report.sample.answers import best_of, threshold_of
from kit.report.wording import EMPTY

_SHOWN = {
    "classes": ("AUC", "average precision", "precision", "recall", "F1"),
    "numbers": ("mean absolute error", "root mean squared error", "R2"),
}
_LIMITS = (
    "No setting was tuned and no feature made: a team with time should do better. What the sample does not hold, "
    "it cannot know: other years, other places, and people who are not in it."
)
_CAPTION = "each way of predicting on rows that it has not seen; the line is the 95% interval."


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
        *([] if metrics else [_chart(brief, ladder, FIRST[ladder.task], None)]),
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
    said = _text(best_of(ladder))
    if ladder.signal is False:
        yield Callout(kind="problem", title="The rows tell nothing about the label", items=(said,))
    elif ladder.best is not None:
        yield Paragraph(spans=said)
    if ladder.unfinished:
        said = _text(f"Not finished in time: {', '.join(ladder.unfinished)}.")
        yield Callout(kind="note", title="The time was over", items=(said,))


def measures_of(brief: Brief, ladder: Ladder) -> tuple[str, ...]:
    """The measures that are shown of every way of predicting, and those that the brief asks about."""
    named = [name for _, name in _metrics(brief, ladder)]
    return tuple(dict.fromkeys([*_shown(ladder), *named]))


def _shown(ladder: Ladder) -> list[str]:
    return [name for name in _SHOWN[ladder.task] if any(name in one.scores for one in ladder.rungs)]


def _table(ladder: Ladder) -> Block:
    names = _shown(ladder)
    columns = (
        Column(name="Way of predicting", weight=2.2),
        *(Column(name=name, weight=1.5, align="right") for name in names),
    )
    rows = tuple(
        Row(cells=(_named(one), *(_scored(one.score(name), name) for name in names)))
        for one in ladder.rungs
    )
    return Table(
        columns=columns,
        rows=rows,
        caption=f"{ladder.rows:,} rows, {ladder.parts}, {ladder.how}; 95% intervals",
    )


def _named(rung: Rung) -> Rich:
    name = Span(text=rung.name, bold=True)
    return (name, Span(text=f"\n{rung.detail}")) if rung.detail else (name,)


def _scored(score: Score | None, name: str) -> Rich:
    if score is None:
        return EMPTY
    value, low, high = figures(score, name)
    if score.low == score.high:
        return _text(value)
    return (Span(text=value, bold=True), Span(text=f"\n{low} to {high}"))


def _chart(brief: Brief, ladder: Ladder, name: str, at: int | None) -> Figure:
    is_share = figure(0.5, name).endswith("%")
    scale = 100.0 if is_share else 1.0
    rows = [
        Range(
            name=one.name,
            low=min(score.low, score.value) * scale,
            median=score.value * scale,
            high=max(score.high, score.value) * scale,
            said=figures(score, name)[0].removesuffix("%"),
        )
        for one in ladder.rungs
        if (score := one.score(name)) is not None
    ]
    lines = [] if at is None else [*_lines(brief, at, name, scale)]
    better = "lower is better" if name in LOWER_IS_BETTER else "higher is better"
    unit = f"{name}{', %' if is_share else ''}; {better}"
    return ranges_chart(
        rows=rows,
        unit=unit,
        zero=False,
        dense=True,
        lines=lines,
        caption=f"{sentence(name)}: {_CAPTION}",
    )


def _lines(brief: Brief, at: int, name: str, scale: float) -> Iterator[Line]:
    reading = Reading(brief)
    for key, said in (("baseline", "baseline"), ("ship_at", "ship-at"), ("target", "target")):
        path = f"metrics.model.{at}.{key}"
        if isinstance(reading.at(path), Quantity):
            value = wanted(reading, path, name)
            if value is not None:
                yield Line(name=said, value=value * scale)


def _groups(ladder: Ladder) -> Iterator[Block]:
    best = ladder.rung(ladder.best)
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
    items = [
        f"Set apart: {ladder.parts}, {ladder.how}.",
        f"{ladder.drawn:,} rows were drawn from the file, {ladder.rows:,} were predicted.",
        f"{len(ladder.features)} columns were used.",
        *(f"Left out: {name}: {reason}." for name, reason in ladder.left_out),
        *([threshold] if (threshold := threshold_of(ladder, found.question)) else []),
        *ladder.said,
        _LIMITS,
    ]
    return Method(items=tuple(_text(one) for one in items))


def _text(said: str) -> Rich:
    return (Span(text=said),)
