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
# What is no requirement: that a rule is enough is a question, and a share in use may be another than in a sample.
_WORDS: dict[Requirement, tuple[str, str]] = {
    "rule": ("yes", "no"),
    "class share": ("agrees", "differs"),
}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One requirement of a brief, held against its file."""

    requirement: Requirement
    path: str  # dotted key of what is required
    about: str  # the source, metric or measure that it is required of
    stated: str  # what the brief says; empty where it says nothing
    measured: str  # what the file shows; empty where it shows nothing
    holds: bool | None  # None where it cannot be told
    why: str  # sentences with the figures, for people, and what to do
    remedy: str = ""  # the last of them, alone: what to do; empty where they do not say it

    @property
    def is_required(self) -> bool:
        """Whether it can be met or missed at all."""
        return self.requirement not in _WORDS

    @property
    def word(self) -> str:
        """Met, missed, or cannot tell; what is no requirement has words of its own."""
        if self.holds is None:
            return "cannot tell"
        good, bad = _WORDS.get(self.requirement, ("met", "missed"))
        return good if self.holds else bad
