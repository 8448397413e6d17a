"""The coach: a brief in, findings out. Never prints."""

from kit.rules.check import check, check_row, errors_of
from kit.rules.expected import STEPS, Step, step_of
from kit.rules.finding import Finding, Severity

__all__ = ["STEPS", "Finding", "Severity", "Step", "check", "check_row", "errors_of", "step_of"]
