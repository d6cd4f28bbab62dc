"""What coaching is written from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.norms import COMFORTABLE, PaceNorm
from sessions_app.speech.scores import Scores
from sessions_app.speech.words import Word

_T = TypeVar("_T")
_MARKS = '.,;:!?…—–-"“”()[] '


@dataclass(frozen=True, slots=True)
class Situation:
    """One talk, measured, beside the speaker's earlier ones (oldest first).

    `exact_words` is false for a draft: then only voice and length can be coached. `heard` are the
    words before their speaker edited any, where that happened.
    """

    language: str
    words: tuple[Word, ...]
    findings: tuple[Finding, ...]
    sentences: tuple[tuple[int, int], ...]
    metrics: Metrics
    scores: Scores
    history: tuple[Metrics, ...] = ()
    exact_words: bool = True
    norm: PaceNorm = COMFORTABLE
    target_seconds: int | None = None
    sounds: frozenset[str] = frozenset()
    heard: tuple[Word, ...] = ()

    def found(self, *kinds: FindingKind) -> list[Finding]:
        """Counted findings of these kinds, in the order of the talk."""
        return [
            finding
            for finding in self.findings
            if finding.kind in kinds and finding.status is FindingStatus.COUNTED
        ]

    def said(self, finding: Finding) -> str:
        """The words of a finding as they were said, without marks at their ends.

        The label of a finding names a group of phrases, and may never have been said.
        """
        words = self.words[finding.start_word : finding.end_word]
        return " ".join(word.text for word in words).strip(_MARKS)

    def per_hundred_words(self, count: int | None) -> float | None:
        if count is None or not self.metrics.word_count:
            return None
        return 100 * count / self.metrics.word_count

    def pick(self, variants: Sequence[_T], purpose: str) -> _T:
        """One of the variants: always the same for this talk, another for other talks.

        An edited word does not make it another talk.
        """
        digest = hashlib.sha256(f"{purpose}\n{self._fingerprint()}".encode()).digest()
        return variants[int.from_bytes(digest[:4], "big") % len(variants)]

    def _fingerprint(self) -> str:
        return " ".join(word.text for word in self.heard or self.words)
