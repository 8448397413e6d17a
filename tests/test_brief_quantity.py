"""Quantities and units: what can be written, what it means, and what is refused."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kit.brief.quantity import Count, Duration, Quantity
from kit.brief.units import SECONDS, convert, split_rate, time_unit


def quantity(written: Any) -> Quantity:
    return Quantity.model_validate(written, by_alias=True, by_name=False)


def refusal(written: Any, kind: Any = Quantity) -> str:
    """Where and why something is refused."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(written)
    return "; ".join(
        f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in caught.value.errors()
    )


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("5", 5, None),
        (" 5 ", 5, None),
        ("0.05", 0.05, None),
        (".5", 0.5, None),
        ("5.", 5, None),
        ("+3", 3, None),
        ("-3", -3, None),
        ("0.8e6", 800_000, None),
        ("1E-3", 0.001, None),
        ("5%", 0.05, "%"),
        ("5 %", 0.05, "%"),
        ("0.5%", 0.005, "%"),
        ("5 percent", 0.05, "%"),
        ("5 per cent", 0.05, "%"),
        ("+15%", 0.15, "%"),
        ("-10% relative", -0.1, "% relative"),
        ("-0.5 points", -0.5, "points"),
        ("\u22120.5 points", -0.5, "points"),  # a real minus sign
        ("30 ms", 30, "ms"),
        ("30ms", 30, "ms"),
        ("3000/month", 3000, "/month"),
        ("9000 USD/month", 9000, "USD/month"),
        ("48000 people/month", 48000, "people/month"),
        ("60 €", 60, "€"),
        ("20 °C", 20, "°C"),
        (5, 5, None),
        (0.05, 0.05, None),
        ({"value": "5", "unit": "%"}, 0.05, "%"),
        ({"value": "5%"}, 0.05, "%"),
        ({"value": "5%", "unit": "%"}, 0.05, "%"),
        ({"value": "5", "unit": "percent"}, 0.05, "%"),
        ({"value": "-10% relative", "from": "guess"}, -0.1, "% relative"),
    ],
)
def test_quantity_of_one_number(written: Any, number: float, unit: str | None):
    read = quantity(written)
    assert read.number == pytest.approx(number)
    assert (read.unit, read.is_range) == (unit, False)
    assert read.bounds == (read.number, read.number)


@pytest.mark.parametrize("written", ["0.05", "5%", {"value": "5", "unit": "%"}])
def test_quantity_means_the_same_in_three_spellings(written: Any):
    assert quantity(written).number == 0.05


@pytest.mark.parametrize(
    ("written", "bounds", "unit"),
    [
        ("10% to 30%", (0.1, 0.3), "%"),
        ("10 to 30%", (0.1, 0.3), "%"),
        ("10%–30%", (0.1, 0.3), "%"),
        ("10-30 %", (0.1, 0.3), "%"),
        ("-5 to -3", (-5, -3), None),
        ("0.9e6 to 1.7e6 EUR/year", (900_000, 1_700_000), "EUR/year"),
        ("2 days to 4 days", (2, 4), "days"),
        ({"low": "10%", "high": "30%"}, (0.1, 0.3), "%"),
        ({"low": "0.8e6", "high": "1.6e6", "unit": "USD/year"}, (800_000, 1_600_000), "USD/year"),
        ({"value": "10% to 30%", "from": "guess"}, (0.1, 0.3), "%"),
        ({"low": "3", "high": "3"}, (3, 3), None),
    ],
)
def test_quantity_of_a_range(written: Any, bounds: tuple[float, float], unit: str | None):
    read = quantity(written)
    assert read.bounds == pytest.approx(bounds)
    assert read.number == pytest.approx(sum(bounds) / 2)
    assert (read.unit, read.is_range) == (unit, True)


def test_quantity_keeps_where_it_is_from():
    read = quantity({"value": "5", "from": "measured", "source": "billing", "on": "2026-09-30"})
    assert (read.from_, read.source, str(read.on)) == ("measured", "billing", "2026-09-30")


