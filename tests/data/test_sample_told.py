"""What a file shows, as the documents and the command line tell it: what is odd, what it answers, line by line."""

import datetime as dt
import re
from base64 import b64decode
from dataclasses import replace

import pytest
from measured_made import FILE, brief_with, climbed, column, labelled, measured, period, scores

from kit.cli.sample import Page, sample_lines
from kit.data import Question, Refused
from kit.data.measured import Gap, Oddity, Span, Spread, Strength
from kit.report.blocks import Figure, text_of
from kit.report.sample.answers import threshold_of
from kit.report.sample.label import label_blocks
from kit.report.sample.oddities import oddities_of
from kit.report.sample.times import missing_blocks

WIDE = Page()
NEXT_YEAR = dt.datetime(2027, 1, 1)  # noqa: DTZ001  a file says no zone


def odd(*columns, **more):
    return [*oddities_of(measured(*columns, **more))]


def leak(name, by="value"):
    return Strength(column=name, by=by, measure="AUC", value=0.999, low=0.99, high=1.0)


def reached(brief=None, **more):
    """A file with a quick baseline, whose brief asks for recall and precision."""
    rule = scores(AUC=(0.7, 0.65, 0.75), recall=(0.5, 0.45, 0.55), precision=(0.4, 0.35, 0.45))
    best = scores(AUC=(0.9, 0.88, 0.92), recall=(0.9, 0.87, 0.93), precision=(0.8, 0.75, 0.85))
    found = climbed(best, rule)
    return replace(found, ladder=replace(found.ladder, **more))


def styled(brief, *files, page=WIDE):
    return [*sample_lines(brief, files, page)]


def lines(brief, *files, page=WIDE):
    """The same without colours."""
    return [re.sub(r"\x1b\[\d*m", "", line) for line in styled(brief, *files, page=page)]


# What is odd


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"strange": 1, "examples": ("x",)}, "a: 1 cell holds no number, for example x."),
        ({"strange": 2}, "a: 2 cells hold no number."),
        ({"kind": "text", "cut_at": 30, "cut": 1}, "a: 1 text seems to be cut at 30 characters."),
        ({"kind": "text", "cut_at": 30, "cut": 9}, "a: 9 texts seem to be cut at 30 characters."),
        ({"personal": "names", "personal_cells": 1}, "a: names in 1 cell."),
        (
            {"spellings": (("Bonn", "bonn"), ("Ulm", "ULM"))},
            "a: one value in several spellings: Bonn and bonn, and 1 more such group.",
        ),
        ({"distinct": 1}, "a holds one and the same value in every row."),
    ],
)
def test_oddity_of_a_column_agrees_with_its_number(given, said):
    assert odd(column("a", **given)) == [said]


def test_column_of_one_value_and_something_else_does_not_hold_one_value():
    assert odd(column("a", distinct=1, strange=2)) == ["a: 2 cells hold no number."]
    assert odd(column("a", distinct=1, missing=2)) == []


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((3,), "(line 3)"), ((3, 7), "(lines 3 and 7)"), ((3, 7, 9), "(lines 3, 7 and 9)")],
)
def test_lines_of_a_file_are_listed(numbers, said):
    table = measured(column("a"))
    oddity = Oddity(trait="ragged", count=len(numbers), says="Some are left out.", lines=numbers)
    found = replace(table, profile=replace(table.profile, oddities=(oddity,)))
    assert [*oddities_of(found)] == [f"Some are left out {said}."]


def test_number_far_from_all_others_is_told():
    spread = Spread(low=0, p5=1, median=20, p95=60, high=999_999, mean=30, sd=900, outliers=3)
    (said,) = odd(column("weeks", spread=spread))
    assert said == (
        "weeks holds 999,999, far from nearly all of its numbers: does it stand for something else?"
    )
    assert odd(column("weeks", spread=replace(spread, high=90))) == []


def test_columns_that_are_filled_later_are_not_asked_about():
    ends = column("ends", kind="date", span=Span(first=NEXT_YEAR, last=NEXT_YEAR, future=1))
    table = labelled(300, 700)
    told = replace(table.label, strengths=(leak("reason"), leak("ends", "absence")))
    found = replace(table, label=told, profile=replace(table.profile, columns=(ends,)))
    assert [*oddities_of(found)] == [
        "reason: it tells the label by itself (AUC 0.999); is it known by then?",
        "ends: whether it is filled tells the label by itself (AUC 0.999); is it known by then?",
        "ends: 1 date lies in the future.",
    ]
    later = replace(found, question=replace(found.question, later=("reason", "ends")))
    assert [*oddities_of(later)] == []


