"""The page that lists a batch: searchable, and a plain table where scripts do not run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from pathlib import Path

from kit.batch.folder import COMPARISON, RECORD
from kit.batch.result import Entry, Made, Report
from kit.export.glyphs import printable
from kit.report.blocks import Mark
from kit.report.structure import EXAMPLE_NOTE, MARK_LETTERS, MARK_WORDS

_LEADING = ("html", "pdf", "docx", "md")  # where the title leads: the first of these that was made
_STATUSES = ("draft", "in review", "decided")
_HEAD = ("Brief", "Status", "Decision asked", "Goal", "Open points")
_CLASSES = ("brief", "status", "decision", "goal", "points")
_LEGEND = ", ".join(f"{MARK_LETTERS[mark]} {word}" for mark, word in MARK_WORDS.items())


def index(report: Report) -> str:
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
        f"{_top(report)}<main>\n{_failures(report)}{_table(report)}</main>\n"
        f"{_foot(report)}<script>{script}</script>\n</body>\n</html>\n"
    )


def _top(report: Report) -> str:
    counts = [
        (status, sum(e.facts["status"] == status for e in report.made)) for status in _STATUSES
    ]
    states = ", ".join(f"{count} {status}" for status, count in counts if count)
    failed = f", {len(report.failed)} not made" if report.failed else ""
    said = ". ".join(filter(None, (f"{len(report.made)} made{failed}", states)))
    return (
        '<header>\n<p class="over">Framing Kit</p>\n'
        f"<h1>{_headline(report)}</h1>\n"
        f'<p class="muted">{said}.</p>\n'
        f'<p>All in one table: <a href="{COMPARISON}">{COMPARISON}</a>. '
        f'For programs: <a href="{RECORD}">{RECORD}</a>.</p>\n</header>\n'
    )


def _headline(report: Report) -> str:
    count = len(report.entries)
    return "1 brief" if count == 1 else f"{count} briefs"


def _failures(report: Report) -> str:
    if not report.failed:
        return ""
    items = "".join(
        f"<dt><strong>{_text(entry.title)}</strong> "
        f'<span class="small">{_text(entry.place)}</span></dt>\n'
        f"<dd>{_text(entry.reason)}{_notes(entry)}</dd>\n"
        for entry in report.failed
    )
    return (
        '<section class="failed" aria-labelledby="failed">\n'
        f'<h2 id="failed">Not made: {len(report.failed)}</h2>\n<dl>\n{items}</dl>\n</section>\n'
    )


def _table(report: Report) -> str:
    if not report.made:
        return ""
    heads = "".join(
        f'<th scope="col" class="{kind}">{name}</th>'
        for kind, name in zip(_CLASSES, _HEAD, strict=True)
    )
    rows = "".join(_row(entry, report) for entry in report.made)
    options = "".join(f'<option value="{status}">{status}</option>' for status in _STATUSES)
    return (
        '<h2 id="made">Briefs</h2>\n'
        '<div class="tools" role="search" hidden>\n'
        '<label>Search<input type="search" autocomplete="off" spellcheck="false"></label>\n'
        f'<label>Status<select><option value="">all</option>{options}</select></label>\n'
        '<output class="muted" aria-live="polite"></output>\n</div>\n'
        f'<table aria-labelledby="made">\n<caption>Where a number is from: {_LEGEND}.</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )


def _row(entry: Entry, report: Report) -> str:
    facts = entry.facts
    status = _text(facts["status"])
    example = (
        '<p class="small example">Worked example</p>' if facts["illustrative"] == "yes" else ""
    )
    return (
        f'<tr data-status="{status}">\n<th scope="row">{_links(entry, report)}'
        f'<p class="small">{_text(entry.place)}</p>{_notes(entry)}</th>\n'
        f'<td><span class="pill">{status}</span>{example}</td>\n'
        f'<td data-label="Decision asked">{_decision(facts)}</td>\n'
        f'<td data-label="Goal">{_goal(facts)}</td>\n'
        f'<td data-label="Open points">{_points(entry.made)}</td>\n</tr>\n'
    )


def _links(entry: Entry, report: Report) -> str:
    """The title leading to the document, then every format by name."""
    main = next(to for to in _LEADING if to in report.formats)
    title = f'<a href="{entry.slug}/brief.{main}">{_text(entry.title)}</a>'
    others = " · ".join(
        f'<a href="{entry.slug}/brief.{to}">{to.upper()}'
        f'<span class="hidden"> of {_text(entry.title)}</span></a>'
        for to in (*report.formats, "ipynb")
    )
    return f'{title}<p class="small">{others}</p>'


def _notes(entry: Entry) -> str:
    return "".join(
        f'<p class="small">{_text(note)}</p>' for note in (*entry.notes, *entry.made.warnings)
    )


def _decision(facts: dict[str, str]) -> str:
    asked = _text(facts["decision.asked"]) or '<span class="muted">not said</span>'
    who = " · ".join(
        part for part in (_text(facts["decision.decider"]), _date(facts["decision.by"])) if part
    )
    return f'{asked}<p class="small">{who}</p>' if who else asked


def _goal(facts: dict[str, str]) -> str:
    metric = _text(facts["goal.metric"]) or _text(facts["goal.statement"])
    ends = [_number(facts, end) for end in ("baseline", "target")]
    by = f' <span class="small">by {_date(facts["goal.by"])}</span>' if facts["goal.by"] else ""
    if not any(ends):
        return metric
    arrow = '<span aria-hidden="true"> → </span><span class="hidden"> to </span>'
    return f"{metric}<p>{arrow.join(end or '?' for end in ends)}{by}</p>"


def _number(facts: dict[str, str], end: str) -> str:
    shown, origin = _text(facts[f"{end} shown"]), facts[f"goal.{end}.from"]
    if not origin:
        return shown
    mark: Mark = next((mark for mark in MARK_LETTERS if mark == origin), "unsaid")
    return (
        f'<span class="number">{shown}<sup aria-hidden="true">{MARK_LETTERS[mark]}</sup>'
        f'<span class="hidden"> ({MARK_WORDS[mark]})</span></span>'
    )


def _points(made: Made) -> str:
    counts, first = made.counts, made.first
    if not (counts.error or counts.warning or counts.advice):
        return "None"
    kinds = (("error", "must be mended"), ("warning", "open"), ("advice", "would help"))
    said = ", ".join(
        f"{getattr(counts, kind)} {word}" for kind, word in kinds if getattr(counts, kind)
    )
    shown = "".join(f"<li>{_text(point.message)}</li>" for point in first[:2])
    more = "".join(f"<li>{_text(point.message)}</li>" for point in first[2:])
    folded = (
        f"<details><summary>Next {len(first) - 2}</summary><ul>{more}</ul></details>"
        if more
        else ""
    )
    return f'<strong>{said}</strong><div class="small"><ul>{shown}</ul>{folded}</div>'


def _foot(report: Report) -> str:
    notes = "".join(f"<p>{_text(note)}</p>" for note in report.notes)
    examples = any(entry.facts["illustrative"] == "yes" for entry in report.made)
    said = f"<p>{EXAMPLE_NOTE}.</p>" if examples else ""
    return f'<footer class="small">{notes}{said}</footer>\n'


def _date(text: str) -> str:
    return f'<span class="date">{_text(text)}</span>' if text else ""


def _text(text: str) -> str:
    return escape(printable(text))


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
