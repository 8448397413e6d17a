"""Step 4: a decision table that leaves nothing open and ships no harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from kit.brief.metrics import Verdict
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late

_RESULTS = tuple(product(("up", "flat", "down"), ("ok", "unclear", "worse")))

# Talk that goes on, and what could end it: a time, somebody who decides, or what is done otherwise.
_TALK = late(
    r"\b(?:discuss\w*|talk\w*|debate\w*|negotiat\w*|consensus|agree\w*|unanim\w*|compromise\w*|meet(?:s|ings?)?|"
    r"together|jointly)\b",
    re.IGNORECASE,
)
_SPAN = r"[ -]+(?:\w+[ -]+)?(?:hours?|days?|weeks?|months?|sprints?|quarters?|meetings?|rounds?)\b"
_END = late(
    rf"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|thirty){_SPAN}|"
    rf"\b(?:within|after|in|by|until|for) (?:an?|one|the (?:same|next|end of the)|this){_SPAN}|"
    r"\b(?:deadline|overnight|tomorrow|before the)\b|"
    r"\b(?:c[a-z]o|vp|chief|head|director|manager|officer|president|chair\w*|board|committee|council|leader|owner|"
    r"sponsor|minister|partner|founders?|counsel|boss|management|editor|judge|arbit\w+|mediat\w+|escalat\w+|"
    r"decides|decider|casting vote|last word|final say|veto)\b|"
    r"\b(?:then|default\w*|otherwise|else|meanwhile|stays?|remains?|stops?|nothing|not (?:built|shipped|launched)|"
    r"wins?|counts?|votes?|majority|lots?|coin|is taken|falls? back|status quo|today|postpon\w+|drop(?:s|ped)?|"
    r"goes ahead|tested?|trial|experiment)\b",
    re.IGNORECASE,
)


@rule("ME309", "warning", requires=("ME112",))
def decision_table_with_a_hole(case: Case) -> Iterator[Said]:
    """Lists the results, of success and of the guardrails, that the decision table leaves out.

    Why it matters: the table is there for the results that nobody hopes for. What it leaves out is argued about when
    the numbers are in, by people who know which answer they want.

    Bad:
        metrics: {decision_table: [{}, {success: up, guardrails: ok, then: ship}]}

    Good:
        metrics: {decision_table: [{success: up, guardrails: ok, then: ship}]}

    Source: Bringing an AI product to market, on experiments; Roadmap template, on decision points.
    """
    told = {_result(one) for _, one in case.entries("metrics.decision_table")}
    missing = [result for result in _RESULTS if result not in told]
    if told and missing:
        listed = "; ".join(f"success {success}, guardrails {guards}" for success, guards in missing)
        yield Said(
            path="metrics.decision_table",
            message=f"{len(missing)} of 9 results lead nowhere: {listed}.",
            remedy="Add a row for each, agreed before the test.",
        )


@rule("ME310", "error", requires=("ME112",))
def decision_table_says_two_things(case: Case) -> Iterator[Said]:
    """Finds a result that leads to two different decisions.

    Why it matters: each side will point to the row that it likes, and the table has decided nothing.

    Bad:
        metrics: {decision_table: [{success: flat, guardrails: ok, then: stop}]}

    Good:
        metrics: {decision_table: [{success: up, guardrails: ok, then: ship}]}

    Source: Who owns the roadmap, on the decision window.
    """
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for row, (path, one) in enumerate(case.entries("metrics.decision_table"), start=1):
        at, then = first.setdefault(_result(one), (row, one.then))
        if then != one.then:
            yield Said(
                path=path,
                message=f"Success {one.success} with guardrails {one.guardrails} leads to {one.then} here, and to "
                f"{then} in row {at}.",
                remedy="Keep one of the two.",
            )


@rule("ME311", "warning", requires=("ME112",))
def harm_is_shipped(case: Case) -> Iterator[Said]:
    """Finds rows that ship a change which broke a guardrail, or made the success metric worse.

    Why it matters: a launch is easily decided on and hard to take back. A guardrail that stops nothing is none, and if
    a worse result ships as well, the test decides nothing.

    Bad:
        metrics: {decision_table: [{}, {}, {}, {}, {}, {success: flat, guardrails: worse, then: ship}]}

    Good:
        metrics: {decision_table: [{}, {}, {}, {}, {}, {success: flat, guardrails: worse, then: stop}]}

    Source: Bringing an AI product to market, on guardrails.
    """
    for path, one in case.entries("metrics.decision_table"):
        if (one.success == "down" or one.guardrails == "worse") and one.then == "ship":
            yield Said(
                path=f"{path}.then",
                message=f"Success {one.success} with guardrails {one.guardrails} leads to ship.",
                remedy="Choose another way: extend, pivot, discuss or stop.",
            )


@rule("ME315", "warning", requires=("ME112", "ME310"))
def success_leads_to_stop(case: Case) -> Iterator[Said]:
    """Finds a table in which the wanted result, with the guardrails in order, leads to stop or to pivot.

    Why it matters: if even this does not ship, the test cannot change what is done, and need not be run. Most often
    two rows were mixed up, and the other one ships what it should not.

    Bad:
        metrics: {decision_table: [{success: up, guardrails: ok, then: stop}]}

    Good:
        metrics: {decision_table: [{success: up, guardrails: ok, then: ship}]}

    Source: Bringing an AI product to market, on experiments; Roadmap template, on decision points.
    """
    for path, one in case.entries("metrics.decision_table"):
        if _result(one) == ("up", "ok") and one.then in ("stop", "pivot"):
            yield Said(
                path=f"{path}.then",
                message=f"Success up with guardrails ok leads to {one.then}.",
                remedy="Choose ship or extend; if success is something else, set a higher target.",
            )


@rule("ME316", "advice", requires=("ME112", "ME121"))
def deadlock_without_an_end(case: Case) -> Iterator[Said]:
    """Finds a rule for a deadlock that says only that people talk until they agree.

    Why it matters: that is what a deadlock is. As long as nothing ends it, whoever wants no decision has won, and the
    window for the launch closes meanwhile.

    Bad:
        metrics: {deadlock: We go on talking until all agree}

    Good:
        metrics: {deadlock: After seven days the option with the shortest path to customer feedback is taken}

    Source: Who owns the roadmap, on the decision window.
    """
    text = case.text("metrics.deadlock")
    if _TALK.search(text) and not _END.search(text):
        yield Said(
            path="metrics.deadlock",
            message="The rule for a deadlock names no days, nobody who decides, and no default.",
            remedy="Say after how many days it ends, and what is done then or who decides.",
        )


def _result(one: Verdict) -> tuple[str, str]:
    return one.success, one.guardrails


VERDICTS = (
    decision_table_with_a_hole,
    decision_table_says_two_things,
    harm_is_shipped,
    success_leads_to_stop,
    deadlock_without_an_end,
)
