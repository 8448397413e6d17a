"""What step 4 is expected to hold: guardrails, ways of gaming, fair gaps, and a decision agreed in advance."""

from __future__ import annotations

from kit.rules.rule import gap


@gap("ME107", "warning", "metrics.guardrails", requires=("ME001",))
def guardrail_missing() -> tuple[str, str]:
    """Asks what must not get worse while the targets are reached.

    Why it matters: nearly every target can be reached at the cost of something else. What that is, and how
    much of it is too much, is agreed on before there is a result to defend.

    Bad:
        metrics: {guardrails: }

    Good:
        metrics: {guardrails: [{name: online payments approved, limit: 97.5%, better: higher}]}

    Source: Bringing an AI product to market, on guardrails.
    """
    return "Nothing guards against harm.", "Name what must not get worse, with a limit."


@gap("ME108", "warning", "metrics.guardrails.*.limit", requires=("ME001", "ME107"))
def guardrail_without_limit() -> tuple[str, str]:
    """Asks for the number at which a guardrail is broken.

    Why it matters: a guardrail without a limit is a chart to look at. Whoever wants to ship will always find
    that it moved only a little.

    Bad:
        metrics: {guardrails: [{limit: }]}

    Good:
        metrics: {guardrails: [{limit: {value: 200, unit: tickets/week, from: benchmark, source: OKR template}}]}

    Source: Bringing an AI product to market, on guardrails.
    """
    return "It has no limit.", "Set the limit that must not be crossed."


@gap("ME109", "warning", "metrics.gaming", requires=("ME001",))
def gaming_missing() -> tuple[str, str]:
    """Asks how the targets could be met without doing any good.

    Why it matters: when a measure becomes a target, it stops being a good measure. A model finds the short
    cut without meaning to, and so do people whose work is measured.

    Bad:
        metrics: {gaming: }

    Good:
        metrics: {gaming: [{metric: precision, how: Flagging what is certain, guardrail: online payments approved}]}

    Source: Bringing an AI product to market, on Goodhart's law.
    """
    message = "Nobody asked how a target could be gamed."
    return message, "Name a way for each target, and its guardrail."


@gap("ME110", "warning", "metrics.fairness", requires=("ME001",))
def fairness_missing() -> tuple[str, str]:
    """Asks which groups are compared, by which measure, and which gap is too large.

    Why it matters: an average hides whom the model fails. Without a number there is nothing to check at
    launch, and nothing to go back to when somebody complains.

    Bad:
        metrics: {fairness: }

    Good:
        metrics: {fairness: [{measure: recall, groups: [cards issued here, cards issued abroad], max_gap: 2 points}]}

    Source: OKR template, on ethical AI and fairness.
    """
    return "No fairness gap is set.", "Name the measure, the groups and the largest gap allowed."


@gap("ME112", "warning", "metrics.decision_table", requires=("ME001",))
def decision_table_missing() -> tuple[str, str]:
    """Asks what each result leads to, agreed on before the test.

    Why it matters: after the test every result can be explained, and most can be explained into a launch.

    Bad:
        metrics: {decision_table: }

    Good:
        metrics: {decision_table: [{success: up, guardrails: ok, then: ship, who: Chief Risk Officer}]}

    Source: Bringing an AI product to market, on experiments; Who owns the roadmap, on the decision window.
    """
    return "What a result leads to was not agreed.", "Fill the decision table before the test."


@gap("ME115", "warning", "metrics.guardrails.*.better", requires=("ME001", "ME107"))
def guardrail_without_direction() -> tuple[str, str]:
    """Asks whether higher or lower is better for a guardrail.

    Why it matters: the same limit is a ceiling for one metric and a floor for another. Where that is not
    said, nobody can tell a guardrail that is broken from one that holds.

    Bad:
        metrics: {guardrails: [{better: }]}

    Good:
        metrics: {guardrails: [{better: lower}]}

    Source: Bringing an AI product to market, on guardrails.
    """
    message = "It is not said which way is better."
    return message, "Choose: higher makes the limit a floor, lower a ceiling."


