"""How good a ranking is, in words and in digits."""

from __future__ import annotations

NEARLY_PERFECT = 0.9999  # AUC
_ALL_NINES = 0.999_999_5
_RANKINGS = (
    (NEARLY_PERFECT, "a nearly perfect ranking"),
    (0.999, "an extremely good ranking"),
    (0.99, "an excellent ranking"),
    (0.95, "a very good ranking"),
    (0.9, "a good ranking"),
    (0.8, "a fair ranking"),
)


def ranking(auc: float) -> str:
    """How good a ranking is, in words."""
    return next((words for least, words in _RANKINGS if auc >= least), "only a modest ranking")


def in_nines(auc: float) -> str:
    """Every nine that counts, and no more digits: 0.99995, 0.994, 0.93."""
    if auc > _ALL_NINES:
        return "over 0.999999"
    digits = 2
    while digits < 7 and 1 - auc < 10 ** (1 - digits) * 0.5:
        digits += 1
    return f"{auc:.{digits}f}"
