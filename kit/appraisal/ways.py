"""Targets on the wrong side of where they start."""

from __future__ import annotations

from kit.appraisal.fault import Fault
from kit.appraisal.reading import Reading, said, scale_to
from kit.brief import Brief, Metric, Quantity

_UNMEASURED = {
    "baseline": '; where nothing is known of today, write `baseline: "n/a: ..."` with the reason',
    "ship_at": "",
}


def wrong_ways(brief: Brief) -> tuple[Fault, ...]:
    """Targets on the wrong side of their baseline, as far as the direction is said."""
    reading = Reading(brief)
    for layer in ("model", "adoption", "business"):
        metrics = reading.at(f"metrics.{layer}")
        for at, metric in enumerate(metrics if isinstance(metrics, list) else ()):
            _check_way(reading, metric, f"metrics.{layer}.{at}")
    return tuple(reading.faults)


def _check_way(reading: Reading, metric: Metric, path: str) -> None:
    _compare(reading, metric, path, "target", "baseline")
    _compare(reading, metric, path, "target", "ship_at")


def _compare(reading: Reading, metric: Metric, path: str, better: str, worse: str) -> None:
    """A fault where the one that is to be better is not, or cannot be compared."""
    start, end = getattr(metric, worse, None), getattr(metric, better)
    if not isinstance(start, Quantity) or not isinstance(end, Quantity):
        return
    key, other = f"{path}.{better} ({metric.name})", f"its {worse.replace('_', '-')}"
    scale = scale_to(end, start)
    if scale is None:
        message = f"{key} is {said(end)}, {other} {said(start)}."
        reading.say("unit", f"{path}.{better}", message, "Write both in one unit.")
        return
    moved = end.number * scale - start.number
    if (metric.better == "higher" and moved < 0) or (metric.better == "lower" and moved > 0):
        side = "below" if metric.better == "higher" else "above"
        message = (
            f"{key} is {said(end)}, {side} {other} of {said(start)}, and {metric.better} is better."
        )
        remedy = f"Mend the {better}, {other}, or which way is better{_UNMEASURED[worse]}."
        reading.say("wrong way", f"{path}.{better}", message, remedy)
