"""What people do with a result once they have it, in names of metrics: followed by drivers, changed by hand."""

from __future__ import annotations

import re

from kit.rules.vocabulary.patterns import late

_RESULT = (
    r"(?:flags?|alerts?|alarms?|warnings?|hints?|tips?|nudges?|reminders?|notifications?|recommendations?|"
    r"suggestions?|proposals?|predictions?|forecasts?|plans?|drafts?|answers?|replies|summaries|translations|"
    r"completions?|rankings?|scores?|routes?|removals?)"
)
_PEOPLE = (
    r"(?:people|persons?|staff|(?:user|customer|client|member|subscriber|listener|viewer|reader|player|rider|passenger|"
    r"driver|patient|student|employee|worker|agent|advis[eo]r|analyst|assistant|author|buyer|clerk|controller|"
    r"coordinator|curator|developer|dispatcher|doctor|editor|engineer|farmer|fitter|handler|inspector|investigator|"
    r"lawyer|manager|mechanic|moderator|nurse|officer|operator|owner|paralegal|pathologist|pharmacist|physician|picker|"
    r"planner|radiologist|recruiter|representative|seller|shopper|specialist|supervisor|teacher|team|technician|trader|"
    r"translator|underwriter|weaver|writer)s?)"
)
_BY_PEOPLE = rf"by (?:an? |the |our |its |their )?(?:\w+ )?{_PEOPLE}\b"
_USED = (
    r"(?:accepted|adopted|changed|corrected|copied|declined|dismissed|edited|followed|heeded|ignored|kept|opened|read|"
    r"rejected|rewritten|taken|used)"
)
_AS_IT_IS = (
    r"(?:(?:accepted|adopted|approved|confirmed|kept|published|sent|signed|taken|used) "
    r"(?:unchanged|unedited|as (?:it is|they are)|without (?:an? |any )?(?:changes?|edits?|corrections?)))"
)
_BY_HAND = r"(?:(?:adjusted|changed|corrected|edited|moved|overwritten|reordered) by hand)"
_ON_ITS_OWN = late(
    r"\b(?:overrid(?:e|es|den|ing)|overrul(?:ed|ings?)|overturned|undone|opt(?:ed|ing)?[ -]outs?|"
    r"unsubscrib\w+|acted (?:up)?on|dwell time|thumbs[ -](?:up|down)|skips|skip rate|clicks|"
    rf"(?:undo|dismissal) rate|(?:e-?mail|message|newsletter|notification) open rate|{_AS_IT_IS}|{_BY_HAND})\b",
    re.IGNORECASE,
)
_DONE = late(
    rf"\b(?P<what>\w+)(?: \w+)?? (?P<act>{_USED}) {_BY_PEOPLE}|"
    rf"\b(?P<result>{_RESULT}) (?:accept(?:ance|ed) rate|"
    r"(?P<shown>appealed|dismissed|followed|ignored|muted|opened|snoozed)\b(?! by))|"
    rf"\baccept(?:ance|ed)(?: rate)? of (?:the |our )?(?P<of>{_RESULT})\b",
    re.IGNORECASE,
)
_RESULTS = late(_RESULT, re.IGNORECASE)
# Judged before launch, or told by the model: of what would be clicked there is a score.
_BEFORE_LAUNCH = late(
    r"\b(?:would|could|should|predicted|foreseen|anticipated|detected|recogni[sz]ed|classified|found|caught|expected|"
    r"simulat\w+|offline|back-?test\w*|held[ -]out|hold-?out|tests?|tested|samples?|blind|gold|benchmark|"
    r"experts?|raters?|annotat\w+|judge[sd]?|labels?|label+ed|attempts?|logged)\b",
    re.IGNORECASE,
)
_CONTROL = late(
    rf"\b(?:overrid(?:e|es|den|ing)|overruled|{_AS_IT_IS}|{_BY_HAND}|"
    rf"(?:{_USED}|approved|confirmed) {_BY_PEOPLE})(?! (?:later|afterwards|on appeal))",
    re.IGNORECASE,
)
_STEM = 4  # letters by which "skips" is known in "is skipped"


def act_in(name: str, *, made: frozenset[str], predicted: frozenset[str]) -> str | None:
    """The words for what people do with a result, as a metric of use has them in its name.

    `made` are the words for what the model makes: people correct "dates" where the model reads dates. What is
    `predicted` is no act of use, be it a skip or an acceptance. None where the name holds nothing such.
    """
    found = _ON_ITS_OWN.search(name)
    act = found[0] if found else ""
    if found is None:
        found = next((one for one in _DONE.finditer(name) if _is_of_a_result(one, made)), None)
        act = (found["act"] or found["shown"] or "accepted") if found else ""
    if found is None or _BEFORE_LAUNCH.search(name):
        return None
    starts = {word[:_STEM] for word in re.findall(r"\w{3,}", act.casefold())}
    return None if starts & {word[:_STEM] for word in predicted} else found[0]


def act_of_control(name: str) -> str | None:
    """The words for a person who may say no to a result: overridden, approved without a change."""
    found = _CONTROL.search(name)
    return found[0] if found else None


def _is_of_a_result(found: re.Match[str], made: frozenset[str]) -> bool:
    """Whether what was done was done with a result: with a hint, or with what the model makes."""
    what = found["what"]
    return what is None or bool(_RESULTS.fullmatch(what)) or what.casefold() in made
