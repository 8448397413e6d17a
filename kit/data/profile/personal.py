"""Data about people that nobody may have thought of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.data.profile.check_digits import is_account, is_card
from kit.data.reading.table import Column

_LOOKED_AT = 200_000  # different values of a column
_CHECKED = 1_000  # of the values that look like accounts or cards
_FEW = 50  # values: as many people have none of their own
_LONG_NUMBER = 100_000  # numbers of phones and passports are longer
_MANY = 0.3  # share of the values that makes a column one of phone numbers
_NEARLY_ALL = 0.8  # the same for network addresses


@dataclass(frozen=True, kw_only=True)
class _Form:
    """What one kind of personal data looks like."""

    kind: str
    looks: str  # a pattern for RE2
    but: str | None = None  # what has this look and is none
    above: float = 0.0  # share of the different values; at least one
    least: int = 1  # different values
    is_right: Callable[[str], bool] | None = None  # its check digits
    right: float = 0.0  # share of what has the look that must pass the check; others are codes
    may_number_things: bool = False  # whether orders and parts may have such numbers


_BYTE = r"(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])"
# Few addresses begin below 10, and many versions do.
_IPV4 = rf"(?:[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(?:\.{_BYTE}){{3}}"
# In public use (RFC 4291: 2000::/3), of one site, or of one link; a date with colons has no eight groups.
_IPV6 = (
    r"(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe80)(?:(?::[0-9a-f]{1,4}){7}|"
    r"(?::[0-9a-f]{1,4}){0,6}::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?)(?:%\w+)?"
)
# With the sign of a country, or an area in front of which stands a 0; no area of North America begins with 0 or 1.
_PHONE = (
    r"^\+[1-9][\d ()/.-]{7,17}$|^00[1-9]\d{0,2}[ /.-][\d ()/.-]{6,16}$|^\(?0\d{1,5}\)?[ /.-]\d[\d ()/.-]{4,14}$|"
    r"^(?:\([2-9]\d{2}\) ?|[2-9]\d{2}-)\d{3}-\d{4}$"
)
_FORMS = (
    _Form(
        kind="e-mail addresses",
        looks=r"(?i)[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}",
        # Repositories, their parts after a colon, the user of a web address, and pictures for fine screens.
        but=r"(?i)(?:^|[^a-z0-9._%+-])git@|@[a-z0-9.-]+:[a-z0-9~/]|://[^/\s]*@|@[1-4]x\.[a-z]",
    ),
    _Form(
        kind="bank accounts (IBAN)",
        looks=r"(?:^|[^A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11}",
        is_right=is_account,
        right=0.5,
    ),
    _Form(
        kind="payment card numbers",
        looks=r"(?:^|[^\w.])(?:[2456]\d{3}|35\d{2})(?:[ -]?\d{4}){3}(?:$|\W)|"
        r"(?:^|[^\w.])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?:$|\W)",
        is_right=is_card,
        right=0.9,
        least=2,  # one number in ten passes by chance
        may_number_things=True,
    ),
    _Form(
        kind="network addresses",
        looks=rf"(?i)^(?:{_IPV4}|{_IPV6})$",
        above=_NEARLY_ALL,
        may_number_things=True,
    ),
    _Form(kind="phone numbers", looks=_PHONE, above=_MANY, may_number_things=True),
)
_NAMES = re.compile(
    r"(?:^|_)(?:e_?mail|mail_address|phone|mobile|telephone|tel_no|fax|"
    r"(?:first|last|full|sur|given|family|middle|maiden|"
    r"customer|client|patient|employee|person|contact|user|guest|passenger|driver|student|pupil|applicant|member|"
    r"subscriber|card_?holder|account_?holder)_?name|"
    r"street|address|iban|ssn|social_security|passport|tax_id|date_of_birth|birth_?date|birthday|dob|"
    r"ip_?address|geburtsdatum|vorname|nachname|kundenname|telefon|strasse)(?:$|_)",
    re.IGNORECASE,
)
_OF_MACHINES = re.compile(
    r"(?:memory|mem|register|bus|base|start|contract|block)_address", re.IGNORECASE
)
_THINGS = re.compile(
    r"(?:^|_)(?:order|article|part|item|product|sku|version|release|build|firmware|serial|model|invoice|ticket|"
    r"batch|lot|parcel|shipment|tracking|asset|material|isbn|ean|gtin|imei|"
    r"artikel|teil|teile|auftrag|bestell|rechnung)s?_?(?:no|nr|num|number|nummer|id|code|key|ref)?s?(?:$|_)",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"birth|dob|geburt", re.IGNORECASE)


def personal_in(column: Column) -> tuple[str | None, int]:
    """What about people a column seems to hold, and in how many cells; 0 where its name alone says so."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])|[\s.-]+", "_", column.name)
    named = _NAMES.search(name) is not None and not _OF_MACHINES.search(name)
    if pa.types.is_dictionary(column.values.type):
        words = column.values.dictionary.slice(0, _LOOKED_AT)
        of_things = not named and _THINGS.search(name) is not None
        for form in _FORMS:
            if form.may_number_things and of_things:
                continue
            found = _found(words, form)
            if found is not None:
                return form.kind, _cells(column.values, found)
    if named and _may_be_of_one(column, name):
        return "personal data, by its name", 0
    return None, 0


def _found(words: pa.Array, form: _Form) -> pa.Array | None:
    """Which of the words are of a form; None where too few are for a column of it."""
    found = pc.match_substring_regex(words, form.looks)
    if not pc.any(found).as_py():
        return None
    if form.but is not None:
        found = pc.and_not(found, pc.match_substring_regex(words, form.but))
    count = pc.sum(found).as_py() or 0
    if count < form.least or count <= form.above * len(words):
        return None
    if form.is_right is not None:
        some = words.filter(found).slice(0, _CHECKED).to_pylist()
        right = sum(map(form.is_right, some))
        if right < max(form.least, form.right * len(some)):
            return None
    return found


def _may_be_of_one(column: Column, name: str) -> bool:
    """Whether values can tell one person from others: a count of phone calls cannot, nor whether there is a phone."""
    if column.kind == "date":
        return _BIRTH.search(name) is not None
    if column.kind == "number":
        usual = pc.approximate_median(column.values).as_py()
        return usual is not None and bool(usual >= _LONG_NUMBER)
    if pa.types.is_dictionary(column.values.type):
        there = len(column.values) - column.values.null_count
        return bool(len(column.values.dictionary) > min(_FEW, 0.5 * there))
    return False


def _cells(values: pa.Array, found: pa.Array) -> int:
    """Cells whose value is among those that were found."""
    hit = np.zeros(len(values.dictionary), bool)
    hit[: len(found)] = found.to_numpy(zero_copy_only=False)
    return int(hit[pc.drop_null(values.indices).to_numpy(zero_copy_only=False)].sum())