def test_quantity_takes_a_unit_only_where_it_has_none():
    assert quantity("5").in_unit("%").number == 0.05
    assert quantity("5 USD").in_unit("%").unit == "USD"
    assert quantity("5").in_unit(None).unit is None


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "lots",
            "five",
            "5 to",
            "5 to ten",
            "~5",
            "<5",
            "$5",
            "12:30",
            "12/2027",
            "2027-03-31",
        ),
        *("1,000", "1 000", "1'000", "1_000", "1,5", "1.200.000", "1.2.3", "5 5", "3 of 4"),
        *("inf", "nan", ".inf", "-.inf", ".nan", "\u0665", "0x10", "5 kg CO2", "5 " + "x" * 50),
        *(None, True, [], ["5"]),
    ],
)
def test_quantity_refuses_what_is_no_number(written: Any):
    said = refusal(written)
    assert "expected a number such as 5, 5%, 30 ms or 10% to 30%" in said
    assert "no thousands separator" in said


@pytest.mark.parametrize("written", ["1e400", "-1e400", "1e19", "9" * 5000, float("nan"), 10**20])
def test_quantity_refuses_a_number_that_is_too_large(written: Any):
    assert "expected a number up to 1e18" in refusal(written)


def test_quantity_refuses_a_number_that_would_become_zero():
    assert "not lost in rounding" in refusal("1e-400")
    assert quantity("0e-400").number == 0


@pytest.mark.parametrize("written", ["1.2M", "1.2 million USD", "5k rows", "3 bn", "2M to 3M USD"])
def test_quantity_refuses_a_multiplier_that_would_pass_for_a_unit(written: str):
    """`1.2M` read as 1.2 of a unit M would be wrong by a million."""
    assert "exponent: 1.2e6 for 1.2 million" in refusal(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"value": "5", "low": "1"}, ": expected either `value`, or both `low` and `high`"),
        ({"value": "5", "low": "1", "high": "9"}, ": expected either `value`"),
        ({"low": "1"}, ": expected either `value`"),
        ({}, ": expected either `value`"),
        ({"low": "3", "high": "1"}, ": expected `low` not above `high`. Swap the two ends."),
        ("30% to 10%", ": expected `low` not above `high`"),
        ({"value": "5%", "unit": "USD"}, "value: expected one unit, not both 'USD' and '%'"),
        ({"low": "1 h", "high": "2 days"}, "high: expected one unit, not both 'h' and 'days'"),
        ("10% to 30 days", ": expected one unit, not both '%' and 'days'"),
        ({"value": "lots"}, "value: expected a number such as"),
        ({"value": {"low": "1"}}, "value: expected a number such as"),
        ({"value": True}, "value: expected a number such as"),
        ({"low": "1 to 2", "high": "3"}, "low: expected one number. Write the ends of a range as"),
        ({"value": "5", "unit": ["USD"]}, "unit: expected text"),
        ({"value": "5%", "unit": ["USD"]}, "unit: expected text"),
        ({"value": "5", "from": "guessed"}, "from: Input should be 'measured', 'benchmark'"),
        ({"value": "5", "on": "2026-02-30"}, "on: expected a date that exists"),
    ],
)
def test_quantity_refuses_a_group_that_does_not_fit_together(written: Any, said: str):
    assert said in refusal(written)


def test_quantity_knows_only_the_keys_of_the_file():
    with pytest.raises(ValidationError, match="Extra inputs"):
        quantity({"value": "5", "from_": "guess"})


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("30 ms", 0.03), ("24 h", 86_400), ("1 day", 86_400), ("1 week", 604_800), ("5 µs", 5e-6)],
)
def test_duration_is_read_in_any_unit_of_time(written: str, seconds: float):
    read = TypeAdapter(Duration).validate_python(written)
    assert convert(read.number, unit=read.unit, to="s") == pytest.approx(seconds)


@pytest.mark.parametrize("written", ["30", "5%", "30 USD", "3 m", "daily", "1 business day"])
def test_duration_refuses_what_has_no_unit_of_time(written: str):
    assert "expected a" in refusal(written, Duration)


def test_duration_refuses_to_be_negative():
    assert "not negative" in refusal("-1 day", Duration)


