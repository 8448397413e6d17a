"""What a year with the model is worth, as blocks."""

from __future__ import annotations

from kit.appraisal import DRAWS, Appraisal, Bridge, PathFacts, Paths
from kit.appraisal.wording import chance
from kit.numbers.paths import PathPair
from kit.numbers.uncertainty import Interval
from kit.report.blocks import (
    Block,
    Callout,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
)
from kit.report.numbers.pictures import paths_picture, tornado_picture, value_picture
from kit.report.numbers.words import (
    lacking,
    method,
    money,
    percent,
    seconds,
    sentence,
    spread,
    text,
    wrong,
)
from kit.report.wording import EMPTY, gap, table

_HEADING = Heading(text="What is it worth?")
_SUMS = {
    "detection": "Acted on = the smaller of volume × prevalence × recall ÷ precision × take-rate, and the "
    "capacity. Net = acted on × (precision × benefit − action cost − (1 − precision) × cost of a false flag) "
    "− run cost.",
    "regression": "Used = the smaller of volume × take-rate and the capacity. Net = used × (error today − error "
    "wanted) × (cost above + cost below) ÷ 2 − run cost: errors above and below are taken to fall alike.",
    "assist": "Looked at = the smaller of volume × take-rate and the capacity. Net = looked at × (acceptance × "
    "(gain + minutes saved × wage − error rate × cost of an error) − review minutes × wage) − run cost.",
}
_DRAWN = (
    f"Each range is a 90% interval and drawn {DRAWS:,} times: lognormal for amounts, logit-normal for shares, "
    "independently of each other, with a fixed seed. P5, P50 and P95 are percentiles of the result. "
    "A number without a range is taken as exact, which makes the result look surer than it is. The result with "
    "every input at its median, the middle line of the bars, is not the median of the results."
)
_MOVED = (
    "One input is moved at a time, the others at their medians: over its range where one is stated, else by a "
    "tenth down and up. What the answer rests on: how far it moves when each input alone is a tenth smaller."
)


_ON_TOP = "and the predictions come on top: which of them it holds is not said, as no path with a cost is chosen."
_DIFFERENCE = "which is taken to be the chosen path's, with the difference in cost per prediction."


def worth_blocks(appraisal: Appraisal) -> tuple[Block, ...]:
    """The value bridge, what moves it, and the paths in money."""
    bridge = appraisal.bridge
    if bridge is None:
        return () if appraisal.paths is None else (_HEADING, *_paths(appraisal, appraisal.paths))
    what = "What it is worth"
    return (
        _HEADING,
        *_figures(bridge),
        *_goal(bridge),
        *wrong(bridge.faults, what),
        *lacking(appraisal, bridge.missing, what),
        *value_picture(appraisal),
        *tornado_picture(bridge),
        *_resting(bridge),
        *(_paths(appraisal, appraisal.paths) if appraisal.paths else ()),
    )


def _figures(bridge: Bridge) -> tuple[Block, ...]:
    if bridge.net is None or bridge.loss is None:
        if bridge.gain is None:
            return ()
        said = f"Gain before any cost: {spread(bridge.gain, bridge.currency)} a year (P5 to P95)."
        return (Paragraph(spans=text(said, " What is left cannot be worked out yet.")),)
    figures = [
        KeyFigure(
            label="A year, all costs off (P50)",
            value=text(money(bridge.net.median, bridge.currency)),
            note=text(f"P5 to P95: {spread(bridge.net, bridge.currency)}"),
        ),
        KeyFigure(
            label="Probability of a loss",
            value=text(chance(bridge.loss)),
            note=text("against doing nothing"),
        ),
    ]
    if bridge.break_even is not None:
        figures.append(_break_even(bridge, bridge.break_even))
    return (KeyFigures(figures=tuple(figures)), *_against(bridge))


def _break_even(bridge: Bridge, precision: float) -> KeyFigure:
    covering = bridge.covering
    said = "none is enough" if precision > 1 else percent(precision, 2)
    note = "above it, acting on a flag pays"
    if covering is not None:
        paid = f"from {percent(covering, 2)}" if covering <= 1 else "at no precision"
        note = f"running cost paid, too: {paid}"
    return KeyFigure(label="Break-even precision", value=text(said), note=text(note))


def _against(bridge: Bridge) -> tuple[Block, ...]:
    if bridge.against_rule is None or bridge.rule_loss is None:
        return ()
    cost = "no running cost is counted for it"
    if bridge.rule_path is not None:
        cost = f"its running cost is that of the path “{bridge.rule_path}”"
    said = f"Against today's rule (its precision and recall are the baselines of step 4; {cost}): "
    said += f"{spread(bridge.against_rule, bridge.currency)} a year more; "
    said += f"probability that the rule brings more: {chance(bridge.rule_loss)}."
    return (Paragraph(spans=text(said)),)


def _goal(bridge: Bridge) -> tuple[Block, ...]:
    """What is planned beside what the goal is worth."""
    if bridge.gain is None or bridge.worth is None or bridge.reaches is None:
        return ()
    gain, worth = (spread(one, bridge.currency) for one in (bridge.gain, bridge.worth))
    said = (
        f"Reaching the goal is worth {worth} a year. What is planned gains {gain} before any cost; "
    )
    said += f"the probability that it is enough is {chance(bridge.reaches)}."
    return (Paragraph(spans=text(said)),)


