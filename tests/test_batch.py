"""Batches as they are run: real kernels, real files, and what is left when something goes wrong."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

import nbformat
import pytest
from filelock import FileLock
from notebooks import NOTE, STEP_NOTE, annotated, folder
from pypdf import PdfReader

from kit.batch import Entry, Progress, Report, run
from kit.batch.execution import prepare
from kit.batch.folder import COMPARISON, INDEX, RECORD
from kit.batch.journal import MARK
from kit.batch.making import make
from kit.batch.order import Options, Order, order_for
from kit.batch.sources import Idea, read_sources
from kit.brief import open_brief
from kit.errors import BriefError, LockedError, UsageError, WriteError
from kit.export import brief_document, write
from kit.export.typeset import Typesetter
from kit.report import SECTIONS
from kit.report.blocks import MIMETYPE
from kit.resources import WORKBOOKS

FORMATS = ("pdf", "html", "md", "docx")
HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>{{7*7}}../../#panic()'
TABLE = [
    ["title", "goal.statement", "goal.target", "goal.target.from", "goal.worth"],
    ["Café « Zürich »", "Fewer no-shows?", "5%", "guess", "-3 to 9 kEUR/year"],
    ["Bad number", "x", "many", "", ""],
    [HOSTILE, "+cmd|' /C calc'!A0, @SUM(1)", "6", "", ""],
    ["Returns", "the same name as a folder's", "", "", ""],
]


def tree(path: Path) -> dict[str, str]:
    """Every file below a folder, by name, with its SHA-256; locks aside."""
    return {
        str(each.relative_to(path)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted(path.rglob("*"))
        if each.is_file() and each.suffix != ".lock"
    }


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of briefs with a person's additions and with traps, and a table."""
    path = tmp_path_factory.mktemp("sources")
    annotated(path / "briefs" / "returns")
    broken = path / "briefs" / "broken"
    broken.mkdir()
    (broken / "brief.yaml").write_text("format: 1\ntitle: Broken one\ngoal:\n  statment: typo\n")
    for name in ("lab", "base"):
        (path / name).mkdir()
        (path / name / "index.html.j2").write_text("{{ cycler.__init__.__globals__.os.abort() }}")
    for module in ("kit.py", "IPython.py", "papermill.py"):
        (path / "briefs" / "returns" / module).write_text(f"open({str(path / 'canary')!r}, 'w')")
    with (path / "ideas.csv").open("w", newline="", encoding="utf-8") as table:
        csv.writer(table).writerows(TABLE)
    return path


@pytest.fixture(scope="module")
def steps() -> list[Progress]:
    return []


@pytest.fixture(scope="module")
def report(
    sources: Path, steps: list[Progress], tmp_path_factory: pytest.TempPathFactory
) -> Report:
    out = tmp_path_factory.mktemp("out") / "a {0} b"
    given = [sources / "briefs", sources / "ideas.csv"]
    return run(given, out, formats=FORMATS, jobs=2, progress=steps.append)


def entry(report: Report, slug: str) -> Entry:
    (found,) = [each for each in report.entries if each.slug == slug]
    return found


def test_batch_makes_the_good_ones_and_names_the_bad_ones(report: Report, sources: Path) -> None:
    assert [each.slug for each in report.entries] == [
        "broken-one",
        "returns",
        "cafe-zurich",
        "bad-number",
        "hyperlink-http-x-script-alert-1-script-7-7-panic",
        "returns-2",
    ]
    assert [each.ok for each in report.entries] == [False, True, True, False, True, True]
    assert report.exit_code == 1
    broken, bad = report.failed
    assert broken.reason.startswith(f"{sources}/briefs/broken/brief.yaml:")
    assert "goal.statment: expected a known key" in broken.reason
    assert "Did you mean `statement`?" in broken.reason
    assert bad.reason.startswith(
        f"{sources}/ideas.csv row 3: goal.target: expected a number such as 5"
    )
    assert "found 'many'" in bad.reason


