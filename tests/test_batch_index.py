"""The page that compares a batch, as text; `tests/browser/test_index.py` has it in a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from afresh import afresh
from comparing import HOSTILE, entry, many, normal, page_of, report, table_of

from kit.batch import Report
from kit.batch.record import record
from kit.batch.scale import Scale
from kit.batch.spread import charts
from kit.batch.standing import standing_of


def listed() -> Report:
    entries = (
        entry("Café in Zürich", status="in review"),
        entry("Returns", normal(2e6, 5e5, difficulty="low"), illustrative="true"),
        entry(HOSTILE, normal(1.8e6, 4e5, difficulty="high", endless=True, fits=False)),
        entry("Broken", reason=f"ideas.csv row 5: expected {HOSTILE}"),
    )
    return report(entries, notes=(HOSTILE,))


def every_text() -> bytes:
    report = listed()
    return "".join((page_of(report), table_of(report), record(report))).encode()


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


def test_index_is_one_table_and_one_list_of_failures() -> None:
    page = page_of(listed())
    tags = _Tags(page).found
    assert tags.count("script") == 1
    assert tags.count("tr") == 4
    assert page.split("How to read it")[0].count("<dt>") == 1
    assert not {"img", "link", "iframe", "object", "form", "use", "image", "foreignobject"} & set(
        tags
    )


def test_index_lets_nothing_run_but_its_own_style_and_script() -> None:
    page = page_of(listed())
    for tag in ("style", "script"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)


def test_index_of_nothing_but_failures_has_no_table() -> None:
    page = page_of(report([entry("Broken", reason="why")]))
    assert ">0 made, 1 not made.<" in page
    tags = _Tags(page).found
    assert "table" not in tags
    assert tags.count("dd") == 1


def test_index_of_one_brief_needs_no_filters_and_no_chart() -> None:
    tags = _Tags(page_of(report([entry("Alone", normal(1e6, 2e5))]))).found
    assert "table" in tags
    assert not {"figure", "select"} & set(tags)


def row_of(page: str, title: str) -> str:
    rows = re.findall(r"<tr .*?</tr>", page, re.DOTALL)
    (found,) = [row for row in rows if f">{title}</a>" in row]
    return " ".join(re.sub(r"<[^>]+>", " ", found.replace("<wbr>", "")).split())


def test_index_says_which_briefs_cannot_be_told_apart() -> None:
    page = page_of(listed())
    said = row_of(page, "Returns")
    assert "1.18 to 2.82 million USD" in said
    assert "Place 1 to 2 of 2" in said
    assert "not told apart from &lt;/script&gt;&lt;script&gt;document.…" in said
    assert "2 briefs have a value in USD; 1 of 1 pair cannot be told apart" in page
    assert "1 brief has no value yet" in page


def test_index_names_few_others_and_counts_many() -> None:
    few = page_of(report([entry(f"Idea {at}", normal(10 * (at // 3), 1)) for at in range(6)]))
    assert "not told apart from Idea 1 and Idea 2" in row_of(few, "Idea 0")
    level = [entry(f"Idea {at}", normal(0, 1)) for at in range(8)]
    all_level = page_of(report(level))
    assert "not told apart from any of the 7 others" in row_of(all_level, "Idea 0")
    and_one = page_of(report([*level, entry("Far", normal(100, 1))]))
    assert "not told apart from 7 others" in row_of(and_one, "Idea 0")
    assert "not told apart" not in row_of(and_one, "Far")


def test_index_shows_what_is_not_known_as_that() -> None:
    said = row_of(page_of(listed()), "Café in Zürich")
    assert re.search(r"not known value\.volume is missing", said)
    assert re.search(r"not known experiment is missing", said)
    assert "not said" in said


def test_index_says_of_a_value_without_a_range_that_it_has_none() -> None:
    page = page_of(report([entry("Exact", normal(1e6, 0)), entry("Other", normal(0, 1e5))]))
    assert "no range is stated" in row_of(page, "Exact")
    assert "no range is stated" not in row_of(page, "Other")


LATE = {"untimed": "goal.by is missing"}
FILES = {"sources": 3, "in_hand": 1, "blocked": 2, "met": 5, "missed": 1}


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        ({"days": 65.0, "available": 336, "fits": True}, "65 days in time: 336 days are there"),
        ({"days": 230.0, "available": 1, "fits": False}, "230 days too late: 1 day is there"),
        ({"endless": True, "available": 9, "fits": False}, "never ends too late: 9 days are there"),
        ({"days": 41.0, **LATE}, "41 days whether in time is not known: goal.by is missing"),
        (FILES, "1 of 3 sources in hand, 2 blocked 5 of 6 requirements met, 1 missed"),
        ({"guess_share": 0.564, "guessed": 34, "numbers": 57}, "56% 34 of 57 numbers"),
    ],
)
def test_index_says_each_measure_in_words(scale: dict[str, object], said: str) -> None:
    page = page_of(report([entry("A", Scale(**scale))]))  # type: ignore[arg-type]
    assert said in row_of(page, "A")


def test_index_of_a_thousand_briefs_stays_small() -> None:
    page = page_of(many(1_000))
    assert len(page.encode()) < 3_000_000
    assert page.count("<tr ") == 1_000


# The chart


def lines_of(chart: str) -> list[str]:
    return re.findall(r'<g class="brief">.*?</g>', chart)


def test_chart_names_every_one_of_few_briefs() -> None:
    drawn = charts(standing_of(listed()))
    assert len(lines_of(drawn)) == 2
    assert all("<text" in line for line in lines_of(drawn))
    assert ">Low<" in drawn
    assert ">High<" in drawn
    assert ">Medium<" not in drawn
    assert "are named" not in drawn


def test_chart_of_many_briefs_draws_all_and_names_some() -> None:
    drawn = charts(standing_of(many(400)))
    known = sum(1 for at in range(400) if at % 7)
    assert len(lines_of(drawn)) == known
    assert sum("<text" in line for line in lines_of(drawn)) == 20
    assert f"20 of {known} briefs are named" in drawn
    assert "; 80 briefs more, worth less." in drawn


def test_chart_lays_no_brief_over_another() -> None:
    drawn = charts(standing_of(many(400)))
    heights = [float(y) for y in re.findall(r'<circle cx="[^"]+" cy="([^"]+)"', drawn)]
    assert len(set(heights)) == len(heights)
    assert heights == sorted(heights)
    assert max(heights) < 2_000


def test_chart_puts_each_range_where_its_axis_says() -> None:
    entries = [entry("A", normal(4e6, 1e6)), entry("B", normal(-2e6, 1e5))]
    drawn = charts(standing_of(report(entries)))
    ticks = re.findall(r'<text class="tick" x="([^"]+)" y="[^"]+">(−?\d)</text>', drawn)
    at = {int(said.replace("−", "-")): float(x) for x, said in ticks}
    assert set(at) >= {-2, 0, 2, 4}
    middles = [float(x) for x in re.findall(r'<circle cx="([^"]+)"', drawn)]
    assert middles == pytest.approx([at[4], at[-2]], abs=0.2)


def test_chart_is_said_in_words() -> None:
    drawn = charts(standing_of(listed()))
    said = re.search(r'id="said-0">([^<]*)<', drawn)
    assert said
    assert "Low: Returns: 1.18 to 2.82\u00a0million" in said[1].replace(" million", "\u00a0million")
    assert 'role="img" aria-labelledby="chart-0 said-0"' in drawn


def test_chart_is_drawn_for_each_currency_that_has_two_briefs() -> None:
    money = ["USD"] * 3 + ["EUR"] * 2 + ["GBP"]
    entries = [entry(f"{at}", normal(at, 1, currency=one)) for at, one in enumerate(money)]
    drawn = charts(standing_of(report(entries)))
    assert drawn.count("<figure>") == 2
    assert "Not drawn, of fewer briefs: GBP (1)." in drawn


def test_chart_that_bends_says_so() -> None:
    entries = [entry(f"{at}", normal(10.0**at, 10.0**at / 9)) for at in range(9)]
    assert "logarithmic" in charts(standing_of(report(entries)))
    assert "logarithmic" not in charts(standing_of(listed()))
