"""Requirements held against what a file showed: met, missed, or cannot be told."""

from dataclasses import replace

import pytest
from measured_made import FILE, brief_with, column, measured, period, verdict

from kit.data import Question, Refused, verdicts_of
from kit.data.measured import Oddity
from kit.data.read_as import Dates, Form
from kit.data.verdicts.fields import meant


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


@pytest.mark.parametrize("stated", ["98.4%", "0.984"])
@pytest.mark.parametrize("bad", [15_950, 16_000, 16_050, 16_051])  # 16,050 of a million: 98.395%
def test_share_that_is_told_alike_is_met_by_completeness_and_pass_rate(stated, bad):
    table = measured(column("x", missing=bad, strange=bad), rows=1_000_000, failing=bad)
    for requirement, key in (("completeness", "completeness"), ("pass rate", "pass_rate")):
        found = verdict(requirement, asked(**{key: stated}), table)
        assert (found.stated, found.holds) == ("98.4%", True)


@pytest.mark.parametrize(
    ("stated", "bad", "holds"),
    [
        ("98.4%", 16_500, True),  # 98.35%
        ("98.4%", 16_501, False),
        ("98.45%", 15_550, True),  # with two digits, 98.445% is the least
        ("98.45%", 15_551, False),
        ("98%", 20_501, False),  # a whole number is no leave for half a percent
        ("99.95%", 505, True),
        ("99.95%", 506, False),
        ("100%", 1, False),
    ],
)
def test_share_may_be_off_by_what_rounding_takes_and_no_more(stated, bad, holds):
    table = measured(column("x", missing=bad, strange=bad), rows=1_000_000, failing=bad)
    for requirement, key in (("completeness", "completeness"), ("pass rate", "pass_rate")):
        found = verdict(requirement, asked(**{key: stated}), table)
        assert (found.stated, found.holds) == (stated, holds)


def test_completeness_is_not_asked_of_columns_that_are_filled_later():
    table = measured(
        column("plan", missing=10),
        column("reason", missing=788),
        question=Question(later=("reason",)),
    )
    found = verdict("completeness", asked(completeness="98%"), table)
    assert (found.measured, found.holds) == ("99.0%", True)
    assert "10 rows of 1,000 are empty in plan." in found.why
    only = measured(column("reason", missing=788), question=Question(later=("reason",)))
    assert verdict("completeness", asked(completeness="98%"), only) is None


def test_completeness_of_one_row_is_told_in_the_singular():
    one = verdict("completeness", asked(completeness="98%"), measured(column("a", missing=1)))
    assert one.why == "1 row of 1,000 is empty in a."
    none = verdict("completeness", asked(completeness="98%"), measured(column("a")))
    assert none.why == "No cell is empty in 1 column."


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


@pytest.mark.parametrize("every", [1, 2, 6, 100])
@pytest.mark.parametrize(
    ("ragged", "share", "passing"),
    [
        (20_000, 0.0, "98.0%"),
        (0, 0.02, "98.0%"),
        (20_000, 0.02, "96.0%"),  # 98% of 98% is 96.04%
        (0, 0.0, "100%"),
        (1_000_000, 0.0, "0%"),
    ],
)
def test_pass_rate_is_the_same_however_many_rows_were_looked_at(every, ragged, share, passing):
    looked_at = (1_000_000 - ragged) // every
    bad = round(share * looked_at)
    table = measured(
        column("x", strange=bad), rows=1_000_000, ragged=ragged, every=every, failing=bad
    )
    assert verdict("pass rate", PASS, table).measured == passing


@pytest.mark.parametrize("every", [1, 7])
def test_pass_rate_counts_as_left_out_only_what_was(every):
    table = measured(column("x"), rows=1_000, ragged=13, every=every)
    long = Oddity(trait="quoting", count=400, says="400 cells run over 20 lines or more.")
    told = replace(table.profile, oddities=(*table.profile.oddities, long))
    found = verdict("pass rate", PASS, replace(table, profile=told))
    assert found.why == "Fail: 13 rows with too many or too few fields."


def test_pass_rate_says_of_how_many_rows_it_counts():
    table = measured(column("x", strange=1), rows=1_000, every=10, failing=1)
    assert verdict("pass rate", PASS, table).why == (
        "Fail: 1 row of 100 that were looked at with a cell of another kind than its column (x)."
    )


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
        ("1 s", "2026-11-20T01:00:00", None),  # of the day of measuring no hour is known
        ("24 h", "2026-11-20T01:00:00", True),
        ("24 h", "2026-11-19T01:00:00", None),
        ("1 year", "2027-01-01", True),
    ],
)
def test_freshness_is_the_age_of_the_newest_row(stated, last, holds):
    table = measured(column("day", kind="date"), time=period("2026-01-01", last))
    assert verdict("freshness", asked(freshness=stated), table).holds is holds


