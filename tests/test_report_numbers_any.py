"""The computed sections of any brief, however little it says: they are made, and written without nonsense."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st
from numbers_briefs import (
    COMPUTED,
    KINDS,
    NONSENSE,
    PATHS,
    changed,
    complete,
    computed,
    pages,
    written,
)

GIVEN = st.sampled_from(
    [None, None, "n/a: no reason", "0", "1", "0.5", "5%", "0% to 30%", "100%", "130%", "-1", "1e6",
     "3000/month", "2 USD", "1 to 5 USD", "9 EUR/year", "30 days", "5 points", "-10% relative",
     "1 USD/h", "7 min"]
)  # fmt: skip
FIXED = {"format", "title", "statement", "name", "kind", "currency", "measure", "better", "chosen"}
TYPED = {"arms", "starts", "by", "unit", "wait", "latency"}  # the file's own check is theirs


def _leaves(node, path=()):
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    for part, value in inner:
        if isinstance(value, dict | list):
            yield from _leaves(value, (*path, str(part)))
        elif part not in FIXED | TYPED:
            yield ".".join((*path, str(part)))


@st.composite
def partial_briefs(draw):
    """A complete brief of any kind with some numbers taken out or replaced, and some parts gone."""
    tree = copy.deepcopy(complete(draw(st.sampled_from(sorted(KINDS)))) | {"hypothesis": PATHS})
    # A range in one path alone is a case of its own.
    keys = [key for key in _leaves(tree) if ".quality." not in key]
    for key in draw(st.lists(st.sampled_from(keys), max_size=6, unique=True)):
        tree = changed(tree, key, draw(GIVEN))
    gone = st.sets(st.sampled_from(["metrics", "data", "experiment", "hypothesis", "value"]))
    for part in draw(gone.filter(lambda parts: len(parts) < 3)):
        del tree[part]
    return tree


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(tree=partial_briefs())
def test_sections_of_any_partial_brief_are_made_and_written(tmp_path_factory, tree):
    found = computed(written(tmp_path_factory.mktemp("brief"), tree))
    assert found.keys() == {*COMPUTED}
    for blocks in found.values():
        assert not any(NONSENSE.search(page) for page in pages(blocks))
