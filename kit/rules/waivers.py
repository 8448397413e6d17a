"""Findings that a brief accepts with a reason, and waivers that accept nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from kit.brief import Brief
from kit.brief.reading import closest
from kit.errors import visible
from kit.rules.finding import Finding
from kit.rules.reading import READING
from kit.rules.rule import Rule, Said, outside


@outside("BR002", "warning")
def waiver_of_unknown_code() -> None:
    """Finds waivers for codes that no rule has.

    Why it matters: what was to be accepted with its reason is not, and the reason is printed for nothing.

    Bad:
        waive: {DA999: public data only}

    Good:
        waive: {DA112: public data only}

    Source: the format of a brief.
    """


@outside("BR004", "warning")
def waiver_of_error() -> None:
    """Finds waivers for errors.

    Why it matters: an error leaves nothing to decide on: two numbers that cannot both be true, or an
    experiment that cannot end. It has to be mended; accepting it would hide it from whoever signs.

    Bad:
        waive: {VE201: we know}

    Good:
        waive: {DA112: public data only}

    Source: the format of a brief.
    """


@outside("BR005", "advice")
def waiver_of_nothing() -> None:
    """Finds waivers for what is not found, or no longer.

    Why it matters: a reason that outlives its fault will silently accept the next one.

    Bad:
        waive: {GO105: the date comes later}
        goal: {by: 2027-12-31}

    Good:
        waive: {GO108: the levers come later}
        goal: {levers: }

    Source: as with unused exceptions in other checkers.
    """


WAIVERS: tuple[Rule, ...] = (waiver_of_unknown_code, waiver_of_error, waiver_of_nothing)


def waived(finding: Finding, brief: Brief) -> Finding:
    """The finding, accepted where the brief says so; an error stays what it is."""
    reason = _waivers(brief).get(finding.code)
    if finding.status != "finding" or finding.severity == "error" or reason is None:
        return finding
    return finding._replace(status="waived", reason=visible(" ".join(reason.split())))


def strange_waivers(
    brief: Brief, findings: Sequence[Finding], rules: Sequence[Rule], *, unseen: AbstractSet[str]
) -> Iterator[tuple[Rule, Said]]:
    """The waivers that accept nothing, `findings` being what the rules have found.

    Codes that are `unseen` are of rules that had nothing to look at: whether they would find something, nobody knows.
    """
    every = (*READING, *WAIVERS, *rules)
    known = {rule.code: rule for rule in every}
    accepted = {one.code for one in findings if one.status != "finding"}
    for code in _waivers(brief):
        path = f"waive.{code}"
        if code not in known:
            message = f"The waiver {code} is for no code of the kit."
            yield waiver_of_unknown_code, Said(path, message, _meant(code, every))
        elif known[code].severity == "error":
            message = f"The waiver {code} has no effect: an error leaves nothing to decide on."
            yield waiver_of_error, Said(path, message, "Mend what it finds.")
        elif known[code] in WAIVERS:
            message = (
                f"The waiver {code} accepts nothing: what is wrong with a waiver is never waived."
            )
            yield waiver_of_nothing, Said(path, message, "Take it out.")
        elif code not in accepted and code not in unseen:
            message = f"The waiver {code} accepts nothing: it is not found."
            yield waiver_of_nothing, Said(path, message, "Take it out.")


def _meant(code: str, rules: Sequence[Rule]) -> str:
    """What to do about a code that no rule has: the name of a rule means its code."""
    codes = {rule.name: rule.code for rule in rules} | {rule.code: rule.code for rule in rules}
    close = codes.get(code.lower()) or codes.get(closest(code, sorted(codes), cutoff=0.75) or "")
    return f"Did you mean `{close}`?" if close else "All codes are listed by: framing explain"


def _waivers(brief: Brief) -> dict[str, str]:
    return brief.waive if isinstance(brief.waive, dict) else {}
