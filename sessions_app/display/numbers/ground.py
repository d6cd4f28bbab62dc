"""What the numbers of one report are computed from, as it was when they were computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sessions_app.display.numbers.entry import Place, Places
from sessions_app.display.text import clock, quote
from sessions_app.report import Report
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.material import Material, WordTimes
from sessions_app.speech.measures import voice_regions
from sessions_app.speech.metrics import FORMULA_VERSION, Metrics
from sessions_app.speech.norms import PaceNorm
from sessions_app.speech.tracks import Region
from sessions_app.speech.words import Word
from sessions_app.stages.materials import material
from sessions_app.stages.outputs import Caveat, TextSource, Timing, TranscriptionOutput

PLACED = (WordTimes.EXACT, WordTimes.CUES)


@dataclass(frozen=True, slots=True)
class Ground:
    """`norm` is what the talk's pace is held against."""

    report: Report
    metrics: Metrics
    material: Material
    norm: PaceNorm

    @property
    def words(self) -> tuple[Word, ...]:
        return self.material.words

    @property
    def voice(self) -> tuple[Region, ...]:
        """Where the speaker speaks."""
        return voice_regions(self.material)

    @property
    def same_formulas(self) -> bool:
        """Whether what this version computes is what the report shows."""
        return self.metrics.formula_version == FORMULA_VERSION

    def lacks(self, caveat: Caveat) -> bool:
        return caveat in self.report.caveats

    def found(
        self, *kinds: FindingKind, status: FindingStatus | None = FindingStatus.COUNTED
    ) -> list[Finding]:
        """`None` for those of any status."""
        of_kind = (finding for finding in self.report.findings if finding.kind in kinds)
        return [finding for finding in of_kind if status in (None, finding.status)]

    def place(self, start: int, end: int, note: str = "", ms: int | None = None) -> Place:
        """Words `start` up to, not including, `end`; played from `ms` or else the first word."""
        at = self.words[start].start_ms if ms is None else ms
        said = " ".join(word.text for word in self.words[start:end])
        return Place(start, quote(said), at, "" if at is None else clock(at), note)

    def of_findings(self, title: str, findings: Sequence[Finding]) -> tuple[Places, ...]:
        return listed(title, (self._of(finding) for finding in findings))

    def _of(self, finding: Finding) -> Place:
        """With the name it is counted under, where that is not what was said."""
        own = finding.kind is FindingKind.FILLER
        other = own and finding.label.casefold() not in finding.text.casefold()
        note = finding.label if other else ""
        return self.place(finding.start_word, finding.end_word, note, finding.start_ms)


def listed(title: str, places: Iterable[Place]) -> tuple[Places, ...]:
    """No list at all where there is nothing in it."""
    found = tuple(places)
    return (Places(title, found),) if found else ()


def ground_of(report: Report, norm: PaceNorm) -> Ground | None:
    """`None` before there are measures."""
    if report.metrics is None:
        return None
    spoken = TranscriptionOutput(
        words=report.words,
        source=TextSource(report.source),
        timing=Timing(report.timing),
        language=report.language,
        engine=report.engine,
    )
    stuff = material(
        spoken,
        report.findings,
        report.sentences,
        report.media,
        fillers_judged=report.metrics.fillers_total is not None,
    )
    return Ground(report, report.metrics, stuff, norm)
