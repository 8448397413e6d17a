"""Each step of a brief as blocks: what is there is shown, what is missing is shown as missing."""

import json
import re
from pathlib import Path

import pytest

from kit.brief import STARTER_STATEMENT, Quantity, open_brief
from kit.report import SECTIONS, section, show, step
from kit.report.blocks import (
    MIMETYPE,
    Callout,
    Facts,
    Figure,
    Heading,
    KeyFigures,
    Statement,
    Table,
    Title,
    from_json,
    text_of,
    to_json,
)
from kit.report.structure import asked_of
from kit.report.wording import amount, number, source_of

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/brief.yaml"))
STEPS = ("goal", "problem", "hypothesis", "metrics", "data")
COMPUTED = ("numbers", "targets", "worth", "timing", "ceilings", "fairness")


def brief(tmp_path, text):
    path = tmp_path / "brief.yaml"
    path.write_text(f"format: 1\ntitle: Feed\n{text}", "utf-8")
    return open_brief(path)


def spans(blocks):
    """Every span of a run of blocks."""
    return [span for span in _walk(to_json(blocks)) if isinstance(span, dict) and "mark" in span]


def _walk(value):
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _walk(one)


def text(blocks):
    return "\n".join(str(one) for one in _walk(to_json(blocks)) if isinstance(one, str))


def only(blocks, kind):
    (found,) = [block for block in blocks if isinstance(block, kind)]
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("name", SECTIONS)
def test_section_of_example_is_whole_and_survives_json(example, name):
    blocks = section(open_brief(example), name).blocks
    # What is not there to be computed has no section: targets of a model that flags nothing.
    assert blocks or name in COMPUTED
    assert from_json(json.loads(json.dumps(to_json(blocks)))) == blocks
    shown = text(blocks)
    assert "None" not in shown.splitlines()
    assert not re.search(r"=None|Quantity\(|reason=|datetime|\bnan\b", shown)
    assert name in COMPUTED or not [span for span in spans(blocks) if span["gap"]]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_sections_show_every_answer_of_an_example(example):
    """Nothing that a person wrote is left out of the document."""
    file = open_brief(example)
    shown = _squeezed(" ".join(text(section(file, name).blocks) for name in SECTIONS))
    left_out = [
        f"{key}: {value}"
        for key, value in _leaves(file.parsed.tree)
        if key.rpartition(".")[2] not in NOT_WORDS
        and not _is_number(value)
        and _squeezed(value)[:20] not in shown
    ]
    assert left_out == []


def _squeezed(words):
    """Words without blanks, marks of emphasis and the head of a "not applicable"."""
    return re.sub(r"^n/a:|[\s*_\[\]]|\.$", "", words.casefold().strip())


# Shown in other words, as a mark, or as the head of a table.
NOT_WORDS = {"format", "illustrative", "from", "on", "by", "personal", "control", "unit", "better"} | {
    "design", "known_at_prediction", "success", "guardrails", "tolerance", "basis", "source", "status",
}  # fmt: skip


def _leaves(node, key=""):
    if isinstance(node, str):
        yield key, node
    elif node is not None:
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        for name, inner in pairs:
            yield from _leaves(inner, f"{key}.{name}")


def _is_number(value):
    try:
        Quantity.model_validate(value)
    except ValueError:
        return False
    return True


def test_goal_key_figure_goes_from_baseline_to_target(tmp_path):
    file = brief(
        tmp_path,
        'goal: {statement: x, metric: monthly churn, unit: "%", by: 2027-03-31, '
        "baseline: {value: 5.0, from: measured, source: billing export}, "
        "target: {value: 4.5, from: target}}",
    )
    needle = only(section(file, "goal").blocks, KeyFigures).figures[0]
    assert needle.label == "Monthly churn"
    assert text_of(needle.value) == "5% → 4.5%"
    assert [span.mark for span in needle.value if span.mark] == ["measured", "target"]
    assert text_of(needle.note) == "−10% of today's value; today: billing export"


