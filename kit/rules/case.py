"""A brief as a rule looks at it: what is written, what it amounts to, and what cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kit.brief import Brief, NotApplicable, Quantity
from kit.brief.remains import Order, in_file
from kit.brief.store import value_at
from kit.brief.tree import Tree

if TYPE_CHECKING:
    from kit.appraisal import Appraisal, Fault, FaultKind, Reading
    from kit.data import Found, Measured, Requirement, Verdict


class Case:
    """One brief under the coach's eyes."""

    def __init__(
        self,
        brief: Brief,
        tree: Tree,
        *,
        unreadable: tuple[str, ...],
        today: dt.date,
        order: Order | None = None,
        files: Sequence[Found] = (),
    ) -> None:
        self.brief = brief
        self.tree = tree  # as it was written, wrong values included; its indexes are the brief's
        self.unreadable = unreadable  # dotted keys whose values could not be read
        self.today = today
        self.files = tuple(files)  # what the attached files show, as far as they were looked at
        self._order = order or {}  # of the entries in the file, where it is another
        self._found: dict[str, Any] = {}

    def at(self, key: str) -> Any:
        """What stands at a dotted key; None where nothing does, or where it is not applicable."""
        if key not in self._found:  # many rules ask for the same
            self._found[key] = self._looked_up(key)
        return self._found[key]

    def _looked_up(self, key: str) -> Any:
        node: Any = self.brief
        for part in key.split("."):
            if isinstance(node, list):
                node = node[int(part)] if part.isdigit() and int(part) < len(node) else None
            elif isinstance(node, dict):
                node = node.get(part)
            else:
                node = getattr(node, part, None)
            if node is None or isinstance(node, NotApplicable):
                return None
        return node

    @property
    def is_decided(self) -> bool:
        """Whether nothing is left to be decided."""
        return self.brief.status == "decided"

    def text(self, key: str) -> str:
        """The text at a dotted key; empty where there is none."""
        found = self.at(key)
        return found if isinstance(found, str) else ""

    def number(self, key: str) -> Quantity | None:
        """The quantity at a dotted key; a number of the goal is read in the goal's unit."""
        found = self.at(key)
        if not isinstance(found, Quantity):
            return None
        return found.in_unit(self.text("goal.unit")) if key in _OF_THE_GOAL else found

    def day(self, key: str) -> dt.date | None:
        """The date at a dotted key."""
        found = self.at(key)
        return found if isinstance(found, dt.date) else None

    def entries(self, key: str) -> Iterator[tuple[str, Any]]:
        """Each entry of a list with its dotted key."""
        found = self.at(key)
        for index, entry in enumerate(found if isinstance(found, list) else ()):
            yield f"{key}.{index}", entry

    def metrics(self, *, guardrails: bool = False) -> Iterator[tuple[str, Any]]:
        """Each metric of step 4 with its dotted key, the guardrails among them if asked for."""
        for layer in ("model", "adoption", "business", *(["guardrails"] if guardrails else [])):
            yield from self.entries(f"metrics.{layer}")

    def applies(self, key: str) -> bool:
        """Whether the brief does not say that a key, or a part it stands in, is not applicable."""
        return self.appraisal.waiver(key) is None

    @cached_property
    def nodes(self) -> tuple[tuple[str, Any], ...]:
        """Every group, list and text as it was written, with its dotted key."""
        found: list[tuple[str, Any]] = []
        _collect(self.tree, "", found)
        return tuple(found)

    @cached_property
    def written(self) -> frozenset[str]:
        """Dotted keys that hold something, be it "not applicable"."""
        return frozenset(path for path, node in self.nodes if node not in _NOTHING)

    def gaps(self, key: str) -> Iterator[str]:
        """Dotted keys that match `key`, `*` being every entry, and hold nothing.

        "Not applicable" is an answer, and what was written but cannot be read is an error already.
        """
        path = key.split(".")
        return _gaps(self.tree, path, ()) if "*" in path else _gap(self.tree, path)

    def about(self, message: str, path: str) -> str:
        """The message, with the name of the entry that it speaks of."""
        place = entry_of(path)
        if place is None:
            return message
        entry = value_at(self.tree, place)
        keys = entry if isinstance(entry, dict) else {}
        named = next((keys[key] for key in _NAMING if isinstance(keys.get(key), str)), None)
        name = named or f"entry {int(in_file(place, self._order).rpartition('.')[2]) + 1}"
        return f"{name}: {message[0].lower()}{message[1:]}"

    @cached_property
    def appraisal(self) -> Appraisal:
        """What the brief's numbers amount to, probabilities to about a point: see `exact`."""
        from kit.appraisal import AT_A_GLANCE, appraise  # it takes a moment to load

        return appraise(self.brief, AT_A_GLANCE)

    @cached_property
    def exact(self) -> Appraisal:
        """The same with all draws, as documents print it; only for a rule that is about to speak."""
        from kit.appraisal import appraise

        return appraise(self.brief)

    def reading(self) -> Reading:
        """A look at the numbers in one unit; what is wrong with them, other rules say."""
        from kit.appraisal import Reading

        return Reading(self.brief)

    @property
    def measured(self) -> tuple[Measured, ...]:
        """The attached files that were read."""
        if not self.files:
            return ()
        from kit.data import Measured

        return tuple(one for one in self.files if isinstance(one, Measured))

    def source_of(self, file: str) -> str:
        """The dotted key of the first source that names a file."""
        named = (f"{path}.file" for path, one in self.entries("data.sources") if one.file == file)
        return next(named, "data.sources")

    @cached_property
    def _verdicts(self) -> tuple[Verdict, ...]:
        if not self.files:
            return ()
        from kit.data import verdicts_of

        return verdicts_of(self.brief, self.files)

    def verdicts(self, requirement: Requirement, *, holds: bool | None = None) -> Iterator[Verdict]:
        """What the attached files say to one kind of requirement, with one outcome."""
        return (
            one for one in self._verdicts if one.requirement == requirement and one.holds is holds
        )

    def faults(self, kind: FaultKind) -> Iterator[Fault]:
        """Numbers of the brief that cannot be, of one kind."""
        return (fault for fault in self.appraisal.faults if fault.kind == kind)


