"""Step 5: what the model must see, and whether it can be had."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from kit.brief.part import Maybe, Part
from kit.brief.quantity import Duration, Quantity
from kit.brief.text import Line, Text


class Quality(Part):
    """What the data must live up to."""

    completeness: Maybe[Quantity] = Field(None, description="Share of values that must be there.")
    freshness: Maybe[Duration] = Field(None, description="Oldest age allowed when used.")
    pass_rate: Maybe[Quantity] = Field(None, description="Share of rows that must pass validation.")


class DataSource(Part):
    """One source of data."""

    name: Line = Field(description="The source's name.")
    holds: Maybe[list[Line]] = Field(None, description="The fields that matter here.")
    owner: Maybe[Line] = Field(None, description="The team or role that owns it.")
    access: Maybe[Literal["have", "asked", "blocked"]] = Field(
        None, description="Whether it can be had."
    )
    format: Maybe[Line] = Field(None, description="Table, log, documents, images...")
    refresh: Maybe[Line] = Field(None, description="How often it is updated, for example daily.")
    history: Maybe[Duration] = Field(
        None, description="How far back it goes, for example 18 months."
    )
    volume: Maybe[Quantity] = Field(None, description="How much there is, for example 20000 rows.")
    personal: Maybe[bool] = Field(None, description="Whether it holds personal data.")
    basis: Maybe[Line] = Field(None, description="Legal basis for using personal data.")
    licence: Maybe[Line] = Field(None, description="Licence, where it is not one's own.")
    known_at_prediction: Maybe[bool] = Field(
        None, description="Whether every field is known at the moment of prediction."
    )
    quality: Maybe[Quality] = Field(None, description="What the data must live up to.")
    bias: Maybe[Text] = Field(
        None, description="Who or what is over- or under-represented, and why."
    )
    peculiarities: Maybe[Text] = Field(
        None, description="Oddities, for example text cut short by an old system."
    )
    file: Maybe[Line] = Field(
        None, description="A sample, relative to the brief, for example data/clicks.csv."
    )
    time: Maybe[Line] = Field(
        None, description="The sample's column that says when a row happened."
    )
    entity: Maybe[Line] = Field(
        None, description="The sample's column that says whom or what a row is about."
    )
    later: Maybe[list[Line]] = Field(
        None, description="The sample's columns that are filled only after the prediction."
    )


class Label(Part):
    """What the model learns from."""

    definition: Maybe[Text] = Field(None, description="What counts as the outcome, precisely.")
    source: Maybe[Line] = Field(None, description="Where the label comes from.")
    column: Maybe[Line] = Field(None, description="The label's column in the sample.")
    positive: Maybe[Line] = Field(None, description="The value in it that counts as yes.")
    delay: Maybe[Duration] = Field(None, description="Time until the label is known.")
    cost_each: Maybe[Quantity] = Field(None, description="Cost of one label.")
    agreement: Maybe[Quantity] = Field(None, description="Agreement between annotators.")
    guidelines: Maybe[Text] = Field(
        None, description="The annotators' guidelines, or where they are."
    )
    annotators: Maybe[Text] = Field(None, description="Who labels, and who pays.")


class Feedback(Part):
    """Signals from use that come back as training data."""

    implicit: Maybe[list[Line]] = Field(None, description="What people do, for example skips.")
    explicit: Maybe[list[Line]] = Field(
        None, description="What people say, for example corrections."
    )


class Data(Part):
    """The data requirements."""

    sources: Maybe[list[DataSource]] = Field(None, description="Every source the model needs.")
    label: Maybe[Label] = Field(None, description="What the model learns from.")
    feedback: Maybe[Feedback] = Field(None, description="Signals from use.")
    retrain: Maybe[Line] = Field(
        None, description="How often the model is retrained, for example weekly."
    )
    moat: Maybe[Text] = Field(None, description="What is proprietary and hard to copy.")


def files_named(data: Any) -> dict[str, tuple[int, ...]]:
    """The files that the sources name, in their order, each with the indexes of its sources."""
    named: dict[str, tuple[int, ...]] = {}
    sources = data.sources if isinstance(data, Data) else None
    for at, source in enumerate(sources if isinstance(sources, list) else ()):
        if isinstance(source.file, str):
            named[source.file] = (*named.get(source.file, ()), at)
    return named
