"""Seeded faults of step 3, the hypothesis."""

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
    drops_each,
    number,
    put,
    rewords,
    sets,
    sets_all,
)

# The chosen path, by its place.
CHOSEN = {
    CHURN: 1,
    MODERATION: 0,
    CONTRACTS: 2,
    VISITS: 2,
    FRAUD: 2,
    MUSIC: 1,
    RIDES: 1,
    TUMOURS: 1,
}
INTOLERANT = (MODERATION, CONTRACTS, FRAUD, TUMOURS)
TOLERANT_SKIP = dict.fromkeys((CHURN, VISITS, MUSIC, RIDES), "its errors are tolerant")


def no_why_not(case, tree):
    for row in at(tree, "hypothesis.alternatives"):
        row.pop("why_not")


def only_chosen(case, tree):
    put(tree, "hypothesis.paths", [at(tree, f"hypothesis.paths.{CHOSEN[case]}")])


def no_path_quality(case, tree):
    cut(tree, f"hypothesis.paths.{CHOSEN[case]}.quality")


def other_yardstick(case, tree):
    quality = at(tree, f"hypothesis.paths.{CHOSEN[case]}.quality")
    first = next(iter(quality.values()))
    put(tree, f"hypothesis.paths.{CHOSEN[case]}.quality", {"internal score": first})


def slow(case, tree):
    number(
        tree,
        f"hypothesis.paths.{CHOSEN[case]}.latency",
        {
            CHURN: "2 s",
            MODERATION: "30 s",
            CONTRACTS: "10 s",
            VISITS: "20 s",
            FRAUD: "900 ms",
            MUSIC: "6 s",
            RIDES: "4 s",
            TUMOURS: "20 min",
        }[case],
    )


def dear(case, tree):
    number(
        tree,
        f"hypothesis.paths.{CHOSEN[case]}.cost_per_prediction",
        {
            CHURN: "0.02",
            MODERATION: "0.05",
            CONTRACTS: "0.9",
            VISITS: "0.5",
            FRAUD: "0.04",
            MUSIC: "0.02",
            RIDES: "0.02",
            TUMOURS: "20",
        }[case],
    )


def rejected(case, tree):
    at(tree, "hypothesis.alternatives").append(
        {
            "name": at(tree, "hypothesis.chosen"),
            "kind": "model",
            "why_not": "Tried; it is not good enough for this problem.",
        }
    )


