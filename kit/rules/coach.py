"""The run of all rules over one brief: each finds something, passes, or is skipped with the reason."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kit.errors import Terminated, visible
from kit.rules.case import Case, entry_of
from kit.rules.reading import rule_failed, value_not_read
from kit.rules.rule import Rule, Said


class Skip(NamedTuple):
    """A place that a rule could not look at."""

    path: str  # dotted key
    reason: str  # the finding that stands in the way


class Result(NamedTuple):
    """What one rule found in one brief; neither findings nor skips is a pass."""

    said: tuple[Said, ...] = ()
    skips: tuple[Skip, ...] = ()
    obstacle: str | None = None  # why the rules that require this one cannot look at all
    failure: str | None = None  # what its own code broke at


PASS = Result()


def results(case: Case, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Result]]:
    """Each rule that did not pass with its result, in their order."""
    done: dict[str, Result] = {}  # a pass is in it no more than what nobody ran
    for rule, requires in _required_first(tuple(rules)):
        result = _result(rule, requires, case, done)
        if result is not PASS:
            done[rule.code] = result
    return ((rule, done[rule.code]) for rule in rules if rule.code in done)


@lru_cache(maxsize=4)
def _required_first(rules: tuple[Rule, ...]) -> tuple[tuple[Rule, tuple[Rule, ...]], ...]:
    """The rules, each with those that it requires and after them, otherwise in their order."""
    known = {rule.code: rule for rule in rules}
    ordered: dict[Rule, tuple[Rule, ...]] = {}

    def put(rule: Rule) -> None:
        if rule not in ordered:
            requires = tuple(known[code] for code in rule.requires if code in known)
            for one in requires:
                put(one)
            ordered[rule] = requires

    for rule in rules:
        put(rule)
    return tuple(ordered.items())


def _result(rule: Rule, requires: Sequence[Rule], case: Case, done: Mapping[str, Result]) -> Result:
    partly: dict[str, Skip] = {}
    for other in requires:
        required = done.get(other.code)
        if required is None:
            continue
        if required.obstacle is not None:
            skip = Skip(rule.key or _place(other, required), required.obstacle)
            return Result(skips=(skip,), obstacle=required.obstacle)
        partly |= {skip.path: skip for skip in _partly(other, required)}
    try:
        said = tuple(rule.look(case))
    except (KeyboardInterrupt, Terminated):
        raise
    except BaseException as exc:  # noqa: BLE001  one rule's fault, an exit too, must not hide what others find
        return Result(failure=_told(exc), obstacle=f"{rule_failed.called}: {rule.code}")
    if not said and not partly and not case.unreadable:
        return PASS
    obstacle = _obstacle(rule, said, case)
    if said or partly or obstacle:
        return Result(said, tuple(partly.values()), obstacle)
    return PASS


def _obstacle(rule: Rule, said: Sequence[Said], case: Case) -> str | None:
    """Why nothing can be looked at; None where nothing, or only some entry, stands in the way."""
    if said and entry_of(said[0].path) is None:
        return rule.called
    if not case.unreadable or rule.key is None or "*" in rule.key:
        return None
    lost = (path for path in case.unreadable if _overlap(path, str(rule.key)))
    return next((f"{value_not_read.called}: {visible(path)}" for path in lost), None)


def _told(exc: BaseException) -> str:
    """An exception in a line, with the place of the code that raised it."""
    last = traceback.extract_tb(exc.__traceback__)[-1]
    return f"{type(exc).__name__}: {exc} ({Path(last.filename).name}, line {last.lineno})"


def _overlap(path: str, key: str) -> bool:
    return path == key or path.startswith(f"{key}.") or key.startswith(f"{path}.")


def _partly(rule: Rule, required: Result) -> Iterator[Skip]:
    """The entries that a rule cannot look at, as another found something missing there."""
    for one in required.said:
        yield Skip(entry_of(one.path) or one.path, rule.called)
    yield from required.skips


def _place(rule: Rule, result: Result) -> str:
    """Where a rule found something or could not look itself; else where it would have looked."""
    told = result.said or result.skips
    return told[0].path if told else rule.key or ""
