"""`framing explain`: why a rule exists, with a bad and a good example and its source."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kit.cli.checking import rules_with
from kit.errors import UsageError

if TYPE_CHECKING:
    from kit.rules import Rule

_WIDE = 96


def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code or a name, such as GO203; all rules if left out.")
    ] = None,
    rules: Annotated[
        list[Path] | None, typer.Option(help="A Python file with rules of your own. It is run.")
    ] = None,
    *,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="All rules as a table in Markdown.")
    ] = False,
) -> None:
    """Say why a rule exists: what it does, why it matters, a bad and a good example, its source."""
    from kit.rules import READING, WAIVERS

    every = (*READING, *WAIVERS, *rules_with(rules))
    if markdown and code is not None:
        raise UsageError(
            "--markdown gives all rules as one table: leave the code out, or --markdown."
        )
    if markdown:
        typer.echo("\n".join(_table(every)))
    elif code is None:
        typer.echo("\n".join(f"{one.code} {one.name}: {one.does}" for one in _sorted(every)))
    else:
        found = _matching(every, code)
        typer.echo("\n\n".join("\n".join(_explained(one, every)) for one in found))


def _sorted(rules: Sequence[Rule]) -> list[Rule]:
    """All rules in the order of the steps."""
    order = list(dict.fromkeys(one.code[:2] for one in rules))
    return sorted(rules, key=lambda one: (order.index(one.code[:2]), one.code))


def _matching(rules: Sequence[Rule], wanted: str) -> list[Rule]:
    text = wanted.strip()
    found = [one for one in rules if one.name == text.lower() or one.code == text.upper()]
    if not found and len(text) >= 2:
        found = [one for one in _sorted(rules) if one.code.startswith(text.upper())]
    if not found:
        from kit.brief.reading import closest

        known = sorted([one.code for one in rules] + [one.name for one in rules])
        close = closest(text, known)
        remedy = f"Did you mean `{close}`?" if close else "All are listed by: framing explain"
        raise UsageError(f"expected the code or name of a rule, found {wanted!r}. {remedy}")
    return found


def _explained(rule: Rule, rules: Sequence[Rule]) -> Iterator[str]:
    from kit.rules import WAIVERS

    names = {one.code: one.name for one in rules}
    text = rule.text
    yield typer.style(f"{rule.code} {rule.name}", bold=True) + f" [{rule.severity}]"
    for heading, said in (("What it does", rule.does), ("Why it matters", text.why)):
        yield f"\n{typer.style(heading, bold=True)}\n{_filled(said)}"
    for heading, piece in (("Bad", text.bad), ("Good", text.good)):
        yield f"\n{typer.style(heading, bold=True)}\n{textwrap.indent(piece, '  ')}"
    if rule.requires:
        said = ", ".join(f"{code} {names[code]}" for code in rule.requires)
        yield f"\n{typer.style('Skipped where these find something', bold=True)}\n{_filled(said)}"
    yield f"\n{typer.style('Source', bold=True)}\n{_filled(text.source)}"
    how = "An error cannot be accepted; it has to be mended."
    if rule in WAIVERS:
        how = "What is wrong with a waiver cannot be accepted; mend it or take it out."
    elif rule.severity != "error":
        how = f"waive: {{{rule.code}: the reason, in quotes where it holds a comma}}"
    yield f"\n{typer.style('To accept it in a brief', bold=True)}\n{_filled(how)}"


def _filled(text: str) -> str:
    return textwrap.fill(
        text, _width(), initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )


def _width() -> int:
    """Columns of the terminal, as far as lines can still be read with ease."""
    return max(20, min(shutil.get_terminal_size((_WIDE, 0)).columns, _WIDE))


def _table(rules: Sequence[Rule]) -> Iterator[str]:
    """The README's table, a step after the other."""
    from kit.rules import step_of

    yield "| rule | what it does | severity |"
    yield "|---|---|---|"
    title = ""
    for one in _sorted(rules):
        step = step_of(one.code)
        now = step.title if step else _OTHERS.get(one.code[:2], "Own")
        if now != title:
            yield f"| **{now}** | | |"
            title = now
        yield f"| `{one.code}` {one.name} | {one.does} | {one.severity} |"


_OTHERS = {"BR": "The file and its waivers", "AC": "Across the steps"}
