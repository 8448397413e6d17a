"""The scores of a model, as people name them: parts of patterns that read names of metrics."""

from __future__ import annotations

from kit.appraisal.measures import measure
from kit.rules.case import Case

# A recall of cars and a precision of deliveries are a business's own figures; read them with care.
RATES = r"precision|recall|sensitivity|specificity|(?:balanced )?accuracy"
F_SCORES = r"f-?1(?:[ -](?:score|measure))?|f-?(?:score|measure)"
AREAS = r"(?:roc|pr)[ -]auc|auc(?:[ -](?:roc|pr))?|auroc|auprc"
RANKINGS = r"ndcg|mean average precision|map(?=@)|hit rate(?=@)"
TEXTS = r"bleu|rouge|perplexity|(?:word|character) error rate"
LOSSES = r"log[ -]?loss|cross[ -]entropy|brier(?: score)?|pinball loss"
# Of a predicted number.
ERRORS = r"rmse|mse|mae|s?mape|wape|(?:root )?(?:mean |median )?(?:absolute|squared?)(?: percentage)? error"
FITS = r"r2|r²|r-squared"
FALSE_RATES = r"false[ -](?:positive|negative|alarm) rate|true[ -]positive rate"
AT = r"(?:@\d+)"  # the first so many of a ranking


def named(case: Case, *measures: str) -> bool:
    """Whether a model metric is called by one of these names."""
    return any(measure(metric.name) in measures for _, metric in case.entries("metrics.model"))
