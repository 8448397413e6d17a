"""The page that compares a batch in a real Chromium: sorted, filtered, read aloud, and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from comparing import HOSTILE, entry, many, normal, page_of, report
from playwright.sync_api import Browser, Locator, Page, expect

from kit.batch import Report

pytestmark = pytest.mark.browser

Opened = Callable[[Report], Page]


def mixed() -> Report:
    """Five briefs, of which one failed, one has no value, and one counts in another currency."""
    scales = {
        "Café in Zürich": normal(1e6, 2e5, days=90.0, available=200, fits=True, tolerance="tolerant"),
        "Returns": normal(3e6, 2e5, days=20.0, available=9, fits=False, difficulty="low"),
        "Apart": normal(9e6, 1e5, currency="EUR", difficulty="high", tolerance="intolerant"),
        "Unknown": None,
    }  # fmt: skip
    made = [
        entry(title, scale, status="in review" if scale else "draft", illustrative="true")
        for title, scale in scales.items()
    ]
    failed = entry("Broken", reason=f"ideas.csv row 5: expected {HOSTILE}")
    return report([*made, failed, entry(HOSTILE, normal(2e6, 1e5))], notes=(HOSTILE,))


@pytest.fixture
def opened(tmp_path: Path, chromium: Browser) -> Iterator[Opened]:
    """Opens the page of a batch; at the end nothing may have been complained of."""
    complaints: list[str] = []
    pages: list[Page] = []

    def open_page(batch: Report) -> Page:
        path = tmp_path / "index.html"
        path.write_text(page_of(batch), encoding="utf-8")
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not complaints


@pytest.fixture
def page(opened: Opened) -> Page:
    return opened(mixed())


def titles(page: Page) -> list[str]:
    """Those shown, in their order; the hostile one by a word."""
    found = page.locator("tbody tr:visible th > a").all_text_contents()
    return ["Hostile" if one == HOSTILE else one for one in found]


def head(page: Page, name: str) -> Locator:
    return page.get_by_role("columnheader", name=name)


def test_index_begins_with_the_highest_value_of_the_currency_of_most(page: Page) -> None:
    assert titles(page) == ["Returns", "Hostile", "Café in Zürich", "Apart", "Unknown"]
    expect(head(page, "Value of a year")).to_have_attribute("aria-sort", "descending")
    expect(head(page, "Status")).to_have_attribute("aria-sort", "none")
    assert page.title() == "6 briefs"


def test_index_sorts_by_a_press_and_back_by_another(page: Page) -> None:
    head(page, "Value").get_by_role("button").click()
    assert titles(page) == ["Café in Zürich", "Hostile", "Returns", "Apart", "Unknown"]
    expect(head(page, "Value")).to_have_attribute("aria-sort", "ascending")
    head(page, "Brief").get_by_role("button").click()
    assert titles(page) == ["Hostile", "Apart", "Café in Zürich", "Returns", "Unknown"]
    expect(head(page, "Brief")).to_have_attribute("aria-sort", "ascending")
    expect(head(page, "Value")).to_have_attribute("aria-sort", "none")
    head(page, "Brief").get_by_role("button").click()
    assert titles(page)[0] == "Unknown"


def test_index_sorts_by_the_keyboard_alone(page: Page) -> None:
    page.get_by_role("combobox", name="Value in").focus()
    for _ in range(3):  # brief, value, time
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Time to know"
    page.keyboard.press("Enter")
    assert titles(page)[:2] == ["Returns", "Café in Zürich"]
    expect(head(page, "Time")).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Space")
    assert titles(page)[:2] == ["Café in Zürich", "Returns"]
    expect(head(page, "Time")).to_have_attribute("aria-sort", "descending")


@pytest.mark.parametrize("at", range(9))
def test_index_sorts_by_every_column_with_the_unknown_last(page: Page, at: int) -> None:
    button = page.locator("thead button").nth(at)
    keys = f"rows => rows.map(row => row.cells[{at}].dataset.sort ?? null)"
    seen = set()
    for _ in range(2):
        button.click()
        found = page.locator("tbody tr").evaluate_all(keys)
        known = [one for one in found if one is not None]
        assert found == known + [None] * (len(found) - len(known))
        way = page.locator("thead th").nth(at).get_attribute("aria-sort")
        seen.add(way)
        if at > 1:  # names have an order of their own, and values one for each currency
            numbers = [float(one) for one in known]
            assert numbers == sorted(numbers, reverse=way == "descending")
    assert seen == {"ascending", "descending"}


def test_index_searches_without_accents(page: Page) -> None:
    page.get_by_label("Search").fill("zurich CAFE")
    assert titles(page) == ["Café in Zürich"]
    assert page.get_by_role("status").text_content() == "1 of 5 shown"


@pytest.mark.parametrize(
    ("label", "answer", "left"),
    [
        ("Status", "draft", ["Hostile", "Unknown"]),
        ("Known in time", "yes", ["Café in Zürich"]),
        ("Known in time", "no", ["Returns"]),
        ("Known in time", "not known", ["Hostile", "Apart", "Unknown"]),
        ("Error tolerance", "intolerant", ["Apart"]),
        ("Error tolerance", "not said", ["Returns", "Hostile", "Unknown"]),
        ("Difficulty", "low", ["Returns"]),
        ("Value in", "EUR", ["Apart"]),
        ("Value in", "no value", ["Unknown"]),
    ],
)
def test_index_filters(page: Page, label: str, answer: str, left: list[str]) -> None:
    page.get_by_role("combobox", name=label, exact=True).select_option(label=answer)
    assert titles(page) == left
    page.get_by_role("combobox", name=label, exact=True).select_option(label="all")
    assert len(titles(page)) == 5


def test_index_filters_and_sorts_at_once(page: Page) -> None:
    page.get_by_role("combobox", name="Status").select_option("in review")
    head(page, "Brief").get_by_role("button").click()
    assert titles(page) == ["Apart", "Café in Zürich", "Returns"]
    assert page.get_by_role("status").text_content() == "3 of 5 shown"


def test_index_of_very_many_shows_the_first_and_all_on_request(opened: Opened) -> None:
    page = opened(many(300))
    rows = page.locator("tbody tr:visible")
    assert page.get_by_role("status").text_content() == "300 found, the first 100 shown"
    assert rows.count() == 100
    assert rows.first.locator("th > a").text_content() == "Idea 299"
    head(page, "Value").get_by_role("button").click()
    assert rows.count() == 100
    assert rows.first.locator("th > a").text_content() == "Idea 1"
    page.get_by_role("button", name="Show all 300").click()
    assert rows.count() == 300
    page.get_by_label("Search").fill("Idea 299.")
    assert rows.count() == 1
    assert not page.get_by_role("button", name="Show all").is_visible()


def test_index_can_be_read_by_those_who_do_not_see_it(page: Page) -> None:
    assert page.get_by_role("table", name="Briefs").is_visible()
    assert page.get_by_role("rowheader", name="Returns").is_visible()
    said = page.get_by_role("row", name="Café").text_content() or ""
    assert "(measured)" in said
    assert "(not said)" in said
    assert page.get_by_role("link", name="PDF of Returns").get_attribute("href") == "slug/brief.pdf"
    chart = page.get_by_role("img", name="Value of a year against difficulty: USD")
    assert chart.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "comparison.xlsx"


def test_index_on_a_narrow_screen_fits_and_sorts(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not head(page, "Brief").is_visible()
    page.get_by_role("combobox", name="Sort by").select_option(label="Time to know")
    assert titles(page)[:2] == ["Returns", "Café in Zürich"]


def test_index_on_a_wide_screen_has_nothing_cut_off(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert not page.get_by_role("combobox", name="Sort by").is_visible()
    inside = "cells => cells.every(cell => cell.scrollWidth <= cell.clientWidth + 1)"
    assert page.locator("tbody td").evaluate_all(inside)


def test_index_is_a_plain_table_without_scripts(tmp_path: Path, chromium: Browser) -> None:
    path = tmp_path / "index.html"
    path.write_text(page_of(mixed()), encoding="utf-8")
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        assert titles(page) == ["Returns", "Hostile", "Café in Zürich", "Apart", "Unknown"]
        assert not page.locator(".tools").is_visible()
        assert not page.locator("thead button").count()
        assert page.get_by_text("Not made: 1").is_visible()
        assert page.locator("svg.chart").is_visible()
