"""Measures that stand in the wrong layer of the metrics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.brief import Brief, Metrics
from kit.rules.expected import Expected

_ONLINE = re.compile(
    r"\b(click[- ]?through|ctr|click rate|adoption|retention|churn|conversions?|engagement|"
    r"active users?|dau|mau|session (length|time|duration)|time spent|bounce rate|subscriptions?)\b",
    re.IGNORECASE,
)
# "Recall of churn" is a model's score, whatever it is a score of.
_SCORE = re.compile(
    r"\b(recall|precision|sensitivity|specificity|accuracy|auc|f1|f-score|errors?|loss|ndcg|mae|rmse|"
    r"mape|hit rate|calibration|brier)",
    re.IGNORECASE,
)
CODES = frozenset({"ME202"})


def misfiled(brief: Brief) -> Iterator[Expected]:
    """Measures of what users do that stand among the model metrics."""
    metrics = brief.metrics
    listed = metrics.model if isinstance(metrics, Metrics) else None
    for at, metric in enumerate(listed if isinstance(listed, list) else ()):
        if _ONLINE.search(metric.name) and not _SCORE.search(metric.name):
            yield Expected(
                code="ME202",
                name="online-measure-as-model-metric",
                path=f"metrics.model.{at}",
                message="This is measured on users once they have the product, "
                "so no model can be held to it before launch.",
                remedy="Move it to metrics.adoption, and name a measure on data for the model.",
            )
