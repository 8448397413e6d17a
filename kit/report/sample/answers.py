"""What the quick baseline answers, in the sentences that documents and the command line share."""

from __future__ import annotations

from collections.abc import Sequence

from kit.appraisal.wording import listed
from kit.data import FIRST, RULES, Ladder, Question, Rung, figure, interval

NO_SIGNAL = "No way of predicting does better than none, beyond what chance makes."


def best_of(ladder: Ladder) -> str:
    """Which way of predicting is best, and whether it takes a model at all; empty where that is not known."""
    best = ladder.rung(ladder.best)
    if ladder.signal is False:
        return NO_SIGNAL
    return "" if best is None else f"Best is {best.name}. {_rule_is_enough(ladder, best)}".rstrip()


def _rule_is_enough(ladder: Ladder, best: Rung) -> str:
    name = FIRST[ladder.task]
    if best.kind in ("constant", *RULES):
        return "Nothing more is needed: no model does better than that."
    if ladder.gain is None:
        return ""
    gain = interval(ladder.gain, name)
    if ladder.gain.low > 0:
        return f"It is better than the best rule by {gain} in {name}: there is more to learn than a rule."
    return (
        f"Its gain over the best rule, {gain} in {name}, is within the noise: a rule may be enough."
    )


def threshold_of(ladder: Ladder, question: Question) -> str:
    """At which threshold precision, recall and F1 are taken; empty where there are none."""
    if ladder.task != "classes":
        return ""
    if not question.wanted:
        return "Precision, recall and F1 are taken where F1 is largest."
    said = f"Precision, recall and F1 are taken at one threshold, which aims at {_aims(question.wanted)}"
    if question.ship_at and question.ship_at != question.wanted:
        said += f"; held against ship-at, at another, which aims at {_aims(question.ship_at)}"
    return f"{said}."


def _aims(wanted: Sequence[tuple[str, float]]) -> str:
    return listed([f"a {name} of {figure(value, name)}" for name, value in wanted])
