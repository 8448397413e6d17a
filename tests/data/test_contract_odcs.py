"""The contract as others read it: by the standard's own model and schema, and by two YAML readers."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from contract_samples import BRIEFS, TUMOURS, VISITS, brief_with, example, measured, written
from jsonschema import Draft201909Validator
from open_data_contract_standard.model import OpenDataContractStandard
from ruamel.yaml import YAML

from kit.brief import Brief, DataSource, Quantity, load
from kit.data.contract import odcs_of
from kit.data.measured import Measured

SCHEMA = resources.files("open_data_contract_standard").joinpath("schema.json")
ODCS = Draft201909Validator(json.loads(SCHEMA.read_text("utf-8")))
DURATIONS = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0, "month": 2_629_800.0,
             "y": 31_557_600.0}  # fmt: skip


def contract(brief: Brief, source: int = 0, found: Measured | None = None) -> dict[str, Any]:
    """The contract of a source, after everybody agrees on what it says."""
    text = odcs_of(brief, source, found)
    read = yaml.safe_load(text)
    for version in ((1, 1), (1, 2)):
        reader = YAML(typ="safe", pure=True)
        reader.version = version
        assert reader.load(text) == read
    assert [error.message for error in ODCS.iter_errors(read)] == []
    model = OpenDataContractStandard.from_string(text)
    assert model.model_dump(exclude_none=True, exclude_unset=True, by_alias=True) == read
    return read


def properties(found: dict[str, Any]) -> dict[str, Any]:
    return {one["property"]: one["value"] for one in found.get("customProperties", ())}


def columns(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in found["schema"][0].get("properties", ())}


def most_empty(column: dict[str, Any]) -> float | None:
    """The percent of a column's cells that may be empty."""
    rules = [one for one in column.get("quality", ()) if one.get("metric") == "nullValues"]
    assert all(one["unit"] == "percent" for one in rules)
    return rules[0]["mustBeLessOrEqualTo"] if rules else None


def seconds(found: dict[str, Any], name: str) -> float:
    (one,) = (one for one in found["slaProperties"] if one["property"] == name)
    return one["value"] * DURATIONS[one["unit"]]


def stated(quantity: Quantity) -> float:
    from kit.brief.units import SECONDS, time_unit

    return quantity.number * SECONDS[time_unit(quantity.unit or "") or ""]


EVERY_SOURCE = [(path, at) for path in BRIEFS for at in range(len(load(path).data.sources))]


@pytest.mark.parametrize(
    ("path", "at"), EVERY_SOURCE, ids=lambda one: getattr(one, "parent", Path(str(one))).name
)
def test_contract_of_an_example_says_what_the_brief_says(path: Path, at: int):
    brief = load(path)
    source: DataSource = brief.data.sources[at]
    found = contract(brief, at)
    assert found["name"] == source.name
    assert found["status"] == {"draft": "draft"}.get(brief.status, "proposed")
    assert found["team"] == {"name": source.owner}
    assert list(columns(found)) == source.holds
    assert {properties(column)["typeKnown"] for column in columns(found).values()} == {False}
    assert found["schema"][0]["physicalType"] == source.format
    assert found["description"]["limitations"] == f"{source.bias}\n\n{source.peculiarities}"
    assert found["description"]["purpose"] == brief.goal.statement
    (empty,) = {most_empty(column) for column in columns(found).values()}
    assert empty == pytest.approx(100 - 100 * source.quality.completeness.number)
    (rate,) = found["schema"][0]["quality"]
    assert properties(rate)["leastPercent"] == pytest.approx(100 * source.quality.pass_rate.number)
    assert seconds(found, "latency") == pytest.approx(stated(source.quality.freshness))
    assert seconds(found, "retention") == pytest.approx(stated(source.history))
    (frequency,) = (one for one in found["slaProperties"] if one["property"] == "frequency")
    assert frequency["description"] == f"Updated: {source.refresh}"
    rest = properties(found)
    assert rest["personalData"] is source.personal
    assert rest["knownAtPrediction"] is source.known_at_prediction
    assert rest["access"] == source.access
    for name, answer in (("legalBasis", source.basis), ("licence", source.licence)):
        assert rest[name] == (answer if isinstance(answer, str) else f"n/a: {answer.reason}")
    assert ("servers" in found) == isinstance(source.file, str)


def test_contract_of_each_source_has_an_id_of_its_own():
    ids = [contract(load(path), at)["id"] for path, at in EVERY_SOURCE]
    twins = brief_with({"name": "log"}, {"name": "log"})
    ids += [contract(twins, at)["id"] for at in (0, 1)]
    assert len(set(ids)) == len(ids)
    assert contract(twins, 1)["id"] == ids[-1]


