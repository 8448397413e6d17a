"""The answer "not applicable, because …", which takes the place of a control."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kit.widgets import plain

_SPOKEN = re.compile(r"n/a\s*:(?P<reason>.*)", re.IGNORECASE | re.DOTALL)


def reason_in(raw: Any) -> str | None:
    """The reason why a part does not apply, None where `raw` is an answer of another kind."""
    if isinstance(raw, dict) and list(raw) == ["n/a"]:
        return str(raw["n/a"] or "")
    spoken = _SPOKEN.fullmatch(raw.strip()) if isinstance(raw, str) else None
    return spoken["reason"].strip() if spoken else None


def with_reason(reason: str, *, like: Any) -> Any:
    """The answer as it is written in a brief; a group with the key `n/a` stays one."""
    return {"n/a": reason} if isinstance(like, dict) and list(like) == ["n/a"] else f"n/a: {reason}"


class Absence:
    """A box to tick, and the field for the reason."""

    def __init__(self, label: str, *, tabbable: bool | None) -> None:
        self._tabbable = tabbable
        self.toggle = plain.Checkbox(
            # The style shows only the first word; the rest tells a screen reader which box it is.
            description=f"n/a\u2003{label}",
            indent=False,
            tooltip=f"{label}: not applicable",
            tabbable=tabbable,
        ).add_class("ff-na")
        self.reason = plain.Textarea(
            description=f"{label}: not applicable, because",
            placeholder="The reason, in a few words. It is printed in the brief.",
            rows=1,
        ).add_class("ff-reason")

    def paint(self, reason: str | None) -> None:
        """Show a reason, or that the part applies."""
        self.toggle.value = reason is not None
        # Someone who is in the box must be able to leave it by keyboard.
        self.toggle.tabbable = self._tabbable if reason is None else None
        if reason is not None and reason != self.reason.value.strip():
            self.reason.value = reason

    def listen(self, heard: Callable[[Any], None], *, writable: bool) -> None:
        """Call `heard` whenever the box or the reason changes, where anything may be typed."""
        for control in (self.toggle, self.reason):
            control.disabled = not writable
            control.observe(heard, "value")
