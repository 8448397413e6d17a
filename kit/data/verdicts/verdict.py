"""What a verdict is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Requirement = Literal[
    "file",
    "fields",
    "volume",
    "completeness",
    "pass rate",
    "freshness",
    "history",
    "season",
    "personal data",
    "label",
    "class share",
    "cases",
    "groups",
    "rule",
    "ship-at",
    "target",
]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One requirement of a brief, held against its file."""

    requirement: Requirement
    path: str  # dotted key of what is required
    about: str  # the source, metric or measure that it is required of
    stated: str  # what the brief says; empty where it says nothing
    measured: str  # what the file shows; empty where it shows nothing
    holds: bool | None  # None where it cannot be told
    why: str  # a sentence with the figures, for people

    @property
    def word(self) -> str:
        """Met, missed, or cannot tell; that a rule is enough is no requirement, but a question."""
        if self.holds is None:
            return "cannot tell"
        yes, no = ("yes", "no") if self.requirement == "rule" else ("met", "missed")
        return yes if self.holds else no
