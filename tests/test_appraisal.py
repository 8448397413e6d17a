"""What the numbers of a brief amount to, against figures worked out by hand or published."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import Any

import pytest
from numbers_briefs import VALUE

from kit.appraisal import Appraisal
from kit.brief import Brief, Experiment, Quantity, load

EXAMPLES = Path(__file__).parents[1] / "examples"


def brief(**parts: Any) -> Brief:
    return Brief.model_validate({"format": 1, "title": "t", "goal": {"statement": "s"}, **parts})


def appraisal(name: str) -> Appraisal:
    return Appraisal(load(EXAMPLES / name))


def faults(**parts: Any) -> dict[str, str]:
    return {fault.path: fault.kind for fault in Appraisal(brief(**parts)).faults}


def test_bridge_of_the_guidance_is_the_sum_worked_by_hand() -> None:
    """800 calls, half of them right: 12 times (800 * 26 - 9000)."""
    bridge = Appraisal(brief(value=VALUE)).bridge
    assert bridge is not None
    assert bridge.net is not None
    assert bridge.net.median == pytest.approx(12 * 11_800)
    assert bridge.break_even == pytest.approx(6 / 64)
    low = Appraisal(brief(value=VALUE | {"take_rate": "5%"})).bridge
    assert low is not None
    assert low.net is not None
    assert low.net.median == pytest.approx(12 * -2_500)
    assert low.loss == 1.0


def test_bridge_with_a_range_gives_percentiles_of_its_monotone_answer() -> None:
    """The value rises with the benefit alone, so its percentiles are those of the benefit."""
    bridge = Appraisal(brief(value=VALUE | {"benefit": {"low": 40, "high": 90}})).bridge
    assert bridge is not None
    assert bridge.net is not None
    for end, benefit in ((bridge.net.low, 40), (bridge.net.high, 90)):
        by_hand = 12 * (800 * (0.5 * benefit - 2 - 2) - 9000)
        assert end == pytest.approx(by_hand, abs=1500)
    assert bridge.net.median == pytest.approx(12 * (800 * (0.5 * 60 - 4) - 9000), abs=1500)


def test_bridge_of_fraud_rests_on_guesses_and_says_which_to_test() -> None:
    bridge = appraisal("fraud-detection").bridge
    assert bridge is not None
    assert bridge.resting is not None
    assert sum(bridge.resting.values()) == pytest.approx(1.0)
    assert bridge.resting["guess"] > 0.5
    assert next(one.key for one in bridge.test_first) == "value.benefit"


def test_targets_of_fraud_need_a_false_positive_rate_near_two_in_a_hundred_thousand() -> None:
    coherence = appraisal("fraud-detection").coherence
    assert coherence is not None
    assert coherence.leading is not None
    leading = coherence.leading
    assert leading.name == "target"
    assert leading.false_positive_rate[0] == pytest.approx(1.8794e-5, abs=1e-8)
    assert leading.auc[0] == pytest.approx(0.99995, abs=1e-5)
    assert coherence.never_flagging == pytest.approx((0.999, 0.999))
    assert leading.flags_per_day is not None
    # 4 million payments a month, 938.78 flags a million
    assert leading.flags_per_day[0] == pytest.approx(4 * 938.78 / 30.4375, abs=0.01)


def test_experiment_of_churn_cannot_end_by_its_date() -> None:
    timing = appraisal("churn-feed").timing
    assert timing is not None
    first = timing.needs[0]
    assert first.per_arm == pytest.approx(28_407.84, abs=0.01)
    assert first.days == 144
    assert timing.flow.days_available == 106
    assert timing.fits(first) is False
    assert timing.visible_plain is not None
    assert timing.visible_plain == pytest.approx(0.1216, abs=0.0005)


def test_experiment_with_2000_a_day_takes_59_days() -> None:
    churn = load(EXAMPLES / "churn-feed")
    assert isinstance(churn.experiment, Experiment)
    more = churn.experiment.model_copy(update={"eligible_per_day": Quantity.model_validate("2000")})
    timing = Appraisal(churn.model_copy(update={"experiment": more})).timing
    assert timing is not None
    assert timing.needs[0].days == 59
    assert timing.fits(timing.needs[0]) is True


def test_experiment_with_unique_counts_takes_longer_than_their_week_would_say() -> None:
    """7,000 in a week, 14,000 in four: twice as many take four times as long."""
    timing = Appraisal(
        brief(
            experiment={
                "baseline": "5%",
                "effect": "-10% relative",
                "unique_one_week": 7000,
                "unique_four_weeks": 14000,
                "wait": "30 days",
            }
        )
    ).timing
    assert timing is not None
    assert timing.needs[0].days is not None
    units = 2 * math.ceil(28_407.84)
    assert timing.needs[0].days == math.ceil(7 * (units / 7000) ** 2) + 30


def test_fairness_gap_of_two_points_needs_thousands_of_positives() -> None:
    gap = appraisal("fraud-detection").evidence.gaps[0]
    assert gap.needed == pytest.approx(3212.94, abs=0.01)
    assert gap.available == pytest.approx(26 * 4e6 * 0.001 * 0.02)
    assert gap.holds is False


def test_paths_of_contracts_cost_what_the_case_says() -> None:
    """60,000, 2,000 and 15,000 USD a million: the contract-deadline case."""
    paths = appraisal("contract-deadlines").paths
    assert paths is not None
    costs = {one.name: one.cost_per_million for one in paths.facts}
    assert costs == pytest.approx({"fine-tuned model": 60_000, "rules": 2_000, "hybrid": 15_000})


def test_currency_is_the_one_that_is_named_wherever_it_stands() -> None:
    """As in the format's own sample: bare amounts, and the currency at the goal's worth."""
    bare = VALUE | {"benefit": 60, "cost_false_positive": 4, "cost_action": 2}
    bare |= {"run_cost": "9000/month"}
    del bare["currency"]
    goal = {"statement": "s", "worth": "1000000 USD/year"}
    found = Appraisal(brief(goal=goal, value=bare))
    assert found.bridge is not None
    assert found.bridge.currency == "USD"
    assert found.faults == ()
    assert found.ceilings.perfect is not None


def test_money_is_brought_to_one_currency_by_the_rates_of_the_brief() -> None:
    value = VALUE | {"benefit": "50 EUR", "rates": {"EUR": "1.2 USD"}}
    bridge = Appraisal(brief(value=value)).bridge
    assert bridge is not None
    assert bridge.middle("benefit") == pytest.approx(60)


def test_perfect_model_that_cannot_reach_the_goal_is_said() -> None:
    goal = {"statement": "s", "worth": {"low": 3e6, "high": 4e6, "unit": "USD/year"}}
    perfect = Appraisal(brief(goal=goal, value=VALUE)).ceilings.perfect
    assert perfect is not None
    assert perfect.falls_short
    assert perfect.gain.median == pytest.approx(12 * 800 * 60)


KEYS = sorted(VALUE.keys() - {"currency", "capacity"})


@pytest.mark.parametrize("key", KEYS)
def test_bridge_without_an_input_names_it_and_invents_nothing(key: str) -> None:
    rest = {name: given for name, given in VALUE.items() if name != key}
    bridge = Appraisal(brief(value=rest)).bridge
    assert bridge is not None
    assert bridge.missing == (f"value.{key}",)
    assert bridge.net is None
    assert (bridge.gain is not None) == (key in ("cost_action", "cost_false_positive", "run_cost"))


@pytest.mark.parametrize(
    ("parts", "path", "kind"),
    [
        ({"value": VALUE | {"prevalence": "120%"}}, "value.prevalence", "not a share"),
        ({"value": VALUE | {"take_rate": "-5%"}}, "value.take_rate", "not a share"),
        ({"value": VALUE | {"capacity": "0/month"}}, "value.capacity", "nothing there"),
        ({"value": VALUE | {"volume": "100000"}}, "value.volume", "unit"),
        ({"value": VALUE | {"benefit": "60 EUR"}}, "value.benefit", "currency"),
        ({"value": VALUE | {"cost_action": "-2 USD"}}, "value.cost_action", "negative"),
        ({"value": VALUE | {"precision": "0%"}}, "value.precision", "nothing there"),
        ({"value": VALUE | {"precision": "1%"}}, "value.precision", "contradiction"),
        ({"value": VALUE | {"run_cost": "9000 USD"}}, "value.run_cost", "unit"),
        (
            {
                "metrics": {
                    "model": [
                        {"name": "recall", "baseline": "60%", "target": "40%", "better": "higher"}
                    ]
                }
            },
            "metrics.model.0.target",
            "wrong way",
        ),
        (
            {"experiment": {"baseline": "5%", "effect": "-0.5"}},
            "experiment.effect",
            "not a share",
        ),
        ({"experiment": {"arms": 1}}, "experiment.arms", "contradiction"),
        (
            {"experiment": {"unique_one_week": 10, "unique_four_weeks": 50}},
            "experiment.unique_four_weeks",
            "contradiction",
        ),
        ({"data": {"label": {"agreement": "40%"}}}, "data.label.agreement", "contradiction"),
    ],
)
def test_impossible_input_is_a_fault_that_names_its_field(
    parts: dict[str, Any], path: str, kind: str
) -> None:
    assert faults(**parts)[path] == kind


@pytest.mark.parametrize("name", sorted(path.parent.name for path in EXAMPLES.glob("*/brief.yaml")))
def test_no_example_holds_an_impossible_number(name: str) -> None:
    assert appraisal(name).faults == ()


def test_same_brief_gives_the_same_figures() -> None:
    once, again = (appraisal("fraud-detection").bridge for _ in range(2))
    assert repr(once) == repr(again)


def test_moves_are_sorted_widest_first() -> None:
    bridge = appraisal("tumour-triage").bridge
    assert bridge is not None
    widths = [move.swing.width for move in bridge.moves]
    assert all(one >= other for one, other in itertools.pairwise(widths))
