"""Patterns that are put together when first needed: all of them can be."""

import re
import sys

import pytest

import kit.rules  # noqa: F401  its patterns are looked at below
from kit.rules.vocabulary.patterns import late


def test_patterns_of_all_rules_are_regular_expressions():
    rooms = [vars(room) for name, room in sys.modules.items() if name.startswith("kit.rules.")]
    named = [one for room in rooms for one in room.values()]
    listed = [one for group in named if isinstance(group, tuple) for one in group]
    found = [one for one in (*named, *listed) if type(one) is type(late("a"))]
    assert len(found) > 100
    for one in found:
        assert isinstance(one.pattern, str)


def test_late_pattern_does_what_a_pattern_does():
    ours, theirs, text = (
        late(r"(?P<what>b+)", re.IGNORECASE),
        re.compile("(b+)", re.IGNORECASE),
        "aBba b",
    )
    assert ours.search(text).group("what") == "Bb"
    assert ours.match(text) is None
    assert ours.fullmatch("bbb")
    assert ours.findall(text) == theirs.findall(text)
    assert ours.split(text) == theirs.split(text)
    assert ours.sub("-", text) == theirs.sub("-", text)
    assert [one.span() for one in ours.finditer(text)] == [(1, 3), (5, 6)]
    assert ours.flags & re.IGNORECASE


def test_late_pattern_that_is_none_says_so_when_it_is_used():
    broken = late("(")
    with pytest.raises(re.error, match="unterminated"):
        broken.search("a")
