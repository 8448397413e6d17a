"""Step 5: what is claimed of the data and cannot well be so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.appraisal.reading import said
from kit.brief import DataSource
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.signals import gap_in, signal_in
from kit.rules.vocabulary.sources import contents, shared, words_of
from kit.rules.vocabulary.wording import quoted

_DENIED = late(
    r"\W*(?:none|no(?: known)? bias(?:es)?|no|nothing|unbiased|not biased|bias-free|(?:fully )?representative|"
    r"complete(?: and unbiased)?|neutral|objective|(?:it|they|the data|data) (?:is|are) (?:unbiased|not biased|"
    r"complete|neutral|objective|representative|free of (?:any )?bias)|(?:there|it|they|we) (?:is|are|has|have) no "
    r"(?:known )?bias(?:es)?)(?: that we know of| known| expected| at all)?(?=$|[.,;!]|\s+and\b)",
    re.IGNORECASE,
)
# Words with which a reason begins, or that tell how it was looked at.
_REASON = late(
    r"\b(?:because|since|as|for|but|except|however|although|though|only|missing|every|each|random\w*|census|"
    r"checked|compared|tested|sampled|drawn|audit\w*|yet|apart|until|before|after)\b|[:(]",
    re.IGNORECASE,
)
_PUBLIC_LICENCE = late(
    r"\b(?:public domain|CC0|CC[ -]BY\S*|creative commons|open data|open government|odbl|public(?:ly available)?)\b",
    re.IGNORECASE,
)
_PUBLIC_DATA = late(
    r"\b(?:public(?:ly available)? (?:data\w*|records?|files?|registers?|statistics|sources?)|open data\w*|"
    r"open-source data\w*|wikipedia|kaggle|common crawl|imagenet|crawled|scraped)\b",
    re.IGNORECASE,
)
_OWN = late(
    r"\b(?:our|ours|own|proprietary|exclusive\w*|only we|nobody else|no ?one else|customers?|users?|members?|"
    r"feedback|corrections?|labels?|label+ed|annotat\w*)\b",
    re.IGNORECASE,
)
_ALONE = late(
    r"\b(?:nobody|no ?one) else\b|\bours alone\b|\bonly (?:we|us)\b|\bwe alone\b|\bno (?:other|competitor|rival)\b|"
    r"\bexclusive(?:ly)?\b|\b(?:others|competitors|rivals) (?:cannot|can't|can never|will never)\b",
    re.IGNORECASE,
)
_MADE = late(
    r"\b(?:feedback|corrections?|labels?|label+ed|annotat\w*|trust|network|relations\w*|contracts?|years?|months?)\b",
    re.IGNORECASE,
)
_COMPLETE = 0.995
_HONEST = late(
    r"^\W*(?:none|no\b|nothing)|\b(?:no moat|not a moat|hardly|anyone|anybody|everyone|others can)\b",
    re.IGNORECASE,
)


@rule("DA216", "advice", requires=("DA101",))
def bias_denied(case: Case) -> Iterator[Said]:
    """Finds sources that are said to have no bias, without a reason.

    Why it matters: every source leaves somebody out: those who did not come, did not answer or were not
    measured. "None" mostly means that nobody has looked. Sources without people in them are left alone.

    Bad:
        data: {sources: [{bias: "None, the data are complete."}]}

    Good:
        data: {sources: [{bias: Refused payments have no outcome}]}

    Source: Suresh and Guttag (2021), A Framework for Understanding Sources of Harm throughout the Machine Learning
    Life Cycle.
    """
    for path, one in case.entries("data.sources"):
        bias = one.bias if isinstance(one.bias, str) else ""
        denied = _DENIED.match(bias)
        if denied and one.personal is not False and not _REASON.search(bias[denied.end() :]):
            key = f"{path}.bias"
            yield Said(
                path=key,
                message=case.about(f"It is said to have no bias: {quoted(bias)}.", key),
                remedy="Say whom or what it shows too much or too little of, or how that was checked.",
            )


@rule("DA217", "advice", requires=("DA101", "DA112"))
def moat_of_public_data(case: Case) -> Iterator[Said]:
    """Finds a moat where the licences of all sources are public, or that names only public data itself.

    Why it matters: what anybody can download protects nobody. What is hard to copy may be the labels, the
    corrections or the users' trust; then that should stand there. Where one source is public, a moat that nobody
    else can have, and that names no other source, is told as well.

    Bad:
        data: {moat: Public data on card fraud from Kaggle}

    Good:
        data: {moat: Twenty-six months of our own payments with confirmed outcomes}

    Source: AI-PM guide, on data strategy.
    """
    moat = case.text("data.moat")
    if not moat or _HONEST.search(moat.replace("no one else", "").replace("Nobody else", "")):
        return
    sources = [one for _, one in case.entries("data.sources")]
    public = [one for one in sources if _PUBLIC_LICENCE.search(_licence(one))]
    if public and len(public) == len(sources):
        message = (
            f'Every source is public ("{public[0].licence}"), so others can have the same data.'
        )
    elif public and _ALONE.search(moat) and not _names_another(moat, sources, public):
        message = f'Nobody else is to have the data, and {public[0].name} is public ("{public[0].licence}").'
    elif _PUBLIC_DATA.search(moat) and not _OWN.search(moat):
        message = "The moat names public data only, which others can have as well."
    else:
        return
    yield Said(
        path="data.moat",
        message=message,
        remedy="Name what is yours alone, such as labels or corrections, or say that there is no moat.",
    )


@rule("DA219", "warning", requires=("DA101",))
def feedback_swapped(case: Case) -> Iterator[Said]:
    """Finds feedback in which what people say is filed as implicit, and what they do as explicit.

    Why it matters: a rating is an answer to a question, and a skip is a guess about a mind; the first are few and
    clear, the second many and noisy. A model that weighs them the wrong way round learns from noise. It speaks only
    where both lists are plain.

    Bad:
        data: {feedback: {implicit: [customer rates the call], explicit: [payment tried again within minutes]}}

    Good:
        data: {feedback: {implicit: [payment tried again within minutes], explicit: [customer rates the call]}}

    Source: Hu, Koren and Volinsky (2008), Collaborative Filtering for Implicit Feedback Datasets.
    """
    implicit = [(text, signal_in(text)) for _, text in case.entries("data.feedback.implicit")]
    spoken = next((text for text, signal in implicit if signal == "said"), None)
    if spoken is None or any(signal == "done" for _, signal in implicit):
        return
    explicit = [(text, signal_in(text)) for _, text in case.entries("data.feedback.explicit")]
    deed = next((text for text, signal in explicit if signal == "done"), None)
    if deed and not any(signal == "said" for _, signal in explicit):
        yield Said(
            path="data.feedback",
            message=f"{quoted(spoken)} is something that people say, and is listed as implicit; {quoted(deed)} is "
            "something that they do, and is listed as explicit.",
            remedy="Swap the two lists: implicit is what people do, explicit what they say.",
        )


@rule("DA220", "advice", requires=("DA101",))
def complete_despite_gaps(case: Case) -> Iterator[Said]:
    """Finds sources of which every value must be there, and whose own notes say that some are missing.

    Why it matters: a check that asks for 100% fails on the first day, and is turned off on the second. The number
    should be the share that is there, and the plan should say what happens to the rest.

    Bad:
        data: {sources: [{quality: {completeness: 100%}, peculiarities: The device is missing for old apps.}]}

    Good:
        data: {sources: [{quality: {completeness: 97%}, peculiarities: The device is missing for old apps.}]}

    Source: OKR template, on data pipelines; the definition of completeness.
    """
    for path, one in case.entries("data.sources"):
        key = f"{path}.quality.completeness"
        given = case.number(key)
        if given is None or not (given.percent or not given.unit) or given.bounds[0] < _COMPLETE:
            continue
        gap = gap_in(one.peculiarities) or gap_in(one.bias)
        if gap:
            message = f"Its completeness is {said(given)}, and its own notes say {quoted(gap, 80)}."
            yield Said(
                path=key,
                message=case.about(message, key),
                remedy="Count how many values are there, and say what is done where one is not.",
            )


def _licence(source: DataSource) -> str:
    return source.licence if isinstance(source.licence, str) else ""


def _names_another(moat: str, sources: list[DataSource], public: list[DataSource]) -> bool:
    """Whether a moat speaks of what a source holds that is not public, or of what is made of the data."""
    words = words_of(moat)
    others = [one for one in sources if one not in public]
    return bool(_MADE.search(moat)) or any(shared(words, contents(one)) for one in others)


DATA_CLAIMS = (
    bias_denied,
    moat_of_public_data,
    feedback_swapped,
    complete_despite_gaps,
)
