"""The attached file of step 5 in a real browser: chosen, looked at, and its figures written on a press."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lab import Lab, Workbook, soon, stored
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TUMOURS = Path(__file__).parents[2] / "examples" / "tumour-triage"
VOLUME = 'volume: {value: 569, unit: rows, from: measured, source: "data/tumours.csv, 569 rows", "on": 2026-11-21}'
SLOW = 90_000  # milliseconds for a whole baseline on a busy machine


@pytest.fixture
def workbook(lab: Lab) -> Workbook:
    """Step 5 of a brief whose file is beside it, and named nowhere yet."""
    text = (TUMOURS / "brief.yaml").read_text("utf-8")
    text = text.replace("      file: data/tumours.csv\n", "").replace(VOLUME, "volume: 600 rows")
    lab.brief.write_text(text, "utf-8")
    shutil.copytree(TUMOURS / "data", lab.folder / "data")
    opened = lab.open("5_data_requirements")
    opened.run_all()
    return opened


def test_file_is_chosen_looked_at_and_written_from(lab: Lab, workbook: Workbook) -> None:
    look = workbook.button("Look at the file")
    expect(look).to_be_disabled()
    workbook.field("File in the brief's folder").select_option("data/tumours.csv")
    soon(lambda: stored(lab.brief, "data.sources.0.file") == "data/tumours.csv")
    look.click()
    panel = workbook.form.locator(".ff-sample")
    expect(panel.get_by_text("What the sample shows")).to_be_visible(timeout=SLOW)
    expect(panel.get_by_text("A quick baseline")).to_be_visible()
    expect(workbook.form.get_by_text("Done.")).to_be_visible()
    # What hangs on a condition is not ticked.
    assert not workbook.form.locator(".ff-proposals input[type=checkbox]:checked").count()
    workbook.page.get_by_label("Volume of nucleus measures", exact=False).check()
    assert stored(lab.brief, "data.sources.0.volume") == "600 rows"
    workbook.button("Write these into the brief").click()
    soon(lambda: isinstance(stored(lab.brief, "data.sources.0.volume"), dict))
    volume = stored(lab.brief, "data.sources.0.volume")
    assert (volume["value"], volume["from"]) == ("569", "measured")
    assert volume["source"] == "data/tumours.csv, 569 rows"
    assert stored(lab.brief, "value.prevalence.from") == "guess"


def test_looking_can_be_stopped(lab: Lab, workbook: Workbook) -> None:
    rows = lab.folder / "data" / "tumours.csv"
    head, *others = rows.read_text("utf-8").splitlines(keepends=True)
    rows.write_text("".join((head, *others * 40)), "utf-8")  # takes a while, and is not known yet
    workbook.field("File in the brief's folder").select_option("data/tumours.csv")
    workbook.button("Look at the file").click()
    workbook.button("Stop").click()
    expect(workbook.form.get_by_text("Stopped: this is what was known by then.")).to_be_visible()
    expect(workbook.button("Look at the file")).to_be_enabled()
