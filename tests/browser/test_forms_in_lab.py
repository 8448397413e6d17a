"""The five forms in a real browser: what a person types is in the file, and comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from lab import Lab, Workbook, soon, stored
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
GOAL = "Reduce customer churn by 10% next quarter"
WORKBOOKS = {
    "goal": "1_business_goal",
    "problem": "2_user_problem",
    "hypothesis": "3_ml_hypothesis",
    "metrics": "4_dual_metrics",
    "data": "5_data_requirements",
}


def test_typed_goal_is_in_the_file_and_there_after_a_restart(lab: Lab) -> None:
    workbook = lab.open("1_business_goal")
    workbook.run_all()
    workbook.type_in("The goal in a sentence or two", GOAL)
    soon(lambda: stored(lab.brief, "goal.statement") == GOAL)
    expect(workbook.status).to_contain_text("Saved at")
    expect(workbook.form.locator(".ff-preview")).to_contain_text(GOAL)
    workbook.restart_and_run_all()
    expect(workbook.field("The goal in a sentence or two")).to_have_value(GOAL)


def test_last_letters_before_a_restart_are_not_lost(lab: Lab) -> None:
    workbook = lab.open("1_business_goal")
    workbook.run_all()
    workbook.type_in("The goal in a sentence or two", GOAL)
    workbook.restart_and_run_all()
    expect(workbook.field("The goal in a sentence or two")).to_have_value(GOAL)


def test_cell_run_again_shows_what_was_typed_just_before(lab: Lab) -> None:
    workbook = lab.open("1_business_goal")
    workbook.run_all()
    workbook.type_in("Business metric", "monthly churn")
    workbook.run_all()
    expect(workbook.field("Business metric")).to_have_value("monthly churn")
    workbook.type_in("Unit of the metric", "%")
    soon(lambda: stored(lab.brief, "goal.unit") == "%")
    assert stored(lab.brief, "goal.metric") == "monthly churn"


def test_goal_form_with_number_day_choice_and_reason(lab: Lab) -> None:
    workbook = lab.open(WORKBOOKS["goal"])
    form = workbook.run_all()
    workbook.type_in("Where it stands", "5.0")
    baseline = workbook.amount("Where it stands")
    workbook.field("Where from", inside=baseline).select_option("measured")
    workbook.button("More", inside=baseline).click()
    workbook.type_in("Unit", "%", inside=baseline)
    workbook.type_in("Source", "billing export", inside=baseline)
    workbook.field("To be reached by").fill("2027-03-31")
    workbook.field("Status").select_option("in review")
    workbook.field("A worked example, not a real case").check()
    form.get_by_label("n/a Season").check()
    workbook.type_in("Season: not applicable, because", "no cycle")
    goal = {
        "baseline": {"value": "5.0", "unit": "%", "from": "measured", "source": "billing export"},
        "by": "2027-03-31",
        "season": "n/a: no cycle",
    }
    soon(lambda: goal.items() <= stored(lab.brief, "goal").items())
    soon(lambda: stored(lab.brief, "status") == "in review")
    assert stored(lab.brief, "illustrative") == "true"


def fill_rows(workbook: Workbook, heading: str, add: str, label: str, one: str) -> None:
    """Three rows, the last moved up and the first removed: c, b are left."""
    rows = workbook.rows(heading)
    for position, text in enumerate("abc"):
        workbook.button(add, inside=rows).click()
        expect(rows.locator(".ff-card")).to_have_count(position + 1)
        workbook.type_in(label, text, inside=rows.locator(".ff-card").nth(position))
    rows.get_by_title(f"Move {one} 3 up").click()
    expect(workbook.field(label, inside=rows.locator(".ff-card").nth(1))).to_have_value("c")
    rows.get_by_title(f"Remove {one} 1").click()
    expect(rows.locator(".ff-card")).to_have_count(2)


ROWS = {
    "problem": (
        "problem.evidence.{}.finding",
        "Evidence",
        "Add a piece of evidence",
        "What was found",
    ),
    "hypothesis": ("hypothesis.alternatives.{}.name", "Simpler ways", "Add an alternative", "Name"),
    "metrics": ("metrics.guardrails.{}.name", "Guardrails", "Add a guardrail", "Name"),
    "data": ("data.sources.{}.name", "Sources", "Add a source", "Name"),
}
TEXTS = {
    "problem": ("problem.today", "How they cope today"),
    "hypothesis": ("hypothesis.wrong_if", "We are wrong if"),
    "metrics": ("metrics.deadlock", "In a deadlock"),
    "data": ("data.moat", "Data moat"),
}


@pytest.mark.parametrize("step", ROWS)
def test_step_takes_text_and_rows_that_are_added_moved_and_removed(step: str, lab: Lab) -> None:
    workbook = lab.open(WORKBOOKS[step])
    workbook.run_all()
    key, label = TEXTS[step]
    workbook.type_in(label, f"typed into {label}")
    row, heading, add, name = ROWS[step]
    fill_rows(workbook, heading, add, name, add.removeprefix("Add ").split(" ", 1)[1])
    soon(lambda: [stored(lab.brief, row.format(at)) for at in range(3)] == ["c", "b", None])
    assert stored(lab.brief, key) == f"typed into {label}"
    expect(workbook.status).to_contain_text("Saved at")


def test_problem_form_is_filled_in_with_the_keyboard_alone(lab: Lab) -> None:
    workbook = lab.open(WORKBOOKS["problem"])
    workbook.run_all()
    page = workbook.page

    def tab_to(label: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            at = page.evaluate(
                "() => { const at = document.activeElement; return at.closest('.ff-form') &&"
                " ((at.labels && at.labels[0]?.innerText) || at.innerText) }"
            )
            if at and at.strip() == label:
                return
        pytest.fail(f"no way to {label} with the Tab key")

    workbook.button("Save now").focus()
    tab_to("Who has it")
    page.keyboard.type("Subscribers in their first 30 days")
    page.keyboard.press("Tab")
    page.keyboard.type("I see nothing for me")
    tab_to("Add a piece of evidence")
    page.keyboard.press("Enter")
    expect(workbook.field("What was found")).to_be_focused()
    page.keyboard.type("41% left")
    tab_to("How they cope today")
    page.keyboard.type("n/a: they leave")
    soon(lambda: stored(lab.brief, "problem.evidence.0.finding") == "41% left")
    soon(lambda: stored(lab.brief, "problem.today") == "n/a: they leave")
    assert stored(lab.brief, "problem.who") == "Subscribers in their first 30 days"
    assert stored(lab.brief, "problem.statement") == "I see nothing for me"


def test_two_workbooks_on_one_brief_lose_nothing(lab: Lab) -> None:
    shutil.copy(lab.folder / "1_business_goal.ipynb", lab.folder / "copy.ipynb")
    one, two = lab.open("1_business_goal"), lab.open("copy")
    one.run_all()
    two.run_all()
    one.type_in("Business metric", "monthly churn")
    soon(lambda: stored(lab.brief, "goal.metric") == "monthly churn")
    two.type_in("Who answers for it", "VP Growth")
    soon(lambda: stored(lab.brief, "goal.owner") == "VP Growth")
    assert stored(lab.brief, "goal.metric") == "monthly churn"
    expect(two.field("Business metric")).to_have_value("monthly churn")
    two.type_in("Unit of the metric", "%")
    soon(lambda: stored(lab.brief, "goal.unit") == "%")
    one.type_in("Unit of the metric", "points")
    expect(one.status).to_contain_text("goal.unit was changed elsewhere too")
    assert stored(lab.brief, "goal.unit") == "%"
    one.button("Keep what I typed").click()
    expect(one.status).to_contain_text("Saved at")
    assert stored(lab.brief, "goal.unit") == "points"
    assert len(list(lab.folder.glob("brief.yours-*.yaml"))) == 1


def test_form_saves_while_another_cell_is_running(lab: Lab) -> None:
    """Callbacks then run on a thread of their own, beside the cell."""
    notebook = nbformat.read(lab.folder / "1_business_goal.ipynb", as_version=4)
    slow_when_run_again = "import time; time.sleep(globals().get('pause', 0)); pause = 20"
    notebook.cells.append(nbformat.v4.new_code_cell(slow_when_run_again))
    nbformat.write(notebook, lab.folder / "busy.ipynb")
    workbook = lab.open("busy")
    workbook.run_all()
    # JupyterLab moves a control to that thread with the first message from it.
    workbook.type_in("Business metric", "x")
    soon(lambda: stored(lab.brief, "goal.metric") == "x")
    expect(workbook.form.locator(".ff-preview")).to_contain_text("x")
    cell = workbook.page.locator(".jp-CodeCell").last
    cell.locator(".jp-InputPrompt").click()
    workbook.page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt")).to_have_text("[*]:")
    workbook.type_in("Business metric", "yz")
    soon(lambda: len(stored(lab.brief, "goal.metric")) == len("xyz"))
    expect(cell.locator(".jp-InputPrompt")).to_have_text("[*]:")


def test_read_only_brief_opens_locked_and_unlocks(lab: Lab) -> None:
    lab.brief.chmod(0o444)
    workbook = lab.open("1_business_goal")
    form = workbook.run_all()
    expect(form.get_by_role("alert").first).to_contain_text("read-only")
    expect(workbook.field("Business metric")).to_be_disabled()
    lab.brief.chmod(0o644)
    workbook.button("Read the file again").click()
    expect(workbook.field("Business metric")).to_be_enabled()
    workbook.type_in("Business metric", "monthly churn")
    soon(lambda: stored(lab.brief, "goal.metric") == "monthly churn")


# Labels that belong to no control, and things wider than their place.
FAULTS = """form => {
  const seen = element => element.offsetParent !== null;
  const faults = [];
  for (const control of form.querySelectorAll('input, textarea, select')) {
    if (seen(control) && !control.labels.length) faults.push('no label: ' + control.outerHTML);
  }
  for (const label of form.querySelectorAll('label, h3, h4, h5, h6, button')) {
    const hidden = label.closest('.ff-picker, .ff-na, .ff-tried') || label.matches('.ff-fold');
    if (seen(label) && !hidden && label.scrollWidth > label.clientWidth + 1)
      faults.push('cut off: ' + label.innerText);
  }
  const right = form.getBoundingClientRect().right + 1;
  for (const element of form.querySelectorAll('.ff-main *, .ff-status *')) {
    if (seen(element) && element.getBoundingClientRect().right > right)
      faults.push('too wide: ' + element.className);
  }
  return faults;
}"""


@pytest.mark.parametrize("step", WORKBOOKS)
def test_form_has_labels_and_nothing_is_cut_off(step: str, lab: Lab) -> None:
    shutil.copy(ROOT / "examples" / "churn-feed" / "brief.yaml", lab.brief)
    workbook = lab.open(WORKBOOKS[step])
    form = workbook.run_all()
    folded = form.get_by_title("Show the fields of")
    while left := folded.count():
        folded.first.click()
        expect(folded).to_have_count(left - 1)
    for width in (1400, 900, 600):
        workbook.page.set_viewport_size({"width": width, "height": 1000})
        workbook.page.wait_for_timeout(300)
        assert form.evaluate(FAULTS) == []
