"""Charts: their SVG, their text alternative, and what they do with names and numbers of any kind."""

import base64
import re
import threading
from xml.etree import ElementTree as ET

import matplotlib as mpl
import numpy as np
import pytest
import samples
from afresh import afresh

from kit.export.document import Document
from kit.export.docx import write_docx
from kit.export.pdf import write_pdf
from kit.export.typeset import Typesetter
from kit.report.charts import (
    Bar,
    Mark,
    Need,
    Range,
    enrolment_chart,
    icon_array,
    ranges_chart,
    tornado_chart,
    value_map,
)
from kit.report.charts.enrolment import reached
from kit.report.charts.labels import fitted
from kit.report.charts.style import (
    canvas,
    drawable,
    drawing,
    in_words,
    scale_of,
    short,
    tick,
    wrapped,
)

NAMES = (
    *samples.HOSTILE,
    "漢字仮名交じり文",
    "Emoji 😀 👩‍💻 🇩🇪",
    "שלום עולם, مرحبا بالعالم",
    "e\u0301 x\u0323\u0306",
    "a\x00b\x1bc\ud800",
    "two\nlines\tand a tab",
    "$\\frac{1}{0$ %d",
    "x" * 400,
    "many words " * 40,
    " ",
    "",
)
GRID = np.linspace(0.02, 1, 50)
SHARES, RECALLS = np.meshgrid(GRID, GRID)
NET = 1e5 * RECALLS / SHARES * (SHARES * 60 - 2 - (1 - SHARES) * 4) - 1e6


def mapped(net=NET, name="today", **more):
    marks = [Mark(name=name, precision=0.5, recall=0.5), Mark(name=name, precision=1, recall=1)]
    given = {"marks": marks, "currency": name} | more
    return value_map(precision=GRID, recall=GRID, net=net, **given)


def bar(name="benefit", at_low=-1.0, at_high=2.0, guess=True, label="40"):
    return Bar(
        name=name, at_low=at_low, at_high=at_high, low_label=label, high_label=label, guess=guess
    )


def tornado(*bars, base=0.5, unit="USD a year", **more):
    return tornado_chart(bars=bars, base=base, unit=unit, **more)


def ranges(*rows, unit="USD a year", **more):
    return ranges_chart(rows=rows, unit=unit, **more)


def enrolment(units=(5000.0,), label="the effect", rate=500.0, **more):
    days = np.arange(201.0)
    given = {
        "wait_days": 30.0, "deadline_day": 90.0, "start": "1 January 2027",
        "deadline": "1 April 2027", "unit": "people", "days": days, "enrolled": days * rate,
    }  # fmt: skip
    needed = [Need(label=label, units=one) for one in units]
    return enrolment_chart(needed=needed, **given | more)


def icons(tp=10, fn=10, fp=30, tn=950, **more):
    return icon_array(
        true_positives=tp, false_negatives=fn, false_positives=fp, true_negatives=tn, **more
    )


PLAIN = {
    "map": mapped,
    "map-capacity": lambda: mapped(capacity_line=[(0, 0), (0.5, 0.4), (1, 0.8)]),
    "tornado": lambda: tornado(bar(), bar("recall", 0.2, 0.9, guess=False)),
    "enrolment": enrolment,
    "icons": icons,
    "ranges": lambda: ranges(Range(name="rules", low=-5, median=1, high=9, note="chosen")),
}
NAMED = {
    "map": lambda name: mapped(name=name),
    "tornado": lambda name: tornado(bar(name, label=name), unit=name),
    "enrolment": lambda name: enrolment(label=name, start=name, deadline=name, unit=name),
    "icons": lambda name: icons(names=[name] * 4),
    "ranges": lambda name: ranges(Range(name=name, low=1, median=1, high=2, note=name), unit=name),
}
EXTREME = {
    "map-all-negative": lambda: mapped(-np.abs(NET) - 5),
    "map-all-positive": lambda: mapped(np.abs(NET) + 5),
    "map-equal": lambda: mapped(np.zeros((50, 50))),
    "map-equal-loss": lambda: mapped(np.full((50, 50), -7.0)),
    "map-huge": lambda: mapped(NET * 1e9),
    "map-tiny": lambda: mapped(NET * 1e-12),
    "map-no-marks": lambda: mapped(marks=[]),
    "map-many-marks": lambda: mapped(marks=[Mark(name="x", precision=0.5, recall=0.5)] * 9),
    "tornado-one": lambda: tornado(bar()),
    "tornado-equal": lambda: tornado(bar(at_low=3, at_high=3), base=3),
    "tornado-zero": lambda: tornado(bar(at_low=0, at_high=0), base=0),
    "tornado-negative": lambda: tornado(bar(at_low=-9e6, at_high=-2e6), base=-4e6),
    "tornado-huge": lambda: tornado(bar(at_low=-9e15, at_high=2e17), base=1e15),
    "tornado-twenty": lambda: tornado(*[bar()] * 20),
    "ranges-equal": lambda: ranges(Range(name="a", low=0, median=0, high=0), zero=False),
    "ranges-negative": lambda: ranges(Range(name="a", low=-3e9, median=-2e9, high=-1e9)),
    "ranges-twelve": lambda: ranges(*[Range(name="a", low=1, median=2, high=3)] * 12),
    "enrolment-nothing-needed": lambda: enrolment(units=()),
    "enrolment-six": lambda: enrolment(units=[5000.0, 5001, 5002, 5003, 5004, 9000]),
    "enrolment-never": lambda: enrolment(units=[5e9]),
    "enrolment-nobody": lambda: enrolment(rate=0.0),
    "enrolment-nobody-and-nothing": lambda: enrolment(rate=0.0, units=(0.0,)),
    "enrolment-too-late": lambda: enrolment(deadline_day=10.0),
    "enrolment-past": lambda: enrolment(deadline_day=-20.0),
    "enrolment-no-date": lambda: enrolment(deadline_day=None),
    "enrolment-far": lambda: enrolment(deadline_day=4000.0),
    "icons-one-kind": lambda: icons(0, 0, 0, 1000),
    "icons-all-kinds": lambda: icons(250, 250, 250, 250),
    "icons-all-squares": lambda: icons(500, 500, 0, 0),
}


