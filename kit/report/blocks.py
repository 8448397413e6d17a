"""The blocks a section is made of: small frozen values that turn into JSON and back.

Text in a block is never markup. A run of text is a `Span`; writers decide how a span looks.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

MIMETYPE = "application/vnd.framing.blocks+json"

Mark = Literal["measured", "benchmark", "guess", "target", "unsaid"]
Media = Literal["image/png", "image/jpeg", "image/svg+xml"]
MEDIA: tuple[Media, ...] = get_args(Media)  # the first that a picture comes in is taken

_STRICT = ConfigDict(extra="forbid")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"\x00-\x1f\x7f\ud800-\udfff]+", re.IGNORECASE)


def allowed(url: str) -> bool:
    """Whether a link may lead there: http, https or mailto."""
    return _LINK.fullmatch(url) is not None


def _led(url: str) -> str:
    if not allowed(url):
        raise PydanticCustomError("link", "A link that is not http, https or mailto")
    return url


Link = Annotated[str, AfterValidator(_led)]


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Span:
    """A run of text in one style."""

    text: str  # shown literally; a line feed is a line break
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: Link | None = None  # http, https or mailto only
    mark: Mark | None = None  # provenance of the number that this span shows
    gap: bool = False  # stands where something is missing


Rich = tuple[Span, ...]


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Title:
    """The head of a brief; a document holds at most one."""

    title: str
    status: str
    author: Rich = ()
    illustrative: bool = False  # a worked example: said on every page
    asked: Rich = ()  # the decision asked for
    decider: Rich = ()
    by: Rich = ()  # the day of the decision
    type: Literal["title"] = "title"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Heading:
    """A heading; level 1 opens a section."""

    text: str
    level: Annotated[int, Field(ge=1, le=4)] = 2
    type: Literal["heading"] = "heading"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Paragraph:
    """One paragraph."""

    spans: Rich
    type: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Statement:
    """A sentence that carries its section: the hypothesis, the problem in the user's words."""

    label: str  # says what the sentence is, for example "In the user's words"
    spans: Rich
    type: Literal["statement"] = "statement"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class KeyFigure:
    """A number to be seen first."""

    label: str
    value: Rich
    note: Rich = ()  # source, date, or what is compared


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class KeyFigures:
    """A row of key figures, at most four to a row."""

    figures: tuple[KeyFigure, ...]
    type: Literal["key-figures"] = "key-figures"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Fact:
    """A labelled answer."""

    label: str
    value: Rich


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Facts:
    """Short labelled answers, shown as a definition list."""

    items: tuple[Fact, ...]
    type: Literal["facts"] = "facts"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Column:
    """A column of a table."""

    name: str
    weight: Annotated[float, Field(gt=0, le=1000)] = (
        1.0  # share of the width, relative to the other columns
    )
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Row:
    """A row of a table; rows that name the same group stand under one group heading."""

    cells: tuple[Rich, ...]
    group: str | None = None


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Table:
    """A table with a header row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str | None = None
    type: Literal["table"] = "table"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Figure:
    """A picture with its text alternative."""

    media: Media
    data: str  # base64
    alt: Annotated[str, Field(min_length=1)]
    caption: str | None = None
    type: Literal["figure"] = "figure"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Callout:
    """A box that stands out. `gap` names what is missing, `problem` what is wrong."""

    kind: Literal["gap", "note", "problem", "decision"]
    title: str
    items: tuple[Rich, ...] = ()
    type: Literal["callout"] = "callout"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Method:
    """How figures were worked out: formula, assumptions and source, for whoever wants to look."""

    items: tuple[Rich, ...]
    title: Annotated[str, Field(min_length=1)] = "How this is worked out"
    type: Literal["method"] = "method"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Item:
    """An entry of a list; depth 0 is the outermost."""

    spans: Rich
    depth: Annotated[int, Field(ge=0, le=3)] = 0
    number: Annotated[int, Field(ge=0, lt=10**9)] | None = (
        None  # as a person numbered it; None leaves it to the list
    )


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class List:
    """A bulleted or numbered list; `ordered` numbers the outermost items, 1, 2, 3."""

    items: tuple[Item, ...]
    ordered: bool = False
    type: Literal["list"] = "list"


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Code:
    """Text that a person set as code; shown literally in a fixed-width face."""

    text: str
    type: Literal["code"] = "code"


Block = Annotated[
    Title
    | Heading
    | Paragraph
    | Statement
    | KeyFigures
    | Facts
    | Table
    | Figure
    | Callout
    | Method
    | List
    | Code,
    Field(discriminator="type"),
]

_BLOCKS: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])


def to_json(blocks: tuple[Block, ...]) -> Any:
    """Blocks as plain JSON values."""
    return _BLOCKS.dump_python(blocks, mode="json")


def from_json(data: Any) -> tuple[Block, ...]:
    """Blocks from plain JSON values.

    Raises
    ------
    pydantic.ValidationError
        If the values are not blocks.
    """
    return _BLOCKS.validate_python(data)


def text_of(spans: Rich) -> str:
    """The bare text of a run of spans."""
    return "".join(span.text for span in spans)
