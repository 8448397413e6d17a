"""Faults planted in a table are found by name, and nothing is found where none was planted."""

import pytest
from coaching import checked, file_of, told
from planted import planted, slug
from planted_faults import FAULTS
from planted_table import FILE, as_text, brief, clean_table

from kit.rules import RULES

FILE_RULES = tuple(one for one in RULES if one.code.startswith("DA4"))
SEEDS = (1, 2, 3)
MANY = range(100, 130)


def findings(tree, files, *, baseline=False):
    everything = checked(tree, rules=FILE_RULES, files=files, baseline=baseline)
    return [one for one in everything if one.status == "finding"]


def shown(fault, seed):
    """What is found of a planted fault, and what else is found that nobody planted."""
    everything = findings(*planted(fault, seed), baseline=fault.baseline)
    texts = [
        f"{one.path} {one.message} {one.remedy}" for one in everything if one.code == fault.code
    ]
    hits = [text for text in texts if all(word in text for word in fault.says)]
    others = [one for one in everything if one.code not in {fault.code, *fault.also}]
    return hits, others, told(everything)


def test_brief_of_the_table_can_be_read():
    assert file_of(brief()).problems == ()


def test_faults_cover_every_rule_about_files_that_are_read():
    assert {one.code for one in FAULTS} == {one.code for one in FILE_RULES} - {"DA401"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("fault", FAULTS, ids=slug)
def test_planted_fault_is_found_by_name_and_nothing_else(fault, seed):
    hits, others, everything = shown(fault, seed)
    assert len(hits) == 1, everything
    assert told(others) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_clean_table_has_no_findings(seed):
    assert told(findings(brief(), {FILE: as_text(clean_table(seed))}, baseline=True)) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", MANY)
def test_planted_faults_are_found_in_many_tables(seed):
    missed = [fault.name for fault in FAULTS if len(shown(fault, seed)[0]) != 1]
    assert missed == []


@pytest.mark.soak
@pytest.mark.parametrize("rows", [3_000, 20_000])
@pytest.mark.parametrize("seed", MANY)
def test_clean_tables_have_no_findings_in_many_tables(seed, rows):
    files = {FILE: as_text(clean_table(seed, rows))}
    assert told(findings(brief(), files, baseline=rows == 3_000)) == []
