"""The requirements of one source as an Open Data Contract Standard document (Bitol, version 3.2.0)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from kit.brief import (
    STARTER_STATEMENT,
    Brief,
    Data,
    DataSource,
    Hypothesis,
    NotApplicable,
    Quantity,
)
from kit.brief.data import Label, Quality
from kit.brief.units import time_unit
from kit.data.contract.answers import Tree, filled, named, plain_number, stated, text_of, texts_of
from kit.data.contract.odcs_table import table_of
from kit.data.contract.terms import Terms, sources_of, terms_of
from kit.data.contract.yaml_text import yaml_of
from kit.data.measured import Measured
from kit.errors import visible

_STANDARD = "v3.2.0"
# Whoever owns the data has not agreed yet, even where the brief is decided: none of them is "active".
_STATUS = {"draft": "draft", "in review": "proposed", "decided": "proposed"}
_UNITS = {"day": (1, "d"), "week": (7, "d"), "quarter": (3, "month"), "year": (1, "y")}
_OFTEN = {"hourly": "h", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year",
          "annually": "year"}  # fmt: skip


def odcs_of(brief: Brief, source: int, measured: Measured | None) -> str:
    """A data contract as YAML: what the brief says of a source, and the columns of its file if that was measured.

    What the brief does not say is left out.

    Raises
    ------
    IndexError
        If the brief has no such source.

    References
    ----------
    Bitol (LF AI & Data Foundation), Open Data Contract Standard, version 3.2.0.
    """
    terms = terms_of(brief, source, measured)
    return _heading(brief, terms.source, measured) + yaml_of(
        _contract(brief, source, terms, measured)
    )


def _heading(brief: Brief, source: DataSource, measured: Measured | None) -> str:
    lines = [
        f"Data contract (Open Data Contract Standard {_STANDARD}) that Framing Kit wrote from a brief.",
        "Change the brief, not this file. What the brief does not say is not in here.",
        f"Brief: {visible(brief.title)}",
        f"Source: {visible(source.name)}",
    ]
    if measured:
        lines.append(f"Columns: as in {visible(measured.file)}, measured on {measured.on}")
    return "".join(f"# {line}\n" for line in lines)


def _contract(brief: Brief, at: int, terms: Terms, measured: Measured | None) -> Tree:
    source = terms.source
    return filled(
        {
            "apiVersion": _STANDARD,
            "kind": "DataContract",
            "id": _id(brief, at),
            "version": "1.0.0",
            "status": _STATUS[brief.status],
            "name": source.name,
            "description": _description(brief, source),
            "team": {"name": text_of(source.owner)},
            "servers": _servers(source, measured),
            "schema": [table_of(terms, measured)],
            "slaProperties": list(_service(source)),
            "customProperties": named(_rest(brief, terms, measured)),
        }
    )


def _id(brief: Brief, at: int) -> str:
    """The same for the same brief and source; those of one name are told apart by their order."""
    sources = sources_of(brief)
    name = sources[at].name
    again = sum(other.name == name for other in sources[:at])
    named_by = "\n".join(["framing-kit", brief.title, name, "again" * again])
    return str(uuid.uuid5(uuid.NAMESPACE_OID, named_by))


def _description(brief: Brief, source: DataSource) -> Tree:
    hypothesis, goal = brief.hypothesis, brief.goal.statement
    limits = [text for text in (text_of(source.bias), text_of(source.peculiarities)) if text]
    return {
        "purpose": goal if goal != STARTER_STATEMENT else None,
        "usage": text_of(hypothesis.capability) if isinstance(hypothesis, Hypothesis) else None,
        "limitations": "\n\n".join(limits),
    }


def _servers(source: DataSource, measured: Measured | None) -> list[Tree]:
    """The sample; where the source itself is served from, a brief does not say."""
    if not isinstance(source.file, str):
        return []
    name, dot, ending = source.file.rpartition(".")
    server = {
        "server": "sample",
        "type": "local",
        "path": source.file,
        "format": ending.lower() if dot and name else "file",
    }
    if measured and measured.profile.read_as.content == "text":
        encoding = measured.profile.read_as.encoding
        server["encoding"] = "utf-8" if encoding == "utf-8-sig" else encoding
    return [server]


def _service(source: DataSource) -> Iterator[Tree]:
    quality = source.quality
    if isinstance(quality, Quality) and isinstance(quality.freshness, Quantity):
        longest = _duration(quality.freshness.unit, quality.freshness.bounds[1])
        yield {"property": "latency", **longest, "description": "Oldest age allowed when used."}
    if isinstance(source.refresh, str):
        unit = _OFTEN.get(source.refresh.lower())
        often = _duration(unit, 1) if unit else {"value": source.refresh}
        yield {"property": "frequency", **often, "description": f"Updated: {source.refresh}"}
    if isinstance(source.history, Quantity):
        shortest = _duration(source.history.unit, source.history.bounds[0])
        yield {"property": "retention", **shortest, "description": "How far back it goes."}


def _duration(unit_said: str | None, number: float) -> Tree:
    """A length of time in a unit of the standard, which knows no weeks and quarters."""
    unit = time_unit(unit_said or "") or ""
    times, name = _UNITS.get(unit, (1, unit))
    return {"value": plain_number(number * times), "unit": name}


def _rest(brief: Brief, terms: Terms, measured: Measured | None) -> Iterator[tuple[str, Any]]:
    """What has no place of its own in the standard."""
    source = terms.source
    yield "briefTitle", brief.title
    yield "briefStatus", brief.status
    yield "illustrative", brief.illustrative or None
    yield "access", stated(source.access)
    yield "volume", stated(source.volume)
    yield "personalData", stated(source.personal)
    yield "legalBasis", stated(source.basis)
    yield "licence", stated(source.licence)
    yield "knownAtPrediction", stated(source.known_at_prediction)
    yield "timeColumn", stated(source.time)
    yield "entityColumn", stated(source.entity)
    yield "filledAfterPrediction", stated(source.later)
    if measured and not {one.name for one in terms.columns}.issuperset(texts_of(source.holds)):
        yield "fields", texts_of(source.holds)
    yield "label", _label(brief, terms, measured)
    yield "sample", _sample(measured) if measured else None
    yield "notApplicable", dict(_not_applicable(source))


def _not_applicable(source: DataSource) -> Iterator[tuple[str, str]]:
    """The reasons why what does have a place in the standard stays empty there."""
    quality = source.quality if isinstance(source.quality, Quality) else None
    for part in (source, quality):
        for name in ("holds", "owner", "format", "refresh", "history", "quality", "completeness", "freshness",
                     "pass_rate", "bias", "peculiarities", "file"):  # fmt: skip
            answer = getattr(part, name, None)
            if isinstance(answer, NotApplicable):
                yield name, answer.reason


def _label(brief: Brief, terms: Terms, measured: Measured | None) -> Tree | None:
    """What the brief says of the label, unless another source is where it comes from."""
    label = brief.data.label if isinstance(brief.data, Data) else None
    if not isinstance(label, Label):
        return {"notApplicable": label.reason} if isinstance(label, NotApplicable) else None
    in_file = measured is not None and measured.question.label in [
        one.name for one in terms.columns
    ]
    elsewhere = {one.name for one in sources_of(brief)} - {terms.source.name}
    if label.source in elsewhere and not in_file:
        return None
    return {_camel(name): stated(getattr(label, name)) for name in Label.model_fields}


def _sample(measured: Measured) -> Tree:
    profile = measured.profile
    return {
        "file": measured.file,
        "sha256": measured.stamp,
        "measuredOn": measured.on.isoformat(),
        "rows": profile.rows,
    }


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
