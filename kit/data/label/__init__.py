"""The label of a file, and the columns that tell it too well."""

from kit.data.label.profile import label_of
from kit.data.label.target import Target, target_of

__all__ = ["Target", "label_of", "target_of"]
