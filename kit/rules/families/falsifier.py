"""Step 3: the observation that would prove the hypothesis wrong, and the change that is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from kit.appraisal.reading import said
from kit.rules.case import Case
from kit.rules.names import nearly_same, plain
from kit.rules.rule import Said, rule


@rule("HY201", "warning", requires=("HY110",))
def falsifier_repeats_the_goal(case: Case) -> Iterator[Said]:
    """Finds a falsifier that says no more than that the goal is missed.

    Why it matters: a goal is missed for many reasons, and by then the money is spent. A falsifier says what
    would be seen if the model did its part and the goal did not follow.

    Bad:
        hypothesis: {wrong_if: fraud blocked per quarter does not reach $1.2M}

    Good:
        hypothesis: {wrong_if: false positives fall by 15%, and fraud blocked per quarter stays where it is}

    Source: AI-PM guide, step 3.
    """
    sentence = case.text("hypothesis.wrong_if")
    words = _words(sentence)
    named = _GOAL | (_words(case.text("goal.metric")) - _FILL - _NOUNS)
    if words & named and not _CONTRAST.search(sentence) and words <= _of_the_goal(case):
        expected = case.text("hypothesis.expected.metric") or "what users do changes as expected"
        yield Said(
            path="hypothesis.wrong_if",
            message="hypothesis.wrong_if says only that the goal is missed.",
            remedy="Say what would be seen if the model did its part and the goal did not follow, "
            f"beginning with: {expected}.",
        )


@rule("HY202", "warning", requires=("HY110",))
def falsifier_without_observation(case: Case) -> Iterator[Said]:
    """Finds a falsifier that passes a verdict ("it does not work") and names nothing to be seen.

    Why it matters: whether something works is what people will argue about. What was observed, and how
    much of it, ends the argument.

    Bad:
        hypothesis: {wrong_if: the model does not work well enough}

    Good:
        hypothesis: {wrong_if: precision stays below 94% in the silent run}

    Source: AI-PM guide, step 3.
    """
    sentence = case.text("hypothesis.wrong_if")
    words = _words(sentence)
    measured = _words(case.text("goal.metric")) | _words(case.text("hypothesis.expected.metric"))
    vague = words & _VERDICTS and words <= _FILL | _NOUNS | _VERDICTS
    if vague and not words & (measured - _FILL) and not re.search(r"\d", sentence):
        yield Said(
            path="hypothesis.wrong_if",
            message="hypothesis.wrong_if passes a verdict and names nothing that could be observed.",
            remedy="Name what is measured, where, and the number at which the idea is given up.",
        )


@rule("HY203", "warning", requires=("HY108", "ME105"))
def expected_metric_nowhere(case: Case) -> Iterator[Said]:
    """Looks for the user metric of the hypothesis among the metrics of step 4.

    Why it matters: a change that is expected and measured nowhere can neither come nor stay away. Names
    are compared loosely.

    Bad:
        hypothesis: {expected: {metric: trust in the app}}

    Good:
        hypothesis: {expected: {metric: False positives}}

    Source: AI-PM guide, step 3.
    """
    expected = case.text("hypothesis.expected.metric")
    if not expected or case.at("metrics.adoption") is None:
        return
    if any(_alike(expected, name) for name in _metrics(case)):
        return
    there = ", ".join(entry.name for _, entry in case.entries("metrics.adoption"))
    yield Said(
        path="hypothesis.expected.metric",
        message=f"hypothesis.expected.metric is {expected!r}, and no metric of step 4 is called so.",
        remedy=f"Add it to metrics.adoption, or choose one that is there: {there}.",
    )


_WORD = re.compile(r"\d[\d.,]*|[^\W\d_]+")
_ENDINGS = ("ing", "ed", "es", "s", "e")
_CONTRAST = re.compile(
    r"\b(?:but|although|though|while|yet|despite|whereas|however|even|and)\b", re.IGNORECASE
)


def _words(text: str) -> frozenset[str]:
    """The words of a text without their endings, and its numbers."""
    return frozenset(_stem(found) for found in _WORD.findall(text.casefold()))


def _stem(word: str) -> str:
    if word[0].isdigit():
        digits = word.replace(",", "").rstrip(".")
        return f"{float(digits):g}" if digits.count(".") < 2 else digits
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not word.endswith("ss"):
            return stem
    return word


_FILL = _words(
    "a an the this that these those it its we our us they their there is are was were be been has have had "
    "do does did done not no nor never none neither cannot can could will would won wont don doesn didn t s "
    "to of in on at by for from with per as if when once then so or into within until before after during "
    "over under again still also just only any all least most more less fewer too very much far enough than "
    "fall falls fell drop dropped decrease decline go goes went gone down up rise rose grow grew increase "
    "improve reduce change move stay remain keep kept reach hit meet met achieve attain miss fail fails get "
    "bring brought lower higher above below same unchanged flat better worse short exceed cut raise lift "
    "end day week month quarter year date deadline next later time today now current long percent point"
)
_GOAL = _words("goal target kpi objective needle okr")
_NOUNS = _words(
    "model feature product system solution project idea hypothesis approach tool ai ml prediction "
    "user customer people team everyone nobody"
)
_VERDICTS = _words(
    "work good bad well poor poorly wrong right useful useless helpful help like love happy unhappy accurate "
    "precise effective ineffective success successful succeed unsuccessful fail fails failure perform "
    "performance deliver value valuable benefit impact effect difference improvement progress disappoint "
    "disappointing expect expectation hope turn out prove see show make sense worth worthwhile result outcome "
    "pilot test experiment trial quality nothing something thing often trust satisfied satisfactory"
)


def _of_the_goal(case: Case) -> frozenset[str]:
    """All words in which one can say that the goal is missed."""
    ends = (case.number("goal.baseline"), case.number("goal.target"))
    numbers = " ".join(said(end) for end in ends if end)
    own = (case.text("goal.metric"), case.text("goal.unit"), case.brief.goal.statement, numbers)
    named = _words(" ".join((*own, str(case.day("goal.by") or ""))))
    return _FILL | _GOAL | _NOUNS | named


def _metrics(case: Case) -> Iterator[str]:
    """The names of everything that step 4 measures, and of the goal's metric."""
    for layer in ("adoption", "business", "model", "guardrails"):
        for _, entry in case.entries(f"metrics.{layer}"):
            yield entry.name
    yield from (name for key in ("goal.metric", "experiment.metric") if (name := case.text(key)))
    yield from (name for _, name in case.entries("experiment.success_metrics"))


def _alike(one: str, other: str) -> bool:
    """Whether two names may mean one metric: equal, nearly so, or one with more words than the other."""
    first, second = plain(one), plain(other)
    fewer, more = sorted(({*first.split()}, {*second.split()}), key=len)
    near = SequenceMatcher(None, first, second).ratio() >= _NEAR
    return near or nearly_same(one, other) or (bool(fewer) and fewer <= more)


_NEAR = 0.8  # "weekly play time" and "weekly playtime"


FALSIFIER = (
    falsifier_repeats_the_goal,
    falsifier_without_observation,
    expected_metric_nowhere,
)
