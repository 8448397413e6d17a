"""The panel of the attached file: which files it offers."""

from __future__ import annotations

import os
import subprocess
import sys

_FOLDERS_OPENED = """
import sys

opened = set()
sys.addaudithook(lambda name, about: name in ("os.scandir", "os.listdir") and opened.add(str(about[0])))
from kit.widgets import data_form

data_form(sys.argv[1])
print(sum("shelf" in one for one in opened))
"""


def offered(form):
    """The files that can be chosen."""
    return list(form.sample.pick.options)[1:]


def laid(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("a,b\n1,2\n")


def test_panel_offers_tables_up_to_three_levels_down(churn, open_form):
    laid(churn.parent, "rows.csv", "a/rows.TSV", "a/b/rows.xlsx", "a/b/c/rows.parquet")
    laid(churn.parent, "a/b/c/d/rows.csv", ".hidden/rows.csv", "a/.rows.csv", "a/notes.md")
    (churn.parent / "link.csv").symlink_to(churn.parent / "rows.csv")
    (churn.parent / "folder.csv").mkdir()
    assert offered(open_form("data", churn)) == [
        "rows.csv",
        "a/rows.TSV",
        "a/b/rows.xlsx",
        "a/b/c/rows.parquet",
    ]


def test_panel_looks_no_further_than_the_files_it_offers(churn, open_form):
    """Sixty shelves of twenty tables, of which ten fill the list."""
    laid(
        churn.parent,
        *(f"archive/shelf {shelf:02}/{at}.csv" for shelf in range(60) for at in range(20)),
    )
    assert len(offered(open_form("data", churn))) == 200
    done = subprocess.run(
        [sys.executable, "-c", _FOLDERS_OPENED, churn],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "FRAMING_FORMS": "on"},
    )
    assert int(done.stdout) == 10


def test_panel_looks_at_no_more_than_ten_thousand_names(churn, open_form):
    for folder in "abc":
        for at in range(4):
            (churn.parent / folder / str(at)).mkdir(parents=True)
            for file in range(900):
                (churn.parent / folder / str(at) / f"{file}.txt.gz").touch()
    laid(churn.parent, "rows.csv", "z/rows.csv")
    assert offered(open_form("data", churn)) == ["rows.csv"]
