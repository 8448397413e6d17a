"""When units and nouns of a brief name the same thing."""

import pytest

from kit.appraisal.naming import factor, same_currency, same_thing
from kit.brief.units import split_rate


@pytest.mark.parametrize(
    ("unit", "wanted", "times"),
    [
        ("min", "minutes", 1),
        ("s", "min", 1 / 60),
        ("min/call", "minutes per call", 1),
        ("hours/week", "h/week", 1),
        ("USD/month", "USD/year", 12),
        ("visits/day", "visits/week", 7),
        ("EUR per order", "€/order", 1),
        ("min", "min per trip", 1),
        ("searches", "search", 1),
        ("boxes", "box", 1),
        ("analyses", "analysis", 1),
        ("deliveries", "delivery", 1),
        ("movies", "movie", 1),
        ("people", "person", 1),
        ("$", "USD", 1),
        ("dollars", "USD", 1),
    ],
)
def test_units_that_are_alike_differ_by_a_factor(unit, wanted, times):
    assert factor(unit, wanted) == pytest.approx(times)
    assert factor(wanted, unit) == pytest.approx(1 / times)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("GB", "h"),
        ("orders", "shipments"),
        ("USD", "EUR"),
        ("min", "orders"),
        ("h/week", "h/order"),
    ],
)
def test_units_that_are_not_alike_have_no_factor(unit, wanted):
    assert factor(unit, wanted) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("labelled shipments", "shipments", True),
        ("payments", "each online payment", True),
        ("contracts up for renewal", "contract", True),
        ("hours of calls", "calls", False),
        ("days of logs", "one customer on the day before", False),
        ("bank account", "card account", False),
        ("", "calls", False),
    ],
)
def test_nouns_are_compared_by_their_head(one, other, same):
    assert same_thing(one, other) == same
    assert same_thing(other, one) == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("$", "USD", True), ("$", "CAD", True), ("€", "euro", True), ("¥", "CNY", True),
        ("¥", "JPY", True), ("USD", "CAD", False), ("EUR", "USD", False), ("CHF", "chf", True),
    ],
)  # fmt: skip
def test_sign_stands_for_each_currency_that_uses_it(one, other, same):
    assert same_currency(one, other) == same


@pytest.mark.parametrize(
    ("unit", "counted", "period"),
    [
        ("USD monthly", "USD", "month"), ("subscribers weekly", "subscribers", "week"),
        ("USD p.a.", "USD", "year"), ("USD per annum", "USD", "year"), ("orders a day", "orders", "day"),
        ("USD/mo", "USD", "month"), ("USD per min late", "USD", "min"), ("people per day and store", "people", "day"),
        ("USD each", "USD each", None), ("tickets/order", "tickets/order", None),
        ("sign-ups per working day", "sign-ups per working day", None),
    ],
)  # fmt: skip
def test_rate_is_read_however_its_time_is_written(unit, counted, period):
    assert split_rate(unit) == (counted, period)
