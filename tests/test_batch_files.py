"""Batches of briefs with attached files: read where the brief is from, and measured once."""

import json
import shutil
from pathlib import Path

import pytest
from measurings import count_measurings
from pypdf import PdfReader

from kit.batch import run

TUMOURS = Path(__file__).parents[1] / "examples" / "tumour-triage"


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


def test_batch_holds_attached_files_against_their_briefs(tmp_path):
    for name in ("one", "two"):
        shutil.copytree(TUMOURS, tmp_path / "briefs" / name)
    report = run([tmp_path / "briefs"], tmp_path / "out", formats=("pdf", "md"), jobs=2)
    assert not report.failed
    assert len(report.made) == 2
    for entry in report.made:
        made = tmp_path / "out" / entry.slug
        assert "What the sample shows" in text_of(made / "brief.pdf")
        assert "A quick baseline" in (made / "brief.md").read_text("utf-8")
        assert not (made / "data").exists()


def test_batch_measures_a_file_once_however_many_briefs_it_has(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "measured"))
    count = count_measurings(tmp_path / "counting", monkeypatch)
    for name in ("one", "two"):
        shutil.copytree(TUMOURS, tmp_path / "briefs" / name)
    report = run([tmp_path / "briefs"], tmp_path / "out", formats=("md",), jobs=2)
    assert not report.failed
    assert count() == 1
    (kept,) = (tmp_path / "measured").glob("*.json")
    assert json.loads(kept.read_text())["ladder"]["rungs"]


def test_batch_says_what_is_wrong_with_a_file_and_makes_the_brief_all_the_same(tmp_path):
    folder = Path(shutil.copytree(TUMOURS, tmp_path / "case"))
    (folder / "data" / "tumours.csv").write_bytes(b"\x80\x04pickle")
    report = run([folder], tmp_path / "out", formats=("md",), jobs=1)
    assert not report.failed
    made = (tmp_path / "out" / report.made[0].slug / "brief.md").read_text("utf-8")
    assert "data/tumours.csv is not read" in made
    assert "a Python pickle, which may run code" in made
    assert "DA401" in made


@pytest.mark.parametrize("name", ["plain", "tab\t\u202ele"])
def test_batch_reads_a_row_s_file_beside_its_table(tmp_path, name):
    """Also where the folder has a name that is not printed as it is."""
    tmp_path = tmp_path / name
    (tmp_path / "data").mkdir(parents=True)
    (tmp_path / "data" / "rows.csv").write_text("plan,left\nbasic,no\nfull,yes\nbasic,no\n")
    (tmp_path / "ideas.csv").write_text(
        "title,goal.statement,data.sources.0.name,data.sources.0.file\n"
        "Fewer leave,Reduce churn by 10%,subscribers,data/rows.csv\n"
    )
    report = run([tmp_path / "ideas.csv"], tmp_path / "out", formats=("md",), jobs=1)
    assert not report.failed
    made = (tmp_path / "out" / report.made[0].slug / "brief.md").read_text("utf-8")
    assert "3 rows, 2 columns" in made
