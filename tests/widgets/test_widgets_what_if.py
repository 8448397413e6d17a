"""Sliders in step 4: figures follow, and the brief stays as it is until a person says otherwise."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from driving import ROOT, Opener, field, stored, wait_for

from kit.brief import open_brief, save
from kit.widgets.form import QUIET, SAVE_AFTER, Form
from kit.widgets.lever import Lever
from kit.widgets.what_if import WhatIfPanel


@pytest.fixture
def fraud(tmp_path: Path) -> Path:
    return Path(shutil.copy(ROOT / "examples" / "fraud-detection" / "brief.yaml", tmp_path))


def panel_of(form: Form) -> WhatIfPanel:
    found: Any = form["value"]
    assert found.widget
    assert isinstance(found.what_if, WhatIfPanel)
    return found.what_if


def lever(panel: WhatIfPanel, name: str) -> Lever:
    return next(one for one in panel.levers if one.name == name)


def rows(panel: WhatIfPanel) -> dict[str, list[str]]:
    """The figures as a person reads them: name to brief and what-if."""
    found = re.findall(
        r"<tr><th[^>]*>(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>", panel.figures.value
    )
    return {name: [re.sub(r"<[^>]+>", "", cell) for cell in cells] for name, *cells in found}


def rest(form: Form) -> None:
    """What the timer does once nobody types any more."""
    form.flush()


def test_sliders_stand_where_the_brief_does(fraud: Path, open_form: Opener) -> None:
    panel = panel_of(open_form("metrics", fraud))
    assert [one.name for one in panel.levers] == ["precision", "recall", "prevalence", "take_rate"]
    assert lever(panel, "precision").number.value == 98
    assert lever(panel, "prevalence").number.value == pytest.approx(0.1)
    assert lever(panel, "prevalence").slider.value == pytest.approx(0.1)
    assert all(one.value is None and one.use_it.disabled for one in panel.levers)
    assert rows(panel)["A year, all costs off"][0].startswith("4.21 million\xa0USD (3.42 to 5.16")
    assert rows(panel)["What it takes"][0] == "a nearly perfect ranking"


def test_moved_slider_is_followed_by_figures_and_number(fraud: Path, open_form: Opener) -> None:
    panel = panel_of(open_form("metrics", fraud))
    lever(panel, "precision").slider.value = 50.0
    assert lever(panel, "precision").number.value == 50
    before, after = rows(panel)["Flags a day, capacity 164"]
    assert before == "123"
    assert after == "242 ▲ more"  # 123 times 98 over 50
    assert rows(panel)["A year, all costs off"][1].endswith("▼ less")


def test_typed_number_moves_the_slider(fraud: Path, open_form: Opener) -> None:
    panel = panel_of(open_form("metrics", fraud))
    lever(panel, "prevalence").number.value = 0.5
    assert lever(panel, "prevalence").slider.value == pytest.approx(0.5)
    assert lever(panel, "prevalence").value == pytest.approx(0.005)
    assert rows(panel)["Flags a day, capacity 164"][1] == "617 ▲ more"


def test_number_beyond_the_slider_counts_all_the_same(fraud: Path, open_form: Opener) -> None:
    panel = panel_of(open_form("metrics", fraud))
    one = lever(panel, "prevalence")
    one.number.value = 20.0
    assert one.value == pytest.approx(0.2)
    assert one.slider.value == one.slider.max
    assert one.number.value == 20


@pytest.mark.parametrize(
    ("share", "end"),
    [("0.1%", 1), ("0.3%", 5), ("2%", 20), ("5%", 50), ("9%", 100), ("30%", 100), ("0%", 100)],
)
def test_slider_ends_where_the_share_can_be_set_well(
    fraud: Path, open_form: Opener, share: str, end: float
) -> None:
    save(open_brief(fraud), {"value.prevalence": share})
    one = lever(panel_of(open_form("metrics", fraud)), "prevalence")
    assert one.slider.max == end
    assert one.slider.step == pytest.approx(end / 200)


def test_what_a_browser_says_back_moves_nothing(fraud: Path, open_form: Opener) -> None:
    """A slider's script rounds what it was given and reports it as a change."""
    panel = panel_of(open_form("metrics", fraud))
    slider = lever(panel, "prevalence").slider
    slider.value = slider.value * (1 + 1e-12)
    assert lever(panel, "prevalence").value is None


