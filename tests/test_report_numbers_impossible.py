"""What the computed sections make of numbers that cannot be: a box that names the key, and no nonsense."""

import functools
import io
import json

import docx
import pytest
from numbers_briefs import (
    NONSENSE,
    PATHS,
    boxes,
    changed,
    complete,
    computed,
    lacking,
    methods,
    pages,
    rows,
    written,
)

from kit.export.document import Document
from kit.export.docx import write_docx
from kit.export.passes import prepared
from kit.export.payload import payload
from kit.export.typeset import Typesetter
from kit.report.blocks import Figure, KeyFigures, Table
from kit.rules import check


@pytest.fixture(scope="module")
def typesetter():
    with Typesetter() as made:
        yield made


def told(found):
    return "\n".join(said for blocks in found.values() for said in boxes(blocks, "problem"))


def has(blocks, kind):
    return any(isinstance(block, kind) for block in blocks)


# A kind of brief, a key of it, and what cannot stand there.
IMPOSSIBLE = [
    ("detection", "value.capacity", "0/month"),
    ("detection", "value.capacity", "-3/month"),
    ("detection", "value.capacity", "800 calls"),
    ("detection", "value.volume", "0/month"),
    ("detection", "value.volume", "100000"),
    ("detection", "value.volume", "3 days"),
    ("detection", "value.prevalence", "120%"),
    ("detection", "value.prevalence", "0%"),
    ("detection", "value.prevalence", "5 points"),
    ("detection", "value.prevalence", "-1% to 3%"),
    ("detection", "value.precision", "0%"),
    ("detection", "value.precision", "0% to 60%"),
    ("detection", "value.precision", "1%"),
    ("detection", "value.recall", "101%"),
    ("detection", "value.recall", "0%"),
    ("detection", "value.take_rate", "-5%"),
    ("detection", "value.benefit", "0 USD"),
    ("detection", "value.benefit", "60 EUR"),
    ("detection", "value.benefit", "60 USD/month"),
    ("detection", "value.cost_action", "-2 USD"),
    ("detection", "value.cost_false_positive", "4 CHF"),
    ("detection", "value.run_cost", "9000 USD"),
    ("detection", "value.run_cost", "-1 USD/month"),
    ("detection", "goal.worth", "1000000 EUR/year"),
    ("detection", "goal.worth", "1000000 USD"),
    ("detection", "metrics.model.0.target", "150%"),
    ("detection", "metrics.model.0.target", "20%"),  # higher is better, and it stands at 30 %
    ("detection", "metrics.model.1.ship_at", "40 USD"),
    ("detection", "metrics.fairness.0.groups.0.share", "140%"),
    ("detection", "data.label.agreement", "40%"),
    ("detection", "data.label.agreement", "130%"),
    ("detection", "data.sources.0.volume", "-5 rows"),
    ("regression", "value.error_wanted", "15"),
    ("regression", "value.error_today", "-1"),
    ("regression", "value.cost_above", "-1 USD"),
    ("regression", "value.cost_below", "3 EUR"),
    ("assist", "value.acceptance", "140%"),
    ("assist", "value.error_rate", "-1%"),
    ("assist", "value.wage", "85000 USD/year"),
    ("assist", "value.wage", "40 EUR/h"),
    ("assist", "value.minutes_saved", "6 USD"),
    ("assist", "value.review_minutes", "-1"),
    ("detection", "experiment.arms", "1"),
    ("detection", "experiment.arms", "0"),
    ("detection", "experiment.sd", "0"),
    ("detection", "experiment.alpha", "0"),
    ("detection", "experiment.alpha", "200%"),
    ("detection", "experiment.power", "4%"),  # below alpha
    ("detection", "experiment.power", "100%"),
    ("detection", "experiment.effect", "-120% relative"),
    ("detection", "experiment.effect", "0% relative"),
    ("detection", "experiment.effect", "-5 USD"),
    ("detection", "experiment.eligible_per_day", "0"),
    ("detection", "experiment.eligible_per_day", "-5"),
    ("detection", "experiment.eligible_per_day", "500 people/order"),
]  # fmt: skip


@pytest.fixture(scope="module")
def looked(tmp_path_factory):
    """The file and the sections of a complete brief in which one number cannot be; each made once."""

    @functools.cache
    def made(kind, key, given):
        file = written(tmp_path_factory.mktemp("brief"), changed(complete(kind), key, given))
        return file, computed(file)

    return made


@pytest.mark.parametrize(("kind", "key", "given"), IMPOSSIBLE)
def test_impossible_number_is_named_and_makes_no_nonsense(looked, typesetter, kind, key, given):
    file, found = looked(kind, key, given)
    assert file.problems == ()
    assert key in told(found)
    for blocks in found.values():
        assert not any(NONSENSE.search(page) for page in pages(blocks))
    # Pictures are drawn from the same numbers, and take long: their words are in the pages above.
    whole = tuple(one for blocks in found.values() for one in blocks if not isinstance(one, Figure))
    document = Document(title="A brief", blocks=whole)
    assert not NONSENSE.search(json.dumps(payload(prepared(document)), ensure_ascii=False))
    made = docx.Document(io.BytesIO(write_docx(document, typesetter=typesetter)))
    texts = [one.text for one in made.paragraphs]
    texts += [one.text for table in made.tables for row in table.rows for one in row.cells]
    assert not NONSENSE.search("\n".join(texts))


