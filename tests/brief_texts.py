"""YAML texts as people write them, for the property tests of editing.

`write` lays a tree out in one of many ways: blocks and flow, quotes, block scalars, comments above,
beside and below, blank lines, odd indents, either kind of line end. Every comment is unique, and the
result says which entry it was written for.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]

_PLAIN = re.compile(
    r"[A-Za-zäöüé][A-Za-z0-9äöüé]*( [A-Za-z0-9äöüé]+)*|[1-9][0-9]{0,3}(\.[0-9]+)?%?"
)
_LINES = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff][ -~äöüé]*(\n[ -~äöüé]+)*\n?")


@dataclass
class Written:
    """A text, and the entry that each of its comments was written for."""

    text: str
    comments: dict[str, tuple[str, Path]] = field(default_factory=dict)  # words: (where, entry)
    leaves: dict[Path, tuple[int, int]] = field(default_factory=dict)  # entry: lines, from 1


class _Writer:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.lines: list[str] = []
        self.comments: dict[str, tuple[str, Path]] = {}
        self.leaves: dict[Path, tuple[int, int]] = {}
        self.offset = rng.choice([0, 2, 2])
        self.step = rng.choice([2, 2, 2, 3, 4])
        self.talk = rng.choice([0.0, 0.1, 0.4])

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def comment(self, where: str, path: Path) -> str:
        words = f"c{len(self.comments)} on {'/'.join(map(str, path)) or 'file'}"
        self.comments[words] = (where, path)
        return f"# {words}" if self.chance(0.8) else f"#{words}"

    def above(self, indent: int, path: Path) -> None:
        if self.chance(0.2):
            self.lines.append(self.rng.choice(["", "", "  "]))
        if self.chance(self.talk):
            self.lines.append(" " * indent + self.comment("above", path))
            if self.chance(0.3):
                self.lines.append(" " * indent + self.comment("above", path))

    def beside(self, path: Path) -> str:
        if self.chance(self.talk):
            return " " * self.rng.choice([1, 2, 5]) + self.comment("beside", path)
        return self.rng.choice(["", "", "", "", " "])

    def below(self, indent: int, path: Path) -> None:
        if self.chance(self.talk / 3):
            self.lines.append(" " * (indent + 2) + self.comment("below", path))

    def block(self, value: Any, indent: int, path: Path, lead: str) -> None:
        """Write a value after `lead`, which ends with a colon or a dash."""
        first = len(self.lines) + 1
        if isinstance(value, dict) and value and self.chance(0.75):
            self.mapping(value, indent, path, lead)
        elif isinstance(value, list) and value and self.chance(0.75):
            self.sequence(value, indent, path, lead)
        elif isinstance(value, str) and _LINES.fullmatch(value) and "\n" in value:
            self.literal(value, indent, path, lead)
        elif isinstance(value, str) and _PLAIN.fullmatch(value) and self.chance(0.1):
            self.folded(value, indent, path, lead)
        else:
            said = self.flow(value, inside=False)
            gap = " " * self.rng.choice([1, 1, 1, 3]) if said else ""
            self.lines.append(lead + gap + said + self.beside(path))
            self.below(indent, path)
        if not isinstance(value, (dict, list)):
            self.leaves[path] = (first, len(self.lines))

    def mapping(self, value: dict[str, Any], indent: int, path: Path, lead: str) -> None:
        dashed = lead.endswith("-")
        inner = indent + self.step
        if dashed and self.chance(0.8):
            inner = indent + 2
            start = lead + " "
        else:
            self.lines.append(lead + self.beside(path))
            start = ""
        for key, item in value.items():
            if not start:
                self.above(inner, (*path, key))
            self.block(item, inner, (*path, key), (start or " " * inner) + self.key(key) + ":")
            start = ""

    def sequence(self, value: list[Any], indent: int, path: Path, lead: str) -> None:
        self.lines.append(lead + self.beside(path))
        inner = indent + (2 if lead.endswith("-") else self.offset)
        for at, item in enumerate(value):
            self.above(inner, (*path, at))
            self.block(item, inner, (*path, at), " " * inner + "-")

    def literal(self, value: str, indent: int, path: Path, lead: str) -> None:
        body = value.removesuffix("\n")
        chomp = "" if value.endswith("\n") else "-"
        hint = "" if not body.startswith(" ") else "2"
        self.lines.append(f"{lead} |{hint}{chomp}{self.beside(path)}")
        self.lines += [" " * (indent + 2) + line for line in body.split("\n")]
        if self.chance(0.2):
            self.lines.append("")

    def folded(self, value: str, indent: int, path: Path, lead: str) -> None:
        self.lines.append(f"{lead} >-{self.beside(path)}")
        self.lines += [" " * (indent + 2) + word for word in value.split(" ")]

    def flow(self, value: Any, *, inside: bool) -> str:
        pad = self.rng.choice(["", "", " "])
        if isinstance(value, dict):
            said = [
                f"{self.key(key)}: {self.flow(item, inside=True)}" for key, item in value.items()
            ]
            return "{" + pad + ", ".join(said) + pad + "}"
        if isinstance(value, list):
            return "[" + pad + ", ".join(self.flow(item, inside=True) for item in value) + pad + "]"
        if value is None:
            return "null" if inside else self.rng.choice(["", "~", "null"])
        if _PLAIN.fullmatch(value) and value not in ("null", "Null") and self.chance(0.7):
            return value
        if "'" not in value and value.isprintable() and self.chance(0.5):
            return f"'{value}'"
        return (
            json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\u2028", "\\L")
        )

    def key(self, key: str) -> str:
        if not re.fullmatch(r"[A-Za-z_][\w@]*", key) or self.chance(0.05):
            return json.dumps(key, ensure_ascii=False)
        return key


def write(tree: dict[str, Any], rng: random.Random) -> Written:
    """A text that says `tree`."""
    writer = _Writer(rng)
    if writer.chance(0.2):
        writer.lines += [writer.comment("file", ()), ""]
    if writer.chance(0.1):
        writer.lines.append("---")
    for key, value in tree.items():
        writer.above(0, (key,))
        writer.block(value, 0, (key,), writer.key(key) + ":")
    if writer.chance(0.2):
        writer.lines += ["", writer.comment("file", ())]
    end = rng.choice(["\n", "\n", "\n", "\r\n"])
    text = end.join(writer.lines) + ("" if writer.chance(0.1) else end)
    return Written(text=text, comments=writer.comments, leaves=writer.leaves)
