"""What the findings of a talk stand on."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app.speech.clusters import cluster_findings
from sessions_app.speech.findings import Finding
from sessions_app.speech.notes import Notes


@dataclass(frozen=True, slots=True)
class Ground:
    """`sounds` are the labels of fillers that are no words; `placed` says that the times of words
    tell what is close together. `prompt` is what the speaker set out to practise, word by word.
    """

    notes: Notes
    language: str
    sentences: tuple[tuple[int, int], ...]
    sounds: frozenset[str] = frozenset()
    placed: bool = True
    prompt: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Words of the talk."""
        return len(self.notes.words)

    def clusters(self, fillers: list[Finding]) -> list[Finding]:
        return cluster_findings(fillers, self.sentences, self.notes) if self.placed else []

    def resolves(self, first: int, last: int) -> bool:
        """Whether words `first` to `last`, both included, exist."""
        return 0 <= first <= last < self.size
