"""Titles that mean something to a file system, a batch, or the reader's eye; each is the name of a folder."""

from hostile.case import Cell


def titles(**texts: str) -> tuple[Cell, ...]:
    """Titles by name."""
    return tuple(
        Cell(name=f"title-{name.replace('_', '-')}", kind="title", text=text, column="title")
        for name, text in texts.items()
    )


def refused(name: str, text: str, *said: str) -> Cell:
    """A title that is none."""
    return Cell(
        name=f"title-{name}", kind="title", text=text, column="title", fate="refused", said=said
    )


TITLES: tuple[Cell, ...] = (
    *titles(
        parent="..",
        way_out="../../../../../@RAN@",
        absolute="@RAN@",
        backslashes="..\\..\\C:\\Windows\\x",
        braces="{0.__class__} {slug} {brief} }{",
        device="CON",
        device_with_ending="aux.txt",
        lock="lock",
        index="index",
        index_file="index.html",
        comparison="comparison.csv",
        batch_lock=".framing-batch.lock",
        git=".git/hooks/post-checkout",
        option="-rf",
        command="$(touch @RAN@)`touch @RAN@`;touch @RAN@",
        formula='=HYPERLINK("@URL@")',
        dots_only=".....",
        emoji_only="\U0001f525\U0001f468\u200d\U0001f469\u200d\U0001f467",
        full_width="\uff0e\uff0e\uff0f\uff0e\uff0e\uff0fetc",
        percent="%2e%2e%2f%2e%2e%2fetc",
        same="Returns",
        same_again="returns!",
        long="x" * 299,
        page="</title></head><script>alert(1)</script>",
    ),
    refused("nul", "a\0b", "title", "U+0000"),
    refused("override", "invoice\u202efdp.exe", "title", "U+202E"),
    refused("too-long", "x" * 301, "title", "at most 300 characters"),
    refused("lines", "first\n../second", "title", "a single line"),
)
