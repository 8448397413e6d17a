"""What a brief asks of a source, as text that machines check: a data contract, and a schema for its file."""

from kit.data.contract.odcs import odcs_of
from kit.data.contract.pandera_schema import pandera_of

__all__ = ["odcs_of", "pandera_of"]
