"""How what briefs are compared on is said, the same on the page and in the tables."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kit.appraisal.wording import chance, counted, listed
from kit.batch.ranking import EXACT, SURE, Group, Place
from kit.batch.scale import GRID, Scale
from kit.export.glyphs import printable
from kit.numbers.uncertainty import Interval
from kit.report.numbers.words import days_of, money, percent, spread

NAMED = 5  # others that are named; of more only the number is told
NO_CURRENCY = "a currency that is not said"
_LETTERS = 40  # of the name of one

_APART = (
    f"Two briefs are told apart where one is worth more than the other with a probability of {SURE:.0%} or more; all "
    "others share their places, whatever the order of their rows. It is the probability for independent draws, by "
    f"the Mann–Whitney statistic of {GRID} quantiles of each value. An assumption that two briefs share, such as one "
    "number of customers, moves both values at once: that is not counted."
)
_EXACT = (
    "A value without a range looks surer than it is, as its brief says of no number how sure it is. It is told apart "
    f"from another only where the two differ by more than {EXACT:.0%} of the larger, too."
)
_VALUE = (
    "Net of all costs, as in the brief: P5 to P95 is a 90% interval, P50 the middle value. Values in different "
    "currencies are listed apart: the briefs give no rate between them."
)
_TIME = (
    "Days that the experiment takes until its result is there, with all that it has to show, and those from its "
    "start to the goal's date."
)
_DATA = (
    "Sources that are in hand, and requirements that attached files meet. Sorted by both together, as a share of all "
    "sources and of all requirements held against a file: what is not said, or cannot be told, counts as not there."
)
_GUESSES = (
    "How much of what moves the value, when each of its numbers is made a tenth smaller in turn, is a guess or does "
    "not say where it is from. Beside it: how many of the brief's numbers are."
)
METHOD = {
    "Told apart": _APART,
    "No range": _EXACT,
    "Value of a year": _VALUE,
    "Time to know": _TIME,
    "Data": _DATA,
    "Guess share": _GUESSES,
}


def value_of(scale: Scale) -> str:
    """P5 to P95 of a year: "3.42 to 5.16 million USD"; empty where the value is not known."""
    ends = _ends(scale)
    return spread(ends, scale.currency) if ends else ""


def middle_of(scale: Scale) -> str:
    """P50 of a year; empty where the value is not known."""
    return "" if scale.middle is None else money(scale.middle, scale.currency)


def loss_of(scale: Scale) -> str:
    """The probability of a loss; empty where the value is not known."""
    return "" if scale.loss is None else chance(scale.loss)


def _ends(scale: Scale) -> Interval | None:
    if scale.low is None or scale.middle is None or scale.high is None:
        return None
    return Interval(low=scale.low, median=scale.middle, high=scale.high)


def place_of(place: Place) -> str:
    """The places that a brief may have: "Place 3 to 9 of 31"."""
    ends = str(place.first) if place.is_one else f"{place.first} to {place.last}"
    return f"Place {ends} of {place.of}"


def level_of(place: Place, titles: Sequence[str]) -> str:
    """Which others a brief cannot be told apart from; empty without any."""
    count = len(place.level)
    if not count:
        return ""
    if count == place.of - 1 and count > 1:
        return f"not told apart from any of the {count} others"
    if count <= NAMED:
        return (
            f"not told apart from {listed([short(titles[one], _LETTERS) for one in place.level])}"
        )
    return f"not told apart from {count} others"


def escaped(text: str) -> str:
    """A text that acts on nothing in a page."""
    return escape(printable(text))


def short(title: str, letters: int) -> str:
    """A title on one line; of a longer one its beginning and its end, which tell it from others like it."""
    line = " ".join(printable(title).split())
    end = letters // 3
    return (
        line
        if len(line) <= letters
        else f"{line[: letters - end - 1].rstrip()}…{line[-end:].lstrip()}"
    )


def days_said(scale: Scale) -> str:
    """How long it takes to know; empty where that is not known."""
    return "never ends" if scale.endless else "" if scale.days is None else days_of(scale.days)


def fits_said(scale: Scale) -> str:
    """Whether the experiment ends by the date: "in time: 336 days are there"; empty where it cannot be told."""
    if scale.fits is None or scale.available is None:
        return ""
    there = counted(scale.available, "day is there", "days are there")
    return f"in time: {there}" if scale.fits else f"too late: {there}"


def sources_of(scale: Scale) -> str:
    """How many sources are in hand: "2 of 3 sources in hand, 1 blocked"."""
    if not scale.sources:
        return scale.no_data
    said = f"{scale.in_hand} of {counted(scale.sources, 'source')} in hand"
    others = ((scale.asked, "asked for"), (scale.blocked, "blocked"))
    return ", ".join((said, *(f"{number} {word}" for number, word in others if number)))


def requirements_of(scale: Scale) -> str:
    """How many requirements attached files meet; empty where none was held against a file."""
    if not scale.held:
        return ""
    said = f"{scale.met} of {counted(scale.held, 'requirement')} met"
    others = ((scale.missed, "missed"), (scale.untold, "cannot be told"))
    return ", ".join((said, *(f"{number} {word}" for number, word in others if number)))


def guesses_of(scale: Scale) -> str:
    """The share of the value that rests on guesses; empty where that is not known."""
    return "" if scale.guess_share is None else percent(scale.guess_share, 2)


def numbers_of(scale: Scale) -> str:
    """How many numbers are guesses: "34 of 48 numbers"."""
    return (
        f"{scale.guessed} of {counted(scale.numbers, 'number')}" if scale.numbers else "no number"
    )


def group_of(group: Group) -> str:
    """How many pairs of a currency cannot be told apart."""
    count, currency = len(group.members), group.currency or NO_CURRENCY
    if count == 1:
        return f"1 brief has a value in {currency}"
    pairs = f"{group.level:,} of {counted(group.count, 'pair')}"
    return f"{count:,} briefs have a value in {currency}; {pairs} cannot be told apart"