def test_batch_tells_how_far_it_is(report: Report, steps: list[Progress]) -> None:
    assert [step.done for step in steps] == list(range(7))
    assert {step.total for step in steps} == {6}
    assert steps[0].entry is None
    assert {step.entry.slug for step in steps if step.entry} == {
        each.slug for each in report.entries
    }


def test_batch_writes_a_folder_for_each_brief(report: Report) -> None:
    wanted = {"brief.yaml", "brief.ipynb", *(f"brief.{to}" for to in FORMATS)}
    for made in report.made:
        files = tree(report.out / made.slug)
        assert files.keys() == wanted | {MARK}
        assert made.made.files == {name: files[name] for name in wanted}
        reader = PdfReader(report.out / made.slug / "brief.pdf")
        assert reader.metadata is not None
        assert reader.metadata.title == made.title
        assert len(reader.pages) == made.made.pages
    assert {each.name for each in report.out.iterdir() if each.is_dir()} == {
        e.slug for e in report.made
    }


@pytest.mark.parametrize("to", FORMATS)
def test_batch_gives_the_bytes_of_framing_export(report: Report, sources: Path, to: str) -> None:
    file = open_brief(sources / "briefs" / "returns")
    made = (report.out / "returns" / f"brief.{to}").read_bytes()
    assert made == write(brief_document(file), to).data


def test_batch_shows_what_a_person_added_and_runs_none_of_it(report: Report, sources: Path) -> None:
    reader = PdfReader(report.out / "returns" / "brief.pdf")
    words = " ".join(page.extract_text() for page in reader.pages)
    assert NOTE in words
    assert STEP_NOTE in words
    assert sum(len(page.images) for page in reader.pages) == 3
    text = (report.out / "returns" / "brief.ipynb").read_text()
    assert "1 / 0" not in text
    assert not (sources / "canary").exists()
    assert not list(sources.rglob("ran"))
    assert not list(sources.rglob("brief.pdf"))


def test_batch_leaves_an_executed_notebook_without_traces_of_the_run(report: Report) -> None:
    notebook = json.loads((report.out / "returns" / "brief.ipynb").read_text())
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    shown = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    assert len(shown) == len(SECTIONS)
    assert all(MIMETYPE in output["data"] for output in shown)
    assert not any({"papermill", "execution"} & set(cell["metadata"]) for cell in notebook["cells"])
    assert str(report.out) not in json.dumps(notebook)


def test_executed_notebook_is_one_that_jupyter_reads_with_a_line_for_each_cell(
    report: Report,
) -> None:
    path = report.out / "returns" / "brief.ipynb"
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    lines = path.read_text().splitlines()
    assert len(lines) == len(notebook.cells) + 3
    assert [json.loads(line.rstrip(","))["id"] for line in lines[1:-2]] == [
        cell["id"] for cell in notebook.cells
    ]


def test_batch_reads_a_row_as_the_brief_that_it_writes(report: Report) -> None:
    file = open_brief(report.out / "cafe-zurich")
    assert file.brief is not None
    assert file.value("title") == "Café « Zürich »"
    assert file.value("goal.target") == {"value": "5%", "from": "guess"}
    assert open_brief(report.out / entry(report, "returns-2").slug).value("title") == "Returns"


def test_batch_says_which_folder_a_second_title_got(report: Report) -> None:
    second = entry(report, "returns-2")
    assert second.notes == (
        "Its folder is returns-2: the title of an earlier brief gives the name returns already.",
    )
    record = json.loads((report.out / RECORD).read_text())
    assert [brief["notes"] for brief in record["briefs"]][-1] == list(second.notes)
    assert second.notes[0] in (report.out / INDEX).read_text()


