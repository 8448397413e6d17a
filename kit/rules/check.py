"""A brief in, findings out: what cannot be read, then what each rule found, was waived or was skipped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kit.brief import Brief, BriefFile, TableRow
from kit.brief.reading import read
from kit.brief.tree import Tree
from kit.errors import Problem
from kit.rules.case import Case
from kit.rules.coach import Result, results
from kit.rules.families import RULES
from kit.rules.finding import Finding, Status
from kit.rules.reading import errors_of, failure_of, rule_failed
from kit.rules.rule import Rule, Said
from kit.rules.waivers import strange_waivers, waived


@dataclass(frozen=True, kw_only=True)
class _Subject:
    """What is checked: a file, or a row of a table."""

    name: str
    brief: Brief | None
    tree: Tree
    problems: tuple[Problem, ...]
    row: int | None
    line: Callable[[str], int | None]


def check(
    file: BriefFile, *, rules: Sequence[Rule] = RULES, today: dt.date | None = None
) -> tuple[Finding, ...]:
    """Everything the coach has to say about a brief, waived and skipped findings included.

    What cannot be read comes first, then the rules in their order. Dates are compared with `today`, which
    is the system's if not given.
    """
    subject = _Subject(
        name=file.name,
        brief=file.brief,
        tree=file.parsed.tree,
        problems=file.problems,
        row=None,
        line=cache(file.parsed.line),  # many are about the same key
    )
    return _checked(subject, rules, today)


def check_row(
    row: TableRow, *, table: str, rules: Sequence[Rule] = RULES, today: dt.date | None = None
) -> tuple[Finding, ...]:
    """The same for a row of the table that a person calls `table`, as far as it can be read."""
    brief, _ = (row.brief, ()) if row.brief else read(row.tree, file=table, place=_nowhere)
    subject = _Subject(
        name=table,
        brief=brief,
        tree=row.tree,
        problems=row.problems,
        row=row.number,
        line=lambda _: None,
    )
    return _checked(subject, rules, today)


def _nowhere(_key: str) -> tuple[None, None]:
    return None, None


def _checked(
    subject: _Subject, rules: Sequence[Rule], today: dt.date | None
) -> tuple[Finding, ...]:
    unread = tuple(errors_of(subject.problems))
    if subject.brief is None:
        return unread
    case = Case(
        subject.brief,
        subject.tree,
        unreadable=tuple(problem.key for problem in subject.problems),
        today=today or dt.datetime.now().astimezone().date(),
    )
    by_rules = [
        waived(finding, subject.brief)
        for rule, result in results(case, rules)
        for finding in _findings(rule, result, subject)
    ]
    strange = strange_waivers(subject.brief, by_rules, rules)
    return (*unread, *(_finding(rule, said, subject) for rule, said in strange), *by_rules)


def _findings(rule: Rule, result: Result, subject: _Subject) -> Iterator[Finding]:
    if result.failure is not None:
        yield _finding(rule_failed, failure_of(rule, result.failure), subject)
    for said in result.said:
        yield _finding(rule, said, subject)
    for skip in result.skips:
        does = Said(path=skip.path, message=rule.text.does, remedy="")
        yield _finding(rule, does, subject, "skipped", skip.reason)


def _finding(
    rule: Rule,
    said: Said,
    subject: _Subject,
    status: Status = "finding",
    reason: str | None = None,
) -> Finding:
    return Finding(
        rule.code,
        rule.name,
        rule.severity,
        said.path,
        subject.name,
        subject.line(said.path),
        said.message,
        said.remedy,
        status,
        reason,
        subject.row,
    )


def errors_in(findings: Iterable[Finding]) -> bool:
    """Whether something was found that leaves nothing to decide on."""
    return any(one.status == "finding" and one.severity == "error" for one in findings)
