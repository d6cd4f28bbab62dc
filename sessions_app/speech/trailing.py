"""Sentences whose last words fade away."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.gaps import length_ms
from sessions_app.speech.notes import Notes
from sessions_app.speech.prosody import percentile, values_inside
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word

FEWEST_WORDS = 6
BODY_MS = 1_000
"""A sentence has an end that can fall away from the rest when there is a rest."""

END_MS = 600
"""The last words are as many as last this long: one that is stressed is mostly among them, and
what follows the stress in an English sentence is soft by nature."""

HALF_AS_LOUD_DB = 10.0
"""Ten decibels less are heard as half as loud (Stevens's rule for sones)."""

NOTICEABLE_DB = 6.0
"""Twice the 3 dB from which listeners notice that speech stands out less from the noise around
it (McShefferty and others, Trends in Hearing 2015)."""

ENOUGH_SENTENCES = 5
"""Fewer say nothing about how a speaker ends sentences as a rule."""

AUDIBLE_MS = 200
"""Of the last words so much has to be heard as speech, or their times are wrong."""

MOST = 5
"""Sentences shown at most, those that fall the furthest: more cannot be worked on at once."""

_LOUD = 0.8  # the level of its vowels: consonants and the silence at its end do not count
_TO_SD = 1.4826  # from the median deviation to the standard deviation, if normal


@dataclass(frozen=True, slots=True)
class _End:
    """Words `start` up to `end` close a sentence, `fall_db` below the level of its other words."""

    start: int
    end: int
    fall_db: float


def trailing_findings(
    words: Sequence[Word],
    sentences: Sequence[tuple[int, int]],
    loudness_dbfs: Track,
    speech: Sequence[Region],
    notes: Notes,
) -> list[Finding]:
    """Sentence ends that fall much further than this speaker's do as a rule. Words need the times
    at which they were heard; the findings stand in the order of the talk.

    Every sentence ends a little lower, so the limit is 6 dB, or two standard deviations, below the
    speaker's usual end. Who fades by habit is not excused: from 10 dB on every fall counts.
    """
    ends = [found for span in sentences if (found := _end(words, span, loudness_dbfs, speech))]
    limit = _limit([end.fall_db for end in ends])
    furthest = sorted(ends, key=lambda end: -end.fall_db)[:MOST]
    return [_note(end, limit, notes) for end in ends if end in furthest and end.fall_db >= limit]


def _limit(falls: Sequence[float]) -> float:
    if len(falls) < ENOUGH_SENTENCES:
        return HALF_AS_LOUD_DB
    usual = median(falls)
    scatter = _TO_SD * median(abs(fall - usual) for fall in falls)
    return min(max(usual, 0.0) + max(NOTICEABLE_DB, 2 * scatter), HALF_AS_LOUD_DB)


def _end(
    words: Sequence[Word], span: tuple[int, int], track: Track, speech: Sequence[Region]
) -> _End | None:
    """`None` for a sentence too short to have an end of its own, or without times."""
    start, end = span
    at = _last_words(words, start, end)
    body, tail = _spans(words[start:at]), _spans(words[at:end])
    if end - start < FEWEST_WORDS or length_ms(body) < BODY_MS or length_ms(tail) < END_MS:
        return None
    if length_ms(_heard(tail, speech)) < AUDIBLE_MS:
        return None
    levels = [sorted(values_inside(track, spans)) for spans in (body, tail)]
    if not all(levels):
        return None
    loud, soft = (percentile(values, _LOUD) for values in levels)
    return _End(at, end, loud - soft)


def _last_words(words: Sequence[Word], start: int, end: int) -> int:
    at = end
    while at > start and length_ms(_spans(words[at:end])) < END_MS:
        at -= 1
    return at


def _spans(words: Sequence[Word]) -> list[Region]:
    return [
        Region(word.start_ms, word.end_ms)
        for word in words
        if word.start_ms is not None and word.end_ms is not None
    ]


def _heard(spans: Sequence[Region], speech: Sequence[Region]) -> list[Region]:
    """The parts of `spans` inside of `speech`, both in order."""
    return [part for span in spans for part in _inside(span, speech)]


def _inside(span: Region, speech: Sequence[Region]) -> Iterator[Region]:
    first = bisect_right(speech, span.start_ms, key=lambda region: region.end_ms)
    for region in speech[first:]:
        if region.start_ms >= span.end_ms:
            return
        yield Region(max(region.start_ms, span.start_ms), min(region.end_ms, span.end_ms))


def _note(end: _End, limit: float, notes: Notes) -> Finding:
    far = end.fall_db >= limit + NOTICEABLE_DB
    return notes.note(
        FindingKind.TRAILING_OFF,
        "end_of_sentence",
        end.start,
        end.end,
        severity=Severity.MAJOR if far else Severity.MINOR,
    )
