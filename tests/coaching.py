"""Briefs for the coach's tests: examples, corrected copies of them, and changes to either."""

import copy
import datetime as dt
import functools
import re
import tempfile
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kit.brief import Brief, BriefFile, open_brief
from kit.brief.changes import value_at
from kit.brief.reading import read
from kit.brief.tree import Parsed
from kit.data import Attached, Found, Refused, attached_to, question_of
from kit.data.child import look
from kit.data.measured import from_json
from kit.data.reading.refusal import RefusedError
from kit.data.request import Request
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


def files_in(piece: str) -> dict[str, str]:
    """The files that a piece of a brief has in its comments: `# data/rows.csv`, then a line for each of theirs.

    A last line "(20 rows of each)" stands for so many copies of every row.
    """
    files: dict[str, list[str]] = {}
    for line in piece.splitlines():
        said = line.removeprefix("#").strip() if line.startswith("#") else None
        if said is None:
            continue
        if re.fullmatch(r"\S+\.(csv|tsv)", said):
            files[said] = []
        elif times := re.fullmatch(r"\((\d+) rows of each\)", said):
            *_, rows = files.values()
            rows[1:] = [row for row in rows[1:] for _ in range(int(times[1]))]
        elif files:
            [*files.values()][-1].append(said)
    return {name: "\n".join(rows) + "\n" for name, rows in files.items()}


def shown_by(
    tree: dict[str, Any], files: dict[str, str], *, baseline: bool = False
) -> tuple[Found, ...]:
    """What files beside a brief show."""
    brief = file_of(tree).brief
    if brief is None:
        return ()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        return tuple(_shown(brief, one, baseline) for one in attached_to(brief, folder))


def _shown(brief: Brief, file: Attached | Refused, baseline: bool) -> Found:
    """As the child process does it, without a process."""
    if isinstance(file, Refused):
        return file
    told: dict[str, Any] = {}
    request = Request(
        path=str(file.path),
        file=file.name,
        stamp="",
        size=file.size,
        question=question_of(brief, file),
        now=dt.datetime.combine(TODAY, dt.time(12)),
        baseline=20.0 if baseline else None,
        memory=0,  # as this process has no limits
        alarm=0.0,
    )
    try:
        look(request, lambda **keys: told.update(keys))
    except RefusedError as exc:
        return Refused(
            sources=file.sources,
            name=file.name,
            expected=exc.expected,
            found=exc.found,
            remedy=exc.remedy,
        )
    return from_json(told["measured"])


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


def checked(
    tree: dict[str, Any],
    *,
    rules: tuple[Rule, ...] = RULES,
    files: dict[str, str] | None = None,
    baseline: bool = False,
) -> tuple[Finding, ...]:
    """All that the coach has to say about a tree; with `files` beside it, about these, too."""
    shown = () if files is None else shown_by(tree, files, baseline=baseline)
    return check(file_of(tree), rules=rules, today=TODAY, files=shown)


def found(
    tree: dict[str, Any], files: dict[str, str] | None = None, *, baseline: bool = False
) -> list[Finding]:
    """What the coach finds in a tree, with `files` beside it."""
    everything = checked(tree, files=files, baseline=baseline)
    return [one for one in everything if one.status == "finding"]


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
    "files_in",
    "found",
    "merged",
    "plain",
    "put",
    "shown_by",
    "told",
    "value_at",
]
