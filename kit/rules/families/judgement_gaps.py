"""What step 3 is expected to hold as well: what would show it to be wrong, what else would do, whom it harms."""

from __future__ import annotations

from kit.rules.rule import gap


@gap("HY108", "warning", "hypothesis.expected.metric", requires=("HY001",))
def user_metric_missing() -> tuple[str, str]:
    """Asks which metric of what users do is to change.

    Why it matters: between the model and the goal stand people. If nothing that they do changes, the goal
    does not move either, and the brief could not say why.

    Bad:
        hypothesis: {expected: {metric: }}

    Good:
        hypothesis: {expected: {metric: false positives}}

    Source: AI-PM guide, step 3.
    """
    message = "No change in what users do is paired with the model."
    return message, "Name the user metric that is to change."


@gap("HY109", "warning", "hypothesis.expected.change", requires=("HY001",))
def user_change_missing() -> tuple[str, str]:
    """Asks by how much the user metric is to change.

    Why it matters: without a size, a change too small to move the goal would count as a success.

    Bad:
        hypothesis: {expected: {change: }}

    Good:
        hypothesis: {expected: {change: {value: -15%, from: benchmark, source: OKR template}}}

    Source: AI-PM guide, step 3; OKR template.
    """
    return "The size of the change in what users do is missing.", "Give it, for example +15%."


@gap("HY110", "warning", "hypothesis.wrong_if", requires=("HY001",))
def falsifier_missing() -> tuple[str, str]:
    """Asks which observation would prove the hypothesis wrong.

    Why it matters: a claim that nothing can refute is never given up. Said beforehand, the observation ends
    the work at the right time; said afterwards, it is explained away.

    Bad:
        hypothesis: {wrong_if: }

    Good:
        hypothesis: {wrong_if: precision stays below 94% at the recall that the rules have today}

    Source: AI-PM guide, step 3.
    """
    return "Nothing could prove the hypothesis wrong.", "Name the observation that would."


@gap("HY111", "warning", "hypothesis.errors.tolerance", requires=("HY001",))
def error_tolerance_missing() -> tuple[str, str]:
    """Asks whether a wrong prediction is forgotten, or does harm.

    Why it matters: a poor suggestion is scrolled past; a missed tumour is not. What is intolerant needs a
    person in the loop and a gate of its own before the launch.

    Bad:
        hypothesis: {errors: {tolerance: }}

    Good:
        hypothesis: {errors: {tolerance: intolerant}}

    Source: Bringing an AI product to market, on fault tolerance.
    """
    return "The brief does not say what a wrong prediction does.", "Choose tolerant or intolerant."


@gap("HY112", "warning", "hypothesis.alternatives", requires=("HY001",))
def alternative_missing() -> tuple[str, str]:
    """Asks for a simpler way, and how far it gets.

    Why it matters: many problems that are brought to a model are solved by a rule, a form or a phone call.
    What the model adds is only what it does better than these.

    Bad:
        hypothesis: {alternatives: }

    Good:
        hypothesis: {alternatives: [{name: better rules, kind: rule, why_not: They double the false alarms.}]}

    Source: AI-PM guide, lifecycle stage 1: is it an ML problem at all?
    """
    return "No simpler way is named.", "Name a rule or a process, and how far it gets."


@gap("HY113", "advice", "hypothesis.paths", requires=("HY001",))
def paths_missing() -> tuple[str, str]:
    """Asks for the model paths, compared.

    Why it matters: the rule, the simple and the complex model differ in quality, latency, cost and need of
    data. Side by side they show what the last points of quality cost.

    Bad:
        hypothesis: {paths: }

    Good:
        hypothesis: {paths: [{name: rules, quality: {recall: 55%}}, {name: boosted trees, quality: {recall: 92%}}]}

    Source: Who owns the roadmap, on model paths.
    """
    return "No model paths are compared.", "Compare the rule, the simple and the complex model."


