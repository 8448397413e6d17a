"""The coach against faults that are seeded into good briefs: each kind has to be found wherever it applies."""

from collections import Counter

import pytest
from coaching import NAMES, corrected, file_of
from seeded import KINDS, finds, seeded

from kit.rules import RULES

FOUND = 0.95  # of the briefs with a fault of a kind
HELD = [kind for kind in KINDS if kind.held]
CODES = {rule.code for rule in RULES}
PARTS = {kind.part for kind in KINDS}


def share_found(kind):
    by_case = finds(kind)
    return sum(by_case.values()) / len(by_case)


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
    assert {code for kind in KINDS for code in kind.codes} <= CODES
    assert not [kind.name for kind in KINDS if not kind.codes and not kind.beyond]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_seeded_fault_leaves_the_brief_it_was_given_as_it_was(kind):
    tried = 0
    for name in NAMES:
        tree = corrected(name)
        tried += kind.apply(name, tree) is not None
        assert tree == corrected(name), name
    assert tried
