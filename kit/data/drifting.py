"""Columns that have moved by more than chance, and by enough to matter."""

from __future__ import annotations

from collections.abc import Iterator

from kit.data.measured import Drift, Profile

_MUCH = 0.25  # Siddiqi (2006), Credit Risk Scorecards: from here on, a population has moved much


def moved(profile: Profile) -> Iterator[tuple[str, Drift]]:
    """Such columns with how far they moved, by name."""
    for column in profile.columns:
        drift = column.drift
        if drift is not None and drift.index > max(_MUCH, drift.by_chance):
            yield column.name, drift
