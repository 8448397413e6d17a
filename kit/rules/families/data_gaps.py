"""What step 5 is expected to hold: sources that can be had in time, and what comes back from use."""

from __future__ import annotations

from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule


@rule("DA001", "warning")
def data_not_started(case: Case) -> Iterator[Said]:
    """Asks for step 5.

    Why it matters: most plans for a model end at data that cannot be had, or that are not there yet when the
    prediction is made. Both can be found out before anything is built.

    Bad:
        data:

    Good:
        data: {sources: [{name: clickstream, owner: data platform, access: have}]}

    Source: AI-PM guide, step 5.
    """
    if not case.tree.get("data"):
        message = "Nothing is written yet for the step 'Data requirements'."
        yield Said(path="data", message=message, remedy="Open its workbook.")


@gap("DA101", "warning", "data.sources", requires=("DA001",))
def source_missing() -> tuple[str, str]:
    """Asks for the sources that the model needs.

    Why it matters: what a model cannot see it cannot learn. The list shows who has to be asked, and what is not
    there at all.

    Bad:
        data: {sources: }

    Good:
        data: {sources: [{name: payment stream, holds: [card, shop, amount, time]}]}

    Source: AI-PM guide, step 5.
    """
    return "No data source is named.", "List every source that the model needs."


@gap("DA102", "warning", "data.sources.*.owner", requires=("DA001",))
def source_without_owner() -> tuple[str, str]:
    """Asks which team answers for each source.

    Why it matters: a table changes without notice as long as nobody answers for it, and the model that reads it
    fails in silence.

    Bad:
        data: {sources: [{owner: }]}

    Good:
        data: {sources: [{owner: payments platform}]}

    Source: AI-PM guide, step 5, and on who is responsible for what.
    """
    return "It has no owner.", "Name the team that answers for it."


@gap("DA103", "warning", "data.sources.*.access", requires=("DA001",))
def source_without_access() -> tuple[str, str]:
    """Asks whether each source can be had.

    Why it matters: access that has yet to be granted takes longer than training does. A plan that takes it for
    granted is late before it starts.

    Bad:
        data: {sources: [{access: }]}

    Good:
        data: {sources: [{access: have}]}

    Source: AI-PM guide, step 5.
    """
    return "It is not said whether it can be had.", "Choose: have, asked or blocked."


@gap("DA104", "warning", "data.sources.*.refresh", requires=("DA001",))
def source_without_refresh() -> tuple[str, str]:
    """Asks how often each source is updated.

    Why it matters: a prediction is no fresher than what it was made from. How old that may be decides between batch
    and real time.

    Bad:
        data: {sources: [{refresh: }]}

    Good:
        data: {sources: [{refresh: live}]}

    Source: OKR template, on data freshness.
    """
    return "It is not said how often it is updated.", "Say it, for example daily."


@gap("DA105", "warning", "data.sources.*.history", requires=("DA001",))
def source_without_history() -> tuple[str, str]:
    """Asks how far back each source goes.

    Why it matters: what happens once a year is seen once in twelve months of data, and never in six. The history also
    bounds how many examples there are.

    Bad:
        data: {sources: [{history: }]}

    Good:
        data: {sources: [{history: 26 months}]}

    Source: Bringing an AI product to market, on time and season.
    """
    return "It is not said how far back it goes.", "Say it, for example 18 months."


@gap("DA106", "warning", "data.sources.*.known_at_prediction", requires=("DA001",))
def prediction_time_unchecked() -> tuple[str, str]:
    """Asks whether each source is known at the moment of prediction.

    Why it matters: a field that is filled in afterwards tells the model the answer. It looks excellent in the test
    and is useless on the first day.

    Bad:
        data: {sources: [{known_at_prediction: }]}

    Good:
        data: {sources: [{known_at_prediction: true}]}

    Source: Kaufman et al. (2012), Leakage in data mining.
    """
    message = "It is not said whether it is known at the moment of prediction."
    return message, "Check, and say true or false."


