"""Values at dotted keys of a tree: looked up, set, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.brief.model import Brief
from kit.brief.quantity import Quantity
from kit.brief.reading import inside
from kit.brief.tree import Tree

_GONE = object()


def value_at(tree: Any, key: str) -> Any:
    """The value at a dotted key of a tree, None where there is none."""
    for part in key.split(".") if key else []:
        if isinstance(tree, dict) and part in tree:
            tree = tree[part]
        elif isinstance(tree, list) and _is_index(part) and int(part) < len(tree):
            tree = tree[int(part)]
        else:
            return None
    return tree


def changed(tree: Tree, changes: Mapping[str, Any]) -> Tree:
    """A copy of `tree` with dotted keys set to plain values, and None, "", [] or {} taking them out.

    A group or list that loses its last entry goes too. Rows are counted as they stand in `tree`; the
    number after the last one adds a row. A number that gets a source or a unit becomes a group.

    Raises
    ------
    ValueError
        If a key points beyond the end of a list, or into one by a name.
    """
    result = _copied(tree)
    for key, value in changes.items():
        _set(result, key.split("."), _plain(value), Brief)
    left = _swept(result)
    return {} if left is _GONE else left


def _copied(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(value) for value in node] if isinstance(node, list) else node


def _set(node: Any, path: list[str], value: Any, kind: Any) -> None:
    part = _place(node, path[0])
    kind = inside(kind, path[0])
    missing = part not in node if isinstance(node, dict) else part == len(node)
    old = None if missing else node[part]
    if len(path) > 1:
        if not isinstance(old, (dict, list)):
            if _is_empty(value):
                return
            old = {"value": old} if _is_number(old, kind) else {}
        _set(old, path[1:], value, kind)
        value = old
    elif _is_empty(value):
        value = _GONE
    if missing and isinstance(node, list):
        node.append(value)
    elif not (missing and value is _GONE):
        node[part] = value


def _place(node: Any, part: str) -> Any:
    if isinstance(node, dict):
        return part
    if not _is_index(part) or int(part) > len(node):
        raise ValueError(f"expected the number of a row from 0 to {len(node)}, found {part!r}")
    return int(part)


def _is_index(part: str) -> bool:
    return part.isascii() and part.isdigit()


def _is_number(value: Any, kind: Any) -> bool:
    """Whether a text stands for a quantity, so that it is kept when a source or unit is added."""
    spoken = isinstance(value, str) and not value.strip().lower().startswith("n/a")
    return spoken and isinstance(kind, type) and issubclass(kind, Quantity)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _plain(value: Any) -> Any:
    """A value as a tree holds it: numbers and booleans are what one would type."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _swept(node: Any) -> Any:
    """`node` without what was taken out, and without what that left empty; None where nothing is left.

    What was empty before stays: it is not for us to tidy up.
    """
    if isinstance(node, dict):
        kept = {key: left for key, value in node.items() if (left := _swept(value)) is not _GONE}
        return kept if kept or not node else _GONE
    if isinstance(node, list):
        rows = [left for value in node if (left := _swept(value)) is not _GONE]
        return rows if rows or not node else _GONE
    return node
