"""Single fields: each control writes what was typed, and shows whatever a file may hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from driving import Opener, field, stored

from kit.brief import open_brief, save

HOSTILE = [
    "no", "null", "~", "1e5", "12:30", "2024-01-01", "0o7", "yes: no", "- dash", "# comment", "'", '"',
    "{a: b}", "[1, 2]", "*alias", "&anchor", "!tag", "%", "@", "`", "|", ">", "? key", "a: b # c",
    "back\\slash", "<b>bold</b>", "$x^2$", "Σ ω 日本 🙂", "é", "a" * 400, "NaN", ".inf", "true", "=1+1",
    "trailing:", ": leading", "\ttab", "n/a", "null null", "--- ", "...",
]  # fmt: skip
LONG = [
    "two\nlines",
    "a\n\n  indented\n\nend",
    "- list\n- of\n- three",
    "  lead\nnext",
    "x \ny",
    "# a\n# b",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_line_writes_exactly_what_was_typed(text: str, brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    field(form, "goal.metric").text.value = text
    form.flush()
    assert form.status.startswith("Saved"), form.status
    assert stored(brief, "goal.metric") == text.strip()
    assert field(open_form("goal", brief), "goal.metric").text.value == text.strip()


@pytest.mark.parametrize("text", HOSTILE + LONG, ids=ascii)
def test_prose_writes_exactly_what_was_typed(text: str, brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    field(form, "goal.if_nothing").text.value = text
    form.flush()
    assert form.status.startswith("Saved"), form.status
    assert stored(brief, "goal.if_nothing") == text.strip()


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("origin", ["", "guess"])
def test_amount_writes_exactly_what_was_typed(
    text: str, origin: str, brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    worth = field(form, "goal.worth")
    worth.origin.value = origin
    worth.number.value = text
    form.flush()
    assert form.status.startswith("Saved"), form.status
    expected = {"value": text.strip(), "from": origin} if origin else text.strip()
    assert stored(brief, "goal.worth") == expected


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_words_write_each_line(text: str, brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    field(form, "goal.levers").text.value = f"price\n\n{text}\n"
    form.flush()
    assert form.status.startswith("Saved"), form.status
    assert stored(brief, "goal.levers") == ["price", text.strip()]


@pytest.mark.parametrize(
    "text", ["half \ud83d", "zero\x00byte", "bell\x07", "rtl\u202eover", "a\x85b"]
)
def test_unreadable_characters_do_not_stop_saving(
    text: str, brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    field(form, "goal.metric").text.value = text
    field(form, "goal.owner").text.value = "VP Growth"
    form.flush()
    assert form.status.startswith("Saved"), form.status
    assert stored(brief, "goal.owner") == "VP Growth"


# What a file may hold at any key, right or wrong.
SHAPES: list[Any] = [
    "text", ["a", "b"], ["a", {"b": "c"}], {"a": "b"}, {"value": "5", "odd": "1"}, {"value": ["5"]},
    {"low": "1"}, {"value": "1", "low": "2", "high": "3"}, "n/a: no", {"n/a": "no"}, [["a"]], [{}, "b"],
]  # fmt: skip
KEYS = [
    "goal.statement", "goal.metric", "goal.baseline", "goal.by", "goal.levers", "decision", "status",
    "illustrative", "title", "author",
]  # fmt: skip


@pytest.mark.parametrize("raw", SHAPES, ids=ascii)
@pytest.mark.parametrize("key", KEYS)
def test_whatever_a_file_holds_stays_until_it_is_typed_over(
    key: str, raw: Any, brief: Path, open_form: Opener
) -> None:
    save(open_brief(brief), {key: raw})
    before = brief.read_bytes()
    form = open_form("goal", brief)
    field(form, key)
    form.flush()
    assert brief.read_bytes() == before
    held = open_brief(brief).parsed.tree
    field(form, "goal.owner").text.value = "VP Growth"
    form.flush()
    held["goal"]["owner"] = "VP Growth"
    assert open_brief(brief).parsed.tree == held


@pytest.mark.parametrize(
    ("raw", "ends", "origin"),
    [
        ("5%", ("5%", "", ""), ""),
        ("10% to 30%", ("10% to 30%", "", ""), ""),
        ({"value": "5", "unit": "%"}, ("5", "", ""), ""),
        ({"low": "1", "high": "2", "from": "guess"}, ("", "1", "2"), "guess"),
        ({"value": "5", "from": "hearsay"}, ("5", "", ""), "hearsay"),
    ],
)
def test_amount_shows_every_way_of_writing_it(
    raw: Any, ends: tuple[str, str, str], origin: str, brief: Path, open_form: Opener
) -> None:
    save(open_brief(brief), {"goal.worth": raw})
    worth = field(open_form("goal", brief), "goal.worth")
    assert (worth.number.value, worth.low.value, worth.high.value) == ends
    assert worth.origin.value == origin


def test_amount_with_all_there_is_to_say(brief: Path, open_form: Opener) -> None:
    form = open_form("goal", brief)
    baseline = field(form, "goal.baseline")
    baseline.number.value = "5.0"
    baseline.origin.value = "measured"
    baseline.more.value = True
    baseline.unit.value = "%"
    baseline.source.value = "billing export"
    baseline.on.text.value = "2026-09-30"
    form.flush()
    assert stored(brief, "goal.baseline") == {
        "value": "5.0",
        "unit": "%",
        "from": "measured",
        "source": "billing export",
        "on": "2026-09-30",
    }
    baseline.more.value = False
    assert "in % · source: billing export · as of 2026-09-30" in baseline._note.value
    assert open_brief(brief).problems == ()


def test_amount_turns_into_a_range_and_back_without_losing_an_end(
    brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    worth = field(form, "goal.worth")
    worth.number.value = "0.8e6"
    worth.more.value = True
    worth.ranged.value = True
    worth.high.value = "1.6e6"
    form.flush()
    assert stored(brief, "goal.worth") == {"low": "0.8e6", "high": "1.6e6"}
    worth.ranged.value = False
    form.flush()
    assert stored(brief, "goal.worth") == "0.8e6"
    worth.ranged.value = True
    form.flush()
    assert stored(brief, "goal.worth") == {"low": "0.8e6", "high": "1.6e6"}


def test_range_typed_as_text_becomes_two_ends_once_it_has_an_origin(
    brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    worth = field(form, "goal.worth")
    worth.number.value = "10% to 30%"
    form.flush()
    assert stored(brief, "goal.worth") == "10% to 30%"
    worth.origin.value = "guess"
    form.flush()
    assert stored(brief, "goal.worth") == {"low": "10%", "high": "30%", "from": "guess"}
    assert open_brief(brief).problems == ()


def test_unknown_word_of_a_choice_is_kept_as_a_choice(brief: Path, open_form: Opener) -> None:
    save(open_brief(brief), {"status": "almost done"})
    form = open_form("goal", brief)
    status = field(form, "status")
    assert status.menu.label == "almost done (as in the file)"
    assert "Expected one of draft, in review, decided" in status._note.value
    status.menu.value = "decided"
    form.flush()
    assert stored(brief, "status") == "decided"


@pytest.mark.parametrize(("word", "shown"), [("true", "yes"), ("No", "no"), ("on", "yes")])
def test_yes_and_no_are_read_in_every_spelling(
    word: str, shown: str, brief: Path, open_form: Opener
) -> None:
    save(open_brief(brief), {"data.sources": [{"name": "logs", "personal": word}]})
    form = open_form("data", brief)
    personal = field(form, "data.sources.0.personal")
    assert personal.menu.label == shown
    form.flush()
    assert stored(brief, "data.sources.0.personal") == word
    personal.menu.value = ""
    form.flush()
    assert stored(brief, "data.sources") == [{"name": "logs"}]


def test_day_is_picked_typed_and_cleared(brief: Path, open_form: Opener) -> None:
    import datetime as dt

    form = open_form("goal", brief)
    by = field(form, "goal.by").calendar
    by.picker.value = dt.date(2027, 3, 31)
    form.flush()
    assert stored(brief, "goal.by") == "2027-03-31"
    by.text.value = "2027-02-30"
    form.flush()
    assert stored(brief, "goal.by") == "2027-02-30"
    assert by.picker.value is None
    assert "a date that exists" in field(form, "goal.by")._note.value
    by.text.value = ""
    form.flush()
    assert stored(brief, "goal.by") is None


def test_typed_not_applicable_is_understood_when_it_is_read_again(
    brief: Path, open_form: Opener
) -> None:
    form = open_form("goal", brief)
    for key, control in (("owner", "text"), ("levers", "text"), ("worth", "number")):
        getattr(field(form, f"goal.{key}"), control).value = "n/a: not ours to say"
    form.flush()
    again = open_form("goal", brief)
    for key in ("owner", "levers", "worth"):
        assert stored(brief, f"goal.{key}") == "n/a: not ours to say"
        assert field(again, f"goal.{key}")._absence.reason.value == "not ours to say"
    assert open_brief(brief).problems == ()


def test_names_given_elsewhere_are_offered(churn: Path, open_form: Opener) -> None:
    form = open_form("hypothesis", churn)
    assert field(form, "hypothesis.chosen").text.options == (
        "most-played list",
        "matrix factorisation",
        "sequence model",
    )
    field(form, "hypothesis.paths").cards[0].fold(folded=False)
    field(form, "hypothesis.paths.0.name").text.value = "charts"
    form.flush()
    assert field(form, "hypothesis.chosen").text.options[0] == "charts"


def test_every_control_has_a_label(churn: Path, open_form: Opener) -> None:
    """What a person types into is named by a real label, in all five forms."""
    import ipywidgets

    typed = (
        ipywidgets.Text,
        ipywidgets.Textarea,
        ipywidgets.Dropdown,
        ipywidgets.Checkbox,
        ipywidgets.DatePicker,
    )
    for step in ("goal", "problem", "hypothesis", "metrics", "data"):
        todo = [open_form(step, churn).widget]
        while todo:
            widget = todo.pop()
            todo += getattr(widget, "children", ())
            if isinstance(widget, (*typed, ipywidgets.Button, ipywidgets.ToggleButton)):
                assert widget.description.strip(), widget
