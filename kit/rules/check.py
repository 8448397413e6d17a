"""A brief in, findings out: what is wrong in it, and what is missing in each step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kit.brief import STARTER_STATEMENT, Brief, BriefFile, TableRow
from kit.brief.reading import nearest
from kit.brief.store import value_at
from kit.brief.tree import Tree
from kit.errors import Problem
from kit.rules.expected import STEPS, Expected, Step
from kit.rules.finding import Finding
from kit.rules.impossible import CODES as IMPOSSIBLE
from kit.rules.impossible import impossible
from kit.rules.misfiled import CODES as MISFILED
from kit.rules.misfiled import misfiled


@dataclass(frozen=True, kw_only=True)
class _Subject:
    """What is checked: a file, or a row of a table."""

    name: str
    brief: Brief | None
    tree: Tree
    problems: tuple[Problem, ...]
    row: int | None
    line: Callable[[str], int | None]

    def value(self, key: str) -> Any:
        return value_at(self.tree, key)


def check(file: BriefFile) -> tuple[Finding, ...]:
    """Everything the coach has to say about a brief, waived and skipped findings included.

    What cannot be read comes first, then the steps in order.
    """
    return _checked(
        _Subject(
            name=file.name,
            brief=file.brief,
            tree=file.parsed.tree,
            problems=file.problems,
            row=None,
            line=file.parsed.line,
        )
    )


def check_row(row: TableRow, *, table: str) -> tuple[Finding, ...]:
    """The same for a row of the table that a person calls `table`."""
    return _checked(
        _Subject(
            name=table,
            brief=row.brief,
            tree=row.tree,
            problems=row.problems,
            row=row.number,
            line=lambda _: None,
        )
    )


def errors_of(problems: Iterable[Problem]) -> Iterator[Finding]:
    """What cannot be read, as findings."""
    for problem in problems:
        yield Finding(
            code="BR001" if problem.key else "BR003",
            name="value-not-read" if problem.key else "file-not-read",
            severity="error",
            path=problem.key,
            file=problem.file,
            line=problem.line,
            row=problem.row,
            message=f"{problem.said}.",
            remedy=problem.remedy,
        )


def _checked(subject: _Subject) -> tuple[Finding, ...]:
    found = [*errors_of(subject.problems)]
    if subject.brief is not None:
        found += _strange_waivers(subject)
        for step in STEPS:
            found += _step(step, subject)
        found += _impossible(subject, subject.brief)
        found += [_finding(subject, one, one.path) for one in misfiled(subject.brief)]
    return tuple(_waived(finding, subject) for finding in found)


def _impossible(file: _Subject, brief: Brief) -> Iterator[Finding]:
    for fault in impossible(brief):
        yield dataclasses.replace(_finding(file, fault, fault.path), message=fault.message)


def _step(step: Step, file: _Subject) -> Iterator[Finding]:
    if step.name == "goal" and file.brief and file.brief.goal.statement == STARTER_STATEMENT:
        yield _finding(file, _NOT_WRITTEN, "goal.statement")
    if _untouched(step, file):
        started = Expected(
            code=step.code,
            name=f"{step.name}-not-started",
            path=step.keys[0],
            message=f"Nothing is written yet for the step {step.title!r}.",
            remedy="Open its workbook.",
        )
        yield _finding(file, started, step.keys[0])
        for expected in step.expected:
            skipped = _finding(file, expected, expected.path)
            yield dataclasses.replace(
                skipped, status="skipped", reason=f"{step.code} {step.name}-not-started"
            )
        return
    for expected in step.expected:
        for path in _gaps(file.tree, expected.path.split("."), ()):
            yield _finding(file, expected, path)


_NOT_WRITTEN = Expected(
    code="GO100",
    name="goal-not-written",
    path="goal.statement",
    message="The goal is still the starter text.",
    remedy="Write which number moves, by how much, by when.",
)


def _untouched(step: Step, file: _Subject) -> bool:
    if step.name == "goal":
        goal = file.value("goal") or {}
        return list(goal) == ["statement"] and file.value("decision") is None
    return all(file.value(key) is None for key in step.keys)


def _gaps(node: Any, path: list[str], done: tuple[str, ...]) -> Iterator[str]:
    """Dotted keys that match `path` and hold nothing, in the tree as it was written.

    "Not applicable" is an answer, and what was written but cannot be read is an error already.
    """
    if node in (None, [], {}):
        # `*` asks about the entries of a list; where the list itself is missing, another rule says so.
        if "*" not in path:
            yield ".".join((*done, *path))
    elif path and path[0] == "*":
        for index, entry in enumerate(node if isinstance(node, list) else ()):
            yield from _gaps(entry, path[1:], (*done, str(index)))
    elif path and isinstance(node, dict) and list(node) != ["n/a"]:
        yield from _gaps(node.get(path[0]), path[1:], (*done, path[0]))


def _finding(file: _Subject, expected: Expected, path: str) -> Finding:
    return Finding(
        code=expected.code,
        name=expected.name,
        severity=expected.severity,
        path=path,
        file=file.name,
        line=file.line(path),
        row=file.row,
        message=_about(file, expected.message, path),
        remedy=expected.remedy,
    )


def _about(file: _Subject, message: str, path: str) -> str:
    """The message, with the name of the entry it speaks of."""
    parts = path.split(".")
    at = next((index for index, part in enumerate(parts) if part.isdigit()), None)
    if at is None:
        return message
    entry = file.value(".".join(parts[: at + 1])) or {}
    name = entry.get("name") or entry.get("kind") or f"entry {int(parts[at]) + 1}"
    return f"{name}: {message[0].lower()}{message[1:]}"


def _waivers(file: _Subject) -> dict[str, str]:
    waivers = file.brief.waive if file.brief else None
    return waivers if isinstance(waivers, dict) else {}


def _waived(finding: Finding, file: _Subject) -> Finding:
    reason = _waivers(file).get(finding.code)
    # An error leaves nothing to decide on, so it cannot be accepted.
    if finding.status != "finding" or finding.severity == "error" or reason is None:
        return finding
    return dataclasses.replace(finding, status="waived", reason=reason)


def _strange_waivers(file: _Subject) -> Iterator[Finding]:
    for code in _waivers(file):
        if code not in CODES:
            strange = Expected(
                code="BR002",
                name="waiver-of-unknown-code",
                path=f"waive.{code}",
                message=f"The waiver {code} is for no code of the kit.",
                remedy=nearest(code, sorted(CODES)) if code[:2].isalpha() else "Take it out.",
            )
            yield _finding(file, strange, strange.path)


CODES = frozenset(
    {"BR001", "BR002", "BR003", _NOT_WRITTEN.code}
    | IMPOSSIBLE
    | MISFILED
    | {step.code for step in STEPS}
    | {expected.code for step in STEPS for expected in step.expected}
)
