"""Whether an ogg file ends where its writer ended it."""

from __future__ import annotations

import os
from typing import Final

_CAPTURE: Final = b"OggS"
_FLAGS_AT: Final = 5
_LAST_PAGE: Final = 0x04
_MAX_PAGE: Final = 65_307
"""Header of 27 bytes, 255 lacing values, 255 segments of 255 bytes (RFC 3533, section 6)."""


def ends_early(fd: int) -> bool:
    """True when the last page is not marked as the end of its stream.

    The length FFmpeg reports for an ogg is that of the pages that are there.
    """
    size = os.fstat(fd).st_size
    tail = os.pread(fd, 2 * _MAX_PAGE, max(0, size - 2 * _MAX_PAGE))
    at = tail.rfind(_CAPTURE)
    return at < 0 or len(tail) <= at + _FLAGS_AT or not tail[at + _FLAGS_AT] & _LAST_PAGE
