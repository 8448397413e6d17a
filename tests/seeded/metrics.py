"""Seeded faults of step 4: metrics, guardrails, decision table."""

import copy

from seeded.kind import (
    CASES,
    CHURN,
    CONTRACTS,
    FRAUD,
    MODERATION,
    MUSIC,
    RIDES,
    TUMOURS,
    VISITS,
    at,
    changes,
    drops,
    drops_each,
    put,
    sets,
    sets_all,
)


def goal_not_gamed(case, tree):
    goal = at(tree, "goal.metric")
    rows = at(tree, "metrics.gaming")
    put(tree, "metrics.gaming", [row for row in rows if row["metric"] != goal])


def one_group(case, tree):
    put(tree, "metrics.fairness.0.groups", at(tree, "metrics.fairness.0.groups")[:1])


def adoption_to_model(case, tree):
    first_may_go = case in (MODERATION, VISITS, FRAUD, RIDES)  # never the expected metric
    moved = at(tree, "metrics.adoption").pop(0 if first_may_go else 1)
    at(tree, "metrics.model").append(moved)


def model_to_adoption(case, tree):
    at(tree, "metrics.adoption").append(at(tree, "metrics.model").pop(1))


def model_to_business(case, tree):
    at(tree, "metrics.business").append(copy.deepcopy(at(tree, "metrics.model.0")))


def self_guard(case, tree):
    goal = at(tree, "goal.metric")
    base = at(tree, "goal.baseline.value")
    unit = at(tree, "goal.unit")
    better = "higher" if case in (FRAUD, MUSIC) else "lower"
    at(tree, "metrics.guardrails").append(
        {"name": goal, "limit": {"value": base, "unit": unit, "from": "target"}, "better": better}
    )
    for row in at(tree, "metrics.gaming"):
        if row["metric"] == goal:
            row["guardrail"] = goal


def flip(key):
    def by(case, tree):
        put(tree, key, "lower" if at(tree, key) == "higher" else "higher")

    return by


def twice(case, tree):
    row = copy.deepcopy(at(tree, "metrics.decision_table.0"))
    row["then"] = "stop"
    at(tree, "metrics.decision_table").append(row)


def success_stops(case, tree):
    put(tree, "metrics.decision_table.0.then", "stop")


def metric_twice(case, tree):
    row = copy.deepcopy(at(tree, "metrics.model.0"))
    row["target"]["value"] = {
        CHURN: "0.60",
        MODERATION: "60%",
        CONTRACTS: "99%",
        VISITS: "1.10",
        FRAUD: "75%",
        MUSIC: "0.50",
        RIDES: "1.0",
        TUMOURS: "88%",
    }[case]
    row.pop("ship_at")
    at(tree, "metrics.model").append(row)


