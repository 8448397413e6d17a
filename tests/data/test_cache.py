"""Results that are kept: found again, told apart, and never in the way."""

import json
import threading

import pytest
from coaching import corrected, file_of, put

from kit.data import Cache, Measured, known, survey
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


@pytest.mark.parametrize("rubbish", ["", "{", "[]", "{}", '{"file": 3}', "\x00"])
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
    result.with_suffix(".lock").unlink(missing_ok=True)
    result.with_suffix(".lock").mkdir()  # no lock can be had, whoever asks
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


def test_two_at_once_measure_once(brief, tmp_path):
    cache = Cache(tmp_path / "kept")
    found, begun = [], []

    def look():
        found.append(
            survey(brief(), tmp_path, cache=cache, tell=lambda what, _: begun.append(what))
        )

    both = [threading.Thread(target=look) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert found[0] == found[1]
    assert len(list((tmp_path / "kept").glob("*.json"))) == 1
