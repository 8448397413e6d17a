"""The measures of a model that the kit can count with, under the names that people give them."""

from __future__ import annotations

from kit.appraisal.reading import Reading
from kit.brief import Metric

_NAMES = {
    "recall": {"recall", "sensitivity", "true positive rate", "hit rate", "tpr"},
    "precision": {"precision", "positive predictive value", "ppv"},
    "false positive rate": {"false positive rate", "fpr", "false alarm rate"},
    "accuracy": {"accuracy"},
    "f1": {"f1", "f1 score"},
    "selection rate": {"selection rate", "flag rate"},
}
_KNOWN = {name: measure for measure, names in _NAMES.items() for name in names}


def measure(name: str) -> str:
    """The kit's own word for a measure; any other name as it is, in small letters."""
    plain = name.casefold().replace("-", " ").replace("_", " ").strip()
    return _KNOWN.get(plain, plain)


def metric_path(reading: Reading, name: str) -> str | None:
    """The dotted key of the first model metric that is called so, or by another word for it."""
    metrics = reading.at("metrics.model")
    for at, metric in enumerate(metrics if isinstance(metrics, list) else ()):
        if isinstance(metric, Metric) and measure(metric.name) == measure(name):
            return f"metrics.model.{at}"
    return None