def test_contract_leaves_out_what_is_not_said():
    found = contract(brief_with({"name": "log"}))
    assert found.keys() == {
        "apiVersion", "kind", "id", "version", "status", "name", "description", "schema", "customProperties",
    }  # fmt: skip
    assert found["schema"] == [{"name": "log", "logicalType": "object"}]
    assert properties(found) == {"briefTitle": "T", "briefStatus": "draft"}


def test_contract_takes_the_safe_end_of_a_range():
    quality = {"completeness": "90% to 98%", "freshness": {"low": 1, "high": 2, "unit": "weeks"}}
    found = contract(
        brief_with(
            {"name": "log", "holds": ["a"], "quality": quality, "history": "1 to 3 quarters"}
        )
    )
    assert most_empty(columns(found)["a"]) == 10
    assert seconds(found, "latency") == 14 * 86_400
    assert seconds(found, "retention") == 3 * 2_629_800


def test_contract_passes_on_a_share_that_is_none():
    """Whoever reads the contract sees the demand, and no machine checks a wrong one."""
    quality = {"completeness": 980, "pass_rate": "3 days"}
    found = contract(brief_with({"name": "log", "holds": ["a"], "quality": quality}))
    assert most_empty(columns(found)["a"]) is None
    told = [one["description"] for one in found["schema"][0]["quality"]]
    assert told == ["Completeness: 980", "Pass rate: 3 days"]


def test_contract_gives_the_reasons_for_what_does_not_apply():
    source = {
        "name": "log",
        "history": "n/a: new",
        "owner": "n/a: nobody",
        "quality": {"freshness": "n/a: static"},
    }
    found = contract(brief_with(source))
    assert properties(found)["notApplicable"] == {
        "owner": "nobody",
        "history": "new",
        "freshness": "static",
    }
    assert "team" not in found
    assert "slaProperties" not in found


@pytest.mark.parametrize(
    ("source", "with_it"),
    [("log", [True, False]), ("people who judge", [True, True]), ("sheet", [False, True])],
)
def test_contract_holds_the_label_unless_it_is_from_another_source(
    source: str, with_it: list[bool]
):
    label = {"definition": "left", "source": source, "delay": "45 days", "agreement": 0.9}
    brief = brief_with({"name": "log"}, {"name": "sheet"}, data={"label": label})
    rest = [properties(contract(brief, at)) for at in (0, 1)]
    assert ["label" in one for one in rest] == with_it
    told = {"definition": "left", "source": source, "delay": "45 days", "agreement": "0.9"}
    assert [one["label"] for one in rest if "label" in one] == [told] * sum(with_it)


# --- with a measured file -----------------------------------------------------------------------


def test_contract_of_the_tumours_names_the_columns_of_the_file():
    found = contract(example("tumour-triage"), 0, measured(TUMOURS, label="diagnosis"))
    held = columns(found)
    assert len(held) == 31
    assert held["mean_radius"]["logicalType"] == "number"
    assert held["mean_radius"]["required"] is True
    assert most_empty(held["mean_radius"]) == 0
    assert (
        most_empty(held["mean_smoothness"]) is None
    )  # the brief does not say that the source holds it
    assert properties(held["diagnosis"]) == {"role": "label"}
    (rule,) = held["diagnosis"]["quality"]
    assert sorted(rule["arguments"]["validValues"]) == ["benign", "malignant"]
    twice = found["schema"][0]["quality"][-1]
    assert (twice["metric"], twice["mustBe"]) == ("duplicateValues", 0)
    assert twice["arguments"]["properties"] == list(held)
    assert properties(found)["sample"]["rows"] == 569
    assert properties(found)["fields"] == ["radius", "texture", "area", "concavity", "symmetry"]


def test_contracts_of_two_sources_share_the_columns_of_one_file():
    found = measured(VISITS, entity="person_id")
    visits, members = (columns(contract(example("doctor-visits"), at, found)) for at in (0, 1))
    assert list(visits) == ["person_id", "site", "study_year", "visits_last_year", "visits"]
    assert most_empty(visits["visits_last_year"]) == pytest.approx(29.3)
    assert {"age", "sex", "physical_limitation"} < members.keys()
    assert not {"person_id", "visits"} & members.keys()
    assert members["age"]["required"] is True
    assert members["physical_limitation"]["logicalType"] == "boolean"
    assert "primaryKey" not in visits["person_id"]


def test_contract_of_a_file_marks_keys_and_personal_data(tmp_path: Path):
    rows = [[at, f"p{at}@example.org", f"2026-01-{at % 28 + 1:02}", ["no", "on"][at % 2], f"town {at % 20}", ""]
            for at in range(60)]  # fmt: skip
    header = ["id", "mail", "day", "flag", "town", "empty"]
    found = measured(
        written(tmp_path / "a.csv", header, rows), entity="id", time="day", later=("flag",)
    )
    held = columns(contract(brief_with({"name": "log", "file": "data/a.csv"}), 0, found))
    assert held["id"]["primaryKey"] is held["id"]["unique"] is True
    assert properties(held["id"]) == {"role": "entity"}
    assert held["mail"]["classification"] == "personal"
    assert "example.org" not in json.dumps(held)
    assert (held["day"]["logicalType"], properties(held["day"])) == ("date", {"role": "time"})
    assert properties(held["flag"]) == {"knownAtPrediction": False}
    assert (
        len(held["town"]["examples"]) == 3
    )  # ten of its twenty values are in the profile: no rule
    assert "quality" not in held["town"]
    assert properties(held["empty"]) == {"typeKnown": False}


