"""What a syntax error in YAML means to the person who wrote the line, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kit.errors import BriefError, Problem

_KEY = re.compile(r"(?P<indent> *)(?P<row>(- +)*)(?P<name>\w[\w ]*?)[ \t]*:([ \t]|$)")


_LONG = 200  # characters of a line that a key stands in


class Fault(NamedTuple):
    """What was found, and what to do; the line where it is another one than the parser says."""

    found: str
    remedy: str
    line: int | None = None  # 0-based


def syntax_error(error: YAMLError, text: str, *, file: str) -> BriefError:
    """The error of ruamel.yaml's own parser as a problem of the file."""
    lines = text.splitlines() or [""]
    if isinstance(error, MarkedYAMLError) and error.problem_mark:
        fault = _fault(error, lines)
        at = error.problem_mark.line if fault.line is None else fault.line
    else:
        fault = Fault(f"a syntax error ({str(error).splitlines()[0]})", _ANYWAY)
        at = 0
    at = min(at, len(lines) - 1)
    problem = Problem(
        file=file,
        line=at + 1,
        key=_key_at(lines, at),
        expected="YAML",
        found=fault.found,
        remedy=fault.remedy,
    )
    return BriefError((problem,))


_ANYWAY = "Look at this line and the one above it: an indent, a colon or a quote is off."


def _fault(error: MarkedYAMLError, lines: Sequence[str]) -> Fault:
    said = error.problem or ""
    at, column = error.problem_mark.line, error.problem_mark.column
    line = lines[at] if at < len(lines) else ""
    opened = error.context_mark.line if error.context_mark else at
    if "mapping values are not allowed" in said:
        return _colon(line, lines[at - 1] if at else "", at)
    if "cannot start any token" in said:
        return _sign(line[column : column + 1])
    if "<block end>" in said and not line[:column].strip(" -"):
        return Fault(
            "a line whose indent fits none above it",
            "Begin the keys of one group in the same column, with blanks in front.",
        )
    for words, fault in _KNOWN:
        if words in said:
            return fault._replace(line=opened) if words in _TOLD_LATE else fault
    return Fault(f"a syntax error ({said})", _ANYWAY)


def _colon(line: str, above: str, at: int) -> Fault:
    if line.count(": ") > 1 or (": " in line and line.rstrip().endswith(":")):
        return Fault(
            "a second colon in the line",
            'Put the text behind the first colon in quotes: key: "text: more text".',
        )
    if ":" not in above:
        return Fault("a line without a colon", "Write it as `key: value`.", max(at - 1, 0))
    return Fault(
        "a key below a text that has ended",
        "Bring the key to the column of its neighbours, or put the text above it in quotes.",
    )


def _sign(char: str) -> Fault:
    if char == "\t":
        return Fault("a tab", "Indent with blanks instead.")
    return Fault(
        f"a text that begins with {char!r}", f'Put the text in quotes, for example "{char}".'
    )


_QUOTE_ALL = "Put the whole text in quotes."
_KNOWN = (
    (
        "unexpected end of stream",
        Fault("a quote that is never closed", "Close it; an apostrophe in single quotes is ''."),
    ),
    (
        "expected ',' or '}'",
        Fault(
            "braces that are not closed, or a text in them with a colon or brace of its own",
            "Close the braces, and put texts with commas, colons or brackets in quotes.",
        ),
    ),
    (
        "expected ',' or ']'",
        Fault(
            "brackets that are not closed, or a text in them with a colon or bracket of its own",
            "Close the brackets, and put texts with commas, colons or brackets in quotes.",
        ),
    ),
    ("<block end>", Fault("more text behind a quote, a bracket or a `*`", _QUOTE_ALL)),
    (
        "expected a comment or a line break",
        Fault(
            "text right behind `>` or `|`",
            "Put the text in quotes, or begin it in the next line.",
        ),
    ),
    (
        "sequence entries are not allowed",
        Fault("`- ` behind a colon", "Begin the list in the next line, or put the text in quotes."),
    ),
    (
        "unknown escape character",
        Fault("a backslash in double quotes", "Use single quotes, or write the backslash twice."),
    ),
    ("find expected ':'", Fault("a line without a colon", "Write it as `key: value`.")),
    ("expected alphabetic", Fault("a text that begins with `&` or `*`", _QUOTE_ALL)),
    ("expected the node content", Fault("a text that begins with a comma or bracket", _QUOTE_ALL)),
)
# What the parser notices lines below the one to mend, which it names as the context.
_TOLD_LATE = (
    "unexpected end of stream",
    "expected ',' or '}'",
    "expected ',' or ']'",
    "find expected ':'",
)


def _key_at(lines: Sequence[str], at: int) -> str:
    """The dotted key of a line as its indent shows it; rows are left out, for they have no name."""
    found = _KEY.match(lines[at][:_LONG])
    if not found:
        return ""
    keys = [found["name"]]
    indent = len(found["indent"]) + len(found["row"])
    for line in reversed(lines[:at]):
        above = _KEY.match(line[:_LONG])
        if above and len(above["indent"]) + len(above["row"]) < indent:
            keys.insert(0, above["name"])
            indent = len(above["indent"])
    return ".".join(keys)
