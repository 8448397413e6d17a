"""Step 3: the model paths side by side, the simple one among them, and one that is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.appraisal.measures import measure
from kit.appraisal.reading import said
from kit.rules.case import Case
from kit.rules.rule import Said, gap, rule
from kit.rules.vocabulary.model_paths import chosen_at, is_model, is_simple
from kit.rules.vocabulary.names import plain
from kit.rules.vocabulary.patterns import late

if TYPE_CHECKING:
    from kit.appraisal import PathFacts


@rule("HY301", "warning", requires=("HY113",))
def chosen_path_missing(case: Case) -> Iterator[Said]:
    """Asks which of several paths is chosen.

    Why it matters: the brief's value, latency and cost are those of one path. While none is chosen, a yes to
    the brief is a yes to nothing in particular.

    Bad:
        hypothesis: {chosen: }

    Good:
        hypothesis: {chosen: gradient boosted trees}

    Source: Who owns the roadmap, on model paths.
    """
    paths = list(case.entries("hypothesis.paths"))
    if len(paths) > 1:
        for path in case.gaps("hypothesis.chosen"):
            message = f"{len(paths)} model paths are compared, and none is chosen."
            yield Said(path=path, message=message, remedy="Name the one that is proposed.")


@rule("HY304", "warning", requires=("HY301", "ME113"))
def chosen_path_too_slow(case: Case) -> Iterator[Said]:
    """Compares the latency of the chosen path with the longest that the minimum viable model may take.

    Why it matters: by the brief's own words such a model is not shipped, however good it is.

    Bad:
        hypothesis: {paths: [{}, {}, {name: gradient boosted trees, latency: 450 ms}]}

    Good:
        hypothesis: {paths: [{}, {}, {name: gradient boosted trees, latency: 0.09 s}]}

    Source: Who owns the roadmap, on the minimum viable model.
    """
    if (found := _beside_limit(case, "latency")) and found.fact.latency_fits is False:
        yield Said(
            path=found.path,
            message=f"The chosen path, {found.fact.name}, takes {found.own} for one prediction, and the minimum "
            f"viable model may take {found.limit}.",
            remedy="Choose a faster path, make this one faster, or say why the limit may be higher.",
        )


@rule("HY305", "warning", requires=("HY301", "ME114"))
def chosen_path_too_dear(case: Case) -> Iterator[Said]:
    """Compares the cost of a prediction of the chosen path with the highest that the minimum viable model may have.

    Why it matters: by the brief's own words such a model is not shipped, however good it is.

    Bad:
        hypothesis: {paths: [{}, {}, {name: gradient boosted trees, cost_per_prediction: 0.06 USD}]}

    Good:
        hypothesis: {paths: [{}, {}, {name: gradient boosted trees, cost_per_prediction: 0.0008 USD}]}

    Source: Who owns the roadmap, on the minimum viable model.
    """
    if (found := _beside_limit(case, "cost_per_prediction")) and found.fact.cost_fits is False:
        yield Said(
            path=found.path,
            message=f"A prediction of the chosen path, {found.fact.name}, costs {found.own}, and of the minimum "
            f"viable model it may cost {found.limit}.",
            remedy="Choose a cheaper path, make this one cheaper, or say why the limit may be higher.",
        )


@rule("HY306", "advice", requires=("HY112", "HY113", "HY205"))
def no_simple_path(case: Case) -> Iterator[Said]:
    """Looks for a simple path beside the only one, or beside several complex ones.

    Why it matters: what a complex model is worth is what it adds to a simple one. Several complex paths
    pass where a rule or a process stands among the alternatives.

    Bad:
        hypothesis:
          alternatives: "n/a: none was found"
          paths: [{name: random forest}, {name: graph network}, {name: gradient boosted trees}]

    Good:
        hypothesis:
          alternatives: "n/a: none was found"
          paths: [{name: rules}, {name: graph network}, {name: gradient boosted trees}]

    Source: Who owns the roadmap, on model paths.
    """
    names = [entry.name for _, entry in case.entries("hypothesis.paths")]
    if len(names) == 1 and not is_simple(names[0]):
        message = f"There is only one path, {names[0]}, and nothing to compare it with."
    elif len(names) > 1 and all(is_model(name) for name in names) and not _ruled(case):
        message = f"No path is a simple one: {', '.join(names)}."
    else:
        return
    yield Said(
        path="hypothesis.paths",
        message=message,
        remedy="Add today's way, a rule or a simple model, with its quality on the same cases.",
    )


@gap("HY308", "warning", "hypothesis.paths.*.quality", requires=("HY113",))
def path_without_quality() -> tuple[str, str]:
    """Asks how good every path is, or is thought to be.

    Why it matters: paths are compared on quality, latency and cost. A path without the first is only a name.

    Bad:
        hypothesis: {paths: [{quality: }]}

    Good:
        hypothesis: {paths: [{quality: {precision: 62%, recall: 55%}}]}

    Source: Who owns the roadmap, on model paths.
    """
    return "It has no quality.", "Measure it or guess it, in the measures of the others."


@rule("HY309", "warning", requires=("HY301", "HY308"))
def chosen_path_by_another_yardstick(case: Case) -> Iterator[Said]:
    """Finds a chosen path whose quality is stated in no measure that another path has.

    Why it matters: two numbers of different measures cannot be compared, so the choice rests on something that the
    brief does not say. A rule or a process that is chosen against models is left alone.

    Bad:
        hypothesis: {paths: [{}, {}, {quality: {precision: , recall: , internal score: 92%}}]}

    Good:
        hypothesis: {paths: [{}, {}, {quality: {precision: 90%, recall: 80%, internal score: 92%}}]}

    Source: Who owns the roadmap, on model paths.
    """
    place = chosen_at(case)
    mine = _measures(case, place or "")
    theirs = {
        name
        for at, _ in case.entries("hypothesis.paths")
        if at != place
        for name in _measures(case, at)
    }
    chosen = case.text("hypothesis.chosen")
    if mine and theirs and not mine & theirs and not _NO_MODEL.search(chosen):
        yield Said(
            path=f"{place}.quality",
            message=f"The chosen path, {chosen}, is measured by {', '.join(sorted(mine))}, and the others by "
            f"{', '.join(sorted(theirs))}.",
            remedy="State the quality of all paths in one measure, on the same cases.",
        )


@rule("HY310", "warning", requires=("HY112", "HY301"))
def chosen_path_also_rejected(case: Case) -> Iterator[Said]:
    """Finds the chosen path among the alternatives, with the reason why it would not do.

    Why it matters: the brief proposes what it rejects two paragraphs earlier. One of the two was written before the
    other and forgotten.

    Bad:
        hypothesis: {alternatives: [{name: gradient boosted trees, why_not: Tried; nobody could explain it.}]}

    Good:
        hypothesis: {alternatives: [{name: gradient boosted trees, why_not: "Chosen: see the paths."}]}

    Source: Who owns the roadmap, on model paths.
    """
    chosen = plain(case.text("hypothesis.chosen"))
    for path, entry in case.entries("hypothesis.alternatives"):
        reason = entry.why_not if isinstance(entry.why_not, str) else ""
        if chosen and plain(entry.name) == chosen and reason and not _WANTED.search(reason):
            yield Said(
                path=f"{path}.why_not",
                message=f"{entry.name} is the chosen path, and among the alternatives it is rejected.",
                remedy="Take it out of the alternatives, or choose another path.",
            )


_WANTED = late(
    r"\b(?:chosen|choose|selected|proposed|preferred|kept|agreed|to be (?:tried|introduced|built))\b",
    re.IGNORECASE,
)
_NO_MODEL = late(r"\b(?:rules?|process|manual|heuristics?|by hand)\b", re.IGNORECASE)


def _ruled(case: Case) -> bool:
    """Whether a rule or a process is among the alternatives."""
    kinds = (entry.kind for _, entry in case.entries("hypothesis.alternatives"))
    return any(isinstance(kind, str) and _NO_MODEL.search(kind) for kind in kinds)


def _measures(case: Case, place: str) -> set[str]:
    """The measures in which a path states its quality."""
    quality = case.at(f"{place}.quality")
    return {measure(name) for name in quality} if isinstance(quality, dict) else set()


@dataclass(frozen=True, kw_only=True)
class _Limited:
    """What the chosen path takes, beside the limit of the minimum viable model."""

    path: str  # dotted key of the path's own number
    own: str
    limit: str
    fact: PathFacts


def _beside_limit(case: Case, key: str) -> _Limited | None:
    """One of the chosen path's numbers and its limit; None where either is missing."""
    place, limit = chosen_at(case), case.number(f"metrics.minimum_viable.{key}")
    own = case.number(f"{place}.{key}") if place and limit else None
    paths = case.appraisal.paths if own else None
    fact = next((one for one in paths.facts if one.chosen), None) if paths else None
    if limit is None or own is None or fact is None:
        return None
    return _Limited(path=f"{place}.{key}", own=said(own), limit=said(limit), fact=fact)


PATHS = (
    chosen_path_missing,
    chosen_path_too_slow,
    chosen_path_too_dear,
    no_simple_path,
    path_without_quality,
    chosen_path_by_another_yardstick,
    chosen_path_also_rejected,
)
