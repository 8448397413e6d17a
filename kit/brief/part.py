"""What all parts of a brief share: frozen, strict about keys, and "not applicable" as an answer."""

from __future__ import annotations

import functools
import operator
import re
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from kit.brief.text import Text, refused

_SPOKEN = re.compile(r"n/a\s*(:\s*(?P<reason>.*))?", re.IGNORECASE | re.DOTALL)


class Part(BaseModel):
    """A group of keys in a brief."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, defer_build=True
    )


class NotApplicable(Part):
    """An answer that says why a part does not apply; it is printed."""

    reason: Text = Field(alias="n/a", description="Why it does not apply.")

    @staticmethod
    def meant(text: str) -> bool:
        """Whether a text says "not applicable", be it without a reason."""
        return _SPOKEN.fullmatch(text.strip()) is not None

    @classmethod
    def read(cls, value: Any) -> NotApplicable | None:
        """The answer in `value`, or None where `value` is an answer of another kind."""
        if isinstance(value, cls):
            return value
        if isinstance(value, dict) and list(value) == ["n/a"]:
            return cls.model_validate({"n/a": value["n/a"] or ""})
        spoken = _SPOKEN.fullmatch(value.strip()) if isinstance(value, str) else None
        if spoken is None:
            return None
        if not spoken["reason"]:
            raise refused("`n/a` with its reason", 'Say why: "n/a: the reason", in quotes.')
        return cls.model_validate({"n/a": spoken["reason"]})


class _Optional:
    """Makes `T | NotApplicable | None` try "not applicable" first, so that errors speak of `T`."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        kinds = [kind for kind in get_args(source) if kind not in (NotApplicable, type(None))]
        inner = handler.generate_schema(functools.reduce(operator.or_, kinds))
        return core_schema.no_info_wrap_validator_function(_read_optional, inner)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        spoken = {"type": "string", "pattern": "^[nN]/[aA]:"}
        keyed = {
            "type": "object",
            "properties": {"n/a": {"type": "string", "description": "Why it does not apply."}},
            "required": ["n/a"],
            "additionalProperties": False,
        }
        return {"anyOf": [handler(schema), spoken, keyed, {"type": "null"}]}


def _read_optional(value: Any, inner: core_schema.ValidatorFunctionWrapHandler) -> Any:
    if value is None:
        return None
    if isinstance(value, str) and value and value[0] not in "nN" and not value[0].isspace():
        return inner(value)  # nearly all
    absent = NotApplicable.read(value)
    return inner(value) if absent is None else absent


T = TypeVar("T")
Maybe = Annotated[T | NotApplicable | None, _Optional()]
