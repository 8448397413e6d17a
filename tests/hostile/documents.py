"""What a batch wrote, read back as its readers do: texts, and whatever in them can act."""

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

ALLOWED = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_DATA = re.compile(r"data:image/[a-z+]+;base64,([A-Za-z0-9+/=]+)")
_ZIPPED = (".docx", ".xlsx")
_LINES = ("br", "p", "li", "dd", "dt", "td", "th")  # what begins a line
# What Markdown says in HTML, for want of signs of its own.
_OWN_HTML = re.compile(r"<!-- -->|<br>|</?(?:sup|strong|em)>")


def texts_in(folder: Path) -> dict[str, str]:
    """The text of every file below a folder, by name, whatever it is packed in."""
    files = [each for each in sorted(folder.rglob("*")) if each.is_file()]
    return {str(each.relative_to(folder)): text_of(each) for each in files}


@cache
def text_of(path: Path) -> str:
    """The text of a file, with all that is not shown at first sight."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages]
        return "\n".join(
            [*pages, str(reader.metadata), str(urls_of(reader)), data.decode("latin-1")]
        )
    if path.suffix in _ZIPPED:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    text = data.decode("utf-8", "replace")
    pictures = (base64.b64decode(found) for found in _DATA.findall(text))
    return "\n".join([text, *(one.decode("utf-8", "replace") for one in pictures)])


@dataclass(eq=False)
class Page(HTMLParser):
    """A page or a piece of one: its elements with their attributes, its addresses and its words."""

    elements: set[tuple[str, str]] = field(
        default_factory=set
    )  # an element, and one of its attributes or none
    addresses: list[str] = field(default_factory=list)
    settings: list[tuple[str, ...]] = field(default_factory=list)  # of meta elements
    acting: dict[str, list[str]] = field(default_factory=dict)  # texts of scripts and styles
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self.words.append(" ")
        self.elements |= {(tag, ""), *((tag, name) for name, _ in attrs)}
        self.addresses += [
            said or "" for name, said in attrs if name in ("href", "src", "action", "data")
        ]
        if tag == "meta":
            self.settings.append(tuple(f"{name}={said}" for name, said in attrs))

    def handle_data(self, data: str) -> None:
        if self.lasttag in ("script", "style") and self.cdata_elem:
            self.acting.setdefault(self.lasttag, []).append(data)
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page_of(text: str) -> Page:
    """HTML, parsed."""
    page = Page()
    page.feed(text)
    page.close()
    return page


def acting_in_page(page: Page, like: Page, *, with_addresses: bool = True) -> list[str]:
    """What in a page is not in a harmless one of the same making, and could act."""
    found = [f"<{tag} {name}>" for tag, name in sorted(page.elements - like.elements)]
    found += [
        f"a {kind} of its own"
        for kind, said in page.acting.items()
        if set(said) - set(like.acting.get(kind, []))
    ]
    found += [f"meta {one}" for one in page.settings if one not in like.settings]
    if with_addresses:
        found += [f"the address {one}" for one in page.addresses if not is_harmless(one)]
    return found


def is_harmless(address: str) -> bool:
    """Whether an address leads to http, https or mail, within the page, or into the folder."""
    inside = re.fullmatch(
        r"#[a-z-]*|data:image/(png|svg\+xml);base64,[\w+/=]*|[a-z0-9-]+/brief\.[a-z]+|[a-z]+\.[a-z]+",
        address,
    )
    return bool(inside or ALLOWED.match(address))


def acting_in_markdown(text: str) -> list[str]:
    """Elements, pictures and links of other schemes, as a common reader of Markdown sees them."""
    reader = MarkdownIt("commonmark").enable("table")
    reader.validateLink = lambda _: True  # another reader may be less careful
    return [said for token in _tokens(reader.parse(text)) for said in _acting(token)]


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def _acting(token: Token) -> Iterator[str]:
    match token.type:
        case "html_inline" | "html_block":
            if _OWN_HTML.sub("", token.content).strip():
                yield f"HTML {token.content!r}"
        case "image":
            yield f"a picture {token.attrs['src']!r}"
        case "link_open" if not ALLOWED.match(str(token.attrs["href"])):
            yield f"a link {token.attrs['href']!r}"


def urls_of(reader: PdfReader) -> list[str]:
    return [str(one["/URI"]) for one in objects_of(reader) if "/URI" in one]


def objects_of(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of a PDF, those within others included."""
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
        yield from _within(reader.get_object(IndirectObject(number, 0, reader)))


def _within(value: Any) -> Iterator[DictionaryObject]:
    if isinstance(value, DictionaryObject):
        yield value
        for one in dict.values(value):
            yield from _within(one)
    elif isinstance(value, ArrayObject):
        for one in list.__iter__(value):
            yield from _within(one)
