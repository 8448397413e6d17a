"""Two people, or two workbooks, on one brief: nothing that either typed is lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from driving import Opener, field, stored

from kit.brief import files, open_brief, save
from kit.errors import BriefError, ConflictError, LockedError
from kit.widgets.draft import Draft
from kit.widgets.merging import applied, differences, pruned, touching


def elsewhere(path: Path, key: str, value: object) -> None:
    """What another workbook, an editor or git does."""
    save(open_brief(path), {key: value})


def kept(path: Path) -> list[Path]:
    return sorted(path.parent.glob("brief.yours-*.yaml"))


def test_change_elsewhere_to_another_key_is_taken_in(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    metric, owner = field(form, "goal.metric"), field(form, "goal.owner")
    elsewhere(brief, "goal.owner", "VP Growth")
    metric.text.value = "churn"
    form.flush()
    assert (stored(brief, "goal.metric"), stored(brief, "goal.owner")) == ("churn", "VP Growth")
    assert (metric.text.value, owner.text.value) == ("churn", "VP Growth")
    assert "Changes made elsewhere were taken in" in form.status
    assert kept(brief) == []


def test_change_elsewhere_to_the_same_key_keeps_both(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    metric = field(form, "goal.metric")
    elsewhere(brief, "goal.metric", "theirs")
    metric.text.value = "mine"
    form.flush()
    assert "Not saved" in form.status
    assert "goal.metric was changed elsewhere too" in form.status
    (aside,) = kept(brief)
    assert aside.name in form.status
    assert stored(brief, "goal.metric") == "theirs"
    assert stored(aside, "goal.metric") == "mine"
    assert metric.text.value == "mine"


def test_typing_on_during_a_conflict_is_kept_in_the_same_file(
    brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    elsewhere(brief, "goal.metric", "theirs")
    field(form, "goal.metric").text.value = "mine"
    form.flush()
    field(form, "goal.metric").text.value = "mine, longer"
    field(form, "goal.owner").text.value = "VP Growth"
    form.flush()
    (aside,) = kept(brief)
    assert stored(aside, "goal.metric") == "mine, longer"
    assert stored(aside, "goal.owner") == "VP Growth"
    assert stored(brief, "goal.metric") == "theirs"


def test_conflict_ends_with_what_was_typed_here(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    elsewhere(brief, "goal.metric", "theirs")
    elsewhere(brief, "goal.unit", "%")
    field(form, "goal.metric").text.value = "mine"
    form.flush()
    form._status._mine.click()
    assert (stored(brief, "goal.metric"), stored(brief, "goal.unit")) == ("mine", "%")
    assert form.status.startswith("Saved at")


def test_conflict_ends_with_what_stands_in_the_file(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    metric = field(form, "goal.metric")
    elsewhere(brief, "goal.metric", "theirs")
    metric.text.value = "mine"
    field(form, "goal.owner").text.value = "VP Growth"
    form.flush()
    form._status._theirs.click()
    assert metric.text.value == "theirs"
    assert (stored(brief, "goal.metric"), stored(brief, "goal.owner")) == ("theirs", "VP Growth")
    metric.text.value = "typed after"
    form.flush()
    assert stored(brief, "goal.metric") == "typed after"


def test_same_change_on_both_sides_is_no_conflict(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    elsewhere(brief, "goal.metric", "churn")
    field(form, "goal.metric").text.value = "churn"
    form.flush()
    assert stored(brief, "goal.metric") == "churn"
    assert kept(brief) == []


def test_two_forms_edit_two_rows_of_one_list(churn: Path, open_form: Opener) -> None:
    one, two = open_form("metrics", churn), open_form("metrics", churn)
    one["metrics.guardrails"].cards[0].fold(folded=False)
    two["metrics.guardrails"].cards[1].fold(folded=False)
    field(one, "metrics.guardrails.0.name").text.value = "first"
    one.flush()
    field(two, "metrics.guardrails.1.name").text.value = "second"
    two.flush()
    names = [row["name"] for row in stored(churn, "metrics.guardrails")]
    assert names[:2] == ["first", "second"]
    one.reload()
    assert one["metrics.guardrails"].cards[1].raw["name"] == "second"


@pytest.mark.parametrize(
    "theirs",
    [
        [{"finding": "two"}, {"finding": "one"}],
        [{"finding": "other"}, {"finding": "two"}],
        [{"finding": "two"}],
    ],
)
def test_row_that_moved_elsewhere_is_not_mistaken_for_another(
    brief: Path, open_form: Opener, theirs: list
) -> None:
    elsewhere(brief, "problem.evidence", [{"finding": "one"}, {"finding": "two"}])
    form = open_form("problem", brief)
    elsewhere(brief, "problem.evidence", theirs)
    field(form, "problem.evidence.0.source").text.value = "mine"
    form.flush()
    assert "problem.evidence was changed elsewhere too" in form.status
    assert stored(brief, "problem.evidence") == theirs
    (aside,) = kept(brief)
    mine = [{"finding": "one", "source": "mine"}, {"finding": "two"}]
    assert stored(aside, "problem.evidence") == mine
    form._status._mine.click()
    assert stored(brief, "problem.evidence") == mine
    assert kept(brief) == [aside]


def test_row_that_stays_is_edited_while_others_move_elsewhere(
    brief: Path, open_form: Opener
) -> None:
    rows = [{"finding": name} for name in ("one", "two", "three")]
    elsewhere(brief, "problem.evidence", rows)
    form = open_form("problem", brief)
    elsewhere(brief, "problem.evidence", [rows[0], rows[2], rows[1]])
    field(form, "problem.evidence.0.source").text.value = "mine"
    form.flush()
    merged = [{"finding": "one", "source": "mine"}, rows[2], rows[1]]
    assert stored(brief, "problem.evidence") == merged
    assert kept(brief) == []


@pytest.mark.parametrize("strange", ["my long typed text", ["one", "two"]])
def test_what_stands_where_a_group_belongs_is_kept_when_typed_over(
    brief: Path, open_form: Opener, strange: object
) -> None:
    elsewhere(brief, "goal", strange)
    form = open_form("goal", brief)
    assert "It stays as it is until" in field(form, "goal")._note.value
    before = brief.read_text()
    field(form, "goal.metric").text.value = "churn"
    form.flush()
    field(form, "goal.owner").text.value = "VP Growth"
    form.flush()
    assert stored(brief, "goal") == {"metric": "churn", "owner": "VP Growth"}
    (aside,) = kept(brief)
    assert aside.read_text() == before
    assert f"What was typed over is kept in {aside.name}." in form.status
    assert "It stays as it is until" not in field(form, "goal")._note.value


def test_text_where_rows_belong_is_kept_when_an_empty_row_is_removed(
    brief: Path, open_form: Opener
) -> None:
    elsewhere(brief, "problem.evidence", "we asked around")
    form = open_form("problem", brief)
    rows = field(form, "problem.evidence")
    rows._button.click()
    rows.cards[0]._remove.click()
    form.flush()
    (aside,) = kept(brief)
    assert stored(aside, "problem.evidence") == "we asked around"


def test_reason_why_a_group_does_not_apply_needs_no_copy(brief: Path, open_form: Opener) -> None:
    elsewhere(brief, "goal", "n/a: no business yet")
    form = open_form("goal", brief)
    field(form, "goal.metric").text.value = "churn"
    form.flush()
    assert stored(brief, "goal") == {"metric": "churn"}
    assert kept(brief) == []


def test_typing_undone_before_it_is_saved_leaves_nothing_to_wait_for(
    brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    metric, said = field(form, "goal.metric"), form.status
    metric.text.value = "churn"
    assert form.status == "Saving…"
    metric.text.value = ""
    form._tick()
    assert form.status == said


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_brief_that_is_no_file_any_more_blocks_nothing(
    brief: Path, open_form: Opener, make: Callable[[Path], None]
) -> None:
    form, was = open_form("goal", brief), open_brief(brief)
    brief.unlink()
    make(brief)
    field(form, "goal.metric").text.value = "churn"
    saving = threading.Thread(target=form.flush, daemon=True)
    saving.start()
    saving.join(timeout=5)
    assert not saving.is_alive()
    assert "Not saved" in form.status
    with pytest.raises(BriefError, match="expected a file"):
        save(was, {"title": "Churn"})


def test_forms_saving_at_the_same_time_lose_nothing(brief: Path, open_form: Opener) -> None:
    forms = {key: open_form("goal", brief) for key in ("goal.metric", "goal.owner", "goal.unit")}

    def type_in(key: str) -> None:
        for count in range(8):
            field(forms[key], key).text.value = f"{key} {count}"
            forms[key].flush()

    threads = [threading.Thread(target=type_in, args=(key,)) for key in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for form in forms.values():
        form.flush()
    assert {key: stored(brief, key) for key in forms} == {key: f"{key} 7" for key in forms}
    assert kept(brief) == []


def test_form_that_was_opened_by_its_folder_waits_for_whoever_saves_the_file(
    brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.2)
    draft = Draft(str(brief.parent))
    draft.mine = applied(draft.mine, {("goal", "metric"): "mine"})
    with files.locked(brief):
        with pytest.raises(LockedError):
            draft.save()
        with pytest.raises(LockedError):
            draft.take_in()
    draft.save()
    assert stored(brief, "goal.metric") == "mine"


def test_form_in_which_nothing_is_typed_waits_for_nobody(brief: Path) -> None:
    draft = Draft(str(brief))
    with files.locked(brief):
        draft.take_in()
        draft.save()
        assert save(draft.file, {}).text == draft.file.text


def test_file_broken_elsewhere_is_left_alone_and_what_was_typed_kept(
    brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    broken = "format: 1\ntitle: [unfinished\n"
    brief.write_text(broken)
    field(form, "goal.metric").text.value = "mine"
    form.flush()
    with pytest.raises(BriefError) as wrong:
        open_brief(brief)
    assert "cannot be read" in form.status
    assert str(wrong.value) in form.status
    assert brief.read_text() == broken
    (aside,) = kept(brief)
    assert stored(aside, "goal.metric") == "mine"


def test_reading_again_shows_changes_made_elsewhere(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    owner = field(form, "goal.owner")
    elsewhere(brief, "goal.owner", "VP Growth")
    form.reload()
    assert owner.text.value == "VP Growth"


def test_draft_holds_its_path_when_the_working_directory_changes(
    brief: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(brief.parent)
    draft = Draft("brief.yaml")
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    draft.mine = applied(draft.mine, {("title",): "Churn"})
    draft.save()
    assert stored(brief, "title") == "Churn"


def test_draft_of_a_folder_without_a_brief_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match=r"none in it"):
        Draft(str(tmp_path))


def test_draft_in_conflict_does_not_touch_the_file(brief: Path) -> None:
    draft = Draft(str(brief))
    elsewhere(brief, "title", "Theirs")
    draft.mine = applied(draft.mine, {("title",): "Mine"})
    with pytest.raises(ConflictError):
        draft.save()
    assert draft.disputed == ("title",)
    (aside,) = kept(brief)
    draft.mine = applied(draft.mine, {("title",): "Mine, longer"})
    with pytest.raises(ConflictError):
        draft.save()
    assert kept(brief) == [aside]
    assert stored(aside, "title") == "Mine, longer"
    assert stored(brief, "title") == "Theirs"


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ({"a": "1"}, {"a": "1"}, {}),
        ({"a": "1"}, {"a": "1", "b": ""}, {}),
        ({"a": "1"}, {}, {("a",): None}),
        ({"a": {"b": "1", "c": "2"}}, {"a": {"b": "3", "c": "2"}}, {("a", "b"): "3"}),
        ({"a": ["1", "2"]}, {"a": ["2", "1"]}, {("a",): ["2", "1"]}),
        ({"q": {"f.1": "1"}}, {"q": {"f.1": "2"}}, {("q",): {"f.1": "2"}}),
        ({"a": {"n/a": "x"}}, {"a": {"b": "1"}}, {("a",): {"b": "1"}}),
    ],
)
def test_differences_are_the_smallest(old: dict, new: dict, changes: dict) -> None:
    assert differences(old, new) == changes
    assert pruned(applied(old, changes)) == pruned(new)


def test_differences_by_row_name_the_row() -> None:
    old = {"a": [{"x": "1"}, {"x": "2"}]}
    new = {"a": [{"x": "1"}, {"x": "3"}]}
    assert differences(old, new, beside=old) == {("a", 1, "x"): "3"}


def test_touching_changes_are_those_at_or_above_the_same_place() -> None:
    mine = {("a", "b"): "1", ("c",): "2", ("d", 0): "3"}
    assert touching(mine, {("a",): None, ("c",): "2", ("d", 1): "4"}) == {("a", "b"): "1"}
