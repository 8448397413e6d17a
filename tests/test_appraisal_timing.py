"""The experiment against the date: who is there, who enters, and plans that cannot be."""

import datetime as dt
import re

import pytest
from numbers_briefs import (
    appraised,
    boxes,
    computed,
    faulty,
    lacking,
    methods,
    rows,
    strings,
    with_keys,
    written,
)

from kit.rules import check

# Half a standard deviation: 63.77 per arm (R, power.t.test), so 64, and 128 in both.
AGENTS = {
    "experiment.unit": "agent",
    "experiment.baseline": "10 min",
    "experiment.effect": "-1 min",
    "experiment.sd": "2 min",
    "experiment.margin": None,
    "experiment.eligible_per_day": "5",
    "metrics.guardrails": None,
}


def reach(given, **keys):
    return AGENTS | {"problem.reach": given} | keys


ASKED = "Are there so many?"


@pytest.mark.parametrize(
    "given", ["40 agents", "40 agent", "40 Agents", "20 to 40 agents", "127 agents"]
)
def test_experiment_that_takes_more_than_there_are_asks_whether_new_ones_come(tmp_path, given):
    timing = appraised(reach(given)).timing
    (need,) = timing.needs
    assert need.per_arm == pytest.approx(63.77, abs=0.01)
    assert timing.flow.more_than_there_are(need.per_arm)
    # 128 at 5 a day are 26 days; 30 more until the last outcome is known.
    assert need.days == 26 + 30
    said = "\n".join(boxes(computed(written(tmp_path, with_keys(reach(given))))["timing"], "note"))
    assert ASKED in said
    assert "All arms take 128, and problem.reach counts" in said


def test_experiment_that_there_are_enough_for_asks_nothing(tmp_path):
    assert not appraised(reach("128 agents")).timing.flow.more_than_there_are(63.77)
    blocks = computed(written(tmp_path, with_keys(reach("128 agents"))))["timing"]
    assert ASKED not in strings(blocks)


@pytest.mark.parametrize("design", ["switchback", "before and after"])
def test_design_in_which_all_stand_in_all_arms_asks_nothing(design):
    assert appraised(reach("40 agents") | {"experiment.design": design}).timing.flow.there is None


def test_reach_of_nobody_is_a_fault():
    assert faulty(reach("0 agents")) == {"problem.reach": "nothing there"}


@pytest.mark.parametrize(
    "given",
    ["40 orders", "40 agents/month", "40 agents per day", "40%", "40 teams of agents", "40"],
)
def test_reach_in_other_units_is_not_used(given):
    timing = appraised(reach(given)).timing
    assert timing.flow.there is None
    assert timing.fits(timing.needs[0]) is True
    assert timing.faults == ()


def test_reach_is_not_used_where_the_experiment_names_no_unit():
    timing = appraised(reach("40 agents") | {"experiment.unit": None}).timing
    assert timing.flow.there is None


FLAT = {
    "experiment.eligible_per_day": None,
    "experiment.unique_one_week": "3000",
    "experiment.unique_four_weeks": "3000",
}


def test_flow_that_has_dried_up_never_brings_enough(tmp_path):
    found = computed(written(tmp_path, with_keys(FLAT)))
    (row,) = rows(found["timing"], "The effect alone")
    assert (row["Days"], row["In time"]) == ("never", "no")
    assert all(row["Days"] == "never" for row in rows(found["timing"]))
    assert "never" in "\n".join(boxes(found["timing"], "problem"))
    assert "The experiment never ends" in "\n".join(boxes(found["numbers"], "problem"))


def test_so_few_a_day_that_nobody_waits_for_the_end(tmp_path):
    keys = {"experiment.eligible_per_day": "1e-10"}
    found = computed(written(tmp_path, with_keys(keys)))
    (row,) = rows(found["timing"], "The effect alone")
    assert (row["Days"], row["In time"]) == ("over 100 years", "no")
    assert "over 100 years" in "\n".join(boxes(found["timing"], "problem"))