def test_gap_of_hours_is_told_with_its_hours():
    day = dt.datetime(2026, 1, 5, 13)  # noqa: DTZ001
    gaps = (
        Gap(start=day, end=day + dt.timedelta(hours=15)),
        Gap(start=day, end=day + dt.timedelta(days=30)),
    )
    time = replace(period("2026-01-01", "2026-03-01"), gaps=gaps)
    assert odd(time=time) == [
        "No row between 2026-01-05 13:00 and 2026-01-06 04:00.",
        "No row between 2026-01-05 and 2026-02-04.",
    ]


# The label and its charts


def ticks(figure):
    """The places of a chart's marks along its axis."""
    svg = b64decode(figure.data).decode()
    return re.findall(r'id="xtick_\d+".*?<use [^>]*?x="([\d.]+)"', svg, re.DOTALL)


@pytest.mark.parametrize("measure", ["AUC", "rank correlation"])
def test_strengths_of_any_file_have_one_scale(measure):
    table = labelled(300, 700)
    task = "classes" if measure == "AUC" else "numbers"
    charts = []
    for value, low, high in ((0.96, 0.95, 0.97), (0.52, 0.44, 0.6), (0.7, 0.6, 0.8)):
        one = Strength(column="a", by="value", measure=measure, value=value, low=low, high=high)
        label = replace(table.label, task=task, strengths=(one,))
        charts += [
            each for each in label_blocks(replace(table, label=label)) if isinstance(each, Figure)
        ]
    assert len({tuple(ticks(one)) for one in charts}) == 1
    assert len(ticks(charts[0])) == 6
    assert [re.search(r"median (\d\.\d+)", one.alt)[1] for one in charts] == [
        "0.960",
        "0.520",
        "0.700",
    ]
    if measure == "AUC":
        assert "a: 0.5 to 0.6, median 0.520" in charts[1].alt


def test_columns_that_are_filled_later_are_not_drawn():
    starts = tuple(dt.datetime(2026, month, 1) for month in (1, 2, 3))  # noqa: DTZ001
    time = replace(period("2026-01-01", "2026-03-31"), starts=starts, counts=(300, 300, 400))
    gaps = [column(name, missing=500, missing_by_time=(0.5,) * 3) for name in ("reason", "plan")]
    table = labelled(300, 700)
    label = replace(table.label, strengths=(leak("reason"), leak("plan")))
    profile = replace(table.profile, columns=tuple(gaps), period=time)
    for later, names in (((), ["reason", "plan"]), (("reason",), ["plan"])):
        question = replace(table.question, later=later)
        found = replace(table, profile=profile, label=label, question=question)
        charts = [
            one for one in (*missing_blocks(found), *label_blocks(found)) if isinstance(one, Figure)
        ]
        assert [re.findall(r"(reason|plan): ", one.alt) for one in charts] == [names, names]


def test_share_of_a_label_is_said_in_a_sentence():
    table = labelled(1, 999)
    starts = tuple(dt.datetime(2026, month, 1) for month in (1, 2, 3))  # noqa: DTZ001
    time = replace(period("2026-01-01", "2026-03-31"), starts=starts, counts=(300, 300, 400))
    found = replace(
        table,
        profile=replace(table.profile, period=time),
        label=replace(table.label, by_time=(0.0, 0.1, 0.2)),
    )
    said, chart = label_blocks(found)
    assert text_of(said.spans) == (
        "The label left is no in 999 rows (99.9%), yes in 1 row (0.1%). Counted as yes: yes."
    )
    assert chart.caption.startswith("Share of rows where left is yes by month")


