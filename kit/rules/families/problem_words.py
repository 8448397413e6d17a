"""Step 2: the words of the problem: no solution in them, and a segment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late

# What is named: never "model" alone, which may be a car's or a dressmaker's.
_PREDICTS = r"(?:predict|forecast|rank|recommend|detect|classif|scor|estimat|tell|generat)\w*"
_TECHNOLOGY = (
    r"(?:(?-i:AI|ML|LLMs?|GPT(?:-\w+)?|NLP)\b|artificial intelligence|machine[- ]learning|deep[- ]learning|"
    r"neural net\w*|(?:large )?language models?|"
    r"(?:predict\w*|classification|detection|forecast(?:ing)?|recommendation|scoring|ranking|statistical|risk|churn|"
    r"fraud|demand|propensity|uplift|triage) models?|"
    rf"models?,? (?:that|which|to|for) {_PREDICTS}|"
    r"algorithms?|chat ?bots?|dashboards?(?! (?:lights?|lamps?))|classifiers?|"
    r"recommend(?:er|ation) (?:system|engine)s?|recommenders?|"
    r"(?:virtual|digital) assistants?|computer vision)\b"
)
# What is not there yet is spoken of with "a", or without an article; "the chatbot" is the one of today.
_NEW = (
    r"(?:(?:an?|some|any|more|one|better|good|new)\s+)?"
    r"(?:(?!(?:the|this|that|these|those|my|your|our|their|his|her|its|not|no|than|instead|to|of|from|by|with|"
    r"for|in|on|at|and|or|but)\b)[\w'’-]+\s+){0,3}"
)
_MAKE = (
    r"(?:use|build|train|apply|develop|create|deploy|implement|introduce|adopt|add|launch|roll out|"
    r"leverage|have|get)"
)
_WOULD = r"(?:for|to|would|could|should|can help|will help)\b(?! (?:not|never))"
_IMPROVE = r"(?:predict|detect|solve|improve|reduce|replace|automate|personali[sz]e|optimi[sz]e)\w*"
_POWERED = r"(?-i:AI|ML|LLM)[- ](?:powered|driven|based|enabled|assisted|supported)\b"
_NOT = r"(?<!not )(?<!n't )(?<!n’t )(?<!never )(?<!nobody )(?<!no one )"
_THING = rf"{_NEW}{_TECHNOLOGY}"
_START = r"(?:^|[.!?]\s+)"
_WISHES = (
    rf"\b{_NOT}(?:need|want|lack|require|wish for)(?:s|ed|ing)?\s+(?:to {_MAKE}\s+)?{_THING}",
    rf"\b(?:there(?:'s| is| are|’s) no|(?:has|have) no|(?:do|does)(?:n't|n’t| not) have)\s+{_THING}",
    rf"\b(?:is|are|am|still|[’']s|[’']re|[’']m)\s+missing\s+{_THING}",
    rf"\b(?:we|they|one)\s+(?:should|could|will|want to|plan to)\s+{_MAKE}\s+{_THING}",
    rf"\bwe (?:do not|don't|don’t)\s+(?:yet\s+)?use\s+(?:yet\s+)?{_THING}",
    rf"{_START}{_MAKE}\s+{_THING}",
    rf"{_START}(?:an? )?(?:[\w-]+ )?{_TECHNOLOGY} (?:[\w-]+ )?{_WOULD}",
    rf"\b{_IMPROVE}\s+(?:[\w'’-]+\s+){{0,5}}(?:using|with|through|by means of)\s+{_THING}",
    rf"\b(?:not|n't|n’t|nothing)\s+(?:\w+\s+){{0,2}}{_POWERED}",
)
_NAMED = late(rf"\b{_TECHNOLOGY}|(?-i:AI|ML|LLM)\b", re.IGNORECASE)

_EVERYBODY = (
    r"(?:end[- ])?users?|customers?|clients?|consumers?|everyone|everybody|anyone|anybody|people|persons?|"
    r"(?:the )?(?:general )?public|humans?|humanity|folks|stakeholders?|companies|businesses|all of us"
)
_ANY = r"(?:(?:all|our|the|of|many|most|any|every|each|some|various|different|average|typical|normal)\s+)*"
_OF_OURS = (
    r"(?:\s+(?:of|on|in|using|who use|that use)\s+(?:our|the|this|your|my)\s+"
    r"(?:apps?|products?|platform|services?|website|site|system|software|company|business))?"
)
_UNNARROWED = late(
    rf"{_ANY}(?:{_EVERYBODY}){_OF_OURS}(?:\s*(?:,|/|&|\band\b|\bor\b)\s*{_ANY}(?:{_EVERYBODY}){_OF_OURS})*",
    re.IGNORECASE,
)


@cache
def _wished() -> re.Pattern[str]:
    """All ways to wish for a technology; it takes a moment to compile, and few problems name one."""
    return late("|".join(_WISHES), re.IGNORECASE)


@rule("PR201", "warning")
def technology_in_the_problem(case: Case) -> Iterator[Said]:
    """Finds a problem that is the lack of a technology: "they need a chatbot", "we have no dashboard".

    Why it matters: a problem that names its solution can only be solved by that one. What hurts is not said,
    and nobody can see whether something simpler would do. What people say of the tools they use today is left
    alone.

    Bad:
        problem: {statement: Agents need an AI model that finds fraud}

    Good:
        problem: {statement: "By the time I reach the real one, the money has gone."}

    Source: AI-PM guide, step 2.
    """
    for key in ("problem.who", "problem.statement"):
        text = case.text(key)
        if _NAMED.search(text) and (wished := _wished().search(text)):
            named = _NAMED.search(wished[0])
            word = (named or wished)[0].strip()
            yield Said(
                path=key,
                message=f'{key} names a technology, "{word}": that is a solution, not a problem.',
                remedy="Say what goes wrong for the user without it, in the user's own words.",
            )


@rule("PR202", "warning", requires=("PR101",))
def users_as_the_segment(case: Case) -> Iterator[Said]:
    """Finds a segment that leaves nobody out: users, customers, everyone.

    Why it matters: what everybody is said to have, few people have alike. Without a segment nobody knows whom to
    ask, nor with whom to begin.

    Bad:
        problem: {who: our users}

    Good:
        problem: {who: users in their first month}

    Source: AI-PM guide, step 2.
    """
    who = case.text("problem.who").strip(" .!\n")
    if _UNNARROWED.fullmatch(who):
        yield Said(
            path="problem.who",
            message=f'"{who}" leaves nobody out, so it is no segment.',
            remedy="Say which of them: since when, in which situation, and how often.",
        )


PROBLEM_WORDS = (
    technology_in_the_problem,
    users_as_the_segment,
)
