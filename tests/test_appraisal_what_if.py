"""The shares of a value at other values: against the bridge, by hand, and at the edges."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbers_briefs import VALUE

from kit.appraisal import Appraisal, WhatIf, what_if_of
from kit.brief import Brief, load

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*/brief.yaml"))


def of(**value: Any) -> WhatIf:
    head = {"format": 1, "title": "t", "goal": {"statement": "s"}}
    found = what_if_of(Brief.model_validate({**head, "value": {**VALUE, **value}}))
    assert found is not None
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_figures_of_nothing_moved_are_those_of_the_bridge(example: Path) -> None:
    brief = load(example)
    bridge = Appraisal(brief).bridge
    what_if = what_if_of(brief)
    assert bridge is not None
    assert what_if is not None
    found = what_if.figures()
    assert (found.net, found.loss) == (bridge.net, bridge.loss)
    assert found.break_even == bridge.break_even
    assert found.impossible == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_figures_at_the_briefs_own_values_are_those_of_the_brief_with_points(example: Path) -> None:
    """Moving a share that has no range to where it stands changes nothing."""
    what_if = what_if_of(load(example))
    assert what_if is not None
    for share in what_if.shares:
        value = getattr(load(example).value, share.name)
        if share.middle is not None and value.value is not None:
            assert what_if.figures({share.name: share.middle}).net == what_if.figures().net


def test_figures_of_moved_shares_are_those_worked_by_hand() -> None:
    """1,000 flags acted on of 5,000 (capped at 800): 0.8 right at a precision of 80 %."""
    found = of().figures({"precision": 0.8, "recall": 0.8})
    flags = 100_000 * 0.05 * 0.8 / 0.8
    acted = min(flags * 0.2, 800)
    month = acted * (0.8 * 60 - 2 - 0.2 * 4) - 9000
    assert found.net is not None
    assert found.net.median == pytest.approx(12 * month)
    assert found.loss == 0.0
    assert found.flags_per_day == pytest.approx(flags * 12 / 365.25)
    assert found.false_positive_rate == pytest.approx(0.05 * 0.8 * 0.2 / (0.8 * 0.95))
    assert found.recall_that_fits == pytest.approx(800 * 0.8 / (100_000 * 0.05 * 0.2))
    assert found.break_even == pytest.approx(6 / 64)


def test_moved_share_replaces_a_range_by_a_point() -> None:
    ranged = of(take_rate="10% to 30%", capacity="n/a: nobody is needed")
    given, moved = ranged.figures().net, ranged.figures({"take_rate": 0.2}).net
    assert given is not None
    assert moved is not None
    assert given.low < given.median < given.high
    assert moved.low == moved.median == moved.high


def test_share_that_the_brief_lacks_is_named_and_can_be_tried() -> None:
    lacking = of(precision=None)
    assert [one.middle for one in lacking.shares if one.name == "precision"] == [None]
    assert lacking.figures().missing == ("value.precision",)
    assert lacking.figures().net is None
    tried = lacking.figures({"precision": 0.5})
    assert tried == of().figures()


def test_share_that_does_not_apply_says_why() -> None:
    (take,) = [one for one in of(take_rate="n/a: automatic").shares if one.name == "take_rate"]
    assert (take.middle, take.not_applicable) == (None, "automatic")


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ({"precision": 0.0}, "precision of 0%"),
        ({"precision": 0.01, "prevalence": 0.4}, "than there are others"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_worked_out(
    moved: dict[str, float], said: str
) -> None:
    found = of().figures(moved)
    assert said in " ".join(found.impossible)
    assert (found.net, found.flags_per_day, found.auc) == (None, None, None)


def test_impossible_number_of_the_brief_is_said_until_another_is_tried() -> None:
    wrong = of(prevalence="120%")
    assert "value.prevalence" in " ".join(wrong.figures().impossible)
    assert wrong.figures({"prevalence": 0.05}) == of().figures({"prevalence": 0.05})
    assert "value.prevalence" in " ".join(wrong.figures({"recall": 0.4}).impossible)


def test_brief_without_a_value_has_nothing_to_try() -> None:
    head = {"format": 1, "title": "t", "goal": {"statement": "s"}}
    assert what_if_of(Brief.model_validate(head)) is None
    assert what_if_of(Brief.model_validate({**head, "value": "n/a: no money in it"})) is None


share = st.floats(0, 1)


@given(precision=share, recall=share, prevalence=st.floats(1e-5, 0.5), take_rate=share)
def test_wherever_the_sliders_stand_there_is_a_figure_or_a_reason(**moved: float) -> None:
    found = of().figures(moved)
    if found.impossible:
        assert found.net is None
        return
    assert found.net is not None
    assert found.auc is not None
    assert all(math.isfinite(one) for one in (found.net.low, found.net.high, found.auc))
    assert 0.5 <= found.auc <= 1
    assert found.loss in (0.0, 1.0)
