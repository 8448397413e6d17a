"""What every writer gets: a titled run of blocks."""

from __future__ import annotations

from dataclasses import dataclass

from kit.report.blocks import Block, Title


@dataclass(frozen=True, kw_only=True)
class Document:
    """A brief, or one workbook of it, ready to be written in any format."""

    title: str  # the document's title, for its metadata and page header
    blocks: tuple[Block, ...]  # in reading order
    illustrative: bool = False  # a worked example, where no title block says so

    @property
    def head(self) -> Title | None:
        """The title block, where the document holds one."""
        return next((block for block in self.blocks if isinstance(block, Title)), None)

    @property
    def example(self) -> bool:
        """Whether every page has to say that this is a worked example."""
        return self.illustrative or (self.head is not None and self.head.illustrative)
