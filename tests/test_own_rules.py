"""A person's own rules: run when their file is named, and never otherwise."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from coaching import BASE, ROOT, checked, corrected, merged, plain, put, told

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


def test_own_rules_on_the_command_line_are_found_and_selected(house, tmp_path):
    faults = {
        "decision.asked": "Fund a pilot of six weeks",
        "goal.if_nothing": None,
        "value.benefit": "20 USD",
    }
    brief = tmp_path / "brief.yaml"
    brief.write_text(json.dumps(put(corrected(BASE), faults)), "utf-8")
    words = ["check", brief, "--rules", house, "--format", "json"]
    made = framing(*words, "--select", "HR")
    assert made.returncode == 0, made.stderr
    found = [(one["code"], one["path"], one["status"]) for one in json.loads(made.stdout)]
    assert found == [
        ("HR101", "decision.asked", "finding"),
        ("HR102", "goal.if_nothing", "finding"),
        ("HR103", "value", "finding"),
    ]
    # Not for want of anything else to say.
    assert {one["code"] for one in json.loads(framing(*words).stdout)} > {"HR101", "HR102", "HR103"}
    assert framing("check", brief, "--select", "HR").returncode == 2


def test_own_rules_on_the_command_line_are_explained(house):
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


def test_own_rule_that_ends_the_program_is_reported_as_broken(tmp_path):
    made, broken = with_rule("import sys; yield sys.exit(0)", tmp_path)
    assert broken == ["BR006"]
    assert made.returncode == 1


def test_own_rule_that_yields_plain_text_is_reported_as_broken(tmp_path):
    made, broken = with_rule('yield "something is wrong"', tmp_path)
    assert broken == ["BR006"]
    assert made.returncode == 1


def with_rule(body, folder):
    """A check with a rule of this body, and the codes of what it says of the rule."""
    path = folder / "mine.py"
    path.write_text(BROKEN.replace("yield 1 / 0", body))
    made = framing("check", "examples/fraud-detection", "--rules", path, "--format", "json")
    about = [one["code"] for one in json.loads(made.stdout) if "XX101" in one["message"]]
    return made, about


def test_own_rules_that_print_leave_the_json_as_it_is(tmp_path):
    path = tmp_path / "talking.py"
    talking = BROKEN.replace("yield 1 / 0", 'print("looking"); yield from ()')
    path.write_text(f'print("loading")\n{talking}print("loaded")\n')
    words = ["check", "examples/fraud-detection", "--format", "json"]
    made = framing(*words, "--rules", path)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout) == json.loads(framing(*words).stdout)


def test_own_rules_file_that_ends_the_program_is_refused(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(f"import sys\nsys.exit(0)\n{BROKEN}")
    made = framing("check", "examples/fraud-detection", "--rules", path)
    assert made.returncode == 2
    assert str(path) in made.stderr
    assert not made.stdout


def requiring(*codes):
    return BROKEN.replace('"warning")', f'"warning", requires={codes!r})')


RING = requiring("XX102") + requiring("XX101").replace("XX101", "XX102", 1).replace(
    "always_breaks", "breaks_as_well"
).replace("(breaks_as_well,)", "(always_breaks, breaks_as_well)")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (BROKEN.replace('"warning"', '"fatal"'), ["XX101", "'fatal'"]),
        (BROKEN.replace('"XX101"', "5"), ["always-breaks", "5"]),
        (BROKEN.replace("XX101", "nonsense"), ["always-breaks", "nonsense"]),
        (RING, ["XX101", "XX102"]),
        (requiring("XX101"), ["XX101"]),
        (BROKEN.replace("always_breaks", "goal_without_metric"), ["XX101", "goal-without-metric"]),
    ],
    ids=["severity", "number-for-code", "code", "ring", "itself", "name-of-the-kit"],
)
def test_own_rule_that_cannot_be_run_is_refused_by_file_and_rule(code, names, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(code)
    made = framing("check", "examples/fraud-detection", "--rules", path)
    assert made.returncode == 2, made.stdout
    assert "Traceback" not in made.stderr
    said = made.stderr.replace("_", "-")
    assert all(name in said for name in [path.name, *names]), made.stderr
    assert not made.stdout


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
    (tmp_path / "brief.yaml").write_text((ROOT / "examples/churn-feed/brief.yaml").read_text())
    command = Path(sys.executable).with_name("framing")
    for words, code, said in (
        (["check", "."], 1, b"ME202"),  # a fault that the case is shipped with, beside an error
        (["check", "brief.yaml", "--format", "sarif"], 1, b"ME202"),
        (["explain", "GO101"], 0, b"goal-without-metric"),
    ):
        made = subprocess.run([command, *words], cwd=tmp_path, check=False, capture_output=True)
        # Whoever dies at once runs no stranger's code either.
        assert made.returncode == code, made.stderr
        assert said in made.stdout
        assert not made.stderr
    assert not (tmp_path / "ran").exists()
