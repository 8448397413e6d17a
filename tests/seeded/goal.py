"""Seeded faults of the decision and of step 1, the goal."""

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
    cut,
    drops,
    put,
    rewords,
    sets,
    sets_all,
)

DECIDED = {
    MODERATION: "decided: the day is past and the outcome is there",
    CONTRACTS: "decided: the same",
}
OPEN = dict.fromkeys(
    (CHURN, VISITS, FRAUD, MUSIC, RIDES, TUMOURS), "not decided yet, so no outcome is owed"
)


def bare_baseline(case, tree):
    put(tree, "goal.baseline", at(tree, "goal.baseline.value"))


def measured_nowhere(case, tree):
    put(tree, "goal.baseline.from", "measured")
    cut(tree, "goal.baseline.source")
    cut(tree, "goal.baseline.on")


def no_move(case, tree):
    put(tree, "goal.target.value", at(tree, "goal.baseline.value"))


def inflate(case, tree):
    for end in ("low", "high"):
        put(tree, f"goal.worth.{end}", f"{float(at(tree, f'goal.worth.{end}')) * 100:.0f}")


def false_precision(case, tree):
    worth = at(tree, "goal.worth")
    middle = (float(worth.pop("low")) + float(worth.pop("high"))) / 2
    worth["value"] = f"{middle + 317.43:.2f}"


