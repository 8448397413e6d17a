"""Results that are kept: found again, told apart, and never in the way."""

import json
import os
import tempfile
import threading
from pathlib import Path

import pytest
from children import as_other_user
from coaching import corrected, file_of, put
from filelock import FileLock
from measurings import count_measurings, shadow

from kit.data import Attached, Cache, Measured, Question, Refused, known, survey
from kit.data.cache import FOLDER


@pytest.fixture
def brief(tmp_path):
    """A brief's folder with a file, and a way to change the brief."""
    (tmp_path / "rows.csv").write_text("a,b\n" + "".join(f"{n % 9},{n % 2}\n" for n in range(200)))

    def made(**changes):
        return file_of(
            put(corrected("fraud-detection"), {"data.sources.0.file": "rows.csv", **changes})
        ).brief

    return made


def test_survey_measures_once(brief, tmp_path):
    cache = Cache(tmp_path / "kept")
    (first,) = survey(brief(), tmp_path, cache=cache)
    kept = next((tmp_path / "kept").glob("*.json"))
    kept.write_text(
        json.dumps({**json.loads(kept.read_text()), "size": 1})
    )  # so that it is known again
    (second,) = survey(brief(), tmp_path, cache=cache)
    assert first.size != second.size == 1
    (third,) = known(brief(), tmp_path, cache=cache)
    assert third == second


def test_known_measures_nothing(brief, tmp_path):
    assert known(brief(), tmp_path, cache=Cache(tmp_path / "kept")) == ()


def test_survey_measures_again_when_the_file_changes(brief, tmp_path):
    cache = Cache(tmp_path / "kept")
    survey(brief(), tmp_path, cache=cache)
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n")
    (found,) = survey(brief(), tmp_path, cache=cache)
    assert found.profile.rows == 1


def test_survey_measures_again_when_the_question_changes(brief, tmp_path):
    cache = Cache(tmp_path / "kept")
    (first,) = survey(brief(), tmp_path, cache=cache)
    changes = {"data.label.column": "b"}
    (second,) = survey(brief(**changes), tmp_path, cache=cache)
    assert first.label is None
    assert second.label is not None


def test_survey_adds_the_baseline_to_what_is_known(brief, tmp_path):
    cache = Cache(tmp_path / "kept")
    changes = {"data.label.column": "b"}
    (first,) = survey(brief(**changes), tmp_path, cache=cache)
    (second,) = survey(brief(**changes), tmp_path, cache=cache, baseline=True)
    (third,) = survey(brief(**changes), tmp_path, cache=cache)
    assert first.ladder is None
    assert second.ladder is not None
    assert third.ladder == second.ladder


@pytest.mark.parametrize("rubbish", ["", "{", "[]", "{}", '{"file": 3}', '{"refused": 3}', "\x00"])
def test_result_that_cannot_be_read_is_measured_again(brief, tmp_path, rubbish):
    cache = Cache(tmp_path / "kept")
    survey(brief(), tmp_path, cache=cache)
    next((tmp_path / "kept").glob("*.json")).write_text(rubbish)
    (found,) = survey(brief(), tmp_path, cache=cache)
    assert isinstance(found, Measured)


def test_folder_that_cannot_be_made_is_done_without(brief, tmp_path):
    (tmp_path / "taken").write_text("a file")
    (found,) = survey(brief(), tmp_path, cache=Cache(tmp_path / "taken" / "kept"))
    assert isinstance(found, Measured)


def test_folder_that_cannot_be_written_is_done_without(brief, tmp_path):
    kept = tmp_path / "kept"
    survey(brief(), tmp_path, cache=Cache(kept))
    (result,) = kept.glob("*.json")
    result.unlink()
    (lock,) = kept.glob("*.lock")
    lock.unlink()
    lock.mkdir()  # no lock can be had, whoever asks
    (found,) = survey(brief(), tmp_path, cache=Cache(kept))
    assert isinstance(found, Measured)
    assert not result.exists()


def test_environment_names_the_folder_or_none(monkeypatch, tmp_path, brief):
    monkeypatch.setenv(FOLDER, str(tmp_path / "named"))
    survey(brief(), tmp_path)
    assert list((tmp_path / "named").glob("*.json"))
    monkeypatch.setenv(FOLDER, "")
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n")
    survey(brief(), tmp_path)
    assert len(list((tmp_path / "named").glob("*.json"))) == 1


