"""Measuring one talk: each number with the way to check it by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import fmean, pstdev

from sessions_app.speech.atoms import has_marks
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.gaps import joined, length_ms, turn_regions, word_regions
from sessions_app.speech.material import Material, WordTimes
from sessions_app.speech.metrics import (
    FORMULA_VERSION,
    LabelCount,
    Metrics,
    PaceWindow,
    PauseCounts,
)
from sessions_app.speech.pace import pace_windows
from sessions_app.speech.pause_classes import longest_pause_ms, pause_counts
from sessions_app.speech.prosody import loudness, pitch
from sessions_app.speech.tracks import Region
from sessions_app.speech.vocabulary import variety

MIN_WINDOWS = 3
"""Fewer stretches than this say nothing about how evenly somebody speaks."""

_MS_PER_MINUTE = 60_000
_PLACED = (WordTimes.EXACT, WordTimes.CUES)


@dataclass(frozen=True, slots=True)
class _Times:
    speaking_ms: int | None
    total_ms: int | None
    timed_words: int


@dataclass(frozen=True, slots=True)
class _Fillers:
    total: int | None
    sounds: int | None
    by_label: tuple[LabelCount, ...]


def measure(material: Material) -> Metrics:
    """Every measure the material supports; `None` for the rest."""
    times = _times(material)
    fillers = _fillers(material)
    voice = voice_regions(material)
    heard = loudness(material.loudness_dbfs, voice) if material.loudness_dbfs else None
    melody = pitch(material.pitch_hz, voice) if material.pitch_hz else None
    windows = pace_windows(material.words) if material.times in _PLACED else ()
    return Metrics(
        formula_version=FORMULA_VERSION,
        duration_ms=material.duration_ms if material.duration_ms is not None else times.total_ms,
        speaking_ms=times.speaking_ms,
        word_count=len(material.words),
        wpm=per_minute(times.timed_words, times.speaking_ms),
        wpm_total=per_minute(times.timed_words, times.total_ms),
        pace_windows=windows,
        pace_variation=_variation(windows),
        fillers_total=fillers.total,
        fillers_possible=_count(material, FindingKind.FILLER, status=FindingStatus.POSSIBLE),
        fillers_per_minute=per_minute(fillers.total, times.speaking_ms),
        fillers_by_label=fillers.by_label,
        filler_clusters=_clusters(material),
        pauses=_pauses(material),
        longest_pause_ms=_longest_pause(material),
        repetitions=_repetitions(material),
        hedges=_judged(material, FindingKind.HEDGE),
        loudness_mean_dbfs=heard.mean_dbfs if heard else None,
        loudness_sd_db=heard.sd_db if heard else None,
        pitch_median_hz=melody.median_hz if melody else None,
        pitch_range_semitones=melody.range_semitones if melody else None,
        monotone=melody.monotone if melody else None,
        vocabulary_variety=_vocabulary(material),
        sentence_words_mean=_sentence_words(material),
        filler_sounds=fillers.sounds,
    )


def per_minute(count: int | None, length: int | None) -> float | None:
    """Count divided by minutes; `length` in ms. `None` when either is unknown or length is 0."""
    if count is None or not length:
        return None
    return count * _MS_PER_MINUTE / length


def counted_fillers(material: Material) -> list[Finding]:
    """The fillers that stand: kind filler, status counted."""
    return [
        finding
        for finding in material.findings
        if finding.kind is FindingKind.FILLER and finding.status is FindingStatus.COUNTED
    ]


def _times(material: Material) -> _Times:
    """Speaking time: words and the gaps up to 1.5 s between them. Total: first to last word.

    Somebody else's turns are no part of either. Where words are only spread over the stretches
    with speech, those stretches count instead; with several turns nobody knows whose they are.
    """
    words = material.words
    if material.times in _PLACED:
        timed = sum(word.start_ms is not None and word.end_ms is not None for word in words)
        return _Times(length_ms(word_regions(words)), length_ms(turn_regions(words)), timed)
    regions = material.speech_regions
    single = len({word.turn for word in words}) == 1
    if material.times is WordTimes.SPREAD and regions and single:
        total = regions[-1].end_ms - regions[0].start_ms
        return _Times(length_ms(joined(regions)), total, len(words))
    return _Times(None, None, 0)


def voice_regions(material: Material) -> tuple[Region, ...]:
    """Where to listen: the speaker's own turns when there are several, else all speech."""
    several = len({word.turn for word in material.words}) > 1
    if several:
        return word_regions(material.words) if material.times in _PLACED else ()
    return material.speech_regions or word_regions(material.words)


def _fillers(material: Material) -> _Fillers:
    """Counted fillers by label, most frequent first. Nothing is counted in a draft."""
    if not (material.exact_words and material.fillers_judged):
        return _Fillers(None, None, ())
    labels = Counter(finding.label for finding in counted_fillers(material))
    ranked = sorted(labels.items(), key=lambda item: (-item[1], item[0]))
    return _Fillers(
        total=labels.total(),
        sounds=sum(count for label, count in ranked if label in material.sounds),
        by_label=tuple(LabelCount(label, count) for label, count in ranked),
    )


def _clusters(material: Material) -> int | None:
    """Findings of clustered fillers; without times nobody can tell what is close together."""
    if material.times not in _PLACED:
        return None
    return _judged(material, FindingKind.FILLER_CLUSTER)


def _pauses(material: Material) -> PauseCounts | None:
    """Silences between words heard one by one; cues and spread words have none to trust."""
    if material.times is not WordTimes.EXACT or len(material.words) < 2:  # noqa: PLR2004
        return None
    breaks = frozenset(end - 1 for _, end in material.sentences) if _sentences(material) else None
    return pause_counts(material.words, breaks)


def _longest_pause(material: Material) -> int | None:
    return longest_pause_ms(material.words) if material.times is WordTimes.EXACT else None


def _sentences(material: Material) -> tuple[tuple[int, int], ...]:
    """The sentences, if the words are exact and somebody set their marks."""
    if not material.exact_words or not has_marks(material.words):
        return ()
    return material.sentences


def _judged(material: Material, kind: FindingKind) -> int | None:
    """Counted findings of this kind, where words and language allow a judgement."""
    if not (material.exact_words and material.fillers_judged):
        return None
    return _count(material, kind, status=FindingStatus.COUNTED)


def _repetitions(material: Material) -> int | None:
    """Words said twice in a row and sentences begun again; any language, but exact words."""
    if not material.exact_words:
        return None
    kinds = (FindingKind.REPETITION, FindingKind.RESTART)
    return _count(material, *kinds, status=FindingStatus.COUNTED)


def _count(material: Material, *kinds: FindingKind, status: FindingStatus) -> int:
    return sum(f.kind in kinds and f.status is status for f in material.findings)


def _variation(windows: tuple[PaceWindow, ...]) -> float | None:
    """Standard deviation of the windows' pace divided by its mean; from three windows on."""
    if len(windows) < MIN_WINDOWS:
        return None
    paces = [window.wpm for window in windows]
    mean = fmean(paces)
    return pstdev(paces, mean) / mean if mean else None


def _vocabulary(material: Material) -> float | None:
    """MATTR over the words spelt like no filler, so that no filler counts here again."""
    if not material.exact_words:
        return None
    return variety(material.words, material.filler_forms)


def _sentence_words(material: Material) -> float | None:
    """Words divided by sentences."""
    sentences = _sentences(material)
    return len(material.words) / len(sentences) if sentences else None
