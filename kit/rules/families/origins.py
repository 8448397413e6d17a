"""Across the steps: numbers that cannot be from where they are said to be, or are too exact for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kit.appraisal.reading import said
from kit.brief import Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.wording import first_of

# What is so today, whatever is built.
_OF_TODAY = (
    "problem.reach",
    "value.volume",
    "value.prevalence",
    "value.error_today",
)
_EXACT = 6  # digits that count


@rule("AC213", "warning")
def target_called_measured(case: Case) -> Iterator[Said]:
    """Finds targets that are said to be measured.

    Why it matters: nobody has measured what is still to be reached. Either the number is where the metric
    stands already, or a wish is counted among the facts.

    Bad:
        goal: {target: {value: 1200000, from: measured, source: chargeback report}}

    Good:
        goal: {target: {value: 1200000, from: target}}

    Source: Bringing an AI product to market, on agreeing on metrics.
    """
    found = [key for key in _metrics(case, "target") if _origin(case, key) == "measured"]
    if found:
        are = "target is" if len(found) == 1 else "targets are"
        yield Said(
            path=found[0],
            message=f"{len(found)} {are} called measured, and nothing to come can be: {first_of(found)}.",
            remedy="Write `from: target`, or `benchmark` where somebody else has reached it.",
        )


@rule("AC214", "warning")
def baseline_called_target(case: Case) -> Iterator[Said]:
    """Finds baselines, and numbers of today such as volume and prevalence, that are from a target.

    Why it matters: today's number is not a matter of choice. If it is what one hopes for, the gain is counted
    from a place where nobody stands.

    Bad:
        value: {prevalence: {value: 0.1%, from: target}}

    Good:
        value: {prevalence: {value: 0.1%, from: guess}}

    Source: Bringing an AI product to market, on agreeing on metrics.
    """
    keys = [*_baselines(case), *_OF_TODAY]
    found = [key for key in keys if _origin(case, key) == "target"]
    if found:
        are = "number of today is" if len(found) == 1 else "numbers of today are"
        yield Said(
            path=found[0],
            message=f"{len(found)} {are} from a target: {first_of(found)}.",
            remedy="Look up how it is today; until then, write `from: guess`.",
        )


@rule("AC218", "advice")
def guess_too_exact(case: Case) -> Iterator[Said]:
    """Finds guesses that are written to six digits or more, without a range.

    Why it matters: so many digits say that somebody counted. Of a guess, readers have to know how far off it
    may be, and that is what a range tells.

    Bad:
        goal: {worth: {value: 1950317.43, low: , high: , unit: USD/year, from: guess}}

    Good:
        goal: {worth: {low: 1.6e6, high: 2.3e6, unit: USD/year, from: guess}}

    Source: Taylor (1997), An Introduction to Error Analysis.
    """
    for key in _numbers(case):
        given = case.number(key)
        value = given.value if given and given.from_ == "guess" else None
        if given and value is not None and _digits(value) >= _EXACT:
            yield Said(
                path=key,
                message=f"{key} is a guess, and is written to {_digits(value)} digits: {said(given)}.",
                remedy="Give the range in which it lies nine times in ten, as `low` and `high`.",
            )


def _metrics(case: Case, role: str) -> Iterator[str]:
    """The keys of the baselines or targets of the goal and of every metric."""
    yield f"goal.{role}"
    yield from (f"{path}.{role}" for path, _ in case.metrics(guardrails=True))


def _baselines(case: Case) -> list[str]:
    return [*_metrics(case, "baseline"), "experiment.baseline"]


def _origin(case: Case, key: str) -> str | None:
    found = case.number(key)
    return found.from_ if found else None


def _numbers(case: Case) -> Iterator[str]:
    """The keys of the numbers that may well be guessed."""
    yield from ("goal.baseline", "goal.worth", "problem.reach", "experiment.eligible_per_day")
    part = case.at("value")
    for key in type(part).model_fields if part is not None else ():
        if isinstance(getattr(part, key), Quantity):
            yield f"value.{key}"


def _digits(value: float) -> int:
    """How many digits of a number count: 4 of 345600."""
    return len(Decimal(f"{value:.12g}").normalize().as_tuple().digits)


ORIGINS = (
    target_called_measured,
    baseline_called_target,
    guess_too_exact,
)
