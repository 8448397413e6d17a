"""Files that are replaced whole or not at all: cut off, crowded, full, or forbidden."""

from __future__ import annotations

import functools
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from children import as_other_user, in_child, together

from kit.brief import open_brief, save
from kit.brief.files import clean_leftovers, is_writable, write_atomically
from kit.errors import ConflictError, WriteError

CHILDREN = Path(__file__).parent / "children.py"
START = f"format: 1\ntitle: a\ngoal:\n  statement: x\nproblem:\n  who: {'a' * 2000}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "brief.yaml"
    made.write_text(START, "utf-8")
    return made


def others(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir() if other != path)


def test_write_makes_a_new_file_with_the_mode_of_new_files(tmp_path: Path):
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "new").read_bytes() == b"x"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


def test_write_brings_the_file_to_disk_then_renames_it_then_the_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def told_fsync(handle: int) -> None:
        done.append(f"fsync {Path(f'/proc/self/fd/{handle}').resolve().name}")
        fsync(handle)

    def told_replace(self: Path, target: Path) -> Path:
        done.append(f"replace {target.name}")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(Path, "replace", told_replace)
    write_atomically(path, b"new")
    assert done[0].startswith("fsync .brief.yaml.")
    assert done[1:] == ["replace brief.yaml", f"fsync {path.parent.name}"]


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt, SystemExit, MemoryError, OSError(28, "No space left")]
)
def test_write_that_is_interrupted_leaves_nothing_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: Any
):
    def interrupt(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(WriteError if isinstance(error, OSError) else error):
        write_atomically(path, b"new")
    assert path.read_text("utf-8") == START
    assert others(path) == []


def test_write_to_a_full_disk_is_told_and_keeps_the_old_file(path: Path):
    """A limit on the size of files makes the system refuse in the middle of the writing."""

    def told() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with pytest.raises(WriteError) as caught:
            save(open_brief(path), {"problem.today": "b" * 3000})
        return f"{caught.value.exit_code} {caught.value}"

    said = in_child(told)
    assert said.startswith(f"74 {path}: expected to be able to write it, found: File too large.")
    assert said.endswith("Free some space and try again.")
    assert path.read_text("utf-8") == START
    assert others(path) == []


@pytest.mark.parametrize("number", [28, 122, 5])
def test_write_tells_a_full_disk_by_its_exit_code(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WriteError) as caught:
        write_atomically(path, b"new")
    assert caught.value.exit_code == 74


def test_write_into_what_is_no_folder_is_told(path: Path, tmp_path: Path):
    for place in (tmp_path / "gone" / "x", path / "x", tmp_path / ("x" * 300), Path("/proc/x")):
        with pytest.raises(WriteError) as caught:
            write_atomically(place, b"x")
        assert caught.value.exit_code == 73
        assert str(place) in str(caught.value)
    with pytest.raises(WriteError):
        write_atomically(tmp_path, b"x")
    assert others(path) == []


def test_write_through_a_link_in_a_loop_is_told(tmp_path: Path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(WriteError):
        write_atomically(tmp_path / "loop", b"x")


def test_write_into_a_folder_that_cannot_be_listed_works():
    def told(folder: Path) -> str:
        (folder / "drop").mkdir(mode=0o300)
        write_atomically(folder / "drop" / "x", b"new")
        return (folder / "drop" / "x").read_text("utf-8")

    assert as_other_user(told) == "new"


def test_is_writable_asks_the_mode_and_the_system(path: Path):
    assert is_writable(path)
    path.chmod(0o444)
    assert not is_writable(path)
    path.unlink()
    assert not is_writable(path)


def test_leftovers_of_this_file_are_cleaned_and_no_others(path: Path):
    own = [f".brief.yaml.{name}.tmp" for name in ("0123abcd", "ffffffff")]
    strange = [
        ".brief.yaml.tmp",
        ".brief.yaml.0123abcd.tmp.bak",
        ".brief.0123abcd.tmp",
        ".brief.yaml.zzzzzzzz.tmp",
    ]
    strange += [
        ".other.yaml.0123abcd.tmp",
        ".brief.yaml.x.0123abcd.tmp",
        "brief.yaml.yours",
        "note.tmp",
    ]
    for name in own + strange:
        (path.parent / name).touch()
    assert sorted(left.name for left in clean_leftovers(path)) == own
    assert others(path) == sorted(strange)


@pytest.mark.parametrize("name", ["[a-z]*.yaml", "b?.yaml", "a b.yaml", "ü.yaml", "$(x).yaml"])
def test_leftovers_are_found_whatever_the_file_is_called(tmp_path: Path, name: str):
    (tmp_path / f".{name}.0123abcd.tmp").touch()
    (tmp_path / name).write_text(START, "utf-8")
    save(open_brief(tmp_path / name), {"title": "b"})
    assert [other.name for other in tmp_path.iterdir()] == [name]


def test_leftovers_of_a_file_behind_a_link_are_cleaned_where_it_is(path: Path, tmp_path: Path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "link.yaml").symlink_to(path)
    (tmp_path / ".brief.yaml.0123abcd.tmp").touch()
    save(open_brief(tmp_path / "sub" / "link.yaml"), {"title": "b"})
    assert not (tmp_path / ".brief.yaml.0123abcd.tmp").exists()


def killed(path: Path, rounds: int) -> dict[str, int]:
    command = [sys.executable, str(CHILDREN), str(rounds), str(path)]
    environment = {**os.environ, "PYTHONPATH": str(CHILDREN.parent.parent)}
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
    return json.loads(done.stdout)


def check_killed(path: Path, rounds: int) -> None:
    counts = killed(path, rounds)
    assert counts["torn"] == 0
    assert counts["left"] > 0  # some saves were cut off in the middle
    (path.parent / ".brief.yaml.0123abcd.tmp").touch()
    save(open_brief(path), {"title": "end"})
    assert others(path) == []


def test_save_that_is_killed_leaves_one_version_or_the_other(path: Path):
    check_killed(path, 50)


@pytest.mark.soak
def test_save_that_is_killed_often_leaves_one_version_or_the_other(path: Path):
    check_killed(path, 400)


def waivers_added(path: Path, who: str, count: int) -> str:
    for at in range(count):
        while True:
            try:
                save(open_brief(path), {f"waive.{who}{at}": "why"})
                break
            except ConflictError as exc:
                exc.kept.unlink()
    return "done"


def test_save_by_several_at_once_loses_no_change(path: Path):
    """Each reads, changes and saves; who comes second is told and tries again."""
    writers = [functools.partial(waivers_added, path, who, 15) for who in "ABC"]
    assert together(writers) == ["done"] * 3
    found = open_brief(path)
    assert found.problems == ()
    assert set(found.value("waive")) == {f"{who}{at}" for who in "ABC" for at in range(15)}
    assert others(path) == []