@pytest.mark.parametrize("margin", ["1e-170 points", "1e-300", "1e-160%"])
def test_margin_too_small_for_a_number_is_a_fault(tmp_path, margin):
    keys = {"experiment.margin": margin}
    found = faulty(keys)
    assert found.keys() <= {"experiment", "experiment.margin"}
    assert found
    file = written(tmp_path, with_keys(keys))
    told = [one for one in check(file) if one.path in found]
    assert {(one.severity, one.status) for one in told} == {("error", "finding")}
    assert next(iter(found)) in "\n".join(boxes(computed(file)["timing"], "problem"))


@pytest.mark.parametrize("looks", [0, 366, 10**15 - 1])
def test_looks_are_from_one_to_one_a_day_for_a_year(looks):
    found = appraised({"experiment.looks": looks})
    assert {one.path: one.kind for one in found.faults} == {"experiment.looks": "contradiction"}
    assert found.timing.needs == ()


@pytest.mark.parametrize("looks", [1, 2, 365])
def test_more_looks_take_more_units(looks):
    found = appraised({"experiment.looks": looks})
    assert found.faults == ()
    first, *others = found.timing.needs
    counted = [one for one in others if "looks" in one.label]
    assert len(counted) == (looks > 1)
    assert all(one.per_arm > first.per_arm and one.alpha < 0.05 for one in counted)


def test_two_looks_are_tested_at_pococks_level():
    """0.0294, for 0.05 in all (Pocock 1977, table 1)."""
    (counted,) = [
        one
        for one in appraised({"experiment.looks": 2}).timing.needs
        if one.label.startswith("with 2 looks")
    ]
    assert counted.alpha == pytest.approx(0.0294, abs=0.00005)


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"experiment.starts": "2028-01-01"}, "experiment.starts"),
        ({"experiment.starts": None, "decision.by": "2028-01-01"}, "decision.by"),
        ({"experiment.starts": "2028-01-01", "decision.by": "2026-01-01"}, "experiment.starts"),
    ],
)
def test_start_after_the_date_is_a_fault_where_it_stands(keys, path):
    """The goal's date is 31 December 2027."""
    found = appraised(keys)
    assert {one.path: one.kind for one in found.faults} == {path: "contradiction"}
    assert found.timing.flow.start is None
    assert found.timing.flow.days_available is None
    # How many it takes is known all the same.
    assert found.timing.needs[0].per_arm == pytest.approx(28_407.84, abs=0.01)


def test_start_at_the_decision_before_the_date_is_taken_and_said(tmp_path):
    keys = {"experiment.starts": None, "decision.by": "2027-01-01"}
    timing = appraised(keys).timing
    assert timing.flow.start == dt.date(2027, 1, 1)
    assert timing.flow.days_available == 364
    said = methods(computed(written(tmp_path, with_keys(keys)))["timing"])
    assert "a start on the day of the decision" in said


@pytest.mark.parametrize(
    ("keys", "ranged"),
    [
        ({"experiment.baseline": "1% to 9%"}, ("experiment.baseline",)),
        ({"experiment.effect": "-15% to -5%"}, ("experiment.effect",)),
        (
            {"experiment.baseline": "1% to 9%", "experiment.wait": "20 days to 40 days"},
            ("experiment.baseline", "experiment.wait"),
        ),
        ({}, ()),
    ],
)
def test_ranges_of_the_plan_are_named_as_taken_at_their_middle(tmp_path, keys, ranged):
    timing = appraised(keys).timing
    assert timing.ranged == ranged
    # The middles are 5%, a tenth less, and 30 days: the size is that of the plan without a range.
    assert timing.needs[0].per_arm == pytest.approx(28_407.84, abs=0.01)
    said = methods(computed(written(tmp_path, with_keys(keys)))["timing"])
    assert (
        f"Ranges of which one number in the middle is taken: {', '.join(ranged)}." in said
    ) == bool(ranged)