def test_record_has_what_programs_need(report: Report) -> None:
    record = json.loads((report.out / RECORD).read_text())
    assert record["counts"] == {"briefs": 6, "made": 4, "failed": 2}
    assert record["formats"] == list(FORMATS)
    failed = [brief for brief in record["briefs"] if brief["status"] == "failed"]
    assert [problem["key"] for brief in failed for problem in brief["problems"]][
        -1
    ] == "goal.target"
    assert failed[1]["row"] == 3
    done = next(brief for brief in record["briefs"] if brief["folder"] == "cafe-zurich")
    assert done["facts"]["goal.worth"] == "-3 to 9"
    assert done["findings"]["warning"] > 0


def test_comparison_has_a_row_for_each_brief_and_no_formula(report: Report) -> None:
    raw = (report.out / COMPARISON).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["folder"] for row in rows] == [
        each.slug if each.ok else "" for each in report.entries
    ]
    assert (rows[2]["goal.target"], rows[2]["goal.unit"]) == ("5", "%")
    assert rows[2]["goal.target.from"] == "guess"
    assert rows[4]["title"].startswith("'=HYPERLINK")
    assert rows[4]["goal.statement"].startswith("'+cmd")
    assert rows[2]["goal.worth"] == "-3 to 9"
    assert rows[5]["goal.target.from"] == ""
    assert rows[4]["goal.target.from"] == "not said"


def test_index_shows_hostile_texts_as_they_are(report: Report) -> None:
    page = (report.out / INDEX).read_text()
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
    assert "default-src 'none'" in page
    assert "http://" not in page.replace("http://x", "")
    assert "https://" not in page


def test_index_leads_to_files_that_exist(report: Report) -> None:
    links = re.findall(r'href="([^"]+)"', (report.out / INDEX).read_text())
    assert len(links) == 3 + len(report.made) * (1 + len(FORMATS) + 1)
    assert all((report.out / link).is_file() for link in links)


def test_second_run_gives_the_same_bytes_and_keeps_what_a_person_put_there(
    report: Report, sources: Path, tmp_path: Path
) -> None:
    before = tree(report.out)
    mine = report.out / "returns" / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    (report.out / ".framing-build-left" / "old").mkdir(parents=True)
    given = [sources / "briefs", sources / "ideas.csv"]
    run(given, report.out, formats=FORMATS, jobs=1)
    assert (mine / "notes.txt").read_text() == "mine"
    (mine / "notes.txt").unlink()
    mine.rmdir()
    assert tree(report.out) == before
    assert not list(report.out.glob(".framing-build-*"))


def test_walk_runs_the_workbooks_of_the_steps_too(sources: Path, tmp_path: Path) -> None:
    made = run([sources / "briefs" / "returns"], tmp_path / "out", walk=True)
    assert made.exit_code == 0
    files = tree(tmp_path / "out" / "returns")
    assert files.keys() == {*WORKBOOKS.values(), "brief.yaml", "brief.pdf", MARK}
    for name, workbook in WORKBOOKS.items():
        text = (tmp_path / "out" / "returns" / workbook).read_text()
        assert MIMETYPE in text, name
        assert "1 / 0" not in text
    again = write(brief_document(open_brief(tmp_path / "out" / "returns")), "pdf")
    assert again.data == (tmp_path / "out" / "returns" / "brief.pdf").read_bytes()


def test_failed_run_keeps_what_an_older_one_made(tmp_path: Path) -> None:
    path = folder(tmp_path / "b") / "brief.yaml"
    run([path], tmp_path / "out", formats=["md"])
    older = tree(tmp_path / "out" / "returns")
    (path.parent / "brief.ipynb").write_text("{")
    made = run([path], tmp_path / "out", formats=["md"])
    (failed,) = made.failed
    assert failed.reason.startswith(
        f"{path}: {path.parent}/brief.ipynb: expected a notebook, found no JSON"
    )
    assert failed.notes == ("What an earlier run made of it is still in returns.",)
    assert tree(tmp_path / "out" / "returns") == older


