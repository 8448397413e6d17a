"""A person's own rules, from a Python file that was named on the command line and from nowhere else."""

from __future__ import annotations

import dataclasses
import re
import runpy
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import cast

from kit.errors import Terminated, UsageError
from kit.rules.case import Case
from kit.rules.families import RULES
from kit.rules.finding import SEVERITIES
from kit.rules.reading import READING
from kit.rules.rule import Look, Rule, Said
from kit.rules.waivers import WAIVERS

_REMEDY = "See docs/own-rules.md for a file that works."
_CODE = re.compile(r"[A-Z]{2}\d{3}")


def own_rules(paths: Sequence[Path]) -> tuple[Rule, ...]:
    """The rules that files list in their tuples `RULES`. The files are run; what they print goes to stderr.

    Raises
    ------
    UsageError
        If one cannot be run, or lists no rules that the kit can run.
    """
    found: list[Rule] = []
    for path in paths:
        listed = _run(path).get("RULES")
        if not isinstance(listed, (tuple, list)) or not listed:
            nothing = "none" if listed is None else repr(listed)
            raise _refused(path, "a tuple RULES with rules in it", nothing)
        for one in listed:
            if not isinstance(one, Rule):
                raise _refused(path, "rules made with @rule or @gap", f"{one!r} in RULES")
            _refuse_unfit(path, one, (*RULES, *found))
            found.append(dataclasses.replace(one, look=_watched(one)))
    return tuple(found)


def _run(path: Path) -> dict[str, object]:
    if not path.is_file():
        raise _refused(path, "a Python file", "none")
    try:
        with redirect_stdout(sys.stderr):
            return runpy.run_path(str(path))
    except (KeyboardInterrupt, Terminated):
        raise
    except BaseException as exc:
        where = [frame.lineno for frame in traceback.extract_tb(exc.__traceback__)
                 if frame.filename == str(path)]  # fmt: skip
        line = exc.lineno if isinstance(exc, SyntaxError) else where[-1] if where else None
        at = f" in line {line}" if line else ""
        raise _refused(path, "a Python file that runs", f"{type(exc).__name__}{at}: {exc}") from exc


def _refuse_unfit(path: Path, one: Rule, before: Sequence[Rule]) -> None:
    """Refuse a rule that cannot stand beside those before it, which are the only ones that it can require."""
    if not _CODE.fullmatch(str(one.code)):
        expected = f"a code of two capitals and three digits for {one.name}"
        raise _refused(path, expected, repr(one.code))
    for other in (*READING, *WAIVERS, *before):
        if one.code == other.code:
            raise _refused(path, "codes of its own", f"{one.code}, which is taken")
        if one.name == other.name:
            raise _refused(path, f"a name of its own for {one.code}", f"that of {other.called}")
    if one.severity not in SEVERITIES:
        expected = f"a severity of {one.code} out of {', '.join(SEVERITIES)}"
        raise _refused(path, expected, repr(one.severity))
    if not isinstance(one.requires, (tuple, list)):
        raise _refused(path, f"`requires` of {one.code} as a tuple", repr(one.requires))
    codes = {other.code for other in before}
    for code in one.requires:
        if code not in codes:
            expected = f"that {one.code} requires rules of the kit, or such as stand before it"
            raise _refused(path, expected, f"{code}, which is none")
    try:
        _ = one.text
    except ValueError as exc:
        raise _refused(path, f"all sections in the docstring of {one.code}", str(exc)) from exc


def _watched(one: Rule) -> Look:
    """The rule's look, with what it prints out of the way of the findings, which are what they should be."""

    def look(case: Case) -> Iterator[Said]:
        with redirect_stdout(sys.stderr):
            found = [*one.look(case)]
        for said in cast("list[object]", found):
            if not isinstance(said, Said) or not all(isinstance(part, str) for part in said):
                expected = "expected Said with path, message and remedy as texts"
                raise TypeError(f"{expected}, found {said!r}")
        return iter(found)

    return look


def _refused(path: Path, expected: str, found: str) -> UsageError:
    return UsageError(f"--rules {path}: expected {expected}, found {found}. {_REMEDY}")
