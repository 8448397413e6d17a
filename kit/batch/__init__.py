"""papermill over many briefs: sources in, one folder of documents per brief and an index out."""

from kit.batch.result import Counts, Entry, Made, Point, Progress, Report, Watcher
from kit.batch.run import run

__all__ = ["Counts", "Entry", "Made", "Point", "Progress", "Report", "Watcher", "run"]
