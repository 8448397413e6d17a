"""Patterns of words, each put together when a brief first needs it.

To put all of them together takes longer than to check ten briefs, and one brief needs half of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, at its first use; an error in a pattern comes then, too."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Stands for a pattern, whose methods are its own from the first use on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._pattern, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)
