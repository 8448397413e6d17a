"""What step 3 is expected to hold: what is predicted of what, and what happens with a prediction."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule


@rule("HY001", "warning")
def hypothesis_not_started(case: Case) -> Iterator[Said]:
    """Asks for step 3.

    Why it matters: between a problem and a metric stands a claim about what a model can do. Unwritten,
    it cannot be doubted, and nobody notices that a rule would have done.

    Bad:
        hypothesis:

    Good:
        hypothesis: {capability: a home screen ranked by what this person is likely to play}

    Source: AI-PM guide, step 3.
    """
    if not case.tree.get("hypothesis"):
        message = "Nothing is written yet for the step 'ML hypothesis'."
        yield Said(path="hypothesis", message=message, remedy="Open its workbook.")


@gap("HY101", "warning", "hypothesis.capability", requires=("HY001",))
def capability_missing() -> tuple[str, str]:
    """Asks what the model can do for the user.

    Why it matters: a capability is what people can judge before there is a model. The name of an algorithm
    tells them nothing.

    Bad:
        hypothesis: {capability: }

    Good:
        hypothesis: {capability: a score for every payment of how likely it is to be fraud}

    Source: AI-PM guide, step 3.
    """
    return "The hypothesis names no capability.", "Say what the model can do for the user."


@gap("HY102", "warning", "hypothesis.task", requires=("HY001",))
def task_missing() -> tuple[str, str]:
    """Asks for the kind of prediction.

    Why it matters: a ranking is measured otherwise than a forecast, and needs other labels. Much of steps 4
    and 5 follows from this one word.

    Bad:
        hypothesis: {task: }

    Good:
        hypothesis: {task: classification}

    Source: AI-PM guide, step 3.
    """
    return "The kind of prediction is not chosen.", "Choose one, for example ranking."


@gap("HY103", "warning", "hypothesis.entity", requires=("HY001",))
def entity_missing() -> tuple[str, str]:
    """Asks what one prediction is about.

    Why it matters: a card, a payment and a customer are three different models. The entity is also the row
    of the training data, and what volume and prevalence count.

    Bad:
        hypothesis: {entity: }

    Good:
        hypothesis: {entity: online card payment}

    Source: AI-PM guide, step 3.
    """
    return "The brief does not say what one prediction is about.", "Name the entity."


@gap("HY104", "warning", "hypothesis.outcome", requires=("HY001",))
def outcome_missing() -> tuple[str, str]:
    """Asks what is predicted.

    Why it matters: the model learns what was recorded, not what was meant. Two people who understand the
    outcome differently label the same case differently.

    Bad:
        hypothesis: {outcome: }

    Good:
        hypothesis: {outcome: The payment is confirmed as fraud by chargeback or by the customer.}

    Source: AI-PM guide, step 3.
    """
    message = "The brief does not say what is predicted."
    return message, "Describe the outcome so that two people agree on it."


@gap("HY105", "warning", "hypothesis.wait", requires=("HY001",))
def wait_missing() -> tuple[str, str]:
    """Asks how long it takes until the true outcome is known.

    Why it matters: until then nobody can say whether a prediction was right. The wait delays the labels,
    the experiment and every alarm about a model that has gone stale.

    Bad:
        hypothesis: {wait: }

    Good:
        hypothesis: {wait: 45 days}

    Source: AI-PM guide, step 3.
    """
    message = "The brief does not say when the true outcome is known."
    return message, "Give the wait, for example 30 days."


@gap("HY106", "warning", "hypothesis.action", requires=("HY001",))
def action_missing() -> tuple[str, str]:
    """Asks what happens with a prediction.

    Why it matters: a prediction that changes nothing is worth nothing, however good it is.

    Bad:
        hypothesis: {action: }

    Good:
        hypothesis: {action: A payment above the threshold is held until the customer confirms it.}

    Source: AI-PM guide, step 3.
    """
    message = "The brief does not say what happens with a prediction."
    return message, "Name the action that follows."


@gap("HY107", "warning", "hypothesis.control", requires=("HY001",))
def control_missing() -> tuple[str, str]:
    """Asks what the person does with a prediction.

    Why it matters: how good a model has to be depends on who can stop it. A person who decides catches
    errors that an automatic action would carry out.

    Bad:
        hypothesis: {control: }

    Good:
        hypothesis: {control: can override}

    Source: AI-PM guide, lifecycle stage 4.
    """
    message = "The brief does not say who is in control."
    return message, "Choose: decides, approves, can override, none."


@gap("HY116", "warning", "hypothesis.serving", requires=("HY001",))
def serving_missing() -> tuple[str, str]:
    """Asks whether predictions are made in batches or in real time.

    Why it matters: real time asks for other data, another latency and another cost than a list made overnight.
    It is dear to find out once the model is built.

    Bad:
        hypothesis: {serving: }

    Good:
        hypothesis: {serving: real time}

    Source: AI-PM guide, lifecycle stage 5.
    """
    message = "The brief does not say when predictions are made."
    return message, "Choose batch or real time."


HYPOTHESIS_GAPS = (
    hypothesis_not_started,
    capability_missing,
    task_missing,
    entity_missing,
    outcome_missing,
    wait_missing,
    action_missing,
    control_missing,
    serving_missing,
)
