"""Everything that the coach should find in a table of subscribers, once it is planted there."""

from __future__ import annotations

import numpy as np
from planted import Fault
from planted_changes import (
    address_in_notes,
    addresses,
    by_contacts,
    closed,
    column,
    counted_otherwise,
    dearer,
    few_left,
    fewer_of_poland,
    flipped,
    for_the_left,
    gone,
    left,
    moved_mix,
    phones,
    plans_of_renewal,
    ragged,
    repeated,
    shifted,
    some_cells,
    spelled,
    without,
)
from planted_table import ONE_METRIC

FAULTS = (
    # Columns that tell the label
    Fault(
        name="copy of the label",
        code="DA424",
        says=("status", "churned", "its value"),
        plant=column("status", lambda table, _: np.where(left(table), "closed", "open")),
    ),
    Fault(
        name="closing date of those who left",
        code="DA424",
        says=("closed_on", "whether it is filled"),
        plant=column("closed_on", for_the_left(closed)),
    ),
    Fault(
        name="reason of those who left",
        code="DA424",
        says=("reason", "whether it is filled"),
        plant=column(
            "reason",
            for_the_left(lambda table, rng: rng.choice(["price", "moved", "content"], len(table))),
        ),
    ),
    Fault(
        name="label with a slip in a hundred rows",
        code="DA424",
        says=("state", "its value"),
        plant=column("state", flipped),
    ),
    Fault(
        name="number shifted by the label",
        code="DA424",
        says=("last_score", "its value"),
        plant=column("last_score", shifted),
    ),
    # Rows
    Fault(name="a few repeated rows", code="DA411", says=("15 of 3,015",), plant=repeated(0.005)),
    Fault(
        name="many repeated rows",
        code="DA411",
        says=("900 of 3,900",),
        plant=repeated(0.3),
        also=frozenset({"DA404"}),  # a repeated row does not pass
    ),
    Fault(
        name="rows with a field too many",
        code="DA410",
        says=("101, 701, 1901",),
        text=ragged((100, 700, 1900)),
    ),
    Fault(
        name="many rows with a field too many",
        code="DA404",
        says=("60 rows with too many",),
        text=ragged(range(1, 3_001, 50)),
        also=frozenset({"DA410"}),
    ),
    # Time
    Fault(
        name="price raised halfway", code="DA418", says=("price",), plant=column("price", dearer)
    ),
    Fault(name="mix of plans", code="DA418", says=("plan",), plant=column("plan", moved_mix)),
    Fault(
        name="two months without a row",
        code="DA417",
        says=("2026-02-28", "2026-05-01", "day"),
        plant=without("2026-03-01", "2026-05-01"),
    ),
    Fault(
        name="stale file",
        code="DA405",
        says=("2026-10-19",),
        plant=without("2026-10-20", "2027-01-01"),
    ),
    Fault(
        name="less than a season",
        code="DA406",
        says=("6.7 months", "1 year"),
        plant=without("2025-09-15", "2026-04-30"),
        also=frozenset({"DA423"}),  # half as many rows
    ),
    Fault(
        name="dates in the future",
        code="DA419",
        says=("in renewal, 25 dates are later", "2027-06-30"),
        plant=column("renewal", plans_of_renewal),
    ),
    # People
    Fault(
        name="e-mail addresses in a column of their own",
        code="DA407",
        says=("contact (e-mail",),
        plant=column("contact", addresses(0.8)),
    ),
    Fault(
        name="e-mail addresses of a few",
        code="DA407",
        says=("contact (e-mail",),
        plant=column("contact", addresses(0.01)),
    ),
    Fault(
        name="e-mail addresses in notes",
        code="DA407",
        says=("notes (e-mail",),
        plant=column("notes", address_in_notes),
    ),
    Fault(
        name="phone numbers",
        code="DA407",
        says=("reach_at (phone",),
        plant=column("reach_at", phones),
    ),
    # Cells
    Fault(
        name="hours missing here and there",
        code="DA403",
        says=("95%", "weekly_hours"),
        plant=gone("weekly_hours", 0.12),
    ),
    Fault(
        name="hours missing from one month on",
        code="DA403",
        says=("95%", "weekly_hours"),
        plant=gone("weekly_hours", 0.8, since="2026-08-01"),
        also=frozenset({"DA418"}),
    ),
    Fault(
        name="one value",
        code="DA412",
        says=("currency",),
        plant=column("currency", lambda *_: "EUR"),
    ),
    Fault(
        name="empty column",
        code="DA412",
        says=("coupon",),
        plant=column("coupon", lambda *_: None),
    ),
    Fault(
        name="countries in several spellings",
        code="DA415",
        says=("country", "FRANCE", "and 4 more"),
        plant=column("country", spelled),
        also=frozenset({"DA423"}),  # the spellings are small groups
    ),
    Fault(
        name="notes cut at 30 characters",
        code="DA414",
        says=("notes", "30 characters"),
        plant=column("notes", lambda table, _: [note[:30] for note in table["notes"]]),
    ),
    Fault(
        name="999999 for not known",
        code="DA416",
        says=("tenure", "999999"),
        plant=some_cells("tenure", 999_999, 30),
    ),
    Fault(
        name="words among numbers",
        code="DA413",
        says=("weekly_hours", "unknown", "40 cells"),
        plant=some_cells("weekly_hours", "unknown", 40),
        also=frozenset({"DA404"}),
    ),
    # Label
    Fault(
        name="nobody left",
        code="DA420",
        says=("churned", "the same in every row"),
        plant=column("churned", lambda *_: "no"),
        also=frozenset({"DA412"}),
    ),
    Fault(
        name="empty label",
        code="DA420",
        says=("churned", "is empty"),
        plant=column("churned", lambda *_: None),
        also=frozenset({"DA412"}),
    ),
    Fault(
        name="no label",
        code="DA402",
        says=("churned",),
        plant=lambda table, _: table.drop(columns="churned"),
    ),
    Fault(
        name="six who left",
        code="DA420",
        says=("only 6 rows are yes",),
        plant=column("churned", lambda table, rng: few_left(table, rng, 6)),
    ),
    Fault(
        name="forty who left",
        code="DA422",
        says=("recall", "has 40"),
        plant=column("churned", lambda table, rng: few_left(table, rng, 40)),
        also=frozenset({"DA421", "DA423"}),
    ),
    Fault(
        name="twenty people of Poland",
        code="DA423",
        says=("country Poland",),
        plant=column("country", fewer_of_poland),
    ),
    Fault(
        name="label that counts otherwise from a day on",
        code="DA425",
        says=("the share of yes in churned jumps from", "2026-0"),
        plant=column("churned", counted_otherwise),
        brief={"value.prevalence.high": "70%"},
    ),
    Fault(
        name="share far from the brief's",
        code="DA421",
        says=("5%",),
        brief={"value.prevalence": "5%"},
    ),
    Fault(
        name="column of the brief that is not there",
        code="DA402",
        says=("snapshot",),
        brief={"data.sources.0.time": "snapshot"},
    ),
    Fault(
        name="field of the brief that is not there",
        code="DA409",
        says=("device",),
        brief={"data.sources.0.holds": ["tenure", "plan", "device"]},
    ),
    # Quick baseline
    Fault(
        name="shuffled label",
        code="DA430",
        says=("churned", "chance"),
        plant=column("churned", lambda table, rng: rng.permutation(table["churned"])),
        also=frozenset({"DA432"}),
        baseline=True,
    ),
    Fault(
        name="ship-at out of reach",
        code="DA432",
        says=("AUC", "0.950"),
        brief={"metrics.model.0.target": "0.97", "metrics.model.0.ship_at": "0.95"},
        also=frozenset({"DA433"}),  # the target is even further
        baseline=True,
    ),
    Fault(
        name="target out of reach",
        code="DA433",
        says=("AUC", "0.970"),
        brief={"metrics.model.0.target": "0.97"},
        baseline=True,
    ),
    Fault(
        name="a rule is enough",
        code="DA431",
        says=("AUC", "contacts"),
        plant=column("churned", by_contacts),
        brief={"metrics.model": [ONE_METRIC]},
        baseline=True,
    ),
)
