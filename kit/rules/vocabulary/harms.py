"""Harm in words: what cannot be undone, and what is said not to happen."""

from __future__ import annotations

import re

from kit.rules.vocabulary.patterns import late

_AT_RISK = (
    r"\b(?:patient|person|people|someone|somebody|child|children|man|men|woman|women|worker|employee|driver|"
    r"pedestrian|cyclist|rider|passenger|customer|resident|citizen|member|user|baby|family|tenant|student|"
    r"teacher|colleague|applicant|animal)s?\b[^.;]{0,30}"
)
_WRONGLY = r"(?:wrongly |unfairly |unjustly |falsely )?"
_FINAL = late(
    rf"{_AT_RISK}\b(?:die[sd]?|dying|(?:is|are|be|gets?|was|were) {_WRONGLY}(?:killed|maimed|fired|sacked|dismissed|"
    r"evicted|deported|jailed|imprisoned|executed))\b|"
    rf"{_AT_RISK}\blos(?:es?|ing) (?:(?:his|her|their|its|a|the) )?(?:jobs?|homes?|houses?|child(?:ren)?|custody|"
    r"li(?:fe|ves)|sight|limbs?)\b|"
    r"\b(?:deaths?|fatal(?:ly)?(?! errors?)|suicide|injur(?:y|ies|ed|es)|arrest(?:s|ed)?|eviction|deportation|"
    r"imprisonment|amputat\w+|irreversibl\w+|irreparabl\w+|cannot be undone)\b|"
    r"\b(?:deleted?|erased?|destroyed?|closed?|banned|lost|gone|blocked)\b[^.;]{0,20}"
    r"\b(?:for good|for ever|forever|permanently|for life)\b|"
    r"\bpermanently (?:deleted|erased|destroyed|closed|banned|lost|blocked)\b",
    re.IGNORECASE,
)
_NOBODY = late(
    r"\b(?:no|nobody|none|never|not|nothing|without|prevents?|avoids?)(?:\s+\w+){0,2}\s*$",
    re.IGNORECASE,
)
_NEVER = late(r"\b(?:never|does not|do not|did not)\b", re.IGNORECASE)


def final_harm(worst: str) -> str | None:
    """The words of a worst case that cannot be undone; None where it names nothing such."""
    found = (one[0] for one in _FINAL.finditer(worst) if not denied(worst, one))
    return next(found, None)


def denied(text: str, found: re.Match[str]) -> bool:
    """Whether a sentence says that it does not happen: "nobody is injured"."""
    return bool(_NOBODY.search(text[: found.start()]) or _NEVER.search(found[0]))
