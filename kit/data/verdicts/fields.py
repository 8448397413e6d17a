"""Which columns of a file are meant by what a brief says that a source holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kit.brief import DataSource
from kit.data.measured import ColumnProfile, Profile

_APART = re.compile(r"[\W_]+")


def held(source: DataSource, profile: Profile) -> tuple[ColumnProfile, ...]:
    """The columns that a source is said to hold; all of them where it names none that are there."""
    return spoken_of(source, profile) or profile.columns


def spoken_of(source: DataSource, profile: Profile) -> tuple[ColumnProfile, ...]:
    """The columns that a source is said to hold; none where it names none that are there."""
    fields = source.holds if isinstance(source.holds, list) else []
    found = {one.name: one for field in fields for one in meant(field, profile.columns)}
    return tuple(found.values())


def not_there(source: DataSource, profile: Profile) -> tuple[str, ...]:
    """Fields that a source is said to hold and that no column of the file seems to be."""
    fields = source.holds if isinstance(source.holds, list) else []
    return tuple(field for field in fields if not meant(field, profile.columns))


def meant(field: str, columns: Sequence[ColumnProfile]) -> tuple[ColumnProfile, ...]:
    """The column of a name, else those whose names hold all of its words: radius, mean_radius."""
    words = _words(field)
    same = [one for one in columns if _words(one.name) == words]
    if same:
        return tuple(same)
    parts = set(words)
    return tuple(one for one in columns if parts and parts <= set(_words(one.name)))


def _words(name: str) -> tuple[str, ...]:
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return tuple(word for word in _APART.split(split.casefold()) if word)
