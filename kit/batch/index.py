"""The page that compares a batch: sorted and filtered by a small script, and a plain table where none runs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kit.batch.folder import COMPARISON, RECORD, SPREADSHEET
from kit.batch.result import Report
from kit.batch.rows import COLUMNS, LEVELS, STATUSES, TOLERANCES, UNSAID, row
from kit.batch.spread import charts
from kit.batch.standing import Standing
from kit.batch.wording import METHOD, escaped, group_of
from kit.report.structure import EXAMPLE_NOTE, MARK_LETTERS, MARK_WORDS

_LEGEND = ", ".join(f"{MARK_LETTERS[mark]} {word}" for mark, word in MARK_WORDS.items())


def index(report: Report, standing: Standing) -> str:
    """The page as HTML that needs no network and lets no text act."""
    style, script = _file("index.css"), _file("index.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_headline(report)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{_top(report, standing)}<main>\n{_failures(report)}{_charts(standing)}{_table(report, standing)}"
        f"</main>\n{_foot(report)}<script>{script}</script>\n</body>\n</html>\n"
    )


def _top(report: Report, standing: Standing) -> str:
    counts = [
        (status, sum(e.facts["status"] == status for e in report.made)) for status in STATUSES
    ]
    states = ", ".join(f"{count} {status}" for status, count in counts if count)
    failed = f", {len(report.failed)} not made" if report.failed else ""
    said = ". ".join(filter(None, (f"{len(report.made)} made{failed}", states)))
    return (
        '<header>\n<p class="over">Framing Kit</p>\n'
        f"<h1>{_headline(report)}</h1>\n"
        f'<p class="muted">{said}.</p>\n{_values(report, standing)}'
        f'<p>All in one table: <a href="{SPREADSHEET}">{SPREADSHEET}</a>, <a href="{COMPARISON}">{COMPARISON}</a>. '
        f'For programs: <a href="{RECORD}">{RECORD}</a>.</p>\n</header>\n'
    )


def _headline(report: Report) -> str:
    count = len(report.entries)
    return "1 brief" if count == 1 else f"{count} briefs"


def _values(report: Report, standing: Standing) -> str:
    """Of how many briefs the value is known, and how many pairs cannot be told apart."""
    if not report.made:
        return ""
    open_ = len(report.made) - len(standing.group)
    said = [group_of(group) for group in standing.groups]
    if open_:
        are = "1 brief has" if open_ == 1 else f"{open_} briefs have"
        said.append(f"{are} no value yet, for want of numbers")
    return f"<p>{escaped('. '.join(said))}.</p>\n"


def _failures(report: Report) -> str:
    if not report.failed:
        return ""
    items = "".join(
        f"<dt><strong>{escaped(entry.title)}</strong> "
        f'<span class="small">{escaped(entry.place)}</span></dt>\n'
        f"<dd>{escaped(entry.reason)}{''.join(f'<p>{escaped(note)}</p>' for note in entry.notes)}</dd>\n"
        for entry in report.failed
    )
    return (
        '<section class="failed" aria-labelledby="failed">\n'
        f'<h2 id="failed">Not made: {len(report.failed)}</h2>\n<dl>\n{items}</dl>\n</section>\n'
    )


def _charts(standing: Standing) -> str:
    drawn = charts(standing)
    if not drawn:
        return ""
    return f'<section aria-labelledby="spread">\n<h2 id="spread">Value against difficulty</h2>\n{drawn}</section>\n'


def _table(report: Report, standing: Standing) -> str:
    if not report.made:
        return ""
    by_value = bool(standing.groups)
    heads = "".join(
        f'<th scope="col" class="{column.kind}"{" data-falls" if column.falls else ""}'
        f"{_sorted(column.kind, by_value=by_value)}>{column.name}</th>"
        for column in COLUMNS
    )
    rows = "".join(row(at, report, standing) for at in standing.order if report.entries[at].ok)
    first = "The highest middle value first, currency by currency. " if by_value else ""
    return (
        f'<h2 id="made">Briefs</h2>\n{_tools(standing) if len(report.made) > 1 else ""}'
        f'<table aria-labelledby="made">\n<caption>{first}Where a number is from: {_LEGEND}.</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n{_method()}"
    )


def _sorted(kind: str, *, by_value: bool) -> str:
    """How the rows stand at first, for the script and for those who do not see it."""
    return ' aria-sort="descending"' if kind == "value" and by_value else ""


def _tools(standing: Standing) -> str:
    currencies = [
        (str(at), group.currency or UNSAID) for at, group in enumerate(standing.groups)
    ] + [("", "no value")]
    filters = (
        _select("status", "Status", _same(STATUSES)),
        _select("fits", "Known in time", _same(("yes", "no", "not known"))),
        _select("tolerance", "Error tolerance", _same((*TOLERANCES, UNSAID))),
        _select("difficulty", "Difficulty", _same((*LEVELS, UNSAID))),
        _select("currency", "Value in", currencies) if standing.groups else "",
    )
    order = "".join(
        f'<option value="{at}">{column.name}</option>' for at, column in enumerate(COLUMNS)
    )
    return (
        '<div class="tools" role="search" hidden>\n'
        '<label>Search<input type="search" autocomplete="off" spellcheck="false"></label>\n'
        f"{''.join(filters)}"
        f'<label class="order">Sort by<select>{order}</select></label>\n'
        '<output class="muted" aria-live="polite"></output>\n<button type="button" hidden></button>\n</div>\n'
    )


def _same(answers: Sequence[str]) -> list[tuple[str, str]]:
    return [(answer, answer) for answer in answers]


def _select(name: str, label: str, answers: Sequence[tuple[str, str]]) -> str:
    options = "".join(
        f'<option value="={escaped(key)}">{escaped(said)}</option>' for key, said in answers
    )
    return f'<label>{label}<select name="{name}"><option value="">all</option>{options}</select></label>\n'


def _method() -> str:
    items = "".join(f"<dt>{name}</dt><dd>{escaped(said)}</dd>\n" for name, said in METHOD.items())
    return (
        '<section class="method" aria-labelledby="method">\n<h2 id="method">How to read it</h2>\n'
        f"<dl>\n{items}</dl>\n</section>\n"
    )


def _foot(report: Report) -> str:
    notes = "".join(f"<p>{escaped(note)}</p>" for note in report.notes)
    examples = any(entry.facts["illustrative"] == "yes" for entry in report.made)
    said = f"<p>{EXAMPLE_NOTE}.</p>" if examples else ""
    return f'<footer class="small">{notes}{said}</footer>\n'


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(said: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(said.encode()).digest()).decode()}"
