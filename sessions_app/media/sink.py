"""An open descriptor as PyAV writes to it."""

from __future__ import annotations

import os

from sessions_app.media.storage import storage_problems


class Sink:
    """PyAV may lose what was raised in here and stumble over it when it closes. So the first error
    is kept for later, and everything after it disappears.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._refusal: OSError | None = None

    def write(self, data: bytes) -> int:
        rest = memoryview(data)
        try:
            while rest and self._refusal is None:
                rest = rest[os.write(self._fd, rest) :]
        except OSError as error:
            self._refusal = error
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(self._fd, offset, whence)

    def tell(self) -> int:
        return os.lseek(self._fd, 0, os.SEEK_CUR)

    def raise_refusal(self) -> None:
        """Raises StageProblem STORAGE when the disk takes no more, OSError for other failures."""
        with storage_problems():
            if self._refusal is not None:
                raise self._refusal
