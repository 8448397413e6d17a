"""Figures, counts and names in words."""

import pytest

from kit.appraisal.wording import counted, length, listed, percent, rounding


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0%"),
        (1, "100%"),
        (0.5, "50.0%"),
        (0.9996, "99.960%"),
        (0.00004, "0.004%"),
        (0.001, "0.1%"),
    ],
)
def test_percent_has_more_digits_near_all_and_nothing(share, said):
    assert percent(share) == said


def test_percent_has_the_digits_of_what_it_stands_beside():
    ends = (0.0008, 0.00041, 0.0016)
    assert [percent(one, beside=ends) for one in ends] == ["0.080%", "0.041%", "0.160%"]
    assert [percent(one, beside=(0, 0.2, 1)) for one in (0, 0.2, 1)] == ["0%", "20.0%", "100%"]


@pytest.mark.parametrize("share", [0.984, 0.5, 0.001, 0.0004, 0.99951, 0.2])
def test_rounding_is_half_of_the_last_digit_that_is_said(share):
    off = rounding(share)
    assert percent(share + 0.9 * off) in (percent(share), percent(share + 2 * off))
    assert percent(share + 2.1 * off) != percent(share)


def test_rounding_of_all_and_nothing_is_none():
    assert [rounding(0), rounding(1)] == [0, 0]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (730.5, "2 years"), (365, "1 year"), (335, "11 months"), (61, "2 months"), (30, "1 month"),
        (21, "3 weeks"), (7, "1 week"), (2, "2 days"), (1, "1 day"), (0.25, "6 hours"), (1 / 24, "1 hour"),
        (1 / 1440, "1 minute"), (0, "no time"),
    ],
)  # fmt: skip
def test_length_is_told_in_the_largest_unit_that_it_holds_one_of(days, said):
    assert length(days) == said


@pytest.mark.parametrize(
    ("days", "most", "said"),
    [
        (40, "day", "40 days"),
        (1_461, "day", "1,461 days"),
        (365, "month", "12 months"),
        (3, "month", "3 days"),
    ],
)
def test_length_is_told_in_no_larger_unit_than_it_may(days, most, said):
    assert length(days, most=most) == said


def test_lists_name_so_many_and_count_the_rest():
    assert [listed([*"abcdef"][:count], 4) for count in (0, 1, 2, 4, 6)] == [
        "", "a", "a and b", "a, b, c and d", "a, b, c, d and 2 more"
    ]  # fmt: skip
    assert listed("abcdef") == "a, b, c, d, e and f"


def test_counts_have_their_noun_and_verb():
    said = [counted(number, "cell holds", "cells hold") for number in (0, 1, 1_200)]
    assert said == ["0 cells hold", "1 cell holds", "1,200 cells hold"]
    assert [counted(number, "row") for number in (1, 2_000)] == ["1 row", "2,000 rows"]
