"""What a brief asks of its model metrics, held against quick models that were tried."""

import pytest
from measured_made import brief_with, climbed, measured, scores

from kit.data import verdicts_of

GOOD = scores(
    AUC=(0.85, 0.83, 0.87),
    precision=(0.6, 0.57, 0.63),
    recall=(0.7, 0.67, 0.73),
    F1=(0.65, 0.62, 0.68),
)
PLAIN = scores(
    AUC=(0.75, 0.73, 0.77),
    precision=(0.4, 0.37, 0.43),
    recall=(0.6, 0.57, 0.63),
    F1=(0.48, 0.45, 0.51),
)


def reached(metrics, best=GOOD, rule=PLAIN):
    """Requirement and key of each verdict about the baseline, with the verdict."""
    brief = brief_with(metrics__model=metrics, metrics__fairness=None)
    found = verdicts_of(brief, [climbed(best, rule)])
    return {
        (one.requirement, one.path.removeprefix("metrics.model.")): one
        for one in found
        if one.requirement in ("rule", "ship-at", "target")
    }


def asked(name, ship_at, target=None):
    return {"name": name, "ship_at": ship_at, **({} if target is None else {"target": target})}


@pytest.mark.parametrize(
    ("ship_at", "holds"),
    [
        ("0.83", True),
        ("0.84", None),
        ("0.87", None),
        ("0.88", False),
        ("83%", True),
        ("0.83 to 0.87", None),
    ],
)
def test_ship_at_holds_where_the_whole_interval_is_on_its_side(ship_at, holds):
    assert reached([asked("AUC", ship_at)])["ship-at", "0.ship_at"].holds is holds


def test_target_and_ship_at_are_judged_each():
    found = reached([asked("ROC AUC", "0.8", "0.9")])
    assert {key: one.holds for key, one in found.items()} == {
        ("ship-at", "0.ship_at"): True,
        ("rule", "0.ship_at"): False,
        ("target", "0.target"): False,
    }
    target, rule = found["target", "0.target"], found["rule", "0.ship_at"]
    assert target.measured == "0.850 (0.830 to 0.870)"
    assert target.why.startswith("By boosted trees. That is out of reach")
    assert rule.measured == "0.750 (0.730 to 0.770)"
    assert rule.why == "By rule on one column (tenure above 3). A rule is not enough."


@pytest.mark.parametrize(
    ("ship_at", "holds", "word"),
    [("0.73", True, "yes"), ("0.75", None, "cannot tell"), ("0.78", False, "no")],
)
def test_rule_is_a_question_with_yes_or_no(ship_at, holds, word):
    found = reached([asked("AUC", ship_at)])["rule", "0.ship_at"]
    assert (found.holds, found.word) == (holds, word)


@pytest.mark.parametrize(
    ("limit", "holds"), [("3 min", True), ("2.5 min", None), ("1.9 min", False)]
)
def test_error_holds_where_it_is_below(limit, holds):
    best = scores(mean_absolute_error=(2.4, 2.0, 2.8))
    found = reached([asked("MAE", limit)], best, best)
    assert found["ship-at", "0.ship_at"].holds is holds
    assert found["ship-at", "0.ship_at"].measured == "2.40 (2.00 to 2.80)"


# Precision and recall: a threshold gives one for the other. GOOD has an F1 of at most 0.68.


@pytest.mark.parametrize(
    ("precision", "recall", "holds"),
    [
        ("57%", "67%", True),
        ("58%", "67%", None),
        ("30%", "95%", None),  # an F1 of 0.46: another threshold may bring it
        ("68%", "68%", None),
        ("69%", "69%", False),
        ("99%", "60%", False),  # an F1 of 0.75, although recall alone is reached
    ],
)
def test_precision_and_recall_are_reached_at_one_threshold_or_not_at_all(precision, recall, holds):
    found = reached([asked("precision", precision), asked("recall", recall)])
    assert found["ship-at", "0.ship_at"].holds is holds
    assert found["ship-at", "1.ship_at"].holds is holds


@pytest.mark.parametrize("name", ["precision", "recall"])
def test_precision_or_recall_alone_cannot_be_told(name):
    """Whoever flags everything has all recall; whoever flags the surest case alone may have all precision."""
    for limit in ("1%", "99%"):
        found = reached([asked(name, limit)])
        assert [one.holds for one in found.values()] == [None, None]
        assert "the brief does not say" in found["ship-at", "0.ship_at"].why


