"""Step 3: the person's part, as `control` has it and as the rest of the brief tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.acts import act_of_control
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import quoted

_ASKED_OF = ("review_minutes", "capacity", "wage")  # what a person who looks at results has
_NOBODY_LOOKS = late(
    r"\b(?:nobody|no ?one|no (?:person|human|people|reviewer|agent))\s+(?:\w+ly |ever )?"
    r"(?:reviews?|reads?|checks?|looks?|handles?|approves?|sees?|decides?|signs?)\b",
    re.IGNORECASE,
)
_BUT = late(
    r"\b(?:but|except|besides?|other than|else|twice|again|today|yet|more than|longer|extra|until)\b",
    re.IGNORECASE,
)
_WITH_A_PERSON = ("decides", "approves")


@rule("HY221", "warning", requires=("HY107", "HY207"))
def control_against_the_text(case: Case) -> Iterator[Said]:
    """Compares who is in control with what the value part and the metrics of use say of that person.

    Why it matters: where a person approves, somebody's minutes are needed for each result; where nobody does, no
    metric can count how often somebody says no. One of the two is not what is going to be built.

    Bad:
        hypothesis: {control: approves}
        value: {review_minutes: "n/a: nobody looks at a payment before it is held"}

    Good:
        hypothesis: {control: can override}
        value: {review_minutes: "n/a: nobody looks at a payment before it is held"}

    Source: AI-PM guide, step 3.
    """
    control = case.text("hypothesis.control")
    message = None
    if control in _WITH_A_PERSON:
        message = _nobody_looks(case, control)
    elif control == "none":
        message = _somebody_acts(case)
    if message:
        yield Said(
            path="hypothesis.control",
            message=message,
            remedy="Say in both places what the person does with a prediction.",
        )


def _nobody_looks(case: Case, control: str) -> str | None:
    """What to say where a person has a say, and it is written that none looks at the results."""
    reading = case.reading()
    for name in _ASKED_OF:
        waiver = reading.waiver(f"value.{name}")
        if waiver and _NOBODY_LOOKS.search(waiver.reason) and not _BUT.search(waiver.reason):
            return (
                f"hypothesis.control is {control}, and value.{name} says {quoted(waiver.reason)}."
            )
    return None


def _somebody_acts(case: Case) -> str | None:
    """What to say where nobody is in control, and a metric of use counts those who say yes or no."""
    for path, metric in case.entries("metrics.adoption"):
        if act := act_of_control(metric.name):
            return f'hypothesis.control is none, and {path} counts what is "{act}".'
    return None


ROLES = (control_against_the_text,)
