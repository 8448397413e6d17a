"""The label of a file, and the columns that tell it too well."""

from kit.data.label.profile import label_of
from kit.data.label.target import Target, target_of
from kit.data.leaks import is_leak, leaks

__all__ = ["Target", "is_leak", "label_of", "leaks", "target_of"]
