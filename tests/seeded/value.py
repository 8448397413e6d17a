"""Seeded faults of step 4: what it is worth."""

from seeded.kind import (
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


def no_period(case, tree):
    put(tree, "value.volume.unit", at(tree, "value.volume.unit").split("/")[0])


VALUE = (
    drops(
        "no-value-part",
        part="value",
        objection="No word on how quality becomes money.",
        keys=("value",),
        codes=("VE101",),
    ),
    drops(
        "no-volume",
        part="value",
        objection="How many cases are there?",
        keys=("value.volume",),
        codes=("VE101",),
    ),
    drops(
        "no-prevalence",
        part="value",
        objection="How rare is what is looked for? Precision means nothing without it.",
        keys=("value.prevalence",),
        codes=("VE301",),
    ),
    drops(
        "no-value-precision",
        part="value",
        objection="How many flags are right? The value cannot be counted.",
        keys=("value.precision",),
        codes=("VE301",),
    ),
    drops(
        "no-value-recall",
        part="value",
        objection="How many of the true cases are found? The value cannot be counted.",
        keys=("value.recall",),
        codes=("VE301",),
    ),
    drops(
        "no-take-rate",
        part="value",
        objection="How many of the results are acted on?",
        keys=("value.take_rate",),
        codes=("VE102",),
    ),
    drops(
        "no-acceptance",
        part="value",
        objection="How many of the results are accepted? The value cannot be counted.",
        keys=("value.acceptance",),
        codes=("VE301",),
    ),
    drops(
        "no-cost-of-false-alarm",
        part="value",
        objection="A false alarm costs something; it is left out.",
        keys=("value.cost_false_positive",),
        codes=("VE301",),
    ),
    drops(
        "no-run-cost",
        part="value",
        objection="What does running it cost?",
        keys=("value.run_cost",),
        codes=("VE103",),
    ),
    drops(
        "no-capacity",
        part="value",
        objection="How many cases can the people behind it handle?",
        keys=("value.capacity",),
        codes=("VE110",),
    ),
    drops(
        "no-cost-of-error",
        part="value",
        objection="What does a wrong result cost?",
        keys=("value.cost_error",),
        codes=("VE301",),
    ),
    drops_each(
        "no-gain-per-result",
        part="value",
        objection="What is one right result worth?",
        keys={
            CHURN: ("value.gain",),
            MODERATION: ("value.benefit",),
            CONTRACTS: ("value.gain",),
            FRAUD: ("value.benefit",),
            MUSIC: ("value.gain",),
            TUMOURS: ("value.benefit",),
            VISITS: ("value.cost_below",),
            RIDES: ("value.cost_below",),
        },
        codes=("VE301",),
    ),
    changes(
        "volume-without-period",
        how="removes",
        part="value",
        objection="So many cases per what?",
        by=no_period,
        codes=("VE202",),
    ),
    # contracts only: others use one
    drops(
        "no-exchange-rate",
        part="value",
        objection="Two currencies are used and no rate is given.",
        keys=("value.rates",),
        codes=("VE203",),
    ),
    sets_all(
        "run-cost-in-another-currency",
        how="contradicts",
        part="currencies",
        objection="Run cost is in pounds, the rest is not, and no rate is given.",
        key="value.run_cost.unit",
        to="GBP/month",
        codes=("VE203",),
    ),
    sets(
        "value-beats-the-chosen-path",
        how="exaggerates",
        part="numbers",
        objection="The value is counted with a quality that the chosen path does not have.",
        to={
            CHURN: {"value.acceptance.low": "60%", "value.acceptance.high": "80%"},
            CONTRACTS: {"value.acceptance.low": "98%", "value.acceptance.high": "100%"},
            MUSIC: {"value.acceptance.low": "85%", "value.acceptance.high": "95%"},
            MODERATION: {"value.precision.value": "99%"},  # no path is above 78 %
            FRAUD: {"value.precision.value": "99.9%"},
            TUMOURS: {"value.precision.value": "99.5%"},
            VISITS: {"value.error_wanted.value": "0.90"},
            RIDES: {"value.error_wanted.value": "0.8"},
        },
        codes=(
            "AC211",
            "VE309",
        ),
    ),
    sets(
        "recall-in-two-places",
        how="contradicts",
        part="numbers",
        objection="Recall in the value part is not that of the path it counts with.",
        key="value.recall.value",
        to={MODERATION: "45%", FRAUD: "60%", TUMOURS: "70%"},
        skip=dict.fromkeys(
            (CHURN, CONTRACTS, VISITS, MUSIC, RIDES), "its value part has no recall"
        ),
        codes=("VE309",),
    ),
    sets(
        "error-today-in-two-places",
        how="contradicts",
        part="numbers",
        objection="Today's error in the value part is not the metric's baseline.",
        key="value.error_today.value",
        to={VISITS: "4.90", RIDES: "6.5"},
        skip=dict.fromkeys(
            (CHURN, MODERATION, CONTRACTS, FRAUD, MUSIC, TUMOURS),
            "its value part has no error today",
        ),
        codes=("AC216",),
    ),
    sets(
        "capacity-below-the-flags",
        how="contradicts",
        part="value",
        objection="The model makes many more cases than people can handle.",
        key="value.capacity.value",
        to={
            CONTRACTS: "400",  # 5,000 clauses a month
            FRAUD: "300",  # about 3,750 flags a month
            TUMOURS: "40",
        },
        skip=dict.fromkeys(
            (CHURN, MODERATION, VISITS, MUSIC, RIDES), "no person handles the results"
        ),
        codes=(
            "VE303",
            "VE312",
        ),
    ),
    sets(
        "run-cost-above-worth",
        how="contradicts",
        part="value",
        objection="Running it costs more per year than reaching the goal is worth.",
        key="value.run_cost.value",
        to={
            CHURN: "600000",
            CONTRACTS: "700000",
            VISITS: "300000",
            FRAUD: "2500000",
            MUSIC: "900000",
            RIDES: "600000",
            TUMOURS: "400000",
        },
        skip={MODERATION: "its value is negative already, on purpose"},
        codes=("GO209",),
    ),
    sets_all(
        "everyone-follows",
        how="exaggerates",
        part="value",
        objection="Nobody follows a machine in every single case.",
        key="value.take_rate",
        to={"value": "100%", "from": "guess", "source": "worked case"},
        skip={CHURN: "n/a there", MODERATION: "removal is automatic, so 100% is right"},
        codes=("VE310",),
    ),
    sets_all(
        "false-alarms-for-free",
        how="exaggerates",
        part="value",
        objection="A false alarm is said to cost nothing, while the brief tells of its harm.",
        key="value.cost_false_positive",
        to="0",
        skip=dict.fromkeys(
            (CHURN, CONTRACTS, VISITS, MUSIC, RIDES), "no such key for its kind of value"
        ),
        codes=("VE311",),
    ),
)
