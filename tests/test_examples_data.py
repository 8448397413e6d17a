"""What the worked cases say about their data files is measured again from the files."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import examples_measured as measured
import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_breast_cancer
from statsmodels.datasets import randhie

from kit.brief import BriefFile, open_brief

TUMOUR_TRIAGE, DOCTOR_VISITS = "tumour-triage", "doctor-visits"
WITH_DATA = (TUMOUR_TRIAGE, DOCTOR_VISITS)
ILL = "fair or poor"

# Releases of scikit-learn may move a model's figures a little; those of files and rules stay.
EXACT, POINTS, SAMPLES, VISITS_A_YEAR = 0.0, 0.5, 1.0, 0.01


def tumour_figures() -> Iterator[tuple[str, float, float]]:
    """Key in the brief, the figure as measured, and how far a model's may stray."""
    t = measured.tumours()
    paths = (t.rule, t.simple, t.complex)
    for number, (flags, stray) in enumerate(zip(paths, (EXACT, POINTS, POINTS), strict=True)):
        yield f"hypothesis.paths.{number}.quality.precision", flags.precision, stray
        yield f"hypothesis.paths.{number}.quality.recall", flags.recall, stray
    yield "metrics.model.0.baseline", t.rule.recall, EXACT
    yield "metrics.model.1.baseline", t.rule.precision, EXACT
    yield "value.precision", t.simple.precision, POINTS
    yield "value.recall", t.simple.recall, POINTS
    yield "experiment.baseline", t.rule.recall, EXACT
    yield "data.sources.0.volume", t.rows, EXACT
    yield "data.sources.0.quality.completeness", t.complete, EXACT


def visits_figures() -> Iterator[tuple[str, float, float]]:
    """Key in the brief, the figure as measured, and how far a model's may stray."""
    v = measured.visits()
    for number, path in enumerate((v.today, v.rule, v.simple, v.complex)):
        quality = f"hypothesis.paths.{number}.quality"
        stray = EXACT if path in (v.today, v.rule) else VISITS_A_YEAR
        yield f"{quality}.mean absolute error", path.error, stray
        yield f"{quality}.shortfall, fair or poor health", -path.surplus_by_health[ILL], stray
    yield "metrics.model.0.baseline", v.today.error, EXACT
    yield "metrics.model.1.baseline", -v.today.surplus_by_health[ILL], EXACT
    for number, health in enumerate(("excellent", "good", ILL)):
        yield f"metrics.fairness.0.groups.{number}.share", v.share_by_health[health], EXACT
    for number, sex in enumerate(("female", "male")):
        yield f"metrics.fairness.1.groups.{number}.share", v.share_by_sex[sex], EXACT
    yield "value.error_today", v.today.error, EXACT
    yield "value.error_wanted", v.simple.error, VISITS_A_YEAR
    yield "data.sources.0.volume", v.rows, EXACT
    yield "data.sources.0.quality.completeness", v.complete["visits_last_year"], EXACT
    yield "data.sources.1.volume", v.people, EXACT
    of_members = [share for name, share in v.complete.items() if name != "visits_last_year"]
    yield "data.sources.1.quality.completeness", min(of_members), EXACT


def tumour_sentences() -> Iterator[tuple[str, str, float, float]]:
    """Key in the brief, words that stand in it, the figure at {}, and how far it may stray."""
    t = measured.tumours()
    share, because = t.malignant / t.rows, "hypothesis.because"
    flagged = t.rule.caught + t.rule.false_alarms
    yield "problem.evidence.0.finding", "{} of 569 samples", t.malignant, EXACT
    yield "problem.evidence.0.finding", "212 of {} samples", t.rows, EXACT
    yield "problem.evidence.0.finding", "malignant ({})", share, EXACT
    yield "problem.evidence.0.n", "{}", t.rows, EXACT
    yield because, "the rule alone, one number per sample, finds {} of 212", t.rule.caught, EXACT
    yield because, "malignant samples, with {} false alarms", t.rule.false_alarms, EXACT
    yield because, "logistic regression finds {} of 212", t.simple.caught, SAMPLES
    yield because, "of 212, with {} false alarms", t.simple.false_alarms, SAMPLES
    yield "hypothesis.alternatives.0.why_not", "flags {} of 569 samples", flagged, EXACT
    yield "value.prevalence.source", "the file's {} is not", share, EXACT
    yield "data.sources.0.bias", "share of malignant samples, {}, is", share, EXACT
    yield "data.sources.0.peculiarities", "the {} columns", t.features, EXACT


def visits_sentences() -> Iterator[tuple[str, str, float, float]]:
    """Key in the brief, words that stand in it, the figure at {}, and how far it may stray."""
    v = measured.visits()
    because, unequal = "hypothesis.because", "problem.evidence.1.finding"
    today, rule, simple = (-path.surplus_by_health[ILL] for path in (v.today, v.rule, v.simple))
    ill = v.share_by_health[ILL]
    yield "problem.evidence.0.finding", "poor health, {} of person-years", ill, EXACT
    yield "problem.evidence.0.finding", "made {} visits a year more", today, EXACT
    yield "problem.evidence.0.n", "{}", v.rows, EXACT
    yield unequal, "{} of person-years had none", v.none, EXACT
    yield unequal, "busiest tenth made {} of all visits", v.top_tenth, EXACT
    yield unequal, "mean is {} visits", v.mean, EXACT
    yield unequal, "standard deviation of {}.", v.deviation, EXACT
    yield "problem.evidence.1.n", "{}", v.rows, EXACT
    yield because, "mean error from {} down to", v.today.error, EXACT
    yield because, "down to {} visits", v.rule.error, EXACT
    yield because, "brings it to {}, which", v.simple.error, VISITS_A_YEAR
    yield because, "plans {} visits too few", simple, VISITS_A_YEAR
    yield because, "the rule still misses {}.", rule, EXACT
    yield "hypothesis.alternatives.0.why_not", "poor health {} visits short", rule, EXACT
    yield "hypothesis.ethics.0.answer", "older than {},", int(v.oldest), EXACT
    yield "data.sources.0.peculiarities", "The same {} people", v.people, EXACT
    yield "data.sources.1.peculiarities", "fractions in {} rows", v.between_zero_and_one, EXACT


