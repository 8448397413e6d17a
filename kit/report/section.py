"""A section: a named run of blocks that can show itself in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kit.report.blocks import MIMETYPE, Block, to_json


@dataclass(frozen=True, kw_only=True)
class Section:
    """One step of a brief, or another part of its report."""

    name: str  # one of SECTIONS
    blocks: tuple[Block, ...]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """HTML for Lab, Markdown for diffs, and the blocks themselves for export; a line for the rest."""
        from kit.report.html import to_html
        from kit.report.markdown import to_markdown

        return {
            "text/plain": f"Section {self.name!r}",
            "text/html": to_html(self.blocks),
            "text/markdown": to_markdown(self.blocks),
            MIMETYPE: {"section": self.name, "blocks": to_json(self.blocks)},
        }