def test_batch_does_not_replace_a_folder_that_it_did_not_make(tmp_path: Path) -> None:
    """As when --out is the folder that the briefs are in."""
    path = folder(tmp_path / "returns")
    other = folder(tmp_path / "other", title="Other")
    before = tree(path)
    made = run([path, other], tmp_path, formats=["md"])
    assert [each.ok for each in made.entries] == [False, False]
    assert (
        f"{tmp_path}/returns: expected nothing there or a folder that a batch made"
        in made.failed[0].reason
    )
    assert tree(path) == before


# What is asked for cannot be done


@pytest.mark.parametrize(
    ("error", "asked", "said"),
    [
        (UsageError, {"formats": ["exe"]}, "--to: expected formats"),
        (UsageError, {"jobs": 0}, "--jobs: expected at least 1, found 0"),
        (UsageError, {"sources": []}, "SOURCES: expected folders, YAML files or tables"),
        (UsageError, {"sources": ["letter.txt"]}, "found '.txt'"),
        (BriefError, {"sources": ["missing"]}, "no such file"),
        (BriefError, {"sources": ["empty"]}, "a folder with a brief.yaml, found none in it"),
        (BriefError, {"sources": ["missing.csv"]}, "expected a table that can be read"),
    ],
)
def test_batch_refuses_before_it_makes_anything(
    tmp_path: Path, error: type[Exception], asked: dict[str, object], said: str
) -> None:
    folder(tmp_path / "good")
    (tmp_path / "empty").mkdir()
    (tmp_path / "letter.txt").write_text("Dear")
    named = asked.get("sources", ["good"])
    sources = [tmp_path / name for name in named]  # type: ignore[attr-defined]
    options = {key: value for key, value in asked.items() if key != "sources"}
    with pytest.raises(error, match=said):
        run(sources, tmp_path / "out", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_batch_names_every_source_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BriefError) as error:
        run([tmp_path / "one", tmp_path / "two.csv"], tmp_path / "out")
    assert len(error.value.problems) == 2
    assert error.value.exit_code == 2


def test_sources_leave_out_what_batches_have_written(report: Report, tmp_path: Path) -> None:
    brief = folder(tmp_path / "b")
    shutil.copytree(report.out, tmp_path / "out")
    (idea,), _ = read_sources([tmp_path])
    assert idea.source == str(brief / "brief.yaml")
    with pytest.raises(BriefError, match="only what a batch has written"):
        read_sources([tmp_path / "out"])


def test_sources_make_a_brief_once_that_is_named_twice(tmp_path: Path) -> None:
    brief = folder(tmp_path / "b")
    ideas, notes = read_sources([brief, brief / "brief.yaml"])
    assert len(ideas) == 1
    assert notes == (f"{brief / 'brief.yaml'} is named more than once and was made once.",)


def test_sources_make_a_table_once_that_is_named_twice(tmp_path: Path) -> None:
    table = tmp_path / "ideas.csv"
    table.write_text("title,goal.statement\nA,x\nB,y\n")
    (tmp_path / "link.csv").symlink_to(table)
    ideas, notes = read_sources([table, tmp_path / "link.csv", table])
    assert [idea.title for idea in ideas] == ["A", "B"]
    assert notes == tuple(
        f"{tmp_path / name} is named more than once and was made once."
        for name in ("link.csv", "ideas.csv")
    )


def test_batch_names_files_whose_names_are_not_utf_8(tmp_path: Path) -> None:
    """As they come from old disks and archives."""
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    folder(odd / "good")
    folder(odd / "bad").joinpath("brief.yaml").write_text("title: [")
    (odd / "\udce9.csv").write_text("title,goal.statement\nOnly,x\nBad,\n")
    made = run([odd, odd / "\udce9.csv"], tmp_path / "out", formats=["md"])
    assert [each.ok for each in made.entries] == [False, True, True, False]
    shown = f"{tmp_path}/caf[U+DCE9 LONE SURROGATE]"
    assert made.entries[0].reason.startswith(f"{shown}/bad/brief.yaml:1: title: expected YAML")
    assert made.entries[3].reason.startswith(f"{shown}/[U+DCE9 LONE SURROGATE].csv row 3: goal")
    record = json.loads((tmp_path / "out" / RECORD).read_text("utf-8"))
    assert record["briefs"][1]["source"] == f"{shown}/good/brief.yaml"


