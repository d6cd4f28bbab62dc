"""A progress bar for a terminal; silent where nobody watches."""

from __future__ import annotations

from types import TracebackType
from typing import TextIO

WIDTH = 30


class Progress:
    """Redraws one line on `stream`, and ends it when the work is over."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self._total = total
        self._done = 0
        self._stream = stream if stream.isatty() else None

    def __enter__(self) -> Progress:
        self._draw()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stream:
            self._stream.write("\n")

    def step(self) -> None:
        self._done += 1
        self._draw()

    def _draw(self) -> None:
        if self._stream and self._total:
            filled = WIDTH * self._done // self._total
            bar = "#" * filled + "." * (WIDTH - filled)
            self._stream.write(f"\r[{bar}] {self._done}/{self._total}")
            self._stream.flush()
