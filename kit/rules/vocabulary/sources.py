"""Which data source a text speaks of: loosely, by the words that both hold."""

from __future__ import annotations

from collections.abc import Iterable

from kit.appraisal.naming import same_thing
from kit.brief import DataSource, Quantity
from kit.brief.units import split_rate, time_unit
from kit.rules.case import Case
from kit.rules.vocabulary.patterns import late

_WORD = late(r"[^\W\d_]{2,}")
_LITTLE = """
of and or in on the an per for at with by to from that who which whose is are was were be been has have had its it
this these those their they them as each every all any some one two three four five ten not no than then there when
while until before after within without over under above below more most less least fewer many much low high new old
own our we monthly weekly daily hourly yearly time times date number numbers share rate average median mean total
data system systems table file files log logs record records list database source sources event events case cases
worked made up reduce increase cut lower raise keep make get
"""
_SAYING_LITTLE = frozenset(_LITTLE.split())
_STEM = 4  # letters that are enough to know a word by


def words_of(*texts: str) -> frozenset[str]:
    """The words of texts that say what they are about."""
    found = (word for text in texts for word in _WORD.findall(text.casefold()))
    return frozenset(
        word for word in found if word not in _SAYING_LITTLE and time_unit(word) is None
    )


def shared(words: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a word of the first is one of the others, in the plural or as a part of it at the most."""
    others = tuple(others)
    return any(_alike(word, other) for word in words for other in others)


def begin_alike(words: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a word of the first begins as one of the others: "played" and "playing"."""
    starts = {other[:_STEM] for other in others}
    return any(word[:_STEM] in starts for word in words)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return same_thing(one, other) or (len(short) >= _STEM and long.startswith(short))


def contents(source: DataSource) -> frozenset[str]:
    """The words for what a source holds: its name, its fields, and what its volume counts."""
    volume = source.volume
    unit = split_rate(volume.unit or "")[0] if isinstance(volume, Quantity) else ""
    fields = source.holds if isinstance(source.holds, list) else []
    return words_of(source.name, unit, *fields)


def label_sources(case: Case) -> dict[str, DataSource]:
    """The sources that the label comes from, by their dotted keys: those of that name, or else alike ones."""
    wanted = case.text("data.label.source").casefold().strip()
    sources = dict(case.entries("data.sources"))
    exact = {path: one for path, one in sources.items() if one.name.casefold().strip() == wanted}
    return exact or _named_in(sources, words_of(wanted))


def goal_sources(case: Case) -> dict[str, DataSource]:
    """The sources whose name stands in the goal, be it where the metric was read from."""
    words = words_of(*texts_of_the_goal(case))
    return _named_in(dict(case.entries("data.sources")), words)


def texts_of_the_goal(case: Case) -> list[str]:
    """What the goal says of its metric, where it was read included."""
    baseline = case.number("goal.baseline")
    texts = [case.text(f"goal.{name}") for name in ("metric", "statement", "if_nothing")]
    return [*texts, (baseline.source if baseline else "") or ""]


def _named_in(sources: dict[str, DataSource], words: frozenset[str]) -> dict[str, DataSource]:
    """The sources whose noun is one of the words: "score", not "risk", of a risk score."""
    return {
        path: one
        for path, one in sources.items()
        if any(same_thing(one.name, word) for word in words)
    }
