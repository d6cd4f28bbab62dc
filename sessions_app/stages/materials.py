"""What may be measured of a run: the words, and of the recording what can be relied on."""

from __future__ import annotations

from sessions_app.speech.findings import Finding
from sessions_app.speech.material import Material, WordTimes
from sessions_app.speech.packs import load_pack
from sessions_app.speech.tracks import Track
from sessions_app.stages.outputs import Caveat, MediaOutput, TextSource, Timing, TranscriptionOutput

WORD_TIMES = {
    Timing.ALIGNED: WordTimes.EXACT,
    Timing.RECOGNISED: WordTimes.EXACT,
    Timing.CUES: WordTimes.CUES,
    Timing.APPROXIMATE: WordTimes.SPREAD,
    Timing.NONE: WordTimes.NONE,
}


def material(
    spoken: TranscriptionOutput,
    findings: tuple[Finding, ...],
    sentences: tuple[tuple[int, int], ...],
    media: MediaOutput | None,
    *,
    fillers_judged: bool,
) -> Material:
    """Without loudness where the recording clips, without pitch where it is noisy."""
    return Material(
        words=spoken.words,
        findings=findings,
        sentences=sentences,
        times=WORD_TIMES[spoken.timing],
        exact_words=spoken.source is not TextSource.DRAFT,
        fillers_judged=fillers_judged,
        sounds=filler_sounds(spoken.language),
        filler_forms=filler_forms(spoken.language),
        duration_ms=media.duration_ms if media else None,
        speech_regions=media.speech_regions if media else (),
        loudness_dbfs=_track(media, Caveat.CLIPPED, media.loudness_dbfs) if media else None,
        pitch_hz=_track(media, Caveat.NOISY, media.pitch_hz) if media else None,
    )


def filler_sounds(language: str) -> frozenset[str]:
    """Labels of the fillers that are sounds and no words."""
    pack = load_pack(language)
    return frozenset(entry.label for entry in pack.lexical) if pack else frozenset()


def filler_forms(language: str) -> frozenset[str]:
    """Everything a filler can look like, whether it is one in its place or not."""
    pack = load_pack(language)
    forms = pack.filler_forms if pack else {}
    return frozenset(form for form, entry in forms.items() if entry)


def _track(media: MediaOutput, unless: Caveat, track: Track) -> Track | None:
    return None if unless in media.caveats else track
