"""Units of numbers that belong together: brought to one where they can be, told where they cannot."""

import pytest
from numbers_briefs import appraised, faulty

from kit.brief import Quantity

MONTH = 365.25 / 12  # days


@pytest.mark.parametrize(
    "effect",
    ["-0.5 points", "-0.5 %-points", "-0.5 % points", "-0.5 percent points",
     "-0.5 percentage points", "-0.5 pp", "-0.5 point", "-0.5 ppts"],
)  # fmt: skip
def test_effect_in_points_is_a_difference_of_shares(effect):
    """Fleiss, Levin & Paik: 5% against 4.5%, as in the shared reference values."""
    timing = appraised({"experiment.effect": effect}).timing
    assert timing.effect.start == pytest.approx(0.05)
    assert timing.effect.changed == pytest.approx(0.045)
    assert timing.needs[0].per_arm == pytest.approx(28_407.84, abs=0.01)


@pytest.mark.parametrize("effect", ["-10%", "-10% relative", "-10 percent", "-10 percent relative"])
def test_effect_in_percent_is_a_part_of_the_baseline(effect):
    timing = appraised({"experiment.effect": effect}).timing
    assert timing.effect.changed == pytest.approx(0.045)
    assert timing.needs[0].per_arm == pytest.approx(28_407.84, abs=0.01)


@pytest.mark.parametrize(
    ("given", "bounds", "unit"),
    [
        ("-20% to -1%", (-0.2, -0.01), "%"),
        ("-20 points to -1 points", (-20.0, -1.0), "points"),
        ("-20 pp to -1 pp", (-20.0, -1.0), "points"),
        ("-20 to -1 %-points", (-20.0, -1.0), "points"),
    ],
)
def test_range_of_two_falls_is_read_as_a_range(given, bounds, unit):
    quantity = Quantity.model_validate(given)
    assert quantity.is_range
    assert quantity.unit == unit
    assert quantity.bounds == pytest.approx(bounds)


def test_effect_that_is_a_range_of_falls_is_taken_at_its_middle():
    timing = appraised({"experiment.effect": "-15% to -5%"}).timing
    assert timing.effect.changed == pytest.approx(0.045)
    assert timing.ranged == ("experiment.effect",)


@pytest.mark.parametrize(
    ("given", "per_day"),
    [
        ("500 subscribers per week", 500 / 7),
        ("15000 a month", 15_000 / MONTH),
        ("15000/month", 15_000 / MONTH),
        ("500/day", 500),
        ("500 subscribers a day", 500),
        ("500 subscribers", 500),
        ("500", 500),
    ],
)
def test_units_that_enter_are_brought_to_a_day(given, per_day):
    timing = appraised({"experiment.eligible_per_day": given}).timing
    assert timing.flow.per_day.middle == pytest.approx(per_day)
    assert timing.faults == ()


@pytest.mark.parametrize("given", ["50%", "5 points", "3 h", "5 min/day", "9 USD/day"])
def test_units_that_enter_are_counted(given):
    assert faulty({"experiment.eligible_per_day": given}) == {"experiment.eligible_per_day": "unit"}


@pytest.mark.parametrize("key", ["experiment.eligible_per_day", "value.volume", "value.capacity"])
@pytest.mark.parametrize("given", ["20%/day", "20 points/day"])
def test_share_per_time_is_no_number_of_things(key, given):
    assert faulty({key: given}).get(key) == "unit"


@pytest.mark.parametrize("given", ["9 USD", "9 $"])
def test_money_is_no_number_of_things(given):
    assert faulty({"experiment.eligible_per_day": given}) == {"experiment.eligible_per_day": "unit"}


MEAN = {"experiment.baseline": "2 h", "experiment.effect": "-0.1 h", "experiment.margin": None}


@pytest.mark.parametrize("sd", ["0.5 h", "30 min", "1800 s", "0.5 hours", "0.5"])
def test_spread_of_a_mean_is_brought_to_the_unit_of_the_baseline(sd):
    """0.1 h of 0.5 h is 0.2 standard deviations: 393.41 per arm (R, power.t.test)."""
    timing = appraised(MEAN | {"experiment.sd": sd}).timing
    assert timing.effect.in_sd == pytest.approx(-0.2)
    assert timing.needs[0].per_arm == pytest.approx(393.41, abs=0.01)


@pytest.mark.parametrize("effect", ["-0.1 h", "-6 min", "-360 s", "-5%", "-5% relative"])
def test_effect_on_a_mean_is_brought_to_the_unit_of_the_baseline(effect):
    timing = appraised(MEAN | {"experiment.sd": "0.5 h", "experiment.effect": effect}).timing
    assert timing.effect.changed == pytest.approx(1.9)
    assert timing.effect.in_sd == pytest.approx(-0.2)


def test_spread_in_another_kind_of_unit_is_a_fault():
    assert faulty(MEAN | {"experiment.sd": "30 USD"}) == {"experiment.sd": "unit"}


def test_effect_in_points_on_a_baseline_in_hours_is_a_fault():
    keys = MEAN | {"experiment.sd": "0.5 h", "experiment.effect": "-0.5 points"}
    assert faulty(keys) == {"experiment.effect": "unit"}


TIMED = {"value.error_today": "12 min", "value.cost_above": "1 USD", "value.cost_below": "3 USD"}


@pytest.mark.parametrize("wanted", ["540 s", "9 min", "0.15 h", "9"])
def test_error_wanted_is_brought_to_the_unit_of_todays(wanted):
    """3 minutes less at (1 + 3) / 2 USD each, 50,000 times a month, less 9,000 USD a month."""
    bridge = appraised(TIMED | {"value.error_wanted": wanted}, "regression").bridge
    assert bridge.middle("error_wanted") == pytest.approx(9)
    assert bridge.net.median == pytest.approx(12 * (50_000 * 3 * 2 - 9_000))


