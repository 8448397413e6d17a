"""The shared kinds of text: lines, paragraphs and days."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kit.brief.text import LINE_LIMIT, TEXT_LIMIT, Day, Line, Text

LINE, TEXT, DAY = TypeAdapter(Line), TypeAdapter(Text), TypeAdapter(Day)


def refusal(kind: TypeAdapter[Any], written: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        kind.validate_python(written)
    return caught.value.errors()[0]["msg"]


@pytest.mark.parametrize("written", ["2024", "no", "12:30", "1_000", "=", "~", "=SUM(A1)", "a # b"])
def test_line_holds_exactly_what_was_typed(written: str):
    assert LINE.validate_python(written) == written


def test_text_is_brought_to_one_form():
    decomposed = unicodedata.normalize("NFD", "Bücher für Zoë")
    assert decomposed != "Bücher für Zoë"
    assert LINE.validate_python(decomposed) == "Bücher für Zoë"


def test_text_has_line_feeds_only():
    assert TEXT.validate_python(" a\r\nb\rc\u2028d\u2029e \n") == "a\nb\nc\nd\ne"


def test_line_turns_tabs_into_blanks():
    assert LINE.validate_python("a\tb") == "a b"


@pytest.mark.parametrize("written", ["a\nb", "a\r\nb", "a\u2028b"])
def test_line_refuses_line_breaks(written: str):
    assert "expected a single line" in refusal(LINE, written)


@pytest.mark.parametrize(
    "char",
    [
        *"\x00\x07\x1b\x7f\x85\x9f\u202a\u202e\u2066\u2069",
        *("\ud800", "\udfff", "\ue000", "\ufdd0", "\uffff", "\U0001fffe", "\U0010ffff"),
    ],
)
def test_text_refuses_a_character_and_says_which(char: str):
    said = refusal(TEXT, f"ab{char}c")
    assert f"U+{ord(char):04X} at character 3" in said
    assert "Delete that character" in said


@pytest.mark.parametrize(
    "written",
    [
        "🙂",
        "👩‍👩‍👧",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\U0001fae9",  # an emoji younger than the character tables of Python 3.11
        "αβγ",
        "日本語",
        "עברית",
        "العربية",
        "naïve café",
        "a\u00a0b",
        "a\u200eb",
    ],
)
def test_text_accepts_all_scripts_and_signs(written: str):
    assert LINE.validate_python(written) == unicodedata.normalize("NFC", written)


@pytest.mark.parametrize("written", ["", " ", "\n", "\t", "\u200b", "\ufeff", " \u200b "])
def test_text_refuses_to_be_empty(written: str):
    assert "at least 1 character" in refusal(LINE, written)
    assert "at least 1 character" in refusal(TEXT, written)


def test_text_is_limited_in_length():
    assert LINE.validate_python("x" * LINE_LIMIT)
    assert TEXT.validate_python("x" * TEXT_LIMIT)
    assert f"at most {LINE_LIMIT}" in refusal(LINE, "x" * (LINE_LIMIT + 1))
    assert f"at most {TEXT_LIMIT}" in refusal(TEXT, "x" * (TEXT_LIMIT + 1))


@pytest.mark.parametrize("written", [None, True, [], {}, ["a"]])
def test_text_refuses_what_is_no_text(written: Any):
    assert "expected text" in refusal(LINE, written)


@pytest.mark.parametrize(
    ("written", "text"), [(2024, "2024"), (1234567.0, "1234567"), (0.1, "0.1")]
)
def test_text_keeps_the_digits_of_a_number(written: float, text: str):
    assert LINE.validate_python(written) == text


def test_day_reads_the_one_form():
    assert str(DAY.validate_python(" 2028-02-29 ")) == "2028-02-29"


@pytest.mark.parametrize(
    "written", ["2027-02-29", "2027-13-01", "2027-00-10", "2027-06-31", "0000-01-01"]
)
def test_day_refuses_a_date_that_does_not_exist(written: str):
    assert "expected a date that exists" in refusal(DAY, written)


@pytest.mark.parametrize(
    "written",
    [
        *("31.03.2027", "2027/03/31", "2027-3-31", "20270331", "31 March 2027", "2027-03-31T10:00"),
        *("tomorrow", "", "2027", 2027, None, True, "\u0662027-03-31", "2027-W13-3"),
    ],
)
def test_day_refuses_other_forms(written: Any):
    assert "expected a date such as 2027-03-31" in refusal(DAY, written)


def test_day_refuses_a_slip_of_the_century():
    assert "expected a date from 1900 on" in refusal(DAY, "0207-03-31")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_text_once_read_is_read_the_same_again(written: str):
    try:
        once = TEXT.validate_python(written)
    except ValidationError:
        return
    assert TEXT.validate_python(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
