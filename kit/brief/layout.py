"""Where everything stands in a YAML text: the place of every key, entry and value, to the character.

A part is an entry of a collection: a key with its value, or a row. All places are indexes of the text;
`stop` is the end of the last line that a thing takes up, without the line end.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kit.brief.tree import NULLS, events

_DASH = re.compile(r"^ *(-)(?=[ \t\r\n]|\Z)", re.MULTILINE)
_COLON = re.compile(r"[ \t\r\n]*:")


@dataclass(kw_only=True, eq=False)
class Node:
    """A value: a scalar, or a collection with its parts."""

    start: int
    end: int
    stop: int
    flow: bool = False  # written in braces or brackets
    block_scalar: bool = False
    keeps_blanks: bool = False  # a block scalar that takes blank lines below it as its own
    text: str | None = None  # of a scalar
    parts: list[Part] | None = None  # of a collection
    keyed: bool = False

    @functools.cached_property
    def value(self) -> Any:
        """What the node says, as plain values."""
        if self.parts is None:
            return self.text
        if self.keyed:
            return {part.name: part.node.value for part in self.parts}
        return [part.node.value for part in self.parts]


@dataclass(kw_only=True, eq=False)
class Part:
    """An entry of a collection."""

    name: str  # the key; empty for a row
    start: int  # of the key, or of the dash
    after: int  # behind the colon or dash, where a value may be put; -1 where there is no colon
    node: Node


@dataclass
class _Reader:
    text: str
    events: Iterator[Any]

    def root(self) -> Node | None:
        first = next((event for event in self.events if isinstance(event, NodeEvent)), None)
        return None if first is None else self._node(first, None)

    def _node(self, event: Any, after: int | None) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, MappingStartEvent):
            return self._collection(event, start, keyed=True)
        if isinstance(event, SequenceStartEvent):
            return self._collection(event, start, keyed=False)
        text: str | None = str(event.value)
        plain = event.style in (None, "")
        if plain and not text:
            start = end = start if after is None or after < 0 else after
        if event.style in ("|", ">"):
            keeps = "+" in line_of(self.text, start).partition("#")[0]
            stop = _last_line(self.text, start, end, str(text), keeps=keeps, style=event.style)
            return Node(
                start=start, end=stop, stop=stop, block_scalar=True, keeps_blanks=keeps, text=text
            )
        if plain and text in NULLS:
            text = None
        return Node(start=start, end=end, stop=line_end(self.text, end), text=text)

    def _collection(self, event: Any, start: int, *, keyed: bool) -> Node:
        flow = bool(event.flow_style)
        node = Node(start=start, end=start, stop=start, flow=flow, keyed=keyed, parts=[])
        parts: list[Part] = node.parts or []
        node.parts = parts
        for inner in self.events:
            if isinstance(inner, (MappingEndEvent, SequenceEndEvent)):
                node.end = inner.end_mark.index if flow else node.stop
                break
            parts.append(self._entry(inner) if keyed else self._row(inner, start, parts, flow=flow))
            node.stop = parts[-1].node.stop
        if flow:
            node.stop = line_end(self.text, node.end)
        return node

    def _entry(self, key: Any) -> Part:
        colon = _COLON.match(self.text, key.end_mark.index)
        after = colon.end() if colon else -1
        value = self._node(next(self.events), after)
        if after < 0:
            value.start = value.end = key.end_mark.index
        return Part(name=str(key.value), start=key.start_mark.index, after=after, node=value)

    def _row(self, event: Any, start: int, parts: list[Part], *, flow: bool) -> Part:
        if flow:
            node = self._node(event, None)
            return Part(name="", start=node.start, after=node.start, node=node)
        dash = _DASH.search(self.text, parts[-1].node.stop) if parts else None
        at = dash.start(1) if dash else start
        return Part(name="", start=at, after=at + 1, node=self._node(event, at + 1))


def layout(text: str) -> Node | None:
    """The layout of a YAML text without anchors and tags; None where it holds nothing."""
    try:
        return _Reader(text, events(text, fast=True)).root()
    except YAMLError:
        return _Reader(text, events(text, fast=False)).root()


def line_start(text: str, index: int) -> int:
    """Where the line at an index begins."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Where the line at an index ends, before the characters that end it."""
    found = text.find("\n", index)
    if found < 0:
        return len(text)
    return found - 1 if found > index and text[found - 1] == "\r" else found


def next_line(text: str, index: int) -> int:
    """Where the line after an index begins, or the end of the text."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def line_of(text: str, index: int) -> str:
    """The rest of the line from an index on."""
    return text[index : line_end(text, index)]


def _last_line(text: str, start: int, end: int, value: str, *, keeps: bool, style: str) -> int:
    """The end of the last line of a block scalar whose header is at `start`."""
    if keeps:
        return line_end(text, line_start(text, end - 1)) if text[end - 1 : end] == "\n" else end
    if style == ">":
        return line_end(text, start + len(text[start:end].rstrip()))
    index = line_end(text, start)
    content = value.rstrip("\n")
    for _ in content.split("\n") if content else ():
        index = line_end(text, next_line(text, index))
    return index
