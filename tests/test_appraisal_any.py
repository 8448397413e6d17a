"""Any numbers at all: what they amount to is known, or something is missing, or it is said what cannot be."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbers_briefs import DETECTION as VALUE

from kit.appraisal import Appraisal, what_if_of
from kit.brief import Brief

WILD = st.sampled_from(
    [None, "0", "-1", "1", "0.5", "5%", "0% to 100%", "0% to 30%", "100%", "130%", "1e18", "1e-18",
     "3000/month", "0/day", "2 USD", "9 EUR/year", "30 days", "5 points", "-10% relative",
     "1 USD/h", "n/a: no", "7 min", "0 to 5"]
)  # fmt: skip
QUANTITIES = ("prevalence", "precision", "recall", "take_rate", "volume", "benefit",
              "cost_false_positive", "cost_action", "capacity", "run_cost")  # fmt: skip
ASSIST = ("volume", "take_rate", "acceptance", "minutes_saved", "gain", "error_rate", "cost_error",
          "review_minutes", "wage", "capacity", "run_cost")  # fmt: skip
ERRORS = ("volume", "take_rate", "error_today", "error_wanted", "cost_above", "cost_below",
          "capacity", "run_cost")  # fmt: skip
TESTED = ("eligible_per_day", "baseline", "effect", "sd", "alpha", "power", "margin",
          "unique_one_week", "unique_four_weeks")  # fmt: skip
QUALITY = st.sampled_from(["0", "5%", "0% to 100%", "20% to 30%", "130%", "-1", "1e18", "7 min"])
PARTS = ("bridge", "coherence", "timing", "evidence", "ceilings", "paths", "surface")


def brief(**parts: Any) -> Brief:
    return Brief.model_validate({"format": 1, "title": "t", "goal": {"statement": "s"}, **parts})


def no_numbers(node: Any, at: str = "") -> Iterator[str]:
    """Where in a result something stands that is no number though it should be one."""
    match node:
        case float() | np.ndarray():
            yield from [at] if np.isnan(node).any() else []
        case str() | None:
            return
        case Mapping():
            for key, inner in node.items():
                yield from no_numbers(inner, f"{at}.{key}")
        case tuple() | list():
            for key, inner in enumerate(node):
                yield from no_numbers(inner, f"{at}.{key}")
        case _ if dataclasses.is_dataclass(node):
            for field in dataclasses.fields(node):
                yield from no_numbers(getattr(node, field.name), f"{at}.{field.name}")


def assert_known_or_told(found: Brief) -> None:
    """No result holds what is no number, and the value is known, or it is said why it is not."""
    looked = Appraisal(found)
    assert [*no_numbers({part: getattr(looked, part) for part in PARTS})] == []
    bridge = looked.bridge
    assert bridge is not None
    assert (bridge.net is not None) or bridge.missing or bridge.faults
    assert {*bridge.faults} <= {*looked.faults}
    assert all(fault.message and fault.remedy for fault in looked.faults)
    what_if = what_if_of(found)
    assert what_if is not None
    figures = what_if.figures()
    assert [*no_numbers(figures)] == []
    assert (figures.net is not None) or figures.missing or figures.impossible


def some(keys: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(dict.fromkeys(keys, WILD))


@given(
    value=st.one_of(
        some(QUANTITIES),
        some(ASSIST).map(lambda keys: keys | {"kind": "assist"}),
        some(ERRORS).map(lambda keys: keys | {"kind": "regression"}),
    ),
    experiment=some(TESTED),
    targets=st.lists(WILD, min_size=6, max_size=6),
    agreement=WILD,
    share=WILD,
    qualities=st.lists(QUALITY, min_size=2, max_size=2),
)
def test_no_combination_of_inputs_ends_in_a_traceback_or_a_silent_nan(
    value: dict[str, Any],
    experiment: dict[str, Any],
    targets: list[Any],
    agreement: Any,
    share: Any,
    qualities: list[str],
) -> None:
    layers = [
        {
            "name": name,
            "baseline": targets[at],
            "target": targets[at + 2],
            "ship_at": targets[at + 4],
        }
        for at, name in enumerate(("precision", "recall"))
    ]
    group = {"name": "a", "share": share}
    ways = [
        {
            "name": f"path {at}",
            "cost_per_prediction": share,
            "quality": {
                "precision": quality,
                "recall": "0.5",
                "acceptance": quality,
                "mae": quality,
            },
        }
        for at, quality in enumerate(qualities)
    ]
    found = brief(
        value=value,
        experiment={**experiment, "wait": "30 days"},
        metrics={
            "model": layers,
            "guardrails": [{"name": "g", "baseline": share}],
            "fairness": [{"measure": "recall", "max_gap": share, "groups": [group]}],
        },
        hypothesis={"paths": ways, "chosen": "path 0"},
        data={"label": {"agreement": agreement}, "sources": [{"name": "s", "volume": "9 rows"}]},
        decision={"by": "2026-12-01"},
    )
    assert_known_or_told(found)


@given(
    wild=st.dictionaries(
        st.sampled_from(sorted(VALUE.keys() - {"currency", "kind"})), WILD, max_size=2
    ),
    quality=QUALITY,
)
def test_no_two_inputs_end_in_a_traceback_where_the_others_are_good(
    wild: dict[str, Any], quality: str
) -> None:
    path = {"quality": {"precision": quality, "recall": "50%"}, "cost_per_prediction": "0.1 USD"}
    found = brief(
        value=VALUE | wild,
        hypothesis={"paths": [{"name": name, **path} for name in "ab"], "chosen": "a"},
    )
    assert_known_or_told(found)
    if not wild:
        bridge = Appraisal(found).bridge
        assert bridge is not None
        assert bridge.net is not None
        assert bridge.faults == ()


@dataclasses.dataclass(frozen=True)
class Nested:
    inner: Any


@pytest.mark.parametrize(
    "hidden",
    [
        math.nan,
        np.float64("nan"),
        np.array([[0.0, np.nan]]),
        ("a", None, 1, (math.nan,)),
        {"key": [math.nan]},
        Nested(inner={"deep": Nested(inner=(1.0, math.nan))}),
    ],
)
def test_walk_through_a_result_finds_what_is_no_number(hidden: Any) -> None:
    assert len([*no_numbers(Nested(inner=("nan", hidden)))]) == 1


def test_walk_through_a_result_lets_numbers_be() -> None:
    good = (1, 2.0, math.inf, np.ones(3), "nan", None, {"one": (True,)}, Nested(inner=0.0))
    assert [*no_numbers(good)] == []
