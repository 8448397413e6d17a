"""Framing Kit: from a vague business wish to a brief that can be checked, signed and built on."""

__version__ = "0.1.0"

__all__ = ["__version__"]