def test_precision_at_ship_at_is_not_judged_with_recall_at_target():
    found = reached([asked("precision", "57%", "90%"), asked("recall", "67%")])
    assert found["ship-at", "0.ship_at"].holds is True
    assert found["target", "0.target"].holds is None


def test_rule_is_enough_only_where_it_brings_every_metric():
    pair = [asked("precision", "37%"), asked("recall", "57%")]
    enough = reached([asked("AUC", "0.7"), *pair])
    assert [enough["rule", f"{at}.ship_at"].holds for at in range(3)] == [True] * 3
    short = reached([asked("AUC", "0.8"), *pair])
    assert [short["rule", f"{at}.ship_at"].holds for at in range(3)] == [False] * 3
    assert "brings that, but not all" in short["rule", "1.ship_at"].why
    alone = reached([asked("AUC", "0.7"), asked("recall", "90%")])
    assert alone["rule", "0.ship_at"].holds is True


@pytest.mark.parametrize(
    "metric",
    [
        {"name": "AUC"},
        {"name": "AUC", "ship_at": "n/a: decided by the pilot"},
        {"name": "recall", "ship_at": "20 cases"},
    ],
)
def test_metric_without_a_figure_on_either_side_has_no_verdict(metric):
    assert reached([metric]) == {}


@pytest.mark.parametrize(
    ("metric", "requirement"),
    [
        ({"name": "precision@10", "ship_at": "20%", "target": "30%"}, "ship-at"),
        ({"name": "average precision", "target": "20%"}, "target"),  # not among the scores
    ],
)
def test_metric_that_is_not_measured_cannot_be_told(metric, requirement):
    ((key, found),) = reached([metric]).items()
    assert key[0] == requirement
    assert (found.holds, found.measured) == (None, "")
    assert "does not measure" in found.why


def test_ship_at_is_judged_at_a_threshold_of_its_own():
    """What is asked of the target takes another threshold, which would miss the ship-at."""
    aimed = scores(
        precision_at_the_wanted_point=(0.9, 0.87, 0.93),
        recall_at_the_wanted_point=(0.05, 0.04, 0.06),
        precision_at_the_ship_at_point=(0.52, 0.49, 0.55),
        recall_at_the_ship_at_point=(0.33, 0.31, 0.35),
    )
    aimed = {name.replace("ship at", "ship-at"): one for name, one in aimed.items()}
    found = reached([asked("precision", "45%", "90%"), asked("recall", "30%", "40%")], GOOD | aimed)
    ship = [found["ship-at", f"{at}.ship_at"] for at in range(2)]
    assert [one.holds for one in ship] == [True, True]
    assert ship[0].why.startswith("By boosted trees, with a recall of 33.0%. That is within reach")
    assert found["target", "1.target"].measured == "5.0% (4.0% to 6.0%)"


def test_file_without_a_baseline_has_no_verdict_on_metrics():
    brief = brief_with(metrics__model=[asked("AUC", "0.8")])
    assert {one.requirement for one in verdicts_of(brief, [measured()])} == set()


def test_figures_at_a_threshold_that_aims_at_the_targets_count_for_themselves():
    aimed = scores(
        precision_at_the_wanted_point=(0.5, 0.47, 0.53),
        recall_at_the_wanted_point=(0.9, 0.87, 0.93),
    )
    found = reached(
        [asked("precision", "60%"), asked("recall", "85%")], GOOD | aimed, PLAIN | aimed
    )
    assert [found["ship-at", f"{at}.ship_at"].holds for at in range(2)] == [False, True]
    assert found["ship-at", "1.ship_at"].measured == "90.0% (87.0% to 93.0%)"
    assert [found["rule", f"{at}.ship_at"].holds for at in range(2)] == [False, False]


@pytest.mark.parametrize(
    ("precision", "recall", "holds"),
    [
        ("45%", "85%", [True, True]),
        ("50%", "85%", [None, True]),
        ("45%", "95%", [True, None]),  # of the precision some may be given for it
        ("50%", "95%", [None, False]),
        ("55%", "95%", [False, False]),
        ("90%", "85%", [False, True]),  # an F1 of 0.87 is not to be had at all
    ],
)
def test_figure_missed_at_that_threshold_is_open_where_the_other_has_room_to_spare(
    precision, recall, holds
):
    aimed = scores(
        precision_at_the_wanted_point=(0.5, 0.47, 0.53),
        recall_at_the_wanted_point=(0.9, 0.87, 0.93),
    )
    found = reached([asked("precision", precision), asked("recall", recall)], GOOD | aimed)
    assert [found["ship-at", f"{at}.ship_at"].holds for at in range(2)] == holds
