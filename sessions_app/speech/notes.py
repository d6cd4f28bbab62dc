"""Writing findings: exact words, exact times, and the pack's texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.speech.findings import (
    LONGEST_LABEL,
    Finding,
    FindingKind,
    FindingStatus,
    Severity,
)
from sessions_app.speech.packs import Advice, LanguagePack
from sessions_app.speech.words import Word

_NO_TEXT = Advice(why="", advice="")


@dataclass(frozen=True, slots=True)
class Notes:
    """Findings on the words of one talk; without a pack they carry no texts."""

    words: Sequence[Word]
    pack: LanguagePack | None

    def note(
        self,
        kind: FindingKind,
        label: str,
        start_word: int,
        end_word: int,
        *,
        text: str | None = None,
        times: tuple[int | None, int | None] | None = None,
        status: FindingStatus = FindingStatus.COUNTED,
        severity: Severity = Severity.MINOR,
        confidence: float = 1.0,
        advice: Advice | None = None,
    ) -> Finding:
        """A finding on words `start_word` up to `end_word`; quote, times and texts are theirs
        unless given. Of a label longer than can be stored the end is cut off."""
        start_ms, end_ms = times or self._times(start_word, end_word)
        texts = advice or self._advice(kind, label)
        return Finding(
            kind=kind,
            label=label[:LONGEST_LABEL],
            text=self.quote(start_word, end_word) if text is None else text,
            start_word=start_word,
            end_word=end_word,
            start_ms=start_ms,
            end_ms=end_ms,
            status=status,
            severity=severity,
            confidence=confidence,
            why=texts.why,
            advice=texts.advice,
        )

    def quote(self, start_word: int, end_word: int) -> str:
        """The words exactly as written."""
        return " ".join(word.text for word in self.words[start_word:end_word])

    def _times(self, start_word: int, end_word: int) -> tuple[int | None, int | None]:
        return self.words[start_word].start_ms, self.words[end_word - 1].end_ms

    def _advice(self, kind: FindingKind, label: str) -> Advice:
        return self.pack.advice(kind, label) if self.pack else _NO_TEXT
