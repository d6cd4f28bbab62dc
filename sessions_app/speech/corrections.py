"""What the speaker set right in a report: words that were no fillers, that were, or were others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CorrectionKind(StrEnum):
    NOT_A_FILLER = "not_a_filler"
    IS_A_FILLER = "is_a_filler"
    WORD = "word"  # another word was said


@dataclass(frozen=True, slots=True)
class Correction:
    """Words `start_word` up to, not including, `end_word`; times in ms, `None` where unknown.

    `number` tells it from others. `said` is what the transcript had there when it was made.
    `text` is the word that was said instead (`WORD`), or the label it counts under
    (`IS_A_FILLER`, `NOT_A_FILLER`).
    """

    number: int
    kind: CorrectionKind
    start_word: int
    end_word: int
    start_ms: int | None
    end_ms: int | None
    said: str
    text: str
