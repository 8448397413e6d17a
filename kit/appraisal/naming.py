"""When two words, or two units, name the same thing."""

from __future__ import annotations

import re
from functools import lru_cache

from kit.brief.units import SECONDS, split_per, time_unit

_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(r"\s(?:of|in|on|per|for|at|with|before|after|from|by|to|and|or|up|that|who)\s")
_ODD = {
    "people": "person",
    "persons": "person",
    "children": "child",
    "women": "woman",
    "men": "man",
}
_CURRENCIES = (
    frozenset({"usd", "$", "us$", "dollar", "dollars", "us dollar", "us dollars"}),
    frozenset({"eur", "€", "euro", "euros"}),
    frozenset({"gbp", "£", "pound", "pounds"}),
    frozenset({"jpy", "¥", "yen"}),
    frozenset({"cny", "¥", "yuan", "rmb"}),
    *(frozenset({name, "$", "dollar", "dollars"}) for name in ("cad", "aud", "nzd", "sgd", "hkd")),
)
# What tells money from anything else: pounds are weighed, too.
_MONEY = frozenset().union(*_CURRENCIES) - {"pound", "pounds"}
_MONEY |= {"chf", "sek", "nok", "dkk", "pln", "inr", "brl"}
_SIGNS = frozenset("$€£¥")


def is_money(unit: str) -> bool:
    """Whether a unit names a currency: "USD", "k€", "euros per order"."""
    return not _SIGNS.isdisjoint(unit) or not _MONEY.isdisjoint(_WORD.findall(unit.casefold()))


def same_currency(one: str, other: str) -> bool:
    """Whether two words name one currency: "$" may be any of those that use the sign."""
    one, other = one.casefold().strip(), other.casefold().strip()
    return one == other or any({one, other} <= names for names in _CURRENCIES)


def same_thing(one: str, other: str) -> bool:
    """Whether two nouns name the same: "shipments" and "labelled shipments", not "card" and "bank account"."""
    first, second = _parts(one), _parts(other)
    if not first or not second or not _singulars(first[-1]) & _singulars(second[-1]):
        return False
    more, fewer = sorted(({*first[:-1]}, {*second[:-1]}), key=len, reverse=True)
    return fewer <= more


@lru_cache(maxsize=512)
def factor(unit: str, wanted: str) -> float | None:
    """By what to multiply a number in `unit` to have it in `wanted`; None where the two are not alike."""
    parts, others = split_per(unit), split_per(wanted)
    found = 1.0
    for at, (part, other) in enumerate(zip(parts, others, strict=False)):
        size = _size(part, other)
        if size is None:
            return None
        found = found / size if at else found * size
    return found


def _size(part: str, other: str) -> float | None:
    times = time_unit(part), time_unit(other)
    if times[0] and times[1]:
        return SECONDS[times[0]] / SECONDS[times[1]]
    alike = part == other or same_currency(part, other) or same_thing(part, other)
    return 1.0 if alike else None


def _parts(text: str) -> list[str]:
    """The words up to the first preposition; the last of them is the noun."""
    return _WORD.findall(_BEFORE.split(f" {text.casefold()} ", maxsplit=1)[0])


def _singulars(word: str) -> set[str]:
    """What a word may be in the singular."""
    found = {word, _ODD.get(word, word), word.removesuffix("s"), word.removesuffix("es")}
    if word.endswith("ies"):
        found.add(f"{word[:-3]}y")
    if word.endswith("ses"):
        found.add(f"{word[:-2]}is")  # analyses
    return found
