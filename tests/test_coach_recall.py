"""The coach against faults that are seeded into good briefs: each kind has to be found wherever it applies."""

import functools
from collections import Counter

import pytest
from coaching import NAMES, checked, corrected, file_of, found, told
from seeded import KINDS

from kit.rules import RULES

FOUND = 0.95  # of the briefs with a fault of a kind
HELD = [kind for kind in KINDS if kind.held]
BY_CODE = {rule.code: rule for rule in RULES}
PARTS = {kind.part for kind in KINDS}


@functools.cache
def clean(name):
    return {(one.code, one.path) for one in found(corrected(name))}


def seeded(kind):
    """The briefs with a fault of this kind, by the names of the cases."""
    briefs = {name: kind.apply(name, corrected(name)) for name in NAMES}
    return {name: brief for name, brief in briefs.items() if brief is not None}


@functools.cache
def finds(kind):
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


def needed(codes):
    """The rules of these codes, and those that they require."""
    wanted, asked = set(), [*codes]
    while asked:
        code = asked.pop()
        if code not in wanted:
            wanted.add(code)
            asked += BY_CODE[code].requires
    return tuple(rule for rule in RULES if rule.code in wanted)


def share_found(kind):
    each = finds(kind)
    return sum(each.values()) / len(each)


@pytest.mark.parametrize("kind", HELD, ids=lambda kind: kind.name)
def test_coach_finds_seeded_fault(kind):
    missed = [name for name, is_found in finds(kind).items() if not is_found]
    assert share_found(kind) >= FOUND, f"{kind.objection} None of {kind.codes} in {missed}"


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.codes and kind.beyond], ids=lambda kind: kind.name
)
def test_coach_finds_part_of_what_is_beyond(kind):
    """Where all is found by now, the reason why it is not has to go."""
    assert 0 < share_found(kind) < FOUND, finds(kind)


@pytest.mark.parametrize("name", NAMES)
def test_coach_finds_nothing_in_clean_brief(name):
    assert not clean(name), told(found(corrected(name)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_seeded_brief_is_readable(kind):
    briefs = seeded(kind)
    assert briefs, "it applies nowhere"
    for name, brief in briefs.items():
        assert brief != corrected(name)
        assert not file_of(brief).problems, name


def test_seeded_faults_are_many_and_of_every_sort():
    assert len(HELD) >= 100
    assert {kind.how for kind in HELD} == {"removes", "contradicts", "misfiles", "exaggerates"}
    assert {kind.part for kind in HELD} == PARTS
    assert not [name for name, times in Counter(kind.name for kind in KINDS).items() if times > 1]


def test_seeded_faults_name_rules_that_exist_or_say_why_none_does():
    assert {code for kind in KINDS for code in kind.codes} <= BY_CODE.keys()
    assert not [kind.name for kind in KINDS if not kind.codes and not kind.beyond]


def test_seeded_fault_leaves_the_brief_it_was_given_as_it_was():
    for kind in KINDS:
        tree = corrected(NAMES[0])
        kind.apply(NAMES[0], tree)
        assert tree == corrected(NAMES[0]), kind.name
