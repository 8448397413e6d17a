"""Changes to the text of a brief that keep its comments, its order and everything not changed.

The text is read and written with every scalar as text, so what is not changed is written as it stood.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
)
from ruamel.yaml.tokens import CommentToken

from kit.brief.model import Brief
from kit.brief.part import Part
from kit.brief.reading import bare, field_type, keys_of

# What a reader of YAML 1.1 or 1.2 would take for something else than text.
_MISREAD = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|=|<<"
    r"|[-+]?[\d.][\d_,.:]*([eE][-+]?\d+)?|0[xob][\da-f_]+|[-+]?\.(inf|nan)"
    r"|\d{4}-\d{1,2}-\d{1,2}([Tt\s].*)?",
    re.IGNORECASE,
)


class _TextResolver(VersionedResolver):
    """Takes every scalar but the empty one for text."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode and value:
            return self.DEFAULT_SCALAR_TAG
        return super().resolve(kind, value, implicit)


def edit(text: str, changes: Mapping[str, Any]) -> str:
    """`text` with the dotted keys of `changes` set to plain values; None takes a key out."""
    yaml = _yaml(text)
    root = yaml.load(text)
    if root is None:
        root = CommentedMap()
    for key, value in changes.items():
        _set(root, key.split("."), value, Brief)
    out = io.StringIO()
    yaml.dump(root, out)
    return out.getvalue()


def _yaml(text: str) -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _TextResolver
    yaml.preserve_quotes = True
    yaml.width = 1 << 16
    if re.search(r"^( *)[^\s#-][^\n]*:\s*\n\1  +- ", text, re.MULTILINE) or not re.search(
        r"^ *- ", text, re.MULTILINE
    ):
        yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _set(node: Any, path: list[str], value: Any, kind: Any) -> None:
    """Set the value at a path below a mapping or list, making what is missing on the way."""
    key = path[0]
    inner = _kind_of(kind, key)
    if isinstance(node, CommentedSeq):
        index = int(key)
        if len(path) == 1:
            node[index] = _merged(node[index], value, inner)
        else:
            if not isinstance(node[index], (CommentedMap, CommentedSeq)):
                node[index] = CommentedMap()
            _set(node[index], path[1:], value, inner)
        return
    if len(path) > 1:
        if not isinstance(node.get(key), (CommentedMap, CommentedSeq)):
            if not _is_empty(value):
                _put(node, key, _nested(path[1:], value, inner), kind)
            return
        _set(node[key], path[1:], value, inner)
        if not node[key]:
            _take(node, key)
    elif _is_empty(value):
        _take(node, key)
    else:
        _put(node, key, _merged(node.get(key), value, inner), kind)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _nested(path: list[str], value: Any, kind: Any) -> CommentedMap:
    """A block of mappings, one for each key of a path, around a value."""
    inner = _kind_of(kind, path[0])
    node = CommentedMap()
    node[_key(path[0])] = (
        _fresh(value, inner) if len(path) == 1 else _nested(path[1:], value, inner)
    )
    return node


def _put(node: CommentedMap, key: str, value: Any, kind: Any) -> None:
    """Set a key; a new one goes where the model has it."""
    if key in node:
        node[key] = value
        return
    order = keys_of(kind) if isinstance(kind, type) and issubclass(kind, Part) else []
    before = set(order[: order.index(key)]) if key in order else set(node)
    position = max((at + 1 for at, known in enumerate(node) if known in before), default=0)
    tail = _cut_tail(node, list(node)[position - 1]) if position else ""
    node.insert(position, _key(key), value)
    _hang_tail(node, key, tail)


def _take(node: CommentedMap, key: str) -> None:
    if key not in node:
        return
    tail = _cut_tail(node, key)
    keys = list(node)
    at = keys.index(key)
    del node[key]
    node.ca.items.pop(key, None)
    if at:
        _hang_tail(node, keys[at - 1], _cut_tail(node, keys[at - 1]) + tail)


def _end(node: Any, key: Any) -> tuple[Any, Any]:
    """Holder and key of the innermost entry that ends where the entry at `key` ends."""
    value = node[key]
    if isinstance(value, (CommentedMap, CommentedSeq)) and value and not value.fa.flow_style():
        return _end(value, list(value)[-1] if isinstance(value, CommentedMap) else len(value) - 1)
    return node, key


def _slot(holder: Any) -> int:
    """Where ruamel.yaml keeps what stands behind a value: third for a mapping, first for a list."""
    return 2 if isinstance(holder, CommentedMap) else 0