@gap("HY114", "advice", "hypothesis.trade_off", requires=("HY001",))
def trade_off_missing() -> tuple[str, str]:
    """Asks which of speed, quality and features gives way.

    Why it matters: all three are not to be had. Where nobody chooses, the one that is noticed last gives way.

    Bad:
        hypothesis: {trade_off: }

    Good:
        hypothesis: {trade_off: {gives_way: features, why: Reasons for agents can come later.}}

    Source: Bringing an AI product to market, on choosing two.
    """
    return "The brief does not say which of speed, quality and features gives way.", "Choose one."


@gap("HY115", "warning", "hypothesis.ethics", requires=("HY001",))
def ethics_missing() -> tuple[str, str]:
    """Asks for one ethical question with its answer.

    Why it matters: who is left out, harmed or watched is cheapest to see before there is a model, and most
    often noticed by those who were not asked.

    Bad:
        hypothesis: {ethics: }

    Good:
        hypothesis: {ethics: [{question: Who is left out?, answer: People who pay with a new card.}]}

    Source: AI-PM guide, step 3.
    """
    return "No ethical question is answered.", "Start with: who is left out or harmed?"


@gap("HY117", "warning", "hypothesis.because", requires=("HY001",))
def reason_missing() -> tuple[str, str]:
    """Asks why the model should move what people do.

    Why it matters: a belief with its reason can be tested in parts. Without one a failed pilot teaches nothing
    but that it failed.

    Bad:
        hypothesis: {because: }

    Good:
        hypothesis: {because: "Fraud comes in bursts, and the rules look at one payment at a time."}

    Source: AI-PM guide, step 3.
    """
    return "The brief does not say why it should work.", "Give the reason, and what speaks for it."


@gap("HY118", "warning", "hypothesis.errors.worst_case", requires=("HY001",))
def worst_case_missing() -> tuple[str, str]:
    """Asks for the worst that one wrong prediction can do.

    Why it matters: whether errors can be tolerated, and who has to be able to stop one, follows from the worst
    case and not from the average one.

    Bad:
        hypothesis: {errors: {worst_case: }}

    Good:
        hypothesis: {errors: {worst_case: An honest customer is stranded abroad with a blocked card.}}

    Source: Bringing an AI product to market, on fault tolerance.
    """
    message = "The brief does not say the worst that a wrong prediction can do."
    return message, "Describe one case, with the person whom it happens to."


@gap("HY119", "advice", "hypothesis.without_ai", requires=("HY001",))
def without_ai_unanswered() -> tuple[str, str]:
    """Asks what one would do about the problem if AI were off the table.

    Why it matters: the answer is often cheaper than the model, sometimes enough, and always what the model has
    to beat.

    Bad:
        hypothesis: {without_ai: }

    Good:
        hypothesis: {without_ai: A confirmation in the app for every payment above 300 USD would come first.}

    Source: AI-PM guide, lifecycle stage 1: is it an ML problem at all?
    """
    message = "The brief does not say what one would do without AI."
    return message, "Say which problem remains then, and what would come first."


@gap("HY120", "advice", "hypothesis.even_if_perfect", requires=("HY001",))
def perfect_model_unexamined() -> tuple[str, str]:
    """Asks whether a machine should decide this even if it were never wrong.

    Why it matters: people object to some decisions by machine however good they are. Better data do not answer
    that, and it comes up at the launch at the latest.

    Bad:
        hypothesis: {even_if_perfect: }

    Good:
        hypothesis: {even_if_perfect: It may hold a payment. Closing an account stays with an agent.}

    Source: AI-PM guide, step 3.
    """
    message = "The brief does not say whether a perfect model should decide this."
    return message, "Say what may be left to it, and what stays with a person."


JUDGEMENT_GAPS = (
    user_metric_missing,
    user_change_missing,
    falsifier_missing,
    error_tolerance_missing,
    alternative_missing,
    paths_missing,
    trade_off_missing,
    ethics_missing,
    reason_missing,
    worst_case_missing,
    without_ai_unanswered,
    perfect_model_unexamined,
)
