"""Step 1: what the brief says of its decision, and whether it was taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late

_STILL_OPEN = late(
    r"^\W*(?:none|nothing|open|pending|tbd|todo|unknown|undecided|not |no decision|still |to be |awaiting|waiting|"
    r"propos\w*|recommend\w*|expected|draft)\b",
    re.IGNORECASE,
)


@rule("GO210", "warning", requires=("GO001",))
def decided_without_outcome(case: Case) -> Iterator[Said]:
    """Finds a brief that is called decided and does not say what was decided.

    Why it matters: a year later people remember that there was a decision, and each remembers another one. Why
    it fell so is what the next brief can learn from.

    Bad:
        status: decided
        decision: {outcome: }

    Good:
        status: decided
        decision: {outcome: The silent run is funded. Blocking is decided on after it.}

    Source: AI-PM guide, step 1; Who owns the roadmap, on the decision window.
    """
    if case.is_decided:
        for path in case.gaps("decision.outcome"):
            yield Said(
                path=path,
                message="The status is decided, and the brief does not say what was decided.",
                remedy="Write what was decided and why, or set the status back to in review.",
            )


@rule("GO211", "advice")
def outcome_before_the_decision(case: Case) -> Iterator[Said]:
    """Finds an outcome of the decision in a brief that is still a draft, or in review.

    Why it matters: the reader cannot tell whether there is anything left to decide. What is only proposed
    belongs into what is asked.

    Bad:
        status: draft
        decision: {outcome: The silent run is funded.}

    Good:
        status: decided
        decision: {outcome: The silent run is funded.}

    Source: AI-PM guide, step 1.
    """
    status, outcome = case.brief.status, case.text("decision.outcome")
    if case.is_decided or not outcome or _STILL_OPEN.match(outcome):
        return
    unsaid = "" if "status" in case.tree else ", as none is written"
    yield Said(
        path="status",
        message=f"An outcome of the decision is written down, and the status is {status}{unsaid}.",
        remedy="Set the status to decided, or move what is only proposed to decision.asked.",
    )


DECISION = (
    decided_without_outcome,
    outcome_before_the_decision,
)
