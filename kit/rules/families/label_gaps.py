"""What step 5 is expected to hold: a label, with its definition, its source and its price."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule


@gap("DA108", "warning", "data.label.definition", requires=("DA001",))
def label_undefined() -> tuple[str, str]:
    """Asks what exactly counts as the outcome.

    Why it matters: the model learns the definition, not the intention. Two people who count differently produce a
    model that agrees with neither.

    Bad:
        data: {label: {definition: }}

    Good:
        data: {label: {definition: A payment with a chargeback for fraud within 45 days}}

    Source: AI-PM guide, step 5.
    """
    return "The label is not defined.", "Say precisely what counts as the outcome."


@gap("DA109", "warning", "data.label.source", requires=("DA001",))
def label_without_source() -> tuple[str, str]:
    """Asks where the label comes from.

    Why it matters: without outcomes there is nothing to learn from, and nothing to test against. Where they come from
    decides what they cost and whom they leave out.

    Bad:
        data: {label: {source: }}

    Good:
        data: {label: {source: chargebacks}}

    Source: AI-PM guide, step 5.
    """
    return "The label has no source.", "Say where it comes from."


@gap("DA110", "warning", "data.label.delay", requires=("DA001",))
def label_without_delay() -> tuple[str, str]:
    """Asks how long it takes until the label is known.

    Why it matters: for so long nobody can say how good yesterday's predictions were, and the newest examples cannot
    be learned from.

    Bad:
        data: {label: {delay: }}

    Good:
        data: {label: {delay: 45 days}}

    Source: AI-PM guide, step 5.
    """
    return "It is not said when the label is known.", "Give the delay, for example 1 day."


@gap("DA113", "warning", "data.label.cost_each", requires=("DA001", "DA109"))
def label_without_cost() -> tuple[str, str]:
    """Asks what one label costs; 0 where it is counted and not judged.

    Why it matters: labels are often the dearest part of a model, and are needed again with every change of the
    definition. A price that nobody has named is in nobody's budget.

    Bad:
        data: {label: {cost_each: }}

    Good:
        data: {label: {cost_each: 6 USD}}

    Source: AI-PM guide, on the plan for annotation.
    """
    message = "It is not said what one label costs."
    return message, "Give the cost of one; 0 where it is counted, not judged."


@gap("DA114", "advice", "data.label.guidelines", requires=("DA001", "DA108"))
def label_without_guidelines() -> tuple[str, str]:
    """Asks by which guidelines the label is judged.

    Why it matters: two people who judge by feeling disagree on the hard cases, which are those that the model is for.
    Where the label is counted, say that it does not apply.

    Bad:
        data: {label: {guidelines: }}

    Good:
        data: {label: {guidelines: A two-page sheet with twelve cases that look alike and differ}}

    Source: AI-PM guide, on the plan for annotation.
    """
    message = "It is not said by which guidelines the label is judged."
    return message, "Say where they are, or that it is counted and not judged."


@rule("DA117", "advice", requires=("DA001", "DA108"))
def annotators_missing(case: Case) -> Iterator[Said]:
    """Asks who judges the label and who pays for it, where it is judged: by guidelines, with agreement, at a cost.

    Why it matters: labels that everybody expects from somebody else are labels that nobody makes. What people
    know of the matter decides how good the labels are.

    Bad:
        data: {label: {annotators: }}

    Good:
        data: {label: {annotators: Fraud agents; Payments Risk pays}}

    Source: AI-PM guide, on the plan for annotation.
    """
    cost = case.number("data.label.cost_each")
    judged = (
        case.text("data.label.guidelines")
        or case.number("data.label.agreement")
        or (cost is not None and cost.number > 0)
    )
    if judged and any(case.gaps("data.label.annotators")):
        yield Said(
            path="data.label.annotators",
            message="The label is judged, and nobody says by whom.",
            remedy="Say who labels, and who pays for it.",
        )


LABEL_GAPS = (
    label_undefined,
    label_without_source,
    label_without_delay,
    label_without_cost,
    label_without_guidelines,
    annotators_missing,
)
