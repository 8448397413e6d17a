"""What a person reads when a file cannot be read: each time the file, line or row, key, and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.brief import load, open_brief, read_table
from kit.errors import BriefError

GOOD = "format: 1\ntitle: Churn\ngoal:\n  statement: Less churn\n"
NUMBER = "expected a number such as 5, 5%, 30 ms or 10% to 30%"
DIGITS = "Write digits with a point for decimals and no thousands separator, then the unit."

BRIEFS = {
    "an empty file": (
        "",
        ":1: expected keys such as `title:` at the start of lines, found nothing. See `framing new`.",
    ),
    "a syntax error": (
        GOOD + "data:\n  moat: n/a: public data only\n",
        (
            ":6: data.moat: expected YAML, found a second colon in the line. "
            'Put the text behind the first colon in quotes: key: "text: more text".'
        ),
    ),
    "a duplicate key": (
        GOOD + "title: Again\n",
        ":5: title: expected every key once, found `title` again (first in line 2). Keep one of the two.",
    ),
    "an unknown key": (
        GOOD + "  baselin: 5%\n",
        ":5: goal.baselin: expected a known key, found `baselin`. Did you mean `baseline`?",
    ),
    "a text cut by a comma": (
        GOOD + "metrics:\n  guardrails: [{name: tickets per 1,000, limit: 8}]\n",
        (
            ":6: metrics.guardrails.0.000: expected a known key, found `000`. "
            "A comma cut it off: write a number without one, as in 100000; put a text with one in quotes."
        ),
    ),
    "a group where a text should be": (
        GOOD + "author: {name: Ann}\n",
        ":5: author: expected text, found {name: Ann}. Write one piece of text here, not a list or a group of keys.",
    ),
    "a text where a list should be": (
        GOOD + "  levers: price\n",
        ":5: goal.levers: expected a list, found 'price'. Start each entry with `- `, or write [one, two].",
    ),
    "a target that is text": (
        GOOD + "  target: much lower\n",
        f":5: goal.target: {NUMBER}, found 'much lower'. {DIGITS}",
    ),
    "a thousands separator": (
        GOOD + "problem:\n  reach: {value: '48,000', unit: people}\n",
        f":6: problem.reach.value: {NUMBER}, found '48,000'. {DIGITS}",
    ),
    "a range upside down": (
        GOOD + "  worth:\n    low: 3\n    high: 1\n",
        ":5: goal.worth: expected `low` not above `high`, found {low: 3, high: 1}. Swap the two ends.",
    ),
    "two units": (
        GOOD + "  worth: {low: 3 USD, high: 5 EUR}\n",
        (
            ":5: goal.worth.high: expected one unit, not both 'USD' and 'EUR', found '5 EUR'. "
            "Write both numbers in one unit."
        ),
    ),
    "a date that does not exist": (
        GOOD + "  by: 2027-02-29\n",
        ":5: goal.by: expected a date that exists, found '2027-02-29'. Look the day up in a calendar.",
    ),
    "a word that is none of the words": (
        GOOD + "status: In Review\n",
        ":5: status: expected one of draft, in review, decided, found 'In Review'. Did you mean 'in review'?",
    ),
    "a missing key": (
        "format: 1\ntitle: Churn\ngoal:\n  metric: churn\n",
        ":3: goal.statement: expected this key, found nothing. Add `statement:`, which cannot be left out.",
    ),
    "a version to come": (
        GOOD.replace("format: 1", "format: 2"),
        ":1: format: expected 1, found '2'. Write 1.",
    ),
    "an anchor": (
        GOOD + "  owner: &boss VP\n",
        (
            ":5: goal.owner: expected plain values, found an anchor or alias (`&` or `*`). "
            "Write the value out, or put it in quotes."
        ),
    ),
    "two briefs": (
        GOOD + "---\n" + GOOD,
        ":5: expected one brief in a file, found a second one after `---`. Give it a file of its own.",
    ),
}


@pytest.mark.parametrize("case", BRIEFS)
def test_brief_that_is_wrong_is_told(tmp_path: Path, case: str):
    text, said = BRIEFS[case]
    (tmp_path / "brief.yaml").write_text(text, "utf-8")
    with pytest.raises(BriefError) as caught:
        load(tmp_path, name="churn/brief.yaml")
    assert str(caught.value) == f"churn/brief.yaml{said}"
    assert caught.value.exit_code == 2


TABLES = {
    "an empty table": (
        "",
        (
            ": expected a header row and at least one brief, found an empty table. "
            "Start with the columns `title` and `goal.statement`."
        ),
    ),
    "a header alone": (
        "title,goal.statement\n",
        (
            ": expected at least one brief below the header, found no rows. "
            "Start with the columns `title` and `goal.statement`."
        ),
    ),
    "an unknown column": (
        "title,goal.statment\nChurn,Less\n",
        (
            " row 1: goal.statment: expected a key of a brief in column 2, found 'goal.statment'. "
            "Did you mean `goal.statement`?"
        ),
    ),
    "a repeated column": (
        "title,goal.statement,title\nChurn,Less,Churn\n",
        " row 1: title: expected every column once, found 'title' again. Delete one of the two.",
    ),
    "an open quote": (
        'title,goal.statement\nChurn,"Less\nMusic,More\n',
        (
            " row 2: expected cells in quotes that are closed, found a quote that is never closed. "
            "Close the quote; a quote inside a text is written twice."
        ),
    ),
}


@pytest.mark.parametrize("case", TABLES)
def test_table_that_is_wrong_is_told(tmp_path: Path, case: str):
    text, said = TABLES[case]
    (tmp_path / "ideas.csv").write_text(text, "utf-8")
    with pytest.raises(BriefError) as caught:
        read_table(tmp_path / "ideas.csv", name="ideas.csv")
    assert str(caught.value) == f"ideas.csv{said}"
    assert caught.value.exit_code == 2


def test_row_that_is_wrong_is_told_and_the_others_are_read(tmp_path: Path):
    text = "title,goal.statement,goal.target\nOne,x,5%\nTwo,y,lots\nThree,z,4%\n"
    (tmp_path / "ideas.csv").write_text(text, "utf-8")
    found = read_table(tmp_path / "ideas.csv", name="ideas.csv")
    assert [row.brief is not None for row in found] == [True, False, True]
    (problem,) = found[1].problems
    assert str(problem) == f"ideas.csv row 3: goal.target: {NUMBER}, found 'lots'. {DIGITS}"


def test_brief_that_is_missing_is_told(tmp_path: Path):
    for path, said in (
        (
            tmp_path / "no.yaml",
            "expected a brief, found no such file. Check the spelling of the path.",
        ),
        (
            tmp_path,
            "expected a folder with a brief.yaml, found none in it. Make one: framing new NAME.",
        ),
    ):
        with pytest.raises(BriefError) as caught:
            open_brief(path)
        assert str(caught.value) == f"{path}: {said}"
