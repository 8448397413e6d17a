"""Names of folders, and the output folder: nothing good is lost, whatever happens in between."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.batch.folder import held
from kit.batch.journal import MARK
from kit.batch.slugs import LENGTH, slug, slugs
from kit.errors import WriteError


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Personal content feed", "personal-content-feed"),
        ("Café: 50% fewer no-shows", "cafe-50-fewer-no-shows"),
        ("Straße, Øre & Łódź", "strasse-ore-and-lodz"),
        ("The ferry's last crossing", "the-ferrys-last-crossing"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", ""),
        ("C:\\temp\\x", "c-temp-x"),
        ("CON", "con-brief"),
        ("com1", "com1-brief"),
        ("{0.__class__}", "0-class"),
        ("日本語", ""),
        ("a\0b\nc", "a-b-c"),
        ("-rf *", "rf"),
        ("index.html", "index-html"),
        ("word " * 40, "-".join(["word"] * 12)),
    ],
)
def test_slug_keeps_letters_and_digits_only(title: str, name: str) -> None:
    assert slug(title) == name


@given(
    st.lists(
        st.one_of(st.text(max_size=90), st.sampled_from(["A", "a!", "a 2", "a-2", "日"])),
        max_size=12,
    )
)
def test_slugs_are_safe_and_none_comes_twice(titles: list[str]) -> None:
    made = [each.name for each in slugs(titles)]
    assert len(set(made)) == len(titles)
    assert all(re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", name) for name in made)
    assert all(len(name) <= LENGTH + len("-brief") + 3 for name in made)


def test_slugs_number_the_later_title_and_leave_a_name_that_is_its_own() -> None:
    made = slugs(["Churn", "churn!", "Churn 2", "CHURN", "日", "本"])
    assert [each.name for each in made] == [
        "churn",
        "churn-3",
        "churn-2",
        "churn-4",
        "brief",
        "brief-2",
    ]
    assert [each.numbered for each in made] == [None, "churn", None, "churn", None, "brief"]


def built(output: object, slug_: str, **files: str) -> Path:
    folder = output.building(slug_)  # type: ignore[attr-defined]
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    (folder / MARK).write_text(json.dumps({"files": digests}))
    return Path(folder)


def test_publish_replaces_our_files_and_carries_over_what_is_a_persons(tmp_path: Path) -> None:
    target = tmp_path / "out" / "a"
    with held(tmp_path / "out") as output:
        built(output, "a", one="1", two="1")
        output.publish("a")
    (target / "mine").write_text("mine")
    (target / "link").symlink_to("nowhere")
    (target / "sub").mkdir()
    (target / "sub" / "deep").write_text("deep")
    with held(tmp_path / "out") as output:
        built(output, "a", one="2")
        output.publish("a")
    assert sorted(each.name for each in target.iterdir()) == [MARK, "link", "mine", "one", "sub"]
    assert ((target / "one").read_text(), (target / "sub" / "deep").read_text()) == ("2", "deep")


@pytest.mark.parametrize(
    "mark",
    [
        None,
        "",
        "[]",
        '{"files": 1}',
        '{"files": {"precious": 1}}',
        "\xff",
        "[" * 10**5,
        " " * 2**21,
    ],
)
def test_publish_refuses_a_folder_of_another_origin(tmp_path: Path, mark: str | None) -> None:
    target = tmp_path / "a"
    target.mkdir()
    (target / "precious").write_text("kept")
    if mark is not None:
        (target / MARK).write_bytes(mark.encode("latin-1"))
    with held(tmp_path) as output:
        built(output, "a", one="1")
        with pytest.raises(WriteError, match="rename it, or choose another --out"):
            output.publish("a")
    assert (target / "precious").read_text() == "kept"
    assert not (target / "one").exists()


def publish_again(path: Path, slug_: str, **files: str) -> tuple[str, ...]:
    with held(path) as output:
        built(output, slug_, **files)
        return output.publish(slug_)


def test_publish_keeps_every_changed_file_under_a_free_name(tmp_path: Path) -> None:
    target = tmp_path / "a"
    assert publish_again(tmp_path, "a", **{"b.yaml": "1", "b.md": "1", "b.pdf": "1"}) == ()
    for change, name in (("first", "b.edited.yaml"), ("second", "b.edited-2.yaml")):
        (target / "b.yaml").write_text(change)
        notes = publish_again(tmp_path, "a", **{"b.yaml": "2", "b.md": "2"})
        assert notes == (f"What you changed in a/b.yaml is kept as a/{name}.",)
    (target / "b.md").write_text("not asked for again")
    (target / "b.html").write_text("mine, and asked for now")
    publish_again(tmp_path, "a", **{"b.yaml": "3", "b.html": "3"})
    assert {each.name: each.read_text() for each in target.iterdir() if each.name != MARK} == {
        "b.yaml": "3",
        "b.html": "3",
        "b.edited.yaml": "first",
        "b.edited-2.yaml": "second",
        "b.edited.md": "not asked for again",
        "b.edited.html": "mine, and asked for now",
    }


def test_publish_keeps_a_link_or_folder_in_the_place_of_our_file(tmp_path: Path) -> None:
    target = tmp_path / "a"
    publish_again(tmp_path, "a", one="1", two="1")
    (target / "one").unlink()
    (target / "one").symlink_to("nowhere")
    (target / "two").unlink()
    (target / "two").mkdir()
    (target / "two" / "deep").write_text("deep")
    assert len(publish_again(tmp_path, "a", one="2", two="2")) == 2
    assert (target / "one.edited").readlink() == Path("nowhere")
    assert (target / "two.edited" / "deep").read_text() == "deep"
    assert (target / "one").read_text() == (target / "two").read_text() == "2"


def test_publish_keeps_no_second_copy_of_what_is_the_same(tmp_path: Path) -> None:
    publish_again(tmp_path, "a", one="1")
    (tmp_path / "a" / "one").write_text("2")
    assert publish_again(tmp_path, "a", one="2") == ()
    assert sorted(each.name for each in (tmp_path / "a").iterdir()) == [MARK, "one"]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_publish_refuses_a_mark_that_is_no_file(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    (tmp_path / "a").mkdir()
    make(tmp_path / "a" / MARK)
    with pytest.raises(WriteError, match="rename it"):
        publish_again(tmp_path, "a", one="1")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
@pytest.mark.parametrize("name", ["index.html", "comparison.csv", "report.json"])
def test_held_refuses_what_is_no_file_in_the_place_of_one(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    (tmp_path / ".framing-batch.lock").touch()
    make(tmp_path / name)
    with pytest.raises(WriteError, match=f"{name}: expected a file or nothing"), held(tmp_path):
        pass


def test_write_names_half_a_character(tmp_path: Path) -> None:
    with held(tmp_path) as output:
        output.write("report.json", "a\ud800b")
    assert (tmp_path / "report.json").read_text("utf-8") == "a[U+D800 LONE SURROGATE]b"


@pytest.mark.parametrize("kind", ["file", "link", "broken link"])
def test_publish_refuses_to_replace_a_file_or_follow_a_link(tmp_path: Path, kind: str) -> None:
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    out.mkdir()
    elsewhere.mkdir()
    (elsewhere / MARK).write_text('{"files": {}}')
    if kind == "file":
        (out / "a").write_text("kept")
    else:
        (out / "a").symlink_to(elsewhere if kind == "link" else tmp_path / "none")
    with held(out) as output:
        built(output, "a", one="1")
        with pytest.raises(WriteError):
            output.publish("a")
    assert (out / "a").is_symlink() or (out / "a").read_text() == "kept"
    assert list(elsewhere.iterdir()) == [elsewhere / MARK]


def test_publish_that_fails_half_way_puts_the_older_folder_back(tmp_path: Path) -> None:
    with held(tmp_path) as output:
        built(output, "a", one="1")
        output.publish("a")
        with pytest.raises(WriteError):
            output.publish("a")  # nothing was built
        assert (tmp_path / "a" / "one").read_text() == "1"


def test_held_undoes_what_an_interrupted_run_left(tmp_path: Path) -> None:
    """Killed between the two renames: the older folder is in the private one, its place empty."""
    left = tmp_path / ".framing-build-x"
    (left / "old" / "a").mkdir(parents=True)
    (left / "old" / "a" / "one").write_text("older")
    (left / "old" / "a" / MARK).write_text('{"files": {}}')
    (left / "old" / "b").mkdir()
    (left / "built" / "a").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one").write_text("newer")
    with held(tmp_path):
        assert (tmp_path / "a" / "one").read_text() == "older"
        assert (tmp_path / "b" / "one").read_text() == "newer"
        assert not left.exists()
    assert not list(tmp_path.glob(".framing-build-*"))


def test_write_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / ".report.json.0123abcd.tmp").write_text("half")
    with held(tmp_path) as output:
        output.write("report.json", "whole")
        assert (tmp_path / "report.json").read_text() == "whole"
        (tmp_path / "comparison.csv").mkdir()
        with pytest.raises(WriteError, match=r"comparison\.csv"):
            output.write("comparison.csv", "x")
    assert not list(tmp_path.glob("*.tmp"))
    assert not list(tmp_path.glob(".*.tmp"))


@pytest.mark.parametrize(
    "name", ["index.html", "comparison.csv", "report.json", ".framing-batch.lock"]
)
def test_held_refuses_an_output_folder_that_leads_elsewhere(tmp_path: Path, name: str) -> None:
    """Whoever may write to a shared folder must not choose which file of mine is replaced."""
    mine, out = tmp_path / "mine", tmp_path / "out"
    mine.write_text("kept")
    out.mkdir()
    (out / name).symlink_to(mine)
    with (
        pytest.raises(WriteError, match="expected a file or nothing, found a link") as error,
        held(out),
    ):
        pass
    assert str(error.value).startswith(f"{out / name}: ")
    assert mine.read_text() == "kept"


def test_write_refuses_a_link_that_was_put_there_meanwhile(tmp_path: Path) -> None:
    mine, out = tmp_path / "mine", tmp_path / "out"
    mine.write_text("kept")
    with held(out) as output:
        (out / "index.html").symlink_to(mine)
        with pytest.raises(WriteError, match="found a link"):
            output.write("index.html", "x")
    assert mine.read_text() == "kept"
    assert (out / "index.html").is_symlink()


@pytest.mark.parametrize("link", [".framing-build-x", ".framing-build-x/old"])
def test_held_moves_nothing_out_of_a_folder_that_a_link_leads_to(tmp_path: Path, link: str) -> None:
    precious, out = tmp_path / "precious", tmp_path / "out"
    (precious / "old" / "deep").mkdir(parents=True)
    (precious / "letter").write_text("mine")
    (out / link).parent.mkdir(parents=True)
    (out / link).symlink_to(precious)
    with held(out):
        pass
    assert sorted(each.name for each in precious.iterdir()) == ["letter", "old"]
    assert (precious / "old" / "deep").is_dir()
    assert [each.name for each in out.iterdir()] == [".framing-batch.lock"]


def test_held_puts_nothing_in_its_place_that_no_batch_made(tmp_path: Path) -> None:
    (tmp_path / "out" / ".framing-build-x" / "old" / "a").mkdir(parents=True)
    with held(tmp_path / "out"):
        assert not (tmp_path / "out" / "a").exists()