def test_goal_without_numbers_shows_holes(tmp_path):
    blocks = section(brief(tmp_path, "goal: {statement: Fewer people leave}"), "goal").blocks
    needle = only(blocks, KeyFigures).figures[0]
    assert [span.text for span in needle.value if span.gap] == ["today?", "target?"]
    assert needle.note == ()


def test_goal_starter_statement_is_shown_as_a_gap(tmp_path):
    blocks = section(brief(tmp_path, f'goal: {{statement: "{STARTER_STATEMENT}"}}'), "goal").blocks
    assert only(blocks, Callout).kind == "gap"
    assert STARTER_STATEMENT not in text(blocks)


@pytest.mark.parametrize("name", ["problem", "hypothesis", "metrics", "data"])
def test_step_not_started_is_a_heading_and_a_gap(name, tmp_path):
    blocks = section(brief(tmp_path, "goal: {statement: x}"), name).blocks
    assert [type(block) for block in blocks] == [Heading, Callout]


@pytest.mark.parametrize("name", ["problem", "hypothesis", "metrics", "data"])
def test_step_not_applicable_prints_its_reason(name, tmp_path):
    file = brief(tmp_path, f'goal: {{statement: x}}\n{name}: "n/a: another team does it"')
    assert "another team does it" in text(section(file, name).blocks)


def test_hypothesis_sentence_shows_what_is_missing(tmp_path):
    file = brief(tmp_path, "goal: {statement: x, metric: churn}\nhypothesis: {capability: a feed}")
    sentence = only(section(file, "hypothesis").blocks, Statement).spans
    assert text_of(sentence) == (
        "We believe that a feed for whom? will change which user metric? by how much?, "
        "leading to churn of what target? by when?; we are wrong if what is observed?"
    )
    assert sum(span.gap for span in sentence) == 6


def test_hypothesis_sentence_prints_what_does_not_apply(tmp_path):
    file = brief(
        tmp_path,
        'goal: {statement: x, target: "n/a: no target"}\n'
        'hypothesis: {capability: a feed, expected: "n/a: no users"}\nproblem: "n/a: internal"',
    )
    said = text_of(only(section(file, "hypothesis").blocks, Statement).spans)
    assert "for Not applicable: internal will change Not applicable: no users" in said
    assert "of Not applicable: no target by" in said


def test_facts_keep_the_lines_of_a_long_answer(tmp_path):
    file = brief(
        tmp_path,
        "goal: {statement: x}\nproblem:\n  today: |\n    First **this**.\n\n    - one\n    - two\n",
    )
    today = next(
        fact.value
        for block in section(file, "problem").blocks
        if isinstance(block, Facts)
        for fact in block.items
        if fact.label == "How they cope today"
    )
    assert text_of(today) == "First this.\n• one\n• two"


def test_metrics_business_layer_takes_its_numbers_from_the_goal(tmp_path):
    file = brief(
        tmp_path,
        'goal: {statement: x, metric: Monthly churn, unit: "%", baseline: 5, target: 4.5}\n'
        "metrics: {model: [{name: recall, target: 0.8}], business: [{name: monthly churn}]}",
    )
    layers = next(block for block in section(file, "metrics").blocks if isinstance(block, Table))
    rows = [[text_of(cell) for cell in row.cells] for row in layers.rows]
    assert rows == [
        ["recall", "none", "0.8", "–"],
        ["no metric in this layer", "–", "–", "–"],
        ["monthly churn", "5%", "4.5%", "lower"],
    ]


def test_metrics_guardrail_stands_beside_what_it_protects_from(tmp_path):
    file = brief(
        tmp_path,
        "goal: {statement: x}\nmetrics:\n"
        "  guardrails: [{name: trips per user, limit: 8, better: higher}]\n"
        "  gaming:\n"
        "    - {metric: pickup time, how: far requests are dropped, guardrail: Trips per user}\n"
        "    - {metric: rating, how: asking only happy riders}",
    )
    tables = [block for block in section(file, "metrics").blocks if isinstance(block, Table)]
    rows = [[text_of(cell) for cell in row.cells] for row in tables[1].rows]
    assert rows == [
        ["trips per user", "at least 8", "pickup time", "far requests are dropped"],
        ["no guardrail", "–", "rating", "asking only happy riders"],
    ]


