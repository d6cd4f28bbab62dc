"""Words from the speaker's own transcript, with times from the recording where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.recognition.alignment import Aligner, Alignment
from sessions_app.recognition.engine import NAME, knows_language
from sessions_app.recognition.pcm import open_recording
from sessions_app.recognition.spreading import Span, fill_gaps, in_order, spread
from sessions_app.recognition.stated import MAX_WORDS_PER_SECOND
from sessions_app.recognition.text import speak
from sessions_app.speech.tracks import Region
from sessions_app.speech.words import Word
from sessions_app.stages.context import Check, RunContext, Talk
from sessions_app.stages.outputs import Caveat, MediaOutput, TextSource, Timing, TranscriptionOutput
from sessions_app.stages.problems import InputProblem, Problem
from sessions_app.transcripts.parsing import parse
from sessions_app.transcripts.script import Script, stated_starts, write_script

# Below this rate of words per second of speech the transcript leaves most of the talk out.
_MIN_WORDS_PER_SECOND = 0.5
_ENOUGH_SPEECH_MS = 20_000
# Shares of words found in the recording: below this the report says that parts could not be, …
_SAME_TEXT_SHARE = 0.85
# … and below this it is the text of another talk. Texts of other talks measured 0.00 in eighteen
# pairs; right texts 0.55 to 1.00 from 15 dB over the noise on, and down to 0.00 below.
_OTHER_TEXT_SHARE = 0.3
_CLEAR_DB = 15.0


@dataclass(frozen=True, slots=True)
class _Timed:
    """Times of all words of a script, and how they came about."""

    spans: tuple[Span | None, ...]
    timing: Timing
    engine: str
    caveats: tuple[Caveat, ...] = ()


def own_words(context: RunContext, check: Check) -> TranscriptionOutput:
    """`check` is called between steps of a second or two. Raises InputProblem: TRANSCRIPT_EMPTY,
    TRANSCRIPT_TOO_LONG, TRANSCRIPT_MISMATCH, FILE_MISSING.
    """
    talk = context.talk
    script = write_script(parse(talk.transcript_text, talk.transcript_format))
    turns = script.turns(talk.speaker)
    if all(turn is None for turn in turns):
        raise InputProblem(Problem.TRANSCRIPT_EMPTY, f"no word in {len(script.words)} counts")
    timed = (
        _without_audio(talk, script) if context.media is None else _timed(context, script, check)
    )
    words = [
        _word(text, span, turn)
        for text, span, turn in zip(script.words, timed.spans, turns, strict=True)
        if turn is not None
    ]
    return TranscriptionOutput(
        tuple(words), TextSource.OWN, timed.timing, talk.language, timed.engine, timed.caveats
    )


def _word(text: str, span: Span | None, turn: int) -> Word:
    start, end = span or (None, None)
    return Word(text, start, end, turn=turn)


def _without_audio(talk: Talk, script: Script) -> _Timed:
    stated = _stated(script, None, ())
    if any(span is None for span in stated):
        return _Timed((None,) * len(stated), Timing.NONE, "none", (Caveat.NO_TIMES,))
    known = [span for span in stated if span is not None]
    last_end = max(end for _, end in known)
    caveats = (Caveat.TIMES_APPROXIMATE,) if talk.transcript_format == "txt" else ()
    return _Timed(tuple(in_order(known, last_end)), Timing.CUES, "transcript times", caveats)


def _stated(script: Script, duration_ms: int | None, speech: Sequence[Region]) -> list[Span | None]:
    """Word times interpolated inside the passages that state theirs."""
    spans: list[Span | None] = []
    for section in script.sections:
        words = script.words[section.first : section.last]
        if section.start_ms is None or section.end_ms is None:
            spans += [None] * len(words)
            continue
        end = section.end_ms if duration_ms is None else min(section.end_ms, duration_ms)
        spans += spread(words, section.start_ms, end, speech)
    return spans


def _timed(context: RunContext, script: Script, check: Check) -> _Timed:
    media = context.media
    assert media is not None
    rate = len(script.words) * 1000 / max(1, media.duration_ms)
    if rate > MAX_WORDS_PER_SECOND:
        raise InputProblem(Problem.TRANSCRIPT_MISMATCH, f"{rate:.0f} words per second")
    stated = _stated(script, media.duration_ms, media.speech_regions)
    found = _align(context, script, check)
    other = found is not None and found.share < _OTHER_TEXT_SHARE
    if other and _would_be_found(script, media):
        nowhere = (None,) * len(script.words)
        return _Timed(nowhere, Timing.NONE, "none", (Caveat.TRANSCRIPT_MISMATCHED,))
    if found is None or other:
        known = stated
    else:
        known = [hit or guess for hit, guess in zip(found.spans, stated, strict=True)]
    spans = fill_gaps(script.words, known, media.duration_ms, media.speech_regions)
    timing, engine = _quality(found, stated)
    caveats = _caveats(context, script, found, timing)
    return _Timed(tuple(spans), timing, engine, caveats)


def _align(context: RunContext, script: Script, check: Check) -> Alignment | None:
    """None where the engine does not know the language."""
    if not knows_language(context.talk.language) or context.media is None:
        return None
    if context.audio_path is None:
        raise InputProblem(Problem.FILE_MISSING, "no decoded audio")
    with open_recording(context.audio_path, context.workdir, check) as recording:
        aligner = Aligner(recording, script.words, context.workdir, check)
        return aligner.align(stated_starts(script), context.media.speech_regions)


def _would_be_found(script: Script, media: MediaOutput) -> bool:
    """Whether the engine can listen for most of the text, and noise does not keep it from it."""
    clear = media.snr_db is None or media.snr_db >= _CLEAR_DB
    return clear and 2 * len(set(speak(script.words).owners)) >= len(script.words)


def _quality(found: Alignment | None, stated: Sequence[Span | None]) -> tuple[Timing, str]:
    if found is not None and found.is_good:
        return Timing.ALIGNED, f"{NAME} alignment"
    if all(span is not None for span in stated):
        return Timing.CUES, "transcript times"
    return Timing.APPROXIMATE, "spread over speech"


def _caveats(
    context: RunContext, script: Script, found: Alignment | None, timing: Timing
) -> tuple[Caveat, ...]:
    caveats = []
    if timing is Timing.APPROXIMATE:
        caveats.append(Caveat.TIMES_APPROXIMATE)
    regions = context.media.speech_regions if context.media else ()
    speech_ms = sum(region.end_ms - region.start_ms for region in regions)
    too_few = (
        speech_ms >= _ENOUGH_SPEECH_MS
        and len(script.words) * 1000 < _MIN_WORDS_PER_SECOND * speech_ms
    )
    if too_few or (found is not None and found.share < _SAME_TEXT_SHARE):
        caveats.append(Caveat.TRANSCRIPT_DIFFERS)
    return tuple(caveats)
