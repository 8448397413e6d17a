"""The label, its share and its groups, as a brief has them and as a file does."""

from dataclasses import replace

import pytest
from measured_made import brief_with, column, labelled, measured, verdict

from kit.data import Question


def test_label_that_is_there_is_met_and_its_missing_rows_are_told():
    table = labelled(300, 700)
    gone = replace(table, label=replace(table.label, missing=5))
    found = verdict("label", brief_with(), gone)
    assert found.holds
    assert found.why == "1,000 rows have a label. 5 rows have none."
    assert found.is_required


def test_label_that_is_not_there_or_teaches_nothing_is_missed():
    absent = measured(column("plan"), question=Question(label="left"))
    assert verdict("label", brief_with(), absent).why == "The file has no column left."
    table = labelled(0, 1_000)
    useless = replace(table, label=replace(table.label, task=None, problem="All alike."))
    assert (verdict("label", brief_with(), useless).why) == "All alike."
    assert verdict("class share", brief_with(), useless) is None
    assert verdict("label", brief_with(), measured(column("plan"))) is None


def test_label_of_one_row_is_told_in_the_singular():
    table = labelled(1, 0)
    gone = replace(table, label=replace(table.label, missing=1))
    found = verdict("label", brief_with(), gone)
    assert (found.measured, found.why) == ("1 row", "1 row has a label. 1 row has none.")


@pytest.mark.parametrize(
    ("stated", "word"),
    [
        ("30%", "agrees"),
        # Wilson's interval for 300 of 1,000 is 27.24% to 32.91%; odds 1.1 times those of 25.39% reach its lower end,
        # and odds 1 / 1.1 times those of 35.05% its upper one.
        ("25.4%", "agrees"),
        ("25.3%", "differs"),
        ("35%", "agrees"),
        ("35.1%", "differs"),
        ("1% to 25.4%", "agrees"),
        ("35.1% to 40%", "differs"),
        ("40% to 50%", "differs"),
    ],
)
def test_class_share_differs_beyond_chance_and_beyond_what_matters(stated, word):
    found = verdict("class share", brief_with(value__prevalence=stated), labelled(300, 700))
    assert found.word == word
    assert found.holds is (word == "agrees")


@pytest.mark.parametrize(
    ("stated", "yes", "word"),
    [
        ("5%", 50_600, "agrees"),  # chance alone gives 5.02% to 5.10%
        ("5%", 55_400, "agrees"),  # half of the last digit: to 5.5%; chance gives 5.496% and more
        ("5%", 55_500, "differs"),
        ("5.0001%", 55_500, "differs"),
        ("0.05", 55_400, "agrees"),
        ("0.1%", 1_400, "agrees"),  # to 0.15%
        ("0.1%", 1_700, "differs"),
        ("0%", 500_000, "differs"),
        ("1", 1_000_000, "agrees"),
        ("1", 900_000, "differs"),  # 1 is written for all, and not for 50% to 100%
    ],
)
def test_class_share_of_many_rows_may_be_as_coarse_as_it_is_stated(stated, yes, word):
    table = labelled(yes, 1_000_000 - yes)
    assert verdict("class share", brief_with(value__prevalence=stated), table).word == word


def test_class_share_and_its_interval_have_one_precision():
    found = verdict("class share", brief_with(value__prevalence="1% to 2%"), labelled(8, 9_992))
    assert (found.stated, found.measured) == ("1% to 2%", "0.080%")
    assert "8 of 10,000 rows are yes (95% interval 0.041% to 0.158%)" in found.why


def test_class_share_is_not_judged_where_none_is_stated():
    for stated in (None, "n/a: not known yet"):
        assert (
            verdict("class share", brief_with(value__prevalence=stated), labelled(300, 700)) is None
        )


def test_cases_are_enough_from_the_number_on_that_the_brief_takes():
    metrics = [{"name": "recall", "target": "90%", "ship_at": "85%"}]
    brief = brief_with(metrics__model=metrics, metrics__fairness=None)
    needed = int(verdict("cases", brief, labelled(1, 9_999)).stated.split()[0])
    # 1.96 squared times 0.9 times 0.1 over 0.05 squared is 138.3.
    assert needed == 139
    for positives, holds in ((needed - 1, False), (needed, True)):
        assert verdict("cases", brief, labelled(positives, 5_000)).holds is holds


@pytest.mark.parametrize(
    ("measure", "counted"),
    [("recall", "true cases"), ("false positive rate", "other cases"), ("accuracy", "cases")],
)
def test_groups_are_counted_in_what_the_measure_counts(measure, counted):
    metrics = [
        {"name": measure, "target": "20%" if "false" in measure else "90%", "ship_at": "30%"}
    ]
    fairness = [
        {"measure": measure, "column": "plan", "groups": ["basic", "full"], "max_gap": "10 points"}
    ]
    brief = brief_with(metrics__model=metrics, metrics__fairness=fairness)
    needed = int(verdict("groups", brief, labelled(1, 1, ("basic", 2, 1))).stated.split()[0])
    for there, holds in ((needed - 1, False), (needed, True)):
        rows, yes = {
            "true cases": (9_999, there),
            "other cases": (9_999, 9_999 - there),
            "cases": (there, 1),
        }[counted]
        table = labelled(5_000, 9_000, ("basic", rows, yes), ("full", 50_000, 25_000))
        found = verdict("groups", brief, table)
        assert found.holds is holds
        assert found.measured == f"{there:,} in plan basic"


def test_groups_are_not_known_to_have_enough_flags_before_there_is_a_model():
    fairness = [
        {
            "measure": "precision",
            "column": "plan",
            "groups": ["basic", "full"],
            "max_gap": "5 points",
        }
    ]
    brief = brief_with(metrics__fairness=fairness)
    for rows, holds, words in (
        (3, False, "Too few to show a gap of 5 points: plan basic."),
        (1_000_000, None, "will flag is not known yet"),
    ):
        table = labelled(300, 700, ("basic", rows, 2), ("full", 1_000_000, 2))
        found = verdict("groups", brief, table)
        assert found.holds is holds
        assert words in found.why
