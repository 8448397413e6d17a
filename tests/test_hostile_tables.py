"""Hostile tables through `framing batch`: they run no code, read no file, reach no network, and say what is wrong.

Every case has canaries of its own; what they are is in `tests/hostile`. That they can sing is shown in
`test_hostile_canaries.py`.
"""

import csv
import io
import json
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hostile import ATTACHED, CASES, CELLS, SOURCES, TABLES, TITLES, TRAPS
from hostile.acting import acting_in, acting_in_csv, acting_in_spreadsheet
from hostile.canaries import ENVIRONMENT, Canaries, leaks, secret_of, squeezed
from hostile.documents import acting_in_page, page_of, text_of, texts_in
from hostile.laying import LINES, harmless, packed, titled, trapped
from hostile.running import PLAIN, TOGETHER, WHERE, batch, once, tables, trapped_batch
from hostile.sources import shown_of

from kit.brief import open_brief, read_table
from kit.brief.sheets import LAST_COLUMN
from kit.errors import BriefError

RUNS = ("batch", "traps", "tables")
FORMATS = ("pdf", "html", "md", "docx", "ipynb")
CELL_ROWS = sorted(
    {place.row for place in packed(CELLS, Canaries(home=Path("/x"), names=()))[1].values()}
)


def by_name(cases):
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """One folder for all processes of a run of the tests."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if base.name.startswith("popen-") else base) / "hostile"


@pytest.fixture(scope="session")
def made(shared):
    """The batch of all cases that stop no other."""
    return once(shared / "batch", batch)


@pytest.fixture(scope="session")
def trapped_run(shared):
    """The batch of harmless briefs among traps."""
    return once(shared / "traps", trapped_batch)


@pytest.fixture(scope="session")
def refused(shared):
    """The commands over tables that cannot be read."""
    return once(shared / "tables", tables)


@pytest.fixture(scope="session")
def entries(made):
    """What the record says of each brief, by the name of its source and its row."""
    record = json.loads((made.out / "report.json").read_text("utf-8"))
    return {(source_of(made, brief["source"]), brief["row"]): brief for brief in record["briefs"]}


@pytest.fixture(scope="session")
def like(made, entries):
    """The folder of a harmless brief."""
    return made.out / entries[PLAIN, 2]["folder"]


def source_of(run, named):
    """The table, or the folder of a case."""
    path = Path(named).relative_to(run.home / "given")
    return path.parts[1] if path.parts[0] == "sources" else path.name


def place_of(case, run):
    """The table and row of a cell, and the column."""
    lay, cases, table = (
        (titled, TITLES, "titles.csv") if case in TITLES else (packed, CELLS, "cells.csv")
    )
    place = lay(cases, run.canaries)[1][case.name]
    return (table, place.row), place.column


def cleaned(text):
    """A text as the kit keeps it."""
    return unicodedata.normalize("NFC", text).strip()


def on_one_line(text):
    return " ".join(text.split())


def unmarked(text):
    """A text without what the small Markdown of texts reads as bold, as in `__init__`."""
    return on_one_line(text).replace("__", "")


def named_as_wrong(entry, said, place):
    """Whether an error names the place, says each of `said`, and what to do."""
    reason = entry["reason"]
    assert entry["status"] == "failed"
    assert place in reason
    assert all(each in reason for each in said), reason
    assert ": expected " in reason or "expected " in reason
    assert ", found " in reason
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", reason), (
        "an error a terminal would obey"
    )
    assert "Traceback" not in reason
    return True


def test_there_are_281_cases_each_with_a_name_of_its_own():
    assert len({case.name for case in CASES}) == len(CASES) == 281
    assert {case.kind for case in (*CELLS, *TITLES)} >= {
        "formula",
        "typst",
        "html",
        "markdown",
        "template",
        "yaml",
    }


# What is shown


@by_name([case for case in (*CELLS, *TITLES) if case.fate == "shown"])
def test_hostile_text_does_nothing_and_is_shown_as_it_is(case, made, entries):
    assert made.canaries.sung(case.name) == []
    key, column = place_of(case, made)
    entry = entries[key]
    assert entry["status"] == "done", entry
    assert re.fullmatch(r"[a-z0-9-]{1,70}", entry["folder"])
    folder = made.out / entry["folder"]
    text = made.canaries.armed(case.text, case.name)
    typed = text if column == "title" else f"{text} {shown_of(case.name)}"
    kept = open_brief(folder / "brief.yaml").value(column)
    assert cleaned(kept) == cleaned(
        typed.replace("\t", " ") if column in (*LINES, "title") else typed
    )
    for to in FORMATS:
        assert shown_of(case.name) in squeezed(text_of(folder / f"brief.{to}")), to
    if case.literal:
        page = page_of((folder / "brief.html").read_text("utf-8"))
        assert unmarked(cleaned(text)) in unmarked(page.text)


@by_name([case for case in (*CELLS, *TITLES) if case.fate == "refused"])
def test_hostile_text_that_nothing_can_show_is_named_with_row_and_column(case, made, entries):
    assert made.canaries.sung(case.name) == []
    (table, row), column = place_of(case, made)
    assert named_as_wrong(
        entries[table, row], (f"{column}: expected", *case.said), f"{table} row {row}: "
    )


@by_name(SOURCES)
def test_hostile_file_does_nothing_and_stops_no_other(case, made, entries):
    assert made.canaries.sung(case.name) == []
    (entry,) = [one for (source, _), one in entries.items() if source == case.name]
    if case.fate == "refused":
        assert named_as_wrong(entry, case.said, case.name)
    else:
        assert entry["status"] == "done", entry
        folder = made.out / entry["folder"]
        assert shown_of(case.name) in squeezed(text_of(folder / "brief.html"))
        assert not (folder.parent.parent / "ran").is_file()


@by_name(ATTACHED)
def test_hostile_name_of_a_data_file_is_not_read_and_the_document_says_so(case, made, entries):
    assert made.canaries.sung(case.name) == []
    entry = entries["files.csv", 2]
    assert entry["status"] == "done", entry
    page = page_of((made.out / entry["folder"] / "brief.html").read_text("utf-8"))
    file = re.escape(on_one_line(made.canaries.armed(case.file, case.name)))
    assert re.search(
        rf"{file} is not read\s*Expected [^:]{{,120}}, found {re.escape(case.said)}", page.text
    )


# What is refused


@by_name(TABLES)
def test_hostile_table_is_refused_with_its_name_and_makes_nothing(case, refused):
    command = case.name if case.alone else TOGETHER
    said = refused.said[command]
    assert refused.canaries.sung(case.name) == []
    assert said.code == case.code
    named = re.compile(rf"(failed: )?\S*/{case.name}[./ :]")
    (line,) = filter(named.match, said.err.splitlines())
    assert all(each in line for each in ("expected ", ", found ", *case.said)), line
    assert len(line) < 1200
    assert line.isprintable()
    assert "Traceback" not in said.err
    assert not list((refused.home / "out" / command).rglob("brief.*"))
    assert said.seconds < 60


def test_table_with_as_many_columns_as_a_spreadsheet_has_is_read_at_once(tmp_path):
    """In 0.4 s here; looking for each column among all those before it took 4.7 s."""
    columns = [
        "title",
        "goal.statement",
        *(f"data.sources.{at}.name" for at in range(LAST_COLUMN - 2)),
    ]
    path = tmp_path / "ideas.csv"
    path.write_text(f"{','.join(columns)}\nA,B\n")
    start = time.process_time()
    (row,) = read_table(path)
    assert row.problems == ()
    assert time.process_time() - start < 3
    path.write_text(f"{','.join(columns)},problem.who\nA,B\n")
    with pytest.raises(BriefError, match="expected at most 16384 columns, found 16385"):
        read_table(path)


def test_tables_that_are_refused_together_are_all_named(refused):
    together = [case.name for case in TABLES if not case.alone]
    assert refused.said[TOGETHER].code == 2
    assert len(refused.said[TOGETHER].err.splitlines()) == len(together)


# What lies around


@by_name(TRAPS)
def test_trap_in_a_folder_is_not_sprung(case, trapped_run):
    for where in WHERE:
        assert trapped_run.canaries.sung(trapped(case, where)) == []


def test_batch_among_traps_makes_what_it_makes_elsewhere(trapped_run):
    said = trapped_run.said["batch"]
    assert said.code == 1, said.err
    record = json.loads((trapped_run.out / "report.json").read_text("utf-8"))
    assert [brief["status"] for brief in record["briefs"]] == ["done", "done", "failed", "done"]
    assert len(harmless()) == 3
    assert "goal.metric: expected at most 300 characters" in said.err


# All together


@pytest.mark.parametrize("name", RUNS)
def test_no_process_reaches_for_the_network(name, request):
    run = request.getfixturevalue(
        dict(zip(RUNS, ("made", "trapped_run", "refused"), strict=True))[name]
    )
    assert run.canaries.noted("started"), "expected the watched processes to say that they began"
    assert run.canaries.noted("network") == []
    assert run.canaries.heard == []


@pytest.mark.parametrize("name", RUNS)
def test_no_program_is_started_but_the_kits_own(name, request):
    run = request.getfixturevalue(
        dict(zip(RUNS, ("made", "trapped_run", "refused"), strict=True))[name]
    )
    own = re.compile(r"""\["?'[^']*/bin/python[\d.]*', "\['[^']*/bin/python[\d.]*', '-P', """)
    assert [one for one in run.canaries.noted("program") if not own.match(one)] == []


@pytest.mark.parametrize("name", RUNS)
def test_no_secret_is_opened_or_turns_up_anywhere(name, request):
    run = request.getfixturevalue(
        dict(zip(RUNS, ("made", "trapped_run", "refused"), strict=True))[name]
    )
    assert run.canaries.opened == []
    assert leaks(texts_in(run.out), (*run.canaries.names, "diary")) == []
    said = {key: each.out + each.err for key, each in run.said.items()}
    assert not [
        key for key, text in said.items() if key != TOGETHER and secret_of(ENVIRONMENT) in text
    ]


def test_batch_of_all_cases_makes_the_good_and_names_the_bad(made, entries):
    wrong = [case for case in (*CELLS, *TITLES, *SOURCES) if case.fate == "refused"]
    failed = [entry for entry in entries.values() if entry["status"] == "failed"]
    assert len(failed) == len(wrong) + 1  # and one of the plain ones
    assert made.said["batch"].code == 1
    assert made.said["batch"].err.count("failed: ") == len(failed)
    assert f"{len(entries) - len(failed)} of {len(entries)} briefs made" in made.said["batch"].out
    folders = [entry["folder"] for entry in entries.values() if entry["status"] == "done"]
    assert len(set(folders)) == len(folders)
    assert {each.name for each in made.out.iterdir() if each.is_dir()} == set(folders)
    assert sorted(each.name for each in made.home.iterdir()) == [
        "given", "kept", "log", "out", "ran", "secrets", "watcher",
    ]  # fmt: skip


@pytest.mark.parametrize("row", CELL_ROWS)
def test_documents_of_a_row_of_hostile_cells_hold_nothing_that_acts(row, made, entries, like):
    acts_in_nothing(entries["cells.csv", row], made, like)


@by_name(TITLES)
def test_documents_with_a_hostile_title_hold_nothing_that_acts(case, made, entries, like):
    acts_in_nothing(entries[place_of(case, made)[0]], made, like)


@by_name([case for case in SOURCES if case.fate == "shown"])
def test_documents_of_a_hostile_file_hold_nothing_that_acts(case, made, entries, like):
    (entry,) = [one for (source, _), one in entries.items() if source == case.name]
    acts_in_nothing(entry, made, like)


def test_documents_with_hostile_data_files_hold_nothing_that_acts(made, entries, like):
    acts_in_nothing(entries["files.csv", 2], made, like)


def acts_in_nothing(entry, made, like):
    if entry["status"] == "done":
        found = acting_in(made.out / entry["folder"], like)
        own = "brief.ipynb: the cell" if entry["title"] == "notebook-beside-a-brief" else "none"
        assert [one for one in found if not one.startswith(own)] == []
    else:
        assert not entry["folder"] or not (made.out / entry["folder"]).exists()


def test_index_of_hostile_briefs_holds_nothing_that_acts(made, trapped_run):
    page, plain = (
        page_of((run.out / "index.html").read_text("utf-8")) for run in (made, trapped_run)
    )
    assert acting_in_page(page, plain) == []
    assert "script-src 'sha256-" in str(page.settings)
    assert "default-src 'none'" in str(page.settings)


def test_comparison_of_hostile_briefs_holds_no_formula(made, entries):
    path = made.out / "comparison.csv"
    assert acting_in_csv(path) == []
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    assert len(rows) == len(entries)
    cells = [cell for row in rows for cell in row.values()]
    formulas = [case for case in CELLS if case.kind == "formula"]
    for case in formulas:
        (cell,) = [one for one in cells if one.endswith(shown_of(case.name))]
        begins = cleaned(case.text)[0]
        assert cell[0] == "'" or begins not in "=+-@\uff1d", cell
    for workbook in made.out.glob("*.xlsx"):
        assert acting_in_spreadsheet(workbook) == []


def test_record_and_messages_hold_nothing_that_a_terminal_obeys(made):
    said = made.said["batch"]
    controls = [
        one for one in said.out + said.err if unicodedata.category(one) == "Cc" and one != "\n"
    ]
    assert controls == []
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", said.out + said.err)


@pytest.mark.soak
def test_traps_are_not_sprung_by_the_kernels_of_jupyter(shared):
    run = once(shared / "kernels", lambda home: trapped_batch(home, "--engine", "jupyter"))
    assert run.said["batch"].code == 1, run.said["batch"].err
    assert [name for name in run.canaries.names if run.canaries.sung(name)] == []
    assert leaks(texts_in(run.out), run.canaries.names) == []
    outside = [one for one in run.canaries.noted("network") if "127.0.0.1" not in one]
    assert outside == []
    assert run.canaries.heard == []
