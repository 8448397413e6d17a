"""What the numbers of a brief amount to: a brief in, computed results out, with what is missing."""

from kit.appraisal.appraisal import Appraisal, appraise
from kit.appraisal.bridge import Bridge, Move
from kit.appraisal.ceilings import Ceiling, Ceilings, Perfect
from kit.appraisal.coherence import Coherence, Scenario
from kit.appraisal.draws import AT_A_GLANCE, DRAWS, GLANCE_ERROR, IN_FULL, Drawing
from kit.appraisal.evidence import Evidence, GapCheck, SizeCheck
from kit.appraisal.fault import Fault, FaultKind
from kit.appraisal.number import Input, Origin
from kit.appraisal.paths import PathFacts, Paths
from kit.appraisal.reading import Reading
from kit.appraisal.timing import Need, Timing
from kit.appraisal.what_if import Figures, Share, WhatIf, what_if_of

__all__ = [
    "AT_A_GLANCE",
    "DRAWS",
    "GLANCE_ERROR",
    "IN_FULL",
    "Appraisal",
    "Bridge",
    "Ceiling",
    "Ceilings",
    "Coherence",
    "Drawing",
    "Evidence",
    "Fault",
    "FaultKind",
    "Figures",
    "GapCheck",
    "Input",
    "Move",
    "Need",
    "Origin",
    "PathFacts",
    "Paths",
    "Perfect",
    "Reading",
    "Scenario",
    "Share",
    "SizeCheck",
    "Timing",
    "WhatIf",
    "appraise",
    "what_if_of",
]
