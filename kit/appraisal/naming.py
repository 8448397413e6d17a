"""When two words name the same thing: what is counted here and there in a brief."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    {"a", "an", "the", "of", "in", "on", "per", "for", "and", "or", "to", "at", "with"}
)
_ODD = {
    "people": "person",
    "persons": "person",
    "children": "child",
    "women": "woman",
    "men": "man",
}


def singular(word: str) -> str:
    """A word in small letters, without the end of its plural."""
    plain = word.casefold().strip()
    if plain in _ODD:
        return _ODD[plain]
    return f"{plain[:-3]}y" if plain.endswith("ies") else plain.rstrip("s")


def words(text: str) -> frozenset[str]:
    """The words of a text that name something, each in the singular."""
    return frozenset(singular(word) for word in _WORD.findall(text.casefold())) - _SMALL
