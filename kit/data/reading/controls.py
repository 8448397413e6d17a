"""Characters that a terminal would obey, in cells, where nobody should meet them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kit.data.reading.control_signs import CONTROLS, SHOWN

_BLOCK = 1 << 18  # bytes that are looked at together


def without_controls(texts: pa.Array) -> tuple[pa.Array, pa.Array | None]:
    """The texts, each such character in them replaced, and in which there was one; None where there was none."""
    if not _may_have_some(texts):
        return texts, None
    found = pc.match_substring_regex(texts, CONTROLS)
    return pc.replace_substring_regex(texts, CONTROLS, SHOWN), found


def _may_have_some(texts: pa.Array) -> bool:
    """Whether any of the bytes is one, or begins one beyond ASCII, which is faster than to look at each text."""
    content = texts.buffers()[2]
    if content is None:
        return False
    codes = np.frombuffer(content, np.uint8)
    return any(_has_some(codes[at : at + _BLOCK]) for at in range(0, len(codes), _BLOCK))


def _has_some(codes: NDArray[np.uint8]) -> bool:
    ends = (codes >= ord("\t")) & (codes <= ord("\r"))
    return bool((((codes < ord(" ")) & ~ends) | (codes == 0x7F) | (codes == 0xC2)).any())
