"""All that a brief's numbers amount to, worked out when it is asked for."""

from __future__ import annotations

from collections import deque
from functools import cached_property

from kit.appraisal.bridge import Bridge, bridge_of, gain_of_plan
from kit.appraisal.ceilings import Ceilings, Perfect, ceilings_of, perfect_of
from kit.appraisal.coherence import Coherence, coherence_of
from kit.appraisal.draws import IN_FULL, Drawing
from kit.appraisal.evidence import Evidence, evidence_of
from kit.appraisal.fault import Fault
from kit.appraisal.inputs import Given, given_in
from kit.appraisal.paths import Paths, paths_of
from kit.appraisal.reading import Reading
from kit.appraisal.surface import Surface, surface_of
from kit.appraisal.timing import Timing, timing_of
from kit.appraisal.ways import wrong_ways
from kit.brief import Brief, NotApplicable

_KEPT = 4  # briefs: a section after the other asks for the same one
_recent: deque[Appraisal] = deque(maxlen=_KEPT)


def appraise(brief: Brief, drawing: Drawing = IN_FULL) -> Appraisal:
    """The appraisal of a brief; that of the last few is kept, so that no part is worked out twice."""
    for known in tuple(_recent):
        if known.drawing == drawing and (known.brief is brief or known.brief == brief):
            return known
    new = Appraisal(brief, drawing)
    _recent.append(new)
    return new


class Appraisal:
    """One brief and everything that can be computed from it."""

    def __init__(self, brief: Brief, drawing: Drawing = IN_FULL) -> None:
        self.brief, self.drawing = brief, drawing

    def waiver(self, key: str) -> NotApplicable | None:
        """The brief's answer that a key, or a part it stands in, is not applicable."""
        return Reading(self.brief).waiver(key)

    @cached_property
    def coherence(self) -> Coherence | None:
        """Targets against prevalence, volume and capacity."""
        return coherence_of(self.brief)

    @cached_property
    def _given(self) -> Given | None:
        return given_in(self.brief)

    @cached_property
    def gain(self) -> Bridge | None:
        """The value of a year as far as the gain, before any cost."""
        return gain_of_plan(self._given, self.drawing) if self._given else None

    @cached_property
    def bridge(self) -> Bridge | None:
        """The value of a year."""
        if self._given is None or self.gain is None:
            return None
        return bridge_of(self.gain, self._given, self.drawing)

    @cached_property
    def surface(self) -> Surface | None:
        """The value over every precision and recall."""
        return surface_of(self.bridge) if self.bridge else None

    @cached_property
    def paths(self) -> Paths | None:
        """The model paths in money."""
        return paths_of(self.brief, self._given, self.drawing)

    @cached_property
    def timing(self) -> Timing | None:
        """The experiment against the date."""
        return timing_of(self.brief)

    @cached_property
    def ceilings(self) -> Ceilings:
        """What caps the result."""
        return ceilings_of(self.brief, self._given, self.coherence, self.paths, self.drawing)

    @cached_property
    def perfect(self) -> Perfect | None:
        """The highest of the ceilings alone, for those who ask for no other."""
        return perfect_of(self.brief, self._given, self.drawing) if self._given else None

    @cached_property
    def evidence(self) -> Evidence:
        """What the data can show."""
        return evidence_of(self.brief)

    @cached_property
    def wrong_ways(self) -> tuple[Fault, ...]:
        """Targets on the wrong side of their baseline."""
        return wrong_ways(self.brief)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Every impossible value, each once, in the order of the parts."""
        parts = (self.coherence, self.bridge, self.paths, self.timing, self.ceilings, self.evidence)
        found = [*self.wrong_ways]
        for part in parts:
            found += part.faults if part else ()
        return tuple({(fault.kind, fault.path): fault for fault in found}.values())
