"""What the data can show: which volumes count cases, and what is there of what has to be counted."""

import math

import pytest
from numbers_briefs import appraised, computed, faulty, lacking, rows, strings, with_keys, written

PARCELS = {"value.volume": "18000 shipments/month"}
CASES = 18_000 * 24  # in two years


def sources(*given, **keys):
    named = [{"name": f"source {at}", **one} for at, one in enumerate(given)]
    return PARCELS | {"data.sources": named} | keys


def fairness(tmp_path, keys):
    return computed(written(tmp_path, with_keys(keys)))["fairness"]


def test_source_in_the_unit_of_the_volume_counts_cases():
    evidence = appraised(
        sources({"volume": "18000 shipments/month", "history": "2 years"})
    ).evidence
    assert evidence.rows == pytest.approx(CASES)
    assert evidence.rows_from == "source 0"
    assert evidence.uncounted == ()
    # 5% true cases, of which the smaller group has 40%.
    assert evidence.gaps[0].available == pytest.approx(CASES * 0.05 * 0.4)


@pytest.mark.parametrize("unit", ["shipment", "Shipments", "scanned shipments"])
def test_word_for_a_case_may_be_written_in_other_forms(unit):
    given = {"volume": f"18000 {unit}/month", "history": "24 months"}
    assert appraised(sources(given)).evidence.rows == pytest.approx(CASES)


@pytest.mark.parametrize("volume", ["5e6 rows/month", "5e6 records/month", "18001 shipments/month"])
def test_source_with_several_rows_a_case_counts_no_more_than_there_are(volume):
    evidence = appraised(sources({"volume": volume, "history": "2 years"})).evidence
    assert evidence.rows == pytest.approx(CASES)


def test_source_with_fewer_rows_than_cases_counts_its_rows():
    evidence = appraised(sources({"volume": "9000 rows/month", "history": "2 years"})).evidence
    assert evidence.rows == pytest.approx(CASES / 2)


def test_source_that_holds_most_is_the_one_that_counts():
    many = {"volume": "400000 rows"}
    few = {"volume": "9000 rows/month", "history": "2 years"}
    evidence = appraised(sources(few, many, {"volume": "5 GB"})).evidence
    assert (evidence.rows, evidence.rows_from) == (400_000, "source 1")
    assert evidence.uncounted == ()


@pytest.mark.parametrize("volume", ["5 GB", "300 hours of speech", "2 TB/year", "40 tables"])
def test_volume_that_counts_no_cases_is_told_and_not_called_missing(tmp_path, volume):
    keys = sources({"volume": volume, "history": "2 years"})
    evidence = appraised(keys).evidence
    assert evidence.rows is None
    assert evidence.uncounted == ("data.sources.0.volume",)
    assert not any("data.sources" in key for key in evidence.missing)
    blocks = fairness(tmp_path, keys)
    assert "data.sources.0.volume counts neither rows nor cases" in strings(blocks)
    assert not any("data.sources" in key for key in lacking(blocks))


def test_volume_that_is_not_there_is_missing(tmp_path):
    blocks = fairness(tmp_path, sources({}))
    assert "data.sources.volume" in lacking(blocks)


def test_volume_per_time_without_a_history_names_the_history(tmp_path):
    blocks = fairness(tmp_path, sources({"volume": "18000 shipments/month"}))
    assert "data.sources.volume" not in lacking(blocks)
    assert any("history" in key for key in lacking(blocks))


def test_source_without_a_row_is_not_called_missing(tmp_path):
    keys = sources({"volume": "0 rows"})
    assert "data.sources.volume" not in lacking(fairness(tmp_path, keys))


@pytest.mark.parametrize(
    ("entity", "unit", "counts"),
    [
        ("one parcel at the depot", "parcels", True),
        ("one parcel at the depot", "Parcel", True),
        ("a parcel", "a", False),
        ("one customer on the day before", "parcels", False),
        (None, "parcels", False),
    ],
)
def test_volume_in_the_word_of_the_entity_counts_cases(entity, unit, counts):
    keys = sources({"volume": f"9000 {unit}"}) | {"hypothesis": {"entity": entity}}
    evidence = appraised(keys).evidence
    assert evidence.rows == (9_000 if counts else None)
    assert evidence.uncounted == (() if counts else ("data.sources.0.volume",))


FLAGGED = {
    "metrics.fairness.0.measure": "precision",
    "metrics.model": [
        {"name": "precision", "baseline": "30%", "target": "50%", "ship_at": "40%"},
        {"name": "recall", "baseline": "30%", "target": "50%", "ship_at": "40%"},
    ],
}


