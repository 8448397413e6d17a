"""The run of all rules over one brief: each finds something, passes, or is skipped with the reason."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.rules.case import Case
from kit.rules.rule import Rule, Said

UNREADABLE = "BR001 value-not-read"


@dataclass(frozen=True, kw_only=True, slots=True)
class Skip:
    """A place that a rule could not look at."""

    path: str  # dotted key
    reason: str  # the finding that stands in the way


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What one rule found in one brief; neither findings nor skips is a pass."""

    said: tuple[Said, ...] = ()
    skips: tuple[Skip, ...] = ()
    whole: bool = False  # it did not look at all, or not to the end
    failure: str | None = None  # what its own code broke at


PASS = Result()


def results(case: Case, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Result]]:
    """Each rule that did not pass with its result, in their order."""
    run = _Run(case, {rule.code: rule for rule in rules})
    for rule in rules:
        result = run.result(rule)
        if result is not PASS:
            yield rule, result


class _Run:
    """Results worked out once, as rules ask for each other's."""

    def __init__(self, case: Case, rules: Mapping[str, Rule]) -> None:
        self.case, self.rules = case, rules
        self.done: dict[str, Result] = {}

    def result(self, rule: Rule) -> Result:
        known = self.done.get(rule.code)
        if known is None:
            known = self.done[rule.code] = self._worked_out(rule)
        return known

    def _worked_out(self, rule: Rule) -> Result:
        skips: dict[str, Skip] = {}
        for code in rule.requires:
            required = self.result(self.rules[code])
            if reason := self._in_the_way(self.rules[code], required):
                place = _place(rule, self.rules[code], required)
                return Result(skips=(Skip(path=place, reason=reason),), whole=True)
            if required is not PASS:
                skips |= {skip.path: skip for skip in _partly(self.rules[code], required)}
        try:
            said = tuple(rule.look(self.case))
        except Exception as exc:  # noqa: BLE001  one rule's own fault must not hide what the others find
            return Result(failure=_told(exc), whole=True)
        return Result(said=said, skips=tuple(skips.values())) if said or skips else PASS

    def _in_the_way(self, rule: Rule, required: Result) -> str | None:
        """Why nothing can be looked at; None where nothing, or only some entry, stands in the way."""
        if required.failure is not None:
            return f"BR006 rule-failed: {rule.code}"
        if required.whole:
            return required.skips[0].reason
        found = required.said
        if found and not _is_entry(found[0].path):
            return named(rule)
        if not self.case.unreadable or rule.key is None or "*" in rule.key:
            return None
        lost = (path for path in self.case.unreadable if _overlap(path, str(rule.key)))
        return next((f"{UNREADABLE}: {path}" for path in lost), None)


def _told(exc: Exception) -> str:
    """An exception in a line, with the place of the code that raised it."""
    last = traceback.extract_tb(exc.__traceback__)[-1]
    return f"{type(exc).__name__}: {exc} ({Path(last.filename).name}, line {last.lineno})"


def _overlap(path: str, key: str) -> bool:
    return path == key or path.startswith(f"{key}.") or key.startswith(f"{path}.")


def named(rule: Rule) -> str:
    """A rule as a reason names it."""
    return f"{rule.code} {rule.name}"


def _partly(rule: Rule, required: Result) -> Iterator[Skip]:
    """The entries that a rule cannot look at, as another found something missing there."""
    for one in required.said:
        yield Skip(path=_entry(one.path), reason=named(rule))
    yield from required.skips


def _is_entry(path: str) -> bool:
    return any(part.isdigit() for part in path.split("."))


def _entry(path: str) -> str:
    """The dotted key of the entry that a path lies in."""
    parts = path.split(".")
    at = next(index for index, part in enumerate(parts) if part.isdigit())
    return ".".join(parts[: at + 1])


def _place(rule: Rule, other: Rule, required: Result) -> str:
    """Where a rule that was skipped would have looked: at what it asks for, or at what is in the way."""
    if rule.key:
        return rule.key
    if required.said or required.skips:
        return (required.said or required.skips)[0].path
    return other.key or ""