_NAMING = ("name", "metric", "measure", "kind")  # keys by which an entry is called
_NOTHING: tuple[Any, ...] = (None, [], {})
_OF_THE_GOAL = frozenset({"goal.baseline", "goal.target"})


def entry_of(path: str) -> str | None:
    """The dotted key of the entry that a path lies in; None where it lies in no list."""
    parts = path.split(".")
    at = next((index for index, part in enumerate(parts) if part.isdigit()), None)
    return None if at is None else ".".join(parts[: at + 1])


def _collect(node: Any, path: str, found: list[tuple[str, Any]]) -> None:
    found.append((path, node))
    if isinstance(node, dict):
        for key, part in node.items():
            _collect(part, f"{path}.{key}" if path else key, found)
    elif isinstance(node, list):
        for index, part in enumerate(node):
            _collect(part, f"{path}.{index}", found)


def _gap(tree: Any, path: list[str]) -> Iterator[str]:
    """The same as `_gaps` for a key that asks about one place, as most rules do."""
    node = tree
    for part in path:
        if node in _NOTHING:
            break
        if not isinstance(node, dict) or list(node) == ["n/a"]:
            return
        node = node.get(part)
    if node in _NOTHING:
        yield ".".join(path)


def _gaps(node: Any, path: list[str], done: tuple[str, ...]) -> Iterator[str]:
    if node in _NOTHING:
        # `*` asks about the entries of a list; where the list itself is missing, another rule says so.
        if "*" not in path:
            yield ".".join((*done, *path))
    elif path and path[0] == "*":
        for index, entry in enumerate(node if isinstance(node, list) else ()):
            yield from _gaps(entry, path[1:], (*done, str(index)))
    elif path and isinstance(node, dict) and list(node) != ["n/a"]:
        yield from _gaps(node.get(path[0]), path[1:], (*done, path[0]))
