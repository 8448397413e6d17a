"""A batch that is run again does what is unfinished or changed, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
import random
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from batching import begin, ideas, left_over, tree
from notebooks import NOTE, annotated, folder

from kit.batch import Progress, Report, run
from kit.batch.journal import MARK, entry_of
from kit.errors import FullError

DATED = """
format: 1
title: Parcels
goal: {statement: Fewer parcels that come back., by: 2027-06-30}
"""
UNDATED = """
format: 1
title: Letters
goal: {statement: Fewer letters that come back.}
"""
ATTACHED = """
format: 1
title: Clicks
goal: {statement: More clicks.}
data:
  sources: [{name: clicks, file: clicks.csv}]
"""


@dataclass
class Usage:
    """What is known of a disk."""

    free: int


def again(
    sources: list[Path], out: Path, *, fresh: bool = False, formats: tuple[str, ...] = ("md",)
) -> Report:
    return run(sources, out, formats=formats, jobs=1, fresh=fresh)


def made_again(report: Report) -> list[str]:
    return [entry.slug for entry in report.made if not entry.is_kept]


def brief(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "brief.yaml").write_text(text)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return ideas(tmp_path / "ideas.csv", 3)


def places(out: Path) -> dict[str, int]:
    """Each file of the briefs, with the number by which the disk knows it."""
    return {str(path): path.stat().st_ino for path in out.glob("idea-*/*")}


def test_second_run_makes_nothing_and_says_the_same(table: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "out", list[Progress]()
    first = again([table], out)
    before, where = tree(out), places(out)
    second = run([table], out, formats=["md"], jobs=1, progress=told.append)
    assert not made_again(second)
    assert (tree(out), places(out)) == (before, where)
    assert [one.made for one in second.entries] == [one.made for one in first.entries]
    assert [(one.done, one.total, one.entry) for one in told] == [(3, 3, None)]


def test_fresh_run_makes_all_and_gives_the_same_bytes(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    again([table], out)
    before = tree(out)
    assert len(made_again(again([table], out, fresh=True))) == 3
    assert tree(out) == before


def test_changed_row_alone_is_made_again(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    again([table], out)
    table.write_text(table.read_text().replace("kind 1", "another kind"))
    assert made_again(again([table], out)) == ["idea-1"]
    assert "another kind" in (out / "idea-1" / "brief.md").read_text()


def test_other_options_make_all_again(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    again([table], out)
    assert len(made_again(again([table], out, formats=("md", "html")))) == 3
    assert not made_again(again([table], out, formats=("md", "html")))
    assert len(made_again(run([table], out, formats=("md", "html"), jobs=1, engine="jupyter"))) == 3


def test_another_kit_or_library_makes_all_again(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    again([table], out)
    monkeypatch.setattr("kit.batch.fingerprint.tools", lambda: "another")
    assert len(made_again(again([table], out))) == 3


def test_own_cells_beside_a_brief_count(tmp_path: Path) -> None:
    path, out = annotated(tmp_path / "briefs" / "returns"), tmp_path / "out"
    again([path], out)
    assert not made_again(again([path], out))
    book = path / "brief.ipynb"
    book.write_text(book.read_text().replace(NOTE, "Seen on site."))
    (name,) = made_again(again([path], out))
    assert "Seen on site." in (out / name / "brief.md").read_text()


def test_attached_file_counts_by_its_content(tmp_path: Path) -> None:
    path, out = brief(tmp_path / "clicks", ATTACHED), tmp_path / "out"
    data = path / "clicks.csv"
    data.write_text("a,b\n1,2\n3,4\n")
    again([path], out)
    data.touch()
    assert not made_again(again([path], out))
    data.write_text("a,b\n1,2\n3,5\n")
    assert made_again(again([path], out)) == ["clicks"]
    data.unlink()
    assert made_again(again([path], out)) == ["clicks"]


def test_file_that_changes_while_it_is_worked_on_is_not_taken_for_the_one_before(
    tmp_path: Path,
) -> None:
    """It is changed after all was planned, and changed back when all is done."""
    path, out = brief(tmp_path / "clicks", ATTACHED), tmp_path / "out"
    data, before = path / "clicks.csv", "a,b\n1,2\n3,4\n"
    data.write_text(before)

    def watch(progress: Progress) -> None:
        data.write_text(before if progress.done else "a,b\n1,2\n3,4\n5,6\n")

    run([path], out, formats=["md"], jobs=1, progress=watch)
    assert "3 rows" in (out / "clicks" / "brief.md").read_text()
    assert data.read_text() == before
    assert made_again(again([path], out)) == ["clicks"]
    assert "2 rows" in (out / "clicks" / "brief.md").read_text()


def test_row_that_is_put_in_on_top_alone_is_made(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    again([table], out)
    head, rows = table.read_text().split("\n", 1)
    table.write_text(f"{head}\nOn top,Fewer returns of another kind\n{rows}")
    assert made_again(again([table], out)) == ["on-top"]


def test_folders_of_briefs_that_are_gone_are_named_and_left(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    again([table], out)
    (out / "mine").mkdir()
    ideas(table, 1)
    report = again([table], out)
    said = "Left as they are, of briefs that are not among the sources: idea-1, idea-2."
    assert report.notes == (said,)
    assert {path.name for path in out.iterdir() if path.is_dir()} >= {"idea-1", "idea-2", "mine"}


def test_brief_is_made_again_on_the_day_that_the_coach_says_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the clock has been set back: what counts is what a document would say."""
    dated, other = (
        brief(tmp_path / "briefs" / "parcels", DATED),
        brief(tmp_path / "briefs" / "letters", UNDATED),
    )
    out = tmp_path / "out"
    again([dated, other], out)
    for day, wanted in ((dt.date(1999, 1, 1), []), (dt.date(2028, 1, 1), ["parcels"])):
        monkeypatch.setattr("kit.batch.planning._today", lambda day=day: day)
        assert made_again(again([dated, other], out)) == wanted