@pytest.mark.parametrize(
    ("sd", "said"),
    [
        (4.504, "a mean of 2.86 with a standard deviation of 4.50; nine in ten rows lie between 0.00 and 10.00"),
        (450.4, "a mean of 3 with a standard deviation of 450; nine in ten rows lie between 0 and 10"),
        (0.0, "a mean of 2.86 with a standard deviation of 0.00"),
    ],
)  # fmt: skip
def test_figures_of_a_label_have_one_precision(sd, said):
    spread = Spread(low=0, p5=0, median=1, p95=10, high=77, mean=2.861, sd=sd, outliers=0)
    table = labelled(300, 700)
    label = replace(table.label, task="numbers", spread=spread, classes=(), positive=None)
    (told,) = label_blocks(replace(table, label=label))
    assert said in text_of(told.spans)


# What the baseline answers


@pytest.mark.parametrize(
    ("wanted", "ship_at", "said"),
    [
        ((), (), "where F1 is largest."),
        ((("recall", 0.9),), (), "at one threshold, which aims at a recall of 90.0%."),
        ((("recall", 0.9),), (("recall", 0.9),), "which aims at a recall of 90.0%."),
        (
            (("recall", 0.9), ("precision", 0.8)),
            (("recall", 0.85),),
            "a precision of 80.0%; held against ship-at, at another, which aims at a recall of 85.0%.",
        ),
    ],
)
def test_threshold_that_figures_are_taken_at_is_told(wanted, ship_at, said):
    question = Question(wanted=wanted, ship_at=ship_at)
    assert threshold_of(reached().ladder, question).endswith(said)
    assert threshold_of(replace(reached().ladder, task="numbers"), question) == ""


# Line by line

AUC = {"name": "AUC", "target": "0.95", "ship_at": "0.8"}
RECALL = {"name": "recall", "target": "85%"}


def test_first_two_lines_are_the_answer():
    source = {"quality": {"completeness": "98%", "pass_rate": "98%", "freshness": "24 h"}}
    brief = brief_with(source, metrics__model=[AUC, RECALL], metrics__fairness=None)
    found = reached()
    full = replace(found, profile=replace(found.profile, columns=(column("a", missing=100),)))
    first, second, blank, *_ = lines(brief, full)
    counts = re.match(
        r"Of (\d+) requirements, (\d+) are met, (\d+) missed, and (\d+) cannot", first
    )
    every, met, missed, untold = map(int, counts.groups())
    told = [line for line in lines(brief, full) if line.startswith("  ")]
    for word, count in (("met", met), ("missed", missed), ("cannot tell", untold)):
        assert count == sum(line.startswith(f"  {word.ljust(12)}") for line in told) > 0
    assert every == met + missed + untold
    assert second == "A rule is not enough. Out of reach of quick models: the target for AUC."
    assert blank == ""


@pytest.mark.parametrize(
    ("metrics", "answer"),
    [
        (
            [{"name": "AUC", "target": "0.85", "ship_at": "0.6"}],
            "A rule is enough to ship. The target is within reach of a quick model.",
        ),
        (
            [{"name": "AUC", "ship_at": "0.74"}],
            "Whether a rule is enough cannot be told. The ship-at is within reach of a quick model.",
        ),
        (
            [{"name": "AUC", "target": "0.9", "ship_at": "0.8"}],
            "A rule is not enough. Whether the target for AUC is within reach cannot be told.",
        ),
        ([{"name": "AUC"}], "Best is boosted trees."),
    ],
)
def test_second_line_says_whether_a_rule_is_enough_and_the_target_within_reach(metrics, answer):
    brief = brief_with(metrics__model=metrics, metrics__fairness=None)
    assert lines(brief, reached())[1] == answer


def test_second_line_is_about_the_baseline_alone():
    brief = brief_with(metrics__model=[RECALL], metrics__fairness=None)
    assert lines(brief, replace(reached(), ladder=None))[1] == ""
    answer = lines(brief, reached(signal=False))[1]
    assert answer.startswith("No way of predicting does better than none")


@pytest.mark.parametrize(
    ("source", "columns", "line"),
    [
        (
            {"personal": "false"},
            [column("mail", personal="e-mail addresses")],
            "  missed      rows, personal data: asked for none; found mail (e-mail addresses). ",
        ),
        (
            {},
            [column("mail", personal="e-mail addresses")],
            "  missed      rows, personal data: found mail (e-mail addresses). ",
        ),
        (
            {"quality": {"freshness": "24 h"}},
            [],
            "  missed      rows, freshness: asked for at most 24 h old; found 20 days old. ",
        ),
        (
            {"quality": {"completeness": "98%"}},
            [column("a", missing=100)],
            "  missed      rows, completeness: asked for 98%; found 90.0%. ",
        ),
    ],
)
def test_requirement_is_one_line_and_a_sentence(source, columns, line):
    table = measured(*columns, time=period("2026-01-01", "2026-10-31"))
    assert any(one.startswith(line) for one in lines(brief_with(source), table))


