"""`framing data`, `framing contract`, and files in `framing check`, as a person runs them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kit.brief import open_brief

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).with_name("framing")


def framing(*words, **more):
    return subprocess.run(
        [COMMAND, *map(str, words)], capture_output=True, text=True, check=False, **more
    )


@pytest.fixture
def tumours(tmp_path):
    """A copy of the worked case with data."""
    return Path(shutil.copytree(ROOT / "examples" / "tumour-triage", tmp_path / "case"))


def verdict(done, about):
    """The word that a requirement got, and what stands behind it."""
    (found,) = re.findall(rf"^ *(\w[\w ]*?) +{about}: (.+)$", done.stdout, re.MULTILINE)
    return found


def test_data_says_verdicts(tumours):
    done = framing("data", tumours, "--no-baseline")
    assert done.returncode == 0, done.stderr
    assert "data/tumours.csv: 569 rows, 31 columns; UTF-8; delimiter: comma." in done.stdout
    word, figures = verdict(done, "nucleus measures, completeness")
    assert word == "met"
    assert figures.count("100%") == 2
    word, figures = verdict(done, "recall, cases")
    assert word == "missed"
    assert "381 true cases" in figures
    assert "the file has 212" in figures
    assert "\x1b" not in done.stdout


def rungs(done):
    """The first words of each line below the heading of the quick baseline."""
    below = done.stdout.partition("Quick baseline")[2]
    return [line[2:].partition("  ")[0] for line in below.splitlines() if line.startswith("  ")]


def test_data_says_how_well_each_rung_does(tumours):
    done = framing("data", tumours)
    assert done.returncode == 0, done.stderr
    names = ("no model", "rule on one column", "logistic regression", "gradient boosted trees")
    for name in names:
        assert any(rung.startswith(name) for rung in rungs(done)), name


def test_data_without_a_baseline_has_none_even_where_it_is_known(tumours):
    assert rungs(framing("data", tumours))
    done = framing("data", tumours, "--no-baseline")
    assert done.returncode == 0, done.stderr
    assert "logistic regression" not in done.stdout
    assert "Quick baseline" not in done.stdout


def test_data_writes_nothing_unless_asked_to(tumours):
    before = (tumours / "brief.yaml").read_bytes()
    done = framing("data", tumours, "--no-baseline")
    assert done.returncode == 0, done.stderr
    assert "Share of true cases: 37.3%" in done.stdout  # there is something to be written
    assert (tumours / "brief.yaml").read_bytes() == before


def test_data_writes_what_is_measured_and_keeps_the_rest(tumours):
    path = tumours / "brief.yaml"
    text = re.sub(
        r"volume: \{value: 569, .*",
        "volume: {value: 600, unit: rows, from: guess}  # about",
        path.read_text(),
        count=1,
    )
    path.write_text(text)
    done = framing("data", tumours, "--no-baseline", "--write", input="y\nn\n")
    assert done.returncode == 0, done.stderr
    assert "Volume of nucleus measures: 569 rows, now 600 rows" in done.stdout
    volume = open_brief(path).value("data.sources.0.volume")
    assert (volume["value"], volume["from"]) == ("569", "measured")
    assert volume["source"] == "data/tumours.csv, 569 rows"
    assert not open_brief(path).problems
    # The share of true cases hangs on how the sample was drawn, which only a person knows.
    assert open_brief(path).value("value.prevalence")["from"] == "guess"
    before, after = text.splitlines(), path.read_text().splitlines()
    (changed,) = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed[0] == "      volume: {value: 600, unit: rows, from: guess}  # about"
    assert changed[1].endswith("}  # about")


def test_data_asks_for_each_figure(tumours):
    done = framing("data", tumours, "--no-baseline", "--write", input="y\n")
    assert done.returncode == 0, done.stderr
    assert "only if the sample was drawn as cases come in use" in done.stdout
    assert open_brief(tumours).value("value.prevalence")["from"] == "measured"


def test_data_of_a_brief_without_a_file_says_what_to_do():
    done = framing("data", ROOT / "examples" / "churn-feed")
    assert done.returncode == 2
    assert "Write it at the source: `file: data/clicks.csv`." in done.stderr


def test_data_of_a_file_that_is_not_there_says_so(tumours):
    (tumours / "data" / "tumours.csv").unlink()
    done = framing("data", tumours)
    assert done.returncode == 2
    assert "data/tumours.csv: expected a file, found none of that name." in done.stdout


def test_check_looks_at_files_and_leaves_them_where_asked(tumours):
    (tumours / "data" / "tumours.csv").write_text("diagnosis,mail\nbenign,ann@example.org\n")
    assert "DA420" in framing("check", tumours).stdout
    without = framing("check", tumours, "--no-files")
    assert "DA4" not in without.stdout
    assert without.returncode == 0, without.stderr


def test_check_holds_targets_against_the_baseline_only_where_asked(tumours):
    """It finds the same whatever was run before."""
    path = tumours / "brief.yaml"
    # Of precision, at a recall of 99%.
    path.write_text(path.read_text().replace("target: {value: 85%,", "target: {value: 99.9%,", 1))
    before = framing("check", tumours)
    assert before.returncode == 0, before.stderr
    assert "DA422" in before.stdout
    assert "DA433" not in before.stdout
    with_baseline = framing("check", tumours, "--baseline")
    assert with_baseline.returncode == 0, with_baseline.stderr
    assert "DA433" in with_baseline.stdout
    assert framing("check", tumours).stdout == before.stdout


SECRET = "user,town\nann,hunter2\nbob,HUNTER2\ncy,hunter2\n"  # one value in two spellings


def test_check_says_what_a_file_holds_that_it_reads(tumours):
    (tumours / "data" / "tumours.csv").write_text(SECRET)
    assert "HUNTER2" in framing("check", tumours).stdout


@pytest.mark.parametrize(
    "name", ["../secret.csv", "{folder}/secret.csv", "file://{folder}/secret.csv", "link.csv"]
)
def test_check_of_a_strangers_brief_reads_nothing_outside_its_folder(tumours, tmp_path, name):
    (tmp_path / "secret.csv").write_text(SECRET)
    (tumours / "link.csv").symlink_to(tmp_path / "secret.csv")
    path, named = tumours / "brief.yaml", name.format(folder=tmp_path)
    text = path.read_text()
    path.write_text(text.replace("file: data/tumours.csv", f"file: {named}", 1))
    assert path.read_text() != text
    done = framing("check", tumours)
    assert "DA401" in done.stdout
    assert "HUNTER2" not in done.stdout + done.stderr


def test_contract_writes_one_for_each_source(tumours, tmp_path):
    done = framing("contract", tumours, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made == [
        "nucleus_measures.odcs.yaml",
        "nucleus_measures_schema.py",
        "pathology_reports.odcs.yaml",
        "patient_record.odcs.yaml",
    ]
    contract = YAML(typ="safe").load(tmp_path / "out" / "nucleus_measures.odcs.yaml")
    assert contract["kind"] == "DataContract"


def test_contract_of_a_brief_without_sources_says_so(tmp_path):
    (tmp_path / "brief.yaml").write_text(
        "format: 1\ntitle: Any\ngoal: {statement: Fewer returns}\n"
    )
    done = framing("contract", tmp_path)
    assert done.returncode == 2
    assert "expected sources in `data.sources`, found none" in done.stderr


def test_data_begins_with_the_answer_and_has_a_line_for_each_requirement(tumours):
    done = framing("data", tumours)
    assert done.returncode == 0, done.stderr
    first, second, *rest = done.stdout.splitlines()
    every = int(re.match(r"Of (\d+) requirements, \d+ are met, ", first)[1])
    told = [line for line in rest if re.match(r"  (met|missed|cannot tell) ", line)]
    assert len([line for line in told if ", rule: " not in line]) == every
    assert "rule is" in second
    assert any(line.startswith("  Best is ") for line in rest)
    assert "\x1b" not in done.stdout


def test_data_with_yes_writes_what_hangs_on_nothing(tumours):
    path = tumours / "brief.yaml"
    text = path.read_text()
    path.write_text(
        re.sub(
            r"precision: \{value: 82%, .*", "precision: {value: 80%, from: guess}", text, count=1
        )
    )
    done = framing("data", tumours, "--yes")
    assert done.returncode == 0, done.stderr
    assert "1 figure written into" in done.stdout
    assert open_brief(path).value("hypothesis.paths.1.quality.precision")["from"] == "measured"
    # What is right under a condition alone is not written without a question.
    assert open_brief(path).value("value.prevalence")["from"] == "guess"
    again = framing("data", tumours, "--yes", "--no-baseline")
    assert "None was written." in again.stdout


def test_contract_says_which_file_was_not_read_and_writes_the_rest(tumours, tmp_path):
    (tumours / "data" / "tumours.csv").unlink()
    done = framing("contract", tumours, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "data/tumours.csv: expected a file, found none of that name." in done.stderr
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made == [
        "nucleus_measures.odcs.yaml",
        "pathology_reports.odcs.yaml",
        "patient_record.odcs.yaml",
    ]


def test_contract_of_one_file_of_two_that_was_not_read_is_no_error(tmp_path):
    (tmp_path / "a.csv").write_text("plan,left\nbasic,no\nfull,yes\n")
    (tmp_path / "brief.yaml").write_text(
        "format: 1\ntitle: Any\ngoal: {statement: Fewer returns}\n"
        "data: {sources: [{name: a, file: a.csv}, {name: b, file: b.csv}]}\n"
    )
    done = framing("contract", tmp_path)
    assert done.returncode == 0
    assert "b.csv: expected a file, found none of that name." in done.stderr
    assert {path.name for path in tmp_path.glob("*.odcs.yaml")} == {"a.odcs.yaml", "b.odcs.yaml"}


def test_contracts_of_sources_with_like_names_do_not_overwrite_each_other(tmp_path):
    names = ("a 3", "a", "a", "A!", "客户", "???", "source 5")
    sources = ", ".join(f'{{name: "{name}"}}' for name in names)
    (tmp_path / "brief.yaml").write_text(
        "format: 1\ntitle: Any\ngoal: {statement: Fewer returns}\n"
        f"data: {{sources: [{sources}]}}\n"
    )
    done = framing("contract", tmp_path)
    assert done.returncode == 0, done.stderr
    made = {path.name.removesuffix(".odcs.yaml") for path in tmp_path.glob("*.odcs.yaml")}
    assert len(made) == len(names) == len(done.stdout.splitlines())
    assert {"a_3", "a", "a_2", "a_4", "source_5", "source_6"} <= made


def test_contract_leaves_a_file_of_another_hand_alone(tumours, tmp_path):
    out = tmp_path / "out"
    assert framing("contract", tumours, "--out", out).returncode == 0
    assert framing("contract", tumours, "--out", out).returncode == 0  # its own it replaces
    (out / "nucleus_measures.odcs.yaml").write_text("written: by hand\n")
    done = framing("contract", tumours, "--out", out)
    assert done.returncode == 73
    assert "nucleus_measures.odcs.yaml: expected a contract that Framing Kit wrote" in done.stderr
    assert (out / "nucleus_measures.odcs.yaml").read_text() == "written: by hand\n"


def test_data_whose_questions_nobody_answers_writes_nothing(tumours):
    before = (tumours / "brief.yaml").read_bytes()
    done = framing("data", tumours, "--write", "--no-baseline", input="")
    assert done.returncode == 130
    assert "None was written." in done.stderr
    assert (tumours / "brief.yaml").read_bytes() == before
