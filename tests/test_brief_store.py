"""Briefs on disk: found, read, and saved without losing what anyone wrote."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
import ruamel.yaml.main
from children import as_other_user
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.brief import BriefFile, find, load, open_brief, save
from kit.brief import files as files_module
from kit.brief.editing import edit
from kit.brief.store import briefs_in, locked, value_at
from kit.brief.tree import SIZE_LIMIT
from kit.errors import BriefError, ConflictError, LockedError, Problem, WriteError

EXAMPLE = Path(__file__).parent.parent / "examples" / "doctor-visits"
TEXT = """\
# Ours.
format: 1
title: Churn   # the title
goal:
  statement: Less churn
  baseline: {value: 5%, from: measured}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "brief.yaml"
    made.write_text(TEXT, "utf-8")
    return made


def refusal(path: Path | str, **named: Any) -> Problem:
    with pytest.raises(BriefError) as caught:
        open_brief(path, **named)
    assert caught.value.exit_code == 2
    (problem,) = caught.value.problems
    assert problem.remedy.endswith(".")
    return problem


def beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir() if other != path)


# --- finding and reading ------------------------------------------------------------------------


def test_open_reads_a_file_or_a_folder(path: Path):
    for named in (path, str(path), path.parent):
        file = open_brief(named)
        assert (file.path, file.name, file.text) == (path, str(path), TEXT)
        assert file.brief.title == "Churn"
        assert file.problems == ()
        assert file.writable
        assert file.value("goal.baseline.value") == "5%"
        assert file.value("goal.nothing.there") is None


def test_open_names_the_file_as_the_person_did(path: Path):
    path.write_text("format: 1\n", "utf-8")
    file = open_brief(path, name="my/brief")
    assert {problem.place for problem in file.problems} == {"my/brief:1"}
    with pytest.raises(
        BriefError, match=r"my/brief:1: title: expected this key, found nothing\. Add"
    ):
        load(path, name="my/brief")


def test_open_of_a_wrong_brief_keeps_what_is_right(path: Path):
    path.write_text(TEXT.replace("5%", "lots").replace("title", "titel"), "utf-8")
    file = open_brief(path)
    assert [str(problem).removeprefix(str(path))[:52] for problem in file.problems] == [
        ":1: title: expected this key, found nothing. Add `ti",
        ":3: titel: expected a known key, found `titel`. Did ",
        ":6: goal.baseline.value: expected a number such as 5",
    ]
    assert file.brief is None
    assert file.value("goal.baseline.value") == "lots"


def test_open_says_that_a_file_is_missing(tmp_path: Path):
    problem = refusal(tmp_path / "no.yaml")
    assert str(problem) == (
        f"{tmp_path / 'no.yaml'}: expected a brief, found no such file. Check the spelling of the path."
    )


def test_open_says_that_a_folder_has_no_brief(tmp_path: Path):
    problem = refusal(tmp_path)
    assert str(problem) == (
        f"{tmp_path}: expected a folder with a brief.yaml, found none in it. Make one: framing new NAME."
    )


def test_open_says_that_the_brief_is_a_folder(tmp_path: Path):
    (tmp_path / "brief.yaml").mkdir()
    assert refusal(tmp_path).found == "a brief.yaml that is a folder"
    assert refusal(tmp_path / "brief.yaml").found == "none in it"


def test_open_does_not_wait_for_a_pipe(tmp_path: Path):
    os.mkfifo(tmp_path / "brief.yaml")
    assert refusal(tmp_path / "brief.yaml").found == "neither a file nor a folder"
    assert refusal(tmp_path).found == "none in it"


def test_open_says_that_a_link_leads_nowhere(tmp_path: Path):
    (tmp_path / "brief.yaml").symlink_to("gone.yaml")
    assert refusal(tmp_path / "brief.yaml").found == "a link to nowhere"
    (tmp_path / "loop").symlink_to("loop")
    assert refusal(tmp_path / "loop").expected == "a brief"


def test_open_says_that_a_name_is_impossible(tmp_path: Path):
    assert refusal(tmp_path / ("x" * 5000)).expected == "a brief"
    assert refusal(f"{tmp_path}/a\0b").expected == "a brief"


