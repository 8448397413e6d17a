"""What remains of a brief when the parts that cannot be read are taken out of it."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kit.brief.model import Brief
from kit.brief.tree import Tree

Order = Mapping[
    str, Sequence[int]
]  # dotted key of a list: for each of its entries, its index in the file
_KEY = re.compile(r"\b[a-z_]+(?:\.[\w-]+)+")


@dataclass(frozen=True, kw_only=True)
class Remains:
    """A brief without what cannot be read, and how to tell where things stand in the file.

    A list may have lost entries. Then the later ones stand before where the file has them; in `tree`, which
    still holds all that was written, those that were lost come last, so that its indexes are the brief's.
    """

    brief: Brief | None  # None where a required key is missing
    tree: Tree
    order: Order
    wanting: str = ""  # the required key, where there is no brief


def validated(tree: Tree) -> Brief:
    """The brief in a tree.

    Raises
    ------
    ValidationError
        If any part of it cannot be read.
    """
    # Only the names that stand in a file count there: `from`, not the attribute `from_`.
    return Brief.model_validate(tree, by_alias=True, by_name=False)


def remains_of(tree: Tree) -> Remains:
    """What can be read of a tree."""
    left = _Left(tree)
    brief = left.read()
    order: dict[str, Sequence[int]] = {}
    aligned = left.aligned(tree, left.tree, "", order)
    return Remains(brief=brief, tree=aligned, order=order, wanting=left.wanting)


def in_file(key: str, order: Order) -> str:
    """A dotted key of the remains as it is in the file."""
    parts = key.split(".")
    there = [order.get(".".join(parts[:at])) for at in range(len(parts))] if order else []
    for at, indexes in enumerate(there):
        if indexes and parts[at].isdigit() and int(parts[at]) < len(indexes):
            parts[at] = str(indexes[int(parts[at])])
    return ".".join(parts)


def in_remains(key: str, order: Order) -> str:
    """A dotted key of the file as it is in the remains."""
    parts = key.split(".")
    for at, part in enumerate(parts if order else ()):
        there = order.get(".".join(parts[:at]))
        if there and part.isdigit() and int(part) in there:
            parts[at] = str(there.index(int(part)))
    return ".".join(parts)


def said_in_file(text: str, order: Order) -> str:
    """A text in which the dotted keys are as they are in the file."""
    return _KEY.sub(lambda found: in_file(found[0], order), text) if order else text


class _Left:
    """A copy of a tree, out of which things are taken."""

    def __init__(self, tree: Tree) -> None:
        self.tree = copy.deepcopy(tree)
        # By the list's id, with the list so that the id stays its own: what stands in it now.
        self.wanting = ""
        self._indexes: dict[int, tuple[list[Any], list[int]]] = {}

    def read(self) -> Brief | None:
        """The brief in what is left once all that is wrong was taken out; None where too much is."""
        while True:
            try:
                return validated(self.tree)
            except ValidationError as exc:
                places = [error["loc"] for error in exc.errors(include_url=False)]
            # Last first, so that the indexes of a list stay right while entries are taken out.
            removed = [self._remove(place) for place in sorted(places, key=_last, reverse=True)]
            if not any(removed):
                self.wanting = ".".join(map(str, places[0]))
                return None

    def _remove(self, place: Sequence[int | str]) -> bool:
        """Take the value at a place out, or what holds it where the value itself is missing."""
        trail: list[Any] = [self.tree]
        for part in place[:-1]:
            if not _holds(trail[-1], part):
                break
            trail.append(trail[-1][part])
        for holder, part in reversed(list(zip(trail, place, strict=False))):
            if _holds(holder, part):
                if isinstance(holder, list):
                    del self._indexes_of(holder)[int(part)]
                del holder[part]
                return True
        return False

    def aligned(self, written: Any, left: Any, path: str, order: dict[str, Sequence[int]]) -> Any:
        """What was written, with the entries that were taken out of a list at its end; notes that in `order`."""
        if isinstance(written, dict) and isinstance(left, dict):
            return {
                key: self.aligned(value, left.get(key), f"{path}.{key}" if path else key, order)
                for key, value in written.items()
            }
        if not isinstance(written, list) or not isinstance(left, list):
            return written
        kept = self._indexes_of(left)
        lost = [at for at in range(len(written)) if at not in kept]
        if lost:
            order[path] = [*kept, *lost]
        inside = [
            self.aligned(written[at], entry, f"{path}.{new}", order)
            for new, (at, entry) in enumerate(zip(kept, left, strict=True))
        ]
        return [*inside, *(written[at] for at in lost)]

    def _indexes_of(self, entries: list[Any]) -> list[int]:
        new = (entries, [*range(len(entries))])
        return self._indexes.setdefault(id(entries), new)[1]


def _last(place: Sequence[int | str]) -> tuple[str, ...]:
    return tuple(f"{part:09d}" if isinstance(part, int) else part for part in place)


def _holds(holder: Any, part: int | str) -> bool:
    if isinstance(holder, list):
        return isinstance(part, int) and 0 <= part < len(holder)
    return isinstance(holder, dict) and part in holder