@pytest.mark.parametrize("harm", ["edited", "missing", "emptied", "no entry", "older entry"])
def test_damaged_folder_is_made_again(table: Path, tmp_path: Path, harm: str) -> None:
    out = tmp_path / "out"
    again([table], out)
    before, place = tree(out), out / "idea-1"
    match harm:
        case "edited":
            (place / "brief.md").write_text("mine")
        case "missing":
            (place / "brief.md").unlink()
        case "emptied":
            (place / "brief.md").write_text("")
        case "no entry":
            (place / MARK).write_text('{"files": {}}')
        case "older entry":
            entry = json.loads((place / MARK).read_text())
            (place / MARK).write_text(json.dumps({"files": entry["files"]}))
    assert made_again(again([table], out)) == ["idea-1"]
    after = tree(out)
    mine = {name: digest for name, digest in after.items() if name not in before}
    assert {name: after[name] for name in before if name.startswith("idea")} == {
        name: digest for name, digest in before.items() if name.startswith("idea")
    }
    assert bool(mine) == (harm in {"edited", "emptied"})  # what may be a person's


def test_brief_that_failed_is_tried_again(tmp_path: Path) -> None:
    path, out = folder(tmp_path / "b"), tmp_path / "out"
    (path / "brief.ipynb").write_text("{")
    assert len(again([path], out).failed) == 1
    (path / "brief.ipynb").unlink()
    assert len(made_again(again([path], out))) == 1


def test_entry_gives_back_what_was_made(table: Path, tmp_path: Path) -> None:
    report = again([table], tmp_path / "out")
    for one in report.made:
        found = entry_of(tmp_path / "out" / one.slug)
        assert found is not None
        assert found.made == one.made


def test_folder_without_room_is_refused_before_any_work(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    again([table], out)
    before = tree(out)
    for free in (150_000, 1000):
        monkeypatch.setattr("shutil.disk_usage", lambda _, free=free: Usage(free=free))
        again([table], out)  # there is nothing to make
        ideas(table, 5)
        with pytest.raises(FullError, match=r"expected room for at least 0\.2 MB .* Nothing was"):
            again([table], out)
        ideas(table, 3)
    with pytest.raises(FullError, match=r"room for at least 0\.1 MB .* found 0\.0 MB\. Nothing"):
        again([table], out, fresh=True)  # for the one before the older one is deleted
    assert tree(out) == before


def test_name_that_is_taken_fails_before_any_work_and_alone(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "idea-1").mkdir(parents=True)
    (out / "idea-1" / "mine").write_text("mine")
    report = again([table], out)
    assert [one.slug for one in report.failed] == ["idea-1"]
    assert "found something else" in report.failed[0].reason
    assert [path.name for path in (out / "idea-1").iterdir()] == ["mine"]


def resumed(table: Path, out: Path, number: signal.Signals, *, after: float) -> None:
    """End a batch some seconds after its start, and run it again to its end."""
    mark = f"{out}-{after}"
    batch = begin([table], out, "--to", "pdf", "--jobs", "2", mark=mark)
    try:
        batch.wait(after)
    except subprocess.TimeoutExpired:
        batch.send_signal(number)
    batch.communicate(timeout=10)
    assert not left_over(mark)
    assert batch.returncode in {0, 128 + number, -number}
    second = begin([table], out, "--to", "pdf", "--jobs", "2", mark=mark)
    _, errors = second.communicate(timeout=300)
    assert second.returncode == 0, errors


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A table, and what a batch of it leaves that nobody disturbs."""
    path = tmp_path_factory.mktemp("undisturbed")
    table = ideas(path / "ideas.csv", 8)
    batch = begin([table], path / "out", "--to", "pdf", "--jobs", "2")
    batch.communicate(timeout=300)
    assert batch.returncode == 0
    return table, tree(path / "out")


@pytest.mark.parametrize(
    ("number", "times"),
    [
        pytest.param(signal.SIGKILL, 2, id="SIGKILL-2-times"),
        pytest.param(signal.SIGINT, 1, id="SIGINT-1-time"),
        pytest.param(signal.SIGTERM, 1, id="SIGTERM-1-time"),
        pytest.param(signal.SIGKILL, 100, id="SIGKILL-100-times", marks=pytest.mark.soak),
        pytest.param(signal.SIGINT, 20, id="SIGINT-20-times", marks=pytest.mark.soak),
        pytest.param(signal.SIGTERM, 20, id="SIGTERM-20-times", marks=pytest.mark.soak),
    ],
)
def test_batch_that_was_ended_and_is_run_again_leaves_the_same_tree(
    undisturbed: tuple[Path, dict[str, str]], tmp_path: Path, number: signal.Signals, times: int
) -> None:
    table, wanted = undisturbed
    moments = random.Random(times)  # noqa: S311  to be the same in each run
    for at in range(times):
        out = tmp_path / str(at)
        after = moments.uniform(0.3, 7.0)
        resumed(table, out, number, after=after)
        assert tree(out) == wanted, f"ended after {after:.2f} s"
