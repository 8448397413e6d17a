"""Which files a brief may name, and which not, whatever it says."""

import os
import socket

import pytest
from coaching import BASE, corrected, file_of, put

from kit.data import Attached, Refused, attached_to


def named(folder, name):
    """What a brief in a folder gets for a name."""
    brief = file_of(put(corrected(BASE), {"data.sources.0.file": name})).brief
    (found,) = attached_to(brief, folder)
    return found


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "brief"
    (home / "data").mkdir(parents=True)
    (home / "data" / "rows.csv").write_text("a,b\n1,2\n")
    (tmp_path / "secret.csv").write_text("secret\n1\n")
    return home


def test_file_in_the_folder_is_taken(folder):
    found = named(folder, "data/rows.csv")
    assert isinstance(found, Attached)
    assert found.path == (folder / "data" / "rows.csv").resolve()
    assert found.size == 8


def test_file_is_taken_by_a_path_as_windows_writes_it(folder):
    assert isinstance(named(folder, "data\\rows.csv"), Attached)


def test_path_that_stays_in_the_folder_is_taken(folder):
    for name in ("data/../data/rows.csv", "data\\..\\data\\rows.csv", "./data/rows.csv"):
        assert named(folder, name).path == (folder / "data" / "rows.csv").resolve()


def test_link_within_the_folder_is_taken(folder):
    (folder / "link.csv").symlink_to(folder / "data" / "rows.csv")
    assert isinstance(named(folder, "link.csv"), Attached)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("../secret.csv", "a path that leads out of it"),
        ("data/../../secret.csv", "a path that leads out of it"),
        ("..\\secret.csv", "a path that leads out of it"),
        ("../brief/data/rows.csv", "a path that leads out of it"),
        ("/etc/passwd", "one from somewhere else"),
        ("~/secret.csv", "one from somewhere else"),
        ("C:\\secret.csv", "one from somewhere else"),
        ("\\\\server\\share\\secret.csv", "one from somewhere else"),
        ("https://example.org/rows.csv", "an address on a network"),
        ("s3://bucket/rows.parquet", "an address on a network"),
        ("file:///etc/passwd", "an address on a network"),
        ("FILE:rows.csv", "an address on a network"),
        ("data", "a folder"),
        ("data/none.csv", "none of that name"),
        ("data/rows.csv/more.csv", "Not a directory"),
    ],
)
def test_name_that_is_none_of_the_folder_is_refused(folder, name, found):
    refused = named(folder, name)
    assert isinstance(refused, Refused)
    assert refused.found == found
    assert refused.remedy.endswith(".")


@pytest.mark.parametrize(
    "name", ["rows.pickle", "rows.pkl", "rows.zip", "rows.csv.gz", "rows.xls", "rows.json", "rows"]
)
def test_file_of_another_kind_is_refused(folder, name):
    (folder / name).write_text("a,b\n1,2\n")
    refused = named(folder, name)
    assert isinstance(refused, Refused)
    assert refused.expected == "one of .csv, .tsv, .txt, .parquet, .xlsx"


def test_link_out_of_the_folder_is_refused(folder, tmp_path):
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    for name in ("link.csv", "linked/secret.csv"):
        assert named(folder, name).found == "a link that leads out of it"
    assert named(folder, "linked/../rows.csv").found == "a link that leads out of it"


def test_link_in_a_ring_is_refused(folder):
    (folder / "ring.csv").symlink_to(folder / "ring.csv")
    assert isinstance(named(folder, "ring.csv"), Refused)


def test_what_is_no_regular_file_is_refused(folder, monkeypatch):
    os.mkfifo(folder / "pipe.csv")
    monkeypatch.chdir(folder)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.csv")
        for name in ("pipe.csv", "socket.csv"):
            assert named(folder, name).found == "something else, such as a device"


def test_file_that_is_too_large_is_refused(folder):
    with (folder / "large.csv").open("wb") as large:
        large.truncate((4 << 30) + 1)
    refused = named(folder, "large.csv")
    assert refused.expected == "at most 4 GB"


def test_sources_that_name_one_file_share_it(folder):
    brief = corrected(BASE)
    changes = {f"data.sources.{at}.file": "data/rows.csv" for at in (0, 1)}
    (found,) = attached_to(file_of(put(brief, changes)).brief, folder)
    assert found.sources == (0, 1)


def test_sources_without_a_file_name_none(folder):
    assert attached_to(file_of(corrected(BASE)).brief, folder) == ()
    waived = put(corrected(BASE), {"data.sources.0.file": "n/a: access is asked for"})
    assert attached_to(file_of(waived).brief, folder) == ()
