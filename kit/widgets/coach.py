"""What the coach finds in a step, beside its form, as one types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from kit.report.sections import files_of
from kit.rules import SEVERITIES, Finding, Step, score, step_of
from kit.rules import check as findings_of
from kit.widgets import plain
from kit.widgets.draft import Draft

_TYPED = re.compile(r"`([^`]+)`")


class Coach:
    """The findings of one step; nothing in it takes the cursor, and it scrolls by itself.

    `badge` says how many there are, for where the form leaves no room beside it.
    """

    def __init__(self, step: Step) -> None:
        self._step = step
        self.widget = plain.HTML().add_class("ff-coach")
        self.badge = plain.HTML().add_class("ff-badge")

    def look(self, draft: Draft) -> None:
        """Show what is found in what was typed, be it saved or not."""
        typed = draft.typed
        findings = findings_of(typed, files=files_of(typed, "known"))
        # That a step is not started, its own form need not say.
        told = [one for one in findings if one.code != self._step.code]
        own = [one for one in told if self._is_own(one)]
        others = [one for one in told if not self._is_own(one) and one.status == "finding"]
        shown = _shown(own, others)
        if self.widget.value != shown:
            self.widget.value = shown
            open_ = [one for one in own if one.status == "finding"]
            self.badge.value = f"<span>Coach: {score(open_)}, below</span>"

    def _is_own(self, finding: Finding) -> bool:
        if step_of(finding.code) is None:
            return finding.path.split(".")[0] in self._step.keys
        return step_of(finding.code) is self._step


def _shown(own: Sequence[Finding], others: Sequence[Finding]) -> str:
    open_ = [one for one in own if one.status == "finding"]
    items = "".join(map(_item, sorted(open_, key=lambda one: SEVERITIES.index(one.severity))))
    return (
        '<section aria-label="Findings"><p class="ff-caption">What the coach finds here</p>'
        f'<p class="ff-score" role="status" aria-live="polite">{score(own)}</p>'
        f"{f'<ul>{items}</ul>' if items else ''}"
        f'<p class="ff-elsewhere">In the other steps: {score(others)}.</p></section>'
    )


def _item(finding: Finding) -> str:
    return (
        f'<li class="ff-{finding.severity}"><span class="ff-kind">{finding.severity}</span> '
        f"{_coded(finding.message)} <em>{_coded(finding.remedy)}</em> "
        f'<span class="ff-code">{finding.code}</span></li>'
    )


def _coded(said: str) -> str:
    """What is to be typed stands between backticks."""
    return _TYPED.sub(r"<code>\1</code>", escape(said))
