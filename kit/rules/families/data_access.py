"""Step 5: whether the sources may and can be had, and how good they have to be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kit.brief.store import value_at
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.sources import label_sources

_NEAR_BLOCKED = 180  # days: what is blocked takes half a year to be had, if it can be had at all
_NEAR_ASKED = 30
_DECIDED = ", and it is decided to go ahead"
_NO_BASIS = frozenset(
    {"none", "no", "no basis", "tbd", "to be decided", "open", "unknown", "unclear", "?", "-"}
)


_NOT_BUILT = late(
    r"^\W*(?:no|none|not|never|nothing|rejected|refused|declined|stopped|dropped|cancelled|abandoned|against)\b|"
    r"\b(?:do not|don't|will not|won't|is not|are not|was not|not to|not be|nothing is|nothing will be)\s+(?:be\s+)?"
    r"(?:built?|build it|funded?|started?|start|go ahead|going ahead|pursued?|done|do it|continued?|launch(?:ed)?)\b|"
    r"\b(?:is|was|has been) (?:rejected|declined|stopped|dropped|cancelled|abandoned|turned down)\b",
    re.IGNORECASE,
)


@rule("DA205", "warning", requires=("DA101", "DA103"))
def access_blocked_with_a_near_date(case: Case) -> Iterator[Said]:
    """Finds sources that cannot be had yet, where the decision or the experiment is near, or it is decided to build.

    Why it matters: a plan that begins in six weeks cannot wait for data that nobody has let go of. A source that
    is blocked counts for 180 days ahead, the label's own for 30 as long as it is only asked for. In a worked
    example (`illustrative: true`) the days count from its newest figure, not from today. Once it is decided to
    go ahead, what is blocked is in the way on any date.

    Bad:
        illustrative: false
        decision: {by: 2000-01-31}
        data: {sources: [{access: blocked}]}

    Good:
        illustrative: false
        decision: {by: 2190-01-31}
        goal: {by: 2190-12-31}
        data: {sources: [{access: blocked}]}

    Source: AI-PM guide, step 5.
    """
    if all(one.access == "have" for _, one in case.entries("data.sources")):
        return
    now, labels = _now(case), label_sources(case)
    day, date = min(_dates(case), default=(None, ""))
    left = (day - now).days if day and now else None
    ahead = _goes_ahead(case)
    for path, one in case.entries("data.sources"):
        asked = one.access == "asked" and path in labels
        near = left is not None and left <= (_NEAR_ASKED if asked else _NEAR_BLOCKED)
        if (asked or one.access == "blocked") and (near or (ahead and not asked)):
            state = "is only asked for, and the label comes from it" if asked else "is blocked"
            when = (
                f"; {date} is {_when(day, left)}" if near and day and left is not None else _DECIDED
            )
            yield Said(
                path=f"{path}.access",
                message=f"{one.name}: access {state}{when}.",
                remedy="Settle the access first, plan without the source, or move the date.",
            )


@rule("DA206", "warning", requires=("DA101", "DA115"))
def personal_data_without_basis(case: Case) -> Iterator[Said]:
    """Asks for the legal basis of sources that hold personal data.

    Why it matters: without a basis the data may not be used, however easily they can be had. A model that was
    trained on them may have to be thrown away.

    Bad:
        data: {sources: [{personal: true, basis: }]}

    Good:
        data: {sources: [{personal: true, basis: contract}]}

    Source: General Data Protection Regulation, article 6.
    """
    missing = set(case.gaps("data.sources.*.basis"))
    for path, one in case.entries("data.sources"):
        key = f"{path}.basis"
        unsaid = key in missing or case.text(key).casefold().strip(" .") in _NO_BASIS
        if one.personal is True and unsaid:
            yield Said(
                path=key,
                message=case.about("It holds personal data, and no legal basis is named.", key),
                remedy="Name the basis, for example contract or consent, with whoever answers for data "
                "protection.",
            )


@rule("DA207", "advice", requires=("DA101",))
def quality_without_number(case: Case) -> Iterator[Said]:
    """Asks how complete, fresh and valid each source has to be, in numbers.

    Why it matters: "clean data" can be neither checked nor promised. A share of values that must be there, or an
    oldest age, can be watched from the first day.

    Bad:
        data: {sources: [{quality: }]}

    Good:
        data: {sources: [{quality: {completeness: 98%, freshness: 24 h}}]}

    Source: OKR template, on data pipelines.
    """
    for path, _ in case.entries("data.sources"):
        key = f"{path}.quality"
        given = value_at(case.tree, key)
        if not given or (isinstance(given, dict) and not any(given.values())):
            yield Said(
                path=key,
                message=case.about("No number says how good it has to be.", key),
                remedy="Give completeness, freshness or the share of rows that must pass validation.",
            )


def _now(case: Case) -> dt.date | None:
    """Today; in a worked example, which does not age, the newest day on which a figure of it was read."""
    if not case.brief.illustrative:
        return case.today
    days = (case.day(key) for key, _ in case.nodes if key.endswith(".on"))
    return max((day for day in days if day), default=None)


def _dates(case: Case) -> list[tuple[dt.date, str]]:
    """The days by which data are needed; a decision that was made needs none."""
    keys = ["experiment.starts"]
    if not case.is_decided:
        keys.append("decision.by")
    return [(day, key) for key in keys if (day := case.day(key))]


def _goes_ahead(case: Case) -> bool:
    """Whether it was decided, and not against it."""
    outcome = case.text("decision.outcome")
    return case.is_decided and bool(outcome) and not _NOT_BUILT.search(outcome)


def _when(day: dt.date, left: int) -> str:
    if left < 0:
        return f"{day}, which is past"
    return f"{day}, in {left} day{'' if left == 1 else 's'}"


DATA_ACCESS = (
    access_blocked_with_a_near_date,
    personal_data_without_basis,
    quality_without_number,
)
