"""The coach beside a form in a real browser: it follows each key and leaves cursor and page alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lab import Lab, Workbook, soon, stored
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
WHERE = """field => [
  field.getBoundingClientRect().top, field.selectionStart, field === document.activeElement, scrollY
]"""


@pytest.fixture
def workbook(lab: Lab) -> Workbook:
    shutil.copy(ROOT / "examples" / "churn-feed" / "brief.yaml", lab.brief)
    workbook = lab.open("1_business_goal", width=1700)
    workbook.run_all()
    return workbook


def coach(workbook: Workbook) -> Locator:
    return workbook.form.locator(".ff-coach")


def test_findings_follow_each_key_before_anything_is_saved(lab: Lab, workbook: Workbook) -> None:
    expect(coach(workbook)).to_contain_text("no findings")
    target = workbook.field("Where it is to be")
    target.scroll_into_view_if_needed()
    target.fill("4")
    expect(coach(workbook)).to_contain_text("from 5% to 4% is 20%, or 1 point")
    target.press_sequentially(".2")
    expect(coach(workbook)).to_contain_text("from 5% to 4.2% is 16%")
    soon(lambda: stored(lab.brief, "goal.target.value") == "4.2")
    target.press("Backspace")
    target.press("5")
    expect(coach(workbook)).to_contain_text("no findings")


def test_findings_leave_the_cursor_and_the_page_where_they_are(workbook: Workbook) -> None:
    statement = workbook.field("The goal in a sentence or two")
    statement.scroll_into_view_if_needed()
    statement.fill("")
    statement.press_sequentially("Launch a feed that is better for churn", delay=10)
    expect(coach(workbook)).to_contain_text("an output, not an outcome")
    for _ in range(5):
        statement.press("ArrowLeft")
    before = statement.evaluate(WHERE)
    assert before[2]
    statement.press_sequentially("all ")
    expect(statement).to_have_value("Launch a feed that is better for all churn")
    after = statement.evaluate(WHERE)
    assert after == [before[0], before[1] + 4, True, before[3]]


def test_findings_are_told_to_a_screen_reader_as_a_score(workbook: Workbook) -> None:
    score = coach(workbook).get_by_role("status")
    expect(score).to_have_text("no findings")
    workbook.field("Who answers for it").fill("")
    expect(score).to_have_text("1 warning")
    expect(coach(workbook).get_by_role("listitem")).to_contain_text("Nobody owns the goal.")
    assert coach(workbook).locator("[tabindex], button, input, a").count() == 0


def test_findings_have_a_badge_where_there_is_no_room_beside_the_form(lab: Lab) -> None:
    workbook = lab.open("1_business_goal", width=1000)
    workbook.run_all()
    badge = workbook.form.locator(".ff-badge")
    expect(badge).to_be_visible()
    expect(badge).to_have_text("Coach: 1 warning, below")
    workbook.type_in("Business metric", "monthly churn")
    expect(badge).to_contain_text("advice, below")


def test_findings_of_another_step_are_counted(lab: Lab) -> None:
    shutil.copy(ROOT / "examples" / "churn-feed" / "brief.yaml", lab.brief)
    workbook = lab.open("2_user_problem", width=1700)
    workbook.run_all()
    expect(coach(workbook)).to_contain_text("In the other steps: 1 error, 1 warning.")
    workbook.field("Who has it").fill("users")
    expect(coach(workbook)).to_contain_text("leaves nobody out")
