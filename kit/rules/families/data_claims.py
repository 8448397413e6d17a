"""Step 5: what is claimed of the data and cannot well be so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.wording import quoted

_DENIED = re.compile(
    r"\W*(?:none|no(?: known)? bias(?:es)?|no|nothing|unbiased|not biased|bias-free|(?:fully )?representative|"
    r"complete(?: and unbiased)?|neutral|objective|(?:it|they|the data|data) (?:is|are) (?:unbiased|not biased|"
    r"complete|neutral|objective|representative|free of (?:any )?bias)|(?:there|it|they|we) (?:is|are|has|have) no "
    r"(?:known )?bias(?:es)?)(?: that we know of| known| expected| at all)?(?=$|[.,;!]|\s+and\b)",
    re.IGNORECASE,
)
# Words with which a reason begins, or that tell how it was looked at.
_REASON = re.compile(
    r"\b(?:because|since|as|for|but|except|however|although|though|only|missing|every|each|random\w*|census|"
    r"checked|compared|tested|sampled|drawn|audit\w*|yet|apart|until|before|after)\b|[:(]",
    re.IGNORECASE,
)
_PUBLIC_LICENCE = re.compile(
    r"\b(?:public domain|CC0|CC[ -]BY\S*|creative commons|open data|open government|odbl|public(?:ly available)?)\b",
    re.IGNORECASE,
)
_PUBLIC_DATA = re.compile(
    r"\b(?:public(?:ly available)? (?:data\w*|records?|files?|registers?|statistics|sources?)|open data\w*|"
    r"open-source data\w*|wikipedia|kaggle|common crawl|imagenet|crawled|scraped)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:our|ours|own|proprietary|exclusive\w*|only we|nobody else|no ?one else|customers?|users?|members?|"
    r"feedback|corrections?|labels?|label+ed|annotat\w*)\b",
    re.IGNORECASE,
)
_HONEST = re.compile(
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
    corrections or the users' trust; then that should stand there.

    Bad:
        data: {moat: Public data on card fraud from Kaggle}

    Good:
        data: {moat: Twenty-six months of our own payments with confirmed outcomes}

    Source: AI-PM guide, on data strategy.
    """
    moat = case.text("data.moat")
    if not moat or _HONEST.search(moat.replace("no one else", "").replace("Nobody else", "")):
        return
    licences = [
        one.licence if isinstance(one.licence, str) else ""
        for _, one in case.entries("data.sources")
    ]
    if licences and all(_PUBLIC_LICENCE.search(licence) for licence in licences):
        message = f'Every source is public ("{licences[0]}"), so others can have the same data.'
    elif _PUBLIC_DATA.search(moat) and not _OWN.search(moat):
        message = "The moat names public data only, which others can have as well."
    else:
        return
    yield Said(
        path="data.moat",
        message=message,
        remedy="Name what is yours alone, such as labels or corrections, or say that there is no moat.",
    )


DATA_CLAIMS = (
    bias_denied,
    moat_of_public_data,
)
