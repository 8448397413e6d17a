"""What the coach finds in a step, beside its form, as one types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import ipywidgets

from kit.rules import Finding, Severity, Step, step_of
from kit.rules import check as findings_of
from kit.widgets.draft import Draft

_WORDS: tuple[tuple[Severity, str, str], ...] = (
    ("error", "error", "errors"),
    ("warning", "warning", "warnings"),
    ("advice", "advice", "advice"),
)
_ORDER = {"error": 0, "warning": 1, "advice": 2}


class Coach:
    """The findings of one step; nothing in it takes the cursor, and it scrolls by itself.

    `badge` says how many there are, for where the form leaves no room beside it.
    """

    def __init__(self, step: Step) -> None:
        self._step = step
        self.widget = ipywidgets.HTML().add_class("ff-coach")
        self.badge = ipywidgets.HTML().add_class("ff-badge")

    def look(self, draft: Draft) -> None:
        """Show what is found in what was typed, be it saved or not."""
        findings = findings_of(draft.typed)
        shown = self._shown(findings)
        if self.widget.value != shown:
            self.widget.value = shown
            own = [one for one in findings if one.status == "finding" and self._is_own(one)]
            self.badge.value = f"<span>Coach: {_score(own)}, below</span>"

    def _shown(self, findings: Sequence[Finding]) -> str:
        open_ = [one for one in findings if one.status == "finding"]
        # That a step is not started, its own form need not say.
        own = [one for one in open_ if self._is_own(one) and one.code != self._step.code]
        others = [one for one in open_ if not self._is_own(one)]
        waived = [one for one in findings if one.status == "waived" and self._is_own(one)]
        skipped = [one for one in findings if one.status == "skipped" and self._is_own(one)]
        score = ", ".join(
            [_score(own), *([f"{len(waived)} waived"] if waived else []),
             *([f"{len(skipped)} skipped"] if skipped else [])]
        )  # fmt: skip
        items = "".join(map(_item, sorted(own, key=lambda one: _ORDER[one.severity])))
        elsewhere = f'<p class="ff-elsewhere">In the other steps: {_score(others)}.</p>'
        return (
            f'<section aria-label="Findings"><p class="ff-caption">What the coach finds here</p>'
            f'<p class="ff-score" role="status" aria-live="polite">{score}</p>'
            f"{f'<ul>{items}</ul>' if items else ''}{elsewhere}</section>"
        )

    def _is_own(self, finding: Finding) -> bool:
        if step_of(finding.code) is None:
            return finding.path.split(".")[0] in self._step.keys
        return step_of(finding.code) is self._step


def _score(findings: Sequence[Finding]) -> str:
    """How much is open, in words: "1 error, 3 warnings"."""
    counts = Counter(one.severity for one in findings)
    said = [
        f"{counts[severity]} {one if counts[severity] == 1 else more}"
        for severity, one, more in _WORDS
        if counts[severity]
    ]
    return ", ".join(said) or "nothing open"


def _item(finding: Finding) -> str:
    return (
        f'<li class="ff-{finding.severity}"><span class="ff-kind">{finding.severity}</span> '
        f"{escape(finding.message)} <em>{escape(finding.remedy)}</em> "
        f'<span class="ff-code">{finding.code}</span></li>'
    )
