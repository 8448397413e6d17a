"""A text under the knife: what lies around an entry, and cuts that are made all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kit.brief.layout import Node, Part, line_end, line_of, line_start, next_line

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*")


@dataclass(frozen=True, kw_only=True)
class Splice:
    """A stretch of the text, and what is to stand there instead."""

    start: int
    end: int
    text: str  # with \n as line end


@dataclass(frozen=True, kw_only=True)
class Page:
    """A text, and how its writer lays things out."""

    text: str
    eol: str
    offset: int  # from a key to the dashes below it

    @classmethod
    def of(cls, text: str) -> Page:
        """The page with a text on it."""
        deep = re.search(r"^( *)[^\s#-][^\n]*:[ \t\r]*\n\1 +- ", text, re.MULTILINE)
        offset = 2 if deep or not re.search(r"^ *- ", text, re.MULTILINE) else 0
        return cls(text=text, eol="\r\n" if "\r\n" in text else "\n", offset=offset)

    def made(self, splices: Iterable[Splice], *, start: int = 0, end: int | None = None) -> str:
        """The text from `start` to `end` with the splices made."""
        done, at = [], start
        for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
            done += [self.text[at : splice.start], splice.text.replace("\n", self.eol)]
            at = splice.end
        return "".join(done) + self.text[at:end]

    def column(self, index: int) -> int:
        """How many characters stand before an index on its line."""
        return index - line_start(self.text, index)

    def inline(self, part: Part) -> bool:
        """Whether something stands before an entry on its line, such as the dash of its row."""
        return bool(self.text[line_start(self.text, part.start) : part.start].strip())

    def lead(self, part: Part) -> int:
        """Where the comments right above an entry begin, or else its line."""
        column = self.column(part.start)
        start = line_start(self.text, part.start)
        while start:
            above = line_start(self.text, start - 1)
            line = line_of(self.text, above)
            if not line.startswith(" " * column + "#"):
                break
            start = above
        return start

    def tail(self, node: Node, column: int) -> int:
        """Where the comments end that stand below an entry and further in than its column."""
        end, at = node.stop, next_line(self.text, node.stop)
        while at < len(self.text):
            line = line_of(self.text, at)
            bare = line.strip()
            if bare and not (bare.startswith("#") and line.find("#") > column):
                break
            end = line_end(self.text, at) if bare else end
            at = next_line(self.text, at)
        return end

    def blank(self, index: int) -> bool:
        """Whether the line that begins at an index is there and has nothing on it."""
        return index < len(self.text) and not line_of(self.text, index).strip()

    def comments(self, start: int, end: int) -> list[str]:
        """The comments in a stretch that holds nothing else but blanks."""
        return _COMMENT.findall(self.text[start:end])
