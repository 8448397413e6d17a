"""Words that give a text away: verbs of direction, of outputs, of no number; names of technology."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.periods import number_of

Way = Literal["up", "down"]

_DOWN = late(
    r"\b(reduc|cut|decreas|lower|shrink|halv|bring down|drop|minimi|limit|curb|slash|shorten|fewer|less)",
    re.IGNORECASE,
)
_UP = late(
    r"\b(increas|rais|grow|lift|boost|doubl|tripl|expand|maximi|gain|more|higher|extend)",
    re.IGNORECASE,
)
_ASIDE = late(r"\b(?:without|while|and not|but not|not at the cost of)\b")
_VAGUE = late(
    r"\b(improv\w*|enhanc\w*|optimi[sz]\w*|better|boost\w*|leverag\w*|maximi[sz]\w*|streamlin\w*|"
    r"transform\w*|revolutioni[sz]\w*|increas\w*|reduc\w*|grow\w*|delight\w*|strengthen\w*|"
    r"moderni[sz]\w*|empower\w*|accelerat\w*|drive|driving|support\w*|more|less|fewer)\b",
    re.IGNORECASE,
)
_NUMBER_WORD = late(
    r"\d|\b(half|halve[sd]?|halving|doubl\w*|tripl\w*|twice|thrice|third|quarter of|tenth|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|zero|no longer|eliminat\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change that a sentence states."""

    amount: float  # percent of the baseline, or percentage points
    in_points: bool
    rough: bool  # "about", "nearly", "at least"
    words: str  # as they stand in the sentence


_SOME = r"(?:about |around |at least |roughly |some |over |up to |nearly |almost )?"
_BY = late(
    rf"\bby\s+{_SOME}"
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>%|percent\b|per cent\b)"
    r"(?P<points>[\s-]*(?:points?|pts?)\b)?|"
    r"\bby\s+(?P<pp>\d+(?:\.\d+)?)\s*(?:pp|points?|percentage points?)\b",
    re.IGNORECASE,
)
_LESS = late(
    r"(?P<number>\d+(?:\.\d+)?)\s*(?:%|percent\b|per cent\b)(?P<points>[\s-]*points?\b)?\s+"
    r"(?:fewer|less|more|higher|lower)\b",
    re.IGNORECASE,
)
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
    "twentieth": 20,
}
_PART = (
    rf"(?:(?:an?|one|(?P<times>two|three|four))[ -](?P<part>{'|'.join(_PARTS)})s?|"
    rf"(?P<of>one|two|three) (?:in|out of) (?P<all>two|three|four|five|six|eight|ten|twenty))"
)
# A third of a day, a quarter of an hour and a third party are no parts of the metric.
_ALONE = (
    r"(?=\s*(?:$|[.,;:!?()–—])|\s+(?:the|its|their|our|how|by|in|within|until|till|before|after|from|to|for|on|at|"
    r"over|per|and|or|while|without|with|compared|against|than|as|this|next|that|who|which|of (?!an?\b|one\b))\b)"
)
_BY_A_PART = late(
    rf"\bby\s+{_SOME}{_PART}{_ALONE}",
    re.IGNORECASE,
)
_A_PART_LESS = late(rf"\b{_PART}\s+(?:fewer|less|more|higher|lower)\b", re.IGNORECASE)
_ROUGH = late(
    r"\b(?:about|around|roughly|nearly|almost|some|approximately|close to|over|up to|at least|more than|"
    r"less than|under)\b",
    re.IGNORECASE,
)
_NEAR = 24  # characters before a change, in which such a word belongs to it
_TIMES = (
    (late(r"\b(halv\w+|in half|by half(?! (?:an? |of an? |one )))\b", re.IGNORECASE), 50.0),
    (late(r"\b(doubl\w+|twice as)\b", re.IGNORECASE), 100.0),
    (late(r"\b(tripl\w+|three times as)\b", re.IGNORECASE), 200.0),
)


def way_of(sentence: str) -> Way | None:
    """The way in which a sentence wants a number to move; None where it names both, or none."""
    aim = _ASIDE.split(sentence)[0]
    down, up = _DOWN.search(aim), _UP.search(aim)
    if bool(down) == bool(up):
        return None
    return "down" if down else "up"


def change_in(sentence: str) -> Change | None:
    """The one change that a sentence states as "by 10%", "by a third", "halve"; None where there is no one."""
    found = [
        _change(
            sentence,
            one,
            float(one["number"] or one["pp"]),
            points=bool(one["points"] or one["pp"]),
        )
        for one in _BY.finditer(sentence)
    ]
    found += [
        _change(sentence, one, float(one["number"]), points=bool(one["points"]))
        for one in _LESS.finditer(sentence)
    ]
    found += [
        _part(one) for pattern in (_BY_A_PART, _A_PART_LESS) for one in pattern.finditer(sentence)
    ]
    found += [
        _change(sentence, one, amount, points=False)
        for pattern, amount in _TIMES
        if (one := pattern.search(sentence))
    ]
    return found[0] if len(found) == 1 else None


def _change(sentence: str, found: re.Match[str], amount: float, *, points: bool) -> Change:
    around = sentence[max(found.start() - _NEAR, 0) : found.end()]
    return Change(
        amount=amount, in_points=points, rough=bool(_ROUGH.search(around)), words=found[0]
    )


def _part(found: re.Match[str]) -> Change:
    """A change of a part that is told in words, which people round more than digits."""
    if found["part"]:
        share = number_of(found["times"]) / _PARTS[found["part"].casefold()]
    else:
        share = number_of(found["of"]) / number_of(found["all"])
    return Change(amount=100 * share, in_points=False, rough=True, words=found[0].strip())


_LARGE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_SIZES = r"(?:\s?(?P<{0}_large>k|thousand|million|billion|bn|M)\b)?"
_PLAIN = r"(?P<{0}>\d[\d,]*(?:\.\d+)?)" + _SIZES
_FROM_TO = late(
    r"\bfrom\s+[$€£]?\s?"
    + _PLAIN.format("start")
    + r"\s*[%a-zA-Z]*\s+to\s+[$€£]?\s?"
    + _PLAIN.format("end")
    + r"\s*(?P<unit>%)?",
    re.IGNORECASE,
)
_MONEY = late(r"[$€£]\s?" + _PLAIN.format("sum"), re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Levels:
    """The two numbers of "from 12% to 10%", percent as they are written."""

    start: float
    end: float
    in_percent: bool


def levels_in(sentence: str) -> Levels | None:
    """The levels that a sentence states; None where there are none."""
    found = _FROM_TO.search(sentence)
    if found is None:
        return None
    start, end = _amount(found, "start"), _amount(found, "end")
    return Levels(start=start, end=end, in_percent=bool(found["unit"]))


def money_in(sentence: str) -> tuple[float, ...]:
    """Every amount of money that is written with its sign: "$1.2M" is 1.2 million."""
    return tuple(_amount(found, "sum") for found in _MONEY.finditer(sentence))


def _amount(found: re.Match[str], name: str) -> float:
    large = (found[f"{name}_large"] or "").casefold()
    return float(found[name].replace(",", "")) * _LARGE.get(large, 1.0)


def is_vague(sentence: str) -> bool:
    """Whether a sentence wants something better and says nowhere how much."""
    told = _NUMBER_WORD.search(sentence) or _BY_A_PART.search(sentence)
    return bool(_VAGUE.search(sentence)) and not told
