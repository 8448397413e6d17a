"""Step 3: an action that is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late

_OUTPUT = (
    r"(?:(?:the |an? |its |their |this |these |each |every |all |our )?(?:\w+ ){0,2}?(?:model'?s? )?"
    r"(?:outputs?|scores?|predictions?|predicted \w+|probabilit(?:y|ies)|forecasts?|estimates?|results?)|it|them|they)"
)
_MAKE = (
    r"(?:comput|calculat|produc|output|generat|return|predict|estimat|stor|sav|persist|writ|logg?|record|display|"
    r"show|expos|publish|creat|provid)"
)
_MAKER = r"(?:(?:the |an? |our )?(?:\w+ )?(?:model|system|algorithm|service|classifier|pipeline|job|tool)|it|we)"
_ONLY_SO = r"(?:(?:only|just|then|also|simply|automatically)\s+)?"
_MADE = rf"(?:{_MAKE}(?:t?ed|d|n|en|ten)?|shown|written|made|given)"
# What follows may say where and for which case, and not what for.
_TO_WHOM = r"to (?=the |an? |our |their |its |each |every )"
_PURPOSE = r"(?:to (?!the |an? |our |their |its |each |every )|who|which|that|so|when|where|if|before|until|whom)\b"
_WHERE = rf"(?:\s+(?:for|of|per|in|into|on|onto|with|from|at|by|between|as|{_TO_WHOM})(?:(?!\s{_PURPOSE})[^.;,])*)?"
_ONLY = late(
    rf"(?:{_MAKER}\s+)?{_ONLY_SO}{_MAKE}(?:es?|s)?\s+{_OUTPUT}{_WHERE}|"
    rf"{_OUTPUT}\s+(?:is|are|gets?|will be)\s+{_ONLY_SO}{_MADE}{_WHERE}|"
    rf"(?:(?:is|are)\s+)?{_MADE}{_WHERE}",
    re.IGNORECASE,
)
_BETWEEN = late(r"[.;,]\s*(?:and\s+|then\s+)?|\s+(?:and|then)\s+")


@rule("HY220", "warning", requires=("HY106",))
def action_is_the_output(case: Case) -> Iterator[Said]:
    """Finds an action that only makes, stores or shows the model's output.

    Why it matters: a score in a table changes nothing. What is worth money is what somebody, or something, then
    does otherwise than today; nobody has said yet who does what.

    Bad:
        hypothesis: {action: The model computes a score for every payment and writes it to a table.}

    Good:
        hypothesis: {action: "A score is computed for every payment, and one above the threshold is held."}

    Source: AI-PM guide, step 3.
    """
    parts = [
        part.strip() for part in _BETWEEN.split(case.text("hypothesis.action")) if part.strip()
    ]
    if parts and all(_ONLY.fullmatch(part) for part in parts):
        yield Said(
            path="hypothesis.action",
            message="hypothesis.action ends where the model's output is there: nobody does anything with it.",
            remedy="Say who does what with a prediction, or what happens by itself, above which threshold.",
        )


ACTION = (action_is_the_output,)
