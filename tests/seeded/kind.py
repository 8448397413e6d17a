"""What a seeded fault is, and the small hands that put one into a brief."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

CHURN, MODERATION, CONTRACTS = "churn-feed", "content-moderation", "contract-deadlines"
VISITS, FRAUD, MUSIC = "doctor-visits", "fraud-detection", "music-discovery"
RIDES, TUMOURS = "rideshare-pickup", "tumour-triage"
CASES = (CHURN, MODERATION, CONTRACTS, VISITS, FRAUD, MUSIC, RIDES, TUMOURS)

How = Literal["removes", "contradicts", "misfiles", "exaggerates"]
Tree = dict[str, Any]
Change = Callable[[str, Tree], bool | None]  # changes the tree of a case; False: does not apply


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of fault that a senior reviewer objects to."""

    name: str
    how: How
    part: str  # of the brief, or what the fault is about: numbers, names, dates...
    objection: str  # of the reviewer
    codes: tuple[str, ...]  # rules of which one has to find it; none: no rule can
    beyond: str  # why no rule finds it, or none everywhere; empty where one always has to
    apply: Callable[[str, Tree], Tree | None]  # a copy with the fault in it; None: does not apply

    @property
    def held(self) -> bool:
        """Whether one of its rules has to find it wherever it applies."""
        return bool(self.codes) and not self.beyond


# Why a fault does not apply, by case.
Skips = dict[str, str]


def changes(
    name: str,
    *,
    how: How,
    part: str,
    objection: str,
    by: Change,
    codes: tuple[str, ...] = (),
    beyond: str = "",
    skip: Skips | None = None,
) -> Kind:
    """A fault that a function puts in."""

    def apply(case: str, tree: Tree) -> Tree | None:
        if case in (skip or {}):
            return None
        changed = copy.deepcopy(tree)
        return None if by(case, changed) is False else changed

    return Kind(
        name=name,
        how=how,
        part=part,
        objection=objection,
        codes=codes,
        beyond=beyond,
        apply=apply,
    )


def drops(name: str, *, keys: tuple[str, ...], how: How = "removes", **of: Any) -> Kind:
    """Takes keys out; where one is missing, or not applicable, nothing is owed."""

    def by(_: str, tree: Tree) -> bool | None:
        said = [key for key in keys if has(tree, key) and not is_waived(at(tree, key))]
        if len(said) < len(keys):
            return False
        for key in said:
            cut(tree, key)
        return None

    return changes(name, how=how, by=by, **of)


def drops_each(name: str, *, keys: dict[str, tuple[str, ...]], **of: Any) -> Kind:
    """Takes out keys that stand at another place in each case."""

    def by(case: str, tree: Tree) -> bool | None:
        if case not in keys:
            return False
        for key in sorted(keys[case], reverse=True):
            cut(tree, key)
        return None

    return changes(name, how="removes", by=by, **of)


def sets(name: str, *, to: dict[str, Any], key: str = "", new: bool = False, **of: Any) -> Kind:
    """Sets one key to a value for each case, or several keys of each case; others are left alone."""

    def by(case: str, tree: Tree) -> bool | None:
        if case not in to:
            return False
        values = {key: to[case]} if key else to[case]
        for one, value in values.items():
            put(tree, one, copy.deepcopy(value), new=new)
        return None

    return changes(name, by=by, **of)


def sets_all(name: str, *, key: str, to: Any, new: bool = False, **of: Any) -> Kind:
    """Sets one key to the same value in every case."""
    return sets(name, key=key, to=dict.fromkeys(CASES, to), new=new, **of)


def rewords(name: str, *, words: dict[str, tuple[str, str, str]], **of: Any) -> Kind:
    """Changes words in a text: its key, the words, and what stands there instead."""

    def by(case: str, tree: Tree) -> bool | None:
        if case not in words:
            return False
        key, old, new = words[case]
        text = at(tree, key)
        assert old in text, (name, case, text)
        put(tree, key, text.replace(old, new, 1))
        return None

    return changes(name, by=by, **of)


def at(tree: Any, key: str) -> Any:
    """What stands at a dotted key."""
    for part in key.split("."):
        tree = tree[int(part)] if isinstance(tree, list) else tree[part]
    return tree


def has(tree: Tree, key: str) -> bool:
    """Whether anything stands at a dotted key."""
    try:
        at(tree, key)
    except (KeyError, IndexError, TypeError, ValueError):
        return False
    return True


def is_waived(node: Any) -> bool:
    """Whether it is said that something does not apply."""
    return str(node).lower().startswith("n/a")


def put(tree: Tree, key: str, value: Any, *, new: bool = False) -> None:
    """Set a dotted key, which stands there already unless it is `new`."""
    way, _, last = key.rpartition(".")
    holder = at(tree, way) if way else tree
    if isinstance(holder, list):
        holder[int(last)] = value
    else:
        assert new or last in holder, key
        holder[last] = value


def cut(tree: Tree, key: str) -> None:
    """Take a dotted key out."""
    way, _, last = key.rpartition(".")
    holder = at(tree, way) if way else tree
    del holder[int(last) if isinstance(holder, list) else last]


def number(tree: Tree, key: str, value: str) -> None:
    """Set the number at a dotted key, be it a plain text or a group with its source."""
    put(tree, f"{key}.value" if isinstance(at(tree, key), dict) else key, value)