def _cut_tail(node: Any, key: Any) -> str:
    """Take away the blank lines and comments below the entry at `key`, and return them."""
    ends = "".join(_cut_ends(node[key]))
    holder, last = _end(node, key)
    tokens = holder.ca.items.get(last)
    slot = _slot(holder)
    token = tokens[slot] if tokens and len(tokens) > slot else None
    if not isinstance(token, CommentToken):
        return ends
    text = token.value
    # A block scalar has taken its own line end, so all of the token stands below it.
    beside, end, below = ("", "", text) if _is_block(holder[last]) else text.partition("\n")
    if beside.strip():
        token.value = beside + end
    else:
        tokens[slot] = None
    return str(below) + ends


def _cut_ends(value: Any) -> list[str]:
    """Take away what ruamel.yaml keeps as the end of the collections that end here, innermost first."""
    if not isinstance(value, (CommentedMap, CommentedSeq)):
        return []
    inner = (
        _cut_ends(list(value.values() if isinstance(value, CommentedMap) else value)[-1])
        if value
        else []
    )
    held, value.ca.end = value.ca.end or [], []
    return inner + [token.value for token in held]


def _hang_tail(node: Any, key: Any, tail: str) -> None:
    """Put blank lines and comments below the entry at `key`."""
    if not tail:
        return
    holder, last = _end(node, key)
    slot = _slot(holder)
    tokens = holder.ca.items.setdefault(last, [None, None, None, None])
    held = tokens[slot]
    if isinstance(held, CommentToken):
        held.value = held.value.rstrip("\n") + "\n" + tail
    else:
        start = "" if _is_block(holder[last]) else "\n"
        tokens[slot] = CommentToken(start + tail, CommentMark(0), None)


def _is_block(value: Any) -> bool:
    return isinstance(value, (LiteralScalarString, FoldedScalarString))


def _merged(old: Any, new: Any, kind: Any) -> Any:
    """`new` as nodes, with the nodes of `old` kept where they say the same."""
    if old is not None and _plain(old) == new:
        return old
    if isinstance(old, CommentedMap) and isinstance(new, dict) and not _is_absent(new):
        for key in [key for key in old if key not in new]:
            _take(old, key)
        for key, value in new.items():
            _put(old, key, _merged(old.get(key), value, _kind_of(kind, key)), kind)
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, list):
        return _rearranged(old, new, kind)
    return _fresh(new, kind)


def _rearranged(old: CommentedSeq, new: list[Any], kind: Any) -> CommentedSeq:
    """The rows of `old` in the order of `new`, each with its comments; new rows are made."""
    rows = list(old)
    tail = _cut_tail(old, len(rows) - 1) if rows else ""
    comments = dict(old.ca.items)
    free = {at: _plain(row) for at, row in enumerate(rows)}
    inner = _kind_of(kind, "0")
    result, kept = [], {}
    for position, value in enumerate(new):
        at = next((at for at, plain in free.items() if plain == value), None)
        if at is None and len(new) == len(rows) and position in free and free[position] not in new:
            at = position
        if at is None:
            result.append(_fresh(value, inner))
            continue
        del free[at]
        if at in comments:
            kept[position] = comments[at]
        result.append(_merged(rows[at], value, inner))
    del old[:]
    old.ca.items.clear()
    old.extend(result)
    old.ca.items.update(kept)
    _hang_tail(old, len(result) - 1, tail)
    return old


def _fresh(value: Any, kind: Any) -> Any:
    if isinstance(value, dict):
        node = CommentedMap(
            (_key(key), _fresh(inner, _kind_of(kind, key))) for key, inner in value.items()
        )
        if all(
            not isinstance(inner, (dict, list)) and "\n" not in str(inner)
            for inner in value.values()
        ):
            node.fa.set_flow_style()
        return node
    if isinstance(value, list):
        seq = CommentedSeq(_fresh(inner, _kind_of(kind, "0")) for inner in value)
        if all(isinstance(inner, str) and len(inner) < 30 for inner in value):
            seq.fa.set_flow_style()
        return seq
    return _scalar(str(value), kind)


def _scalar(text: str, kind: Any) -> str:
    """A scalar in the style that both generations of YAML readers take for what it is."""
    style: type[str] = str
    words = kind is str or get_origin(kind) is not None
    if "\n" in text:
        style = LiteralScalarString
    elif (words and _MISREAD.fullmatch(text)) or text != text.strip() or not text.isprintable():
        style = DoubleQuotedScalarString
    return style(text)


def _key(key: str) -> str:
    style: type[str] = DoubleQuotedScalarString if _MISREAD.fullmatch(key) else str
    return style(key)


def _kind_of(kind: Any, key: str) -> Any:
    kind = bare(kind)
    if get_origin(kind) is list:
        return bare(get_args(kind)[0])
    if get_origin(kind) is dict:
        return bare(get_args(kind)[1])
    if isinstance(kind, type) and issubclass(kind, Part):
        return field_type(kind, key)
    return None


def _is_absent(value: dict[str, Any]) -> bool:
    return list(value) == ["n/a"]


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    return None if node is None else str(node)
