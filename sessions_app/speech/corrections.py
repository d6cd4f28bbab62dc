"""What the speaker set right in a report: words that were no fillers, that were, or were others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sessions_app.speech.atoms import is_letter
from sessions_app.speech.words import Word


class CorrectionKind(StrEnum):
    NOT_A_FILLER = "not_a_filler"
    IS_A_FILLER = "is_a_filler"
    WORD = "word"  # another word was said


@dataclass(frozen=True, slots=True)
class Correction:
    """Words `start_word` up to, not including, `end_word`; times in ms, `None` where unknown.

    `number` tells it from others; a later one has a higher number. `said` is what the transcript
    had there when it was made, with the words edited before. `text` is the word that was said
    instead (`WORD`), or the label it counts under (`IS_A_FILLER`, `NOT_A_FILLER`).
    """

    number: int
    kind: CorrectionKind
    start_word: int
    end_word: int
    start_ms: int | None
    end_ms: int | None
    said: str
    text: str

    def touches(self, start_word: int, end_word: int) -> bool:
        """Whether any of these words, the last not included, is one of its own."""
        return self.start_word < end_word and start_word < self.end_word

    def covers(self, start_word: int, end_word: int) -> bool:
        """Whether all of these words, the last not included, are its own."""
        return self.start_word <= start_word and end_word <= self.end_word


def in_force(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Those that no later one on the same words took the place of, in the order they were made.

    Another word takes the place of all that was said of the one before it; whether a word is a
    filler says nothing about which word it is, nor about another filler written in the same word
    ("uh-um"). That "you" is a filler leaves it at "you know" being none.
    """
    ordered = sorted(corrections, key=lambda correction: correction.number)
    return tuple(
        earlier
        for at, earlier in enumerate(ordered)
        if not any(_replaces(later, earlier) for later in ordered[at + 1 :])
    )


def edited(words: Sequence[Word], corrections: Iterable[Correction]) -> tuple[Word, ...]:
    """`words` with the edited ones in their places; of an edited word nobody measured how surely
    it was heard. `corrections` are those in force.
    """
    right = list(words)
    for correction in corrections:
        if correction.kind is CorrectionKind.WORD:
            at = correction.start_word
            right[at] = replace(right[at], text=correction.text, confidence=None)
    return tuple(right)


def with_marks(word: str, typed: str) -> str:
    """`typed` with the marks at the ends of `word`, unless it brings marks of its own.

    A sentence shall not lose its end because somebody typed the word alone.
    """
    letters = [at for at, char in enumerate(word) if is_letter(char)]
    if not letters or not (is_letter(typed[0]) and is_letter(typed[-1])):
        return typed
    return word[: letters[0]] + typed + word[letters[-1] + 1 :]


def _replaces(later: Correction, earlier: Correction) -> bool:
    touched = later.touches(earlier.start_word, earlier.end_word)
    if later.kind is CorrectionKind.WORD or not touched:
        return touched
    if earlier.kind is CorrectionKind.WORD or _of_another_filler(later, earlier):
        return False
    if later.kind is CorrectionKind.NOT_A_FILLER:
        return True
    return later.covers(earlier.start_word, earlier.end_word)


def _of_another_filler(later: Correction, earlier: Correction) -> bool:
    """Whether `later` names one of several fillers on the words of `earlier`, and not its own."""
    same_words = (later.start_word, later.end_word) == (earlier.start_word, earlier.end_word)
    return same_words and later.text not in ("", earlier.text)