def test_batch_survives_half_a_character_in_titles_values_and_keys(tmp_path: Path) -> None:
    texts = (
        r'{"format": 1, "title": "T\ud800", "goal": {"statement": "S"}}',
        r'{"format": 1, "title": "T\ud800", "odd\ud800": 1}',
        r'{"format": 1, "title": "T", "goal": {"statement": "S", "target": "x\ud800"}}',
    )
    given = [tmp_path / f"{at}.yaml" for at in range(len(texts))]
    for path, text in zip(given, texts, strict=True):
        path.write_text(text)
    made = run(given, tmp_path / "out", formats=["md"])
    for each in made.entries:
        (each.title + each.reason + repr(each.problems)).encode()
    assert made.entries[0].title == "T[U+D800 LONE SURROGATE]"
    for name in (COMPARISON, RECORD, INDEX):
        assert "T[U+D800 LONE SURROGATE]" in (tmp_path / "out" / name).read_text("utf-8")


def test_batch_keeps_what_a_person_changed_and_says_where(tmp_path: Path) -> None:
    path, out = folder(tmp_path / "b"), tmp_path / "out"
    run([path], out, formats=["md"])
    with (out / "returns" / "brief.yaml").open("a") as brief:
        brief.write("# mine\n")
    made = run([path], out, formats=["html"])
    note = "What you changed in returns/brief.yaml is kept as returns/brief.edited.yaml."
    assert made.entries[0].notes == (note,)
    assert note in (out / INDEX).read_text()
    assert (out / "returns" / "brief.edited.yaml").read_text().endswith("# mine\n")
    assert "# mine" not in (out / "returns" / "brief.yaml").read_text()
    assert not (out / "returns" / "brief.md").exists()


OPTIONS = Options(formats=("md",), walk=False, engine="forked")


def order(path: Path | None = None) -> Order:
    """For a row of a table, or for the brief at `path` that a person calls `b/brief.yaml`."""
    title = {
        "title": "Returns",
        "row": None if path else 3,
        "path": path,
        "home": Path(),
        "problems": (),
    }
    source = "b/brief.yaml" if path else "ideas.csv"
    given = Idea(source=source, text="format: 1\n", facts={}, with_files=None, **title)  # type: ignore[arg-type]
    return order_for(given, OPTIONS, today=dt.date(2026, 11, 1))


def test_make_names_the_row_and_the_place_in_the_code_where_we_are_at_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("goal")

    monkeypatch.setattr("kit.batch.making.executed", fail)
    with Typesetter() as typesetter:
        reason = make(order(), typesetter=typesetter, private=tmp_path).made.reason
    assert re.fullmatch(
        r"ideas\.csv row 3: expected a finished brief, found KeyError: 'goal' "
        r"\(at making\.py:\d+, making\.py:\d+, test_batch\.py:\d+\)\. Please report this\.",
        reason,
    )


def test_make_names_the_row_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "private").write_text("in the way")
    with Typesetter() as typesetter:
        made = make(order(), typesetter=typesetter, private=tmp_path / "private").made
    assert made.reason.startswith(f"ideas.csv row 3: {tmp_path / 'private'}: expected to be able")


def test_make_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        tempfile, "tempdir", tempfile.tempdir
    )  # the tests after this one have theirs
    with mock.patch.dict(os.environ), Typesetter() as typesetter:
        prepare(tmp_path)
        package = make(order(), typesetter=typesetter, private=tmp_path)
    assert set(package.files) == {"brief.yaml", "brief.ipynb", "brief.md"}
    assert not list(tmp_path.glob("work-*"))


