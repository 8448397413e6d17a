"""The sliders of step 4 in a real browser: by keyboard and mouse, and the file stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lab import Lab, Workbook, soon, stored
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

FRAUD = Path(__file__).parents[2] / "examples" / "fraud-detection" / "brief.yaml"


@pytest.fixture
def workbook(lab: Lab) -> Workbook:
    """Step 4 with its panel in view.

    Under load JupyterLab now and then shows an error in place of one group of a form, and shows the
    group when the cells are run again.
    """
    shutil.copy(FRAUD, lab.brief)
    opened = lab.open("4_dual_metrics")
    opened.run_all()
    panel = opened.form.locator(".ff-what-if")
    panel.or_(opened.form.locator(".jupyter-widgets-error-widget")).first.wait_for(state="attached")
    if not panel.count():
        opened.run_all()
    panel.scroll_into_view_if_needed()
    return opened


def lever(workbook: Workbook, label: str) -> Locator:
    named = workbook.page.get_by_label(f"{label}, tried at, %", exact=True)
    return workbook.form.locator(".ff-lever").filter(has=named)


def row(workbook: Workbook, name: str) -> Locator:
    return workbook.form.locator(".ff-figures tr").filter(has_text=name).locator("td").last


def test_opened_panel_has_nothing_moved(workbook: Workbook) -> None:
    expect(workbook.form.locator(".ff-lever")).to_have_count(4)
    expect(workbook.form.locator(".ff-lever.ff-moved")).to_have_count(0)
    expect(row(workbook, "A year, all costs off")).to_have_text("move a slider")


def test_keys_move_a_slider_and_the_file_is_left_alone(lab: Lab, workbook: Workbook) -> None:
    before = lab.brief.read_bytes()
    handle = lever(workbook, "Precision").get_by_role("slider")
    handle.focus()
    for _ in range(6):
        workbook.page.keyboard.press("ArrowLeft")
    expect(handle).to_have_attribute("aria-valuetext", "95")
    expect(workbook.field("Precision, tried at, %")).to_have_value("95")
    expect(row(workbook, "Flags a day")).to_have_text("127 ▲ more")
    expect(workbook.form.locator(".ff-heard [role=status]")).to_contain_text("What if:")
    workbook.page.wait_for_timeout(2000)
    assert lab.brief.read_bytes() == before


def test_slider_is_dragged_and_a_number_is_typed(workbook: Workbook) -> None:
    track = lever(workbook, "Recall").locator(".noUi-base").bounding_box()
    assert track is not None
    lever(workbook, "Recall").get_by_role("slider").hover()
    workbook.page.mouse.down()
    workbook.page.mouse.move(track["x"] + track["width"] / 2, track["y"] + 2, steps=12)
    workbook.page.mouse.up()
    tried = workbook.field("Recall, tried at, %")
    soon(lambda: 40 < float(tried.input_value()) < 60)
    workbook.field("Prevalence, tried at, %").fill("0.5")
    workbook.page.keyboard.press("Tab")
    expect(lever(workbook, "Prevalence").get_by_role("slider")).to_have_attribute(
        "aria-valuetext", "0.5"
    )
    expect(row(workbook, "Flags a day")).to_contain_text("more")


def test_use_this_value_writes_and_undo_takes_it_back(lab: Lab, workbook: Workbook) -> None:
    before = stored(lab.brief, "value.precision")
    workbook.field("Precision, tried at, %").fill("90")
    workbook.page.keyboard.press("Tab")
    workbook.button("Use this value", inside=lever(workbook, "Precision")).click()
    soon(lambda: stored(lab.brief, "value.precision")["value"] == "90%")
    expect(lever(workbook, "Precision")).to_contain_text("in the brief: 90%")
    workbook.button("Undo: Precision as it was").click()
    soon(lambda: stored(lab.brief, "value.precision") == before)
    expect(lever(workbook, "Precision")).to_contain_text("in the brief: 98%")


def test_panel_fits_a_narrow_window(workbook: Workbook) -> None:
    workbook.page.set_viewport_size({"width": 640, "height": 1000})
    panel = workbook.form.locator(".ff-what-if")
    panel.scroll_into_view_if_needed()
    too_wide = "e => e.scrollWidth > e.clientWidth + 1"
    assert not panel.evaluate(too_wide)
    assert not workbook.form.locator(".ff-figures").evaluate(too_wide)
