"""What cannot be read in a brief, as findings. These come from no rule, and nothing turns them off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kit.errors import Problem, visible
from kit.rules.finding import Finding
from kit.rules.rule import Rule, Said, outside


@outside("BR001", "error")
def value_not_read() -> None:
    """Finds values that are not what their key asks for, and keys that the kit does not know.

    Why it matters: a number that cannot be read is a number that nothing is worked out with, and a key with
    a slip of the pen is one that nobody sees. Such a finding cannot be waived.

    Bad:
        goal: {target: a good deal lower}

    Good:
        goal: {target: 1500000}

    Source: the format of a brief, `framing schema`.
    """


@outside("BR003", "error")
def file_not_read() -> None:
    """Finds files that are no YAML, hold more than one brief, or are no file at all.

    Why it matters: nothing in it could be looked at. Such a finding cannot be waived.

    Bad:
        goal: {statement: "a quotation mark that is not closed}

    Good:
        goal: {statement: "a quotation mark that is closed"}

    Source: YAML 1.2.
    """


@outside("BR006", "error")
def rule_failed() -> None:
    """Tells of a rule whose own code broke; what the other rules found stands.

    Why it matters: what the rule looks for was not looked for, so its silence says nothing.

    Bad:
        title: a brief that makes a rule of one's own divide by zero

    Good:
        title: a brief that it can look at

    Source: the rule's own code.
    """


def failure_of(rule: Rule, failure: str) -> Said:
    """What is said of a rule that failed."""
    return Said(
        path="",
        message=f"The rule {rule.code} {rule.name} broke: {failure}.",
        remedy="Tell whoever wrote it. What the other rules found stands.",
    )


def errors_of(problems: Iterable[Problem], *, nothing_read: bool = False) -> Iterator[Finding]:
    """What cannot be read, as findings; `nothing_read` where that is the file as a whole."""
    for problem in problems:
        of = file_not_read if nothing_read or not problem.key else value_not_read
        yield Finding(
            code=of.code,
            name=of.name,
            severity=of.severity,
            path=visible(problem.key),
            file=visible(problem.file),
            line=problem.line,
            row=problem.row,
            message=visible(f"{problem.said}."),
            remedy=visible(problem.remedy),
        )


READING: tuple[Rule, ...] = (value_not_read, file_not_read, rule_failed)
