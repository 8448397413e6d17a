"""When two names of metrics are one, and when they are nearly so."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from kit.appraisal.measures import measure

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_UNIT = re.compile(r"[\s,]+(?:in|\()\s*(?:%|percent|seconds|minutes|hours|days|weeks|usd|eur)\)?$")
_TIMES = r"(hour|day|week|month|quarter|year)"
_PER = re.compile(rf"(?:/|\b(?:per|an?|each|every))\s*{_TIMES}\b")
_OFTEN = re.compile(r"\b(hourly|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?)\b")
_OFTEN_IS = {"daily": "day", "annual": "year", "annually": "year"}
_WINDOW = re.compile(rf"(?:\b(?:after|at|over)\s)?\b(\d+|an?|one)[\s-]{_TIMES}s?\b")
_MIDDLE = re.compile(r"\b(average|avg|mean|median)\b")
_FORM = re.compile(
    r"^(?:the )?(?P<of>share|percentage|percent|proportion|fraction|rate|number|count) of\b"
    r"|(?<=\s)(?P<last>rate|share|percentage|count)s?$"
)
_COUNTS = frozenset({"number", "count"})
_SMALL = frozenset({"a", "an", "the", "of", "in", "on", "at", "for", "and", "our"})
_OTHERS = (  # one letter apart, and two words
    {"payer", "player"},
    {"paying", "playing"},
    {"filing", "filling"},
    {"contact", "contract"},
    {"patent", "patient"},
    {"casual", "causal"},
    {"trail", "trial"},
    {"dairy", "diary"},
    {"compliant", "complaint"},
    {"internal", "interval"},
)


@dataclass(frozen=True, kw_only=True)
class _Sense:
    """What a name says, taken apart."""

    words: frozenset[str]  # in the singular, without the parts below
    period: str  # "month" of "monthly"; empty where none is named, as with the two that follow
    middle: str  # average or median
    form: str  # share or count
    plural: bool  # whether one of the words is in the plural: a number of things


@functools.lru_cache(maxsize=512)
def plain(name: str) -> str:
    """A name without case, hyphens, plurals and articles: equal for two that are one metric."""
    return " ".join(_words(measure(name)))


def nearly_same(one: str, other: str) -> bool:
    """Whether two names that are not the same are likely to mean one metric."""
    first, second = plain(one).split(), plain(other).split()
    if sorted(first) == sorted(second) or "".join(first) == "".join(second):
        return False
    return _same_sense(_sense(one), _sense(other)) or _slip_apart(first, second)


def _words(text: str) -> list[str]:
    found = (_singular(word.replace(",", "")) for word in _WORD.findall(text.casefold()))
    return [word for word in found if word not in ("a", "an", "the", "s", "of")]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("sses"):
        return word[:-2]
    kept = len(word) < 4 or word.endswith(("ss", "us", "is"))
    return word if kept else word.removesuffix("s")


@functools.lru_cache(maxsize=512)
def _sense(name: str) -> _Sense:
    text = re.sub(r"\btime (?:to|until|till)\b", "time", _UNIT.sub("", measure(name)))
    period = form = middle = ""
    if found := _FORM.search(text):
        form = "count" if (found["of"] or found["last"]) in _COUNTS else "share"
        text = _FORM.sub("", text, count=1)
    if found := _OFTEN.search(text):
        period = _OFTEN_IS.get(found[1], found[1].removesuffix("ly"))
        text = _OFTEN.sub("", text, count=1)
    elif found := _PER.search(text):
        period, text = found[1], _PER.sub("", text, count=1)
    elif found := _WINDOW.search(text):
        period, text = f"{found[1]} {found[2]}", _WINDOW.sub("", text, count=1)
    if found := _MIDDLE.search(text):
        middle = "median" if found[1] == "median" else "average"
        text = _MIDDLE.sub("", text, count=1)
    raw = [word for word in _WORD.findall(text) if word not in _SMALL and word != "s"]
    return _Sense(
        words=frozenset(_words(" ".join(raw))),
        period=period,
        middle=middle,
        form=form,
        plural=any(word != _singular(word) for word in raw),
    )


def _same_sense(one: _Sense, other: _Sense) -> bool:
    """Whether the words are the same, and what else is said does not differ."""
    if not one.words or one.words != other.words:
        return False
    alike = ((one.period, other.period), (one.middle, other.middle))
    if any(first and second and first != second for first, second in alike):
        return False
    return one.form == other.form or _same_form(one, other)


def _same_form(one: _Sense, other: _Sense) -> bool:
    """Whether a name without a form is that of the other: "churn" is a rate, "refunds" are a number."""
    if one.form and other.form:
        return False
    said, bare = (one, other) if one.form else (other, one)
    return bare.plural == (said.form == "count")


def _slip_apart(one: list[str], other: list[str]) -> bool:
    """Whether the names differ in one word only, and that by a slip of the pen."""
    more, fewer = [*one], [*other]
    for word in one:
        if word in fewer:
            fewer.remove(word)
            more.remove(word)
    return len(more) == len(fewer) == 1 and _slip(more[0], fewer[0])


def _slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter inside, left out, swapped or, in long ones, mistaken."""
    if not (one.isalpha() and other.isalpha()) or {one, other} in _OTHERS:
        return False
    if one[0] != other[0] or one[-1] != other[-1] or min(len(one), len(other)) < 5:
        return False
    edits = [
        (kind, one[a:b], other[c:d])
        for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    match edits:
        case [("replace", gone, come)]:
            return len(gone) == len(come) == 1 and len(one) >= 8
        case [(_, gone, come)]:
            return len(gone + come) == 1 and len(one + other) >= 11
        case [(_, gone, come), (_, away, back)]:
            swapped = gone + come == away + back and len(gone + come) == 1
            return swapped and sorted(one) == sorted(other)
    return False
