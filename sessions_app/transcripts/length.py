"""How much text is still a talk."""

from __future__ import annotations

from typing import Final

from sessions_app.stages.problems import InputProblem, Problem
from sessions_app.transcripts.passages import ParsedTranscript
from sessions_app.transcripts.splitting import split_words

MAX_WORDS: Final = 30_000
"""An hour has about 12,000 words; in Chinese, where every character is one, 25,000."""

MAX_PIECES: Final = 6 * MAX_WORDS
"""What stands between spaces before it is read: with one word to a cue there are six for each."""


def refuse_long_text(text: str) -> None:
    """A glance, before the work of reading. Raises InputProblem: TRANSCRIPT_TOO_LONG."""
    pieces = len(text.split())
    if pieces > MAX_PIECES:
        raise InputProblem(Problem.TRANSCRIPT_TOO_LONG, f"{pieces} pieces")


def refuse_many_words(parsed: ParsedTranscript) -> None:
    """Raises InputProblem: TRANSCRIPT_TOO_LONG."""
    words = sum(len(split_words(passage.text)) for passage in parsed.passages)
    if words > MAX_WORDS:
        raise InputProblem(Problem.TRANSCRIPT_TOO_LONG, f"{words} words")
