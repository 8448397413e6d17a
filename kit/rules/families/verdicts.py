"""Step 4: a decision table that leaves nothing open and ships no harm."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kit.brief.metrics import Verdict
from kit.rules.case import Case
from kit.rules.rule import Said, rule

_RESULTS = tuple(product(("up", "flat", "down"), ("ok", "unclear", "worse")))


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
    """Finds rows that ship a change which helped nobody and did harm, or made the success metric worse.

    Why it matters: a launch is easily decided on and hard to take back. If even this result ships, the test decides
    nothing.

    Bad:
        metrics: {decision_table: [{}, {}, {}, {}, {}, {success: flat, guardrails: worse, then: ship}]}

    Good:
        metrics: {decision_table: [{}, {}, {}, {}, {}, {success: flat, guardrails: worse, then: stop}]}

    Source: Bringing an AI product to market, on guardrails.
    """
    for path, one in case.entries("metrics.decision_table"):
        harmed = one.success == "down" or (one.success == "flat" and one.guardrails == "worse")
        if harmed and one.then == "ship":
            yield Said(
                path=f"{path}.then",
                message=f"Success {one.success} with guardrails {one.guardrails} leads to ship.",
                remedy="Choose another way: extend, pivot, discuss or stop.",
            )


def _result(one: Verdict) -> tuple[str, str]:
    return one.success, one.guardrails


VERDICTS = (
    decision_table_with_a_hole,
    decision_table_says_two_things,
    harm_is_shipped,
)