def test_open_says_that_a_file_may_not_be_read():
    def told(folder: Path) -> str:
        (folder / "brief.yaml").write_text(TEXT, "utf-8")
        (folder / "brief.yaml").chmod(0)
        return str(refusal(folder))

    said = as_other_user(told)
    assert (
        "brief.yaml: expected a file that can be read, found Permission denied. Check its" in said
    )


def test_open_says_that_a_folder_may_not_be_entered():
    def told(folder: Path) -> str:
        (folder / "shut").mkdir(mode=0)
        return str(refusal(folder / "shut" / "brief.yaml"))

    assert "expected a brief, found Permission denied. Check the path." in as_other_user(told)


SAMPLE = (Path(__file__).parent / "briefs" / "sample.yaml").read_text("utf-8")
SNIPPETS = [
    *" :#{}[],'é",
    "",
    "\n",
    "\t",
    '"',
    ": ",
    "- ",
    "n/a: ",
    "5%",
    "\u202e",
    "&a",
    "|",
    "1e400",
]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 6), st.sampled_from(SNIPPETS)),
        max_size=4,
    )
)
def test_open_of_a_mistyped_brief_reads_or_refuses_it_in_words(slips: list[tuple[int, int, str]]):
    text = SAMPLE
    for at, length, snippet in slips:
        text = text[:at] + snippet + text[at + length :]
    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        Path(file.name).write_text(text, "utf-8")
        try:
            problems = open_brief(file.name, name="b").problems
        except BriefError as exc:
            problems = exc.problems
            assert problems
    for problem in problems:
        assert problem.line
        assert problem.expected
        assert problem.found
        assert problem.remedy.endswith((".", "?"))
        assert "Input should be" not in str(problem)


@pytest.mark.parametrize(
    ("raw", "line", "found"),
    [
        (b"format: 1\ntitle: caf\xe9\n", 2, "byte 0xe9"),
        ("format: 1\n".encode("utf-16"), 1, "byte 0xff"),
        (b"format: 1\ntitle: a\x00b\n", 2, "the invisible character U+0000"),
        (b"", 1, "nothing"),
        (b"\xef\xbb\xbf", 1, "nothing"),
        (b"- a\n", 1, "a list"),
        (b"a: 1\n---\nb: 2\n", 2, "a second one after `---`"),
        (b"a: 1\na: 2\n", 2, "`a` again (first in line 1)"),
        (b"title: n/a: x\n", 1, "a second colon in the line"),
        (b"x" * (SIZE_LIMIT + 1), None, "a larger file"),
    ],
)
def test_open_says_what_is_no_brief_and_where(path: Path, raw: bytes, line: int | None, found: str):
    path.write_bytes(raw)
    problem = refusal(path)
    assert (problem.file, problem.line, problem.found) == (str(path), line, found)


def test_open_does_not_read_an_endless_file():
    problem = refusal("/dev/zero")
    assert problem.found == "neither a file nor a folder"


def test_open_is_quick_enough_for_a_form_that_saves_while_one_types(path: Path):
    start = time.process_time()
    for _ in range(20):
        open_brief(EXAMPLE)
    assert (time.process_time() - start) / 20 < 0.03  # some 3 ms, and ten times that on a slow day


