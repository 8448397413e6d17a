"""Requirements held against what a file showed: met, missed, or cannot be told."""

import pytest
from measured_made import FILE, brief_with, column, measured, period, verdict

from kit.data import Refused, verdicts_of
from kit.data.verdicts.fields import meant
from kit.data.verdicts.wording import length, listed, percent


def asked(**quality):
    """A brief that asks its source for some quality."""
    return brief_with({"quality": quality})


PASS = brief_with({"quality": {"pass_rate": "99%"}})


@pytest.mark.parametrize(
    ("stated", "missing", "holds"),
    [
        ("98%", 0, True),
        ("98%", 20, True),
        ("98%", 21, False),
        ("0.98", 21, False),
        ("100%", 1, False),
        ("97% to 99%", 30, True),  # of a range the lenient end is asked for
        ("97% to 99%", 31, False),
        ("0%", 1_000, True),
    ],
)
def test_completeness_is_that_of_the_emptiest_column(stated, missing, holds):
    full, gaps = column("full"), column("gaps", missing=missing)
    found = verdict("completeness", asked(completeness=stated), measured(full, gaps))
    assert found.holds is holds
    assert found.path == "data.sources.0.quality.completeness"
    assert ("gaps" in found.why) == (missing > 0)


def test_completeness_counts_what_the_source_holds_and_names_every_column_that_misses_it():
    table = measured(column("a", missing=400), column("b_1", missing=90), column("b_2", missing=80))
    told = asked(completeness="95%")
    assert "a" in verdict("completeness", told, table).why
    held = brief_with({"holds": ["b"], "quality": {"completeness": "95%"}})
    found = verdict("completeness", held, table)
    assert (found.measured, found.holds) == ("91.0%", False)
    assert "90 rows of 1,000 are empty in b_1. So are too many in b_2." in found.why


@pytest.mark.parametrize("rows", [1_000, 1_000_000])
def test_completeness_copied_from_the_file_and_rounded_is_met(rows):
    missing = round(0.0454 * rows)
    assert verdict(
        "completeness",
        asked(completeness="95.5%"),
        measured(column("a", missing=missing), rows=rows),
    ).holds


@pytest.mark.parametrize(
    ("counts", "holds"),
    [
        ({}, True),
        ({"repeated": 10}, True),
        ({"repeated": 11}, False),
        ({"failing": 10}, True),
        ({"repeated": 5, "failing": 6}, False),
        ({"ragged": 10}, True),
        ({"ragged": 11}, False),
    ],
)
def test_pass_rate_counts_rows_that_fail_in_any_way(counts, holds):
    columns = column("key", distinct=1_000), column("x", strange=counts.get("failing", 0))
    found = verdict("pass rate", PASS, measured(*columns, **counts))
    assert found.holds is holds


def test_pass_rate_counts_rows_and_does_not_fall_below_nothing():
    odd = (column("x", strange=900, distinct=950), column("y", strange=900))
    once = verdict("pass rate", PASS, measured(*odd, failing=900))
    assert once.measured == "10.0%"
    both = verdict("pass rate", PASS, measured(*odd, failing=950, repeated=900))
    assert (both.measured, both.holds) == ("0%", False)


def test_pass_rate_does_not_count_rows_that_may_well_be_alike():
    coarse = column("plan", distinct=3), column("left", distinct=2)
    assert verdict("pass rate", PASS, measured(*coarse, repeated=994)).holds


@pytest.mark.parametrize(
    ("stated", "last", "holds"),
    [
        ("24 h", "2026-11-20", True),
        ("24 h", "2026-11-19", True),
        ("24 h", "2026-11-18T12:00:00", False),
        ("2 days", "2026-11-17T23:00:00", False),
        ("1 to 4 weeks", "2026-10-25", True),
        ("1 s", "2026-11-20T01:00:00", True),  # of the day of measuring no hour is known
        ("1 year", "2027-01-01", True),
    ],
)
def test_freshness_is_the_age_of_the_newest_row(stated, last, holds):
    table = measured(column("day", kind="date"), time=period("2026-01-01", last))
    assert verdict("freshness", asked(freshness=stated), table).holds is holds


@pytest.mark.parametrize(
    ("stated", "holds"),
    [
        ("12 months", True),
        ("365 days", True),
        ("13 months", None),
        ("1 to 3 years", True),
        ("2 years", None),
    ],
)
def test_history_that_a_sample_does_not_cover_cannot_be_told(stated, holds):
    table = measured(time=period("2025-11-20", "2026-11-20"))
    assert verdict("history", brief_with({"history": stated}), table).holds is holds


def test_time_without_a_column_of_dates_cannot_be_told_and_the_column_is_named():
    source = {"history": "1 year", "quality": {"freshness": "24 h"}}
    for more, words in (({}, "name it by `time`"), ({"time": "day"}, "day is no column of dates")):
        brief = brief_with({**source, **more})
        for requirement in ("history", "freshness"):
            found = verdict(requirement, brief, measured(column("a")))
            assert found.holds is None
            assert found.word == "cannot tell"
            assert words in found.why


