"""What the coach says about a brief."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Severity = Literal["error", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # the worst first
Status = Literal["finding", "skipped", "waived"]


class Finding(NamedTuple):
    """One thing to mend, or why it could not be looked at."""

    code: str  # two letters for the family, three digits
    name: str  # kebab-case; states the fault
    severity: Severity
    path: str  # dotted key
    file: str
    line: int | None  # 1-based; None where there is no file of lines
    message: str  # the fact
    remedy: str  # what to do
    status: Status = "finding"
    reason: str | None = None  # why it was skipped or waived
    row: int | None = None  # of a table, the header being row 1

    @property
    def place(self) -> str:
        """`file:line`, `file row N`, or the file alone."""
        if self.row is not None:
            return f"{self.file} row {self.row}"
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.name}: {self.message} {self.remedy}"
