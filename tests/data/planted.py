"""A fault that is planted in a table of subscribers, with how the coach has to say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from coaching import put
from planted_changes import Plant
from planted_table import FILE, as_text, brief, clean_table


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong with a table, and how the coach has to say so."""

    name: str
    code: str  # of the rule that must find it
    says: tuple[str, ...]  # words that its text must hold
    plant: Plant = lambda table, _: table
    text: Callable[[str], str] = lambda text: text  # what is done to the file itself
    brief: dict[str, Any] = field(default_factory=dict)  # keys of the brief that are set
    also: frozenset[str] = frozenset()  # rules that may find it, too
    baseline: bool = False  # whether it takes the quick baseline


def planted(fault: Fault, seed: int, rows: int = 3_000) -> tuple[dict[str, Any], dict[str, str]]:
    """The brief with its file, in which one thing is wrong."""
    rng = np.random.default_rng([seed, sum(fault.name.encode())])
    table = fault.plant(clean_table(seed, rows), rng)
    return put(brief(), fault.brief), {FILE: fault.text(as_text(table))}


def slug(fault: Fault) -> str:
    """The fault's name for a test's name."""
    return re.sub(r"\W+", "-", fault.name)