@pytest.mark.parametrize(("kind", "key", "given"), IMPOSSIBLE)
def test_impossible_number_is_found_by_the_coach(looked, kind, key, given):
    file, _ = looked(kind, key, given)
    assert key in {one.path for one in check(file) if one.status == "finding"}


OF_THE_VALUE = [one for one in IMPOSSIBLE if one[1].startswith("value.")]


@pytest.mark.parametrize(("kind", "key", "given"), OF_THE_VALUE)
def test_worth_is_not_built_on_an_impossible_number(looked, kind, key, given):
    worth = looked(kind, key, given)[1]["worth"]
    assert key in "\n".join(boxes(worth, "problem"))
    assert not has(worth, KeyFigures | Figure | Table)


def test_unique_counts_that_grow_faster_than_time_are_named(tmp_path):
    tree = changed(complete(), "experiment.unique_one_week", "1000")
    tree = changed(tree, "experiment.unique_four_weeks", "4001")
    assert "experiment.unique_four_weeks" in told(computed(written(tmp_path, tree)))


def test_quantity_that_is_no_number_is_a_problem_of_the_file_and_leaves_a_gap(tmp_path):
    file = written(tmp_path, changed(complete(), "value.prevalence", "a lot"))
    assert "value.prevalence" in str(file.problems[0])
    assert "value.prevalence" in lacking(computed(file)["worth"])


@pytest.mark.parametrize(("start", "end"), [("2028-05-01", "2027-12-31"), ("2027-12-31",) * 2])
def test_experiment_without_a_day_says_that_it_cannot_end(tmp_path, start, end):
    tree = changed(changed(complete(), "experiment.starts", start), "goal.by", end)
    timing = computed(written(tmp_path, tree))["timing"]
    assert "cannot end by the date" in "\n".join(boxes(timing, "problem"))
    assert not has(timing, Figure)


def test_experiment_that_starts_after_its_end_is_named(tmp_path):
    tree = changed(complete(), "experiment.starts", "2028-05-01")
    said = told(computed(written(tmp_path, tree)))
    assert "experiment.starts" in said
    assert "-122 days" not in said


@pytest.mark.parametrize("given", ["130%", "0%"])
def test_impossible_baseline_is_named_itself(tmp_path, given):
    found = computed(written(tmp_path, changed(complete(), "experiment.baseline", given)))
    assert "experiment.baseline" in told(found)


def test_target_on_the_wrong_side_is_said_beside_the_targets(tmp_path):
    found = computed(written(tmp_path, changed(complete(), "metrics.model.0.target", "20%")))
    assert "metrics.model.0.target" in "\n".join(boxes(found["targets"], "problem"))


def test_precision_below_the_prevalence_is_named(tmp_path):
    found = computed(written(tmp_path, changed(complete(), "value.precision", "3%")))
    assert "value.precision" in told(found)


@pytest.mark.parametrize(
    ("key", "given"),
    [("experiment.arms", "1"), ("experiment.power", "4%"), ("experiment.alpha", "0")],
)
def test_timing_is_not_built_on_an_impossible_number_or_says_what_it_takes(tmp_path, key, given):
    blocks = computed(written(tmp_path, changed(complete(), key, given)))["timing"]
    assert not has(blocks, Table) or "Not said in the brief, and taken" in methods(blocks)


def test_perfect_model_is_not_built_on_an_impossible_capacity(tmp_path):
    found = computed(written(tmp_path, changed(complete(), "value.capacity", "0/month")))
    assert not rows(found["ceilings"], "Gain of a perfect model")


def test_headline_names_an_impossible_number_once(tmp_path):
    found = computed(written(tmp_path, changed(complete(), "value.precision", "0%")))
    assert "\n".join(boxes(found["numbers"], "problem")).count("value.precision") == 1


@pytest.mark.parametrize(
    ("key", "given"),
    [("value.prevalence", "120%"), ("data.sources.0.volume", "-5 rows"),
     ("metrics.fairness.0.max_gap", "0 points")],
)  # fmt: skip
def test_impossible_number_is_not_called_missing(tmp_path, key, given):
    fairness = computed(written(tmp_path, changed(complete(), key, given)))["fairness"]
    assert not {key, key.replace(".0.", ".")} & {*lacking(fairness)}


@pytest.mark.parametrize(
    ("key", "given"),
    [("experiment.looks", "0"), ("experiment.margin", "0 points"),
     ("experiment.margin", "200 points"), ("value.capacity", "800 h/month")],
)  # fmt: skip
def test_number_that_is_not_used_as_it_stands_is_named(tmp_path, key, given):
    assert key in told(computed(written(tmp_path, changed(complete(), key, given))))


def test_paths_of_which_one_has_a_range_are_compared(tmp_path):
    tree = complete() | {"hypothesis": PATHS}
    tree = changed(tree, "hypothesis.paths.0.quality.precision", "50% to 60%")
    assert rows(computed(written(tmp_path, tree))["worth"])
