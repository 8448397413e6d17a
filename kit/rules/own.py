"""A person's own rules, from a Python file that was named on the command line and from nowhere else."""

from __future__ import annotations

import runpy
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from kit.errors import UsageError
from kit.rules.families import RULES
from kit.rules.reading import READING
from kit.rules.rule import Rule
from kit.rules.waivers import WAIVERS

_REMEDY = "See docs/own-rules.md for a file that works."


def own_rules(paths: Sequence[Path]) -> tuple[Rule, ...]:
    """The rules that files list in their tuples `RULES`. The files are run.

    Raises
    ------
    UsageError
        If one cannot be run, or lists no rules that the kit can run.
    """
    taken = {rule.code for rule in (*RULES, *READING, *WAIVERS)}
    found: list[Rule] = []
    for path in paths:
        found += _listed(path, taken)
    return tuple(found)


def _listed(path: Path, taken: set[str]) -> Iterator[Rule]:
    listed = _run(path).get("RULES")
    if not isinstance(listed, (tuple, list)) or not listed:
        raise _refused(path, "a tuple RULES with rules in it", "no such thing")
    known = taken | {one.code for one in listed if isinstance(one, Rule)}
    for one in listed:
        if not isinstance(one, Rule):
            raise _refused(path, "rules made with @rule or @gap", f"{one!r} in RULES")
        if one.code in taken:
            raise _refused(path, "codes of its own", f"{one.code}, which is taken")
        taken.add(one.code)
        unknown = [code for code in one.requires if code not in known]
        if unknown:
            raise _refused(
                path, f"rules that {one.code} can require", f"{unknown[0]}, which is none"
            )
        _refuse_silent(path, one)
        yield one


def _run(path: Path) -> dict[str, object]:
    if not path.is_file():
        raise _refused(path, "a Python file", "none")
    try:
        return runpy.run_path(str(path))
    except Exception as exc:
        where = [frame.lineno for frame in traceback.extract_tb(exc.__traceback__)
                 if frame.filename == str(path)]  # fmt: skip
        line = exc.lineno if isinstance(exc, SyntaxError) else where[-1] if where else None
        at = f" in line {line}" if line else ""
        raise _refused(path, "a Python file that runs", f"{type(exc).__name__}{at}: {exc}") from exc


def _refuse_silent(path: Path, one: Rule) -> None:
    try:
        _ = one.text
    except ValueError as exc:
        raise _refused(path, f"all sections in the docstring of {one.code}", str(exc)) from exc


def _refused(path: Path, expected: str, found: str) -> UsageError:
    return UsageError(f"--rules {path}: expected {expected}, found {found}. {_REMEDY}")
