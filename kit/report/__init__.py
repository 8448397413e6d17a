"""Brief and findings in, blocks out; sections show themselves in notebooks."""

from kit.report.section import Section
from kit.report.sections import SECTIONS, section, show, step

__all__ = ["SECTIONS", "Section", "section", "show", "step"]
