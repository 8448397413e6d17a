"""Briefs for the coach's tests: examples, corrected copies of them, and changes to either."""

import copy
import datetime as dt
import functools
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kit.brief import BriefFile, open_brief
from kit.brief.changes import value_at
from kit.brief.reading import read
from kit.brief.tree import Parsed
from kit.rules import RULES, Finding, Rule, check

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "coach"
TODAY = dt.date(2026, 11, 20)
NAMES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/brief.yaml"))
BASE = (
    "fraud-detection"  # what the rules' own texts and cases are put into, unless they name another
)


def plain(text: str) -> Any:
    """A YAML text as a brief's reader has it: every scalar is text."""
    return _texts(YAML(typ="safe", pure=True).load(text))


def _texts(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _texts(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_texts(value) for value in node]
    if isinstance(node, bool):
        return "true" if node else "false"
    return None if node is None else str(node)


@functools.cache
def _example(name: str) -> dict[str, Any]:
    return dict(open_brief(ROOT / "examples" / name).parsed.tree)


def example(name: str) -> dict[str, Any]:
    """A worked case as it is shipped."""
    return copy.deepcopy(_example(name))


@functools.cache
def _corrections() -> dict[str, dict[str, Any]]:
    return plain((CASES / "corrected.yaml").read_text("utf-8"))


def corrected(name: str) -> dict[str, Any]:
    """A worked case with the faults mended that are left in it on purpose."""
    return put(example(name), _corrections().get(name, {}))


def put(tree: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The tree with dotted keys set; None takes a key or an entry out, the number after the last adds one."""
    tree = copy.deepcopy(tree)
    for key, value in changes.items():
        *way, last = key.split(".")
        node: Any = tree
        for part in way:
            node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
        if isinstance(node, list) and int(last) == len(node):
            node.append(copy.deepcopy(value))
        elif value is None:
            if isinstance(node, list):
                del node[int(last)]
            else:
                node.pop(last, None)
        else:
            node[int(last) if isinstance(node, list) else last] = copy.deepcopy(value)
    return tree


def merged(tree: Any, piece: Any) -> Any:
    """The tree with a piece of a brief laid over it: groups and their lists entry by entry, nothing takes out."""
    if isinstance(tree, dict) and isinstance(piece, dict):
        both = {**tree, **{key: merged(tree.get(key), value) for key, value in piece.items()}}
        return {key: value for key, value in both.items() if value is not None}
    groups = isinstance(piece, list) and all(isinstance(one, dict) for one in piece)
    if isinstance(tree, list) and groups and piece:
        return [merged(one, other) for one, other in zip(tree, piece, strict=False)] + (
            tree[len(piece) :] if len(tree) > len(piece) else piece[len(tree) :]
        )
    return copy.deepcopy(piece)


def file_of(tree: dict[str, Any]) -> BriefFile:
    """A brief's file with this tree in it; its lines are not known."""
    brief, problems = read(tree, file="brief.yaml", place=lambda _: (None, None))
    return BriefFile(
        path=Path("brief.yaml"),
        name="brief.yaml",
        text="",
        stamp="",
        parsed=Parsed(tree=tree, lines={}),
        brief=brief,
        problems=problems,
    )


def checked(tree: dict[str, Any], *, rules: tuple[Rule, ...] = RULES) -> tuple[Finding, ...]:
    """All that the coach has to say about a tree."""
    return check(file_of(tree), rules=rules, today=TODAY)


def found(tree: dict[str, Any]) -> list[Finding]:
    """What the coach finds in a tree."""
    return [one for one in checked(tree) if one.status == "finding"]


def told(findings: list[Finding]) -> list[str]:
    """Findings in a line each, for a test's failure."""
    return [f"{one.path}: {one.code} {one.name}: {one.message} {one.remedy}" for one in findings]


__all__ = [
    "BASE",
    "CASES",
    "NAMES",
    "ROOT",
    "TODAY",
    "checked",
    "corrected",
    "example",
    "file_of",
    "found",
    "merged",
    "plain",
    "put",
    "told",
    "value_at",
]
