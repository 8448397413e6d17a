"""Attached files: safe reading, profile, checks, quick baseline. Reads them in a process of its own."""

from kit.data.attached import SUFFIXES, Attached, Refused, attached_to
from kit.data.cache import Cache
from kit.data.drifting import moved
from kit.data.leaks import is_leak, leaks
from kit.data.measured import (
    AT_WANTED,
    FIRST,
    RULES,
    ColumnProfile,
    Drift,
    Kind,
    LabelProfile,
    Ladder,
    Measured,
    Profile,
    Question,
    Rung,
    Score,
    Strength,
)
from kit.data.proposals import Proposal, proposals_of
from kit.data.question import named_columns, question_of
from kit.data.repeats import repeats
from kit.data.survey import FILES, Found, beside, known, stamped, survey
from kit.data.verdicts import (
    LOWER_IS_BETTER,
    Requirement,
    Verdict,
    figure,
    figures,
    interval,
    score_of,
    verdicts_of,
    wanted,
)

__all__ = [
    "AT_WANTED",
    "FILES",
    "FIRST",
    "LOWER_IS_BETTER",
    "RULES",
    "SUFFIXES",
    "Attached",
    "Cache",
    "ColumnProfile",
    "Drift",
    "Found",
    "Kind",
    "LabelProfile",
    "Ladder",
    "Measured",
    "Profile",
    "Proposal",
    "Question",
    "Refused",
    "Requirement",
    "Rung",
    "Score",
    "Strength",
    "Verdict",
    "attached_to",
    "beside",
    "figure",
    "figures",
    "interval",
    "is_leak",
    "known",
    "leaks",
    "moved",
    "named_columns",
    "proposals_of",
    "question_of",
    "repeats",
    "score_of",
    "stamped",
    "survey",
    "verdicts_of",
    "wanted",
]
