"""Forms without a browser: what is typed stands in the file, and what stands in the file is shown."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest
from driving import FORMS, ROOT, Opener, field, stored, wait_for

from kit.brief import STARTER_STATEMENT, Brief, open_brief
from kit.brief.reading import leaves
from kit.errors import BriefError, UsageError
from kit.report import Section
from kit.widgets.form import Notice
from kit.widgets.person import is_present

EXAMPLES = sorted((ROOT / "examples").glob("*/brief.yaml"))
# The keys of the brief that each step's form answers for.
ROOTS = {
    "goal": ["goal", "decision", "title", "author", "status", "illustrative"],
    "problem": ["problem"],
    "hypothesis": ["hypothesis"],
    "metrics": ["metrics", "value", "experiment"],
    "data": ["data", "waive"],
}

each_form = pytest.mark.parametrize("step", FORMS)


@each_form
def test_form_reaches_every_key_of_its_step(step: str, brief: Path, open_form: Opener) -> None:
    of_the_step = {key for key in leaves(Brief) if key.split(".")[0] in ROOTS[step]}
    assert set(open_form(step, brief).sheet.leaves()) == of_the_step


def test_every_key_of_the_brief_has_a_form() -> None:
    roots = {root for keys in ROOTS.values() for root in keys}
    assert roots == {key.split(".")[0] for key in leaves(Brief)} - {"format"}


@each_form
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_opening_a_form_changes_nothing(
    step: str, example: Path, tmp_path: Path, open_form: Opener
) -> None:
    path = Path(shutil.copy(example, tmp_path))
    before = path.read_bytes()
    form = open_form(step, path)
    form.flush()
    assert form.sheet.tree == open_brief(path).parsed.tree
    assert path.read_bytes() == before


def test_typed_goal_is_in_the_file_within_a_second(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    field(form, "goal.statement").text.value = "Reduce churn by a tenth"
    assert "Saving" in form.status
    assert wait_for(lambda: stored(brief, "goal.statement") == "Reduce churn by a tenth", seconds=1)
    assert wait_for(lambda: form.status.startswith("Saved at"), seconds=1)
    assert re.fullmatch(rf"Saved at \d\d:\d\d:\d\d to {re.escape(str(brief))}\.?", form.status)


def test_typing_without_a_pause_is_saved_all_the_same(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    statement = field(form, "goal.statement").text
    end = time.monotonic() + 1.2
    while time.monotonic() < end:
        statement.value += "word "
        time.sleep(0.05)
    assert stored(brief, "goal.statement").startswith("word word")


def test_reopened_form_shows_what_was_typed(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    field(form, "goal.metric").text.value = "monthly churn"
    field(form, "goal.levers").text.value = "price\nonboarding"
    field(form, "goal.by").calendar.text.value = "2027-03-31"
    field(form, "status").menu.value = "in review"
    field(form, "illustrative").box.value = True
    form.flush()
    again = open_form("goal", brief)
    assert field(again, "goal.metric").text.value == "monthly churn"
    assert field(again, "goal.levers").text.value == "price\nonboarding"
    assert field(again, "goal.by").calendar.picker.value.isoformat() == "2027-03-31"
    assert field(again, "status").menu.value == "in review"
    assert field(again, "illustrative").box.value is True
    assert open_brief(brief).problems == ()


def test_comments_of_the_file_stay(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    field(form, "goal.metric").text.value = "monthly churn"
    form.flush()
    assert "# One brief, one file." in brief.read_text()
    assert "status: draft  # then: in review, decided" in brief.read_text()


def test_cleared_statement_becomes_the_starter_and_is_shown_as_empty(
    brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    statement = field(form, "goal.statement").text
    assert statement.value == ""
    assert statement.placeholder == STARTER_STATEMENT
    statement.value = "A goal"
    form.flush()
    statement.value = ""
    form.flush()
    assert stored(brief, "goal.statement") == STARTER_STATEMENT
    assert statement.value == ""


def test_cleared_title_is_not_saved_and_says_so(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    title = field(form, "title")
    title.text.value = ""
    form.flush()
    assert stored(brief, "title") == "New brief"
    assert "a brief needs a title" in title._note.value
    title.text.value = "Churn"
    form.flush()
    assert stored(brief, "title") == "Churn"
    assert "needs a title" not in title._note.value


def test_wrong_value_is_saved_as_typed_and_shown_as_wrong(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    by, target = field(form, "goal.by"), field(form, "goal.target")
    by.calendar.text.value = "next spring"
    target.number.value = "much better"
    form.flush()
    assert stored(brief, "goal.by") == "next spring"
    assert stored(brief, "goal.target") == "much better"
    assert "expected a date" in by._note.value.lower()
    assert "expected a number" in target._note.value.lower()
    by.calendar.text.value = "2027-03-31"
    form.flush()
    assert "expected" not in by._note.value.lower()
    again = open_form("goal", brief)
    assert field(again, "goal.target").number.value == "much better"


def test_preview_follows_what_is_saved(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    field(form, "goal.metric").text.value = "churn <b>per</b> month"
    form.flush()
    assert "churn &lt;b&gt;per&lt;/b&gt; month" in form._preview.value


def test_not_applicable_takes_the_place_of_a_control_and_gives_it_back(
    brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    owner = field(form, "goal.owner")
    owner.text.value = "VP Growth"
    owner._absence.toggle.value = True
    form.flush()
    assert stored(brief, "goal.owner") == "VP Growth"  # until there is a reason
    owner._absence.reason.value = "nobody yet"
    form.flush()
    assert stored(brief, "goal.owner") == "n/a: nobody yet"
    again = field(open_form("goal", brief), "goal.owner")
    assert again._absence.toggle.value is True
    assert again._absence.reason.value == "nobody yet"
    owner._absence.toggle.value = False
    form.flush()
    assert stored(brief, "goal.owner") == "VP Growth"
    assert owner.text.value == "VP Growth"


@pytest.mark.parametrize("key", ["value", "experiment", "metrics.model", "metrics.minimum_viable"])
def test_whole_part_can_be_not_applicable(key: str, churn: Path, open_form: Opener) -> None:
    before = stored(churn, key)
    form = open_form("metrics", churn)
    part = field(form, key)
    part._absence.toggle.value = True
    part._absence.reason.value = "decided elsewhere"
    form.flush()
    assert stored(churn, key) == "n/a: decided elsewhere"
    assert open_brief(churn).problems == ()
    part._absence.toggle.value = False
    form.flush()
    assert stored(churn, key) == before


def test_read_only_brief_opens_with_everything_locked(brief: Path, open_form: Opener) -> None:
    brief.chmod(0o444)
    before = brief.read_bytes()
    form = open_form("goal", brief)
    assert "read-only" in form._main.children[0].value
    assert "chmod u+w" in form._main.children[0].value
    assert field(form, "goal.statement").text.disabled
    assert field(form, "goal.by").calendar.picker.disabled
    assert field(form, "goal.owner")._absence.toggle.disabled
    more = field(form, "goal.baseline").more
    assert not more.disabled  # looking is allowed
    more.value = True
    assert field(form, "goal.baseline").unit.disabled
    brief.chmod(0o644)
    form.reload()
    assert form.writable
    assert not field(form, "goal.statement").text.disabled
    assert brief.read_bytes() == before


def test_brief_that_turns_read_only_loses_nothing_typed(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    brief.chmod(0o444)
    field(form, "goal.metric").text.value = "churn"
    form.flush()
    assert form.status.startswith("Not saved:")
    assert "read-only" in form.status
    brief.chmod(0o644)
    form.flush()
    assert stored(brief, "goal.metric") == "churn"


def test_deleted_brief_is_said_and_what_was_typed_is_kept(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    text = brief.read_text()
    brief.unlink()
    field(form, "goal.metric").text.value = "churn"
    form.flush()
    assert form.status.startswith("Not saved:")
    assert "no such file" in form.status
    brief.write_text(text)
    form.flush()
    assert stored(brief, "goal.metric") == "churn"


@each_form
def test_without_a_person_the_section_is_shown(step: str) -> None:
    path = ROOT / "examples/churn-feed/brief.yaml"
    shown = FORMS[step](str(path))
    assert isinstance(shown, Section)
    assert shown.name == step
    assert "text/html" in shown._repr_mimebundle_()


@each_form
def test_missing_brief_is_an_error_without_a_person_and_a_notice_with_one(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BriefError, match="no such file"):
        FORMS[step](str(tmp_path / "none.yaml"))
    monkeypatch.setenv("FRAMING_FORMS", "on")
    shown = FORMS[step](str(tmp_path / "<none>.yaml"))
    assert isinstance(shown, Notice)
    assert "&lt;none&gt;.yaml" in shown._repr_html_()
    assert "Check the spelling" in shown._repr_html_()


@pytest.mark.parametrize(
    ("environment", "present"),
    [
        ({}, False),
        ({"JPY_SESSION_NAME": "/a/1_business_goal.ipynb"}, True),
        ({"VOILA_REQUEST_URL": "http://localhost"}, True),
        ({"JPY_SESSION_NAME": "x", "FRAMING_FORMS": "off"}, False),
        ({"FRAMING_FORMS": "on"}, True),
    ],
)
def test_person_is_present_by_signs_or_by_word(environment: dict[str, str], present: bool) -> None:
    assert is_present(environment, names=()) is present


def test_person_is_present_in_vs_code() -> None:
    assert is_present({}, names={"__vsc_ipynb_file__": "/a/1_business_goal.ipynb"})


def test_person_with_an_unknown_word_is_refused() -> None:
    with pytest.raises(UsageError, match="expected on or off, found 'maybe'"):
        is_present({"FRAMING_FORMS": "maybe"})
