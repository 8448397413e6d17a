"""Numbers that cannot be, or cannot be true together: what the appraisal could not work with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kit.rules.case import Case
from kit.rules.rule import Said, rule

if TYPE_CHECKING:
    from kit.appraisal import FaultKind


def _of_kind(case: Case, kind: FaultKind) -> Iterator[Said]:
    for fault in case.faults(kind):
        yield Said(path=fault.path, message=fault.message, remedy=fault.remedy)


@rule("ME201", "error")
def target_worse_than_baseline(case: Case) -> Iterator[Said]:
    """Compares the target of every metric with its baseline and its ship-at, the way that `better` says.

    Why it matters: a model that is trained towards such a target makes things worse, and the decision
    table would call that a success.

    Bad:
        metrics: {model: [{baseline: 62%, target: 40%, ship_at: 30%, better: higher}]}

    Good:
        metrics: {model: [{baseline: 62%, target: 98%, ship_at: 94%, better: higher}]}

    Source: AI-PM guide, step 4.
    """
    yield from _of_kind(case, "wrong way")


@rule("VE201", "error")
def share_out_of_range(case: Case) -> Iterator[Said]:
    """Finds shares below 0% and above 100%.

    Why it matters: 120% of the flags cannot be right. Such a number is a slip of the pen, often a percent
    sign too much or too little, and all that follows from it is wrong.

    Bad:
        value: {precision: 120%}

    Good:
        value: {precision: 98%}

    Source: arithmetic.
    """
    yield from _of_kind(case, "not a share")


@rule("VE202", "error")
def unit_cannot_be_compared(case: Case) -> Iterator[Said]:
    """Finds units that cannot be brought to the one that a sum needs.

    Why it matters: hours cannot be added to payments. Where units do not fit, one of the two numbers is not
    what its key says.

    Bad:
        value: {volume: 4000000 payments}

    Good:
        value: {volume: 4000000 payments/month}

    Source: arithmetic.
    """
    yield from _of_kind(case, "unit")


@rule("VE203", "error")
def currency_without_rate(case: Case) -> Iterator[Said]:
    """Finds amounts of money in a currency for which the brief gives no rate.

    Why it matters: dollars and euros do not add up, and a rate that is looked up silently would change the
    brief from day to day.

    Bad:
        value: {currency: USD, run_cost: 20000 EUR/month}

    Good:
        value: {currency: USD, rates: {EUR: 1.1 USD}, run_cost: 20000 EUR/month}

    Source: arithmetic.
    """
    yield from _of_kind(case, "currency")


@rule("VE204", "error")
def nothing_to_work_on(case: Case) -> Iterator[Said]:
    """Finds zeros that leave nothing to do: no case, no capacity, no benefit.

    Why it matters: a model for nothing brings nothing, whatever its quality.

    Bad:
        value: {capacity: 0 flags/month}

    Good:
        value: {capacity: 5000 flags/month}

    Source: arithmetic.
    """
    yield from _of_kind(case, "nothing there")


@rule("VE205", "error")
def number_below_zero(case: Case) -> Iterator[Said]:
    """Finds numbers below zero where none can be.

    Why it matters: what is a cost and what a gain, the key says. A minus turns it round once more.

    Bad:
        value: {cost_action: -4 USD}

    Good:
        value: {cost_action: 4 USD}

    Source: arithmetic.
    """
    yield from _of_kind(case, "negative")


@rule("VE206", "error")
def numbers_contradict(case: Case) -> Iterator[Said]:
    """Finds numbers that are each possible and cannot be true together.

    Why it matters: a precision of 1% at a recall of 90% flags more cases than there are, when one in fifty is
    true. One of the three is wrong, and nobody knows which.

    Bad:
        value: {prevalence: 2%, precision: 1%, recall: 90%}
        metrics: {model: }

    Good:
        value: {prevalence: 2%, precision: 10%, recall: 90%}
        metrics: {model: }

    Source: the definitions of precision, recall and prevalence.
    """
    yield from _of_kind(case, "contradiction")


IMPOSSIBLE = (
    target_worse_than_baseline,
    share_out_of_range,
    unit_cannot_be_compared,
    currency_without_rate,
    nothing_to_work_on,
    number_below_zero,
    numbers_contradict,
)