@pytest.mark.parametrize(
    ("season", "holds"),
    [("1 year", True), ("6 months", True), ("2 years", False)],
)
def test_season_is_missed_where_the_file_covers_less_than_a_cycle(season, holds):
    found = verdict(
        "season", brief_with(goal__season=season), measured(time=period("2025-11-20", "2026-11-20"))
    )
    assert (found.path, found.holds) == ("goal.season", holds)


@pytest.mark.parametrize(
    ("personal", "found"),
    [("true", False), ("false", True), (None, True), ("n/a: keys only", True)],
)
def test_personal_data_is_told_where_the_source_does_not_say_so(personal, found):
    table = measured(column("mail", personal="e-mail addresses", personal_cells=3))
    source = {} if personal is None else {"personal": personal}
    got = verdict("personal data", brief_with(source), table)
    assert (got is not None) == found
    assert got is None or ("mail (e-mail addresses)" in got.why and got.holds is False)


def test_personal_data_in_a_column_that_nobody_speaks_of_is_told():
    table = measured(column("plan"), column("mail", personal="e-mail addresses"))
    assert verdict("personal data", brief_with({"holds": ["plan"], "personal": "false"}), table)


def test_personal_data_of_a_shared_file_belongs_to_the_source_that_holds_it():
    table = measured(column("plan"), column("mail", personal="e-mail addresses"))
    plans = {"name": "plans", "file": FILE, "holds": ["plan"], "personal": "false"}
    mails = {"name": "mails", "file": FILE, "holds": ["mail"]}
    for more, told in (
        ({"personal": "true"}, None),
        ({"personal": "false"}, "data.sources.1.personal"),
    ):
        brief = brief_with(data__sources=[plans, {**mails, **more}])
        found = verdict("personal data", brief, table)
        assert (found and found.path) == told
    rest = brief_with(data__sources=[plans, {**plans, "name": "more"}])
    assert verdict("personal data", rest, table).path == "data.sources.0.personal"
    declared = brief_with(
        data__sources=[plans, {**mails, "holds": ["letters"], "personal": "true"}]
    )
    assert verdict("personal data", declared, table) is None


@pytest.mark.parametrize(
    ("holds", "verdict_holds", "words"),
    [
        (["plan", "weekly hours"], True, "Each field"),
        (["plan", "device"], False, "device"),
        (["device", "screen"], None, "device and screen"),  # the file may be of something else
    ],
)
def test_fields_are_looked_for_among_the_columns(holds, verdict_holds, words):
    table = measured(column("Plan"), column("weeklyHours"))
    found = verdict("fields", brief_with({"holds": holds}), table)
    assert found.holds is verdict_holds
    assert words in found.why


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("radius", ["mean_radius", "worst radius"]),
        ("mean radius", ["mean_radius"]),
        ("Radius (mean)", ["mean_radius"]),
        ("radius_error", []),
        ("rad", []),
        ("--", []),
    ],
)
def test_field_means_the_column_of_its_name_or_those_that_hold_its_words(field, names):
    columns = (column("mean_radius"), column("worst radius"), column("area"))
    assert [one.name for one in meant(field, columns)] == names


def test_field_of_the_same_name_is_meant_alone():
    columns = (column("radius"), column("mean_radius"))
    assert [one.name for one in meant("Radius", columns)] == ["radius"]


@pytest.mark.parametrize(
    "requirement", ["completeness", "pass rate", "freshness", "history", "season", "fields"]
)
def test_requirements_that_do_not_apply_or_are_not_stated_have_no_verdict(requirement):
    waived = "n/a: another reason"
    quality = {"completeness": waived, "freshness": waived, "pass_rate": waived}
    table = measured(
        column("a", missing=500), repeated=500, time=period("2020-01-01", "2020-02-01")
    )
    briefs = (
        brief_with({"quality": quality, "history": waived, "holds": waived}, goal__season=waived),
        brief_with({"quality": waived}, goal__season=None),
        brief_with(goal__season=None),
    )
    assert [verdict(requirement, one, table) for one in briefs] == [None] * 3


def test_every_source_of_a_file_is_judged_by_its_own_columns():
    table = measured(column("a", missing=100), column("b"))
    quality = {"completeness": "95%"}
    sources = [{"name": one, "file": FILE, "holds": [one], "quality": quality} for one in "ab"]
    found = [
        one
        for one in verdicts_of(brief_with(data__sources=sources), [table])
        if one.requirement == "completeness"
    ]
    assert [(one.about, one.holds) for one in found] == [("a", False), ("b", True)]


def test_file_that_was_refused_cannot_be_told():
    refused = Refused(sources=(0,), name=FILE, expected="a file", found="none", remedy="Make one.")
    (found,) = verdicts_of(brief_with(), [refused])
    assert (found.requirement, found.holds, found.path) == ("file", None, "data.sources.0.file")
    assert found.why == "Expected a file, found none. Make one."


# Words


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


def test_lists_name_four_and_count_the_rest():
    assert [listed([*"abcdef"][:count]) for count in (0, 1, 2, 4, 6)] == [
        "", "a", "a and b", "a, b, c and d", "a, b, c, d and 2 more"
    ]  # fmt: skip