GOAL = (
    drops(
        "no-ask",
        part="decision",
        objection="What am I being asked to decide? The brief does not say.",
        keys=("decision.asked",),
        codes=("GO109",),
    ),
    drops(
        "no-decider",
        part="decision",
        objection="Nobody is named who takes this decision.",
        keys=("decision.decider",),
        codes=("GO110",),
    ),
    drops(
        "no-decision-day",
        part="decision",
        objection="By when is the decision needed?",
        keys=("decision.by",),
        skip=DECIDED,
        codes=("GO111",),
    ),
    drops(
        "decided-without-outcome",
        part="decision",
        objection="It says decided, but not what was decided.",
        keys=("decision.outcome",),
        skip=OPEN,
        codes=("GO210",),
    ),
    sets_all(
        "decided-status-nothing-decided",
        how="contradicts",
        part="decision",
        objection="The status says decided, but no outcome is recorded and the brief still asks.",
        key="status",
        to="decided",
        skip={MODERATION: "is decided and says what", CONTRACTS: "is decided and says what"},
        codes=("GO210",),
    ),
    sets_all(
        "outcome-in-a-draft",
        how="contradicts",
        part="decision",
        objection="An outcome is recorded while the brief is still called a draft.",
        key="status",
        to="draft",
        skip=OPEN,
        codes=("GO211",),
    ),
    drops(
        "no-goal-metric-baseline",
        part="goal",
        objection="From where do we start? The goal has no baseline.",
        keys=("goal.baseline",),
        codes=("GO103",),
    ),
    drops(
        "no-goal-target",
        part="goal",
        objection="How far is the needle to move? There is no target.",
        keys=("goal.target",),
        codes=("GO104",),
    ),
    drops(
        "no-goal-date",
        part="goal",
        objection="By when? A goal without a date cannot be missed.",
        keys=("goal.by",),
        codes=("GO105",),
    ),
    drops(
        "no-goal-owner",
        part="goal",
        objection="Nobody answers for this metric.",
        keys=("goal.owner",),
        codes=("GO106",),
    ),
    drops(
        "no-goal-worth",
        part="goal",
        objection="What is reaching the target worth a year?",
        keys=("goal.worth",),
        codes=("GO107",),
    ),
    # The name still stands in metrics.business, where nothing now says that it is the goal's.
    drops(
        "no-goal-metric",
        part="goal",
        objection="The goal names no metric that would be measured.",
        keys=("goal.metric",),
        codes=("GO101",),
    ),
    drops(
        "no-goal-unit",
        part="goal",
        objection="In which unit are baseline and target read?",
        keys=("goal.unit",),
        codes=("GO102",),
    ),
    drops(
        "no-if-nothing",
        part="goal",
        objection="What happens if we do nothing? It is not said.",
        keys=("goal.if_nothing",),
        codes=("GO112",),
    ),
    drops(
        "no-levers",
        part="goal",
        objection="Which levers are thought to move the metric? None is named.",
        keys=("goal.levers",),
        codes=("GO108",),
    ),
    changes(
        "bare-goal-baseline",
        how="removes",
        part="provenance",
        objection="The baseline is a naked number: not measured, not guessed, no source and no day.",
        by=bare_baseline,
        codes=("AC206",),
    ),
    changes(
        "measured-without-source",
        how="exaggerates",
        part="provenance",
        objection="It is called measured, but by what and when is not said.",
        by=measured_nowhere,
        codes=("AC207",),
    ),
    sets_all(
        "baseline-from-the-future",
        how="contradicts",
        part="dates",
        objection="The baseline was read on a day that comes after the goal's own date.",
        key="goal.baseline.on",
        to="2029-05-31",
        codes=(
            "AC212",
            "GO205",
        ),
    ),
    sets_all(
        "stale-baseline",
        how="exaggerates",
        part="dates",
        objection="Today's baseline was read more than ten years before the decision.",
        key="goal.baseline.on",
        to="2014-03-31",
        codes=("GO212",),
    ),
    sets_all(
        "target-called-measured",
        how="misfiles",
        part="provenance",
        objection="A target lies in the future; it cannot have been measured.",
        key="goal.target.from",
        to="measured",
        codes=("AC213",),
    ),
    # The statement, which says the right direction, is contradicted too: unavoidable, and part of the same fault.
    sets(
        "goal-target-wrong-way",
        how="contradicts",
        part="goal",
        objection="The target is worse than the baseline, against what the statement wants.",
        key="goal.target.value",
        to={
            CHURN: "5.6",
            MODERATION: "3400",
            CONTRACTS: "9.0",
            VISITS: "15.0",
            FRAUD: "450000",
            MUSIC: "54.0",
            RIDES: "8.4",
            TUMOURS: "9.0",
        },
        codes=(
            "GO202",
            "GO203",
        ),
    ),
    # The statement promises a change, so it is contradicted as well: the same fault.
    changes(
        "goal-target-is-baseline",
        how="contradicts",
        part="goal",
        objection="Target and baseline are the same number; nothing is to move.",
        by=no_move,
        codes=("GO201",),
    ),
    rewords(
        "statement-says-another-target",
        how="contradicts",
        part="goal",
        objection="The statement promises another change than baseline and target give.",
        words={
            CHURN: ("goal.statement", "by 10%", "by 35%"),
            MODERATION: ("goal.statement", "by 40%", "by 75%"),
            CONTRACTS: (
                "goal.statement",
                "Halve the notice periods that are missed, from 6% to 3%",
                "Cut the notice periods that are missed from 6% to 1%",
            ),
            VISITS: ("goal.statement", "to 10%", "to 6%"),
            FRAUD: ("goal.statement", "$1.2M", "$3.5M"),
            MUSIC: ("goal.statement", "up by 5%", "up by 25%"),
            RIDES: ("goal.statement", "to 6.2", "to 4.5"),
            TUMOURS: ("goal.statement", "Halve the time", "Cut by a tenth the time"),
        },
        codes=("GO203",),
    ),
    sets_all(
        "goal-date-before-decision",
        how="contradicts",
        part="dates",
        objection="The goal is due before the decision to start is taken.",
        key="goal.by",
        to="2026-11-01",
        codes=(
            "GO206",
            "VE206",
        ),
    ),
    # Statement and target are changed together. The test's effect, where there is one, is then smaller than
    # the goal: unavoidable.
    sets(
        "goal-target-out-of-reach",
        how="exaggerates",
        part="goal",
        objection="Nothing in the brief could carry the metric that far; perfection is promised.",
        to={
            CHURN: {
                "goal.statement": "Bring customer churn down to zero next quarter",
                "goal.target.value": "0",
            },
            MODERATION: {
                "goal.statement": (
                    "Cut the hours moderators spend looking at hateful posts to none, without more such posts "
                    "being seen by members"
                ),
                "goal.target.value": "0",
            },
            CONTRACTS: {
                "goal.statement": (
                    "Miss not one notice period, down from 6% of the contracts that come up for renewal, "
                    "within a year"
                ),
                "goal.target.value": "0",
            },
            VISITS: {
                "goal.statement": (
                    "Bring unplanned doctor hours down from 12% to 0% within a year, without longer waits for "
                    "an appointment"
                ),
                "goal.target.value": "0",
            },
            # 4,000 frauds a month of about 110 USD are about 1.3 million a quarter: 40 million do not exist.
            FRAUD: {
                "goal.statement": (
                    "Block $40M of fraud per quarter by the end of next year, without turning away more honest "
                    "customers"
                ),
                "goal.target.value": "40000000",
            },
            MUSIC: {
                "goal.statement": (
                    "Keep every new listener past the first month, with retention at 100% by the end of "
                    "June"
                ),
                "goal.target.value": "100",
            },
            RIDES: {
                "goal.statement": (
                    "Bring the average pickup time down from 7.0 to 0.2 minutes by the end of summer, for all "
                    "zones and not only the centre"
                ),
                "goal.target.value": "0.2",
            },
            TUMOURS: {
                "goal.statement": (
                    "Bring the time that patients with a malignant tumour wait for their report to zero days, "
                    "within a year"
                ),
                "goal.target.value": "0",
            },
        },
        codes=("GO213",),
        beyond="What there is to be had at most, short of 100% and 0, stands in no key.",
    ),
    # The statement's own number goes with it: that a goal is no feature is the fault.
    sets(
        "goal-is-an-output",
        how="misfiles",
        part="goal",
        objection="Launching something is an output; which business result is it for?",
        key="goal.statement",
        to={
            CHURN: "Launch a deep-learning home screen next quarter",
            MODERATION: "Build and launch a hate detector by autumn",
            CONTRACTS: "Ship a document reader with a language model within a year",
            VISITS: "Deliver a Poisson forecasting service within a year",
            FRAUD: "Deploy gradient boosting on the payment platform by the end of next year",
            MUSIC: "Release a recommendation engine by the end of June",
            RIDES: "Roll out a demand forecasting model by the end of summer",
            TUMOURS: "Implement an AI triage tool in the laboratory within a year",
        },
        codes=("GO207",),
    ),
    sets(
        "goal-target-in-another-unit",
        how="contradicts",
        part="units",
        objection="Target and baseline are in different units and cannot be compared.",
        key="goal.target.unit",
        new=True,
        to={
            CHURN: "USD",
            MODERATION: "posts/month",
            CONTRACTS: "EUR",
            VISITS: "people",
            FRAUD: "%",
            MUSIC: "people",
            RIDES: "km",
            TUMOURS: "samples",
        },
        codes=("AC202",),
    ),
    # Every example's value part gives a gross value of at most a few millions a year.
    changes(
        "worth-a-hundredfold",
        how="exaggerates",
        part="goal",
        objection="The claimed yearly worth is about a hundred times what the brief's own value part gives.",
        by=inflate,
        codes=(
            "VE304",
            "VE308",
        ),
    ),
    changes(
        "guess-to-the-cent",
        how="exaggerates",
        part="goal",
        objection="A pure guess is stated to the cent, without a range.",
        by=false_precision,
        codes=("AC218",),
    ),
    sets_all(
        "worth-in-another-currency",
        how="contradicts",
        part="currencies",
        objection="The worth is in pounds, the value part in another currency, and no rate is given.",
        key="goal.worth.unit",
        to="GBP/year",
        codes=("VE203",),
    ),
)