HYPOTHESIS = (
    drops(
        "no-capability",
        part="hypothesis",
        objection="What would the model do for people? Not said.",
        keys=("hypothesis.capability",),
        codes=("HY101",),
    ),
    drops(
        "no-task",
        part="hypothesis",
        objection="What kind of prediction is it?",
        keys=("hypothesis.task",),
        codes=("HY102",),
    ),
    drops(
        "no-entity",
        part="hypothesis",
        objection="What is one prediction about?",
        keys=("hypothesis.entity",),
        codes=("HY103",),
    ),
    drops(
        "no-outcome",
        part="hypothesis",
        objection="What is predicted? The outcome is missing.",
        keys=("hypothesis.outcome",),
        codes=("HY104",),
    ),
    drops(
        "no-wait",
        part="hypothesis",
        objection="When is the true outcome known? The hypothesis does not say.",
        keys=("hypothesis.wait",),
        codes=("HY105",),
    ),
    drops(
        "no-action",
        part="hypothesis",
        objection="What happens with a prediction? Nothing, as it stands.",
        keys=("hypothesis.action",),
        codes=("HY106",),
    ),
    drops(
        "no-control",
        part="hypothesis",
        objection="Who has the last word, the machine or a person?",
        keys=("hypothesis.control",),
        codes=("HY107",),
    ),
    drops(
        "no-serving",
        part="hypothesis",
        objection="Batch or real time? It is not said.",
        keys=("hypothesis.serving",),
        codes=("HY116",),
    ),
    drops(
        "no-expected-change",
        part="hypothesis",
        objection="What is to change for users, and by how much?",
        keys=("hypothesis.expected",),
        codes=("HY109",),
    ),
    drops(
        "no-falsifier",
        part="hypothesis",
        objection="What would prove this wrong? Nothing is named.",
        keys=("hypothesis.wrong_if",),
        codes=("HY110",),
    ),
    drops(
        "no-because",
        part="hypothesis",
        objection="Why should it work? No reason is given.",
        keys=("hypothesis.because",),
        codes=("HY117",),
    ),
    drops(
        "no-worst-case",
        part="hypothesis",
        objection="What is the worst a wrong prediction can do?",
        keys=("hypothesis.errors.worst_case",),
        codes=("HY118",),
    ),
    drops(
        "no-tolerance",
        part="hypothesis",
        objection="Is an error forgiven or not? It is not said.",
        keys=("hypothesis.errors.tolerance",),
        codes=("HY111",),
    ),
    drops(
        "no-without-ai",
        part="hypothesis",
        objection="What would we do if AI were off the table?",
        keys=("hypothesis.without_ai",),
        codes=("HY119",),
    ),
    drops(
        "no-even-if-perfect",
        part="hypothesis",
        objection="Should a machine decide this at all, even if never wrong?",
        keys=("hypothesis.even_if_perfect",),
        codes=("HY120",),
    ),
    drops(
        "no-alternatives",
        part="hypothesis",
        objection="Was anything simpler considered?",
        keys=("hypothesis.alternatives",),
        codes=("HY112",),
    ),
    # `chosen` goes along, since it would point nowhere.
    drops(
        "no-paths",
        part="hypothesis",
        objection="No model paths are compared.",
        keys=(
            "hypothesis.paths",
            "hypothesis.chosen",
        ),
        codes=("HY113",),
    ),
    drops(
        "no-chosen-path",
        part="hypothesis",
        objection="Three paths are compared and none is chosen.",
        keys=("hypothesis.chosen",),
        codes=("HY301",),
    ),
    drops(
        "no-trade-off",
        part="hypothesis",
        objection="Which of speed, quality and features gives way?",
        keys=("hypothesis.trade_off",),
        codes=("HY114",),
    ),
    drops(
        "no-ethics",
        part="hypothesis",
        objection="Nobody asked who could be harmed or left out.",
        keys=("hypothesis.ethics",),
        codes=("HY115",),
    ),
    drops(
        "ethics-without-action",
        part="hypothesis",
        objection="A harm is admitted and nothing is done about it.",
        keys=("hypothesis.ethics.1.action",),
        codes=("HY210",),
    ),
    changes(
        "alternatives-waved-away",
        how="removes",
        part="hypothesis",
        objection="The simpler ways are named, but not why they are not enough.",
        by=no_why_not,
        codes=("HY204",),
    ),
    drops_each(
        "no-rule-path",
        part="hypothesis",
        objection="No rule or simple path is among the paths, so the model has nothing to beat.",
        keys={
            CHURN: ("hypothesis.paths.0",),
            CONTRACTS: ("hypothesis.paths.1",),
            VISITS: (
                "hypothesis.paths.0",
                "hypothesis.paths.1",
            ),
            FRAUD: ("hypothesis.paths.0",),
            MUSIC: ("hypothesis.paths.0",),
            RIDES: ("hypothesis.paths.0",),
            TUMOURS: ("hypothesis.paths.0",),
        },
        skip={MODERATION: "the rule is the chosen path; without it the choice would point nowhere"},
        beyond="A rule among the alternatives is enough, as long as some path is a simple model.",
    ),
    changes(
        "only-the-chosen-path",
        how="removes",
        part="hypothesis",
        objection="Only one path is described; there was no choice.",
        by=only_chosen,
        codes=("HY306",),
        beyond="A path that is a simple one itself needs no other beside it.",
    ),
    changes(
        "chosen-path-without-quality",
        how="removes",
        part="hypothesis",
        objection="The chosen path has no quality figure, so why was it chosen?",
        by=no_path_quality,
        codes=("HY308",),
    ),
    changes(
        "chosen-path-by-another-yardstick",
        how="contradicts",
        part="hypothesis",
        objection="The chosen path is measured by another metric than its rivals.",
        by=other_yardstick,
        skip={MODERATION: "the paths are measured by different metrics already"},
        codes=("HY309",),
    ),
    sets_all(
        "chosen-path-unknown",
        how="contradicts",
        part="names",
        objection="The chosen path is none of the paths compared.",
        key="hypothesis.chosen",
        to="reinforcement learner",
        codes=("VE206",),
    ),
    # The value part, which counts with the old path's quality, does not fit the new one either: unavoidable.
    sets(
        "chosen-path-misses-ship-at",
        how="contradicts",
        part="hypothesis",
        objection="By its own figures the chosen path is not good enough to ship.",
        key="hypothesis.chosen",
        to={
            CHURN: "most-played list",
            MODERATION: "fine-tuned classifier",
            CONTRACTS: "rules",
            VISITS: "mean of all members (today)",
            FRAUD: "rules",
            MUSIC: "also-played rule",
            RIDES: "same hour of the last four weeks",
            TUMOURS: "rule on the largest radius",
        },
        skip={
            MODERATION: "the outcome says that no model is built, so the choice of any model would be a second fault"
        },
        codes=("AC219",),
    ),
    changes(
        "chosen-path-too-slow",
        how="contradicts",
        part="hypothesis",
        objection="The chosen path takes longer than the minimum viable model may.",
        by=slow,
        skip={MODERATION: "its chosen path is no model, and nothing is built"},
        codes=("HY304",),
    ),
    # Times the volume it may also exceed the stated run cost: unavoidable.
    changes(
        "chosen-path-too-dear",
        how="contradicts",
        part="hypothesis",
        objection="The chosen path costs more per prediction than the minimum viable model may.",
        by=dear,
        skip={MODERATION: "its chosen path is no model, and nothing is built"},
        codes=("HY305",),
    ),
    changes(
        "chosen-path-also-rejected",
        how="contradicts",
        part="hypothesis",
        objection="The chosen path is rejected among the alternatives.",
        by=rejected,
        codes=("HY310",),
    ),
    sets(
        "entity-of-another-outcome",
        how="contradicts",
        part="hypothesis",
        objection="The outcome is about another thing than the entity.",
        key="hypothesis.entity",
        to={
            CHURN: "month",
            MODERATION: "advertiser",
            CONTRACTS: "supplier",
            VISITS: "health centre and week",
            FRAUD: "shop and quarter",
            MUSIC: "record label",
            RIDES: "driver and month",
            TUMOURS: "pathologist",
        },
        codes=("DA201",),
        beyond="Whether an outcome is about a month or about a subscriber, a reader has to say.",
    ),
    sets(
        "task-of-another-outcome",
        how="contradicts",
        part="hypothesis",
        objection="The task does not fit what is predicted.",
        key="hypothesis.task",
        to={
            CHURN: "clustering",
            MODERATION: "forecasting",
            CONTRACTS: "clustering",
            VISITS: "classification",
            FRAUD: "generation",
            MUSIC: "segmentation",
            RIDES: "clustering",
            TUMOURS: "generation",
        },
        codes=(
            "HY212",
            "HY213",
        ),
        beyond="Most outcomes can be put as several tasks; only plain contradictions are found.",
    ),
    sets(
        "serving-against-the-action",
        how="contradicts",
        part="hypothesis",
        objection="The action needs another way of serving than the one stated.",
        key="hypothesis.serving",
        to={
            MODERATION: "batch",
            FRAUD: "batch",
            VISITS: "real time",
            MUSIC: "real time",
            TUMOURS: "real time",
        },
        skip={
            CHURN: "a home screen can be served either way",
            CONTRACTS: "reading can be served either way",
            RIDES: "a quarter of an hour leaves room for small batches",
        },
        codes=(
            "DA203",
            "HY206",
            "HY222",
        ),
    ),
    # In contracts and tumour triage the action, which names the person, is contradicted too: the same fault.
    sets_all(
        "machine-alone-where-errors-harm",
        how="contradicts",
        part="hypothesis",
        objection="Errors do harm here, yet no person can step in.",
        key="hypothesis.control",
        to="none",
        skip=TOLERANT_SKIP,
        codes=("HY207",),
    ),
    sets(
        "control-against-the-text",
        how="contradicts",
        part="hypothesis",
        objection="Action or value part describes another role of the person than `control`.",
        key="hypothesis.control",
        to={
            CHURN: "approves",
            MUSIC: "approves",  # "nobody reviews a feed/mix before it is shown"
            VISITS: "none",
            RIDES: "none",
        },
        skip=dict.fromkeys(INTOLERANT, "covered by machine-alone-where-errors-harm"),
        codes=("HY221",),
    ),
    sets_all(
        "harm-called-tolerable",
        how="exaggerates",
        part="hypothesis",
        objection="The worst case does real harm, and is called tolerant.",
        key="hypothesis.errors.tolerance",
        to="tolerant",
        skip=TOLERANT_SKIP,
        codes=("HY219",),
        beyond="A harm that is told without its usual words is not seen.",
    ),
    sets_all(
        "worst-case-denied",
        how="exaggerates",
        part="hypothesis",
        objection="No model is without a worst case; this was not thought through.",
        key="hypothesis.errors.worst_case",
        to="None. The model cannot do any harm.",
        codes=("HY217",),
    ),
    sets_all(
        "ethics-denied",
        how="exaggerates",
        part="hypothesis",
        objection="A model being mathematical is no answer to who is harmed.",
        key="hypothesis.ethics",
        to=[
            {
                "question": "Is there any ethical risk?",
                "answer": "No, an algorithm is objective and treats everybody the same.",
                "action": "None needed.",
            }
        ],
        codes=("HY218",),
    ),
    sets_all(
        "unfalsifiable",
        how="exaggerates",
        part="hypothesis",
        objection="Nothing could ever prove this wrong.",
        key="hypothesis.wrong_if",
        to="nothing; we are certain that it works",
        codes=("HY215",),
    ),
    sets_all(
        "falsifier-about-delivery",
        how="misfiles",
        part="hypothesis",
        objection="A late project says nothing on whether the belief was wrong.",
        key="hypothesis.wrong_if",
        to="the project is not delivered on time and within budget.",
        codes=("HY216",),
    ),
    sets_all(
        "action-is-the-output",
        how="misfiles",
        part="hypothesis",
        objection="Producing a score is not an action; who does what with it?",
        key="hypothesis.action",
        to="The model computes its output and stores it in a table.",
        codes=("HY220",),
    ),
    sets(
        "trade-off-against-its-reason",
        how="contradicts",
        part="hypothesis",
        objection="What gives way is not what the reason below it says.",
        key="hypothesis.trade_off.gives_way",
        to={
            CHURN: "quality",
            MODERATION: "quality",
            CONTRACTS: "quality",
            VISITS: "quality",
            FRAUD: "quality",
            MUSIC: "quality",
            RIDES: "speed",
            TUMOURS: "quality",
        },
        beyond="Which of the three a reason speaks for, a reader has to say.",
    ),
    sets(
        "expected-metric-nowhere-measured",
        how="contradicts",
        part="names",
        objection="The user metric that is to change is measured nowhere in the brief.",
        key="hypothesis.expected.metric",
        to={
            CHURN: "net promoter score",
            MODERATION: "community happiness",
            CONTRACTS: "owner satisfaction",
            VISITS: "patient trust",
            FRAUD: "brand image",
            MUSIC: "musical curiosity",
            RIDES: "driver morale",
            TUMOURS: "patient confidence",
        },
        codes=("HY203",),
    ),
    sets(
        "expected-change-against-adoption-target",
        how="contradicts",
        part="numbers",
        objection="The expected change is not the one from baseline to target of the same metric.",
        key="hypothesis.expected.change.value",
        to={
            CHURN: "+90%",
            MODERATION: "-10% relative",
            CONTRACTS: "+15 points",
            VISITS: "+35 points",
            FRAUD: "-70%",
            MUSIC: "+60%",
            RIDES: "-80% relative",
            TUMOURS: "+10 points",
        },
        codes=("AC215",),
    ),
    # precision 82 %
    rewords(
        "same-number-twice-differs",
        how="contradicts",
        part="numbers",
        objection="The same quantity has two values in two places.",
        words={
            CHURN: (
                "goal.if_nothing",
                "100,000 subscribers",
                "20,000 subscribers",
            ),  # 5,000 a month of 20,000 are not 5 %
            MODERATION: ("problem.frequency", "two hundred", "ten"),  # prevalence 0.5 %
            CONTRACTS: ("problem.evidence.0.finding", "29 of 480", "120 of 480"),  # baseline 6 %
            VISITS: ("hypothesis.because", "down to 2.17", "down to 1.17"),  # measured 2.17
            FRAUD: ("problem.frequency", "thousand", "hundred"),  # prevalence 0.1 %
            MUSIC: ("hypothesis.action", "Thirty tracks", "Eighty tracks"),  # a mix of thirty
            RIDES: (
                "hypothesis.capability",
                "the next quarter of an hour",
                "the next week",
            ),  # entity and wait: 15 min
            TUMOURS: ("hypothesis.because", "with 46 false alarms", "with 460 false alarms"),
        },
        codes=("AC217",),
        beyond="What a number in free words is a number of, a reader has to say.",
    ),
)
