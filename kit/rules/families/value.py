"""Step 4: what the value bridge rests on, and what the work it makes takes."""

from __future__ import annotations

from collections.abc import Iterator

from kit.appraisal.measures import metric_path
from kit.appraisal.reading import in_percent
from kit.appraisal.wording import listed
from kit.brief import Quantity
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.inputs import INPUTS
from kit.rules.vocabulary.wording import a_day, figure

_ASKED_ELSEWHERE = frozenset({"value.volume", "value.take_rate", "value.run_cost"})
_SLACK = 1.02  # of the capacity: flags and capacity are both rounded
_ROUNDED = 0.005  # half a point: targets are written in whole ones
_GUESSED = 0.5  # of the answer


@rule("VE301", "warning", requires=("VE101",))
def value_input_missing(case: Case) -> Iterator[Said]:
    """Finds inputs of the value bridge that hold no number; of volume, take-rate and running cost, others speak.

    Why it matters: a sum with a hole in it is no sum. What the model is worth, what it may lose and what
    would have to be tested first all stay open until the last input is there, be it as a guess.

    Bad:
        value: {benefit: , cost_action: }

    Good:
        value: {benefit: {low: 90, high: 130, unit: USD, from: guess}, cost_action: "n/a: nobody acts by hand"}

    Source: AI-PM guide, step 4.
    """
    bridge = case.appraisal.bridge
    told = {*_ASKED_ELSEWHERE, *case.unreadable}
    missing = [key for key in bridge.missing if key not in told] if bridge else []
    if missing:
        are = "are" if len(missing) > 1 else "is"
        yield Said(
            path=missing[0],
            message=f"What a year is worth cannot be worked out: {listed(missing)} {are} missing.",
            remedy="Give a range, from: guess where nobody knows, or say why it does not apply.",
        )


@rule("VE303", "warning", requires=("VE101",))
def flags_beyond_capacity(case: Case) -> Iterator[Said]:
    """Compares the flags to be acted on at the target's precision and recall with the capacity.

    Why it matters: what nobody has time to look at brings nothing, and the queue grows day by day. The
    recall that is aimed at cannot be had with these people.

    Bad:
        value: {capacity: 2000 flags/month}

    Good:
        value: {capacity: 5000 flags/month}

    Source: the definitions of precision, recall and prevalence.
    """
    found = case.appraisal.coherence
    leading = found.leading if found else None
    acted = found.acted_per_day if found else None
    if found is None or leading is None or acted is None or found.capacity is None:
        return
    room, fits = found.capacity.middle, leading.recall_that_fits
    too_many = fits is not None and fits * _SLACK < leading.recall
    flags = room * leading.recall / fits if fits and too_many else acted[1]
    if flags <= room * _SLACK:
        return
    upper = "" if too_many else " at the upper end of volume and prevalence"
    allowed = (
        f"a recall of {in_percent(fits)} at a precision of {in_percent(leading.precision)}"
        if fits
        else ""
    )
    capacity = a_day(room, case.number("value.capacity"))
    yield Said(
        path="value.capacity",
        message=f"{figure(flags)} flags a day are to be acted on{upper}, and the capacity is {capacity}.",
        remedy=f"Plan for what fits, {allowed}; or raise the precision, or add people."
        if too_many
        else "Say which flags come first, raise the precision, or add people.",
    )


@rule("VE305", "warning", requires=INPUTS)
def value_rests_on_guesses(case: Case) -> Iterator[Said]:
    """Adds up how much of what moves the answer is a guess, or does not say where it is from.

    Why it matters: the sum looks as sure as its surest number and is as sure as its weakest. One or two
    guesses usually move most of it, and these can be tested first. Worked examples (`illustrative: true`) are
    left alone: their figures are made up, and every page says so.

    Bad:
        illustrative: false
        value: {volume: {from: guess}, benefit: {from: guess}}

    Good:
        illustrative: false
        value: {volume: {from: measured}, prevalence: {from: measured}}

    Source: AI-PM guide, on assumptions; Saltelli et al. (2008), Global Sensitivity Analysis.
    """
    bridge = None if case.brief.illustrative else case.appraisal.bridge
    if bridge is None or bridge.resting is None:
        return
    guessed = sum(bridge.resting.get(origin, 0.0) for origin in ("guess", "unsaid"))
    if guessed > _GUESSED:
        first = [one.key for one in bridge.test_first]
        yield Said(
            path=first[0] if first else "value",
            message=f"{guessed:.0%} of what moves the value rests on guesses, or on numbers that do not say "
            "where they are from.",
            remedy=f"Test {listed(first)} first." if first else "Say where the numbers are from.",
        )


@rule("VE309", "warning")
def value_rests_on_other_quality(case: Case) -> Iterator[Said]:
    """Compares the precision and recall of the value with target and ship-at of the metrics of that name.

    Why it matters: the decider reads the targets in one place and the money in another, and takes them for one
    model. A quality that one of the model paths states is left alone, and so is one between ship-at and target.

    Bad:
        value: {recall: 99%}

    Good:
        value: {recall: 80%}

    Source: AI-PM guide, on the link from the model's metric to the business's.
    """
    reading = case.reading()
    for name in ("precision", "recall"):
        given = reading.share(f"value.{name}", needed=False)
        path = metric_path(reading, name)
        if given is None or path is None or _of_a_path(case, name):
            continue
        stated = {
            said: one
            for said, key in (("ship-at", "ship_at"), ("target", "target"))
            if (one := reading.share(f"{path}.{key}", needed=False))
        }
        low = min((one.low for one in stated.values()), default=0.0)
        high = max((one.high for one in stated.values()), default=1.0)
        if given.high < low - _ROUNDED or given.low > high + _ROUNDED:
            goals = " and ".join(
                f"the {said} {in_percent(one.middle)}" for said, one in stated.items()
            )
            yield Said(
                path=given.key,
                message=f"The value rests on a {name} of {in_percent(given.middle)}, and in {path} {goals} "
                f"{'is' if len(stated) == 1 else 'are'} stated.",
                remedy="Work the value out with the model that is to be shipped, or mend the metric.",
            )


def _of_a_path(case: Case, name: str) -> bool:
    """Whether a model path states just this quality."""
    given = case.number(f"value.{name}")
    for _, path in case.entries("hypothesis.paths"):
        stated = path.quality.get(name) if isinstance(path.quality, dict) else None
        if given is not None and isinstance(stated, Quantity) and stated.bounds == given.bounds:
            return True
    return False


VALUE = (
    value_input_missing,
    flags_beyond_capacity,
    value_rests_on_guesses,
    value_rests_on_other_quality,
)
