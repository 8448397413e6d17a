"""Complete briefs of each kind of value, and what their computed sections say."""

import copy
import functools
import json
import re

from kit.appraisal import Appraisal
from kit.brief import Brief, open_brief
from kit.report import section
from kit.report.blocks import Callout, Code, Figure, Method, Table, text_of, to_json
from kit.report.html import to_html
from kit.report.markdown import to_markdown

NONSENSE = re.compile(r"\b(nan|NaN|inf|Infinity|infinity|None)\b")
COMPUTED = ("numbers", "targets", "worth", "timing", "ceilings", "fairness")

DETECTION = {
    "kind": "detection",
    "currency": "USD",
    "volume": "100000 calls/month",
    "prevalence": "5%",
    "precision": "50%",
    "recall": "50%",
    "take_rate": "20%",
    "benefit": "60 USD",
    "cost_false_positive": "4 USD",
    "cost_action": "2 USD",
    "capacity": "800 calls/month",
    "run_cost": "9000 USD/month",
}
VALUE = {key: given for key, given in DETECTION.items() if key != "kind"}
REGRESSION = {
    "kind": "regression",
    "currency": "USD",
    "volume": "100000 orders/month",
    "take_rate": "50%",
    "error_today": "12",
    "error_wanted": "9",
    "cost_above": "1 USD",
    "cost_below": "3 USD",
    "capacity": "80000 orders/month",
    "run_cost": "9000 USD/month",
}
ASSIST = {
    "kind": "assist",
    "currency": "USD",
    "volume": "100000 letters/month",
    "take_rate": "50%",
    "acceptance": "40%",
    "minutes_saved": "6",
    "gain": "1 USD",
    "error_rate": "5%",
    "cost_error": "3 USD",
    "review_minutes": "1",
    "wage": "40 USD/h",
    "capacity": "80000 letters/month",
    "run_cost": "9000 USD/month",
}
KINDS = {"detection": DETECTION, "regression": REGRESSION, "assist": ASSIST}
INPUTS = [
    (kind, key) for kind, value in KINDS.items() for key in value if key not in ("kind", "currency")
]
EXPERIMENT = {
    "unit": "subscriber",
    "starts": "2026-10-01",
    "eligible_per_day": "500",
    "arms": "2",
    "baseline": "5%",
    "effect": "-10% relative",
    "alpha": "5%",
    "power": "80%",
    "wait": "30 days",
    "margin": "1 points",
}
SHARES = {"baseline": "30%", "target": "50%", "ship_at": "40%", "better": "higher"}
METRICS = {
    "model": [{"name": "precision", **SHARES}, {"name": "recall", **SHARES}],
    "guardrails": [{"name": "calls answered", "baseline": "90%", "limit": "88%"}],
    "fairness": [
        {
            "measure": "recall",
            "max_gap": "5 points",
            "groups": [{"name": "north", "share": "40%"}, {"name": "south", "share": "60%"}],
        }
    ],
}
DATA = {"label": {"agreement": "90%"}, "sources": [{"name": "calls", "volume": "100000 rows"}]}
GOAL = {"statement": "s", "metric": "churn", "by": "2027-12-31", "worth": "1000000 USD/year"}

# Two ways to build it, alike but for their names.
PATHS = {
    "chosen": "trees",
    "paths": [
        {
            "name": name,
            "latency": "30 ms",
            "cost_per_prediction": "0.01 USD",
            "quality": {"precision": "55%", "recall": "60%", "acceptance": "45%", "error": "8"},
        }
        for name in ("rules", "trees")
    ],
}


def complete(kind="detection"):
    """A brief in which everything can be worked out."""
    whole = {
        "format": 1,
        "title": "A brief",
        "goal": GOAL,
        "metrics": METRICS,
        "value": KINDS[kind],
        "experiment": EXPERIMENT,
        "data": DATA,
    }
    return copy.deepcopy(whole)


def changed(tree, key, given):
    """The tree with something else at a dotted key; with nothing where `given` is None."""
    tree = copy.deepcopy(tree)
    *parents, last = (int(part) if part.isdigit() else part for part in key.split("."))
    node = tree
    for part in parents:
        node = node.setdefault(part, {}) if isinstance(node, dict) else node[part]
    if given is None:
        del node[last]
    else:
        node[last] = given
    return tree


def with_keys(keys, kind="detection"):
    """A complete brief with something else at each of the dotted keys."""
    return functools.reduce(lambda tree, key: changed(tree, *key), keys.items(), complete(kind))


def appraised(keys, kind="detection"):
    """What a complete brief with other keys amounts to."""
    return Appraisal(Brief.model_validate(with_keys(keys, kind)))


def faulty(keys, kind="detection"):
    """The faults of a complete brief with other keys: the kind by the path."""
    return {fault.path: fault.kind for fault in appraised(keys, kind).faults}


def written(folder, tree):
    """The tree as a brief in a file, opened."""
    path = folder / "brief.yaml"
    path.write_text(json.dumps(tree, indent=1), "utf-8")
    return open_brief(path)


def computed(file):
    """The blocks of every computed section."""
    return {name: section(file, name).blocks for name in COMPUTED}


def strings(blocks):
    """Every text of a run of blocks, without what is code to a machine; spaces are plain."""
    plain = [block for block in blocks if not isinstance(block, Figure | Code)]
    found = [*_strings(to_json(tuple(plain)))]
    found += [f"{one.alt} {one.caption}" for one in blocks if isinstance(one, Figure)]
    return "\n".join(found).replace("\u00a0", " ")


def _strings(value):
    if isinstance(value, dict):
        if "text" in value and "mark" in value:
            yield value["text"]
            return
        value = [one for key, one in value.items() if key not in ("type", "kind", "align")]
    if isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def sentence(spans):
    """A run of text with plain spaces."""
    return text_of(spans).replace("\u00a0", " ")


def rows(blocks, first="", *, at=0):
    """The rows of a table whose first cell begins so, as text by column."""
    table = [block for block in blocks if isinstance(block, Table)][at]
    names = [column.name for column in table.columns]
    return [
        dict(zip(names, map(sentence, row.cells), strict=True))
        for row in table.rows
        if sentence(row.cells[0]).startswith(first)
    ]


def boxes(blocks, kind):
    """What the boxes of one kind say, a text for each."""
    found = [block for block in blocks if isinstance(block, Callout) and block.kind == kind]
    return ["\n".join([one.title, *map(sentence, one.items)]) for one in found]


def lacking(blocks):
    """The dotted keys that a section names as missing."""
    return [
        span.text
        for block in blocks
        if isinstance(block, Callout) and block.kind == "gap"
        for item in block.items
        for span in item
        if span.code
    ]


def methods(blocks):
    """How the figures of a section are worked out."""
    return "\n".join(
        sentence(item) for block in blocks if isinstance(block, Method) for item in block.items
    )


def pages(blocks):
    """The section as HTML and Markdown, without the bytes of its pictures."""
    return [re.sub(r"data:[^\"')\s]+", "", write(blocks)) for write in (to_html, to_markdown)]