def test_metrics_decision_table_shows_what_is_not_agreed(tmp_path):
    file = brief(
        tmp_path,
        "goal: {statement: x}\nmetrics: {decision_table: "
        "[{success: up, guardrails: ok, then: ship, who: Head of Growth}]}",
    )
    tables = [block for block in section(file, "metrics").blocks if isinstance(block, Table)]
    cells = [text_of(cell) for row in tables[-1].rows for cell in row.cells[1:]]
    assert cells == ["ship: Head of Growth"] + ["not agreed"] * 8


def test_data_personal_source_without_basis_is_a_gap(tmp_path):
    file = brief(
        tmp_path, "goal: {statement: x}\ndata: {sources: [{name: clicks, personal: true}]}"
    )
    gaps = [span["text"] for span in spans(section(file, "data").blocks) if span["gap"]]
    assert "no legal basis" in gaps
    assert "no owner" in gaps


def test_title_holds_what_is_asked_of_whom(tmp_path):
    file = brief(
        tmp_path,
        "illustrative: true\nstatus: decided\ngoal: {statement: x}\n"
        "decision: {asked: Fund a pilot, decider: Head, by: 2026-12-15, outcome: Funded}",
    )
    head, outcome = section(file, "title").blocks
    assert isinstance(head, Title)
    assert (head.title, head.status, head.illustrative) == ("Feed", "decided", True)
    assert [text_of(fact.value) for fact in asked_of(head)] == [
        "Fund a pilot",
        "Head",
        "15 December 2026",
    ]
    assert isinstance(outcome, Callout)
    assert outcome.kind == "decision"


def test_title_says_what_does_not_apply_and_leaves_the_rest_a_gap(tmp_path):
    file = brief(
        tmp_path,
        "author: 'n/a: a whole team'\ngoal: {statement: x}\n"
        "decision: {asked: Fund a pilot, decider: 'n/a: a vote'}",
    )
    (head,) = section(file, "title").blocks
    assert text_of(head.author) == "Not applicable: a whole team"
    _, decider, day = asked_of(head)
    assert text_of(decider.value) == "Not applicable: a vote"
    assert not any(span.gap for span in decider.value)
    assert [(span.text, span.gap) for span in day.value] == [("not stated", True)]


def test_title_of_a_brief_that_asks_for_no_decision_says_why_once(tmp_path):
    file = brief(tmp_path, "goal: {statement: x}\ndecision: 'n/a: for the record'")
    (head,) = section(file, "title").blocks
    assert [text_of(fact.value) for fact in asked_of(head)] == [
        "Not applicable: for the record",
        "Not applicable",
        "Not applicable",
    ]


def test_gaps_name_code_fact_and_remedy_and_keep_waivers_apart(tmp_path):
    file = brief(tmp_path, "goal: {statement: x, metric: churn}\nwaive: {GO106: none yet}")
    blocks = section(file, "gaps").blocks
    shown = text(blocks)
    assert "GO103" in shown
    assert "Look it up, with source and date." in shown
    waiver = only(blocks, Callout)
    assert waiver.kind == "note"
    assert "none yet" in text_of(waiver.items[0])


def test_gaps_show_what_is_to_be_typed_as_code(tmp_path):
    file = brief(tmp_path, "goal: {statement: x, metric: churn, unit: '%', baseline: 5}")
    table = only(section(file, "gaps").blocks, Table)
    (row,) = (row for row in table.rows if text_of(row.cells[0]).startswith("AC206"))
    typed = [span.text for cell in row.cells for span in cell if span.code]
    assert typed == ["from", "from: measured", "benchmark", "guess", "target"]
    assert "`" not in "".join(text_of(cell) for cell in row.cells)


