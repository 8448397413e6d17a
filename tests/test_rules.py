"""Every rule: its text, the briefs in which it finds something, and those in which it must not."""

import dataclasses
import datetime as dt
import re

import pytest
from coaching import (
    BASE,
    CASES,
    NAMES,
    TODAY,
    checked,
    corrected,
    example,
    file_of,
    files_in,
    found,
    merged,
    plain,
    put,
    told,
)

from kit.brief import open_brief
from kit.errors import BriefError
from kit.rules import READING, RULES, STEPS, WAIVERS, check, errors_of
from kit.rules import rule as as_rule
from kit.rules.families import FAMILIES

BY_CODE = {rule.code: rule for rule in RULES}
GAPS = [rule for rule in RULES if rule.key]
# A step that is not started, or a goal that is not written, needs no case: the examples of its text are run.
WITH_CASES = [rule for rule in RULES if not rule.key and not rule.code.endswith(("001", "100"))]
CASE_FILES = sorted(path for path in CASES.glob("*.yaml") if path.stem != "corrected")
WRITTEN = {
    code: cases for path in CASE_FILES for code, cases in plain(path.read_text("utf-8")).items()
}


def written(kind):
    return [
        pytest.param(code, one, id=f"{code}-{at}")
        for code, cases in WRITTEN.items()
        for at, one in enumerate(cases.get(kind) or ())
    ]


def unfinished(findings):
    """Findings whose message or remedy runs into what follows it."""
    return [
        one
        for one in findings
        if not all(text.endswith((".", "!", "?")) for text in (one.message, one.remedy))
    ]


def made(one):
    start = example(one["example"]) if "example" in one else corrected(one.get("base", BASE))
    return put(start, one["set"])


def of_baseline(code):
    """Whether a rule is about the quick baseline, which takes seconds."""
    return code.startswith("DA43")


def alone(code):
    """A rule with those that it requires: what it says does not depend on any other."""
    needed = {code}
    while more := {other for each in needed for other in BY_CODE[each].requires} - needed:
        needed |= more
    return tuple(rule for rule in RULES if rule.code in needed)


def looked_at(code, one):
    return checked(made(one), rules=alone(code), files=beside(one), baseline=of_baseline(code))


def beside(one):
    """The files of a case; `times` copies of each of their rows."""
    files = {}
    for name, text in (one.get("files") or {}).items():
        head, *rows = text.strip("\n").split("\n")
        every = [row for row in rows for _ in range(int(one.get("times", 1)))]
        files[name] = "\n".join((head, *every)) + "\n"
    return files


@pytest.mark.parametrize(("code", "one"), written("bad"))
def test_rule_bad_brief_is_found(code, one):
    everything = found(made(one), beside(one), baseline=of_baseline(code))
    findings = [each for each in everything if each.code == code]
    assert [each.path for each in findings] == [one["at"]], told(everything)
    assert one["says"] in f"{findings[0].message} {findings[0].remedy}"
    assert not unfinished(everything), told(unfinished(everything))


@pytest.mark.parametrize(("code", "one"), written("good"))
def test_rule_near_miss_is_not_found(code, one):
    findings = [each for each in looked_at(code, one) if each.code == code]
    assert not findings, told(findings)


@pytest.mark.parametrize("rule", WITH_CASES, ids=lambda rule: rule.code)
def test_rule_has_bad_brief_and_near_misses(rule):
    assert len(WRITTEN[rule.code]["bad"]) >= 1
    assert len(WRITTEN[rule.code]["good"]) >= 2


def test_rule_cases_are_of_rules():
    assert WRITTEN.keys() <= BY_CODE.keys()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_text_bad_example_is_found_and_good_one_is_not(rule):
    """The examples that `framing explain` prints are run."""
    base = corrected(WRITTEN.get(rule.code, {}).get("base", BASE))
    if rule.code in {step.code for step in STEPS}:
        base = {key: base[key] for key in ("format", "title")}
        base["goal"] = {"statement": "Reduce customer churn by 10%"}
    bad_files, good_files = files_in(rule.text.bad), files_in(rule.text.good)
    slow = of_baseline(rule.code)
    everything = found(merged(base, plain(rule.text.bad)), bad_files, baseline=slow)
    bad = [one for one in everything if one.code == rule.code]
    assert bad, told(everything)
    assert not unfinished(bad), told(unfinished(bad))
    piece = merged(base, plain(rule.text.good))
    good = checked(piece, rules=alone(rule.code), files=good_files, baseline=slow)
    assert not [one for one in good if one.code in (rule.code, "BR001")], told(good)


