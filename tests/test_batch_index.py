"""The page that lists a batch, in a real browser: it searches, and works without scripts too."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from afresh import afresh
from playwright.sync_api import Browser, Page

from kit.batch import Counts, Entry, Made, Point, Report
from kit.batch.comparison import comparison
from kit.batch.facts import facts_of
from kit.batch.index import index
from kit.batch.record import record
from kit.brief import Brief

HOSTILE = (
    "</script><script>document.title='acted'</script><img src=x onerror=\"document.title='acted'\">"
)
BASELINE = {"value": "5", "unit": "%", "from": "measured"}


def entry(title: str, *, status: str = "draft", reason: str = "", **more: str) -> Entry:
    goal = {"statement": "s", "metric": "churn", "baseline": BASELINE, "target": "4.5%"}
    brief = {"format": "1", "title": title, "status": status, "goal": goal, **more}
    point = Point(code="GO101", severity="warning", path="goal.unit", message=f"About {title}.")
    return Entry(
        source="ideas.csv",
        row=2,
        title=title,
        slug="slug",
        facts=facts_of(Brief.model_validate(brief)),
        notes=(),
        problems=(),
        made=Made(reason=reason, counts=Counts(error=1, warning=2), first=(point,) * 4),
    )


def listed() -> Report:
    entries = (
        entry("Café in Zürich", status="in review"),
        entry("Returns", illustrative="true"),
        entry(HOSTILE),
        entry("Broken", reason=f"ideas.csv row 5: expected {HOSTILE}"),
    )
    return Report(
        out=Path("out"), formats=("pdf", "html"), entries=entries, notes=(HOSTILE,), seconds=1.0
    )


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "index.html"
    path.write_text(index(listed()), encoding="utf-8")
    return path


def every_text() -> bytes:
    report = listed()
    return "".join((index(report), comparison(report), record(report))).encode()


def test_batch_texts_are_the_same_bytes_from_other_processes() -> None:
    made = {afresh("every_text()", module="test_batch_index", seed=seed) for seed in (1, 2)}
    assert made == {every_text()}


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]


def test_index_is_one_table_and_one_list_of_failures(page_file: Path) -> None:
    tags = _Tags(page_file.read_text(encoding="utf-8")).found
    assert tags.count("script") == 1
    assert tags.count("tr") == 4
    assert tags.count("dt") == 1
    assert not {"img", "link", "iframe", "object", "form"} & set(tags)


def test_index_of_nothing_but_failures_has_no_table(tmp_path: Path) -> None:
    entries = (entry("Broken", reason="why"),)
    report = Report(out=tmp_path, formats=("pdf",), entries=entries, notes=(), seconds=1.0)
    page = index(report)
    assert ">0 made, 1 not made.<" in page
    tags = _Tags(page).found
    assert "table" not in tags
    assert tags.count("dd") == 1


@pytest.fixture
def page(page_file: Path, chromium: Browser) -> Iterator[Page]:
    with chromium.new_page() as page:
        page.set_default_timeout(10_000)
        page.goto(page_file.as_uri())
        yield page


@pytest.mark.browser
def test_index_searches_without_accents_and_filters_by_status(page: Page) -> None:
    rows = page.locator("tbody tr:visible")
    assert rows.count() == 3
    page.get_by_label("Search").fill("zurich CAFE")
    assert rows.count() == 1
    assert page.get_by_role("status").text_content() == "1 of 3 shown"
    page.get_by_label("Search").fill("")
    page.get_by_label("Status").select_option("draft")
    assert rows.count() == 2
    assert page.title() == "4 briefs"


@pytest.mark.browser
def test_index_can_be_read_by_those_who_do_not_see_it(page: Page) -> None:
    assert page.get_by_role("table", name="Briefs").is_visible()
    assert page.get_by_role("rowheader", name="Returns").is_visible()
    said = page.get_by_role("row", name="Café").text_content() or ""
    assert "(measured)" in said
    assert "(not said)" in said
    assert page.get_by_role("link", name="PDF of Returns").get_attribute("href") == "slug/brief.pdf"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "comparison.csv"


@pytest.mark.browser
def test_index_is_a_plain_table_without_scripts(page_file: Path, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(page_file.as_uri())
        assert page.locator("tbody tr").count() == 3
        assert not page.locator(".tools").is_visible()
        assert page.get_by_text("Not made: 1").is_visible()
