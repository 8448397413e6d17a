"""Seeded faults of step 2, the problem."""

from seeded.kind import (
    CHURN,
    CONTRACTS,
    FRAUD,
    MODERATION,
    MUSIC,
    RIDES,
    TUMOURS,
    VISITS,
    drops,
    drops_each,
    sets,
    sets_all,
)

PROBLEM = (
    drops(
        "no-segment",
        part="problem",
        objection="Whose problem is it? No segment is named.",
        keys=("problem.who",),
        codes=("PR101",),
    ),
    drops(
        "no-problem-statement",
        part="problem",
        objection="The problem itself is not stated.",
        keys=("problem.statement",),
        codes=("PR102",),
    ),
    drops(
        "no-evidence",
        part="problem",
        objection="Nothing shows that this problem exists.",
        keys=("problem.evidence",),
        codes=("PR103",),
    ),
    drops(
        "no-today",
        part="problem",
        objection="How do people cope today? Without that there is nothing to beat.",
        keys=("problem.today",),
        codes=("PR105",),
    ),
    drops(
        "no-severity",
        part="problem",
        objection="How much does it hurt? It is not said.",
        keys=("problem.severity",),
        codes=("PR108",),
    ),
    drops(
        "no-frequency",
        part="problem",
        objection="How often does it happen? It is not said.",
        keys=("problem.frequency",),
        codes=("PR107",),
    ),
    drops(
        "no-reach",
        part="problem",
        objection="How many people are affected?",
        keys=("problem.reach",),
        codes=("PR106",),
    ),
    drops(
        "evidence-without-source",
        part="problem",
        objection="Where is this finding from?",
        keys=("problem.evidence.0.source",),
        codes=("PR104",),
    ),
    # Findings that say their own sample ("212 of 569") are passed over for another one.
    drops_each(
        "evidence-without-sample",
        part="problem",
        objection="A finding without its sample size cannot be weighed.",
        keys={
            CHURN: ("problem.evidence.0.n",),
            MODERATION: ("problem.evidence.1.n",),
            CONTRACTS: ("problem.evidence.2.n",),
            VISITS: ("problem.evidence.0.n",),
            FRAUD: ("problem.evidence.0.n",),
            MUSIC: ("problem.evidence.2.n",),
            RIDES: ("problem.evidence.0.n",),
            TUMOURS: ("problem.evidence.2.n",),
        },
        codes=("PR204",),
    ),
    # The ethics of tumour and rideshare still mention who was asked; the finding itself is gone.
    drops_each(
        "only-numbers-as-evidence",
        part="problem",
        objection="The figures say how much, but nobody was asked why.",
        keys={
            CHURN: ("problem.evidence.1",),
            MODERATION: ("problem.evidence.0",),
            CONTRACTS: ("problem.evidence.1",),
            VISITS: ("problem.evidence.2",),
            FRAUD: ("problem.evidence.1",),
            MUSIC: ("problem.evidence.0",),
            RIDES: (
                "problem.evidence.1",
                "problem.evidence.2",
            ),
            TUMOURS: (
                "problem.evidence.1",
                "problem.evidence.2",
            ),
        },
        codes=("PR208",),
    ),
    sets_all(
        "only-opinion-as-evidence",
        how="removes",
        part="problem",
        objection="The only evidence is the opinion of those who propose the project.",
        key="problem.evidence",
        to=[
            {
                "kind": "opinion",
                "finding": "The team is convinced that this is the main problem",
                "source": "team meeting",
                "n": "4",
            }
        ],
        codes=("PR203",),
    ),
    sets(
        "sample-of-three",
        how="exaggerates",
        part="problem",
        objection="A share or an average is claimed from three cases.",
        to={
            CHURN: {"problem.evidence.0.n": "3"},
            MODERATION: {"problem.evidence.1.n": "3"},
            CONTRACTS: {"problem.evidence.2.n": "3"},
            VISITS: {"problem.evidence.1.n": "3"},
            FRAUD: {"problem.evidence.0.n": "3"},
            MUSIC: {"problem.evidence.2.n": "3"},
            RIDES: {"problem.evidence.0.n": "3"},
            TUMOURS: {"problem.evidence.0.n": "3"},
        },
        codes=(
            "PR205",
            "PR207",
        ),
    ),
    sets(
        "solution-as-problem",
        how="misfiles",
        part="problem",
        objection="That is a solution, not a problem that a user has.",
        key="problem.statement",
        to={
            CHURN: "We have no AI-powered personal feed.",
            MODERATION: "We need a large language model that removes posts.",
            CONTRACTS: "The department lacks an AI model that reads contracts.",
            VISITS: "We need a machine-learning forecast of visits.",
            FRAUD: "We do not have a real-time fraud model yet.",
            MUSIC: "The app is missing a recommendation algorithm.",
            RIDES: "We need a demand forecasting model for drivers.",
            TUMOURS: "The laboratory has no AI triage tool.",
        },
        codes=("PR201",),
    ),
    sets_all(
        "everyone-as-segment",
        how="exaggerates",
        part="problem",
        objection="Everyone is no segment.",
        key="problem.who",
        to="all users",
        codes=("PR202",),
    ),
    sets(
        "reach-beyond-the-population",
        how="exaggerates",
        part="problem",
        objection="More people are affected than the brief's own volumes allow.",
        key="problem.reach.value",
        to={
            CHURN: "15000000",  # 100,000 subscribers
            CONTRACTS: "1400000",  # 9,000 contracts, of which each owner has at least 80
            VISITS: "5500000",  # 60,000 forecasts a year, one per member
            FRAUD: "40000000",  # 4,000 frauds a month
            MUSIC: "21000000",  # 840,000 mixes a month
            RIDES: "62000000",  # 1.3 million requests a month
            TUMOURS: "90000",
        },
        skip={MODERATION: "members also suffer, and the brief does not say how many there are"},
        codes=("PR206",),
        beyond="How many people one case stands for, a clause or a forecast of a zone, is in no key.",
    ),
)
