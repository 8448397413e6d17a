"""YAML text into a plain tree that knows the line of every key.

Every scalar stays the text that stands in the file (None for an empty one): the model decides what
is a number, a date or a word, so `title: 2024` keeps its digits and `no` stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # of ruamel.yaml.clib
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kit.brief.syntax import syntax_error
from kit.errors import BriefError, Problem, visible

SIZE_LIMIT = 256 * 1024
DEPTH_LIMIT = 20

# What is to be done where a comma inside braces made a key out of the end of a number.
CUT_NUMBER = (
    "A comma cut it off: write a number without one, as in 100000; put a text with one in quotes."
)

# Line separators are here because readers of YAML 1.1 and 1.2 do not agree on them.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Tree = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A YAML document as plain values, with the line of every key."""

    tree: Tree
    lines: dict[str, int]  # dotted key to 1-based line

    def line(self, key: str) -> int | None:
        """The line of a dotted key, or of the nearest key above it that stands in the file."""
        while key:
            if key in self.lines:
                return self.lines[key]
            key = key.rpartition(".")[0]
        return 1 if self.lines else None


def parse(text: str, *, file: str) -> Parsed:
    """The tree of a YAML text.

    Raises
    ------
    BriefError
        If it is not YAML, not a mapping, too large or too deep, holds more than one document, or
        uses duplicate keys, anchors, aliases or tags.
    """
    refuse_large(text, file=file)
    _refuse_unreadable(text, file)
    tree, lines = _built(text, file)
    if not isinstance(tree, dict):
        raise _error(
            file,
            1,
            "",
            "keys such as `title:` at the start of lines",
            _kind(tree),
            "See `framing new`.",
        )
    return Parsed(tree=tree, lines=lines)


def events(text: str, *, fast: bool) -> Iterator[Any]:
    """The parser's events: from the C library where `fast`, else from Python.

    The C library refuses some texts of YAML 1.2, such as a web address in braces, so what it does not
    read is read again without it.
    """
    if not fast:
        return iter(YAML(typ="safe", pure=True).parse(text))
    # `YAML` makes a class for every text, and looks on the disk for plug-ins.
    return iter(CParser(text).get_event, None)


def _built(text: str, file: str) -> tuple[Any, dict[str, int]]:
    try:
        builder = _Builder(file)
        return builder.build(events(text, fast=True)), builder.lines
    except YAMLError:
        builder = _Builder(file)
    try:
        return builder.build(events(text, fast=False)), builder.lines
    except YAMLError as exc:
        raise syntax_error(exc, text, file=file) from exc


@dataclass
class _Builder:
    file: str
    lines: dict[str, int] = field(default_factory=dict)
    documents: int = 0

    def build(self, events: Iterator[Any]) -> Any:
        tree = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    line = event.start_mark.line + 1
                    raise _error(
                        self.file, line, "", "one brief in a file", "a second one after `---`",
                        "Give it a file of its own.",
                    )  # fmt: skip
            elif isinstance(event, NodeEvent):
                tree = self._value(event, events, "", 0)
        return tree

    def _value(self, event: Any, events: Iterator[Any], key: str, depth: int) -> Any:
        if type(event) is ScalarEvent and depth <= DEPTH_LIMIT and _is_bare(event):  # nearly all
            value = event.value
            return None if not event.style and value in NULLS else value
        self._check(event, key, depth)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, key, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, key, depth)
        plain = event.style in (None, "")
        return None if plain and event.value in NULLS else str(event.value)

    def _mapping(self, events: Iterator[Any], key: str, depth: int) -> Tree:
        mapping: Tree = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            name = self._name(event, key)
            path = f"{key}.{name}" if key else name
            if name in mapping:
                raise _error(
                    self.file, event.start_mark.line + 1, path, "every key once",
                    f"`{visible(name)}` again (first in line {self.lines[path]})",
                    CUT_NUMBER if name.isdigit() else "Keep one of the two.",
                )  # fmt: skip
            self.lines[path] = event.start_mark.line + 1
            mapping[name] = self._value(next(events), events, path, depth + 1)
        return mapping

    def _sequence(self, events: Iterator[Any], key: str, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            path = f"{key}.{len(items)}"
            self.lines[path] = event.start_mark.line + 1
            items.append(self._value(event, events, path, depth + 1))
        return items

    def _name(self, event: Any, key: str) -> str:
        if type(event) is ScalarEvent and _is_bare(event) and event.value.isascii():  # nearly all
            return str(event.value)
        self._check(event, key, 0)
        if not isinstance(event, ScalarEvent):
            raise _error(
                self.file, event.start_mark.line + 1, key, "a word as key", "a list or group as key",
                "Keys are single words followed by a colon.",
            )  # fmt: skip
        if any("\ud800" <= char <= "\udfff" for char in event.value):
            raise _error(
                self.file, event.start_mark.line + 1, key, "a key in whole characters",
                ascii(event.value), "Write the key anew.",
            )  # fmt: skip
        return str(event.value)

    def _check(self, event: Any, key: str, depth: int) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or event.anchor:
            raise _error(
                self.file, line, key, "plain values", "an anchor or alias (`&` or `*`)",
                "Write the value out, or put it in quotes.",
            )  # fmt: skip
        if event.tag:
            raise _error(
                self.file, line, key, "plain values", f"the tag {str(event.tag)!r}",
                "Take the `!` out, or put the value in quotes.",
            )  # fmt: skip
        if depth > DEPTH_LIMIT:
            raise _error(
                self.file,
                line,
                "",
                f"at most {DEPTH_LIMIT} levels",
                "a deeper nesting",
                "Flatten it.",
            )


def _is_bare(event: Any) -> bool:
    """Whether a scalar is a plain value, without anchor and tag."""
    return event.anchor is None and event.ctag is None


def refuse_large(text: str, *, file: str) -> None:
    """Refuse a text that is too large for a brief.

    Raises
    ------
    BriefError
        If it is.
    """
    size = len(text.encode(errors="surrogatepass"))
    if size > SIZE_LIMIT:
        raise _error(
            file, None, "", f"at most {SIZE_LIMIT // 1024} KB", f"{-(-size // 1024)} KB",
            "A brief is a few pages: move tables and logs into files of their own.",
        )  # fmt: skip


def _refuse_unreadable(text: str, file: str) -> None:
    if found := _UNREADABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _error(
            file, line, "", "readable text", f"the invisible character U+{ord(found[0]):04X}",
            "Delete it; it stands in this line.",
        )  # fmt: skip


def _error(
    file: str, line: int | None, key: str, expected: str, found: str, remedy: str
) -> BriefError:
    problem = Problem(file=file, line=line, key=key, expected=expected, found=found, remedy=remedy)
    return BriefError((problem,))


def _kind(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else "a piece of text"