@gap("ME116", "warning", "metrics.gaming.*.guardrail", requires=("ME001", "ME109"))
def gaming_without_guardrail() -> tuple[str, str]:
    """Asks for the guardrail that would show it if a target were gamed.

    Why it matters: a danger that is written down and not watched happens all the same, only with a note about
    it.

    Bad:
        metrics: {gaming: [{guardrail: }]}

    Good:
        metrics: {gaming: [{guardrail: online payments approved}]}

    Source: Bringing an AI product to market, on Goodhart's law.
    """
    message = "Nothing would show that the target is gamed."
    return message, "Name the guardrail that would, and list it with its limit."


@gap("ME117", "warning", "metrics.gaming.*.how", requires=("ME001", "ME109"))
def gaming_without_a_way() -> tuple[str, str]:
    """Asks in which way a target could be gamed.

    Why it matters: which guardrail helps depends on the way. Pickup times fall when far requests are dropped,
    which trips per user would show and a survey would not.

    Bad:
        metrics: {gaming: [{how: }]}

    Good:
        metrics: {gaming: [{how: Flagging only the few payments that are certain to be fraud}]}

    Source: Bringing an AI product to market, on Goodhart's law.
    """
    message = "It is not said how the target could be gamed."
    return message, "Say how it could be met without doing any good."


@gap("ME118", "warning", "metrics.fairness.*.max_gap", requires=("ME001", "ME110"))
def fairness_without_a_number() -> tuple[str, str]:
    """Asks for the largest gap between groups that is allowed.

    Why it matters: fairness that is to be improved is reached by any step. A number can be missed, and how
    many cases it takes to see it can be worked out.

    Bad:
        metrics: {fairness: [{max_gap: }]}

    Good:
        metrics: {fairness: [{max_gap: 2 points}]}

    Source: OKR template, on parity with a number.
    """
    return "No largest gap between groups is set.", "Set a number, for example 2 points."


@gap("ME119", "warning", "metrics.fairness.*.groups", requires=("ME001", "ME110"))
def fairness_without_groups() -> tuple[str, str]:
    """Asks which groups are compared.

    Why it matters: a gap is one between groups. Those that nobody named are not in the data when the question
    comes up.

    Bad:
        metrics: {fairness: [{groups: }]}

    Good:
        metrics: {fairness: [{groups: [cards issued here, cards issued abroad]}]}

    Source: OKR template, on ethical AI and fairness.
    """
    message = "The groups that are compared are not named."
    return message, "Name them, each with its share of the cases."


@gap("ME120", "advice", "metrics.decision_table.*.who", requires=("ME001", "ME112"))
def decision_without_a_person() -> tuple[str, str]:
    """Asks who decides in each case of the decision table.

    Why it matters: a rule that nobody has to carry out is waited out.

    Bad:
        metrics: {decision_table: [{who: }]}

    Good:
        metrics: {decision_table: [{who: Chief Risk Officer}]}

    Source: Who owns the roadmap, on the decision window.
    """
    return "Nobody is named who decides.", "Name the role."


@gap("ME121", "advice", "metrics.deadlock", requires=("ME001", "ME112"))
def deadlock_without_a_way_out() -> tuple[str, str]:
    """Asks what happens when those who decide do not agree.

    Why it matters: without a rule the loudest or the most patient decides. A default and a number of days
    keep a dispute from costing a quarter.

    Bad:
        metrics: {deadlock: }

    Good:
        metrics: {deadlock: Within seven days the option with the shortest path to customer feedback is taken}

    Source: Who owns the roadmap, on the decision window.
    """
    message = "No rule says what happens in a deadlock."
    return message, "Set a number of days, and what is done after them."


GUARDS_GAPS = (
    guardrail_missing,
    guardrail_without_limit,
    gaming_missing,
    fairness_missing,
    decision_table_missing,
    guardrail_without_direction,
    gaming_without_guardrail,
    gaming_without_a_way,
    fairness_without_a_number,
    fairness_without_groups,
    decision_without_a_person,
    deadlock_without_a_way_out,
)
