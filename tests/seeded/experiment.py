"""Seeded faults of step 4: how it will be known."""

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
    put,
    sets,
    sets_all,
)

SHADOW = {
    MODERATION: "a silent test has no arms and no effect",
    TUMOURS: "a silent test has no arms and no effect",
}
OVER = {MODERATION: "the silent test is over and nothing is built"}


def fishing(case, tree):
    put(
        tree,
        "experiment.success_metrics",
        [at(tree, "experiment.metric")]
        + [metric["name"] for metric in at(tree, "metrics.adoption")]
        + [metric["name"] for metric in at(tree, "metrics.guardrails")],
    )


def guardrail_success(case, tree):
    put(tree, "experiment.success_metrics", [at(tree, "metrics.guardrails.0.name")])


def other_metric(case, tree):
    put(tree, "experiment.metric", "number of newsletters opened")
    put(tree, "experiment.success_metrics", ["number of newsletters opened"])


EXPERIMENT = (
    drops(
        "no-experiment",
        part="experiment",
        objection="How will we know that it worked?",
        keys=("experiment",),
        skip={MODERATION: "decided against; no test is owed"},
        codes=(
            "VE104",
            "VE105",
            "VE106",
        ),
    ),
    drops(
        "no-experiment-unit",
        part="experiment",
        objection="What is assigned to the arms?",
        keys=("experiment.unit",),
        skip=OVER,
        codes=("VE111",),
    ),
    drops(
        "no-inflow",
        part="experiment",
        objection="How many units can enter per day? The length cannot be known.",
        keys=("experiment.eligible_per_day",),
        skip=OVER,
        codes=("VE104",),
    ),
    drops(
        "no-effect",
        part="experiment",
        objection="How large an effect is the test to see?",
        keys=("experiment.effect",),
        codes=("VE105",),
    ),
    drops(
        "no-power",
        part="experiment",
        objection="With what chance would the test see the effect?",
        keys=("experiment.power",),
        codes=("VE106",),
    ),
    drops(
        "no-alpha",
        part="experiment",
        objection="Which share of false alarms is allowed?",
        keys=("experiment.alpha",),
        skip={TUMOURS: "no difference is tested there"},
        codes=("VE107",),
    ),
    drops(
        "no-arms",
        part="experiment",
        objection="How many arms are there?",
        keys=("experiment.arms",),
        codes=("VE112",),
    ),
    drops(
        "no-experiment-baseline",
        part="experiment",
        objection="Where does the control arm stand?",
        keys=("experiment.baseline",),
        skip={TUMOURS: "the rule's recall stands in the metrics; no difference is tested"},
        codes=("VE116",),
        beyond="Where the goal's own metric is tested, its baseline stands for it.",
    ),
    drops(
        "no-spread",
        part="experiment",
        objection="The tested metric is a mean and its spread is not given.",
        keys=("experiment.sd",),
        codes=("VE115",),
    ),
    drops(
        "no-experiment-wait",
        part="experiment",
        objection="How long until the outcome of a unit is known?",
        keys=("experiment.wait",),
        skip=OVER,
        codes=("VE109",),
    ),
    drops(
        "no-margin",
        part="experiment",
        objection="How much worse may a guardrail get before it counts?",
        keys=("experiment.margin",),
        codes=("VE113",),
    ),
    drops(
        "no-design",
        part="experiment",
        objection="How is the comparison made?",
        keys=("experiment.design",),
        skip=OVER,
        codes=("VE114",),
    ),
    sets_all(
        "one-arm",
        how="contradicts",
        part="experiment",
        objection="A comparison with one arm has nothing to compare with.",
        key="experiment.arms",
        to="1",
        skip=SHADOW,
        codes=("VE206",),
    ),
    sets(
        "control-arm-starts-elsewhere",
        how="contradicts",
        part="numbers",
        objection="The test's baseline is not the baseline of the same metric elsewhere in the brief.",
        key="experiment.baseline.value",
        to={
            CHURN: "11%",
            CONTRACTS: "18%",
            VISITS: "31%",
            FRAUD: "3.0%",
            MUSIC: "35%",
            RIDES: "12.5",
        },
        skip={MODERATION: "n/a there", TUMOURS: "the metric's own baseline is n/a"},
        codes=("AC203",),
    ),
    # Fraud tests its second business metric, whose target is 25 % less.
    sets(
        "effect-beyond-the-goal",
        how="exaggerates",
        part="experiment",
        objection="The test is sized for an effect much larger than the goal itself hopes for.",
        key="experiment.effect.value",
        to={
            CHURN: "-60% relative",
            CONTRACTS: "-95% relative",
            VISITS: "-9 points",
            FRAUD: "-90% relative",
            MUSIC: "+40% relative",
            RIDES: "-4 min",
        },
        skip=SHADOW,
        codes=("VE403",),
    ),
    sets(
        "effect-in-the-wrong-direction",
        how="contradicts",
        part="experiment",
        objection="The effect to be seen goes against the goal.",
        key="experiment.effect.value",
        to={
            CHURN: "+10% relative",
            CONTRACTS: "+50% relative",
            VISITS: "+1.5 points",
            FRAUD: "+25% relative",
            MUSIC: "-5% relative",
            RIDES: "+0.4 min",
        },
        skip=SHADOW,
        codes=("VE403",),
    ),
    # In doctor visits and rideshare the number of centres or cities in the ask gives another inflow: unavoidable.
    sets(
        "inflow-too-small-for-the-date",
        how="contradicts",
        part="experiment",
        objection="At this inflow the test ends years after the goal's date.",
        to={
            CONTRACTS: {"experiment.eligible_per_day.value": "0.5"},
            VISITS: {"experiment.eligible_per_day.value": "0.1"},
            FRAUD: {"experiment.eligible_per_day.value": "40"},
            RIDES: {"experiment.eligible_per_day.value": "0.5"},
            MUSIC: {
                "experiment.eligible_per_day.value": "3",
                "experiment.unique_one_week.value": "18",
                "experiment.unique_four_weeks.value": "60",
            },
        },
        skip={CHURN: "has this fault already, on purpose", **SHADOW},
        codes=("VE401",),
    ),
    # Where the wait of the hypothesis is the same, the two differ now: the same fault.
    sets_all(
        "wait-past-the-goal",
        how="contradicts",
        part="dates",
        objection="The outcome of the test is known only after the goal's date.",
        key="experiment.wait",
        to="4 years",
        skip={
            CHURN: "its test is too late already, on purpose",
            MODERATION: "the silent test is over",
        },
        codes=(
            "VE401",
            "VE417",
        ),
    ),
    sets(
        "wait-too-short-for-the-outcome",
        how="contradicts",
        part="experiment",
        objection="The test does not wait until the outcome can be known.",
        key="experiment.wait",
        to={
            CHURN: "1 day",
            MODERATION: "1 min",
            CONTRACTS: "1 h",
            VISITS: "1 h",
            FRAUD: "1 h",
            MUSIC: "1 day",
            TUMOURS: "1 h",
        },
        skip={RIDES: "pickup is known within minutes, so a shorter wait would be honest"},
        codes=(
            "AC205",
            "VE412",
        ),
        beyond="How long an outcome takes is read from names of metrics and units, and from a model's wait.",
    ),
    sets_all(
        "starts-after-the-goal",
        how="contradicts",
        part="dates",
        objection="The test starts when the goal is already due.",
        key="experiment.starts",
        new=True,
        to="2029-01-08",
        skip={MODERATION: "the silent test is over"},
        codes=(
            "VE206",
            "VE417",
        ),
    ),
    sets_all(
        "coin-toss-alpha",
        how="exaggerates",
        part="experiment",
        objection="With every second null result a success, the test proves nothing.",
        key="experiment.alpha",
        to="0.5",
        skip={MODERATION: "n/a there", TUMOURS: "no difference is tested there"},
        codes=("VE413",),
    ),
    sets_all(
        "hopeless-power",
        how="exaggerates",
        part="experiment",
        objection="The test would miss the effect nine times in ten.",
        key="experiment.power",
        to="0.1",
        skip=SHADOW,
        codes=("VE410",),
    ),
    sets(
        "margin-that-forgives-all",
        how="exaggerates",
        part="experiment",
        objection="The margin is so wide that any damage to the guardrails passes.",
        key="experiment.margin.value",
        to={
            CHURN: "60 points",
            CONTRACTS: "80 points",
            VISITS: "60 days",
            FRAUD: "90 points",
            MUSIC: "50 points",
            RIDES: "5.5 trips/month",
        },
        skip=SHADOW,
        codes=("VE414",),
    ),
    changes(
        "anything-counts-as-success",
        how="exaggerates",
        part="experiment",
        objection="With so many success metrics one of them will be up by chance.",
        by=fishing,
        skip=SHADOW,
        codes=("VE407",),
    ),
    changes(
        "guardrail-as-success-metric",
        how="misfiles",
        part="experiment",
        objection=(
            "What must not get worse is filed as what is to get better; the tested metric is not a "
            "success metric."
        ),
        by=guardrail_success,
        skip=SHADOW,
        codes=("VE415",),
    ),
    # Baseline and effect of the test then belong to the old metric: unavoidable.
    changes(
        "test-of-a-metric-from-nowhere",
        how="contradicts",
        part="names",
        objection="The test measures something that no other part of the brief mentions.",
        by=other_metric,
        skip={MODERATION: "a silent test that is over"},
        codes=("VE404",),
    ),
    sets_all(
        "silent-test-with-an-effect",
        how="contradicts",
        part="experiment",
        objection="A silent test changes nothing, so users cannot show the effect it is to see.",
        key="experiment.design",
        to="shadow",
        skip=SHADOW,
        codes=("VE416",),
    ),
    sets_all(
        "before-and-after-with-two-arms",
        how="contradicts",
        part="experiment",
        objection="Two arms are announced, but the design compares before with after.",
        key="experiment.design",
        to="before and after",
        skip=SHADOW,
        codes=("VE411",),
    ),
)