def test_open_and_save_work_without_the_c_library_of_the_yaml_reader(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    fast = open_brief(EXAMPLE)
    monkeypatch.setattr(ruamel.yaml.main, "CParser", None)
    slow = open_brief(EXAMPLE)
    assert (slow.parsed, slow.brief) == (fast.parsed, fast.brief)
    changes = {"goal.metric": "x", "problem.evidence": slow.value("problem.evidence")[::-1]}
    assert edit(slow.text, changes) == edit(fast.text, changes)
    assert save(open_brief(path), {"author": "Ann"}).brief.author == "Ann"


def test_briefs_in_finds_them_all_in_order(tmp_path: Path, path: Path):
    top = tmp_path / "all"
    for name in ("b", "a/c", ".hidden", "d/.git"):
        (top / name).mkdir(parents=True)
        (top / name / "brief.yaml").write_text(TEXT, "utf-8")
    (top / "e" / "brief.yaml").mkdir(parents=True)
    (top / "f").symlink_to(tmp_path)
    (top / "g").mkdir()
    (top / "g" / "brief.yaml").symlink_to(path)
    assert briefs_in(top) == (top / "a/c/brief.yaml", top / "b/brief.yaml")
    assert briefs_in(top / "b") == briefs_in(top / "b" / "brief.yaml") == (top / "b/brief.yaml",)
    with pytest.raises(BriefError, match="found none in it"):
        briefs_in(top / "e" / "brief.yaml")


def test_find_returns_the_file(path: Path):
    assert find(path.parent) == find(path) == path


def test_value_at_looks_through_groups_and_rows():
    tree = {"a": [{"b": "c"}, "d"]}
    assert value_at(tree, "a.0.b") == "c"
    assert value_at(tree, "a.1") == "d"
    assert value_at(tree, "") == tree
    for key in ("a.2", "a.-1", "a.x", "a.0.b.c", "a.²", "x"):
        assert value_at(tree, key) is None


# --- saving -------------------------------------------------------------------------------------


def test_save_changes_the_value_and_returns_the_file_as_it_is(path: Path):
    file = save(open_brief(path, name="mine"), {"goal.baseline.value": "4%", "author": "Ann"})
    assert path.read_text("utf-8") == file.text
    assert file.text == TEXT.replace("5%", "4%").replace("goal:", "author: Ann\ngoal:")
    assert (file.name, file.brief.author) == ("mine", "Ann")
    assert save(file, {"author": None, "goal.baseline.value": "5%"}).text == TEXT
    assert beside(path) == []


def test_save_writes_what_was_typed_even_when_it_is_wrong(path: Path):
    file = save(open_brief(path), {"goal.baseline": "lots", "goal.by": "2027-02-30"})
    assert [problem.key for problem in file.problems] == ["goal.baseline", "goal.by"]
    assert open_brief(path).value("goal.baseline") == "lots"
    assert file.brief.goal.baseline is None


def test_save_of_nothing_new_leaves_the_file_alone(path: Path):
    path.chmod(0o444)
    before = path.stat()
    file = save(open_brief(path), {"title": "Churn", "author": None})
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert file.text == TEXT


def test_save_keeps_line_ends_and_byte_order_mark(path: Path):
    raw = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    path.write_bytes(raw)
    save(open_brief(path), {"problem.who": "two\nlines", "author": "Zoë"})
    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf# Ours.\r\n")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert open_brief(path).value("problem.who") == "two\nlines"


def test_save_refuses_a_file_that_changed_and_keeps_both_versions(path: Path):
    file = open_brief(path, name="mine")
    theirs = TEXT.replace("Less churn", "Fewer leave")
    path.write_text(theirs, "utf-8")
    with pytest.raises(ConflictError) as caught:
        save(file, {"title": "Ours"})
    assert caught.value.exit_code == 73
    assert path.read_text("utf-8") == theirs
    assert caught.value.kept.read_text("utf-8") == TEXT.replace("Churn ", "Ours ")
    assert caught.value.kept.name.startswith("brief.yours-")
    assert beside(path) == [caught.value.kept.name]
    said = str(caught.value)
    assert str(path) in said
    assert str(caught.value.kept) in said
    assert "Nothing was overwritten" in said


def test_save_after_a_conflict_works_once_the_file_was_read_again(path: Path):
    file = open_brief(path)
    path.write_text(TEXT + "author: Bob\n", "utf-8")
    with pytest.raises(ConflictError):
        save(file, {"title": "Ours"})
    assert save(open_brief(path), {"title": "Ours"}).value("author") == "Bob"


def test_save_sees_a_change_that_left_size_and_time_alone(path: Path):
    file = open_brief(path)
    stat = path.stat()
    path.write_text(TEXT.replace("Less", "More"), "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with pytest.raises(ConflictError):
        save(file, {"title": "Ours"})


def test_save_of_a_file_that_is_gone_keeps_what_was_typed(path: Path):
    file = open_brief(path)
    path.unlink()
    with pytest.raises(WriteError, match="found that it is gone") as caught:
        save(file, {"title": "Ours"})
    (kept,) = beside(path)
    assert kept in str(caught.value)
    assert "title: Ours" in (path.parent / kept).read_text("utf-8")
    assert not file.writable


def test_save_refuses_a_read_only_file(path: Path):
    path.chmod(0o444)
    file = open_brief(path, name="mine")
    assert not file.writable
    with pytest.raises(
        WriteError, match="mine: expected a file that can be changed, found a read-only one"
    ) as caught:
        save(file, {"title": "Ours"})
    assert caught.value.exit_code == 73
    assert path.read_text("utf-8") == TEXT
    assert beside(path) == []


def test_save_says_that_the_folder_cannot_be_written():
    def told(folder: Path) -> str:
        path = folder / "shut" / "brief.yaml"
        path.parent.mkdir()
        path.write_text(TEXT, "utf-8")
        path.parent.chmod(0o555)
        try:
            with pytest.raises(WriteError) as caught:
                save(open_brief(path), {"title": "Ours"})
        finally:
            path.parent.chmod(0o755)
        assert path.read_text("utf-8") == TEXT
        assert beside(path) == []
        return f"{caught.value.exit_code} {caught.value}"

    said = as_other_user(told)
    assert said.startswith("73 ")
    assert (
        "expected to be able to write it, found: Permission denied. Check its permissions" in said
    )


def test_save_through_a_link_replaces_the_file_and_keeps_the_link(path: Path, tmp_path: Path):
    link = tmp_path / "elsewhere" / "brief.yaml"
    link.parent.mkdir()
    link.symlink_to("../brief.yaml")
    save(open_brief(link), {"title": "Ours"})
    assert link.is_symlink()
    assert not path.is_symlink()
    assert "title: Ours" in path.read_text("utf-8")
    assert beside(link) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o755])
