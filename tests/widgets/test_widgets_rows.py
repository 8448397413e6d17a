"""Rows, named values and kinds of value: added, moved, removed, put back, and never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from driving import Opener, field, stored

from kit.brief import Value, open_brief, save
from kit.widgets.form import Form


def put(path: Path, key: str, value: Any) -> None:
    save(open_brief(path), {key: value})


def evidence(form: Form) -> Any:
    return field(form, "problem.evidence")


def type_evidence(form: Form, *findings: str) -> None:
    rows = evidence(form)
    for finding in findings:
        rows._button.click()
        field(form, f"problem.evidence.{len(rows.cards) - 1}.finding").text.value = finding


def findings(path: Path) -> list[str]:
    return [row["finding"] for row in stored(path, "problem.evidence")]


def test_rows_are_added_moved_removed_and_put_back(brief: Path, open_form: Opener) -> None:
    form = open_form("problem", brief)
    type_evidence(form, "one", "two", "three")
    form.flush()
    assert findings(brief) == ["one", "two", "three"]
    rows = evidence(form)
    rows.cards[0]._down.click()
    form.flush()
    assert findings(brief) == ["two", "one", "three"]
    rows.cards[2]._up.click()
    form.flush()
    assert findings(brief) == ["two", "three", "one"]
    rows.cards[1]._remove.click()
    form.flush()
    assert findings(brief) == ["two", "one"]
    assert rows._back.description == "Put piece of evidence 2 back"
    rows._back.click()
    form.flush()
    assert findings(brief) == ["two", "three", "one"]
    assert open_brief(brief).problems == ()


def test_first_row_cannot_move_up_nor_the_last_down(brief: Path, open_form: Opener) -> None:
    form = open_form("problem", brief)
    type_evidence(form, "one", "two")
    first, last = evidence(form).cards
    assert (first._up.disabled, first._down.disabled) == (True, False)
    assert (last._up.disabled, last._down.disabled) == (False, True)


def test_buttons_of_a_row_say_which_row(brief: Path, open_form: Opener) -> None:
    form = open_form("problem", brief)
    type_evidence(form, "one", "two")
    card = evidence(form).cards[1]
    assert card._remove.description == "Remove"
    assert card._remove.tooltip == "Remove piece of evidence 2"
    assert card._name.description == "▾ Piece of evidence 2: two"


def test_empty_row_is_not_saved_and_does_not_shift_problems(brief: Path, open_form: Opener) -> None:
    form = open_form("problem", brief)
    rows = evidence(form)
    rows._button.click()
    type_evidence(form, "two")
    count = field(form, "problem.evidence.1.n")
    count.text.value = "many"
    form.flush()
    assert stored(brief, "problem.evidence") == [{"finding": "two", "n": "many"}]
    assert "Expected a whole number, found &#x27;many&#x27;" in count._note.value
    assert field(form, "problem.evidence.0.n")._note.value.count("Expected") == 0


def test_row_without_what_it_needs_says_so(brief: Path, open_form: Opener) -> None:
    form = open_form("problem", brief)
    evidence(form)._button.click()
    field(form, "problem.evidence.0.source").text.value = "exit survey"
    form.flush()
    assert stored(brief, "problem.evidence") == [{"source": "exit survey"}]
    assert "Needed" in field(form, "problem.evidence.0.finding")._note.value


def test_long_rows_start_folded_and_say_what_is_wrong_inside(
    churn: Path, open_form: Opener
) -> None:
    put(churn, "data.sources.1.history", "for ages")
    form = open_form("data", churn)
    card = field(form, "data.sources").cards[1]
    assert card._name.description == "▸ Source 2: catalogue (something here cannot be read)"
    card._name.click()
    assert card._name.description == "▾ Source 2: catalogue"
    assert "found &#x27;for ages&#x27;" in field(form, "data.sources.1.history")._note.value


def test_row_keeps_its_comment_when_it_moves(churn: Path, open_form: Opener) -> None:
    form = open_form("metrics", churn)
    field(form, "metrics.model").cards[0]._down.click()
    form.flush()
    text = churn.read_text()
    assert "# Left here on purpose: click-through is measured on users" in text
    assert text.index("name: click-through rate") < text.index("name: precision@10")


def test_text_where_rows_are_expected_stays_until_rows_are_typed(
    brief: Path, open_form: Opener
) -> None:
    put(brief, "problem.evidence", "we asked around")
    form = open_form("problem", brief)
    rows = evidence(form)
    assert "The file has we asked around here" in rows._note.value
    form.flush()
    assert stored(brief, "problem.evidence") == "we asked around"
    type_evidence(form, "asked twelve")
    form.flush()
    assert stored(brief, "problem.evidence") == [{"finding": "asked twelve"}]


def test_unknown_key_in_a_row_is_shown_and_stays(brief: Path, open_form: Opener) -> None:
    put(brief, "problem.evidence", [{"finding": "one", "sauce": "survey"}])
    form = open_form("problem", brief)
    card = evidence(form).cards[0]
    assert "Did you mean `source`?" in card._note.value
    field(form, "problem.evidence.0.finding").text.value = "two"
    form.flush()
    assert stored(brief, "problem.evidence") == [{"finding": "two", "sauce": "survey"}]


def test_groups_of_fairness_are_names_until_a_share_is_given(
    brief: Path, open_form: Opener
) -> None:
    put(brief, "metrics.fairness", [{"measure": "recall", "groups": ["language", "age"]}])
    form = open_form("metrics", brief)
    name = field(form, "metrics.fairness.0.groups.0.name")
    assert name.text.value == "language"
    name.text.value = "main language"
    form.flush()
    assert stored(brief, "metrics.fairness.0.groups") == ["main language", "age"]
    field(form, "metrics.fairness.0.groups.1.share").number.value = "14%"
    form.flush()
    expected = ["main language", {"name": "age", "share": "14%"}]
    assert stored(brief, "metrics.fairness.0.groups") == expected
    assert open_brief(brief).problems == ()


def test_named_values_are_added_renamed_and_removed(brief: Path, open_form: Opener) -> None:
    put(brief, "hypothesis.paths", [{"name": "rules", "quality": {"f1": "0.86"}}])
    form = open_form("hypothesis", brief)
    quality = field(form, "hypothesis.paths.0.quality")
    quality._button.click()
    quality.pairs[1].name.value = "precision@10.5"
    quality.pairs[1].value.number.value = "0.2"
    form.flush()
    key = "hypothesis.paths.0.quality"
    assert stored(brief, key) == {"f1": "0.86", "precision@10.5": "0.2"}
    quality.pairs[0].name.value = "F1"
    form.flush()
    assert stored(brief, key) == {"F1": "0.86", "precision@10.5": "0.2"}
    quality.pairs[0]._remove.click()
    form.flush()
    assert stored(brief, key) == {"precision@10.5": "0.2"}


def test_named_value_twice_or_without_a_name_waits_and_says_so(
    brief: Path, open_form: Opener
) -> None:
    form = open_form("data", brief)
    waive = field(form, "waive")
    for name, reason in (("DA204", "cold start"), ("DA204", "again"), ("", "why not")):
        waive._button.click()
        waive.pairs[-1].name.value = name
        waive.pairs[-1].value.text.value = reason
    form.flush()
    assert stored(brief, "waive") == {"DA204": "cold start"}
    assert "DA204 stands here twice" in waive._note.value
    waive.pairs[1].name.value = "DA205"
    form.flush()
    assert stored(brief, "waive") == {"DA204": "cold start", "DA205": "again"}
    assert "has no name" in waive._note.value


@pytest.mark.parametrize("kind", ["detection", "regression", "assist"])
def test_value_shows_the_keys_of_its_kind(kind: str, brief: Path, open_form: Opener) -> None:
    form = open_form("metrics", brief)
    value = field(form, "value")
    field(form, "value.kind").menu.value = kind
    shown = {f.key for f in value.fields if f.widget in value._grid.children}
    assert shown == set(Value.keys_of(kind))


def test_changing_the_kind_of_value_loses_nothing(churn: Path, open_form: Opener) -> None:
    form = open_form("metrics", churn)
    value = field(form, "value")
    before = stored(churn, "value")
    field(form, "value.kind").menu.value = "regression"
    form.flush()
    assert stored(churn, "value") == {**before, "kind": "regression"}
    assert "Acceptance" in value._note.value
    assert "take them out" in value._note.value
    value._leave.click()
    form.flush()
    assert "acceptance" not in stored(churn, "value")
    assert open_brief(churn).problems == ()