def test_two_at_once_measure_once(brief, tmp_path, monkeypatch):
    count = count_measurings(tmp_path / "counting", monkeypatch)
    cache, found = Cache(tmp_path / "kept"), []

    def look():
        found.append(survey(brief(), tmp_path, cache=cache))

    both = [threading.Thread(target=look) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert found[0] == found[1]
    assert count() == 1


def test_survey_tells_at_once_what_it_reads(brief, tmp_path):
    told = []
    survey(brief(), tmp_path, cache=Cache(None), tell=lambda *said: told.append(said))
    assert told[0] == ("reading rows.csv", 0.0)
    assert [share for _, share in told] == sorted(share for _, share in told)


def test_survey_can_be_stopped_before_anything_is_measured(brief, tmp_path, monkeypatch):
    count = count_measurings(tmp_path / "counting", monkeypatch)
    stop = threading.Event()
    stop.set()
    (found,) = survey(brief(), tmp_path, cache=Cache(tmp_path / "kept"), stop=stop)
    assert (found.name, found.found) == ("rows.csv", "that it was stopped")
    assert count() == 0


def test_refusal_that_the_file_causes_is_kept(brief, tmp_path, monkeypatch):
    count = count_measurings(tmp_path / "counting", monkeypatch)
    (tmp_path / "rows.csv").write_bytes(b"PK\x05\x06" + bytes(18))
    (first,) = survey(brief(), tmp_path, cache=Cache(tmp_path / "kept"))
    (second,) = survey(brief(), tmp_path, cache=Cache(tmp_path / "kept"), baseline=True)
    (third,) = known(brief(), tmp_path, cache=Cache(tmp_path / "kept"))
    assert first.found == "a ZIP archive"
    assert first == second == third
    assert count() == 1


def test_refusal_because_somebody_stopped_is_not_kept(brief, tmp_path):
    cache, stop = Cache(tmp_path / "kept"), threading.Event()
    assert known(brief(), tmp_path, cache=cache) == ()  # reads the file as a whole
    stop.set()
    (found,) = survey(brief(), tmp_path, cache=cache, stop=stop)
    assert found.found == "that it was stopped"
    assert known(brief(), tmp_path, cache=cache) == ()


def test_what_is_known_outlives_a_baseline_that_fails(brief, tmp_path, monkeypatch):
    cache, changes = Cache(tmp_path / "kept"), {"data.label.column": "b"}
    (first,) = survey(brief(**changes), tmp_path, cache=cache)
    (tmp_path / "shadows").mkdir()
    shadow(tmp_path / "shadows", monkeypatch, "pyarrow", "raise MemoryError")
    (second,) = survey(brief(**changes), tmp_path, cache=cache, baseline=True)
    assert second == first
    assert known(brief(**changes), tmp_path, cache=cache) == (first,)


REFUSED = Refused(sources=(0,), name="rows.csv", expected="rows", found="none", remedy="Add some.")


@pytest.fixture
def public():
    """A folder that anybody may look into, as the folder of a test is not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def file(tmp_path):
    return Attached(sources=(0,), name="rows.csv", path=tmp_path / "rows.csv", size=1)


def kept_for(cache, *labels, file):
    """Of the questions for some labels, those that something is kept for."""
    asked = {label: Question(label=label) for label in labels}
    return [label for label in labels if cache.get(file, "ab", asked[label]) is not None]


def test_cache_forgets_what_was_used_longest_ago(file, tmp_path, monkeypatch):
    monkeypatch.setattr("kit.data.cache._MOST", 2)
    cache = Cache(tmp_path / "kept")
    for at, label in enumerate("ab"):
        cache.put(REFUSED, "ab", Question(label=label))
        for path in (tmp_path / "kept").glob("*.json"):
            if path.stat().st_mtime > 10_000:
                os.utime(path, (at, at))
    assert cache.get(file, "ab", Question(label="a")) == REFUSED  # used now
    cache.put(REFUSED, "ab", Question(label="c"))
    assert kept_for(cache, "a", "b", "c", file=file) == ["a", "c"]


def test_cache_holds_a_lock_while_its_result_is_forgotten(file, tmp_path, monkeypatch):
    monkeypatch.setattr("kit.data.cache._MOST", 1)
    cache, asked = Cache(tmp_path / "kept"), Question(label="a")
    cache.put(REFUSED, "ab", asked)
    (old,) = (tmp_path / "kept").glob("*.json")
    os.utime(old, (0, 0))
    got = threading.Event()

    def wait():
        with cache.alone("ab", asked):
            got.set()

    with cache.alone("ab", asked):
        cache.put(REFUSED, "ab", Question(label="b"))
        assert kept_for(cache, "a", "b", file=file) == ["b"]
        other = threading.Thread(target=wait)
        other.start()
        assert not got.wait(0.5)
    other.join()
    assert got.is_set()


def test_cache_of_somebody_else_is_read(file, public):
    Cache(public / "kept").put(REFUSED, "ab", Question())
    for path in (public / "kept", *(public / "kept").iterdir()):
        path.chmod(0o555)
    said = as_other_user(lambda _: repr(Cache(public / "kept").get(file, "ab", Question())))
    assert said == repr(REFUSED)


# What goes wrong around it


def test_file_on_which_measuring_breaks_is_refused(brief, tmp_path, monkeypatch):
    shadow(tmp_path, monkeypatch, "pyarrow", "raise RuntimeError('not that one')")
    (found,) = survey(brief(), tmp_path, cache=Cache(tmp_path / "kept"))
    assert isinstance(found, Refused)
    assert "not that one" in found.found
    assert "report" in found.remedy
    monkeypatch.undo()
    (found,) = survey(brief(), tmp_path, cache=Cache(None))
    assert isinstance(found, Measured)


def test_file_that_changes_while_it_is_measured_is_not_kept(brief, tmp_path):
    cache, rows = Cache(tmp_path / "kept"), tmp_path / "rows.csv"
    before, changed = rows.read_bytes(), []

    def change(doing, _share):
        if not changed and doing.startswith("looking"):
            changed.append(rows.write_text("a,b\n9,9\n"))

    (found,) = survey(brief(), tmp_path, cache=cache, tell=change)
    assert isinstance(found, Refused)
    assert "changed" in found.found
    rows.write_bytes(before)
    (found,) = survey(brief(), tmp_path, cache=cache)
    assert found.profile.rows == 200


def test_link_put_in_the_place_of_a_file_is_not_followed(brief, tmp_path_factory, tmp_path):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    elsewhere.write_text("secret\nhunter2\n")
    rows, swapped = tmp_path / "rows.csv", []

    def swap(_doing, _share):
        if not swapped:
            rows.unlink()
            swapped.append(rows.symlink_to(elsewhere))

    (found,) = survey(brief(), tmp_path, cache=Cache(tmp_path / "kept"), tell=swap)
    assert isinstance(found, Refused)
    assert "secret" not in str(found)
    assert list((tmp_path / "kept").glob("*.json")) == []


@pytest.mark.parametrize("poison", ["stamp", "question"])
def test_entry_of_another_file_or_question_is_not_believed(brief, tmp_path, poison):
    cache = Cache(tmp_path / "kept")
    survey(brief(), tmp_path, cache=cache)
    entry = next((tmp_path / "kept").glob("*.json"))
    held = json.loads(entry.read_text())
    other = "f" * 64 if poison == "stamp" else {**held["question"], "label": "b"}
    held["profile"]["rows"] = 123_456
    entry.write_text(json.dumps({**held, poison: other}))
    (found,) = survey(brief(), tmp_path, cache=cache)
    assert found.profile.rows == 200


@pytest.mark.parametrize("make", [lambda path: path.write_text("[" * 200_000), os.mkfifo])
def test_entry_that_is_none_is_measured_again(brief, tmp_path, make):
    cache = Cache(tmp_path / "kept")
    survey(brief(), tmp_path, cache=cache)
    entry = next((tmp_path / "kept").glob("*.json"))
    entry.unlink()
    make(entry)
    (found,) = survey(brief(), tmp_path, cache=cache)
    assert found.profile.rows == 200


def test_wait_for_another_run_is_told_and_can_be_stopped(brief, tmp_path):
    cache, stop, told = Cache(tmp_path / "kept"), threading.Event(), []
    survey(brief(), tmp_path, cache=cache)
    entry = next((tmp_path / "kept").glob("*.json"))
    entry.unlink()

    def tell(doing, _share):
        told.append(doing)
        if doing.startswith("waiting"):
            stop.set()

    with FileLock(entry.with_name(f"{entry.name[:2]}.lock")):
        (found,) = survey(brief(), tmp_path, cache=cache, tell=tell, stop=stop)
    assert isinstance(found, Refused)
    assert "waiting for another run that measures rows.csv" in told
