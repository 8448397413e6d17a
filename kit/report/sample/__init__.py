"""What the files of a brief show, as blocks."""

from kit.report.sample.sample import sample_blocks

__all__ = ["sample_blocks"]