def svg_of(figure):
    return base64.b64decode(figure.data).decode()


def sound(figure):
    """The SVG of a figure that says what it shows, and is neither large nor from elsewhere."""
    svg = svg_of(figure)
    assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314  we wrote it ourselves
    assert len(svg) < 80_000
    assert len(figure.alt) > 20
    assert not re.search(r"nan|inf[^o]|<script|<image|<text|href=\"[^#]", svg, re.IGNORECASE)
    return svg


@pytest.mark.parametrize("name", PLAIN)
def test_chart_is_sound_and_the_same_twice(name):
    assert sound(PLAIN[name]()) == svg_of(PLAIN[name]())


@pytest.mark.parametrize("name", EXTREME)
def test_chart_of_extreme_values_is_sound(name):
    sound(EXTREME[name]())


@pytest.mark.parametrize("chart", NAMED)
@pytest.mark.parametrize("name", NAMES)
def test_chart_with_any_name_is_sound(chart, name):
    figure = NAMED[chart](name)
    sound(figure)
    assert name.replace("\ud800", "□") in figure.alt


def every() -> bytes:
    return "".join(make().data for make in PLAIN.values()).encode()


def test_chart_same_bytes_from_other_processes():
    assert afresh("every()", module="test_charts", seed=7) == every()


def test_chart_does_not_follow_nor_change_the_persons_settings():
    plain = mapped().data
    mine = {"font.size": 30, "axes.facecolor": "red", "axes.prop_cycle": mpl.cycler(color="rgb")}
    with mpl.rc_context(mine):
        assert mapped().data == plain
        assert mpl.rcParams["font.size"] == 30
        assert mpl.rcParams["axes.facecolor"] == "red"


def test_chart_from_several_threads():
    plain = {name: make().data for name, make in PLAIN.items()}
    made = {}

    def draw(name):
        made[name] = PLAIN[name]().data

    threads = [threading.Thread(target=draw, args=(name,)) for name in PLAIN]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert made == plain


def test_chart_shows_in_pdf_and_word():
    document = Document(title="Charts", blocks=tuple(make() for make in PLAIN.values()))
    with Typesetter() as typesetter:
        made = write_pdf(document, typesetter=typesetter)
        word = write_docx(document, typesetter=typesetter)
    assert b"could not be drawn" not in word
    assert not made.warnings


def test_value_map_says_what_it_marks_and_whether_it_pays():
    alt = mapped().alt
    assert "it crosses break-even" in alt
    assert "today at 50% precision and 50% recall" in alt
    assert "does not cross" in mapped(np.abs(NET) + 5).alt
    assert "capacity" in PLAIN["map-capacity"]().alt


def test_value_map_hatches_a_loss_alone():
    assert mapped().caption.endswith("hatched: a loss.")
    assert "hatched" not in mapped(np.abs(NET)).caption


def test_value_map_refuses_what_is_no_number():
    with pytest.raises(ValueError, match="net"):
        mapped(np.full((50, 50), np.nan))


def test_value_map_refuses_another_shape():
    with pytest.raises(ValueError, match=r"net: expected shape \(50, 50\)"):
        mapped(NET[:9])


def test_value_map_of_plain_lists_is_that_of_arrays():
    lists = value_map(
        precision=GRID.tolist(), recall=GRID.tolist(), net=NET.tolist(), marks=(), currency="USD"
    )
    assert lists == mapped(marks=(), currency="USD")


def test_value_map_says_the_only_value():
    assert mapped(np.zeros((50, 50))) != mapped(np.ones((50, 50)))


