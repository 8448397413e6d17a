"""Step 4: what a year brings, against doing nothing, today's rule and the goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kit.appraisal.draws import GLANCE_ERROR
from kit.appraisal.reading import in_percent
from kit.appraisal.wording import chance, listed
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.inputs import INPUTS
from kit.rules.vocabulary.wording import figure

if TYPE_CHECKING:
    from kit.appraisal import Bridge, Input
    from kit.numbers.uncertainty import Interval

_LIKELY = 0.2  # probability of a loss that has to be talked about first
_SHORT = 0.05  # probability of reaching the goal below which even a perfect model falls short of it
_SELDOM = 0.2  # probability of reaching the goal below which the plan is too small for it
_MANY_TIMES = (
    10.0  # what is planned to be gained: so much apart, one of two sums has a slip of the pen
)
_NOTHING = 1e-4  # of the other end of a range
_OF_A_FLAG = ("precision", "benefit", "cost_false_positive", "cost_action")


@rule("VE302", "error", requires=INPUTS)
def break_even_above_target(case: Case) -> Iterator[Said]:
    """Compares the precision with the one from which on acting on a flag pays, at the best ends of all ranges.

    Why it matters: below that precision each flag that is acted on loses money, so a larger recall, more
    flags and more people make the loss larger. A brief that is decided is left alone: a no is an answer, too.

    Bad:
        value: {cost_action: 128 USD}

    Good:
        value: {cost_action: 4 USD}

    Source: Elkan (2001), The Foundations of Cost-Sensitive Learning; AI-PM guide, on return.
    """
    bridge = _open_bridge(case)
    precision = _input(bridge, "precision") if bridge else None
    if bridge is None or precision is None or bridge.break_even is None:
        return
    pays = _break_even_at_best(bridge)
    if pays is not None and pays > precision.high:
        found = [_input(bridge, name) for name in _OF_A_FLAG]
        ranged = any(one and one.is_range for one in found)
        best = "Even at the best ends of the ranges every" if ranged else "Every"
        yield Said(
            path=precision.key,
            message=f"{best} flag acted on loses money: {_pays_from(pays)}, and {in_percent(precision.high)} "
            "is assumed.",
            remedy="Look for a cheaper action, or a case in which a hit brings more.",
        )


@rule("VE304", "error", requires=("VE101", "GO107"))
def perfect_model_misses_the_goal(case: Case) -> Iterator[Said]:
    """Works out what a model without any error would gain, and compares it with what the goal is worth.

    Why it matters: no better data and no larger model helps where the cases are too few, or each brings too
    little. Another lever has to move the metric. A brief that is decided is left alone.

    Bad:
        goal: {worth: {low: 9.0e6, high: 12.0e6, unit: USD/year}}

    Good:
        goal: {worth: {low: 1.6e6, high: 2.3e6, unit: USD/year}}

    Source: AI-PM guide, on return.
    """
    quick = case.appraisal.ceilings.perfect if not case.is_decided and case.at("value") else None
    found = case.exact.perfect if quick and quick.reaches < _SHORT + GLANCE_ERROR else None
    if found and found.falls_short:
        currency = case.appraisal.ceilings.currency
        gain, worth = (_spread(one, currency) for one in (found.gain, found.worth))
        yield Said(
            path="goal.worth",
            message=f"A model without any error gains {gain} a year, and reaching the goal is worth {worth}.",
            remedy="Look for another lever beside it, or a smaller goal; mend the worth or the gain per case "
            "if one of them is wrong.",
        )


@rule("VE306", "warning", requires=(*INPUTS, "VE302"))
def loss_is_likely(case: Case) -> Iterator[Said]:
    """Finds a value bridge that ends the year below zero with a probability of more than 20%.

    Why it matters: the brief's own ranges say so. Whoever decides should hear it from the brief, and not
    from the accounts. A brief that is decided is left alone.

    Bad:
        value: {benefit: {low: 4, high: 13, unit: USD}}

    Good:
        value: {benefit: {low: 90, high: 130, unit: USD}}

    Source: AI-PM guide, on return.
    """
    bridge = _looked_at(case, lambda quick: (quick.loss or 0.0) > _LIKELY - GLANCE_ERROR)
    if bridge is None or bridge.loss is None or bridge.loss <= _LIKELY:
        return
    message = f"The probability of a loss is {chance(bridge.loss)}, with the brief's own numbers."
    precision = bridge.middle("precision")
    if precision is not None and bridge.break_even is not None and bridge.break_even > precision:
        message += f" Acting on a flag: {_pays_from(bridge.break_even)}; {in_percent(precision)} is assumed."
    first = listed([move.input.key for move in bridge.moves if move.swing.width > 0][:2])
    yield Said(
        path="value",
        message=message,
        remedy=f"Most hangs on {first}: improve or test that first, or do not build it."
        if first
        else "Look for a cheaper way, or do not build it.",
    )


@rule("VE307", "warning", requires=INPUTS)
def rule_brings_more(case: Case) -> Iterator[Said]:
    """Puts the baselines of precision and recall into the same bridge, and compares the two.

    Why it matters: what stands in step 4 as the baseline is what there is today. A model that brings less
    than that is a step back that costs money. A brief that is decided is left alone.

    Bad:
        value: {precision: 55%, recall: 52%}

    Good:
        value: {precision: 98%, recall: 92%}

    Source: AI-PM guide, step 3: the simplest model that works is to be preferred.
    """
    bridge = _looked_at(case, lambda quick: (quick.rule_loss or 0.0) > 0.5 - GLANCE_ERROR)
    if bridge and bridge.rule_loss is not None and bridge.rule_loss > 0.5:
        yield Said(
            path="value",
            message=f"Today's rule brings more than the model with a probability of {chance(bridge.rule_loss)}.",
            remedy="Keep the rule, or say what the model does that it cannot.",
        )


@rule("VE308", "warning", requires=("VE101", "GO107", "VE304"))
def plan_short_of_the_goal(case: Case) -> Iterator[Said]:
    """Compares what the plan gains a year, before any cost, with what reaching the goal is worth.

    Why it matters: a perfect model could bring it, and the one in the brief does not. Either the goal needs
    other levers beside the model, or one of the two sums is wrong. In a brief that is decided only a worth of
    more than ten times the gain is told, which is a slip of the pen.

    Bad:
        goal: {worth: {low: 4.6e6, high: 5.2e6, unit: USD/year}}

    Good:
        goal: {worth: {low: 1.6e6, high: 2.3e6, unit: USD/year}}

    Source: AI-PM guide, on the link from the model's metric to the business's.
    """
    quick = case.appraisal.bridge
    if quick is None or quick.reaches is None or quick.reaches > _SELDOM + GLANCE_ERROR:
        return
    if case.is_decided and not _is_a_slip(quick):
        return
    bridge = case.exact.gain
    if bridge is None or bridge.gain is None or bridge.worth is None or bridge.reaches is None:
        return
    if bridge.reaches <= _SELDOM:
        gain, worth = (_spread(one, bridge.currency) for one in (bridge.gain, bridge.worth))
        yield Said(
            path="goal.worth",
            message=f"What is planned gains {gain} a year before any cost, and reaching the goal is worth "
            f"{worth}: the probability that it is enough is {chance(bridge.reaches)}.",
            remedy="Say what else is to move the metric, or mend the sum that is wrong.",
        )


def _open_bridge(case: Case) -> Bridge | None:
    return None if case.is_decided else case.appraisal.bridge


def _is_a_slip(bridge: Bridge) -> bool:
    """Whether even the least that the goal is worth is many times the most that is gained."""
    if bridge.gain is None or bridge.worth is None:
        return False
    return bridge.worth.low > _MANY_TIMES * bridge.gain.high > 0


def _looked_at(case: Case, may: Callable[[Bridge], bool]) -> Bridge | None:
    """The bridge with all draws, as documents show it, where a quick look says that it may matter."""
    quick = _open_bridge(case)
    return case.exact.bridge if quick and may(quick) else None


def _input(bridge: Bridge, name: str) -> Input | None:
    return next((one for one in bridge.inputs if one.key == f"value.{name}"), None)


def _break_even_at_best(bridge: Bridge) -> float | None:
    """The precision from which on a flag pays, with the largest benefit and the lowest costs stated."""
    from kit.numbers.value import break_even_precision

    benefit, wrong, action = (_input(bridge, name) for name in _OF_A_FLAG[1:])
    if benefit is None:
        return None
    return float(
        break_even_precision(
            benefit.high, wrong.low if wrong else 0.0, cost_action=action.low if action else 0.0
        )
    )


def _pays_from(precision: float) -> str:
    return (
        "it pays at no precision"
        if precision > 1
        else f"it pays from a precision of {in_percent(precision)} on"
    )


def _spread(ends: Interval, currency: str) -> str:
    # An end that is next to nothing beside the other is told as 0.
    least = _NOTHING * max(abs(ends.low), abs(ends.high))
    low, high = (figure(end if abs(end) >= least else 0) for end in (ends.low, ends.high))
    return f"{low if low == high else f'{low} to {high}'} {currency}".rstrip()


WORTH = (
    break_even_above_target,
    perfect_model_misses_the_goal,
    loss_is_likely,
    rule_brings_more,
    plan_short_of_the_goal,
)
