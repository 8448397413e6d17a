"""Numbers of bank accounts and payment cards, told from other long codes by their check digits."""

from __future__ import annotations

import re

# Characters of an account's number by its country, as in the registry of ISO 13616.
_LENGTHS = {
    code: int(length)
    for code, length in re.findall(
        r"([A-Z]{2})(\d{2})",
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
        "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 "
        "KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 "
        "PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 "
        "VA22 VG24 XK20",
    )
}
_ACCOUNT = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2})\d{2}")
_REST = {
    length: re.compile(rf"(?: ?[A-Z0-9]){{{length - 4}}}(?![A-Za-z0-9])")
    for length in {*_LENGTHS.values()}
}
_CARD = re.compile(r"(?<![\w.])(?:\d{4}(?:[ -]?\d{4}){3}|\d{4}[ -]?\d{6}[ -]?\d{5})(?!\w)")
# What numbers of issuers begin with (ISO/IEC 7812): Visa, Mastercard, Discover, JCB, American Express.
_ISSUERS = re.compile(
    r"(?:4|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|6011|64[4-9]|65|35(?:2[89]|[3-8])).{2,}|3[47]"
)


def is_account(text: str) -> bool:
    """Whether an IBAN stands in a text: of its country's length, its check digits right (ISO 13616)."""
    for found in _ACCOUNT.finditer(text):
        length = _LENGTHS.get(found[1])
        rest = _REST[length].match(text, found.end()) if length else None
        if rest is not None:
            code = (rest[0] + found[0]).replace(" ", "")
            if int("".join(str(int(char, 36)) for char in code)) % 97 == 1:
                return True
    return False


def is_card(text: str) -> bool:
    """Whether the number of a payment card stands in a text: of a known issuer, its check digit right."""
    return any(
        _ISSUERS.match(digits) is not None and _passes(digits)
        for found in _CARD.finditer(text)
        for digits in [re.sub(r"[ -]", "", found[0])]
    )


def _passes(digits: str) -> bool:
    """The check of Luhn (US patent 2,950,048): from the right, every second digit counts twice."""
    twice = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(twice) + sum(int(digit) for digit in digits[::-2])) % 10 == 0
