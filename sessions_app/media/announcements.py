"""The pieces that the decoding child announces while it is still at work."""

from __future__ import annotations

from collections.abc import Callable

from sessions_app.media.answer import read_piece
from sessions_app.speech.pieces import Piece
from sessions_app.stages.problems import InputProblem, Problem


class Announcements:
    """Hands on the pieces that follow each other, and keeps them."""

    def __init__(self, max_ms: int, take: Callable[[Piece], None]) -> None:
        self.pieces: list[Piece] = []
        self._max_ms = max_ms
        self._take = take

    def read(self, line: bytes) -> None:
        """Raises InputProblem: DECODER_LIMIT for what no honest child says; what `take` raises."""
        piece = read_piece(line)
        if piece.start_ms != self.end_ms or piece.end_ms > self._max_ms:
            raise InputProblem(Problem.DECODER_LIMIT, "pieces out of order")
        self.pieces.append(piece)
        self._take(piece)

    @property
    def end_ms(self) -> int:
        return self.pieces[-1].end_ms if self.pieces else 0
