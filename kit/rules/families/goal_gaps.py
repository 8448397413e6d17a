"""What step 1 is expected to hold: a goal that can be measured, and a decision that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from kit.brief import STARTER_STATEMENT
from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule


@rule("GO001", "warning")
def goal_not_started(case: Case) -> Iterator[Said]:
    """Asks for more of step 1 than the goal's statement.

    Why it matters: everything after it refers to the goal. A brief that begins with the model
    answers a question that nobody asked.

    Bad:
        goal: {statement: Reduce customer churn by 10% next quarter}
        decision:

    Good:
        goal: {statement: Reduce customer churn by 10% next quarter, metric: monthly churn}
        decision: {asked: Fund a pilot of six weeks}

    Source: AI-PM guide, step 1.
    """
    goal = case.tree.get("goal")
    if isinstance(goal, dict) and list(goal) == ["statement"] and not case.tree.get("decision"):
        message = "Nothing but the statement is written yet for the step 'Business goal'."
        yield Said(path="goal", message=message, remedy="Open its workbook.")


@rule("GO100", "warning")
def goal_not_written(case: Case) -> Iterator[Said]:
    """Finds the text that a new brief starts with.

    Why it matters: the starter text is there so that the file can be saved. It says nothing.

    Bad:
        goal: {statement: "To be written: which number moves, by how much, by when?"}

    Good:
        goal: {statement: Reduce customer churn by 10% next quarter}

    Source: AI-PM guide, step 1.
    """
    if case.brief.goal.statement == STARTER_STATEMENT:
        yield Said(
            path="goal.statement",
            message="The goal is still the starter text.",
            remedy="Write which number moves, by how much, by when.",
        )


@gap("GO101", "warning", "goal.metric", requires=("GO001",))
def goal_without_metric() -> tuple[str, str]:
    """Asks for the business metric that the goal is to move.

    Why it matters: every later step refers to the metric by its name. Without one, nobody can say
    afterwards whether the goal was reached.

    Bad:
        goal: {metric: }

    Good:
        goal: {metric: monthly churn}

    Source: AI-PM guide, step 1.
    """
    return "The goal names no business metric.", "Name it once; later steps refer to it."


@gap("GO102", "warning", "goal.unit", requires=("GO001",))
def goal_without_unit() -> tuple[str, str]:
    """Asks for what the goal's metric is counted in.

    Why it matters: 5 may be a percentage, a number of people or a sum of money, and a target in
    another unit than its baseline cannot be compared with it.

    Bad:
        goal: {unit: }

    Good:
        goal: {unit: "%"}

    Source: AI-PM guide, step 1.
    """
    remedy = "Say what it is counted in, for example % or USD/month."
    return "The goal's metric has no unit.", remedy


@gap("GO103", "warning", "goal.baseline", requires=("GO001",))
def goal_without_baseline() -> tuple[str, str]:
    """Asks where the goal's metric stands today.

    Why it matters: how far a target is away shows only from where one starts, and so does what an
    experiment has to be able to see.

    Bad:
        goal: {baseline: }

    Good:
        goal: {baseline: {value: 5.0, from: measured, source: billing export}}

    Source: AI-PM guide, step 1; OKR template.
    """
    message = "The goal does not say where the metric stands today."
    return message, "Look it up, with source and date."


@gap("GO104", "warning", "goal.target", requires=("GO001",))
def goal_without_target() -> tuple[str, str]:
    """Asks how far the goal's metric is to move.

    Why it matters: without a number any change can be called a success, and no model can be too
    weak for it.

    Bad:
        goal: {target: }

    Good:
        goal: {target: 4.5}

    Source: AI-PM guide, step 1.
    """
    message = "The goal does not say how far the metric is to move."
    return message, "Set the number to be reached."


@gap("GO105", "warning", "goal.by", requires=("GO001",))
def goal_without_date() -> tuple[str, str]:
    """Asks by which day the target is to be reached.

    Why it matters: a date is what an experiment has to end by. Without one nothing is ever late.

    Bad:
        goal: {by: }

    Good:
        goal: {by: 2027-03-31}

    Source: AI-PM guide, step 1.
    """
    return "The goal has no date.", "Say by which day the target is to be reached."


@gap("GO106", "warning", "goal.owner", requires=("GO001",))
def goal_without_owner() -> tuple[str, str]:
    """Asks who answers for the goal's metric.

    Why it matters: a metric that nobody owns is agreed on by nobody. Divisions with different
    interests then judge the same model by different numbers.

    Bad:
        goal: {owner: }

    Good:
        goal: {owner: VP Growth}

    Source: Bringing an AI product to market, on agreeing on metrics.
    """
    return "Nobody owns the goal.", "Name the role that answers for the metric."


@gap("GO107", "advice", "goal.worth", requires=("GO001",))
def goal_without_worth() -> tuple[str, str]:
    """Asks what reaching the target is worth per year.

    Why it matters: what the model may cost, and whether even a perfect one could pay, follows from
    what the goal is worth.

    Bad:
        goal: {worth: }

    Good:
        goal: {worth: {low: 0.8e6, high: 2.3e6, unit: USD/year, from: guess}}

    Source: AI-PM guide, step 1.
    """
    message = "The brief does not say what reaching the target is worth."
    return message, "Give a range per year."


@gap("GO108", "advice", "goal.levers", requires=("GO001",))
def goal_without_levers() -> tuple[str, str]:
    """Asks what is thought to move the goal's metric.

    Why it matters: a model is one lever among several. The others are what it competes with, and
    what may move the metric in the meantime.

    Bad:
        goal: {levers: }

    Good:
        goal: {levers: [content relevance, price, onboarding]}

    Source: AI-PM guide, step 1.
    """
    return "No levers are named.", "List what is thought to move the metric."


@gap("GO109", "warning", "decision.asked", requires=("GO001",))
def decision_not_asked() -> tuple[str, str]:
    """Asks what exactly is to be decided.

    Why it matters: a brief is read by somebody who has to say yes or no to something. Where nothing
    is asked, nothing is decided.

    Bad:
        decision: {asked: }

    Good:
        decision: {asked: Fund a pilot of six weeks on 5% of new subscribers}

    Source: AI-PM guide, step 1.
    """
    return "The brief asks for no decision.", "Say what exactly is to be decided."


@gap("GO110", "warning", "decision.decider", requires=("GO001",))
def decision_without_decider() -> tuple[str, str]:
    """Asks who decides.

    Why it matters: a question to everybody is answered by nobody.

    Bad:
        decision: {decider: }

    Good:
        decision: {decider: Head of Growth}

    Source: Who owns the roadmap, on the decision window.
    """
    return "Nobody is named to decide.", "Name the role that decides."


@gap("GO111", "warning", "decision.by", requires=("GO001",))
def decision_without_date() -> tuple[str, str]:
    """Asks by which day the decision is needed.

    Why it matters: every day of waiting is taken from the experiment, whose end is fixed by the
    goal's date.

    Bad:
        decision: {by: }

    Good:
        decision: {by: 2026-12-15}

    Source: Who owns the roadmap, on the decision window.
    """
    return "The decision has no date.", "Say by which day it is needed."


@gap("GO112", "advice", "goal.if_nothing", requires=("GO001",))
def doing_nothing_unexamined() -> tuple[str, str]:
    """Asks what happens if nothing is done.

    Why it matters: doing nothing is the alternative that every idea has, and the cheapest one. Where it costs
    little, others deserve the team's time first.

    Bad:
        goal: {if_nothing: }

    Good:
        goal: {if_nothing: Losses follow the growth in online payments.}

    Source: AI-PM guide, step 1.
    """
    message = "The brief does not say what happens if nothing is done."
    return message, "Say what it would cost, and whom."


GOAL_GAPS = (
    goal_not_started,
    goal_not_written,
    goal_without_metric,
    goal_without_unit,
    goal_without_baseline,
    goal_without_target,
    goal_without_date,
    goal_without_owner,
    goal_without_worth,
    goal_without_levers,
    decision_not_asked,
    decision_without_decider,
    decision_without_date,
    doing_nothing_unexamined,
)