def _resting(bridge: Bridge) -> tuple[Block, ...]:
    if bridge.resting is None:
        return ()
    guessed = sum(bridge.resting.get(origin, 0.0) for origin in ("guess", "unsaid"))
    wanted = bridge.resting.get("target", 0.0)
    said = f"{percent(guessed, 2)} of the answer, by how far each input moves it, rests on guesses"
    said += f", and {percent(wanted, 2)} on targets." if wanted else "."
    blocks: list[Block] = [Paragraph(spans=text(said))]
    if bridge.test_first:
        names = " and ".join(one.name for one in bridge.test_first)
        many = "these two assumptions" if len(bridge.test_first) > 1 else "this assumption"
        blocks.append(Callout(kind="note", title=f"Test {many} first: {names}"))
    waived = ", ".join(name.replace("_", " ") for name in bridge.waived)
    left = (f"Not applicable in this brief, and left out of the sum: {waived}.",) if waived else ()
    open_ = () if _capped(bridge) else ("No capacity is stated, so nothing caps the work.",)
    return (*blocks, method(_SUMS[bridge.kind], _DRAWN, _MOVED, *left, *open_))


def _capped(bridge: Bridge) -> bool:
    return "capacity" in bridge.waived or bridge.middle("capacity") is not None


def _paths(appraisal: Appraisal, paths: Paths) -> tuple[Block, ...]:
    columns = (
        Column(name="Model path", weight=1.8),
        Column(name="Latency", align="right"),
        Column(name="A million predictions", align="right", weight=1.3),
        Column(name="Predictions, a year", align="right", weight=1.3),
        Column(name="Net, a year (P5 to P95)", align="right", weight=2),
    )
    lacks = [key for fact in paths.facts for key in fact.lacks]
    boxes = (
        *wrong(paths.faults, "The paths in money"),
        *lacking(appraisal, (*paths.missing, *lacks), "The paths' value"),
    )
    return (
        Heading(text="The model paths in money", level=3),
        table(columns, [_path(fact, paths.currency) for fact in paths.facts], keep=3),
        *_compared(paths),
        *_chosen(appraisal.bridge, paths),
        *paths_picture(paths),
        *boxes,
        method(
            "Every path is put into the same bridge, on the same draws, with its own quality. A path's running "
            "cost is its own where it states one; else it is that of step 4, "
            + (_ON_TOP if paths.on_top else _DIFFERENCE)
            + " The table shows a range of cost at its middle. Two paths cannot be told apart where the 90% "
            "interval of their difference holds 0.",
        ),
    )


def _path(fact: PathFacts, currency: str) -> Row:
    name = f"{fact.name} (chosen)" if fact.chosen else fact.name
    latency = seconds(fact.latency) if fact.latency is not None else None
    late = " (too slow)" if fact.latency_fits is False else ""
    dear = " (too dear)" if fact.cost_fits is False else ""
    million, year = fact.cost_per_million, fact.cost_per_year
    return Row(
        cells=(
            text(name),
            text(latency, late) if latency else EMPTY,
            text(money(million, currency), dear) if million is not None else EMPTY,
            text(money(year, currency)) if year is not None else EMPTY,
            text(spread(fact.net, currency)) if fact.net else gap("not known"),
        )
    )


def _compared(paths: Paths) -> tuple[Block, ...]:
    compared = paths.comparison
    if compared is None:
        return ()
    tied = compared.tied_with_best
    if tied:
        names = ", ".join((compared.best, *tied))
        pairs = [
            pair for pair in compared.pairs if pair.one == compared.best and pair.other in tied
        ]
        apart = "; ".join(_pair(pair, paths.currency) for pair in pairs)
        said = f"In money, these cannot be told apart: {names}. {sentence(apart)}. "
        said += "Unless that chance is worth the work, the simplest of them is to be preferred."
    else:
        first = next(pair for pair in compared.pairs if pair.one == compared.best)
        said = (
            f"The most comes from: {compared.best}. The next, {first.other}, brings "
            f"{money(first.median, paths.currency)} a year less (P50)."
        )
    return (Paragraph(spans=text(said, _limits(paths, compared.best))),)


def _pair(pair: PathPair, currency: str) -> str:
    """By how much the best of two that are tied may be better."""
    if pair.low == pair.high:
        return f"{pair.one} and {pair.other} bring the same"
    ends = spread(Interval(low=pair.low, median=pair.median, high=pair.high), currency)
    sure = chance(pair.probability_better)
    return (
        f"{pair.one} less {pair.other}: {ends} a year; it brings more with a probability of {sure}"
    )


def _chosen(bridge: Bridge | None, paths: Paths) -> tuple[Block, ...]:
    """That the chosen path is stated otherwise here than in step 4, where it is."""
    net = next((fact.net for fact in paths.facts if fact.chosen), None)
    if net is None or bridge is None or bridge.net is None:
        return ()
    here, there = money(net.median, paths.currency), money(bridge.net.median, bridge.currency)
    if here == there:
        return ()
    said = f"With the quality stated in step 3 the chosen path brings {here} (P50), with the inputs of step 4 {there}."
    return (Paragraph(spans=text(said)),)


def _limits(paths: Paths, name: str) -> str:
    """What keeps the best path from being built, though it brings the most."""
    best = next(fact for fact in paths.facts if fact.name == name)
    late = "too slow" if best.latency_fits is False else ""
    dear = "too dear" if best.cost_fits is False else ""
    why = " and ".join(one for one in (late, dear) if one)
    return f" {sentence(name)} is {why} for the minimum viable model." if why else ""
