"""Every rule: its text, the briefs in which it finds something, and those in which it must not."""

import re

import pytest
from coaching import (
    BASE,
    CASES,
    NAMES,
    checked,
    corrected,
    example,
    found,
    merged,
    plain,
    put,
    told,
)

from kit.rules import READING, RULES, STEPS, WAIVERS
from kit.rules.families import FAMILIES

BY_CODE = {rule.code: rule for rule in RULES}
GAPS = [rule for rule in RULES if rule.key]
OTHERS = [rule for rule in RULES if not rule.key]
CASE_FILES = sorted(path for path in CASES.glob("*.yaml") if path.stem != "corrected")
WRITTEN = {
    code: cases for path in CASE_FILES for code, cases in plain(path.read_text("utf-8")).items()
}


def each(kind):
    return [
        pytest.param(code, one, id=f"{code}-{at}")
        for code, cases in WRITTEN.items()
        for at, one in enumerate(cases.get(kind) or ())
    ]


def made(one):
    start = example(one["example"]) if "example" in one else corrected(one.get("base", BASE))
    return put(start, one["set"])


@pytest.mark.parametrize(("code", "one"), each("bad"))
def test_rule_bad_brief_is_found(code, one):
    findings = [each for each in found(made(one)) if each.code == code]
    assert [each.path for each in findings] == [one["at"]], told(found(made(one)))
    assert one["says"] in f"{findings[0].message} {findings[0].remedy}"


@pytest.mark.parametrize(("code", "one"), each("good"))
def test_rule_near_miss_is_not_found(code, one):
    findings = [each for each in checked(made(one)) if each.code == code]
    assert not findings, told(findings)


@pytest.mark.parametrize("rule", OTHERS, ids=lambda rule: rule.code)
def test_rule_has_bad_brief_and_near_misses(rule):
    if not rule.code.endswith(("001", "100")):
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
    bad = [one for one in found(merged(base, plain(rule.text.bad))) if one.code == rule.code]
    assert bad
    good = checked(merged(base, plain(rule.text.good)))
    assert not [one for one in good if one.code in (rule.code, "BR001")], told(good)


@pytest.mark.parametrize("rule", GAPS, ids=lambda rule: rule.code)
def test_rule_gap_is_found_where_the_key_is_missing_and_not_where_it_does_not_apply(rule):
    base = corrected(BASE)
    key = rule.key.replace("*", "0")
    missing = [(one.code, one.path) for one in found(put(base, {key: None}))]
    assert (rule.code, key) in missing
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
    assert text.does.endswith(".")
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
