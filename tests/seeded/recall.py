"""Which seeded faults the coach finds."""

import functools

from coaching import NAMES, checked, corrected, found

from kit.rules import RULES, Rule
from seeded.kind import Kind, Tree

BY_CODE = {rule.code: rule for rule in RULES}


@functools.cache
def clean(name: str) -> set[tuple[str, str]]:
    """Codes and places of what is found in a case before anything is put in."""
    return {(one.code, one.path) for one in found(corrected(name))}


def seeded(kind: Kind) -> dict[str, Tree]:
    """The briefs with a fault of this kind, by the names of the cases that it applies to."""
    briefs = {name: kind.apply(name, corrected(name)) for name in NAMES}
    return {name: brief for name, brief in briefs.items() if brief is not None}


@functools.cache
def finds(kind: Kind) -> dict[str, bool]:
    """By case, whether a rule of the kind finds something that the clean copy does not have."""
    rules = needed(kind.codes)
    return {
        name: any(
            one.status == "finding"
            and one.code in kind.codes
            and (one.code, one.path) not in clean(name)
            for one in checked(brief, rules=rules)
        )
        for name, brief in seeded(kind).items()
    }


def needed(codes: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules of these codes, and those that they require."""
    wanted, asked = set(), [*codes]
    while asked:
        code = asked.pop()
        if code not in wanted:
            wanted.add(code)
            asked += BY_CODE[code].requires
    return tuple(rule for rule in RULES if rule.code in wanted)
