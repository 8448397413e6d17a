"""The findings that were asked for: by code, or by the letters and digits that codes begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kit.brief.reading import closest
from kit.errors import UsageError
from kit.rules.finding import Finding
from kit.rules.reading import READING
from kit.rules.rule import Rule
from kit.rules.waivers import WAIVERS

_ALWAYS = frozenset(rule.code for rule in READING)  # without these, nothing else can be trusted


def selected(
    findings: Iterable[Finding], *, select: Sequence[str], ignore: Sequence[str]
) -> tuple[Finding, ...]:
    """The findings whose codes begin with one of `select` (all, if it is empty) and with none of `ignore`.

    What cannot be read is always among them.
    """
    if not select and not ignore:
        return tuple(findings)
    wanted, unwanted = tuple(select) or ("",), tuple(ignore)
    return tuple(
        one
        for one in findings
        if one.code in _ALWAYS
        or (one.code.startswith(wanted) and not (unwanted and one.code.startswith(unwanted)))
    )


def prefixes(texts: Iterable[str], rules: Sequence[Rule]) -> tuple[str, ...]:
    """Codes, beginnings of codes, or names of rules, in each text separated by commas; names as their codes.

    Raises
    ------
    UsageError
        If one of them is none.
    """
    every = (*READING, *WAIVERS, *rules)
    names = {rule.name: rule.code for rule in every}
    found = [part.strip() for text in texts for part in text.split(",") if part.strip()]
    return tuple(names.get(part.lower()) or _beginning(part, every) for part in found)


def refuse_ignoring(codes: Iterable[str]) -> None:
    """Refuse to leave out what cannot be read.

    Raises
    ------
    UsageError
        If one of the codes is for that.
    """
    for code in codes:
        if code in _ALWAYS:
            raise UsageError(
                f"--ignore: expected codes that can be left out, found {code}, which is always shown, "
                "as nothing else can be trusted where it is found. Mend what it finds."
            )


def _beginning(part: str, rules: Sequence[Rule]) -> str:
    codes = sorted(rule.code for rule in rules)
    if any(code.startswith(part.upper()) for code in codes):
        return part.upper()
    close = closest(part, [*codes, *(rule.name for rule in rules)])
    families = ", ".join(sorted({code[:2] for code in codes}))
    remedy = f"Did you mean `{close}`?" if close else f"Known here: {families}."
    raise UsageError(
        f"expected codes or their beginnings, such as GO or ME202, found {part!r}. {remedy}"
    )
