"""A person's own rules: run when their file is named, and never otherwise."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from coaching import BASE, NAMES, ROOT, checked, corrected, merged, plain, told

from kit.errors import UsageError
from kit.rules import RULES, own_rules

GUIDE = (ROOT / "docs" / "own-rules.md").read_text("utf-8")
CODE = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)[1]
BROKEN = '''
from kit.rules import rule

@rule("XX101", "warning")
def always_breaks(case):
    """Breaks.

    Why it matters: it must not hide what other rules find.

    Bad:
        title: any

    Good:
        title: none

    Source: a test.
    """
    yield 1 / 0

RULES = (always_breaks,)
'''


@pytest.fixture
def house(tmp_path):
    path = tmp_path / "house_rules.py"
    path.write_text(CODE)
    return path


def framing(*words, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-P", "-m", "kit", *map(str, words)],
        capture_output=True, text=True, check=False, cwd=cwd,
    )  # fmt: skip


def test_guide_rules_find_their_bad_and_pass_their_good_examples(house):
    rules = own_rules([house])
    assert [rule.code for rule in rules] == ["HR101", "HR102", "HR103"]
    for rule in rules:
        for piece, expected in ((rule.text.bad, True), (rule.text.good, False)):
            found = checked(merged(corrected(BASE), plain(piece)), rules=(*RULES, *rules))
            assert (rule.code in [one.code for one in found]) is expected, (piece, told(found))


def test_own_rule_that_needs_what_is_missing_is_skipped(house):
    tree = corrected(BASE)
    del tree["value"]["volume"]
    found = [
        one for one in checked(tree, rules=(*RULES, *own_rules([house]))) if one.code == "HR103"
    ]
    assert [(one.status, one.reason) for one in found] == [
        ("skipped", "VE101 value-volume-missing")
    ]


def test_own_rules_on_the_command_line_are_found_explained_and_selected(house):
    made = framing(
        "check", "examples/fraud-detection", "--rules", house, "--select", "HR", "--format", "json"
    )
    assert made.returncode == 0, made.stderr
    assert {one["code"] for one in json.loads(made.stdout)} <= {"HR101", "HR102", "HR103"}
    made = framing("explain", "pilot-without-an-amount", "--rules", house)
    assert "our own guide to pilots" in " ".join(made.stdout.split()).casefold()
    assert framing("explain", "HR101").returncode == 2


def test_own_rule_that_breaks_is_reported_as_its_own_and_hides_nothing(tmp_path):
    path = tmp_path / "broken.py"
    path.write_text(BROKEN)
    made = framing("check", "examples/churn-feed", "--rules", path, "--format", "json")
    found = json.loads(made.stdout)
    broken = [one for one in found if one["code"] == "BR006"]
    assert len(broken) == 1
    assert "XX101 always-breaks" in broken[0]["message"]
    assert "ZeroDivisionError: division by zero (broken.py, line 18)" in broken[0]["message"]
    assert "ME202" in [one["code"] for one in found]
    assert made.returncode == 1
    assert not made.stderr


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("RULES = (", "SyntaxError in line 1"),
        ("1 / 0", "ZeroDivisionError in line 1"),
        ("import nowhere_at_all", "ModuleNotFoundError in line 1"),
        ("x = 1", "a tuple RULES"),
        ("RULES = ()", "a tuple RULES"),
        ("RULES = (1,)", "rules made with @rule or @gap, found 1"),
        (CODE.replace("HR101", "GO101"), "GO101, which is taken"),
        (CODE.replace("HR102", "HR101"), "HR101, which is taken"),
        (CODE.replace('"GO109"', '"GO999"'), "GO999, which is none"),
        (CODE.replace("Why it matters: in", "In"), "no Why it matters"),
    ],
)
def test_own_rules_that_cannot_be_used_are_refused_with_the_reason(code, said, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(code)
    with pytest.raises(UsageError) as caught:
        own_rules([path])
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_own_rules_file_that_is_not_there_is_refused(tmp_path):
    made = framing("check", "examples/churn-feed", "--rules", tmp_path / "none.py")
    assert made.returncode == 2
    assert "expected a Python file, found none" in made.stderr
    assert "Traceback" not in made.stderr


@pytest.mark.parametrize("name", ["rules.py", "house_rules.py", "kit.py", "conftest.py", "sitecustomize.py",
                                  "kit/__init__.py", "ruamel.py", "framing.py", "json.py"])  # fmt: skip
def test_check_in_a_strangers_folder_runs_no_code_of_it(name, tmp_path):
    trap = tmp_path / name
    trap.parent.mkdir(exist_ok=True)
    trap.write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\nRULES = ()\n")
    (tmp_path / "brief.yaml").write_text((ROOT / "examples" / NAMES[0] / "brief.yaml").read_text())
    command = Path(sys.executable).with_name("framing")
    for words in (
        ["check", "."],
        ["check", "brief.yaml", "--format", "sarif"],
        ["explain", "GO101"],
    ):
        subprocess.run([command, *words], cwd=tmp_path, check=False, capture_output=True)
    assert not (tmp_path / "ran").exists()
