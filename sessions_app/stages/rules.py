"""Stage: everything the rules find in the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sessions_app.speech.atoms import Atom, atoms_of, has_marks, is_punctuated
from sessions_app.speech.clusters import cluster_findings
from sessions_app.speech.fillers import (
    FillerMatch,
    filler_findings,
    find_fillers,
    possible_sounds,
)
from sessions_app.speech.findings import Finding
from sessions_app.speech.hedges import hedge_findings
from sessions_app.speech.inclusive import inclusive_findings
from sessions_app.speech.material import Material, WordTimes
from sessions_app.speech.monotone import monotone_findings
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.notes import Notes
from sessions_app.speech.openers import opener_findings, starter_findings
from sessions_app.speech.overused import overused_findings
from sessions_app.speech.pace import pace_findings
from sessions_app.speech.packs import LanguagePack, Verdict, load_pack
from sessions_app.speech.pauses import pause_findings
from sessions_app.speech.repetition import repetition_findings, restart_findings
from sessions_app.speech.run_ons import run_on_findings
from sessions_app.speech.sentences import sentences
from sessions_app.speech.spoken import filler_places, without
from sessions_app.speech.trailing import trailing_findings
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.materials import material
from sessions_app.stages.outputs import (
    Caveat,
    RulesOutput,
    TextSource,
    Timing,
    TranscriptionOutput,
)

_PLACED = (Timing.ALIGNED, Timing.RECOGNISED, Timing.CUES)
_HEARD = (Timing.ALIGNED, Timing.RECOGNISED)

Ranges = tuple[tuple[int, int], ...]


def run(context: RunContext, check: Check) -> RulesOutput | None:
    """`None` when there are no words. Findings stand in the order of the talk.

    The words of a draft are often wrong or missing, so that nothing is said but that a sound
    was possibly heard. Without a language pack only what needs none is found.
    """
    spoken = context.transcription
    if spoken is None:
        return None
    check()
    pack = load_pack(spoken.language)
    notes = Notes(spoken.words, pack)
    ranges = sentences(spoken.words, spoken.language)
    check()
    found = [*_wording(spoken, ranges, pack, notes, check)]
    check()
    if spoken.source is not TextSource.DRAFT:
        found += _delivery(spoken, ranges, context.talk.target_wpm, notes)
        check()
        found += _voice(material(spoken, (), ranges, context.media, fillers_judged=False), notes)
    return RulesOutput(
        findings=tuple(sorted(found, key=_order)),
        sentences=ranges,
        caveats=() if pack else (Caveat.NO_PACK,),
    )


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.start_word, finding.end_word, finding.kind


def _wording(
    spoken: TranscriptionOutput,
    ranges: Ranges,
    pack: LanguagePack | None,
    notes: Notes,
    check: Check,
) -> Iterator[Finding]:
    fillers = find_fillers(spoken.words, pack) if pack else []
    check()
    if spoken.source is TextSource.DRAFT:
        yield from filler_findings(possible_sounds(fillers, spoken.words), notes)
        return
    found = filler_findings(fillers, notes)
    yield from found
    if spoken.timing in _PLACED:
        yield from cluster_findings(found, ranges, notes)
    yield from _phrasing(spoken, ranges, fillers, pack, notes)


def _phrasing(
    spoken: TranscriptionOutput,
    ranges: Ranges,
    fillers: list[FillerMatch],
    pack: LanguagePack | None,
    notes: Notes,
) -> Iterator[Finding]:
    atoms = atoms_of(spoken.words, pack.divides) if pack else atoms_of(spoken.words)
    meant = without(atoms, filler_places(fillers, Verdict.COUNTED))
    yield from repetition_findings(meant, notes)
    yield from restart_findings(atoms, meant, notes)
    if pack is None:
        return
    plain = without(atoms, filler_places(fillers, Verdict.COUNTED, Verdict.POSSIBLE))
    for finder in _FINDERS:
        yield from finder(plain, pack, notes)
    if is_punctuated(atoms):
        yield from starter_findings(meant, ranges, pack, notes)
        yield from run_on_findings(ranges, pack, notes)


_FINDERS: tuple[Callable[[list[Atom], LanguagePack, Notes], list[Finding]], ...] = (
    hedge_findings,
    opener_findings,
    overused_findings,
    inclusive_findings,
)


def _delivery(
    spoken: TranscriptionOutput, ranges: Ranges, target_wpm: int | None, notes: Notes
) -> Iterator[Finding]:
    """Pauses where every word was heard in its place, as they are measured; pace wherever there
    are times."""
    if spoken.timing is not Timing.NONE:
        yield from pace_findings(spoken.words, pace_norm(target_wpm), notes)
    if spoken.timing in _HEARD:
        marked = has_marks(spoken.words)
        breaks = frozenset(end - 1 for _, end in ranges) if marked else None
        yield from pause_findings(spoken.words, breaks, notes)


def _voice(given: Material, notes: Notes) -> Iterator[Finding]:
    """Of recordings that can be relied on, where every word was heard in its place: what somebody
    else says between them is nobody's voice here."""
    if given.times is not WordTimes.EXACT:
        return
    if given.pitch_hz is not None:
        yield from monotone_findings(given.words, given.pitch_hz, notes)
    if given.loudness_dbfs is not None:
        yield from trailing_findings(
            given.words, given.sentences, given.loudness_dbfs, given.speech_regions, notes
        )
