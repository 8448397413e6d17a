"""How numbers are written: forms that Arrow reads, and Python with `re.ASCII` in the same way."""

from __future__ import annotations

from collections.abc import Mapping

from kit.data.read_as import Apart

# What Arrow reads by itself.
PLAIN = r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$"
# Such numbers count nothing: postcodes, and keys that are too long for a float to keep.
KEYS = r"^[-+]?(?:0\d+|\d{16,})$"

MONEY = r"[$€£¥₹]|EUR|USD|GBP|CHF|JPY"
AROUND = rf"^\s*(?:{MONEY})?\s*([-+−]?)\s*(?:{MONEY})?\s*([\d.,].*?)\s*(?:%|{MONEY})?$"
BRACKETS = r"^(.*)\((.*\d.*)\)(.*)$"  # what bookkeepers write for a minus
APART = "[ '’\u00a0\u202f]"  # whatever the decimal sign is
# Before an exponent there is a number: E11 is none.
_POINT = r"^[-+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?$"
_SPACED = rf"^[-+]?\d{{1,3}}(?:{APART}\d{{3}})+(?:\.\d+)?$"
WITH_POINT = f"{_POINT}|{_SPACED}"
_WHOLE = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:{APART}\d{{3}})+|\d+)"
WITH_COMMA = rf"^[-+]?(?:{_WHOLE}(?:,\d+)?|,\d+)(?:[eE][-+]?\d+)?$"

# The signs that thousands are set apart by.
SIGNS_APART: Mapping[Apart, str] = {
    "comma": ",",
    "point": r"\.",
    "space": "[ \u00a0\u202f]",
    "apostrophe": "['’]",
}