METRICS = (
    # Gaming, fairness, the expected change or the minimum viable model may name what is gone: unavoidable in both.
    drops(
        "no-model-metrics",
        part="metrics",
        objection="How is the model judged before launch?",
        keys=("metrics.model",),
        codes=("ME101",),
    ),
    drops(
        "no-adoption-metrics",
        part="metrics",
        objection="Nothing measures whether people use or follow it.",
        keys=("metrics.adoption",),
        codes=("ME105",),
    ),
    drops(
        "no-business-metric",
        part="metrics",
        objection="The business layer is empty.",
        keys=("metrics.business",),
        codes=("ME106",),
    ),
    drops(
        "model-metric-without-baseline",
        part="metrics",
        objection="How good is today's way on this metric?",
        keys=("metrics.model.0.baseline",),
        codes=("ME102",),
    ),
    drops(
        "model-metric-without-target",
        part="metrics",
        objection="How good is the model to be?",
        keys=("metrics.model.0.target",),
        codes=("ME103",),
    ),
    drops(
        "model-metric-without-ship-at",
        part="metrics",
        objection="From what value on is it worth shipping?",
        keys=("metrics.model.0.ship_at",),
        codes=("ME104",),
    ),
    drops_each(
        "adoption-metric-without-target",
        part="metrics",
        objection="An adoption metric without a target cannot be missed.",
        keys=dict.fromkeys(CASES, ("metrics.adoption.0.target",)),
        codes=("ME122",),
    ),
    # The ways of gaming then name guardrails that do not exist: unavoidable.
    drops(
        "no-guardrails",
        part="metrics",
        objection="Nothing is protected: what must not get worse?",
        keys=("metrics.guardrails",),
        codes=("ME107",),
    ),
    drops(
        "guardrail-without-limit",
        part="metrics",
        objection="A guardrail without a limit stops nothing.",
        keys=("metrics.guardrails.0.limit",),
        codes=("ME108",),
    ),
    drops(
        "no-gaming",
        part="metrics",
        objection="How could the targets be gamed? Nobody asked.",
        keys=("metrics.gaming",),
        codes=("ME109",),
    ),
    drops(
        "gaming-without-guardrail",
        part="metrics",
        objection="A way of gaming is named, but nothing would show it.",
        keys=("metrics.gaming.0.guardrail",),
        codes=("ME116",),
    ),
    changes(
        "goal-metric-not-gamed",
        how="removes",
        part="metrics",
        objection="The metric that everyone will be judged by is the one nobody tried to game.",
        by=goal_not_gamed,
        codes=("ME301",),
    ),
    drops(
        "no-fairness",
        part="metrics",
        objection="For whom does it work worse? No group is checked.",
        keys=("metrics.fairness",),
        codes=("ME110",),
    ),
    drops(
        "fairness-without-gap",
        part="metrics",
        objection="How large a gap between groups is allowed?",
        keys=("metrics.fairness.0.max_gap",),
        codes=("ME118",),
    ),
    drops(
        "fairness-without-groups",
        part="metrics",
        objection="Between which groups?",
        keys=("metrics.fairness.0.groups",),
        codes=("ME119",),
    ),
    changes(
        "fairness-of-one-group",
        how="removes",
        part="metrics",
        objection="A gap needs two groups; only one is named.",
        by=one_group,
        codes=("ME308",),
    ),
    drops(
        "no-minimum-viable-model",
        part="metrics",
        objection="What is the least the model must do to ship?",
        keys=("metrics.minimum_viable",),
        codes=("ME111",),
    ),
    drops(
        "no-latency-threshold",
        part="metrics",
        objection="How long may a prediction take? There is no threshold.",
        keys=("metrics.minimum_viable.latency",),
        codes=("ME113",),
    ),
    drops(
        "no-drift-threshold",
        part="metrics",
        objection="How soon must drift be noticed?",
        keys=("metrics.minimum_viable.time_to_detect_drift",),
        codes=("ME123",),
    ),
    drops(
        "no-decision-table",
        part="metrics",
        objection="What result leads to what? Nothing is agreed beforehand.",
        keys=("metrics.decision_table",),
        codes=("ME112",),
    ),
    drops_each(
        "decision-table-lacks-mixed-result",
        part="metrics",
        objection="Success up with guardrails worse is the hard case, and it is not in the table.",
        keys=dict.fromkeys(CASES, ("metrics.decision_table.2",)),
        codes=("ME309",),
    ),
    drops(
        "decision-row-without-decider",
        part="metrics",
        objection="Who decides to ship?",
        keys=("metrics.decision_table.0.who",),
        codes=("ME120",),
    ),
    drops(
        "no-deadlock-rule",
        part="metrics",
        objection="What happens when they do not agree?",
        keys=("metrics.deadlock",),
        codes=("ME121",),
    ),
    sets_all(
        "deadlock-without-end",
        how="exaggerates",
        part="metrics",
        objection="Talking until all agree is no rule for a deadlock.",
        key="metrics.deadlock",
        to="The discussion goes on for as long as it takes until everybody agrees.",
        codes=("ME316",),
    ),
    changes(
        "adoption-metric-among-model",
        how="misfiles",
        part="metrics",
        objection="That is measured on users after launch, not offline on the model.",
        by=adoption_to_model,
        skip={CHURN: "has this fault already, on purpose"},
        codes=("ME202",),
    ),
    changes(
        "model-metric-among-adoption",
        how="misfiles",
        part="metrics",
        objection="That is an offline figure of the model; it says nothing about people using it.",
        by=model_to_adoption,
        skip={CHURN: "its second model metric is click-through, which belongs there"},
        codes=("ME214",),
    ),
    # It stands in two layers then; leaving it out of the first would be a second fault.
    changes(
        "model-metric-among-business",
        how="misfiles",
        part="metrics",
        objection="A model's accuracy is no business result.",
        by=model_to_business,
        codes=("ME214",),
    ),
    changes(
        "goal-metric-guards-itself",
        how="misfiles",
        part="metrics",
        objection="A metric that is being gamed cannot be its own guardrail.",
        by=self_guard,
        codes=("ME305",),
    ),
    sets(
        "business-metric-renamed",
        how="contradicts",
        part="names",
        objection="The business metric is not the goal's metric.",
        key="metrics.business.0.name",
        to={
            CHURN: "revenue per visit",
            MODERATION: "advertising income",
            CONTRACTS: "discounts won",
            VISITS: "member satisfaction",
            FRAUD: "card fees earned",
            MUSIC: "merchandise sold",
            RIDES: "rides per driver",
            TUMOURS: "reports per pathologist",
        },
        codes=("ME211",),
    ),
    # The minimum viable model, which repeats the old ship-at, is contradicted too: unavoidable.
    sets(
        "ship-at-beyond-target",
        how="contradicts",
        part="metrics",
        objection="One may not ship before the target is exceeded; then what is the target?",
        key="metrics.model.0.ship_at.value",
        to={
            CHURN: "0.40",
            MODERATION: "99%",
            CONTRACTS: "97%",
            VISITS: "1.50",
            FRAUD: "99.5%",
            MUSIC: "0.30",
            RIDES: "1.2",
            TUMOURS: "99.9%",
        },
        codes=("ME201",),
    ),
    sets(
        "ship-at-worse-than-today",
        how="contradicts",
        part="metrics",
        objection="It would ship although it is worse than what we have.",
        key="metrics.model.0.ship_at.value",
        to={
            CHURN: "0.05",
            MODERATION: "15%",
            CONTRACTS: "70%",
            VISITS: "3.40",
            FRAUD: "40%",
            MUSIC: "0.04",
            RIDES: "4.5",
        },
        skip={TUMOURS: "nothing flags today, so its baseline is n/a"},
        codes=("ME204",),
    ),
    sets(
        "model-target-worse-than-baseline",
        how="contradicts",
        part="metrics",
        objection="The model's target is worse than where it stands today.",
        key="metrics.model.0.target.value",
        to={
            CHURN: "0.08",
            MODERATION: "20%",
            CONTRACTS: "75%",
            VISITS: "3.90",
            FRAUD: "50%",
            MUSIC: "0.07",
            RIDES: "5.0",
            TUMOURS: "85%",
        },
        codes=("ME201",),
    ),
    changes(
        "model-metric-direction-flipped",
        how="contradicts",
        part="metrics",
        objection="Baseline, target and name all say that the other direction is better.",
        by=flip("metrics.model.0.better"),
        codes=("ME201",),
    ),
    changes(
        "guardrail-direction-flipped",
        how="contradicts",
        part="metrics",
        objection="This guardrail protects the wrong side of its limit.",
        by=flip("metrics.guardrails.0.better"),
        codes=(
            "ME304",
            "ME318",
        ),
    ),
    sets(
        "minimum-quality-against-ship-at",
        how="contradicts",
        part="numbers",
        objection="The minimum viable model names another threshold than ship-at.",
        key="metrics.minimum_viable.quality",
        to={
            CHURN: "precision@10 >= 0.05",
            MODERATION: "precision >= 0.40 in every community, recall >= 0.70",
            CONTRACTS: "f1 >= 0.60, and at most 5% of dates off by more than a week",
            VISITS: "mean absolute error <= 9 visits, and at most 0.20 visits too few in any health group",
            FRAUD: "precision >= 0.40 at recall >= 0.75",
            MUSIC: "recall@30 >= 0.02 with at least 90% of tracks new to the listener",
            RIDES: "mean absolute error <= 9 requests",
            TUMOURS: "recall >= 0.60, precision >= 0.75",
        },
        codes=("ME215",),
    ),
    sets(
        "perfect-model-promised",
        how="exaggerates",
        part="metrics",
        objection="A faultless model is promised; no path in the brief comes near it.",
        key="metrics.model.0.target.value",
        to={
            CHURN: "1.0",
            MODERATION: "100%",
            CONTRACTS: "100%",
            VISITS: "0",
            FRAUD: "100%",
            MUSIC: "1.0",
            RIDES: "0",
            TUMOURS: "100%",
        },
        codes=(
            "ME209",
            "ME216",
        ),
    ),
    sets(
        "guardrail-broken-today",
        how="contradicts",
        part="metrics",
        objection="The guardrail's limit is already broken by today's value.",
        key="metrics.guardrails.0.baseline.value",
        to={
            CHURN: "41%",
            MODERATION: "740",
            CONTRACTS: "5.5%",
            VISITS: "11",
            FRAUD: "340",
            MUSIC: "4%",
            RIDES: "4.1",
            TUMOURS: "21",
        },
        codes=("ME304",),
    ),
    sets(
        "guardrail-that-never-binds",
        how="exaggerates",
        part="metrics",
        objection="The limit is so far from today's value that it guards nothing.",
        key="metrics.guardrails.0.limit.value",
        to={
            CHURN: "1%",
            MODERATION: "3000000",
            CONTRACTS: "95%",
            VISITS: "900",
            FRAUD: "900000",
            MUSIC: "0.01%",
            RIDES: "0.1",
            TUMOURS: "700",
        },
        codes=("ME313",),
    ),
    sets_all(
        "gaming-names-no-guardrail",
        how="contradicts",
        part="names",
        objection="The guardrail that should show this gaming does not exist.",
        key="metrics.gaming.0.guardrail",
        to="quality index of the steering group",
        codes=("ME302",),
    ),
    # The metric that stood there has no way of gaming left, but in rideshare: unavoidable.
    sets_all(
        "gaming-names-no-metric",
        how="contradicts",
        part="names",
        objection="The metric to be gamed is none of the brief's metrics.",
        key="metrics.gaming.0.metric",
        to="number of newsletters opened",
        codes=("ME303",),
    ),
    sets(
        "fairness-gap-as-wide-as-the-metric",
        how="exaggerates",
        part="metrics",
        objection="The gap allowed is so wide that it forbids nothing.",
        key="metrics.fairness.0.max_gap.value",
        to={
            CHURN: "0.90",
            MODERATION: "0.95",
            CONTRACTS: "0.95",
            VISITS: "40",
            FRAUD: "0.95",
            MUSIC: "0.90",
            RIDES: "60",
            TUMOURS: "0.95",
        },
        codes=("ME314",),
        beyond="A shortfall of a group may lie on either side of zero, so its level bounds no gap.",
    ),
    sets(
        "group-shares-above-one",
        how="contradicts",
        part="metrics",
        objection="The shares of the groups add up to more than everyone.",
        key="metrics.fairness.0.groups.1.share.value",
        to={
            CHURN: "64%",
            MODERATION: "56%",
            CONTRACTS: "78%",
            VISITS: "82%",
            FRAUD: "70%",
            MUSIC: "80%",
            RIDES: "92%",
        },
        skip={TUMOURS: "no shares are stated"},
        codes=(
            "ME307",
            "ME317",
        ),
    ),
    sets_all(
        "ships-with-guardrails-worse",
        how="contradicts",
        part="metrics",
        objection="The guardrails are broken and it ships all the same; then why have them?",
        key="metrics.decision_table.2.then",
        to="ship",
        codes=("ME311",),
    ),
    sets_all(
        "ships-when-metric-falls",
        how="contradicts",
        part="metrics",
        objection="The success metric gets worse and the table says ship.",
        key="metrics.decision_table.6.then",
        to="ship",
        codes=("ME311",),
    ),
    changes(
        "decision-table-says-two-things",
        how="contradicts",
        part="metrics",
        objection="The same result leads to ship in one row and to stop in another.",
        by=twice,
        codes=("ME310",),
    ),
    changes(
        "success-leads-to-stop",
        how="contradicts",
        part="metrics",
        objection="All is well and the table says stop.",
        by=success_stops,
        codes=("ME315",),
    ),
    # The second row has no ship-at, so that only the targets disagree; a copied ship-at would pass a target in some.
    changes(
        "metric-with-two-targets",
        how="contradicts",
        part="metrics",
        objection="The same metric is listed twice with different targets.",
        by=metric_twice,
        codes=("AC204",),
    ),
)
