"""What a computed section shows of a brief that says only a part: what is there, and what is missing."""

import itertools
import re
from pathlib import Path
from typing import get_args

import pytest
from numbers_briefs import (
    COMPUTED,
    INPUTS,
    KINDS,
    NONSENSE,
    boxes,
    changed,
    complete,
    computed,
    lacking,
    methods,
    pages,
    rows,
    strings,
    written,
)
from pydantic import BaseModel

from kit.brief import Brief, open_brief
from kit.report.blocks import Figure, KeyFigures, Method, Table

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/brief.yaml"))
NOT_SAID = "n/a: we were told so"
# Without these the net is not known, and the gain before any cost is.
COSTS = {
    "detection": {"cost_action", "cost_false_positive", "run_cost"},
    "regression": {"run_cost"},
    "assist": {"error_rate", "cost_error", "review_minutes", "run_cost"},
}
# What a model without any error needs no number for.
PERFECT = {
    "detection": {"precision", "recall"},
    "regression": {"error_wanted"},
    "assist": {"acceptance"},
}
# What counts as nothing, or as no limit, where it does not apply.
NEUTRAL = {
    "take_rate", "capacity", "cost_action", "cost_false_positive", "cost_above", "cost_below",
    "minutes_saved", "gain", "error_rate", "cost_error", "review_minutes", "wage", "run_cost",
}  # fmt: skip


@pytest.fixture(scope="module")
def cases():
    """The computed sections of every worked case."""
    return {name: computed(open_brief(EXAMPLES / name)) for name in NAMES}


def has(blocks, kind):
    return any(isinstance(block, kind) for block in blocks)


def exists(key):
    """Whether the format has a dotted key; a number counts into a list or a name into a mapping."""
    kinds, free = {Brief}, False
    for part in key.split("."):
        if part.isdigit():
            continue
        found = [kind.model_fields[part].annotation for kind in kinds if part in kind.model_fields]
        if not found and not free:
            return False
        kinds = {inner for one in found for inner in _inner(one)}
        free = any(str(one).find("dict[") >= 0 for one in found)
    return True


