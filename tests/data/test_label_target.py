"""What is taken for the label, and why some labels cannot be learnt from."""

from __future__ import annotations

import numpy as np
import pytest
from tables_made import made

from kit.data.label import target_of
from kit.data.measured import Question
from kit.data.reading.yes_no import YES_NO

WORDS = np.repeat(["cat", "dog"], [30, 12])


def told(values, positive=None):
    return target_of(made(y=values), Question(label="y", positive=positive))


def test_target_of_yes_and_no_is_yes():
    target = told([True] * 12 + [False] * 20 + [None] * 3)
    assert (target.task, target.positive) == ("classes", "yes")
    assert target.classes == (("no", 20), ("yes", 12))
    assert np.nansum(target.values) == 12
    assert np.isnan(target.values[-3:]).all()


@pytest.mark.parametrize("word", ["no", "No", "0", "0.0", *sorted({no for _, no in YES_NO})])
def test_target_of_yes_and_no_is_no_where_that_is_named(word):
    target = told([True] * 12 + [False] * 20, word)
    assert (target.positive, np.nansum(target.values)) == ("no", 20)


@pytest.mark.parametrize("word", ["YES", " yes ", "1", *sorted({yes for yes, _ in YES_NO})])
def test_target_of_yes_and_no_is_yes_in_whatever_language_it_is_named(word):
    target = told([True] * 12 + [False] * 20, word)
    assert (target.positive, np.nansum(target.values)) == ("yes", 12)


def test_target_of_two_words_is_the_rarer():
    target = told(WORDS)
    assert (target.task, target.positive) == ("classes", "dog")
    assert target.classes == (("cat", 30), ("dog", 12))
    np.testing.assert_array_equal(target.values, WORDS == "dog")


def test_target_of_two_words_as_frequent_does_not_depend_on_their_order():
    words = np.repeat(["cat", "dog"], 15)
    assert told(words).positive == told(words[::-1]).positive == "dog"


def test_target_of_two_words_as_frequent_is_the_later_where_one_begins_the_other():
    words = np.repeat(["no", "none"], 15)
    assert told(words).positive == told(words[::-1]).positive == "none"


@pytest.mark.parametrize("word", ["cat", "CAT", " cat "])
def test_target_of_two_words_is_the_one_named(word):
    assert told(WORDS, word).positive == "cat"


def test_target_of_three_words_needs_one_named():
    words = np.repeat(["cat", "dog", "fish"], 15)
    target = told(words)
    assert target.task is None
    assert target.problem == "y holds 3 values: cat, dog, fish. Name the one that counts as yes."
    named = told(words, "fish")
    assert (named.task, named.positive, np.nansum(named.values)) == ("classes", "fish", 15)


def test_target_of_very_many_words_is_no_label():
    target = told([f"word {at}" for at in range(60)])
    assert target.task is None
    assert "60 values: word 0, word 1, word 2, word 3, word 4 and others" in target.problem
    assert len(target.classes) == 50


def test_target_of_two_numbers_is_a_class():
    target = told([1.0] * 30 + [2.0] * 12)
    assert (target.task, target.positive) == ("classes", "2")


def test_target_of_numbers_is_a_number():
    target = told(np.arange(40) % 5)
    assert (target.task, target.positive, target.classes) == ("numbers", None, ())


def test_target_of_numbers_is_a_class_where_one_is_named():
    target = told(np.arange(100) % 5, "3.0")
    assert (target.task, target.positive, np.nansum(target.values)) == ("classes", "3", 20)


@pytest.mark.parametrize(
    ("values", "positive", "says"),
    [
        ([None] * 30, None, "is empty"),
        ([True] * 30, None, "the same in every row"),
        ([4.0] * 30, None, "the same in every row"),
        (["cat"] * 30, None, "the same in every row"),
        ([True] * 9 + [False] * 8, None, "Only 17 rows have a label"),
        (np.arange(19.0), None, "Only 19 rows have a label"),
        ([True] * 9 + [False] * 40, None, "Only 9 rows are yes"),
        ([True] * 40 + [False] * 9, None, "Only 9 rows are not yes"),
        ([True] + [False] * 40, None, "Only 1 row is yes"),
        (WORDS, "bird", "does not hold 'bird'"),
        ([True] * 20 + [False] * 20, "churned", "'churned' is to count as yes"),
        (np.array(["2024-01-01"] * 30, dtype="datetime64[s]"), None, "holds dates"),
        (np.arange(30) * 1e15, None, "numbers beyond 1e+15"),
    ],
)
def test_target_of_what_teaches_nothing_says_so(values, positive, says):
    target = told(values, positive)
    assert target.task is None
    assert says in target.problem


def test_target_of_a_column_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="expected a column of the table, found 'z'"):
        target_of(made(y=[1.0]), Question(label="z"))