# What makes no file, or needs a rule that breaks, is no piece to lay over a brief.
@pytest.mark.parametrize(
    "rule",
    [rule for rule in (*READING, *WAIVERS) if rule.code not in ("BR003", "BR006")],
    ids=lambda rule: rule.code,
)
def test_file_rule_text_bad_example_is_found_and_good_one_is_not(rule):
    """The examples of what no rule of a step finds are printed, and so run, too."""
    bad, good = (
        checked(merged(corrected(BASE), plain(piece))) for piece in (rule.text.bad, rule.text.good)
    )
    assert rule.code in [one.code for one in bad], told(bad)
    assert not [one for one in good if one.code in (rule.code, "BR001")], told(good)


def test_file_not_read_text_bad_example_is_no_yaml_and_good_one_is(tmp_path):
    text = next(one.text for one in READING if one.code == "BR003")
    path = tmp_path / "brief.yaml"
    path.write_text(text.bad, "utf-8")
    with pytest.raises(BriefError) as caught:
        open_brief(path)
    assert [one.code for one in errors_of(caught.value.problems, nothing_read=True)] == ["BR003"]
    path.write_text(f"format: 1\ntitle: Any\n{text.good}", "utf-8")
    assert not open_brief(path).problems


def test_rule_failed_text_bad_example_is_found_and_good_one_is_not():
    text = next(one.text for one in READING if one.code == "BR006")
    bad, good = (merged(corrected(BASE), plain(piece)) for piece in (text.bad, text.good))

    @as_rule("XX101", "warning")
    def breaks_at_the_bad_title(case):
        assert case.text("title") != bad["title"]
        yield from ()

    rules = (*RULES, breaks_at_the_bad_title)
    found_in_bad, found_in_good = (checked(tree, rules=rules) for tree in (bad, good))
    assert [one.code for one in found_in_bad] == ["BR006"], told(found_in_bad)
    assert "AssertionError" in found_in_bad[0].message
    assert not found_in_good, told(found_in_good)


@pytest.mark.parametrize("rule", GAPS, ids=lambda rule: rule.code)
def test_rule_gap_is_found_where_the_key_is_missing_and_not_where_it_does_not_apply(rule):
    base = corrected(BASE)
    key = rule.key.replace("*", "0")
    missing = found(put(base, {key: None}))
    assert (rule.code, key) in [(one.code, one.path) for one in missing]
    assert not unfinished(missing), told(unfinished(missing))
    waived = put(base, {key: "n/a: not in this case"})
    assert rule.code not in [one.code for one in checked(waived)]
    assert "BR001" not in [one.code for one in checked(waived)]


@pytest.mark.parametrize("name", NAMES)
def test_rules_corrected_example_comes_out_clean(name):
    findings = checked(corrected(name))
    assert not findings, told(findings)


@pytest.mark.parametrize("rule", [*RULES, *READING, *WAIVERS], ids=lambda rule: rule.code)
def test_rule_is_uniform(rule):
    assert re.fullmatch("[A-Z]{2}[0-9]{3}", rule.code)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    text = rule.text
    assert rule.does.endswith(".")
    assert text.why.endswith(".")
    assert text.source
    assert "TODO" not in rule.docstring
    assert all(code in BY_CODE for code in rule.requires)


def test_rules_codes_and_names_are_used_once_and_in_order():
    everything = (*RULES, *READING, *WAIVERS)
    assert len({rule.code for rule in everything}) == len(everything)
    assert len({rule.name for rule in everything}) == len(everything)
    for family in FAMILIES:
        codes = [rule.code for rule in family]
        assert codes == sorted(codes)
    letters = {letter for step in STEPS for letter in step.families}
    assert {rule.code[:2] for rule in RULES} <= letters | {"AC"}


# Asked again


def test_brief_asked_about_again_is_told_by_the_name_it_is_asked_by():
    file = file_of(example("churn-feed"))
    first = check(file, today=TODAY)
    again = check(dataclasses.replace(file, name="other.yaml"), today=TODAY)
    assert {one.file for one in again} == {"other.yaml"}
    assert again == tuple(one._replace(file="other.yaml") for one in first)


def test_brief_asked_about_on_another_day_with_other_rules_or_changed_is_looked_at_again():
    plan = put(example("churn-feed"), {"illustrative": None, "goal.by": "2026-01-01"})
    early, late = (dt.date(year, 1, 1) for year in (2020, 2099))
    of_goal = [rule for rule in RULES if rule.code.startswith("GO")]
    ways = [
        lambda: check(file_of(plan), today=early),
        lambda: check(file_of(plan), today=late),
        lambda: check(file_of(plan), today=late, rules=of_goal),
        lambda: check(file_of(put(plan, {"goal.by": None})), today=late),
    ]
    first = [way() for way in ways]
    assert len(set(first)) == len(ways)
    assert [way() for way in ways[::-1]] == first[::-1]
