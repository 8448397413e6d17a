"""How much was found, in words: "3 errors, 5 warnings, 2 skipped", never a number out of a hundred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kit.rules.finding import Finding

_WORDS = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "advice": ("advice", "advice"),
    "waived": ("waived", "waived"),
    "skipped": ("skipped", "skipped"),
}


def score(findings: Iterable[Finding]) -> str:
    """How many findings there are by severity, and how many were waived or skipped; only what there is."""
    return in_words(counted(findings))


def counted(findings: Iterable[Finding]) -> Counter[str]:
    """The same as numbers, which can be added up."""
    return Counter(one.severity if one.status == "finding" else one.status for one in findings)


def in_words(counts: Mapping[str, int]) -> str:
    """Such numbers in words."""
    said = [
        f"{counts[kind]} {one if counts[kind] == 1 else more}"
        for kind, (one, more) in _WORDS.items()
        if counts.get(kind)
    ]
    return ", ".join(said) or "no findings"