@pytest.mark.parametrize("wanted", ["5%", "540 USD", "5 points"])
def test_error_wanted_in_another_kind_of_unit_is_a_fault(wanted):
    keys = TIMED | {"value.error_wanted": wanted}
    assert faulty(keys, "regression") == {"value.error_wanted": "unit"}


@pytest.mark.parametrize("cost", ["0.02 EUR", "0.02 EUR/min", "1.2 EUR/h", "0.02 EUR per minute"])
def test_cost_of_an_error_that_is_a_time_may_be_given_for_each_unit_of_it(cost):
    keys = {
        "value.currency": "EUR",
        "value.error_today": "12 min",
        "value.error_wanted": "9 min",
        "value.cost_above": cost,
        "value.cost_below": "0.06 EUR",
        "value.run_cost": "1000 EUR/month",
        "goal.worth": None,
    }
    found = appraised(keys, "regression")
    assert found.faults == ()
    assert found.bridge.middle("cost_above") == pytest.approx(0.02)
    by_hand = 12 * (50_000 * 3 * (0.02 + 0.06) / 2 - 1_000)
    assert found.bridge.net.median == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("benefit", "kind"), [("5%", "unit"), ("5 points", "unit"), ("5 h", "currency")]
)
def test_benefit_that_is_no_money_is_the_only_fault(benefit, kind):
    """The currency is that of the first amount of money: a share or a time is none."""
    found = appraised({"value.benefit": benefit, "value.currency": None})
    assert {fault.path: fault.kind for fault in found.faults} == {"value.benefit": kind}
    assert found.bridge.currency == "USD"


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("value.volume", "4000000 USD/month"),
        ("value.volume", "4000000 $/month"),
        ("value.volume", "4000 h/month"),
        ("value.capacity", "800 h/month"),
        ("value.capacity", "800 USD/month"),
    ],
)
def test_cases_are_counted_neither_in_money_nor_in_time(key, given):
    assert faulty({key: given}) == {key: "unit"}


def test_rate_in_a_third_currency_is_the_fault_of_the_rate():
    keys = {"value.benefit": "60 EUR", "value.rates": {"EUR": "1.1 GBP"}}
    assert faulty(keys) == {"value.rates.EUR": "currency"}


@pytest.mark.parametrize(("amount", "name"), [("60 €", "EUR"), ("60 EUR", "eur"), ("60 EUR", "€")])
def test_rate_that_cannot_be_is_the_fault_under_each_name_of_its_currency(amount, name):
    keys = {"value.benefit": amount, "value.rates": {name: "1.1 GBP"}}
    assert faulty(keys) == {f"value.rates.{name}": "currency"}


@pytest.mark.parametrize(("amount", "name"), [("60 €", "EUR"), ("60 EUR", "eur"), ("60 EUR", "€")])
def test_rate_is_used_under_each_name_of_its_currency(amount, name):
    found = appraised({"value.benefit": amount, "value.rates": {name: "1.1 USD"}})
    assert found.faults == ()
    assert found.bridge.middle("benefit") == pytest.approx(66)


@pytest.mark.parametrize("rate", ["1.1", "1.1 USD", "1.1 $"])
def test_rate_in_the_currency_of_the_brief_is_used(rate):
    found = appraised({"value.benefit": "60 EUR", "value.rates": {"EUR": rate}})
    assert found.faults == ()
    assert found.bridge.middle("benefit") == pytest.approx(66)


def metric(**keys):
    return {"metrics.model": [{"name": "time to answer", **keys}]}


@pytest.mark.parametrize(
    ("baseline", "target", "better", "wrong"),
    [
        ("5 min", "240 s", "lower", False),
        ("5 min", "240 s", "higher", True),
        ("5 min", "360 s", "higher", False),
        ("5 min", "360 s", "lower", True),
        ("90 s", "1.4 min", "lower", False),
        ("90 s", "1.6 min", "lower", True),
        ("3 h", "2 hours", "lower", False),
    ],
)
def test_target_in_another_unit_is_compared_after_conversion(baseline, target, better, wrong):
    found = faulty(metric(baseline=baseline, target=target, better=better))
    assert found == ({"metrics.model.0.target": "wrong way"} if wrong else {})


def test_target_in_another_kind_of_unit_is_a_fault():
    found = faulty(metric(baseline="5 min", target="4 USD", better="lower"))
    assert found == {"metrics.model.0.target": "unit"}


@pytest.mark.parametrize(
    ("ship_at", "better", "wrong"),
    [
        ("60%", "higher", True),
        ("40%", "higher", False),
        ("50%", "higher", False),
        ("40%", "lower", True),
        ("60%", "lower", False),
    ],
)
def test_ship_at_beyond_the_target_is_a_fault_at_the_target(ship_at, better, wrong):
    start = "30%" if better == "higher" else "70%"
    keys = metric(baseline=start, target="50%", ship_at=ship_at, better=better)
    assert faulty(keys) == ({"metrics.model.0.target": "wrong way"} if wrong else {})


def test_ship_at_in_another_unit_is_compared_after_conversion():
    keys = metric(baseline="9 min", target="5 min", ship_at="240 s", better="lower")
    assert faulty(keys) == {"metrics.model.0.target": "wrong way"}
    keys = metric(baseline="9 min", target="5 min", ship_at="360 s", better="lower")
    assert faulty(keys) == {}
