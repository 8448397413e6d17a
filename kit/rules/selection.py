"""The findings that were asked for: by code, or by the letters and digits that codes begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kit.brief.reading import nearest
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
    wanted, unwanted = tuple(select) or ("",), tuple(ignore)
    return tuple(
        one
        for one in findings
        if one.code in _ALWAYS
        or (one.code.startswith(wanted) and not (unwanted and one.code.startswith(unwanted)))
    )


def prefixes(text: str, rules: Sequence[Rule]) -> tuple[str, ...]:
    """Codes, beginnings of codes, or names of rules, separated by commas; names as their codes.

    Raises
    ------
    UsageError
        If one of them is none.
    """
    every = (*READING, *WAIVERS, *rules)
    names = {rule.name: rule.code for rule in every}
    found = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(names.get(part.lower()) or _beginning(part, every) for part in found)


def _beginning(part: str, rules: Sequence[Rule]) -> str:
    codes = sorted(rule.code for rule in rules)
    if any(code.startswith(part.upper()) for code in codes):
        return part.upper()
    close = nearest(part, [*codes, *(rule.name for rule in rules)])
    families = ", ".join(sorted({code[:2] for code in codes}))
    remedy = close if close.startswith("Did") else f"Known here: {families}."
    raise UsageError(
        f"expected codes or their beginnings, such as GO or ME202, found {part!r}. {remedy}"
    )