@pytest.mark.parametrize(
    ("given", "other"),
    [("unique_one_week", "unique_four_weeks"), ("unique_four_weeks", "unique_one_week")],
)
@pytest.mark.parametrize("per_day", ["500", None])
def test_one_unique_count_names_the_other_as_missing(tmp_path, given, other, per_day):
    keys = {f"experiment.{given}": "3000", "experiment.eligible_per_day": per_day}
    timing = appraised(keys).timing
    assert f"experiment.{other}" in timing.missing
    assert f"experiment.{given}" not in timing.missing
    assert timing.flow.uniques is None
    assert f"experiment.{other}" in lacking(computed(written(tmp_path, with_keys(keys)))["timing"])


def test_everything_that_is_said_of_a_long_wait_is_in_days_or_centuries(tmp_path):
    keys = {"experiment.eligible_per_day": "1e-10", "experiment.looks": 3}
    said = strings(computed(written(tmp_path, with_keys(keys)))["timing"])
    assert not re.search(r"\d(\.\d+)?e[+-]?\d", said)


@pytest.mark.parametrize("given", ["1e-10 points", "0.00001 points"])
def test_margin_that_nobody_can_hold_to_is_a_fault(given):
    assert faulty({"experiment.margin": given}) == {"experiment.margin": "not a share"}


def test_small_effect_is_told_with_the_digits_that_it_takes(tmp_path):
    keys = {"experiment.effect": "-0.0002% relative"}
    assert faulty(keys) == {}
    said = strings(computed(written(tmp_path, with_keys(keys)))["timing"])
    assert "fall from 5% to 5%" not in said


# One-sided: (1.6449 + 0.8416)^2 2 p (1 - p) / margin^2 (Blackwelder 1982), at a power of 0.9 with one guardrail.
@pytest.mark.parametrize(
    ("margin", "limit", "room"),
    [
        ("1 points", "88%", 0.01),
        ("3 points", "88%", 0.02),
        (None, "88%", 0.02),
        ("1 points", None, 0.01),
    ],
)
def test_guardrail_is_sized_by_what_may_be_lost(margin, limit, room):
    keys = {"experiment.margin": margin, "metrics.guardrails.0.limit": limit}
    keys |= {"metrics.guardrails.0.better": "higher"}
    need = next(one for one in appraised(keys).timing.needs if one.label.startswith("guardrail"))
    by_hand = (1.644854 + 1.281552) ** 2 * 2 * 0.9 * 0.1 / room**2
    assert need.per_arm == pytest.approx(by_hand, rel=1e-5)


@pytest.mark.parametrize(
    ("limit", "better"),
    [("88%", None), ("88%", "lower"), ("92%", "higher"), ("88 calls", "higher")],
)
def test_limit_that_leaves_no_room_changes_no_size(limit, better):
    keys = {"metrics.guardrails.0.limit": limit}
    keys |= {"metrics.guardrails.0.better": better} if better else {}
    assert appraised(keys).timing.needs == appraised({}).timing.needs


def test_margin_in_another_unit_sizes_no_share():
    keys = {"experiment.margin": "1 days", "metrics.guardrails.0.better": "higher"}
    assert appraised(keys).timing.unsized == ("calls answered",)


def test_guardrail_without_margin_and_limit_asks_for_the_margin(tmp_path):
    keys = {"experiment.margin": None, "metrics.guardrails.0.limit": None}
    timing = computed(written(tmp_path, with_keys(keys)))["timing"]
    assert lacking(timing) == ["experiment.margin"]
    assert "The guardrails' own size: missing" in "\n".join(boxes(timing, "gap"))


def test_verdict_that_fits_names_the_days_of_all_that_is_counted(tmp_path):
    timing = computed(written(tmp_path, with_keys({})))["timing"]
    most = max(int(row["Days"]) for row in rows(timing))
    assert f"It fits, with all that is counted below: {most} days in all." in strings(timing)


def test_guardrail_of_units_that_are_groups_is_not_sized():
    """A depot and week has a share of its own: it is no single case that is late or not."""
    keys = {
        "experiment.baseline": "16%",
        "experiment.effect": "-3 points",
        "experiment.sd": "5 points",
    }
    timing = appraised(keys).timing
    assert timing.needs
    assert not [one for one in timing.needs if one.label.startswith("guardrail:")]
    assert timing.unsized
