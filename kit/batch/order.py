"""What is to be made of one brief, with all that this takes: read once, and the same wherever it is worked on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kit.batch.engines import Engine
from kit.batch.execution import SECONDS
from kit.batch.sources import Idea
from kit.export.glyphs import printable
from kit.export.ipynb import Notebook
from kit.export.workbook import STEPS, workbook_for
from kit.resources import WORKBOOKS

_NOWHERE = Path(os.devnull) / "brief.yaml"  # there are no workbooks beside it


@dataclass(frozen=True, kw_only=True)
class Options:
    """What is asked of every brief."""

    formats: tuple[str, ...]
    walk: bool  # run the steps' workbooks, too
    engine: Engine
    seconds: float = SECONDS  # for one cell of a notebook


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to make of one brief."""

    name: str  # what messages call it
    text: str  # the brief as YAML
    notebooks: Mapping[
        str, Notebook
    ]  # to run, by the name of their section; that of the whole brief first
    options: Options
    home: Path | None  # the folder that the brief's files are named from
    today: dt.date  # that dates are compared with, wherever and whenever it is worked on


class Task(NamedTuple):
    """An order, and where to work on it."""

    order: Order
    private: Path  # folder


def order_for(idea: Idea, options: Options, *, today: dt.date) -> Order:
    """The order for a brief that could be read.

    Raises
    ------
    BriefError
        If a notebook beside it cannot be read.
    """
    names = ("brief", *STEPS) if options.walk else ("brief",)
    path = idea.path.absolute() if idea.path else None
    has_own = path is not None and any(
        os.path.lexists(path.with_name(workbook)) for workbook in WORKBOOKS.values()
    )
    return Order(
        name=idea.place,
        text=idea.text,
        notebooks={
            name: workbook_for(path, name=name) if has_own and path else _as_shipped(name)
            for name in names
        },
        options=options,
        home=idea.home,
        today=today,
    )


def order_digest(order: Order) -> str:
    """SHA-256 of what is asked for and of the brief; not of where it stands, or how long it may take."""
    asked = {
        "text": order.text,
        "notebooks": order.notebooks,
        "formats": order.options.formats,
        "engine": order.options.engine,
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def said(reason: str, *, name: str, folder: Path | None = None) -> str:
    """What went wrong with a brief: its name first, and files of its `folder` as a person knows them."""
    if folder is not None:
        reason = reason.replace(f"{folder}{os.sep}", name.removesuffix(Path(name).name))
    reason = printable(reason)
    return reason if reason.startswith(name) else f"{name}: {reason}"


@cache
def _as_shipped(name: str) -> Notebook:
    return workbook_for(_NOWHERE, name=name)