def test_save_keeps_the_mode(path: Path, mode: int):
    path.chmod(mode)
    save(open_brief(path), {"title": "Ours"})
    assert path.stat().st_mode & 0o7777 == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_save_by_root_keeps_the_owner(path: Path):
    os.chown(path, 12345, 23456)
    save(open_brief(path), {"title": "Ours"})
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


def test_save_refuses_half_a_character_and_names_the_key(path: Path):
    with pytest.raises(BriefError) as caught:
        save(open_brief(path), {"goal.baseline.source": "a\ud83d"})
    (problem,) = caught.value.problems
    assert (problem.key, problem.line) == ("goal.baseline.source", 6)
    assert problem.found == "half a character, U+D83D"
    assert path.read_text("utf-8") == TEXT


def test_save_refuses_a_text_that_could_not_be_opened_again(path: Path):
    """The limit is in bytes: what is short in characters may be long on disk."""
    with pytest.raises(BriefError, match="at most 256 KB"):
        save(open_brief(path), {"problem.who": "語" * 100_000})
    assert path.read_text("utf-8") == TEXT


def test_save_refuses_a_layout_that_it_cannot_change(path: Path):
    """Line ends of the last century: read, but not cut into."""
    path.write_bytes(TEXT.replace("\n", "\r").encode())
    before = path.read_bytes()
    file = open_brief(path)
    assert file.brief.title == "Churn"
    with pytest.raises(WriteError, match=r"layout does not allow it\. Nothing was written"):
        save(file, {"goal.by": "2027-03-31"})
    assert path.read_bytes() == before


def test_save_waits_for_the_lock_and_gives_up(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files_module, "LOCK_SECONDS", 0.2)
    file = open_brief(path)
    with locked(path), pytest.raises(LockedError, match="another program is saving it") as caught:
        save(file, {"title": "Ours"})
    assert caught.value.exit_code == 75
    assert path.read_text("utf-8") == TEXT
    assert save(file, {"title": "Ours"}).brief.title == "Ours"


def test_lock_is_one_for_all_names_of_a_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files_module, "LOCK_SECONDS", 0.1)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.yaml").symlink_to(path)
    for name in (Path("brief.yaml"), tmp_path / "link.yaml", tmp_path / "x" / ".." / "brief.yaml"):
        with locked(path), pytest.raises(LockedError), locked(name):
            pass


def test_lock_that_cannot_be_made_is_told(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(FileLock, "acquire", _refuse)
    with pytest.raises(WriteError, match=r"framing-.*\.lock: expected to be able to write it"):
        save(open_brief(path), {"title": "Ours"})


def _refuse(*_: Any, **__: Any) -> None:
    raise PermissionError(13, "Permission denied")


def test_save_reads_what_others_saved_in_other_files(path: Path, tmp_path: Path):
    """Two briefs do not wait for each other."""
    other = tmp_path / "other.yaml"
    other.write_text(TEXT, "utf-8")
    with locked(other):
        assert isinstance(save(open_brief(path), {"title": "Ours"}), BriefFile)
