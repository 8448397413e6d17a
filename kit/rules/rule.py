"""What a rule is: a code, a severity, what it needs, and a look at a brief that says what is wrong."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kit.rules.finding import Severity

if TYPE_CHECKING:
    from kit.rules.case import Case

Look = Callable[["Case"], Iterable["Said"]]
_SECTION = re.compile(r"^(Why it matters|Bad|Good|Source):", re.MULTILINE)


class Said(NamedTuple):
    """What a rule has to say about one place of a brief."""

    path: str  # dotted key
    message: str  # the fact
    remedy: str  # what to do


@dataclass(frozen=True, kw_only=True)
class Text:
    """What a rule says about itself after its first sentence: its docstring, in its sections."""

    why: str
    bad: str  # a piece of a brief that the rule finds, as YAML
    good: str  # the same, mended
    source: str

    @classmethod
    def of(cls, docstring: str) -> Text:
        """The sections of a docstring.

        Raises
        ------
        ValueError
            If one of them is missing.
        """
        does, *rest = _SECTION.split(inspect.cleandoc(docstring))
        found = dict(zip(rest[::2], rest[1::2], strict=True))
        lacking = {"Why it matters", "Bad", "Good", "Source"} - found.keys()
        if lacking or not does.strip():
            wanted = ", ".join(sorted(lacking)) or "a first sentence"
            raise ValueError(f"no {wanted}")
        return cls(
            why=_flowing(found["Why it matters"]),
            bad=inspect.cleandoc(found["Bad"]),
            good=inspect.cleandoc(found["Good"]),
            source=_flowing(found["Source"]),
        )


def _flowing(text: str) -> str:
    """A text of several lines as one, with a capital at its start."""
    said = " ".join(text.split())
    return said[:1].upper() + said[1:]


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One fault that the coach looks for."""

    code: str  # two letters for the family, three digits; never used again for another fault
    name: str  # kebab-case; states the fault
    severity: Severity
    requires: tuple[str, ...]  # codes: where one of them found something, this rule is skipped
    # The dotted key that it asks for, `*` being every entry; None if it asks for none.
    key: str | None
    look: Look
    docstring: str

    @cached_property
    def called(self) -> str:
        """Code and name, as a reason names it."""
        return f"{self.code} {self.name}"

    @cached_property
    def does(self) -> str:
        """What it does, in a sentence: the first section of its docstring."""
        return _flowing(_SECTION.split(inspect.cleandoc(self.docstring), maxsplit=1)[0])

    @cached_property
    def text(self) -> Text:
        """The sections after that."""
        return Text.of(self.docstring)


def rule(
    code: str, severity: Severity, *, requires: tuple[str, ...] = ()
) -> Callable[[Look], Rule]:
    """Make a rule of a generator: its name is the function's, its text the docstring."""
    return lambda look: _made(look, look, code, severity, requires)


def gap(
    code: str, severity: Severity, key: str, *, requires: tuple[str, ...] = ()
) -> Callable[[Callable[[], tuple[str, str]]], Rule]:
    """Make a rule that asks for a key of a function that gives its message and remedy."""

    def made(words: Callable[[], tuple[str, str]]) -> Rule:
        def look(case: Case) -> Iterable[Said]:
            if key in case.written:  # most are
                return ()
            message, remedy = words()
            return [Said(path, case.about(message, path), remedy) for path in case.gaps(key)]

        return _made(words, look, code, severity, requires, key)

    return made


def outside(code: str, severity: Severity) -> Callable[[Callable[[], None]], Rule]:
    """Describe what is found before or after the rules look by a function's name and text."""
    return lambda described: _made(described, lambda _: (), code, severity)


def _made(
    described: Callable[..., object],
    look: Look,
    code: str,
    severity: Severity,
    requires: tuple[str, ...] = (),
    key: str | None = None,
) -> Rule:
    return Rule(
        code=code,
        name=described.__name__.replace("_", "-"),
        severity=severity,
        requires=requires,
        key=key,
        look=look,
        docstring=described.__doc__ or "",
    )