def _inner(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {one for part in get_args(annotation) for one in _inner(part)}


def test_exists_knows_the_format():
    assert exists("value.take_rate")
    assert exists("metrics.fairness.1.groups.0.share")
    assert exists("hypothesis.paths.0.quality.precision")
    assert not exists("value.taking_rate")
    assert not exists("metrics.fairness.0.size")


SECTIONS = list(itertools.product(NAMES, COMPUTED[1:]))


# A formula, and what is taken for granted, by section.
EXPLAINED = {
    "targets": ("Flags = volume × prevalence × recall ÷ precision", "normal with one variance"),
    "worth": ("Net = ", "independently of each other", "90% interval of their difference"),
    "timing": ("test", "Looks: the level at which each is tested"),
    "ceilings": ("precision = recall = 100%", "take-rate, capacity and volume stay as they are"),
    "fairness": ("There = labelled cases × prevalence",),
}


@pytest.mark.parametrize(("name", "part"), SECTIONS)
def test_section_with_figures_says_how_they_are_worked_out(cases, name, part):
    blocks = cases[name][part]
    if has(blocks, Table | KeyFigures | Figure):
        said = methods(blocks)
        assert all(one in said for one in EXPLAINED[part])
        assert sum(isinstance(block, Method) for block in blocks) <= 2


@pytest.mark.parametrize(("name", "part"), SECTIONS)
def test_picture_tells_its_numbers_in_words(cases, name, part):
    for figure in cases[name][part]:
        if isinstance(figure, Figure):
            assert len(re.findall(r"\d[\d,.]*", figure.alt)) >= 4, figure.alt


@pytest.mark.parametrize(("name", "part"), list(itertools.product(NAMES, COMPUTED)))
def test_section_of_a_worked_case_is_made_of_numbers_and_keys_that_exist(cases, name, part):
    blocks = cases[name][part]
    assert not [key for key in lacking(blocks) if not exists(key)]
    for page in pages(blocks):
        assert not NONSENSE.search(page)


@pytest.mark.parametrize("kind", KINDS)
def test_sections_of_a_complete_brief_lack_nothing(tmp_path, kind):
    found = computed(written(tmp_path, complete(kind)))
    assert not [key for part in COMPUTED if part != "fairness" for key in lacking(found[part])]
    assert has(found["worth"], KeyFigures)
    assert has(found["timing"], Figure)
    assert rows(found["ceilings"], "Gain of a perfect model")


@pytest.mark.parametrize(("kind", "key"), INPUTS)
def test_section_without_an_input_names_it_and_invents_nothing(tmp_path, kind, key):
    found = computed(written(tmp_path, changed(complete(kind), f"value.{key}", None)))
    worth, path = found["worth"], f"value.{key}"
    capped = key != "capacity"
    assert lacking(worth) == ([path] if capped else [])
    assert has(worth, KeyFigures) == (not capped)
    assert has(worth, Figure) == (not capped)
    assert has(worth, Method) == (not capped)
    assert ("Gain before any cost" in strings(worth)) == (key in COSTS[kind])
    assert ("No capacity is stated" in methods(worth)) == (not capped)
    perfect = rows(found["ceilings"], "Gain of a perfect") if has(found["ceilings"], Table) else []
    free = {"capacity", *COSTS[kind], *PERFECT[kind]}
    assert bool(perfect) == (key in free)
    named = {one for part in COMPUTED for one in lacking(found[part])}
    assert all(map(exists, named))


# The columns that stand without each of the inputs; the targets themselves are in the metrics.
COLUMNS = {
    "volume": {"False-positive rate", "Ranking (AUC)"},
    "capacity": {"False-positive rate", "Ranking (AUC)", "Flags a day"},
    "precision": {"False-positive rate", "Ranking (AUC)", "Flags a day", "Recall that fits"},
    "recall": {"False-positive rate", "Ranking (AUC)", "Flags a day", "Recall that fits"},
}


@pytest.mark.parametrize("key", COLUMNS)
def test_targets_without_an_input_keep_what_needs_none(tmp_path, key):
    blocks = computed(written(tmp_path, changed(complete(), f"value.{key}", None)))["targets"]
    (row,) = rows(blocks, "Target")
    assert row.keys() == {"", "Precision", "Recall"} | COLUMNS[key]
    assert lacking(blocks) == ([f"value.{key}"] if key in ("volume", "capacity") else [])


def test_targets_without_a_prevalence_show_nothing_and_name_only_that(tmp_path):
    blocks = computed(written(tmp_path, changed(complete(), "value.prevalence", None)))["targets"]
    assert not has(blocks, Table | Figure | Method)
    assert lacking(blocks) == ["value.prevalence"]


# Key of the experiment or goal: what is named as missing, which columns are gone, what is said instead.
TESTED = {
    "experiment.unit": ([], set(), "(one unit each)"),
    "experiment.starts": (["experiment.starts"], {"In time"}, "28,408 per arm"),
    "experiment.eligible_per_day": (
        ["experiment.eligible_per_day"], {"Days", "In time"}, "28,408 per arm",
    ),
    "experiment.wait": (["experiment.wait"], {"Days", "In time"}, "28,408 per arm"),
    "experiment.arms": ([], set(), "Not said in the brief, and taken: 2 arms"),
    "experiment.alpha": ([], set(), "Not said in the brief, and taken: alpha 0.05"),
    "experiment.power": ([], set(), "Not said in the brief, and taken: power 0.8"),
    "experiment.margin": (["experiment.margin"], set(), "Guardrails whose own size is not worked out"),
    "goal.by": (["goal.by"], {"In time"}, "28,408 per arm"),
}  # fmt: skip


@pytest.mark.parametrize("key", TESTED)
def test_timing_without_an_input_names_it_or_says_what_is_taken(tmp_path, key):
    missing, gone, said = TESTED[key]
    blocks = computed(written(tmp_path, changed(complete(), key, None)))["timing"]
    assert lacking(blocks) == missing
    assert said in strings(blocks)
    row, *_ = rows(blocks, "The effect alone")
    whole = {"What is counted", "Alpha", "Power", "Per arm", "Days", "In time"}
    assert row.keys() == whole - gone
    assert has(blocks, Figure) == ("In time" not in gone)


@pytest.mark.parametrize("key", ["experiment.baseline", "experiment.effect"])
def test_timing_without_an_effect_shows_nothing(tmp_path, key):
    blocks = computed(written(tmp_path, changed(complete(), key, None)))["timing"]
    assert lacking(blocks) == [key]
    assert not has(blocks, Table | Figure | Method)


@pytest.mark.parametrize("part", ["value", "experiment", "metrics", "data"])
def test_sections_without_a_whole_part_are_still_made(tmp_path, part):
    found = computed(written(tmp_path, changed(complete(), part, None)))
    named = {key for blocks in found.values() for key in lacking(blocks)}
    assert part == "metrics" or any(key.split(".")[0] == part for key in named)
    assert all(map(exists, named))


@pytest.mark.parametrize(("kind", "key"), [one for one in INPUTS if one[1] in NEUTRAL])
def test_worth_says_which_input_does_not_apply_and_goes_on(tmp_path, kind, key):
    blocks = computed(written(tmp_path, changed(complete(kind), f"value.{key}", NOT_SAID)))["worth"]
    words = key.replace("_", " ")
    assert f"Not applicable in this brief, and left out of the sum: {words}." in methods(blocks)
    assert has(blocks, KeyFigures)
    assert lacking(blocks) == []


def test_worth_of_assistance_that_gains_nothing_at_all_asks_for_it(tmp_path):
    tree = changed(complete("assist"), "value.gain", NOT_SAID)
    blocks = computed(written(tmp_path, changed(tree, "value.minutes_saved", NOT_SAID)))["worth"]
    assert lacking(blocks) == []
    assert "value.gain and value.minutes_saved are both not applicable" in strings(blocks)


@pytest.mark.parametrize(("kind", "key"), [one for one in INPUTS if one[1] not in NEUTRAL])
def test_worth_without_what_it_needs_says_so_where_that_does_not_apply(tmp_path, kind, key):
    path = f"value.{key}"
    blocks = computed(written(tmp_path, changed(complete(kind), path, NOT_SAID)))["worth"]
    assert f"Not applicable in this brief: {path}: we were told so" in "\n".join(
        boxes(blocks, "note")
    )
    assert not has(blocks, KeyFigures | Figure)


@pytest.mark.parametrize(
    "key",
    ["value.volume", "value.prevalence", "experiment.starts", "experiment.wait", "goal.by",
     "data.label", "data.sources"],
)  # fmt: skip
def test_sections_do_not_call_missing_what_does_not_apply(tmp_path, key):
    found = computed(written(tmp_path, changed(complete(), key, NOT_SAID)))
    named = {one for blocks in found.values() for one in lacking(blocks)}
    assert not [one for one in named if one == key or one.startswith(f"{key}.")]


@pytest.mark.parametrize("key", ["value", "experiment", "experiment.effect", "experiment.baseline"])
def test_sections_say_that_a_part_does_not_apply(tmp_path, key):
    found = computed(written(tmp_path, changed(complete(), key, NOT_SAID)))
    told = "\n".join(strings(found[part]) for part in ("numbers", "worth", "timing"))
    assert "we were told so" in told or "Not applicable" in told


def test_sections_are_made_where_the_model_metrics_do_not_apply(tmp_path):
    assert computed(written(tmp_path, changed(complete(), "metrics.model", NOT_SAID)))
