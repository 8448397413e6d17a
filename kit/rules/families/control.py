"""Step 3: who can stop a wrong prediction, and how soon an answer is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.harms import final_harm
from kit.rules.vocabulary.patterns import late


@rule("HY206", "warning", requires=("HY106",))
def answer_needed_at_once(case: Case) -> Iterator[Said]:
    """Finds predictions made in batches for an action that waits for them: before the payment is approved.

    Why it matters: a batch of last night knows nothing of the payment that is being made now. Real time
    asks for other data, another latency and another cost.

    Bad:
        hypothesis: {serving: batch}

    Good:
        hypothesis: {serving: batch, capability: a score per account, action: Accounts are reviewed each morning.}

    Source: AI-PM guide, step 3 and lifecycle stage 5.
    """
    if case.at("hypothesis.serving") != "batch":
        return
    texts = {
        key: case.text(f"hypothesis.{key}") for key in ("action", "capability", "entity", "outcome")
    }
    if any(_BEFOREHAND.search(text) for text in texts.values()):
        return
    for key, text in texts.items():
        found = next(
            (one for one in _AT_ONCE.finditer(text) if not _NOT.search(text[: one.start()])), None
        )
        if found:
            yield Said(
                path="hypothesis.serving",
                message=f'hypothesis.serving is batch, and hypothesis.{key} says "{found[0]}".',
                remedy="Choose real time, or say in the action that the answers are worked out beforehand.",
            )
            return


@rule("HY207", "error", requires=("HY107", "HY111"))
def intolerant_without_a_person(case: Case) -> Iterator[Said]:
    """Finds errors that are called intolerant, and nobody in control.

    Why it matters: intolerant means that a wrong prediction does harm. With nobody who decides, approves or
    can override, every wrong prediction does.

    Bad:
        hypothesis: {control: none, errors: {tolerance: intolerant}}

    Good:
        hypothesis: {control: approves, errors: {tolerance: intolerant}}

    Source: Bringing an AI product to market, on fault tolerance.
    """
    if _automatic(case) and case.at("hypothesis.errors.tolerance") == "intolerant":
        yield Said(
            path="hypothesis.control",
            message="hypothesis.control is none, and hypothesis.errors.tolerance is intolerant: what does harm "
            "is stopped by nobody.",
            remedy="Let a person decide, approve or override, or say why the errors can be tolerated.",
        )


@rule("HY208", "warning", requires=("HY107", "HY207"))
def automatic_and_irreversible(case: Case) -> Iterator[Said]:
    """Finds a worst case that cannot be undone where nobody is in control, or nobody could be in time.

    Why it matters: an override that comes after an arrest, an injury or a dismissal overrides nothing.

    Bad:
        hypothesis:
          control: none
          errors: {tolerance: tolerant, worst_case: An honest customer is arrested at the counter.}

    Good:
        hypothesis:
          control: approves
          errors: {tolerance: intolerant, worst_case: An honest customer is arrested at the counter.}

    Source: Bringing an AI product to market, on fault tolerance.
    """
    worst = case.text("hypothesis.errors.worst_case")
    found = final_harm(worst)
    if found is None:
        return
    why = "none" if _automatic(case) else _too_late(case)
    if why:
        yield Said(
            path="hypothesis.control",
            message=f'hypothesis.control is {why}, and the worst case, "{found}", cannot be undone.',
            remedy="Let a person decide or approve before it happens, or leave such cases out.",
        )


@rule("HY214", "advice", requires=("HY102", "HY107", "HY207"))
def generation_without_a_check(case: Case) -> Iterator[Said]:
    """Finds texts or pictures that are generated and that nobody reads before they are used.

    Why it matters: a generated text can be fluent and false. Where nobody reads it first, its readers are
    the test.

    Bad:
        hypothesis: {task: generation, control: none, errors: {tolerance: tolerant}}

    Good:
        hypothesis: {task: generation, control: approves, errors: {tolerance: tolerant}}

    Source: AI-PM guide, lifecycle stage 4.
    """
    if case.at("hypothesis.task") == "generation" and _automatic(case):
        yield Said(
            path="hypothesis.control",
            message="hypothesis.task is generation, and hypothesis.control is none: nobody reads what is false.",
            remedy="Let somebody approve it, check a sample, or show the source beside each statement.",
        )


@rule("HY222", "advice", requires=("HY106",))
def real_time_for_a_round(case: Case) -> Iterator[Said]:
    """Finds predictions in real time for an action that is taken once a day, or more seldom.

    Why it matters: a list that goes out each Monday can be worked out on Sunday night. Real time asks for other
    data, another latency and another cost, and nobody would notice that it is gone.

    Bad:
        hypothesis: {serving: real time, action: Thirty accounts are put on the list each Monday.}

    Good:
        hypothesis: {serving: batch, action: Thirty accounts are put on the list each Monday.}

    Source: AI-PM guide, step 3 and lifecycle stage 5.
    """
    if case.at("hypothesis.serving") != "real time":
        return
    action = case.text("hypothesis.action")
    found = _ROUND.search(action)
    if found and not _AT_ONCE.search(action) and not _AS_IT_COMES.search(action):
        yield Said(
            path="hypothesis.serving",
            message=f'hypothesis.serving is real time, and hypothesis.action says "{found[0]}".',
            remedy="Choose batch, or say in the action what has to happen at once.",
        )


_DECIDED = r"(?:approved|authori[sz]ed|accepted|declined|sent|published|posted|shown|processed|completed|executed)"
_MADE_NOW = (
    r"(?:payment|transaction|purchase|message|comment|post|reply|page|query|trade|login|checkout)s?"
)
_AT_ONCE = late(
    r"\b(?:in )?real[- ]time\b|\binstant(?:ly|aneous(?:ly)?)\b|\bon the fly\b|"
    r"\b(?:with)?in (?:a |one |two |a few |seconds or |\d+ ?)?(?:milli)?seconds?\b|\b(?:with)?in \d+ ?m?s\b|"
    rf"\bbefore (?:the |a |an |each |every |any )?(?:\w+ )?{_MADE_NOW} (?:is|are|has been|gets?|goes) {_DECIDED}\b|"
    rf"\b{_MADE_NOW}\b[^.;]{{0,40}}\bbefore (?:it|they) (?:is|are|gets?) {_DECIDED}\b|"
    r"\b(?:while|as) (?:they|you|we|he|she|(?:the |a |an )?\w+) (?:is |are )?(?:still )?"
    r"(?:typing|types?|speaking|speaks?|talking|driving|paying)\b|"
    r"\b(?:during|in|on|into) (?:a |the |each |every )?live (?:call|chat|conversation|stream|session|traffic|ride)s?\b|"
    r"\b(?:basket|cart|payment|purchase)\b[^.;]{0,40}\bat (?:the )?checkout\b|"
    r"\bat (?:the )?checkout\b[^.;]{0,40}\b(?:basket|cart|payment|purchase)\b|"
    r"(?<!\bat )(?<!\bfrom )\bthe moment (?:it|they|he|she|someone|somebody|a|an|the) \w+",
    re.IGNORECASE,
)
_BEFOREHAND = late(
    r"\b(?:beforehand|in advance|pre-?computed|overnight|nightly|(?:each|every|the) night|the night before|cached|"
    r"hourly|daily|weekly|monthly|(?:each|every) (?:hour|day|morning|evening|week|month|monday|shift)|looked up|"
    r"the next (?:day|morning|shift|week))\b",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_OFTEN = rf"(?:day|night|morning|evening|week|weekend|fortnight|month|quarter|year|{_WEEKDAY})(?! at (?:the )?most)"
_ROUND = late(
    rf"\b(?<!of )(?:each|every|once an?|once per) (?:working )?{_OFTEN}\b|\bon {_WEEKDAY}s\b|\b(?:overnight|nightly)\b",
    re.IGNORECASE,
)
_AS_IT_COMES = late(
    r"\b(?:at once|immediate(?:ly)?|live|automatic(?:ally)?|as soon as|whenever|when (?:an?|the|it|they|he|she)|"
    r"straight away|right away|hours?|minutes?|seconds?|while|before|also|updated?)\b",
    re.IGNORECASE,
)
_NOT = late(
    r"\b(?:not|no|never|nor|without|near|rather than|instead of)\b[^.;,]{0,25}$", re.IGNORECASE
)
_SOON = late(
    r"\b(?:at once|automatic(?:ally)?|immediate(?:ly)?|instant(?:ly)?|straight away|right away|"
    r"within (?:a |one |\d+ )?(?:milli)?seconds?)\b",
    re.IGNORECASE,
)


def _automatic(case: Case) -> bool:
    return bool(case.at("hypothesis.control") == "none")


def _too_late(case: Case) -> str:
    """The words for an override that nobody could make in time; none where somebody could."""
    override = case.at("hypothesis.control") == "can override"
    soon = _SOON.search(case.text("hypothesis.action"))
    if not override or soon is None or case.at("hypothesis.serving") != "real time":
        return ""
    return f'can override, the action comes "{soon[0]}"'


CONTROL = (
    answer_needed_at_once,
    intolerant_without_a_person,
    automatic_and_irreversible,
    generation_without_a_check,
    real_time_for_a_round,
)
