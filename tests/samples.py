"""Documents that use every block, for the tests of the writers and for looking at them."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

from kit.export.document import Document
from kit.report.blocks import (
    Block,
    Callout,
    Code,
    Column,
    Fact,
    Facts,
    Figure,
    Heading,
    Item,
    KeyFigure,
    KeyFigures,
    List,
    Mark,
    Method,
    Paragraph,
    Rich,
    Row,
    Span,
    Statement,
    Table,
    Title,
)

# Every one of these is text that some format takes for markup, or that breaks a naive writer.
HOSTILE = (
    '#import "@preview/cetz:0.3.0"',
    '#panic("no")',
    "*not bold* _not italic_",
    "$x^2$ and $$y$$",
    "= not a heading",
    "# not a heading",
    "<script>alert(1)</script>",
    "<b>not bold</b> &amp; &lt;",
    "[text](javascript:alert(1))",
    "![picture](file:///etc/passwd)",
    "`code` ```fence```",
    "a | b | c",
    "\\LaTeX \\input{/etc/passwd} %comment",
    "{{ jinja }} {% raw %}",
    "${shell} $(id) `id`",
    "'; DROP TABLE briefs; --",
    '=HYPERLINK("http://x")',
    "+1 -1 @x",
    "@label <label>",
    "~tilde~ ^caret^ #hash",
    "// comment /* comment */",
    "\"double\" 'single' \u201ccurly\u201d",
    "C:\\new\\table\\u0041",
    "None null NaN undefined",
    "%s %d {0} {name}",
    "---",
    "1. not a list",
    "- not a list",
    "> not a quote",
    "]]> <!-- --> <![CDATA[",
    "a  b   c",
    "&#x41; &nbsp;",
    "https://example.org/?a=1&b=2#c",
    "::: directive :::",
)


def text(value: str, *, mark: Mark | None = None, gap: bool = False) -> Rich:
    """One plain span."""
    return (Span(text=value, mark=mark, gap=gap),)


def number(value: str, mark: Mark = "measured") -> Rich:
    """A number with its provenance."""
    return text(value, mark=mark)


def change(before: str, after: str) -> Rich:
    """Baseline and target of a key figure."""
    return (
        Span(text=before, mark="measured"),
        Span(text=" → "),
        Span(text=after, mark="target"),
    )


def missing(value: str) -> Rich:
    """What is shown where nothing was said."""
    return text(value, gap=True)


def table(columns: list[Column], rows: list[list[Any]], caption: str | None = None) -> Table:
    """A table of plain texts and rich cells."""
    made = [
        Row(cells=tuple(text(cell) if isinstance(cell, str) else cell for cell in row))
        for row in rows
    ]
    return Table(columns=tuple(columns), rows=tuple(made), caption=caption)


def figure(data: bytes, *, media: Any = "image/png", alt: str = "A chart", **more: Any) -> Figure:
    """A picture block."""
    return Figure(media=media, data=base64.b64encode(data).decode(), alt=alt, **more)


def png(width: int = 64, height: int = 40) -> bytes:
    """A PNG with a plain gradient, made by hand."""
    rows = b"".join(
        b"\x00" + bytes(v for x in range(width) for v in (30 + 3 * x % 200, 110, 90 + 2 * y % 150))
        for y in range(height)
    )

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    """A small JPEG."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (80, 50), (11, 82, 102)).save(stream, "JPEG")
    return stream.getvalue()


SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="420" height="150" viewBox="0 0 420 150">
<rect width="420" height="150" fill="#f2f5f7"/>
<path d="M20 120 L100 96 L180 102 L260 70 L340 52 L400 40" stroke="#0b5266" stroke-width="3"
 fill="none"/><path d="M20 130 H400" stroke="#56606b"/></svg>"""


def goal() -> tuple[Block, ...]:
    """The first step of the churn case."""
    return (
        Heading(text="Business goal", level=1),
        Statement(label="The goal", spans=text("Reduce customer churn by 10% next quarter")),
        KeyFigures(
            figures=(
                KeyFigure(
                    label="Monthly churn",
                    value=change("5.0%", "4.5%"),
                    note=text("billing export, 30 September 2026"),
                ),
                KeyFigure(label="By", value=text("31 March 2027"), note=text("19 weeks from now")),
                KeyFigure(
                    label="Worth per year",
                    value=number("0.8 to 1.6 M USD", "guess"),
                    note=text("90% interval, gross"),
                ),
            )
        ),
        Facts(
            items=(
                Fact(label="Owner", value=text("VP Growth")),
                Fact(label="Levers", value=text("content relevance, price, onboarding")),
                Fact(label="What happens if nothing is done", value=missing("not said yet")),
            )
        ),
    )


def problem() -> tuple[Block, ...]:
    """The second step."""
    return (
        Heading(text="User problem", level=1),
        Statement(
            label="In the user's words",
            spans=text("I open the app, see nothing for me, and leave."),
        ),
        Facts(
            items=(
                Fact(label="Who", value=text("Subscribers in their first 30 days")),
                Fact(
                    label="How they cope today",
                    value=text("They scroll the top list, then search by name"),
                ),
                Fact(label="Reach", value=number("48,000 people a month")),
            )
        ),
        Heading(text="Evidence", level=2),
        table(
            [
                Column(name="Kind", weight=1),
                Column(name="Finding", weight=3),
                Column(name="Source", weight=2),
                Column(name="n", weight=0.6, align="right"),
            ],
            [
                ["survey", "41% of cancellers chose “nothing for me”", "exit survey Q3", "612"],
                [
                    "logs",
                    "Median first session ends after 74 seconds without a play",
                    "app events",
                    "48,210",
                ],
                [
                    "interviews",
                    "Nine of twelve could not name a title they wanted to see",
                    "July round",
                    "12",
                ],
            ],
        ),
        Callout(
            kind="gap",
            title="How much it hurts is not said",
            items=(text("How often does it happen to one person, and what does it cost them?"),),
        ),
    )


def hypothesis() -> tuple[Block, ...]:
    """The third step."""
    bold = Span(text="a personal feed ranked by predicted play", bold=True)
    return (
        Heading(text="ML hypothesis", level=1),
        Statement(
            label="We are wrong if play time rises but churn does not move in the pilot",
            spans=(
                Span(text="We believe that "),
                bold,
                Span(
                    text=" for subscribers in their first 30 days will change weekly play time by "
                ),
                Span(text="+15%", bold=True, mark="guess"),
                Span(text=", leading to monthly churn of "),
                Span(text="4.5%", bold=True, mark="target"),
                Span(text=" by 31 March 2027."),
            ),
        ),
        Facts(
            items=(
                Fact(label="Task", value=text("ranking")),
                Fact(label="Entity", value=text("subscriber and item")),
                Fact(label="Outcome", value=text("plays more than 5 minutes, known after 1 day")),
                Fact(label="Control", value=text("The person can override")),
            )
        ),
        Heading(text="Model paths", level=2),
        table(
            [
                Column(name="Path", weight=2),
                Column(name="F1", align="right"),
                Column(name="Latency", align="right"),
                Column(name="Cost per prediction", weight=1.4, align="right"),
                Column(name="Data needed", weight=2),
            ],
            [
                ["Rules", number("86%", "benchmark"), "30 ms", "0.002 USD", "none"],
                [
                    (Span(text="Hybrid", bold=True), Span(text=" (chosen)")),
                    number("91%", "benchmark"),
                    "80 ms",
                    "0.015 USD",
                    "2,000 labelled contracts",
                ],
                [
                    "Fine-tuned model",
                    number("94%", "benchmark"),
                    "450 ms",
                    "0.06 USD",
                    "12,000 labelled contracts",
                ],
            ],
        ),
        Paragraph(
            spans=(
                Span(text="Features give way to speed and quality. See "),
                Span(text="the notes of the review", link="https://example.org/review"),
                Span(text=" for why."),
            )
        ),
    )


def metrics() -> tuple[Block, ...]:
    """The fourth step: three layers, guardrails, the decision table."""

    def row(group: str, *cells: Any) -> Row:
        return Row(
            group=group,
            cells=tuple(text(each) if isinstance(each, str) else each for each in cells),
        )

    return (
        Heading(text="Dual metrics", level=1),
        Table(
            columns=(
                Column(name="Metric", weight=2.6),
                Column(name="Baseline", align="right"),
                Column(name="Ship at", align="right"),
                Column(name="Target", align="right"),
                Column(name="Better", weight=0.9),
            ),
            rows=(
                row(
                    "Model: measured before launch",
                    "precision@10",
                    number("0.18"),
                    number("0.22", "target"),
                    number("0.25", "target"),
                    "higher",
                ),
                row(
                    "Model: measured before launch",
                    "catalogue coverage",
                    missing("not said"),
                    number("30%", "target"),
                    number("45%", "target"),
                    "higher",
                ),
                row(
                    "Adoption: measured on users",
                    "click-through rate",
                    number("12%"),
                    "",
                    number("25%", "target"),
                    "higher",
                ),
                row(
                    "Adoption: measured on users",
                    "completion rate",
                    number("38%", "unsaid"),
                    "",
                    number("42%", "target"),
                    "higher",
                ),
                row(
                    "Business: measured in an experiment",
                    "monthly churn",
                    number("5.0%"),
                    "",
                    number("4.5%", "target"),
                    "lower",
                ),
            ),
        ),
        Method(
            items=(
                text("Flags = volume × prevalence × recall ÷ precision."),
                (
                    Span(text="Taken as stated: "),
                    Span(text="value.capacity", code=True),
                    Span(
                        text=" is the number of people who can be called in a month, all of them "
                    ),
                    Span(text="called", italic=True),
                    Span(
                        text=". A number without a range is taken as exact, which makes the result "
                    ),
                    Span(text="look surer than it is."),
                ),
                (
                    Span(text="Source: "),
                    Span(text="the method", link="https://example.org/method?a=1&b=2"),
                    Span(text="."),
                ),
            )
        ),
        Heading(text="Guardrails", level=2),
        table(
            [
                Column(name="Must not get worse", weight=2),
                Column(name="Limit", align="right"),
                Column(name="Protects from", weight=3),
            ],
            [
                [
                    "support tickets per 1,000",
                    "at most 8",
                    "clickbait thumbnails that raise click-through",
                ],
                ["completion rate", "at least 38%", "short items pushed for more plays"],
            ],
        ),
        Callout(
            kind="decision",
            title="Agreed before the pilot",
            items=(
                text("Churn down and guardrails hold: ship, decided by the Head of Growth."),
                text("Churn flat: extend by four weeks, once."),
                text("A guardrail breaks: stop."),
            ),
        ),
    )


def data() -> tuple[Block, ...]:
    """The fifth step."""
    return (
        Heading(text="Data requirements", level=1),
        table(
            [
                Column(name="Source", weight=1.5),
                Column(name="Holds", weight=2),
                Column(name="Owner", weight=1.3),
                Column(name="Access"),
                Column(name="Refresh"),
                Column(name="History"),
                Column(name="Known at prediction", weight=1.2),
            ],
            [
                [
                    "clickstream",
                    "item, seconds played, time",
                    "data platform",
                    "have",
                    "daily",
                    "18 months",
                    "yes",
                ],
                [
                    "catalogue",
                    "title, genre, length, language",
                    "content",
                    "have",
                    "hourly",
                    "6 years",
                    "yes",
                ],
                [
                    "survey of leavers",
                    "reason, free text",
                    "research",
                    "asked",
                    "quarterly",
                    "2 years",
                    missing("not said"),
                ],
            ],
            caption="Sources",
        ),
        figure(
            SVG,
            media="image/svg+xml",
            alt="Weekly play time rises from 3.1 to 4.4 hours",
            caption="Weekly play time, first 30 days",
        ),
        Callout(
            kind="problem",
            title="A field is not known at the moment of prediction",
            items=(text("“reason” of the survey is known after the person has left."),),
        ),
        Callout(kind="note", title="Bias", items=(text("Heavy users dominate the clickstream."),)),
        Heading(text="What the team wrote", level=2),
        Paragraph(
            spans=(
                Span(text="Two things "),
                Span(text="must", italic=True),
                Span(text=" be settled first, with "),
                Span(text="SELECT item", code=True),
                Span(text=" as the query:"),
            )
        ),
        List(
            items=(
                Item(spans=text("who owns the label")),
                Item(spans=text("how skips are stored"), depth=1),
                Item(spans=text("and for how long"), depth=2),
                Item(spans=text("who pays for it")),
            ),
            ordered=True,
        ),
        Code(text="SELECT item, seconds\nFROM plays  -- last 30 days\n    WHERE seconds > 300"),
    )


def head(**changes: Any) -> Title:
    """The head of the churn case."""
    values: dict[str, Any] = {
        "title": "Personal content feed",
        "status": "draft",
        "author": text("Growth team"),
        "illustrative": True,
        "asked": text("Fund a six-week pilot on 5% of new subscribers"),
        "decider": text("Head of Growth"),
        "by": text("15 December 2026"),
    }
    return Title(**{**values, **changes})


def churn() -> Document:
    """A brief of ordinary length, with every block."""
    blocks = (head(), *goal(), *problem(), *hypothesis(), *metrics(), *data())
    return Document(title="Personal content feed", blocks=blocks)


def short() -> Document:
    """A brief that is hardly begun."""
    gaps = ("A metric with unit, baseline and target", "An owner", "A date")
    return Document(
        title="Cut waste",
        blocks=(
            Title(title="Cut waste", status="draft"),
            Heading(text="Business goal", level=1),
            Statement(label="The goal", spans=missing("Which needle moves, by how much, by when?")),
            Callout(kind="gap", title="Still to be said", items=tuple(text(gap) for gap in gaps)),
            Heading(text="User problem", level=1),
            Callout(kind="gap", title="Nothing is said about the user yet"),
        ),
    )


def long() -> Document:
    """Tables of forty rows and paragraphs that fill pages."""
    sentence = "The feed ranks what a person is likely to play, and says why it was chosen. "
    columns = [
        Column(name="No.", weight=0.5, align="right"),
        Column(name="Metric", weight=2),
        Column(name="Why", weight=4),
        Column(name="Target", align="right"),
    ]
    rows = [
        [str(n), f"metric number {n}", sentence * (1 + n % 3), number(f"{n}.5%", "target")]
        for n in range(1, 41)
    ]
    blocks: list[Block] = [
        head(title="A brief with long tables " * 4, illustrative=False, status="in review")
    ]
    for part in range(1, 4):
        blocks += [
            Heading(text=f"Part {part}", level=1),
            Paragraph(spans=text(sentence * 9)),
            table(columns, rows[: 40 - 7 * part + 7], f"Forty rows, part {part}"),
        ]
        blocks += [Heading(text="A closing remark", level=2), Paragraph(spans=text(sentence * 5))]
    return Document(title="A brief with long tables " * 4, blocks=tuple(blocks))


def unbroken() -> Document:
    """Words that have no place to break."""
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    url = "https://example.org/" + "a-very/long?path=" + "x" * 180
    columns = [
        Column(name="Source" * 5),
        Column(name="Holds"),
        Column(name="n", weight=0.4, align="right"),
    ]
    return Document(
        title=word * 2,
        blocks=(
            head(title=word * 2, asked=text(word * 3), decider=text(word), status="decided"),
            Heading(text=word * 2, level=1),
            Statement(label=word * 3, spans=text(word * 5)),
            KeyFigures(
                figures=tuple(
                    KeyFigure(label=word, value=text("1,234,567,890,123 USD/year"), note=text(url))
                    for _ in range(4)
                )
            ),
            Facts(items=(Fact(label=word, value=text(url)),)),
            table(
                columns,
                [
                    [word, url, "123456789012345678901234567890"],
                    ["internationalisation_of_everything", "short", "1"],
                ],
            ),
            Callout(kind="gap", title=word * 3, items=(text(url),)),
            Method(title=word * 3, items=(text(url), text(word * 4))),
            List(items=(Item(spans=text(url)), Item(spans=text(word * 4), depth=2))),
            Code(text="x" * 300 + "\n    indented"),
            Paragraph(spans=text(url + url)),
        ),
    )


def tongues() -> Document:
    """Languages with and without glyphs in the bundled font."""
    lines = (
        "Zażółć gęślą jaźń, pchnąć w tę łódź jeża lub ośm skrzyń fig",
        "Příliš žluťoučký kůň úpěl ďábelské ódy",
        "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία: αποχώρηση πελατών 5,0 %",
        "Съешь ещё этих мягких французских булок, да выпей чаю",
        "Đà Nẵng, İstanbul, Reykjavík, Ærøskøbing, Győr, Ţăndărei",
        "שלום עולם, مرحبا بالعالم",
        "≥ ≤ ≈ ± → ← ⇒ ∞ ∑ √ µ Ω € £ ¥ ✓ ✗ ★ ⚠ ☐ ☑ ½ ²",
        "Emoji 😀 👩‍💻 🇩🇪 ⚠️ 👍🏽 and CJK 漢字仮名交じり文",
        "e\u0301 o\u0308 combining, x\u0323\u0306 stacked",
    )
    body = tuple(Paragraph(spans=text(line)) for line in lines)
    cells = [[line, (Span(text=line, italic=True), Span(text=line, bold=True))] for line in lines]
    grid = table([Column(name="Μετρική"), Column(name="Показатель")], cells)
    return Document(
        title="Ελληνικά i język polski",
        blocks=(
            head(title="Ελληνικά i język polski", asked=text("Одобрить пилот")),
            Heading(text="Języki", level=1),
            *body,
            grid,
        ),
    )


def hostile() -> Document:
    """Hostile strings in every place that shows text."""
    rows = [[each, (Span(text=each, bold=True),)] for each in HOSTILE]
    return Document(
        title=HOSTILE[0],
        blocks=(
            head(
                title=HOSTILE[0],
                author=text(HOSTILE[6]),
                status="draft",
                asked=text(HOSTILE[1]),
                decider=text(HOSTILE[2]),
                by=text("not a date"),
            ),
            Heading(text=HOSTILE[4], level=1),
            *(Paragraph(spans=text(each)) for each in HOSTILE),
            table([Column(name=HOSTILE[11]), Column(name=HOSTILE[3])], rows, HOSTILE[8]),
            Callout(kind="note", title=HOSTILE[9], items=tuple(text(each) for each in HOSTILE[:6])),
            Method(title=HOSTILE[2], items=tuple(text(each) for each in HOSTILE)),
            List(items=tuple(Item(spans=text(each)) for each in HOSTILE)),
            Code(text="\n".join(HOSTILE)),
            figure(png(), alt=HOSTILE[7], caption=HOSTILE[10]),
        ),
    )


def gaps() -> Document:
    """Every kind of hole, and levels that do not follow each other."""
    return Document(
        title="Gaps",
        blocks=(
            head(title="Gaps", asked=(), decider=(), by=(), author=(), illustrative=False),
            Heading(text="Starts at level three", level=3),
            Heading(text="Jumps to level one", level=1),
            Heading(text="And to level four", level=4),
            Facts(
                items=(
                    Fact(label="Owner", value=missing("not said yet")),
                    Fact(label="Moat", value=text("Not applicable: public data only")),
                )
            ),
            KeyFigures(
                figures=tuple(
                    KeyFigure(label=f"Figure {n}", value=missing("not said yet")) for n in range(5)
                )
            ),
            Table(columns=(Column(name="Metric"), Column(name="Target")), rows=()),
            Callout(kind="gap", title="Nothing here"),
            List(items=()),
            Paragraph(spans=()),
            figure(b"no picture", alt="A broken picture"),
            figure(png(), alt="A sound picture", caption="Small"),
            figure(jpeg(), media="image/jpeg", alt="A JPEG"),
            figure(png(300, 2000), alt="A tall picture"),
        ),
    )


def empty() -> Document:
    """Blocks that hold nothing at all."""
    return Document(
        title="Nothing",
        blocks=(
            Title(title="Nothing", status="draft"),
            Heading(text="  ", level=3),
            Heading(text="A heading", level=2),
            Paragraph(spans=()),
            Paragraph(spans=text(" ")),
            Statement(label="", spans=()),
            KeyFigures(figures=()),
            KeyFigures(figures=(KeyFigure(label="", value=()),)),
            Facts(items=()),
            Facts(items=(Fact(label="", value=()),)),
            Table(columns=(), rows=()),
            Table(columns=(Column(name=""),), rows=(Row(cells=()), Row(cells=((), ())))),
            Callout(kind="note", title=""),
            Method(title=" ", items=()),
            Method(title=" ", items=((),)),
            List(items=()),
            List(items=(Item(spans=()),)),
            Code(text=""),
        ),
    )


ALL = {
    "churn": churn,
    "short": short,
    "long": long,
    "unbroken": unbroken,
    "tongues": tongues,
    "hostile": hostile,
    "gaps": gaps,
    "empty": empty,
}
