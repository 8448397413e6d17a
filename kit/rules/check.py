"""A brief in, findings out: what cannot be read, then what each rule found, was waived or was skipped."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kit.brief import Brief, BriefFile, TableRow
from kit.brief.remains import Order, Remains, in_file, in_remains, remains_of, said_in_file
from kit.brief.tree import Tree
from kit.errors import Problem, visible
from kit.rules.case import Case
from kit.rules.coach import Result, results
from kit.rules.families import OF_BASELINE, OF_FILES, RULES
from kit.rules.finding import Finding, Status
from kit.rules.reading import errors_of, failure_of, rule_failed, value_not_read
from kit.rules.rule import Rule, Said
from kit.rules.waivers import strange_waivers, waived

if TYPE_CHECKING:
    from kit.data import Found


@dataclass(frozen=True, kw_only=True)
class _Subject:
    """What is checked: a file, or a row of a table."""

    name: str
    brief: Brief | None  # None where something is wrong in it
    tree: Tree
    problems: tuple[Problem, ...]
    row: int | None
    line: Callable[[str], int | None]
    files: tuple[Found, ...] = ()
    columns: Order = field(default_factory=dict)  # where a table leaves out indexes


class _Asked(NamedTuple):
    """All that findings depend on, but for the file's name; what is told apart soonest comes first."""

    today: dt.date
    rules: tuple[Rule, ...]
    lines: dict[str, int]
    tree: Tree
    problems: tuple[Problem, ...]
    brief: Brief | None
    files: tuple[Found, ...]


_KEPT = 4  # briefs: one part of a workbook after the other asks about the same one
_recent: deque[tuple[_Asked, tuple[Finding, ...]]] = deque(maxlen=_KEPT)


def check(
    file: BriefFile,
    *,
    rules: Sequence[Rule] = RULES,
    today: dt.date | None = None,
    files: Sequence[Found] = (),
) -> tuple[Finding, ...]:
    """Everything the coach has to say about a brief, waived and skipped findings included.

    What cannot be read comes first, then the rules in their order. Dates are compared with `today`, which
    is the system's if not given. What a rule requires and is not among `rules` counts as passed. `files` is what
    the brief's own show, see `kit.data.survey`; rules about them find nothing without.
    """
    day = today or _today()
    asked = _Asked(
        day,
        tuple(rules),
        file.parsed.lines,
        file.parsed.tree,
        file.problems,
        file.brief,
        tuple(files),
    )
    name = visible(file.name)
    for known, findings in tuple(_recent):
        if known == asked:
            return tuple(one._replace(file=name) for one in findings)
    subject = _Subject(
        name=name,
        brief=file.brief,
        tree=file.parsed.tree,
        problems=file.problems,
        row=None,
        line=cache(file.parsed.line),  # many are about the same key
        files=asked.files,
    )
    found = _checked(subject, rules, day)
    _recent.append((asked, found))
    return found


def check_row(
    row: TableRow, *, table: str, rules: Sequence[Rule] = RULES, today: dt.date | None = None
) -> tuple[Finding, ...]:
    """The same for a row of the table that a person calls `table`, as far as it can be read."""
    subject = _Subject(
        name=visible(table),
        brief=row.brief,
        tree=row.tree,
        problems=row.problems,
        row=row.number,
        line=lambda _: None,
        columns=row.columns,
    )
    return _checked(subject, rules, today or _today())


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _checked(subject: _Subject, rules: Sequence[Rule], today: dt.date) -> tuple[Finding, ...]:
    unread = tuple(errors_of(subject.problems))
    remains = (
        remains_of(subject.tree)
        if subject.problems
        else Remains(brief=subject.brief, tree=subject.tree, order={})
    )
    teller = _Teller(subject, remains.order)
    if remains.brief is None:
        reason = f"{value_not_read.called}: {remains.wanting}"
        return (*unread, *(teller.skipped(rule, rule.key or "", reason) for rule in rules))
    case = Case(
        remains.brief,
        remains.tree,
        unreadable=tuple(teller.in_remains(problem.key) for problem in subject.problems),
        today=today,
        order=remains.order,
        files=subject.files,
    )
    by_rules = [
        finding
        for rule, result in results(case, rules)
        for finding in teller.findings(rule, result)
    ]
    if not remains.brief.waive:
        return (*unread, *by_rules)
    by_rules = [waived(finding, remains.brief) for finding in by_rules]
    strange = strange_waivers(remains.brief, by_rules, rules, unseen=_unseen(case))
    return (*unread, *(teller.finding(rule, said) for rule, said in strange), *by_rules)


def _unseen(case: Case) -> frozenset[str]:
    """Codes of the rules that had no file, or no quick baseline, to look at."""
    if not case.measured:
        return OF_FILES
    return frozenset() if any(one.ladder for one in case.measured) else OF_BASELINE


class _Teller:
    """Says where things are: in the file as it was written, and not in what remains of it."""

    def __init__(self, subject: _Subject, order: Order) -> None:
        self._subject = subject
        self._orders = [one for one in (order, subject.columns) if one]

    def in_remains(self, key: str) -> str:
        for order in reversed(self._orders):
            key = in_remains(key, order)
        return key

    def findings(self, rule: Rule, result: Result) -> Iterator[Finding]:
        if result.failure is not None:
            yield self.finding(rule_failed, failure_of(rule, result.failure))
        for said in result.said:
            yield self.finding(rule, said)
        for path, reason in result.skips:
            yield self.skipped(rule, path, reason)

    def finding(self, rule: Rule, said: Said) -> Finding:
        path, message, remedy = said
        for order in self._orders:
            path, message = in_file(path, order), said_in_file(message, order)
            remedy = said_in_file(remedy, order)
        return self._made(rule, path, visible(message), visible(remedy), "finding", None)

    def skipped(self, rule: Rule, path: str, reason: str) -> Finding:
        for order in self._orders:
            path, reason = in_file(path, order), said_in_file(reason, order)
        return self._made(rule, path, rule.does, "", "skipped", reason)

    def _made(
        self, rule: Rule, path: str, message: str, remedy: str, status: Status, reason: str | None
    ) -> Finding:
        subject = self._subject
        return Finding(
            rule.code,
            rule.name,
            rule.severity,
            visible(path),
            subject.name,
            subject.line(path),
            message,
            remedy,
            status,
            reason,
            subject.row,
        )


def errors_in(findings: Iterable[Finding]) -> bool:
    """Whether something was found that leaves nothing to decide on."""
    return any(one.status == "finding" and one.severity == "error" for one in findings)
