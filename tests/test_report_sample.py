"""What the sample shows, as blocks: every figure in its own unit, every chart on one scale."""

import re
from pathlib import Path

import pytest

from kit.brief import open_brief
from kit.data import figure, survey
from kit.report.blocks import Figure, Table, text_of
from kit.report.sample import sample_blocks

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def visits():
    file = open_brief(ROOT / "examples" / "doctor-visits")
    return sample_blocks(file.brief, survey(file.brief, file.path.parent, baseline=True))


def test_errors_by_group_are_in_the_label_s_unit(visits):
    (table,) = (one for one in visits if isinstance(one, Table) and one.columns[0].name == "Group")
    assert [column.name for column in table.columns[2:]] == ["mean absolute error", "mean error"]
    for row in table.rows:
        assert not any("%" in text_of(cell) for cell in row.cells[2:])
    assert {row.group for row in table.rows} == {"self_rated_health", "sex"}


def test_strengths_are_on_one_scale(visits):
    (chart,) = (one for one in visits if isinstance(one, Figure) and "rank correlation" in one.alt)
    assert "visits_last_year" in chart.alt
    assert "filled or not" not in chart.alt


@pytest.fixture(scope="module")
def tumours():
    file = open_brief(ROOT / "examples" / "tumour-triage")
    return sample_blocks(file.brief, survey(file.brief, file.path.parent, baseline=True))


def charts_of_ways(blocks):
    """The charts of the ways of predicting, by the beginning of their caption."""
    charts = [one for one in blocks if isinstance(one, Figure) and "predicting" in one.caption]
    return {one.caption.partition(":")[0]: one for one in charts}


def test_charts_of_metrics_name_theirs(visits, tumours):
    assert [*charts_of_ways(tumours)] == ["Recall", "Precision"]
    assert [*charts_of_ways(visits)] == ["Mean absolute error"]


@pytest.mark.parametrize("which", ["visits", "tumours"])
def test_charts_say_a_figure_as_the_table_does(which, request):
    blocks = request.getfixturevalue(which)
    (table,) = (
        one
        for one in blocks
        if isinstance(one, Table) and one.columns[0].name == "Way of predicting"
    )
    names = [one.name for one in table.columns]
    for caption, chart in charts_of_ways(blocks).items():
        at = names.index(f"{caption[0].lower()}{caption[1:]}")
        for row in table.rows:
            way, told = (text_of(row.cells[cell]).partition("\n")[0] for cell in (0, at))
            shown = re.search(rf"{re.escape(way)}: (?:[^;]*, median )?([\d.,]+\d)", chart.alt)[1]
            assert shown == told.removesuffix("%")


@pytest.mark.parametrize(
    ("value", "name", "said"),
    [
        (0.985, "recall", "98.5%"),
        (-0.206, "mean error", "-0.206"),
        (2.207, "mean absolute error", "2.21"),
        (0.9951, "AUC", "0.995"),
        (-0.0002, "R2", "0.000"),
    ],
)
def test_figure_is_said_in_its_unit(value, name, said):
    assert figure(value, name) == said