def test_freshness_of_moments_in_utc_allows_for_the_clock_on_the_wall():
    """A row of a minute ago may be of yesterday where the day has begun already."""
    utc = Form(dates=Dates(form="year first", utc=True))
    day = column("day", kind="date", form=utc)
    table = measured(day, time=period("2026-01-01", "2026-11-19T12:00:00"))
    assert verdict("freshness", asked(freshness="2 h"), table).holds is None
    assert verdict("freshness", asked(freshness="3 days"), table).holds is True


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


@pytest.mark.parametrize(
    ("source", "columns", "fact", "remedy"),
    [
        ({}, [column("a")], "The file has no column of dates.", "Attach a sample that has one."),
        (
            {},
            [
                column("left_on", kind="date"),
                column("sent", kind="date"),
                column("due", kind="date"),
            ],
            "The file has several columns of dates: left_on, sent and due.",
            "Name the one that says when a row happened: `time: sent`.",
        ),
        (
            {},
            [column("sent", kind="date", missing=3)],
            "The file has one column of dates, sent, and not in every row.",
            "Name the one that says when a row happened: `time: sent`.",
        ),
        (
            {"time": "day"},
            [column("day", kind="text")],
            "day is no column of dates in the file.",
            "Name one that is, or attach a sample with such a column.",
        ),
    ],
)
def test_time_that_is_not_there_cannot_be_told_and_the_reason_is_said(
    source, columns, fact, remedy
):
    brief = brief_with({"history": "1 year", "quality": {"freshness": "24 h"}, **source})
    table = measured(*columns, question=Question(later=("left_on",)))
    for requirement in ("history", "freshness"):
        found = verdict(requirement, brief, table)
        assert (found.holds, found.word, found.measured) == (None, "cannot tell", "")
        assert (found.why, found.remedy) == (f"{fact} {remedy}", remedy)


@pytest.mark.parametrize(
    ("stated", "last", "asked_for", "measured_as"),
    [
        ("40 days", "2026-10-06", "at most 40 days old", "45 days old"),
        ("24 h", "2026-11-19", "at most 24 h old", "1 day old"),
        ("24 h", "2022-11-20", "at most 24 h old", "1,461 days old"),
        ("2 months", "2026-08-20", "at most 2 months old", "3 months old"),
        ("2 months", "2026-11-15", "at most 2 months old", "5 days old"),
        ("1 to 4 weeks", "2026-08-20", "at most 4 weeks old", "13 weeks old"),
        ("2 quarters", "2025-11-20", "at most 2 quarters old", "12 months old"),
        ("3 years", "2025-11-20", "at most 3 years old", "1 year old"),
        ("1 year", "2026-11-20", "at most 1 year old", "of the same day"),
    ],
)
def test_freshness_is_told_in_the_unit_of_the_brief(stated, last, asked_for, measured_as):
    table = measured(time=period("2020-01-01", last))
    found = verdict("freshness", asked(freshness=stated), table)
    assert (found.stated, found.measured) == (asked_for, measured_as)


def test_history_is_told_in_the_unit_of_the_brief():
    table = measured(time=period("2025-05-20", "2026-11-20"))
    found = verdict("history", brief_with({"history": "500 days"}), table)
    assert (found.stated, found.measured) == ("500 days", "549 days")


@pytest.mark.parametrize(
    ("season", "holds"),
    [("1 year", True), ("6 months", True), ("2 years", False)],
)
def test_season_is_missed_where_the_file_covers_less_than_a_cycle(season, holds):
    found = verdict(
        "season", brief_with(goal__season=season), measured(time=period("2025-11-20", "2026-11-20"))
    )
    assert (found.path, found.holds) == ("goal.season", holds)


def test_season_is_looked_for_in_the_first_file_that_covers_a_time():
    plain, later = "data/plain.csv", "data/later.csv"
    names = {"plain": plain, "rows": FILE, "again": FILE, "later": later}
    sources = [{"name": name, "file": file} for name, file in names.items()]
    brief = brief_with(data__sources=sources, goal__season="1 year")
    files = (
        measured(column("a"), file=plain),
        measured(time=period("2026-05-20", "2026-11-20")),
        measured(time=period("2020-01-01", "2026-11-20"), file=later),
    )
    found = verdict("season", brief, *files)
    assert (found.about, found.stated, found.measured) == ("rows", "1 year", "6 months")
    assert found.holds is False
    assert verdict("season", brief, files[0]) is None


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
    assert got is None or got.stated == ("none" if personal == "false" else "")


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
    assert (found.why, found.remedy) == ("Expected a file, found none. Make one.", "Make one.")
