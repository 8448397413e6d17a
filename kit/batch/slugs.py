"""Names of folders, made from titles: `[a-z0-9-]`, none twice, none that a system reserves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LENGTH = 60

_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
_SPELLED = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "&": " and ",
    }
)


@dataclass(frozen=True, kw_only=True)
class Slug:
    """The name of a brief's folder."""

    name: str
    numbered: str | None = None  # the name it would have, had an earlier brief not taken it


def slug(title: str) -> str:
    """A title as the name of a folder; empty where no letter or digit of it can be kept.

    >>> slug("Café: 50% fewer no-shows")
    'cafe-50-fewer-no-shows'
    """
    spelled = unicodedata.normalize("NFKD", title.casefold().translate(_SPELLED))
    plain = spelled.encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:LENGTH].rstrip("-")
    return f"{name}-brief" if name in _RESERVED else name


def slugs(titles: Sequence[str]) -> tuple[Slug, ...]:
    """A name for every title, in order; a later title that gives a taken name gets a number."""
    wanted = [slug(title) or "brief" for title in titles]
    taken: set[str] = set()
    made: list[Slug] = []
    for name in wanted:
        if name in taken:
            made.append(Slug(name=_free(name, taken | set(wanted)), numbered=name))
        else:
            made.append(Slug(name=name))
        taken.add(made[-1].name)
    return tuple(made)


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