@pytest.mark.parametrize("make", [mapped, icons, enrolment])
def test_chart_takes_the_words_it_is_given(make):
    assert make(alt="What is seen here").alt == "What is seen here"


def test_tornado_puts_the_widest_on_top():
    narrow, wide = bar("narrow", 0, 1), bar("wide", -5, 5)
    assert tornado(narrow, wide) == tornado(wide, narrow)
    assert tornado(narrow, wide, alt="Bars").alt == "Bars"


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (-1, 1, 0, 1000), (1, 1, 1, 998)])
def test_icon_array_refuses_other_than_a_thousand(counts):
    with pytest.raises(ValueError, match=r"1,000"):
        icons(*counts)


def test_icon_array_refuses_three_names():
    with pytest.raises(ValueError, match="names: expected 4, found 3"):
        icons(names=("a", "b", "c"))


def test_tornado_tells_guesses_apart():
    assert "guesses" in tornado(bar()).caption
    assert "guesses" not in tornado(bar(guess=False)).caption
    assert "pattern" in svg_of(tornado(bar()))
    assert "pattern" not in svg_of(tornado(bar(guess=False)))


def test_tornado_without_bars_names_the_argument():
    with pytest.raises(ValueError, match="bars"):
        tornado()


def test_ranges_refuses_ends_out_of_order():
    with pytest.raises(ValueError, match="low <= median <= high"):
        ranges(Range(name="a", low=2, median=1, high=3))
    with pytest.raises(ValueError, match="rows"):
        ranges()


def test_ranges_tells_every_row():
    alt = PLAIN["ranges"]().alt
    assert "rules (chosen): −5 to 9, median 1" in alt


def test_icon_array_counts_every_kind():
    figure = icons(10, 10, 30, 950)
    for said in ("1,000 cases", "10 true cases flagged", "30 flagged wrongly", "950 rightly left"):
        assert said in figure.alt
    dots = max(re.findall(r'd="([^"]*)"', svg_of(figure)), key=len)
    assert dots.count("M") == 950


def test_enrolment_says_when_each_need_is_met():
    alt = enrolment(units=[5000.0, 200_000.0]).alt
    assert "5,000, reached on day 10" in alt
    assert "200,000, not reached" in alt
    assert "30,000 by the last day to enter, day 60" in alt


def test_enrolment_says_that_nobody_can_enter_in_time():
    assert "no outcome by the deadline" in EXTREME["enrolment-too-late"]().alt


def test_enrolment_needs_a_count_for_each_day():
    with pytest.raises(ValueError, match="enrolled"):
        enrolment(days=[0, 1], enrolled=[0])
    with pytest.raises(ValueError, match="enrolled"):
        enrolment(days=[0], enrolled=[0])


def test_reached_is_the_first_whole_day():
    days, entered = [0.0, 10.0, 20.0], [0.0, 100.0, 100.0]
    assert reached(days, entered, 0) == 0
    assert reached(days, entered, 100) == 10
    assert reached(days, entered, 41) == 5
    assert reached(days, entered, 101) is None


def test_fitted_shortens_to_the_width_and_leaves_what_fits():
    with drawing():
        axes = canvas(height=1)[1]
        label = axes.annotate("many words " * 9, (0, 0))
        fitted(label, 90)
        assert label.get_window_extent().width <= 90
        assert label.get_text().endswith("…")
        label.set_text("few")
        fitted(label, 90)
        assert label.get_text() == "few"


@pytest.mark.parametrize(("value", "expected"), [(1.2345e6, "1.23 million"), (-45_678, "−45,700")])
def test_in_words_has_three_digits(value, expected):
    assert in_words(value) == expected
    assert in_words(value, "USD") == f"{expected} USD"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zażółć ≥ 5", "Zażółć ≥ 5"),
        ("漢a\n b", "□a b"),
        ("\x00\ud800", "□□"),
        ("$x$", "$x$"),
    ],
)
def test_drawable_boxes_what_no_font_has(text, expected):
    with drawing():
        assert drawable(text) == expected


def test_short_and_wrapped_names_keep_their_beginning():
    with drawing():
        assert short("abcdef", 4) == "abc…"
        assert short("abcd", 4) == "abcd"
        assert wrapped("cost of a false flag", 12) == "cost of a\nfalse flag"
        assert wrapped("cost of a false flag at night", 12) == "cost of a\nfalse flag…"
        assert wrapped("x" * 60, 26).count("\n") == 1


@pytest.mark.parametrize(
    ("value", "expected"), [(-0.5, "−0.5"), (0.30000000000000004, "0.3"), (-0.0, "0"), (1e4, "10,000")]
)  # fmt: skip
def test_tick_is_readable(value, expected):
    assert tick(value) == expected


def test_scale_of_is_that_of_the_largest():
    assert scale_of([1.0, -2.5e6]) == (1e6, "million ")
    assert scale_of([999.0]) == (1.0, "")
    assert scale_of([]) == (1.0, "")
