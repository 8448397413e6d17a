"""A source's fields or columns in an Open Data Contract Standard document, and the rules for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kit.appraisal.reading import said
from kit.brief import Quantity
from kit.brief.data import Quality
from kit.data.contract.answers import Tree, named, plain_number, text_of, texts_of
from kit.data.contract.terms import Terms, values_of
from kit.data.measured import ColumnProfile, Measured

# The standard's schema refuses a property without a type, and every value has a text.
_ANY = "string"
_EXAMPLES = 3  # values of a category that has too many to list


def table_of(terms: Terms, measured: Measured | None) -> Tree:
    """The one table of a contract: the columns of the sample, or the fields that the brief names."""
    source = terms.source
    fields = [
        {"name": name, **_untyped(), "quality": _completeness(terms.least_filled(name))}
        for name in texts_of(source.holds)
    ]
    columns = [_column(column, terms, measured) for column in terms.columns] if measured else fields
    return {
        "name": source.name,
        "logicalType": "object",
        "physicalType": text_of(source.format),
        "physicalName": source.file if isinstance(source.file, str) else None,
        "properties": columns,
        "quality": list(_table_quality(terms, measured)),
    }


def _untyped() -> Tree:
    """What is said of a type that nobody knows."""
    return {"logicalType": _ANY, "customProperties": named([("typeKnown", False)])}


def _column(column: ColumnProfile, terms: Terms, measured: Measured) -> Tree:
    least = terms.least_filled(column.name)
    is_key = column.name == terms.key
    values = values_of(column, measured.profile)
    examples = (
        [value for value, _ in column.common]
        if column.kind == "category" and not column.personal
        else []
    )
    return {
        "name": column.name,
        "primaryKey": is_key or None,
        "logicalType": _type(column),
        "required": least == 1 or None,
        "unique": is_key or None,
        "classification": "personal" if column.personal else None,
        "description": f"Seems to hold {column.personal}." if column.personal else None,
        "examples": examples[:_EXAMPLES] if not values else None,
        "quality": _completeness(least) + _values(values),
        "customProperties": [
            *named(_role(column.name, measured)),
            *(_untyped()["customProperties"] if column.kind == "empty" else ()),
        ],
    }


def _type(column: ColumnProfile) -> str:
    numerals, dates = column.form.numerals, column.form.dates
    match column.kind:
        case "number":
            return "integer" if numerals and numerals.whole else "number"
        case "date":
            return "date" if dates and dates.whole_days else "timestamp"
        case "yes or no":
            return "boolean"
    return _ANY


def _role(name: str, measured: Measured) -> Iterator[tuple[str, Any]]:
    """What the brief says that a column is for."""
    asked = measured.question
    roles = {"label": asked.label, "time": asked.time, "entity": asked.entity}
    for role, column in roles.items():
        if column == name:
            yield "role", role
    if name in asked.later:
        yield "knownAtPrediction", False


def _completeness(least: float | None) -> list[Tree]:
    if least is None:
        return []
    most = plain_number(100 - least * 100)
    rule = {
        "metric": "nullValues",
        "mustBeLessOrEqualTo": most,
        "unit": "percent",
        "dimension": "completeness",
    }
    return [{"name": "completeness", **rule}]


def _values(values: tuple[str, ...]) -> list[Tree]:
    if not values:
        return []
    rule = {
        "metric": "invalidValues",
        "arguments": {"validValues": list(values)},
        "mustBe": 0,
        "unit": "rows",
    }
    return [{"name": "values of the sample", **rule, "dimension": "conformity"}]


def _table_quality(terms: Terms, measured: Measured | None) -> Iterator[Tree]:
    """The rules for whole rows; what cannot be read as a share is passed on as it stands in the brief."""
    quality = terms.source.quality
    asked = quality if isinstance(quality, Quality) else Quality()
    if terms.passing is not None:
        share = plain_number(terms.passing * 100)
        yield {
            "name": "pass rate",
            "type": "text",
            "description": f"At least {share}% of the rows must pass validation.",
            "dimension": "conformity",
            "customProperties": named([("leastPercent", share)]),
        }
    for name, stated, read in (
        ("completeness", asked.completeness, terms.complete),
        ("pass rate", asked.pass_rate, terms.passing),
    ):
        if isinstance(stated, Quantity) and read is None:
            yield {
                "name": name,
                "type": "text",
                "description": f"{name.capitalize()}: {said(stated)}",
            }
    if measured and terms.distinct_rows:
        names = [column.name for column in measured.profile.columns]
        rule = {
            "metric": "duplicateValues",
            "arguments": {"properties": names},
            "mustBe": 0,
            "unit": "rows",
        }
        yield {"name": "no row twice", **rule, "dimension": "uniqueness"}