@pytest.mark.parametrize(
    "written", ["1,000", "2.0", "-3", "+3", "two", "", "1e3", "9" * 16, True, None]
)
def test_count_refuses_what_is_no_whole_number(written: Any):
    assert "expected a whole number" in refusal(written, Count)


def test_count_reads_digits():
    assert TypeAdapter(Count).validate_python(" 612 ") == 612
    assert TypeAdapter(Count).validate_python(2) == 2


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *(
            ("days", "day"),
            ("Day", "day"),
            ("d", "day"),
            ("hrs", "h"),
            ("hour", "h"),
            ("mins", "min"),
        ),
        *(("sec", "s"), ("seconds", "s"), ("ms", "ms"), ("milliseconds", "ms"), ("μs", "us")),
        *(("months", "month"), ("quarters", "quarter"), ("yr", "year"), (" week ", "week")),
        *(("m", None), ("users", None), ("", None), ("%", None)),
    ],
)
def test_time_unit_knows_the_usual_names(written: str, name: str | None):
    assert time_unit(written) == name


@pytest.mark.parametrize(
    ("unit", "split"),
    [
        ("USD/month", ("USD", "month")),
        ("USD / Month", ("USD", "month")),
        ("USD per month", ("USD", "month")),
        ("/month", ("", "month")),
        ("per month", ("", "month")),
        ("people", ("people", None)),
        ("tickets/order", ("tickets/order", None)),
        ("tickets/order/day", ("tickets/order", "day")),
    ],
)
def test_split_rate_parts_what_is_counted_from_the_time(unit: str, split: tuple[str, str | None]):
    assert split_rate(unit) == split


@pytest.mark.parametrize(
    ("number", "unit", "to", "result"),
    [
        (1, "week", "day", 7),
        (1, "year", "month", 12),
        (1, "quarter", "month", 3),
        (90, "s", "min", 1.5),
        (1200, "USD/year", "USD/month", 100),
        (100, "/day", "/week", 700),
        (3, "people", "people", 3),
    ],
)
def test_convert_by_hand(number: float, unit: str, to: str, result: float):
    assert convert(number, unit=unit, to=to) == pytest.approx(result)


@pytest.mark.parametrize(
    ("unit", "to"),
    [("day", "USD"), ("USD/month", "EUR/month"), ("people", "people/month"), ("USD", "%")],
)
def test_convert_names_both_units_that_cannot_be_compared(unit: str, to: str):
    with pytest.raises(ValueError, match="cannot be compared") as caught:
        convert(1, unit=unit, to=to)
    assert repr(unit) in str(caught.value)
    assert repr(to) in str(caught.value)


@settings(deadline=None)
@given(st.sampled_from(sorted(SECONDS)), st.sampled_from(sorted(SECONDS)), st.floats(0.001, 1e6))
def test_convert_there_and_back_is_the_same(one: str, other: str, number: float):
    there = convert(number, unit=f"x/{one}", to=f"x/{other}")
    assert convert(there, unit=f"x/{other}", to=f"x/{one}") == pytest.approx(number)


@settings(deadline=None)
@given(st.floats(-1e17, 1e17), st.sampled_from(["", "%", " ms", " USD/month"]))
def test_quantity_reads_every_number_that_python_writes(number: float, unit: str):
    if number and abs(number) < 1e-300:
        return
    assert quantity(f"{number!r}{unit}").value == number


@settings(deadline=None)
@given(st.text(max_size=30))
def test_quantity_of_any_text_is_read_or_refused_in_words(text: str):
    try:
        read = quantity(text)
    except ValidationError as exc:
        messages = {error["msg"].partition(" ")[0] for error in exc.errors()}
    else:
        messages = {"expected"}
        assert abs(read.number) <= 1e18
    assert messages == {"expected"}


@pytest.mark.parametrize(
    "text", ["9" * 200_000 + "!", "1." * 100_000, "1 to " * 40_000, "n/a" + " " * 200_000 + "x"]
)
def test_quantity_of_a_very_long_text_is_refused_at_once(text: str):
    start = time.process_time()
    assert "expected" in refusal(text)
    assert time.process_time() - start < 1
