"""Charts: numbers and words in, a figure with its text alternative out."""

from kit.report.charts.enrolment import Need, enrolment_chart
from kit.report.charts.icons import icon_array
from kit.report.charts.ranges import Range, ranges_chart
from kit.report.charts.tornado import Bar, tornado_chart
from kit.report.charts.value_map import Mark, value_map

__all__ = [
    "Bar",
    "Mark",
    "Need",
    "Range",
    "enrolment_chart",
    "icon_array",
    "ranges_chart",
    "tornado_chart",
    "value_map",
]
