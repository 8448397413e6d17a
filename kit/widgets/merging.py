"""What differs between two trees, and how two people's changes to one tree fit together."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from kit.brief.tree import Tree

Path = tuple[str | int, ...]
Changes = dict[Path, Any]  # None where something is to be taken out


def pruned(value: Any) -> Any:
    """`value` without empty texts, lists and groups; None where nothing is left."""
    if isinstance(value, dict):
        kept = {key: left for key, inner in value.items() if (left := pruned(inner)) is not None}
        return kept or None
    if isinstance(value, list):
        return [left for inner in value if (left := pruned(inner)) is not None] or None
    return None if value == "" else value


def differences(old: Any, new: Any, *, beside: Any = None) -> Changes:
    """The smallest changes that make `new` out of `old`.

    A list is one value, unless `beside`, what someone else made out of `old`, changed other rows of it:
    then the rows are compared one by one.
    """
    return dict(_differences(old, new, beside, ()))


def _differences(old: Any, new: Any, beside: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if pruned(old) == pruned(new):
        return
    if _is_group(old) and _is_group(new):
        for key in [*old, *(key for key in new if key not in old)]:
            other = beside.get(key) if _is_group(beside) else None
            yield from _differences(old.get(key), new.get(key), other, (*path, key))
    elif _row_by_row(old, new, beside):
        for at, rows in enumerate(zip(old, new, beside, strict=True)):
            yield from _differences(*rows, (*path, at))
    else:
        yield path, pruned(new)


def _row_by_row(old: Any, one: Any, other: Any) -> bool:
    """Whether no row was changed on both sides; a row that moved away counts as changed."""
    return (
        isinstance(old, list)
        and isinstance(one, list)
        and isinstance(other, list)
        and len(old) == len(one) == len(other)
        and all(_fit(*rows) for rows in zip(old, one, other, strict=True))
    )


def _fit(old: Any, one: Any, other: Any) -> bool:
    was, here, there = pruned(old), pruned(one), pruned(other)
    return was in (here, there) or here == there


def _is_group(value: Any) -> bool:
    """Whether a value is a group whose keys can be named in a dotted key."""
    return (
        isinstance(value, dict) and all("." not in key for key in value) and list(value) != ["n/a"]
    )


def touching(mine: Changes, theirs: Changes) -> Changes:
    """Those of `mine` that touch the same place as one of `theirs` and say something else."""
    return {
        path: value
        for path, value in mine.items()
        if any(
            _overlap(path, other) and (path, value) != (other, theirs[other]) for other in theirs
        )
    }


def _overlap(one: Path, other: Path) -> bool:
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def applied(tree: Tree, changes: Changes) -> Tree:
    """A copy of `tree` with the changes made."""
    result = copy.deepcopy(tree)
    for path, value in changes.items():
        _set(result, path, value)
    return result


def _set(node: Any, path: Path, value: Any) -> None:
    part, rest = path[0], path[1:]
    if rest:
        inner = node.get(part) if isinstance(node, dict) else node[part]
        if not isinstance(inner, (dict, list)):
            inner = node[part] = {}
        _set(inner, rest, value)
    elif value is None and isinstance(node, dict):
        node.pop(part, None)
    else:
        node[part] = value


def dotted(path: Path) -> str:
    """A path as the brief's own messages write it."""
    return ".".join(map(str, path))
