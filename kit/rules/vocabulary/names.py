"""When two names of metrics are one, when they are nearly so, and when they may be."""

from __future__ import annotations

import functools
import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from kit.appraisal.measures import measure
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.periods import OFTEN

_WORD = late(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_UNIT = late(r"[\s,]+(?:in|\()\s*(?:%|percent|seconds|minutes|hours|days|weeks|usd|eur)\)?$")
_TIMES = r"(hour|day|week|month|quarter|year)"
_PER = late(rf"(?:/|\b(?:per|an?|each|every))\s*{_TIMES}\b")
_OFTEN = late(rf"\b({'|'.join(OFTEN)})\b")
_WINDOW = late(rf"(?:\b(?:after|at|over)\s)?\b(\d+|an?|one)[\s-]{_TIMES}s?\b")
_MIDDLE = late(r"\b(average|avg|mean|median)\b")
_FORM = late(
    r"^(?:the )?(?P<of>share|percentage|percent|proportion|fraction|rate|number|count) of\b"
    r"|(?<=\s)(?P<last>rate|share|percentage|count)s?$"
)
_COUNTS = frozenset({"number", "count"})
_SMALL = frozenset({"a", "an", "the", "of", "in", "on", "at", "for", "and", "our"})
_JOINING = frozenset({"in", "on", "at", "for", "and", "our", "per", "to", "by", "with", "that"})
_KEPT = 4096  # names that are taken apart once: many rules ask about the same
_MOST = 100  # names that one is compared with: more that share all other words are no names
_SHORTEST = 5  # letters of a word in which a slip of the pen is looked for
_MISTAKEN = (
    8  # letters from which on one that is another is a slip: "rate" and "rage" are two words
)
_LEFT_OUT = 11  # letters of both together from which on one that is missing is a slip
_LONGEST = 30  # words: what is longer is no name
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


@functools.lru_cache(maxsize=_KEPT)
def plain(name: str) -> str:
    """A name without case, hyphens, plurals and articles: equal for two that are one metric."""
    return " ".join(_words(measure(name)))


def same(one: str, other: str) -> bool:
    """Whether two names are one: "play time" is "Play-times" and "playtime"; no name is no other."""
    first, second = plain(one), plain(other)
    if first == second:
        return bool(first)
    parts, others = first.split(), second.split()
    return "".join(parts) == "".join(others) or sorted(parts) == sorted(others)


def nearly_same(one: str, other: str) -> bool:
    """Whether two names that are not the same are likely to mean one metric."""
    if plain(one) == plain(other) or same(one, other):
        return False
    alike = _same_sense(_sense(one), _sense(other))
    return alike or _slip_apart(plain(one).split(), plain(other).split())


def may_mean(one: str, other: str) -> bool:
    """Whether two names may mean one metric: the same, nearly so, or one with more words than the other.

    "Churn" may be "monthly churn", as all of its words stand there; of spellings, other rules speak.
    """
    fewer, more = sorted((_content(one), _content(other)), key=len)
    return bool(fewer and fewer <= more) or same(one, other) or nearly_same(one, other)


def among(name: str, others: Iterable[str]) -> bool:
    """Whether a name may mean one of the others."""
    return any(may_mean(name, other) for other in others)


class Earlier:
    """Names in the order in which they come, each looked up among those before it.

    Only names that share all words, or all but one that begins and ends alike, are compared, and of these the
    first hundred: thousands of names take no longer than they should.
    """

    def __init__(self) -> None:
        self._names: list[str] = []
        self._at: dict[Hashable, list[int]] = {}

    def nearly(self, name: str) -> str | None:
        """The first name so far that is nearly this one."""
        places = sorted({at for key in _keys(name) for at in self._at.get(key, ())})
        return next((self._names[at] for at in places if nearly_same(self._names[at], name)), None)

    def add(self, name: str) -> None:
        """Take a name down."""
        for key in _keys(name):
            places = self._at.setdefault(key, [])
            if len(places) < _MOST:
                places.append(len(self._names))
        self._names.append(name)


class Known:
    """Many names, in which one is looked up that may mean one of them, as with `among`."""

    def __init__(self, names: Iterable[str]) -> None:
        self._near = Earlier()
        self._spelled: set[str] = set()
        self._contents: dict[str, list[frozenset[str]]] = {}  # by each of their words
        self._led: dict[str, list[frozenset[str]]] = {}  # by the first of their words
        contents = dict[frozenset[str], None]()
        for name in dict.fromkeys(names):
            self._near.add(name)
            self._spelled.update(_spelled(name))
            contents[_content(name)] = None
        for content in filter(None, contents):
            self._led.setdefault(min(content), []).append(content)
            for word in content:
                self._contents.setdefault(word, []).append(content)

    def may_hold(self, name: str) -> bool:
        """Whether a name may mean one of these."""
        words = _content(name)
        wider = min((self._contents.get(word, []) for word in words), key=len, default=[])
        return (
            not self._spelled.isdisjoint(_spelled(name))
            or any(words <= content for content in wider)
            or any(content <= words for word in words for content in self._led.get(word, ()))
            or self._near.nearly(name) is not None
        )


def _spelled(name: str) -> tuple[str, ...]:
    """Ways to write a name of which two that are the same share one."""
    words = plain(name).split()
    return ("".join(words), " ".join(sorted(words))) if words else ()


def _keys(name: str) -> Iterator[Hashable]:
    """What two names that are nearly the same have in common."""
    if sense := _sense(name).words:
        yield sense
    words = plain(name).split()
    for at, word in enumerate(words if len(words) <= _LONGEST else ()):
        if len(word) >= _SHORTEST and word.isalpha():
            yield (word[0], word[-1], *sorted(words[:at] + words[at + 1 :]))


@functools.lru_cache(maxsize=_KEPT)
def _content(name: str) -> frozenset[str]:
    """The words that tell what is measured: "month" of "monthly" and of "per month"."""
    return frozenset(OFTEN.get(word, word) for word in plain(name).split()) - _JOINING


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


@functools.lru_cache(maxsize=_KEPT)
def _sense(name: str) -> _Sense:
    text = re.sub(r"\btime (?:to|until|till)\b", "time", _UNIT.sub("", measure(name)))
    period = form = middle = ""
    if found := _FORM.search(text):
        form = "count" if (found["of"] or found["last"]) in _COUNTS else "share"
        text = _FORM.sub("", text, count=1)
    if found := _OFTEN.search(text):
        period = OFTEN[found[1]]
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
    if one[0] != other[0] or one[-1] != other[-1] or min(len(one), len(other)) < _SHORTEST:
        return False
    edits = [
        (kind, one[a:b], other[c:d])
        for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    match edits:
        case [("replace", gone, come)]:
            return len(gone) == len(come) == 1 and len(one) >= _MISTAKEN
        case [(_, gone, come)]:
            return len(gone + come) == 1 and len(one + other) >= _LEFT_OUT
        case [(_, gone, come), (_, away, back)]:
            swapped = gone + come == away + back and len(gone + come) == 1
            return swapped and sorted(one) == sorted(other)
    return False
