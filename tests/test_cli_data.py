"""`framing data`, `framing contract`, and files in `framing check`, as a person runs them."""

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


def test_data_says_verdicts_and_baseline(tumours):
    done = framing("data", tumours)
    assert done.returncode == 0, done.stderr
    assert "data/tumours.csv: 569 rows, 31 columns; UTF-8; delimiter: comma." in done.stdout
    assert "nucleus measures, completeness: 100% asked for, 100%." in done.stdout
    assert "logistic regression" in done.stdout
    assert "missed" in done.stdout
    assert "\x1b" not in done.stdout


def test_data_without_a_baseline_has_none(tumours):
    done = framing("data", tumours, "--no-baseline")
    assert done.returncode == 0
    assert "logistic regression" not in done.stdout
    assert "Quick baseline" not in done.stdout


def test_data_writes_nothing_unless_asked_to(tumours):
    before = (tumours / "brief.yaml").read_bytes()
    framing("data", tumours, "--no-baseline")
    assert (tumours / "brief.yaml").read_bytes() == before


def test_data_writes_what_is_measured_and_keeps_the_rest(tumours):
    path = tumours / "brief.yaml"
    text = path.read_text()
    path.write_text(
        text.replace(
            'volume: {value: 569, unit: rows, from: measured, source: data/tumours.csv, "on": 2026-11-20}',
            "volume: {value: 600, unit: rows, from: guess}  # about",
        )
    )
    done = framing("data", tumours, "--no-baseline", "--write", input="y\nn\n")
    assert "Volume of nucleus measures: 569 rows, now 600 rows" in done.stdout
    volume = open_brief(path).value("data.sources.0.volume")
    assert (volume["value"], volume["from"]) == ("569", "measured")
    assert volume["source"] == "data/tumours.csv, 569 rows"
    assert not open_brief(path).problems
    # The share of true cases hangs on how the sample was drawn, which only a person knows.
    assert open_brief(path).value("value.prevalence")["from"] == "guess"
    assert "# A worked case" in path.read_text() or path.read_text().startswith("#")


def test_data_asks_for_each_figure(tumours):
    done = framing("data", tumours, "--no-baseline", "--write", input="y\n")
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
    assert "DA4" not in framing("check", tumours, "--no-files").stdout


def test_check_finds_the_same_whatever_was_run_before(tumours):
    before = framing("check", tumours).stdout
    framing("data", tumours)
    assert framing("check", tumours).stdout == before
    assert framing("check", tumours, "--baseline").returncode == 0


def test_check_of_a_strangers_brief_reads_nothing_outside_its_folder(tumours, tmp_path):
    (tmp_path / "secret.csv").write_text("password\nhunter2\n")
    path = tumours / "brief.yaml"
    for name in ("../secret.csv", str(tmp_path / "secret.csv"), "file:///etc/passwd"):
        path.write_text(path.read_text().replace("file: data/tumours.csv", f"file: {name}", 1))
        done = framing("check", tumours)
        assert "DA401" in done.stdout
        assert "hunter2" not in done.stdout
        path.write_text(path.read_text().replace(f"file: {name}", "file: data/tumours.csv", 1))


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
