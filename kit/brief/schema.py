"""The JSON Schema of a brief, for editors."""

from __future__ import annotations

from typing import Any

from kit.brief.model import Brief


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the brief format, made from the model."""
    made = Brief.model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Framing Kit brief, format 1",
    }
