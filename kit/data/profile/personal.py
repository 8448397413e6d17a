"""Data about people that nobody may have thought of."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from kit.data.reading.table import Column

_LOOKED_AT = 200_000  # different values of a column
_CHECKED = 1_000  # bank accounts
_FEW = 50  # values: as many people have none of their own
_LONG_NUMBER = 100_000  # numbers of phones and passports are longer
_MANY = 0.3  # share of the values that makes a column one of phone numbers
_NEARLY_ALL = 0.8  # the same for network addresses
_PHONE = (
    r"^\+[1-9][\d ()/.-]{7,17}$|^00[1-9]\d{0,2}[ /.-][\d ()/.-]{6,16}$|^\(?0\d{1,5}\)?[ /.-]\d[\d ()/.-]{4,14}$|"
    r"^\(\d{3}\) ?\d{3}-\d{4}$|^\d{3}-\d{3}-\d{4}$"
)
_BYTE = r"(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])"
_FORMS = (
    ("e-mail addresses", r"(?i)[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", 0.0),
    ("bank accounts (IBAN)", r"^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?$", 0.0),
    # Few addresses begin below 10, and many versions do.
    ("network addresses", rf"^(?:[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(?:\.{_BYTE}){{3}}$", _NEARLY_ALL),
    ("phone numbers", _PHONE, _MANY),
)
_NAMES = re.compile(
    r"(?:^|_)(?:e_?mail|mail_address|phone|mobile|telephone|tel_no|fax|(?:first|last|full|sur|given|family|middle|maiden)_?name|"
    r"street|address|iban|ssn|social_security|passport|tax_id|date_of_birth|birth_?date|birthday|dob|"
    r"ip_?address|geburtsdatum|vorname|nachname|telefon|strasse)(?:$|_)",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"birth|dob|geburt", re.IGNORECASE)


def personal_in(column: Column) -> tuple[str | None, int]:
    """What about people a column seems to hold, and in how many cells; 0 where its name alone says so."""
    if pa.types.is_dictionary(column.values.type):
        words = column.values.dictionary.slice(0, _LOOKED_AT)
        for kind, form, least in _FORMS:
            found = pc.match_substring_regex(words, form)
            count = pc.sum(found).as_py() or 0
            if count and count > least * len(words) and not _are_codes(kind, words.filter(found)):
                return kind, _cells(column.values, found)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])|[\s.-]+", "_", column.name)
    if _NAMES.search(name) and _may_be_of_one(column, name):
        return "personal data, by its name", 0
    return None, 0


def _are_codes(kind: str, words: pa.Array) -> bool:
    """Whether what looks like bank accounts are other codes: most of them fail the check of ISO 13616."""
    if "IBAN" not in kind:
        return False
    some = [word.replace(" ", "") for word in words.slice(0, _CHECKED).to_pylist()]
    right = sum(int("".join(str(int(c, 36)) for c in one[4:] + one[:4])) % 97 == 1 for one in some)
    return right < 0.5 * len(some)


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
    import numpy as np

    hit = np.zeros(len(values.dictionary), bool)
    hit[: len(found)] = found.to_numpy(zero_copy_only=False)
    return int(hit[pc.drop_null(values.indices).to_numpy(zero_copy_only=False)].sum())