def test_nothing_is_written_however_long_one_tries(fraud: Path, open_form: Opener) -> None:
    before, stamp = fraud.read_bytes(), fraud.stat().st_mtime_ns
    form = open_form("metrics", fraud)
    for one in panel_of(form).levers:
        one.slider.value = 30.0
        one.number.value = 41.0
    time.sleep(SAVE_AFTER + QUIET + 0.3)
    form.flush()
    assert (fraud.read_bytes(), fraud.stat().st_mtime_ns) == (before, stamp)


def test_back_returns_to_the_brief(fraud: Path, open_form: Opener) -> None:
    panel = panel_of(open_form("metrics", fraud))
    still = panel.figures.value
    lever(panel, "recall").slider.value = 40.0
    assert panel.figures.value != still
    lever(panel, "recall").go_back.click()
    assert panel.figures.value == still
    assert lever(panel, "recall").number.value == 92


def test_use_this_value_writes_it_and_only_it(fraud: Path, open_form: Opener) -> None:
    form = open_form("metrics", fraud)
    panel = panel_of(form)
    before = fraud.read_text("utf-8").splitlines()
    lever(panel, "precision").number.value = 90.0
    lever(panel, "recall").number.value = 50.0
    assert not lever(panel, "precision").use_it.disabled
    lever(panel, "precision").use_it.click()
    rest(form)
    assert open_brief(fraud).value("value.precision")["value"] == "90%"
    after = fraud.read_text("utf-8").splitlines()
    assert len([line for line in after if line not in before]) == 1
    assert field(form, "value.precision").number.value == "90%"
    assert lever(panel, "precision").value is None  # at rest: the brief is there now
    assert lever(panel, "recall").value == 0.5
    assert rows(panel)["Flags a day, capacity 164"][0] == "134"


@pytest.mark.parametrize(
    ("origin", "kept"),
    [("measured", "guess"), ("benchmark", "guess"), ("guess", "guess"), ("target", "target")],
)
def test_used_value_does_not_borrow_a_source(
    fraud: Path, open_form: Opener, origin: str, kept: str
) -> None:
    raw = {"value": "98%", "from": origin, "source": "a study", "on": "2026-01-01"}
    save(open_brief(fraud), {"value.precision": raw})
    form = open_form("metrics", fraud)
    lever(panel_of(form), "precision").number.value = 90.0
    lever(panel_of(form), "precision").use_it.click()
    rest(form)
    assert stored(fraud, "value.precision") == {"value": "90%", "from": kept}


def test_undo_puts_back_what_was_there(fraud: Path, open_form: Opener) -> None:
    raw = {"low": "90%", "high": "98%", "from": "measured", "source": "a study"}
    save(open_brief(fraud), {"value.precision": raw})
    form = open_form("metrics", fraud)
    panel = panel_of(form)
    lever(panel, "precision").number.value = 80.0
    lever(panel, "precision").use_it.click()
    rest(form)
    assert panel.undo.description == "Undo: Precision as it was"
    panel.undo.click()
    rest(form)
    assert stored(fraud, "value.precision") == raw
    assert "ff-gone" in panel.undo._dom_classes


@pytest.mark.parametrize("by_hand", [True, False])
def test_undo_is_not_offered_once_the_value_was_changed_again(
    fraud: Path, open_form: Opener, *, by_hand: bool
) -> None:
    form = open_form("metrics", fraud)
    panel = panel_of(form)
    lever(panel, "precision").number.value = 80.0
    lever(panel, "precision").use_it.click()
    rest(form)
    if by_hand:
        field(form, "value.precision").number.value = "70%"
    else:
        save(open_brief(fraud), {"value.precision": "70%"})
    rest(form)
    assert "ff-gone" in panel.undo._dom_classes
    panel.undo.click()
    rest(form)
    assert "70%" in str(stored(fraud, "value.precision"))


