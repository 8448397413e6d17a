"""`framing schema`: the JSON Schema of a brief."""

from __future__ import annotations

import json

import typer

from kit import brief


def schema() -> None:
    """Print the JSON Schema of a brief, for editors."""
    typer.echo(json.dumps(brief.schema(), indent=2, ensure_ascii=False))