def test_flags_are_counted_by_precision_and_recall():
    """5% x 50% / 50% of 100,000 cases are flagged, of which the smaller group has 40%."""
    evidence = appraised(FLAGGED).evidence
    assert evidence.gaps[0].counted == "flags"
    assert evidence.gaps[0].available == pytest.approx(100_000 * 0.05 * 0.4)
    assert [one.available for one in evidence.sizes if one.counted == "flags"] == [
        pytest.approx(5_000)
    ]


def test_more_flags_than_cases_leave_no_number_of_flags():
    """5% x 50% / 0.001% would be 2,500 flags a case."""
    found = appraised(FLAGGED | {"value.precision": "0.001%"})
    assert found.evidence.gaps[0].available is None
    assert found.evidence.gaps[0].holds is None
    flags = [one for one in found.evidence.sizes if one.counted == "flags"]
    assert [(one.available, one.holds) for one in flags] == [(None, None)]
    # True cases are there all the same, and the precision is told.
    cases = [one.available for one in found.evidence.sizes if one.counted == "true cases"]
    assert cases == [pytest.approx(5_000)]
    assert "value.precision" in {fault.path for fault in found.faults}


ALL = {
    "metrics.model.1.target": "100%",
    "metrics.model.1.ship_at": "90%",
    "metrics.fairness.0.max_gap": "5 points",
}


def test_recall_of_all_keeps_its_gap_and_says_why_it_has_no_size(tmp_path):
    """100% against 95%, by the formula of Fleiss, Levin & Paik (2003) with z 1.95996 and 0.84162."""
    reach = 1.959964 * math.sqrt(2 * 0.975 * 0.025) + 0.841621 * math.sqrt(0.95 * 0.05)
    evidence = appraised(ALL).evidence
    (gap,) = evidence.gaps
    assert (gap.rate, gap.other) == (1.0, pytest.approx(0.95))
    assert gap.needed == pytest.approx((reach / 0.05) ** 2, rel=1e-5)
    assert gap.visible is None
    assert gap.holds is True
    (recall,) = [one for one in evidence.sizes if one.label.startswith("recall")]
    assert (recall.needed, recall.holds) == (None, None)
    blocks = fairness(tmp_path, ALL)
    assert len(rows(blocks, "A gap of 5 points in recall, 100% against 95%")) == 1
    (row,) = rows(blocks, "Recall of 100%")
    assert row["Enough"] == "cannot tell"
    assert "for a recall of 100% the formula gives no number of cases" in strings(blocks)


def test_recall_below_all_has_a_size():
    """z^2 x 0.5 x 0.5 / 0.1^2 = 96.04, rounded up."""
    (recall,) = [one for one in appraised({}).evidence.sizes if one.label.startswith("recall")]
    assert recall.needed == 97
    assert recall.holds is True


@pytest.mark.parametrize("gap", ["0", "0%", "0 points", "120 points", "100%", "-5 points"])
def test_gap_that_is_none_is_a_fault(tmp_path, gap):
    keys = {"metrics.fairness.0.max_gap": gap}
    assert faulty(keys) == {"metrics.fairness.0.max_gap": "not a share"}
    evidence = appraised(keys).evidence
    assert [one.needed for one in evidence.gaps] == [None]
    assert len(evidence.sizes) == 2
    blocks = fairness(tmp_path, keys)
    assert not {"metrics.fairness.0.max_gap", "metrics.fairness.max_gap"} & {*lacking(blocks)}
    assert not rows(blocks, "A gap")


@pytest.mark.parametrize("gap", ["5 points", "5%", "0.05", "5 pp", "4 to 6 points"])
def test_gap_may_be_written_in_points_in_percent_or_as_a_share(gap):
    found = appraised({"metrics.fairness.0.max_gap": gap})
    assert found.faults == ()
    assert found.evidence.gaps[0].other == pytest.approx(0.45)


LEDGER = {"name": "ledger", "volume": "100000 rows/month", "history": "3 years"}


def labelled(source):
    keys = {
        "data.label": {"source": "checks"},
        "data.sources": [LEDGER, {"name": "checks", **source}],
    }
    return appraised(keys).evidence


def test_cases_are_counted_where_the_labels_come_from():
    """The ledger holds more, and no label for them."""
    evidence = labelled({"volume": "20000 rows/month", "history": "1 month"})
    assert (evidence.rows, evidence.rows_from) == (pytest.approx(20_000), "checks")


def test_source_that_names_the_true_cases_labels_the_others_as_long_as_it_goes():
    """5% of 100,000 a month are true, as many as it names: a year of its three."""
    evidence = labelled({"volume": "5000 rows/month", "history": "1 year"})
    assert evidence.rows == pytest.approx(1_200_000)
    assert evidence.rows_from == "ledger, as checks names the true ones"
