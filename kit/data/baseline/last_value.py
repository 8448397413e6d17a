"""What an entity's label was the last time, as far as it was known by then."""

from __future__ import annotations

import numpy as np

from kit.data.baseline.sample import Sample
from kit.numbers.domain import Array


def last_values(sample: Sample) -> Array:
    """For each row, the label of the same entity's latest row that was known at its time; NaN where none was."""
    if sample.when is None or sample.keys is None:
        raise ValueError(
            "sample: expected rows with a time and an entity that repeats, found others"
        )
    order = np.lexsort((sample.when, sample.keys))
    keys, when, label = sample.keys[order], sample.when[order], sample.label[order]
    # Times as places in one list, so that entity and time fit into one number that is in order.
    times = np.unique(np.concatenate([when, when - (sample.wait or 0.0)]))
    own = keys * (len(times) + 1) + np.searchsorted(times, when)
    if sample.wait:
        asked = keys * (len(times) + 1) + np.searchsorted(times, when - sample.wait)
        before = np.searchsorted(own, asked, side="right") - 1
    else:
        before = np.searchsorted(own, own, side="left") - 1
    found = before >= 0
    found[found] = keys[before[found]] == keys[found]
    values = np.full(len(keys), np.nan)
    values[order] = np.where(found, label[before], np.nan)
    return values
