"""What step 2 is expected to hold: who has which problem, how one knows, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule


@rule("PR001", "warning")
def problem_not_started(case: Case) -> Iterator[Said]:
    """Asks for step 2.

    Why it matters: a model can be right about something that troubles nobody. Who has the problem, and how one
    knows, comes before any talk of a solution.

    Bad:
        problem:

    Good:
        problem: {who: subscribers in their first 30 days}

    Source: AI-PM guide, step 2.
    """
    if not case.tree.get("problem"):
        message = "Nothing is written yet for the step 'User problem'."
        yield Said(path="problem", message=message, remedy="Open its workbook.")


@gap("PR101", "warning", "problem.who", requires=("PR001",))
def problem_without_segment() -> tuple[str, str]:
    """Asks who has the problem.

    Why it matters: a segment tells whom to ask, whom to test with, and who will not care. Without one, a problem
    that few have looks as if everybody had it.

    Bad:
        problem: {who: }

    Good:
        problem: {who: subscribers in their first 30 days who have played fewer than three items}

    Source: AI-PM guide, step 2.
    """
    return "The brief does not say who has the problem.", "Name the segment."


@gap("PR102", "warning", "problem.statement", requires=("PR001",))
def problem_not_stated() -> tuple[str, str]:
    """Asks what the problem is, in the user's own words.

    Why it matters: said by a user it can be checked with the next one. Said by the team it is most often the
    lack of what the team would like to build.

    Bad:
        problem: {statement: }

    Good:
        problem: {statement: "I open the app, see nothing for me, and leave."}

    Source: AI-PM guide, step 2.
    """
    return "The problem is not stated.", "Write it in the user's own words, without a solution."


@gap("PR103", "warning", "problem.evidence", requires=("PR001",))
def problem_without_evidence() -> tuple[str, str]:
    """Asks what shows that the problem is real.

    Why it matters: building costs months, and asking costs days. A problem that nobody has looked for is a bet,
    however plausible it sounds.

    Bad:
        problem: {evidence: }

    Good:
        problem: {evidence: [{kind: survey, finding: 41% chose "nothing for me", source: exit survey, n: 612}]}

    Source: AI-PM guide, step 2.
    """
    message = "Nothing shows that the problem is real."
    return message, "Add a finding with its source and sample size."


@gap("PR104", "advice", "problem.evidence.*.source", requires=("PR001",))
def evidence_without_source() -> tuple[str, str]:
    """Asks where each finding can be looked up.

    Why it matters: a finding that is handed on without its source grows on the way. Who can look it up can also see
    what was asked, of whom, and when.

    Bad:
        problem: {evidence: [{source: }]}

    Good:
        problem: {evidence: [{source: chargebacks of the third quarter, matched to rule hits}]}

    Source: AI-PM guide, step 2.
    """
    return "It has no source.", "Say where it can be looked up."


@gap("PR105", "advice", "problem.today", requires=("PR001",))
def problem_without_workaround() -> tuple[str, str]:
    """Asks how people cope today.

    Why it matters: what they do now is what the model has to beat, and what it takes shows how much it hurts. Where
    nobody does anything, it may not hurt at all.

    Bad:
        problem: {today: }

    Good:
        problem: {today: Agents work through the queue by amount}

    Source: AI-PM guide, step 2.
    """
    return "The brief does not say how people cope today.", "Describe what they do now."


@gap("PR106", "warning", "problem.reach", requires=("PR001",))
def problem_without_reach() -> tuple[str, str]:
    """Asks how many are affected.

    Why it matters: reach times harm is the most that a solution can bring. It also bounds how many an experiment can
    hope to enrol.

    Bad:
        problem: {reach: }

    Good:
        problem: {reach: {value: 4000, unit: people/month, from: guess}}

    Source: AI-PM guide, step 2.
    """
    message = "The brief does not say how many are affected."
    return message, "Give a number, with its unit and source."


@gap("PR107", "advice", "problem.frequency", requires=("PR001",))
def problem_without_frequency() -> tuple[str, str]:
    """Asks how often the problem occurs.

    Why it matters: what happens once a year is borne, and there is little to learn a model from. What happens
    every day is worth solving even where it hurts little.

    Bad:
        problem: {frequency: }

    Good:
        problem: {frequency: About one payment in a thousand}

    Source: AI-PM guide, step 2.
    """
    message = "The brief does not say how often the problem occurs."
    return message, "Say how often, for example on every third trip."


@gap("PR108", "advice", "problem.severity", requires=("PR001",))
def problem_without_severity() -> tuple[str, str]:
    """Asks how much the problem hurts when it occurs.

    Why it matters: many small annoyances and a few disasters may cost the same, and they ask for different
    solutions. How much an error may cost follows from it as well.

    Bad:
        problem: {severity: }

    Good:
        problem: {severity: "About 110 USD, and an hour on the telephone"}

    Source: AI-PM guide, step 2.
    """
    message = "The brief does not say how much the problem hurts."
    return message, "Say what it costs those who have it, in time, money or worry."


PROBLEM_GAPS = (
    problem_not_started,
    problem_without_segment,
    problem_not_stated,
    problem_without_evidence,
    evidence_without_source,
    problem_without_workaround,
    problem_without_reach,
    problem_without_frequency,
    problem_without_severity,
)
