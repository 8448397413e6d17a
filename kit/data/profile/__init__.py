"""A table in, a profile out: what is in each column, what repeats, which time it covers; runs in the child process."""

from kit.data.profile.alike import repeats_in
from kit.data.profile.profile import profile_of

__all__ = ["profile_of", "repeats_in"]
