"""Words that several commands say."""

from __future__ import annotations


def counted(count: int, word: str) -> str:
    """A number with its noun: "1 error", "2 errors"."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