def test_contract_asks_for_no_cell_that_is_filled_later(tmp_path: Path):
    quality = {"completeness": "98%"}
    source = {"name": "log", "holds": ["a", "end"], "later": ["end"], "quality": quality}
    held = columns(contract(brief_with(source)))
    assert (most_empty(held["a"]), most_empty(held["end"])) == (2, None)
    rows = [[at, at if at < 9 else ""] for at in range(60)]
    found = measured(written(tmp_path / "a.csv", ["a", "end"], rows), later=("end",))
    held = columns(contract(brief_with({**source, "file": "data/a.csv"}), 0, found))
    assert (most_empty(held["a"]), most_empty(held["end"])) == (2, None)
    full = {**source, "file": "data/a.csv", "quality": {"completeness": "100%"}}
    held = columns(contract(brief_with(full), 0, found))
    assert ("required" in held["a"], "required" in held["end"]) == (True, False)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["2026-01-02", "2026-01-03"], "date"),
        (["31.01.2026", "01.02.2026"], "date"),
        (["2026-01-02", "2026-01-03 10:00"], "timestamp"),
        (["1", "2"], "integer"),
        (["1.0", "2.0"], "integer"),
        (["1.00", "2.00"], "number"),
        (["1", "2.5"], "number"),
        (["1.200", "3,5"], "number"),
        (["$5", "$1,200"], "integer"),
        (["yes", "no"], "boolean"),
        (["1", "0"], "boolean"),
        (["red", "green"], "string"),
    ],
)
def test_contract_names_the_type_of_a_column(cells: list[str], kind: str, tmp_path: Path):
    path = written(tmp_path / "a.csv", ["x", "n"], [[cell, 1] for cell in cells * 3])
    held = columns(contract(brief_with({"name": "log", "file": "a.csv"}), 0, measured(path)))
    assert held["x"]["logicalType"] == kind


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_contract_names_the_encoding_of_the_sample(encoding: str, named: str, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,Zoë\n2,Noël\n", encoding)
    found = contract(brief_with({"name": "log", "file": "data/a.csv"}), 0, measured(path))
    assert found["servers"][0]["encoding"] == named


def test_contract_does_not_forbid_what_the_sample_does(tmp_path: Path):
    path = written(tmp_path / "a.csv", ["a", "b"], [[1, "x"], [1, "x"], [2, "y"], [2, "x"]])
    found = contract(
        brief_with({"name": "log", "file": "data/a.csv"}), 0, measured(path, entity="a")
    )
    assert "quality" not in found["schema"][0]
    assert "unique" not in columns(found)["a"]


def test_contract_is_read_the_same_whatever_a_file_holds(tmp_path: Path):
    """Texts that readers of YAML take for something else, as header and as values of categories."""
    words = ["no", "12:30", "0x1F", "1_000", "2026-01-01", "~", "!!python/name:os.system", "&a", "*a", "- x", "a: b",
             "x #y", "=1+1", "{a", "'", '"', "\\", "%TAG", "@", "`", "|", "null x", "...", "---", "é\u2028\u0085\u200b",
             "<<", "1e-05", ".inf", "line\nbreak", "tab\tx", "\U0001f600"]  # fmt: skip
    path = tmp_path / "a.csv"
    for start in range(0, len(words), 8):
        some = words[start : start + 8]
        rows = [[word] * len(some) for word in some for _ in range(3)]
        found = measured(written(path, some, rows))
        held = columns(contract(brief_with({"name": "log", "file": "data/a.csv"}), 0, found))
        assert list(held) == [column.name for column in found.profile.columns]


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "12:30",
        "- x",
        "a: b #c",
        "two\nlines",
        " lead\n  more",
        "'\"\\",
        "!!binary x",
        "*x",
        "=1",
    ],
)
def test_contract_keeps_the_words_of_a_brief(text: str):
    line = text.replace("\n", " ").strip()
    source = {
        "name": line,
        "owner": line,
        "holds": [line],
        "refresh": line,
        "bias": text,
        "basis": line,
    }
    brief = brief_with(source, title=line)
    found = contract(brief)
    assert found["name"] == found["team"]["name"] == next(iter(columns(found))) == line
    assert found["description"]["limitations"] == text.strip()
    assert properties(found)["legalBasis"] == properties(found)["briefTitle"] == line
