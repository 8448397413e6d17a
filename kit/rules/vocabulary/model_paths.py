"""The model paths of a brief: the chosen one, and what their names say of them."""

from __future__ import annotations

import re

from kit.rules.case import Case
from kit.rules.vocabulary.patterns import late

_MODEL_KIND = late(
    r"\b(?:models?|networks?|(?:machine|deep) learning|ml|ai|llms?|neural|boost\w*|transformers?|classifiers?|gpt\S*|"
    r"regression|random forest)\b",
    re.IGNORECASE,
)
_MODEL_NAME = late(
    r"\b(?:neural|graph|deep|convolutional|recurrent|bayesian) (?:networks?|nets?)\b|\b(?:machine|deep) learning\b|"
    r"\b(?:ml|ai|llms?|gpt\S*|bert|xgboost|lightgbm|catboost|cnns?|rnns?|lstms?|transformers?|classifiers?)\b|"
    r"\b(?:random forests?|boosted trees|gradient boosting|language models?|foundation models?|"
    r"fine-?tun\w+|embeddings?|autoencoders?|two-tower|ensemble of \w+)\b",
    re.IGNORECASE,
)
_SIMPLE = late(
    r"\b(?:simple|simpler|plain|today|current|same|last|most-played|baselines?|heuristics?|rules?|rule-based|process|manual(?:ly)?|search|lists?|"
    r"editors?|people|persons?|staff|by hand|thresholds?|averages?|linear|logistic|lookup|keywords?|templates?|"
    r"checklists?|forms?|policy|training|business|operating|pricing|content|ux|design)\b",
    re.IGNORECASE,
)


def chosen_at(case: Case) -> str | None:
    """The dotted key of the chosen path; None where none is, or several have its name."""
    chosen = case.text("hypothesis.chosen")
    places = [place for place, entry in case.entries("hypothesis.paths") if entry.name == chosen]
    return places[0] if chosen and len(places) == 1 else None


def is_simple(words: str) -> bool:
    """Whether words name a rule, a process or a simple model."""
    return bool(_SIMPLE.search(words))


def is_model(name: str, kind: object = None) -> bool:
    """Whether words name a model that is not a simple one; what is not known is none."""
    words = f"{name} {kind}" if isinstance(kind, str) else name
    if is_simple(words):
        return False
    return bool(_MODEL_NAME.search(words)) or (
        isinstance(kind, str) and bool(_MODEL_KIND.search(kind))
    )
