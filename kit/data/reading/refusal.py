"""A file that cannot be read, said so that its owner knows what to do."""

from __future__ import annotations


class RefusedError(Exception):
    """What was expected, what was found, and what to do; the parent process adds the place."""

    def __init__(self, expected: str, found: str, remedy: str) -> None:
        super().__init__(f"expected {expected}, found {found}. {remedy}")
        self.expected = expected
        self.found = found
        self.remedy = remedy