def test_batch_names_files_beside_the_brief_as_the_person_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path / "b")
    (path / "brief.ipynb").write_text("{")
    monkeypatch.chdir(tmp_path)
    (entry,) = run([Path("b/brief.yaml")], tmp_path / "out", formats=["md"]).failed
    assert entry.reason.startswith("b/brief.yaml: b/brief.ipynb: expected a notebook, found no")


@pytest.mark.parametrize("place", ["file", "file/below", "closed"])
def test_batch_says_that_the_output_folder_cannot_be_written(tmp_path: Path, place: str) -> None:
    """Root may write into a folder that is closed to all; its mode counts all the same."""
    folder(tmp_path / "b")
    (tmp_path / "file").write_text("kept")
    (tmp_path / "closed").mkdir(mode=0o555)
    with pytest.raises(WriteError) as error:
        run([tmp_path / "b"], tmp_path / place)
    assert error.value.exit_code == 73
    assert str(tmp_path / place) in str(error.value)
    assert (tmp_path / "file").read_text() == "kept"


def test_batch_replaces_no_index_of_another_origin(tmp_path: Path) -> None:
    folder(tmp_path / "b")
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(UsageError, match=r"found index\.html of another origin"):
        run([tmp_path / "b"], tmp_path)
    assert (tmp_path / "index.html").read_text() == "mine"


def test_batch_leaves_at_once_when_another_holds_the_folder(tmp_path: Path) -> None:
    folder(tmp_path / "b")
    out = tmp_path / "out"
    out.mkdir()
    start = time.monotonic()
    with FileLock(out / ".framing-batch.lock"), pytest.raises(LockedError) as error:
        run([tmp_path / "b"], out)
    assert time.monotonic() - start < 2
    assert error.value.exit_code == 75
    assert str(out) in str(error.value)


PROGRAM = """
import sys
from pathlib import Path
from kit.batch import run
if __name__ == "__main__":
    source, out = map(Path, sys.argv[1:])
    run([source], out, formats=["md"], jobs=2, progress=lambda step: print(step.done, flush=True))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_batch_leaves_no_process_and_can_be_run_again(
    tmp_path: Path, number: signal.Signals
) -> None:
    rows = [["title", "goal.statement"], *([f"Idea {at}", "x"] for at in range(8))]
    table, out, program = tmp_path / "ideas.csv", tmp_path / "out", tmp_path / "program.py"
    table.write_text("\n".join(",".join(row) for row in rows))
    program.write_text(PROGRAM)
    environment = {**os.environ, "FRAMING_TEST_MARK": str(tmp_path)}
    running = subprocess.Popen(
        [sys.executable, program, table, out],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    assert running.stdout is not None
    while int(running.stdout.readline() or b"9") < 2:
        pass
    running.send_signal(number)
    assert running.wait(10) == -number
    running.stdout.close()
    end = time.monotonic() + 5
    while (left := marked(tmp_path)) and time.monotonic() < end:
        time.sleep(0.1)
    assert not left
    assert len(list(out.glob("idea-*/brief.md"))) >= 2  # those that were said to be done
    assert not list(out.glob(".framing-build-*")) or number == signal.SIGKILL


def marked(mark: Path) -> list[str]:
    """Processes that carry the mark of this test in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"FRAMING_TEST_MARK={mark}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue  # it has ended meanwhile, or belongs to somebody else
    return found


def test_gravest_points_are_kept_for_the_index(tmp_path: Path) -> None:
    """A share over one is an error, and most of what else the coach says is advice that comes before it."""
    table = tmp_path / "t.csv"
    table.write_text("title,goal.statement,value.kind,value.precision\nA,x,detection,120%\n")
    (entry,) = run(table, tmp_path / "out", formats="md").entries
    ranks = [("error", "warning", "advice").index(point.severity) for point in entry.made.worst]
    assert ranks[0] == 0
    assert ranks == sorted(ranks)
    page = (tmp_path / "out" / INDEX).read_text("utf-8")
    assert f"<summary>The worst {len(ranks)}</summary><ul><li><strong>error</strong> " in page
