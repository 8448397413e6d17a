"""Step 3: the observation that would prove the hypothesis wrong, and the change that is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.reading import said
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.names import among
from kit.rules.vocabulary.patterns import late


@rule("HY201", "warning", requires=("HY110", "HY215", "HY216"))
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


@rule("HY202", "warning", requires=("HY110", "HY215", "HY216"))
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
    if among(expected, _metrics(case)):
        return
    there = ", ".join(entry.name for _, entry in case.entries("metrics.adoption"))
    yield Said(
        path="hypothesis.expected.metric",
        message=f"hypothesis.expected.metric is {expected!r}, and no metric of step 4 is called so.",
        remedy=f"Add it to metrics.adoption, or choose one that is there: {there}.",
    )


@rule("HY215", "warning", requires=("HY110",))
def unfalsifiable_hypothesis(case: Case) -> Iterator[Said]:
    """Finds a falsifier that no observation can ever meet: "nothing", "it cannot be wrong", "in the long run".

    Why it matters: what cannot be refuted is no hypothesis but a wish, and money follows it without an end.
    "In the long run" is not over on any day on which somebody looks. With a number or a date it passes.

    Bad:
        hypothesis: {wrong_if: "Nothing, we know that it works."}

    Good:
        hypothesis: {wrong_if: nothing changes in the share of flags that agents override by the end of March}

    Source: AI-PM guide, step 3; Popper (1959), The Logic of Scientific Discovery.
    """
    sentence = case.text("hypothesis.wrong_if")
    found = _NOTHING_COULD.search(sentence)
    if found is None and not re.search(r"\d", sentence.replace("100%", "")):
        found = _CERTAIN.search(sentence) or _SOME_DAY.search(sentence)
    if found:
        said_so = " ".join(found[0].split()).strip(" .,;:")
        yield Said(
            path="hypothesis.wrong_if",
            message=f'hypothesis.wrong_if says "{said_so}": no observation could ever prove it wrong.',
            remedy="Say what is measured, by when, and the number at which the idea is given up.",
        )


@rule("HY216", "warning", requires=("HY110", "HY215"))
def falsifier_about_delivery(case: Case) -> Iterator[Said]:
    """Finds a falsifier that is about the project: late, over budget, not launched.

    Why it matters: a project may be late and its idea right, or on time and its idea wrong. What would show that
    people do not need it is still unsaid. A falsifier that names a metric of the brief as well passes.

    Bad:
        hypothesis: {wrong_if: The model is not launched by the end of the year.}

    Good:
        hypothesis: {wrong_if: "Launched by the end of the year, and agents override as many flags as before"}

    Source: AI-PM guide, step 3.
    """
    sentence = case.text("hypothesis.wrong_if")
    found = _NOT_DELIVERED.search(sentence)
    if found is None or re.search(r"\d\s*(?:%|points?\b)", sentence):
        return
    known = _words(" ".join((case.text("hypothesis.expected.metric"), *_metrics(case))))
    if not _words(sentence) & (known - _FILL - {"and", "or"}):
        yield Said(
            path="hypothesis.wrong_if",
            message=f'hypothesis.wrong_if is about the project ("{found[0]}"), not about what is believed.',
            remedy="Say what would be seen if all were delivered on time and the idea were wrong.",
        )


_ENDS = r"\s*(?:at all|whatsoever|really)?\s*(?:$|[.;:,!—–-])"
_NOTHING_COULD = late(
    rf"^\W*(?:nothing|none|never|not possible|impossible|no){_ENDS}|"
    r"\b(?:nothing|no (?:\w+ )?(?:observation|result|evidence|data|test|experiment|finding|one|outcome)s?)\s+"
    r"(?:could|can|would|will|is able to)\s+(?:ever |possibly )?(?:prove|show|refute|disprove|falsify|convince|"
    r"change our minds?|make us)\b|"
    r"\b(?:cannot|can[’']?t|can not|could not|couldn[’']t|will not|won[’']t|will never|can never|could never)\s+"
    r"(?:possibly |really |ever )?(?:be (?:wrong|refuted|disproved|falsified)|fail)\b|"
    r"\bimpossible to (?:refute|disprove|falsify|be wrong)\b",
    re.IGNORECASE,
)
_CERTAIN = late(
    r"\b(?:we|i)(?: are| am|[’']re|[’']m)\s+(?:absolutely |quite |very |completely |100% )?"
    r"(?:certain|sure|convinced|confident)\b|\bwe know (?:that )?(?:it|this) (?:works|will work)\b",
    re.IGNORECASE,
)
_SOME_DAY = late(
    r"\b(?:in the (?:very )?long (?:run|term)|sooner or later|eventually|some ?day|given enough (?:time|data))\b",
    re.IGNORECASE,
)
_OURS = (
    r"(?:project|model|product|feature|system|solution|tool|software|app|release|roll-?out|launch|development|"
    r"pilot|mvp)"
)
_NOT_DELIVERED = late(
    rf"\b{_OURS}\s+(?:is|was|has|does|will|cannot|isn[’']t|can[’']t|won[’']t)\s+(?:(?:not|never|be|been|yet|still)\s+)*"
    r"(?:deliver(?:ed)?|launch(?:ed)?|ship(?:ped)?|released?|finish(?:ed)?|completed?|built|deployed|implemented|"
    r"go(?:es)? live|gone live|ready)\b|"
    r"\b(?:project|release|roll-?out|launch|development|delivery)\s+(?:\w+\s+){0,2}"
    r"(?:late|delay(?:ed|s)?|postponed|slips|overruns?|takes longer)\b|"
    r"\bwe (?:do not|don[’']t|cannot|can[’']t|fail to|are unable to)\s+(?:\w+\s+)?"
    r"(?:deliver|launch|ship|release|finish|build|deploy|go live)\b|"
    r"\b(?:over|above|exceeds?|exceeding|overruns?|beyond|not (?:with)?in|outside)(?: of)? "
    r"(?:the |its |our |this )?budget\b|"
    r"\bbudget (?:is|was) (?:exceeded|overrun|overspent|used up)\b|\bbehind schedule\b|"
    r"\b(?:project|team|we|developers|engineers)\s+miss(?:es)? (?:the |its |our |a )?"
    r"(?:\w+ )?(?:deadline|milestone|date)s?\b",
    re.IGNORECASE,
)


_WORD = late(r"\d[\d.,]*|[^\W\d_]+")
_ENDINGS = ("ing", "ed", "es", "s", "e")
_CONTRAST = late(
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
    yield from (entry.name for _, entry in case.metrics(guardrails=True))
    yield from (name for key in ("goal.metric", "experiment.metric") if (name := case.text(key)))
    yield from (name for _, name in case.entries("experiment.success_metrics"))


FALSIFIER = (
    falsifier_repeats_the_goal,
    falsifier_without_observation,
    expected_metric_nowhere,
    unfalsifiable_hypothesis,
    falsifier_about_delivery,
)