FIGURES = {TUMOUR_TRIAGE: tumour_figures, DOCTOR_VISITS: visits_figures}
SENTENCES = {TUMOUR_TRIAGE: tumour_sentences, DOCTOR_VISITS: visits_sentences}


@pytest.mark.parametrize("case", WITH_DATA)
def test_figures_of_a_case_are_those_of_its_file(case):
    brief = _brief(case)
    for key, figure, stray in FIGURES[case]():
        shown = str(_at(brief.parsed.tree, key)["value"])
        assert _agrees(shown, figure, stray=stray), f"{key}: {shown}, {figure} measured"


@pytest.mark.parametrize("case", WITH_DATA)
def test_sentences_of_a_case_are_those_of_its_file(case):
    brief = _brief(case)
    for key, words, figure, stray in SENTENCES[case]():
        text = " ".join(str(_at(brief.parsed.tree, key)).split())
        found = re.search(re.escape(words).replace(r"\{\}", r"([\d.,]*\d%?)"), text)
        assert found, f"{key}: no {words!r}"
        assert _agrees(found[1], figure, stray=stray), f"{key}: {found[0]!r}, {figure} measured"


@pytest.mark.parametrize("case", WITH_DATA)
def test_every_number_marked_measured_is_measured_here(case):
    brief = _brief(case)
    assert sorted(_marked_measured(brief.parsed.tree)) == sorted(key for key, *_ in FIGURES[case]())


@pytest.mark.parametrize("case", WITH_DATA)
def test_measured_number_names_file_and_day(case):
    brief = _brief(case)
    files = {source["file"] for source in brief.parsed.tree["data"]["sources"] if "file" in source}
    for key in _marked_measured(brief.parsed.tree):
        quantity = _at(brief.parsed.tree, key)
        assert any(quantity["source"].startswith(file) for file in files), key
        assert quantity["on"], key


def test_case_without_data_has_no_number_marked_measured():
    for path in sorted(measured.EXAMPLES.glob("*/brief.yaml")):
        if path.parent.name not in WITH_DATA:
            assert not list(_marked_measured(open_brief(path).parsed.tree)), path


def test_simple_model_of_doctor_visits_is_fairer_than_the_rule():
    """The reason that the case gives for choosing a model whose error is hardly smaller."""
    v = measured.visits()
    assert v.rule.error - v.simple.error < 0.05
    assert abs(v.simple.surplus_by_health[ILL]) < 0.2 < abs(v.rule.surplus_by_health[ILL])


def test_recall_of_tumour_triage_cannot_be_told_from_its_target():
    """The reason that the case gives for silent months before anything is decided."""
    low, high = measured.tumours().simple.recall_interval
    assert low < 0.98
    assert high > 0.99


def test_tumours_file_is_the_published_table():
    published = load_breast_cancer(as_frame=True)
    expected = published.data.rename(columns=lambda name: name.replace(" ", "_"))
    expected["diagnosis"] = published.target.map({0: "malignant", 1: "benign"})
    pd.testing.assert_frame_equal(pd.read_csv(measured.TUMOURS), expected, check_dtype=False)


def test_visits_file_is_the_published_table():
    source = pd.read_csv(Path(randhie.__file__).parent / "src" / "randhie.csv")
    source = source.sort_values(["zper", "year"], kind="stable", ignore_index=True)
    person = source.groupby("zper")
    health = [source[name].eq(1) for name in ("hlthg", "hlthf", "hlthp")]
    expected = pd.DataFrame(
        {
            "person_id": source["zper"],
            "site": source["site"],
            "study_year": source["year"],
            "age": source["xage"].round(2),
            "sex": source["female"].map({0: "male", 1: "female"}),
            "family_size": source["num"],
            "coinsurance_percent": source["coins"],
            "physical_limitation": source["physlm"].round(4),
            "chronic_disease_index": source["disea"].round(2),
            "self_rated_health": np.select(health, ["good", "fair", "poor"], "excellent"),
            "visits_last_year": person["mdvis"].shift().where(person["year"].diff().eq(1)),
            "visits": source["mdvis"],
        }
    )
    pd.testing.assert_frame_equal(pd.read_csv(measured.VISITS), expected, check_dtype=False)


def _brief(case: str) -> BriefFile:
    return open_brief(measured.EXAMPLES / case)


def _at(tree: Any, key: str) -> Any:
    for part in key.split("."):
        tree = tree[int(part)] if isinstance(tree, list) else tree[part]
    return tree


def _agrees(shown: str, figure: float, *, stray: float) -> bool:
    """Whether a figure, rounded as `shown` is, is what is shown."""
    number = Decimal(shown.replace(",", "").removesuffix("%"))
    last_digit = 10.0 ** int(number.as_tuple().exponent)
    scale = 100 if shown.endswith("%") else 1
    return abs(float(number) - figure * scale) <= last_digit / 2 + stray + 1e-9


def _marked_measured(tree: Any, key: str = "") -> Iterator[str]:
    match tree:
        case {"from": "measured"}:
            yield key
        case dict():
            for name, inner in tree.items():
                yield from _marked_measured(inner, f"{key}.{name}".lstrip("."))
        case list():
            for number, inner in enumerate(tree):
                yield from _marked_measured(inner, f"{key}.{number}")
