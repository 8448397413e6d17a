"""Step 3: harm that nobody asked about, that is denied, or made little of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule
from kit.rules.vocabulary.harms import denied, final_harm
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import quoted


@gap("HY209", "warning", "hypothesis.ethics.*.answer", requires=("HY115",))
def ethics_unanswered() -> tuple[str, str]:
    """Asks of every ethical question its answer.

    Why it matters: a question without an answer looks like care and is none.

    Bad:
        hypothesis: {ethics: [{answer: }]}

    Good:
        hypothesis: {ethics: [{answer: People who moved here recently are flagged more often.}]}

    Source: AI-PM guide, step 3.
    """
    return "It has no answer.", "Answer it honestly, or ask those it concerns."


@gap("HY210", "advice", "hypothesis.ethics.*.action", requires=("HY115",))
def ethics_without_action() -> tuple[str, str]:
    """Asks of every ethical answer what is done about it.

    Why it matters: who is harmed is known then, and nothing follows.

    Bad:
        hypothesis: {ethics: [{action: }]}

    Good:
        hypothesis: {ethics: [{action: Recall is reported by card origin.}]}

    Source: AI-PM guide, step 3.
    """
    message = "Nothing is done about its answer."
    return message, "Say what is done, or that nothing is and why."


@rule("HY217", "warning", requires=("HY118",))
def worst_case_denied(case: Case) -> Iterator[Said]:
    """Finds a worst case that says there is none.

    Why it matters: every model is wrong some of the time, and something follows from that, were it only a wasted
    minute. Who sees nothing has not looked. What happens and does little harm passes.

    Bad:
        hypothesis: {errors: {worst_case: None. Nothing can go wrong.}}

    Good:
        hypothesis: {errors: {worst_case: "Nobody is harmed: a poor suggestion is scrolled past."}}

    Source: Bringing an AI product to market, on fault tolerance.
    """
    worst = case.text("hypothesis.errors.worst_case")
    if _denies(worst, _NOTHING) or _EMPTY.fullmatch(worst.strip()):
        yield Said(
            path="hypothesis.errors.worst_case",
            message=f"The worst case is denied: {quoted(worst)}.",
            remedy="Take one wrong prediction, and follow it to the person whom it happens to.",
        )


@rule("HY218", "warning", requires=("HY115", "HY209"))
def ethics_denied(case: Case) -> Iterator[Said]:
    """Finds ethical answers that deny without a reason, or because algorithms are said to be neutral.

    Why it matters: a model repeats what its data hold, and whom the data leave out is not seen by those who are
    in. "Nobody" is an answer only with its reason.

    Bad:
        hypothesis: {ethics: [{question: Who is harmed?, answer: Nobody. Mathematics is neutral.}]}

    Good:
        hypothesis: {ethics: [{question: Who is harmed?, answer: "Nobody, as each flag is read by an agent first."}]}

    Source: AI-PM guide, step 3.
    """
    for path, entry in case.entries("hypothesis.ethics"):
        answer = entry.answer if isinstance(entry.answer, str) else ""
        asked = bool(_ASKS_OF_HARM.search(entry.question))
        if (asked and _denies(answer, _NOBODY)) or _neutral(answer):
            yield Said(
                path=f"{path}.answer",
                message=f'"{entry.question}" is answered with a denial: {quoted(answer)}.',
                remedy="Look for those whom the data hold least of, and ask one of them.",
            )


@rule("HY219", "warning", requires=("HY111", "HY118", "HY217"))
def harm_called_tolerable(case: Case) -> Iterator[Said]:
    """Finds errors that are called tolerant although the worst case names a grave harm to somebody.

    Why it matters: tolerant means that a wrong prediction is forgotten. What is intolerant needs a person who can
    stop it, and a gate of its own before the launch.

    Bad:
        hypothesis: {errors: {tolerance: tolerant, worst_case: An honest customer is arrested at the counter.}}

    Good:
        hypothesis: {errors: {tolerance: intolerant, worst_case: An honest customer is arrested at the counter.}}

    Source: Bringing an AI product to market, on fault tolerance.
    """
    if case.at("hypothesis.errors.tolerance") != "tolerant":
        return
    worst = case.text("hypothesis.errors.worst_case")
    grave = (one[0] for one in _GRAVE.finditer(worst) if not denied(worst, one))
    harm = final_harm(worst) or next(grave, None)
    if harm:
        yield Said(
            path="hypothesis.errors.tolerance",
            message=f'The errors are called tolerant, and the worst case names a harm: "{harm}".',
            remedy="Call them intolerant, or say in the worst case what keeps the harm away.",
        )


_OPENS = (
    r"^\W*(?:{0})(?:\s+(?:at all|whatsoever|really|that we (?:know|can think) of))?"
    r"\s*(?:$|[.;:,!—–-]\s*|\s+(?=as\b|because\b|since\b))"
)
_NOTHING = late(
    _OPENS.format(
        "none|nothing|nil|zero|no|(?:there is )?(?:none|no (?:harm|risks?|danger|worst case))"
    ),
    re.IGNORECASE,
)
_NOBODY = late(
    _OPENS.format(
        "none|nobody|no one|no-one|nothing|no|never|not at all|there (?:is|are) none|"
        "no (?:harm|risks?|bias|abuse|issues?|problems?|concerns?)"
    ),
    re.IGNORECASE,
)
_MACHINE = (
    r"(?:an? |the |our |its )?"
    r"(?:algorithms?|models?|math\w*|statistics|data|computers?|machines?|numbers|software|ai|ml|it|systems?)"
)
_NEUTRAL = late(
    rf"\b{_MACHINE}\s+(?:is|are)\s+(?:\w+ly )?(?:neutral|objective|unbiased|impartial|colou?r-?blind|"
    r"(?:only|just) (?:math\w*|statistics|numbers|an algorithm))\b|"
    rf"\b{_MACHINE}\s+(?:treats?|judges?|sees?)\s+(?:everybody|everyone|all(?: people)?)\s+"
    r"(?:the same|equally|alike)\b|"
    rf"\b{_MACHINE}\s+(?:has|have|knows?)\s+no (?:prejudices?|bias(?:es)?|opinions?)\b",
    re.IGNORECASE,
)
_DOES_NONE = (
    r"(?:cannot|can[’']t|can not|can never|could not|could never|does not|do not|will not|will never|never)\s+"
    r"(?:(?:possibly|ever|really|seriously)\s+)*"
    r"(?:(?:do|cause|bring|create) (?:any |a |some )?(?:harm|damage|mistakes?|wrong)|go wrong|be wrong|"
    r"make (?:any |a )?(?:mistakes?|errors?)|harm|hurt|err|fail|happen)"
    r"(?:\s+(?:to )?(?:anybody|anyone|anything|people))?"
)
_IS_SAFE = r"(?:is|are)\s+(?:\w+ly )?(?:harmless|safe|accurate|perfect|tested|always right|never wrong|reliable)"
_THING = (
    r"(?:it|this|that|they|we|nothing|errors?|predictions?|(?:the|a|an|our|its|all) (?:\w+ )?\w+)"
)
_EMPTY = late(
    rf"(?:(?:as|because|since|for)\s+)?{_THING}\s+(?:{_DOES_NONE}|{_IS_SAFE})\W*|"
    r"nothing (?:bad |serious )?(?:can|could|will|would|happens?)\s*(?:ever |possibly |bad )*(?:go wrong|happen)?\W*",
    re.IGNORECASE,
)
_YET = late(r"\byet\b|\bso far\b", re.IGNORECASE)
_ASKS_OF_HARM = late(
    r"\b(?:harm\w*|hurt\w*|left out|leave[sd]? out|excluded?|abus\w*|misus\w*|risks?|unfair\w*|bias\w*|discriminat\w*|"
    r"disadvantag\w*|suffers?|worse off|ethic\w*|wronged|watched)\b",
    re.IGNORECASE,
)
_SOMEBODY = (
    r"\b(?:patient|person|people|someone|somebody|child|children|man|men|woman|women|worker|employee|driver|pedestrian|"
    r"cyclist|rider|passenger|customer|resident|citizen|member|user|family|families|tenant|student|applicant|traveller)s?\b"
)
_DISEASE = r"\b(?:cancers?|tumou?rs?|malignan\w+|melanomas?|strokes?|sepsis|heart attacks?|fractures?|haemorrhages?)\b"
_GRAVE = late(
    rf"{_SOMEBODY}[^.;]{{0,60}}\b(?:stranded|silenced|ruined|bankrupt\w*|homeless|assaulted|attacked|poisoned|"
    r"scalded|robbed|defrauded|detained|convicted|hospitali[sz]ed|traumati[sz]ed|blinded|"
    r"denied (?:care|treatment|asylum|benefits|a transplant))\b|"
    rf"{_DISEASE}[^.;]{{0,60}}\b(?:missed|overlooked|undetected|untreated|later|too late|delayed|"
    r"not (?:seen|found|treated))\b|"
    rf"\b(?:miss(?:es|ed)?|overlook(?:s|ed)?)\b[^.;]{{0,30}}{_DISEASE}|"
    r"\b(?:overdoses?|wrong (?:dose|drug|medication|blood)|bankruptcy|explosions?|poisoning|"
    r"wrongful conviction|financial ruin)\b",
    re.IGNORECASE,
)


def _denies(text: str, opening: re.Pattern[str]) -> bool:
    """Whether a text begins with a denial, and gives no reason but the denial once more."""
    found = opening.match(text)
    if found is None or _YET.search(text):
        return False
    rest = text[found.end() :].strip()
    return not rest or bool(_EMPTY.fullmatch(rest)) or _neutral(rest)


def _neutral(text: str) -> bool:
    """Whether a text says that algorithms are neutral, and nothing against it."""
    return bool(_NEUTRAL.search(text)) and not re.search(
        r"\b(?:but|though|although|however|not|only if|unless|while|seems?|claims?)\b",
        text,
        re.IGNORECASE,
    )


HARM = (
    ethics_unanswered,
    ethics_without_action,
    worst_case_denied,
    ethics_denied,
    harm_called_tolerable,
)