@gap("DA107", "advice", "data.sources.*.bias", requires=("DA001",))
def bias_unanswered() -> tuple[str, str]:
    """Asks who or what each source shows too much or too little of.

    Why it matters: a model is worst for those it has seen least, and the log of an old product holds only what that
    product let people do.

    Bad:
        data: {sources: [{bias: }]}

    Good:
        data: {sources: [{bias: Refused payments have no outcome, so nobody knows what they would have been}]}

    Source: Bringing an AI product to market, on bias through interface and survey design.
    """
    message = "Its bias is not discussed."
    return message, "Say who or what is over- or under-represented."


@gap("DA111", "advice", "data.feedback", requires=("DA001",))
def feedback_missing() -> tuple[str, str]:
    """Asks what comes back from use, to learn from.

    Why it matters: what people skip, undo or correct is the cheapest label there is, but only if the product was
    built to keep it.

    Bad:
        data: {feedback: }

    Good:
        data: {feedback: {implicit: [payment tried again], explicit: [agent overrides a flag]}}

    Source: AI-PM guide, on human in the loop.
    """
    message = "No signal from use comes back."
    return message, "Name what people do or say that could be learned from."


@gap("DA112", "advice", "data.moat", requires=("DA001",))
def moat_missing() -> tuple[str, str]:
    """Asks what about the data is hard to copy.

    Why it matters: models can be bought by everybody. What lasts is data that others do not have; where there are
    none, that is worth knowing too.

    Bad:
        data: {moat: }

    Good:
        data: {moat: Twenty-six months of our own payments with confirmed outcomes}

    Source: AI-PM guide, on data strategy.
    """
    message = "Nothing is said about what is hard to copy."
    return message, "Say what is proprietary, or why nothing is."


@gap("DA115", "warning", "data.sources.*.personal", requires=("DA001",))
def personal_data_unsaid() -> tuple[str, str]:
    """Asks whether each source holds personal data.

    Why it matters: personal data need a legal basis, and some may not be used at all. To find that out after the
    training costs the training.

    Bad:
        data: {sources: [{personal: }]}

    Good:
        data: {sources: [{personal: true, basis: contract}]}

    Source: AI-PM guide, step 5; General Data Protection Regulation, article 6.
    """
    message = "It is not said whether it holds personal data."
    return message, "Check, and say true or false."


@gap("DA116", "warning", "data.sources.*.holds", requires=("DA001",))
def source_without_fields() -> tuple[str, str]:
    """Asks which fields of each source matter here.

    Why it matters: a name such as "warehouse" says nothing. Only the fields show whether the source holds what
    is needed, whether it is personal, and whether it gives the answer away.

    Bad:
        data: {sources: [{holds: }]}

    Good:
        data: {sources: [{holds: [card, device, shop, amount, country, time]}]}

    Source: AI-PM guide, step 5.
    """
    return "It is not said what it holds.", "List the fields that matter here."


@gap("DA118", "advice", "data.retrain", requires=("DA001",))
def retraining_missing() -> tuple[str, str]:
    """Asks how often, or at which sign, the model is trained again.

    Why it matters: people and products change, and a model does not by itself. Who trains it again, and when,
    has to be in somebody's plan before the launch.

    Bad:
        data: {retrain: }

    Good:
        data: {retrain: "weekly, on payments older than 45 days"}

    Source: AI-PM guide, stage 6, on retraining.
    """
    message = "It is not said how often the model is retrained."
    return message, "Say how often, for example monthly, or at which sign."


DATA_GAPS = (
    data_not_started,
    source_missing,
    source_without_owner,
    source_without_access,
    source_without_refresh,
    source_without_history,
    prediction_time_unchecked,
    bias_unanswered,
    feedback_missing,
    moat_missing,
    personal_data_unsaid,
    source_without_fields,
    retraining_missing,
)
