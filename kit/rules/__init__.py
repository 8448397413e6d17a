"""The coach: a brief in, findings out. Never prints."""

from kit.rules.check import check
from kit.rules.expected import STEPS, Step
from kit.rules.finding import Finding, Severity

__all__ = ["STEPS", "Finding", "Severity", "Step", "check"]
