"""Plain values as YAML text that both generations of YAML readers take for what it is."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any, get_args, get_origin

from kit.brief.part import Part
from kit.brief.quantity import Quantity
from kit.brief.reading import inside, keys_of

_SHORT = 30  # characters of a word in a list in brackets
_WIDE = 88  # characters of a group in braces

# What a reader of YAML 1.1 or 1.2 takes for something else than text.
_MISREAD = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|=|<<"
    r"|[-+]?[\d.][\d_,.:]*([eE][-+]?\d+)?|[-+]?0[xob][\da-f_]+|[-+]?\.(inf|nan)"
    r"|\d{4}-\d{1,2}-\d{1,2}([Tt\s].*)?",
    re.IGNORECASE,
)
_MISREAD_KEY = re.compile(_MISREAD.pattern.replace("|y|n|", "|"), re.IGNORECASE)

# Where these kinds are asked for, such a text needs no quotes: it is what other readers shall take it for.
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_NATIVE: dict[type, re.Pattern[str]] = {
    Quantity: _NUMBER,
    float: _NUMBER,
    int: re.compile(r"\d+"),
    bool: re.compile(r"true|false"),
    dt.date: re.compile(r"\d{4}-\d{2}-\d{2}"),
}

# Begins with a letter, a digit or a sign that means nothing to YAML, or with a minus before such a one.
_PLAIN = re.compile(r"-?[^\W_](?s:.*)|[+.<~(/$€£−±≥≤_](?s:.*)|=(?s:.+)")
_CUTS = re.compile(r":(\s|$)|\s#")
_CUTS_IN_FLOW = re.compile(r"[,\[\]{}:?]|\s#")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]')
_SHORT_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def scalar(text: str, kind: Any, *, flow: bool) -> str:
    """A text on one line, in quotes where it needs them."""
    return _quoted(text) if _needs_quotes(text, flow=flow) or _misread(text, kind) else text


def key_text(text: str, *, flow: bool) -> str:
    """A key, in quotes where it needs them."""
    return _quoted(text) if _needs_quotes(text, flow=flow) or _MISREAD_KEY.fullmatch(text) else text


def _misread(text: str, kind: Any) -> bool:
    native = _NATIVE.get(kind) if isinstance(kind, type) else None
    if get_origin(kind) is not None and get_args(kind) == (1,):  # the version of the format
        native = _NATIVE[int]
    return bool(_MISREAD.fullmatch(text)) and not (native and native.fullmatch(text))


def _needs_quotes(text: str, *, flow: bool) -> bool:
    return (
        text != text.strip()
        or not _PLAIN.fullmatch(text)
        or bool(_ESCAPED.search(_without_quotes(text)))
        or bool((_CUTS_IN_FLOW if flow else _CUTS).search(text))
    )


def _without_quotes(text: str) -> str:
    return text.replace('"', "").replace("\\", "")


def _quoted(text: str) -> str:
    """The text in double quotes, or in single ones where that saves escapes."""
    rest = _without_quotes(text)
    if rest != text and not _ESCAPED.search(rest):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    code = ord(char)
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    return (
        f"\\x{code:02X}"
        if code < 0x100
        else f"\\u{code:04X}"
        if code < 0x10000
        else f"\\U{code:08X}"
    )


def ranks(kind: Any) -> dict[str, int]:
    """The place of every key of a part in the model."""
    known = keys_of(kind) if isinstance(kind, type) and issubclass(kind, Part) else []
    return {name: at for at, name in enumerate(known)}


def ordered(group: dict[str, Any], kind: Any) -> dict[str, Any]:
    """A group with its keys in the order of the model, unknown ones last."""
    rank = ranks(kind)
    return dict(sorted(group.items(), key=lambda item: rank.get(item[0], len(rank))))


def in_flow(value: Any, kind: Any) -> str:
    """A value as it stands in braces or brackets."""
    if isinstance(value, dict):
        said = (
            f"{key_text(name, flow=True)}: {in_flow(inner, inside(kind, name))}"
            for name, inner in ordered(value, kind).items()
        )
        return "{" + ", ".join(said) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(in_flow(inner, inside(kind, 0)) for inner in value) + "]"
    return "null" if value is None else scalar(value, kind, flow=True)


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a value is written: behind a colon, or behind a dash."""

    column: int  # of the key, or of the dash
    row: bool = False
    offset: int = 2  # from a key to the dashes below it
    lines: bool = True  # whether a text of several lines may stand as such
    spread: bool = False  # whether a group takes a line for every key


def behind(value: Any, kind: Any, *, spot: Spot) -> str:
    """What to write behind the colon or dash, with line feeds as line ends."""
    if value is None:
        return ""
    if isinstance(value, str):
        in_lines = spot.lines and _stands_in_lines(value)
        return " " + (_in_lines(value, spot) if in_lines else scalar(value, kind, flow=False))
    if _is_short(value, kind) and not (
        value and isinstance(value, dict) and _spread(value, kind, spot)
    ):
        return " " + in_flow(value, kind)
    if isinstance(value, dict):
        below = replace(spot, column=spot.column + 2)
        return (" " if spot.row else "\n" + " " * below.column) + entries(value, kind, spot=below)
    below = replace(spot, column=spot.column + (2 if spot.row else spot.offset), spread=False)
    pad = "\n" + " " * below.column
    return "".join(pad + row(item, inside(kind, 0), spot=below) for item in value)


def entries(group: dict[str, Any], kind: Any, *, spot: Spot) -> str:
    """The keys of a group below each other, at a column; the first without its indent."""
    here = replace(spot, row=False, spread=False)
    said = (
        key_text(name, flow=False) + ":" + behind(value, inside(kind, name), spot=here)
        for name, value in ordered(group, kind).items()
    )
    return ("\n" + " " * spot.column).join(said)


def row(value: Any, kind: Any, *, spot: Spot) -> str:
    """A row of a list, with its dash, at a column."""
    return "-" + behind(value, kind, spot=replace(spot, row=True))


def _spread(group: dict[str, Any], kind: Any, spot: Spot) -> bool:
    """Whether a group takes a line for every key even where it is short, as the steps do."""
    if spot.spread or spot.row or "n/a" in group:
        return spot.spread
    return isinstance(kind, type) and issubclass(kind, Part) and not issubclass(kind, Quantity)


def _is_short(value: Any, kind: Any) -> bool:
    """Whether a collection reads well on one line."""
    inner = list(value.values()) if isinstance(value, dict) else value
    if any(isinstance(item, (dict, list)) or "\n" in str(item) for item in inner):
        return False
    if isinstance(value, list) and any(len(str(item)) > _SHORT for item in inner):
        return False
    return len(in_flow(value, kind)) <= _WIDE


def _stands_in_lines(text: str) -> bool:
    """Whether a text can stand as it is, line below line, and would survive an editor."""
    body = text.removesuffix("\n")
    return (
        "\n" in body
        and bool(body.rpartition("\n")[2].strip())
        and not _ESCAPED.search(_without_quotes(text).replace("\n", "").replace("\t", ""))
    )


def _in_lines(text: str, spot: Spot) -> str:
    body = text.removesuffix("\n")
    # Without the 2, a reader takes blanks at the beginning for indentation.
    header = "|" + ("2" if body[0].isspace() else "") + ("" if body != text else "-")
    pad = "\n" + " " * (spot.column + 2)
    return header + "".join(pad + line if line else "\n" for line in body.split("\n"))
