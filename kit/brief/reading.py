"""A tree into a brief: every problem named by its dotted key, with the nearest known key for a typo."""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kit.brief.model import Brief
from kit.brief.part import NotApplicable, Part
from kit.brief.remains import remains_of, validated
from kit.brief.tree import CUT_NUMBER, Tree
from kit.errors import Problem, visible

MISSING = "this key"  # expected, where a key is not there that cannot be left out
Place = Callable[[str], tuple[int | None, int | None]]  # dotted key to (line, row)


def read(tree: Tree, *, file: str, place: Place) -> tuple[Brief | None, tuple[Problem, ...]]:
    """The brief in a tree, and what is wrong with it.

    With problems, the brief is what is left when the wrong parts are taken out; None where a
    required key is missing.
    """
    try:
        return validated(tree), ()
    except ValidationError as exc:
        problems = [_problem(error, file, place) for error in exc.errors(include_url=False)]
    return remains_of(tree).brief, tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _problem(error: ErrorDetails, file: str, place: Place) -> Problem:
    loc = _real(error["loc"])
    key = ".".join(str(part) for part in loc)
    expected, found, remedy = _told(error, loc)
    line, row = place(key)
    return Problem(
        file=file, line=line, row=row, key=key, expected=expected, found=found, remedy=remedy
    )


def _real(loc: Sequence[int | str]) -> tuple[int | str, ...]:
    return tuple(part for part in loc if part != "[key]")


def _told(error: ErrorDetails, loc: tuple[int | str, ...]) -> tuple[str, str, str]:
    """What was expected, what was found, and what to do."""
    context = error.get("ctx", {})
    found = _shown(error["input"])
    match error["type"]:
        case "refused":
            lost = error["input"] is None and _is_free(loc)
            return context["expected"], found, _COMMA if lost else context["remedy"]
        case "extra_forbidden":
            remedy = _unknown(str(loc[-1]), error["input"], _known(loc[:-1]))
            return "a known key", f"`{visible(str(loc[-1]))}`", remedy
        case "missing":
            return MISSING, "nothing", f"Add `{loc[-1]}:`, which cannot be left out."
        case "literal_error":
            words = re.findall("'([^']+)'", context["expected"]) or [context["expected"]]
            wanted = f"one of {', '.join(words)}" if len(words) > 1 else words[0]
            return wanted, found, _closest(error["input"], words)
        case "string_too_long":
            return f"at most {context['max_length']} characters", found, "Say it in fewer words."
        case "string_too_short":
            return "some text", "an empty text", "Write it, or take the key or entry out."
    expected, remedy = _EXPECTED_KINDS.get(
        error["type"],
        (error["msg"][:1].lower() + error["msg"][1:], "See `framing schema` for the format."),
    )
    return expected, found, remedy


_GROUP = ("a group of keys", "Write its keys below it, indented by two spaces.")
_EXPECTED_KINDS = {
    "bool_parsing": ("true or false", "Write true or false."),
    "bool_type": ("true or false", "Write true or false."),
    "list_type": ("a list", "Start each entry with `- `, or write [one, two]."),
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dict_type": _GROUP,
}


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, dict):
        said = ", ".join(f"{key}: {inner}" for key, inner in value.items())
        short = len(said) < 60 and not any(isinstance(one, (dict, list)) for one in value.values())
        return f"{{{said}}}" if short else "a group of keys"
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:60]}… ({len(value)} characters)"


def nearest(name: str, known: Sequence[str]) -> str:
    """What to do about an unknown key, naming the nearest known one."""
    if close := closest(name, known):
        return f"Did you mean `{close}`?"
    if len(known) > _FEW:
        return f"{len(known)} are known here: see `framing schema`."
    return f"Known here: {', '.join(known)}." if known else "No keys are known here."


def closest(name: str, known: Sequence[str], *, cutoff: float = 0.6) -> str | None:
    """The known name that a name may be a slip of; None where none is near."""
    plain = {one.lower(): one for one in known}
    close = difflib.get_close_matches(name.lower(), plain, n=1, cutoff=cutoff)
    return plain[close[0]] if close else None


_FEW = 30  # names that a person still looks through
_COMMA = "It has no value: if it is the end of a text with a comma in it, put that text in quotes."


def _unknown(name: str, value: Any, known: Sequence[str]) -> str:
    if value is None and name.strip().isdigit():
        return CUT_NUMBER
    return _COMMA if value is None and not closest(name, known) else nearest(name, known)


def _closest(given: Any, words: Sequence[str]) -> str:
    close = closest(given, words, cutoff=0.55) if isinstance(given, str) else None
    if len(words) == 1:
        return f"Write {words[0]}."
    return f"Did you mean {close!r}?" if close else f"Choose one, for example {words[0]!r}."


def _kind_at(loc: Sequence[int | str]) -> Any:
    kind: Any = Brief
    for part in loc:
        kind = inside(kind, part)
    return kind


def _known(loc: Sequence[int | str]) -> list[str]:
    """The keys that the model knows at a place."""
    kind = _kind_at(loc)
    return keys_of(kind) if isinstance(kind, type) and issubclass(kind, Part) else []


def _is_free(loc: Sequence[int | str]) -> bool:
    """Whether a place is in a group whose keys are the writer's own, such as `waive`."""
    return get_origin(_kind_at(loc[:-1])) is dict


def keys_of(part: type[Part]) -> list[str]:
    """The keys of a part as they are written in a file."""
    return [info.alias or name for name, info in part.model_fields.items()]


def field_type(part: type[Part], key: str) -> Any:
    """The type behind a key, bare of "may be missing" and "not applicable"."""
    for name, info in part.model_fields.items():
        if key in (name, info.alias):
            return bare(info.annotation)
    return None


def bare(kind: Any) -> Any:
    """A type without its annotations and without None and "not applicable"."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, types.UnionType):
        rest = [one for one in get_args(kind) if one not in (NotApplicable, type(None))]
        return bare(rest[0]) if len(rest) == 1 else kind
    return kind


def inside(kind: Any, part: int | str) -> Any:
    """The type behind a key or row of a type, bare; None where there is none."""
    kind = bare(kind)
    if get_origin(kind) is list:
        return bare(get_args(kind)[0])
    if get_origin(kind) is dict:
        return bare(get_args(kind)[1])
    if isinstance(kind, type) and issubclass(kind, Part):
        return field_type(kind, str(part))
    return None


def leaves(part: type[Part], *, prefix: str = "") -> Iterator[str]:
    """Every dotted key that can hold a value: with `N` for the index of a row, `*` for any name."""
    for key in keys_of(part):
        yield from _leaves_of(field_type(part, key), f"{prefix}{key}")


def _leaves_of(kind: Any, path: str) -> Iterator[str]:
    origin = get_origin(kind)
    if origin is list:
        yield path
        inner = bare(get_args(kind)[0])
        if isinstance(inner, type) and issubclass(inner, Part):
            yield from _leaves_of(inner, f"{path}.N")
    elif origin is dict:
        yield f"{path}.*"
    elif isinstance(kind, type) and issubclass(kind, Part):
        yield path
        yield from leaves(kind, prefix=f"{path}.")
    else:
        yield path
