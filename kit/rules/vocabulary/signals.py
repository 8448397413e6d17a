"""Signs in free words: what people do and what they say, and what is missing in a source."""

from __future__ import annotations

import re
from typing import Literal

from kit.rules.vocabulary.patterns import late

_LEFT_ALONE = late(
    r"\b(?:without (?:an? )?(?:changes?|edits?|corrections?)|unchanged|acted (?:up)?on|by hand)\b",
    re.IGNORECASE,
)
_SAID = late(
    r"\b(?:(?:not|more|less) (?:for|like) (?:me|this|these|that)|(?:not )?interested|(?:not |un)?helpful|helped or not|"
    r"useful or not|thumbs|stars?|rat(?:es?|ed|ings?)|surveys?|questionnaires?|scores? given|votes?|polls?|"
    r"(?:dis)?likes?|comments?|complain\w*|appeals?(?! (?:rate|board))|says?|tells?|told|answers?|"
    r"marks|marked|flagged as|reports|reported|confirms|confirmed|notes? (?:whether|that|at)|"
    r"denies|denied|corrects|corrections?|opinions?|buttons?)\b",
    re.IGNORECASE,
)
_DONE = late(
    r"\b(?:skips?|skipped|replay\w*|play(?:s|ed)\b|click(?:s|ed)?\b|opens|opened|dwell\w*|scroll\w*|time (?:spent|on)|"
    r"search(?:es|ed)|repeated|retur?n(?:s|ed)|again|bought|buys|purchas\w+|paid|abandon\w+|leaves|left|followed|ignored|"
    r"edited|edits|changes|changed|replaced|watch(?:es|ed|ing)|listen\w*|visits|bounces?|moved|moves|saves|saved|shar(?:es|ed)|"
    r"volume|logins?|downloads?|downloaded|unsubscrib\w+|cancel\w*|copied|copies|"
    r"second attempts?|end(?:s|ed)? within)\b",
    re.IGNORECASE,
)
_GAP = late(
    r"\b(?:is|are|was|were|go(?:es)?|gets?|got|often|sometimes|partly|mostly|still|stays?|has been|have been) "
    r"(?:(?:often|sometimes|partly|mostly|mainly|usually|simply|always|still) )?"
    r"(?:missing|lost|empty|blank|dropped|not (?:filled in|logged|transmitted|sent|delivered))\b|"
    r"\b(?:missing|empty|blank|null) (?:values?|fields?|entries|rows?|cells?|labels?)\b|"
    r"\b(?:gaps|holes|outages?) in (?:the |its )?(?:data|log|logs|record|records|series|table)\b",
    re.IGNORECASE,
)
_NO_GAP = late(
    r"\b(?:no|nothing|none|never|not|without|hardly|if|were|would be|until|before|used to|formerly|since|filled|"
    r"imputed|estimated|restored|repaired|mended|replaced)\b",
    re.IGNORECASE,
)
# Whom the data leave out is a bias; what is there of the others may be complete.
_WHOLE_CASES = late(
    r"\b(?:people|persons?|men|women|children|customers?|users?|members?|patients?|subscribers?|listeners?|riders?|drivers?|"
    r"regions?|countries|languages?|cities|shops|stores|households|who)\b",
    re.IGNORECASE,
)
_SENTENCE = late(r"[^.;!?]+")


def signal_in(text: object) -> Literal["done", "said"] | None:
    """Whether a sign of feedback is something that people do or say; None where it is not plain."""
    if not isinstance(text, str):
        return None
    if _LEFT_ALONE.search(text):
        return "done"
    spoken, done = _SAID.search(text), _DONE.search(text)
    if spoken:
        return None if done else "said"
    return "done" if done else None


def gap_in(notes: object) -> str | None:
    """The sentence of a source's notes that says that values of it are missing."""
    for sentence in _SENTENCE.findall(notes) if isinstance(notes, str) else ():
        found = _GAP.search(sentence)
        if (
            found
            and not _NO_GAP.search(sentence)
            and not _WHOLE_CASES.search(sentence[: found.start()])
        ):
            return str(sentence.strip())
    return None
