"""Names given elsewhere in a brief, to be offered where they are meant again."""

from __future__ import annotations

from typing import Any

from kit.brief.tree import Tree


def names_in(tree: Tree, *keys: str) -> list[str]:
    """The names of the rows at dotted keys, those that can be read."""
    rows = [row for key in keys for row in _rows(_at(tree, key)) if isinstance(row, dict)]
    return [row["name"] for row in rows if isinstance(row.get("name"), str)]


def text_at(tree: Tree, key: str) -> list[str]:
    """The text at a dotted key, if there is one."""
    value = _at(tree, key)
    return [value] if isinstance(value, str) else []


def _at(tree: Any, key: str) -> Any:
    for part in key.split("."):
        tree = tree.get(part) if isinstance(tree, dict) else None
    return tree


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