def test_waiver_of_several_lines_is_told_in_one(tmp_path):
    file = brief(
        tmp_path,
        "goal: {statement: x, metric: churn}\nwaive:\n  GO106: |\n    none yet,\n    they hire",
    )
    waiver = only(section(file, "gaps").blocks, Callout)
    assert "none yet, they hire" in text_of(waiver.items[0])


def test_step_shows_unreadable_values_beside_what_is_open(tmp_path):
    file = brief(tmp_path, "goal: {statement: x, target: a lot}")
    boxes = [block for block in step(file, "goal").blocks if isinstance(block, Callout)]
    assert [box.kind for box in boxes] == ["problem", "gap"]
    assert "'a lot'" in text_of(boxes[0].items[0])
    assert not any(
        box.kind == "problem" for box in step(file, "data").blocks if isinstance(box, Callout)
    )


def test_section_unknown_name_lists_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match=r"expected one of title, goal, .*found 'gaol'"):
        section(brief(tmp_path, "goal: {statement: x}"), "gaol")


def test_section_of_brief_without_title_says_what_is_wrong(tmp_path):
    path = tmp_path / "brief.yaml"
    path.write_text("format: 1\ngoal: {statement: x}\n", "utf-8")
    blocks = section(open_brief(path), "goal").blocks
    assert "title: expected this key" in text(blocks)


def test_show_emits_the_same_in_every_kind(tmp_path):
    file = brief(tmp_path, "goal: {statement: Fewer people leave}")
    shown = show(file.path, "goal")
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "text/markdown", MIMETYPE}
    assert "Fewer people leave" in bundle["text/html"]
    assert "Fewer people leave" in bundle["text/markdown"]
    assert bundle[MIMETYPE]["section"] == "goal"
    assert from_json(bundle[MIMETYPE]["blocks"]) == shown.blocks


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("48000", "48,000"),
        ("0.8e6 to 1.6e6 USD/year", "0.8 to 1.6 million USD/year"),
        ("10% to 30%", "10% to 30%"),
        ("-10% relative", "−10% relative"),
        ("0.00004", "0.00004"),
        ("3000/month", "3,000/month"),
        ("40e6 rows", "40 million rows"),
        ("5e9", "5 billion"),
        ("0", "0"),
        ("-5 to 5", "−5 to 5"),
        ("30 ms", "30 ms"),
    ],
)
def test_amount_reads_as_people_write(written, read):
    assert amount(Quantity.model_validate(written)).replace("\u00a0", " ") == read


def test_amount_signed_shows_a_plus():
    assert amount(Quantity.model_validate("15%"), signed=True) == "+15%"


def test_number_keeps_all_digits_that_were_written():
    assert number(1234.5) == "1,234.5"
    assert number(0.123456789) == "0.123456789"
    assert number(999_999.5) == "999,999.5"
    assert number(1_234_567) == "1,234,567"
    assert number(999_999_999) == "999,999,999"
    assert number(1e-13) == "0.0000000000001"
    assert number(1.23456789012345e-5) == "0.0000123456789012345"
    assert number(5e9) == "5 billion"
    assert number(1e300) == "1e+300"
    assert amount(Quantity.model_validate("1234567 to 2e6")) == "1,234,567 to 2,000,000"


def test_source_names_what_is_known():
    quantity = Quantity.model_validate({"value": 5, "source": "export", "on": "2026-09-30"})
    assert source_of(quantity) == "export, 30 September 2026"
    assert source_of(Quantity.model_validate(5)) == ""


def test_facts_and_figures_are_never_empty():
    for example in EXAMPLES:
        file = open_brief(example)
        for name in STEPS:
            for block in section(file, name).blocks:
                assert not isinstance(block, Facts) or block.items
                assert not isinstance(block, Figure) or block.alt