def test_sliders_follow_what_is_typed_and_what_others_write(fraud: Path, open_form: Opener) -> None:
    form = open_form("metrics", fraud)
    panel = panel_of(form)
    lever(panel, "recall").number.value = 50.0
    field(form, "value.precision").number.value = "70%"
    save(open_brief(fraud), {"value.take_rate": "60%"})
    rest(form)
    assert lever(panel, "precision").number.value == 70
    assert lever(panel, "take_rate").number.value == 60
    assert lever(panel, "recall").value == 0.5


def test_slider_that_gets_shorter_is_not_moved_by_it(fraud: Path, open_form: Opener) -> None:
    save(open_brief(fraud), {"value.prevalence": "60%"})
    form = open_form("metrics", fraud)
    panel = panel_of(form)
    save(open_brief(fraud), {"value.prevalence": "0.1%"})
    rest(form)
    one = lever(panel, "prevalence")
    assert (one.value, one.number.value, one.slider.max) == (None, 0.1, 1)


def test_timer_alone_brings_the_figures_up_to_date(fraud: Path, open_form: Opener) -> None:
    form = open_form("metrics", fraud)
    panel = panel_of(form)
    field(form, "value.precision").number.value = "70%"
    assert wait_for(lambda: lever(panel, "precision").number.value == 70, seconds=5)


def test_read_only_brief_can_be_tried_and_not_written(fraud: Path, open_form: Opener) -> None:
    fraud.chmod(0o444)
    before = fraud.read_bytes()
    panel = panel_of(open_form("metrics", fraud))
    lever(panel, "precision").number.value = 90.0
    assert lever(panel, "precision").use_it.disabled
    lever(panel, "precision").use_it.click()
    assert rows(panel)["Flags a day, capacity 164"][1].startswith("134")
    assert fraud.read_bytes() == before


def test_brief_without_a_value_says_what_to_do(brief: Path, open_form: Opener) -> None:
    panel = panel_of(open_form("metrics", brief))
    assert panel.levers == ()
    assert "Once the value above has its numbers" in panel.figures.value


def test_value_fills_up_while_one_types(brief: Path, open_form: Opener) -> None:
    form = open_form("metrics", brief)
    panel = panel_of(form)
    for key, text in {"volume": "100000/month", "prevalence": "5%", "recall": "0.5"}.items():
        field(form, f"value.{key}").number.value = text
    rest(form)
    assert "<code>value.precision</code>" in panel.figures.value
    lever(panel, "precision").number.value = 50.0
    assert rows(panel)["Flags a day"] == ["–", "164"]
    assert "<code>value.precision</code>" not in panel.figures.value
    assert "<code>value.benefit</code>" in panel.figures.value


def test_kind_decides_which_sliders_there_are(churn: Path, open_form: Opener) -> None:
    panel = panel_of(open_form("metrics", churn))
    assert [one.name for one in panel.levers] == ["acceptance", "error_rate"]
    shown = [getattr(row, "value", "") for row in panel.widget.children[1].children]
    assert any("Take-rate: not applicable, the acceptance rate says it" in row for row in shown)


def test_impossible_values_are_said_in_words(fraud: Path, open_form: Opener) -> None:
    panel = panel_of(open_form("metrics", fraud))
    lever(panel, "precision").number.value = 0.0
    assert "no number of flags finds a case" in panel.figures.value
    assert "nan" not in panel.figures.value.lower()


def test_hostile_words_stay_words(fraud: Path, open_form: Opener) -> None:
    evil = "<img src=x onerror=alert(1)>"
    save(open_brief(fraud), {"value.currency": evil, "value.recall": f"n/a: {evil}"})
    panel = panel_of(open_form("metrics", fraud))
    lever(panel, "precision").number.value = 50.0
    shown = panel.figures.value + "".join(
        getattr(row, "value", "") for row in panel.widget.children[1].children
    )
    assert "<img" not in shown


def test_figures_are_spoken_once_the_slider_rests(fraud: Path, open_form: Opener) -> None:
    panel = panel_of(open_form("metrics", fraud))
    lever(panel, "precision").number.value = 50.0
    assert wait_for(lambda: "What if:" in panel.heard.value, seconds=3)
    assert 'role="status"' in panel.heard.value
