"""A brief in, findings out: what is wrong in it, and what is missing in each step."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from kit.brief import STARTER_STATEMENT, BriefFile, NotApplicable
from kit.errors import Problem
from kit.rules.expected import STEPS, Expected, Step
from kit.rules.finding import Finding


def check(file: BriefFile) -> tuple[Finding, ...]:
    """Everything the coach has to say about a brief, waived and skipped findings included.

    Errors of the model come first, then the steps in order.
    """
    found = [*errors_of(file.problems)]
    if file.brief is not None:
        for step in STEPS:
            found += _step(step, file)
    return tuple(_waived(finding, file) for finding in found)


def errors_of(problems: Iterable[Problem]) -> Iterator[Finding]:
    """The model's problems as findings; a row of a table stands where a line would."""
    for problem in problems:
        yield Finding(
            code="BR001",
            name="value-not-read",
            severity="error",
            path=problem.key,
            file=problem.file if problem.row is None else problem.place,
            line=problem.line,
            message=f"{problem.key}: expected {problem.expected}, found {problem.found}.",
            remedy=problem.remedy,
        )


def _step(step: Step, file: BriefFile) -> Iterator[Finding]:
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
        for path in _gaps(file.brief, expected.path.split("."), ()):
            # What was written but could not be read is an error already, not a gap as well.
            if file.value(path) is None:
                yield _finding(file, expected, path)


_NOT_WRITTEN = Expected(
    code="GO100",
    name="goal-not-written",
    path="goal.statement",
    message="The goal is still the starter text.",
    remedy="Write which number moves, by how much, by when.",
)


def _untouched(step: Step, file: BriefFile) -> bool:
    if step.name == "goal":
        goal = file.value("goal") or {}
        return list(goal) == ["statement"] and file.value("decision") is None
    return all(file.value(key) is None for key in step.keys)


def _gaps(node: Any, path: list[str], done: tuple[str, ...]) -> Iterator[str]:
    """Dotted keys below `node` that match `path` and hold nothing; "not applicable" is an answer."""
    if isinstance(node, NotApplicable):
        return
    if node is None or node == []:
        # `*` asks about the entries of a list; where the list itself is missing, another rule says so.
        if "*" not in (*done, *path):
            yield ".".join((*done, *path))
        return
    if not path:
        return
    if path[0] == "*":
        for index, entry in enumerate(node):
            yield from _entry_gaps(entry, path[1:], (*done, str(index)))
        return
    yield from _gaps(getattr(node, path[0]), path[1:], (*done, path[0]))


def _entry_gaps(entry: Any, path: list[str], done: tuple[str, ...]) -> Iterator[str]:
    value = entry
    for part in path:
        value = None if value is None or isinstance(value, NotApplicable) else getattr(value, part)
    if value is None or value == []:
        yield ".".join((*done, *path))


def _finding(file: BriefFile, expected: Expected, path: str) -> Finding:
    return Finding(
        code=expected.code,
        name=expected.name,
        severity=expected.severity,
        path=path,
        file=file.name,
        line=file.parsed.line(path),
        message=_about(file, expected.message, path),
        remedy=expected.remedy,
    )


def _about(file: BriefFile, message: str, path: str) -> str:
    """The message, with the name of the entry it speaks of."""
    parts = path.split(".")
    at = next((index for index, part in enumerate(parts) if part.isdigit()), None)
    if at is None:
        return message
    entry = file.value(".".join(parts[: at + 1])) or {}
    name = entry.get("name") or entry.get("kind") or f"entry {int(parts[at]) + 1}"
    return f"{message[:-1]}: {name}."


def _waived(finding: Finding, file: BriefFile) -> Finding:
    waivers = file.brief.waive if file.brief else None
    if finding.status != "finding" or not isinstance(waivers, dict) or finding.code not in waivers:
        return finding
    return dataclasses.replace(finding, status="waived", reason=waivers[finding.code])