def test_share_of_true_cases_is_counted_on_and_differs_beside_the_requirements():
    brief = brief_with(value__prevalence="5%", metrics__fairness=None)
    told = lines(brief, labelled(300, 700))
    assert told[0].endswith("cannot be told; the share of true cases differs.")
    (share,) = (line for line in told if "class share" in line)
    assert "differs" in share
    assert "class share: counted on 5%; found 30.0%." in share


def test_only_what_is_met_missed_or_open_has_a_colour():
    brief = brief_with(metrics__model=[AUC, RECALL], metrics__fairness=None)
    told = styled(brief, labelled(300, 700, ladder=reached().ladder))
    coloured = [line for line in told if "\x1b" in line]
    assert {re.match(r"  \x1b\[(\d+)m(\w+)", line).groups() for line in coloured} == {
        ("32", "met"),
        ("31", "missed"),
        ("33", "cannot"),
        ("33", "differs"),
    }
    assert any(line.startswith("  no ") for line in told)


def test_lines_say_what_is_odd_and_how_the_file_was_read():
    odd_column = column("amount", strange=2, notes=("decimal comma",))
    told = lines(brief_with(), measured(odd_column))
    assert told[2] == f"{FILE}: 1,000 rows, 1 column; decimal comma in amount."
    assert told[-2:] == [f"To look at in {FILE}", "  amount: 2 cells hold no number."]


def test_lines_of_the_baseline_show_what_the_report_shows_and_what_the_brief_names():
    more = {"accuracy": (0.9, 0.88, 0.92), "share_flagged": (0.3, 0.2, 0.4)}
    found = climbed(scores(AUC=(0.9, 0.88, 0.92), **more), scores(AUC=(0.7, 0.6, 0.8), **more))
    gone = (
        ("reason", "it tells the label too well: AUC 1.00"),
        ("left", "it is what is predicted"),
    )
    found = replace(found, ladder=replace(found.ladder, left_out=gone, unfinished=("ridge",)))
    plain = brief_with(metrics__model=[{"name": "AUC"}], metrics__fairness=None)
    named = brief_with(metrics__model=[{"name": "accuracy"}], metrics__fairness=None)
    start = "Quick baseline: 1,000 rows, 5 folds, drawn at random; 95% intervals"
    for brief, measures in ((plain, ["AUC"]), (named, ["AUC", "accuracy"])):
        told = lines(brief, found)
        head = told[told.index(start) + 1]
        assert re.split(r"\s{2,}", head.strip()) == measures
    assert (
        "  rule on one column   0.700 (0.600 to 0.800)  90.0% (88.0% to 92.0%)  tenure above 3"
        in told
    )
    assert "  Not finished in time: ridge." in told
    assert "  Best is boosted trees." in told
    assert "  Left out of the baseline: reason (it tells the label too well: AUC 1.00)." in told


def test_narrow_pages_are_filled_and_keep_every_word():
    brief = brief_with(metrics__model=[AUC, RECALL], metrics__fairness=None)
    narrow = lines(brief, reached(), page=Page(width=72))
    rows = [row for line in narrow for row in line.split("\n")]
    assert max(map(len, rows)) <= 72
    assert "  rule on one column (tenure above 3): AUC 0.700 (0.650 to 0.750)" in "\n".join(rows)
    words = " ".join(rows).split()
    wide = " ".join(lines(brief, reached())).split()
    assert {word for word in wide if "recall" in word} <= {*words}


def test_file_that_was_refused_is_said_with_the_remedy():
    refused = Refused(
        sources=(0,), name=FILE, expected="a file", found="\x1b[2J", remedy="Make one."
    )
    told = lines(brief_with(), refused)
    assert told[0] == "Of 1 requirement, 0 are met, 0 missed, and 1 cannot be told."
    assert told[2].startswith(f"{FILE}: expected a file, found ")
    assert told[2].endswith(". Make one.")
    assert "\x1b" not in "".join(told)
