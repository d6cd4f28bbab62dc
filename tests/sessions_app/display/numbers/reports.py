"""Reports of whole talks, measured by the stages that measure them."""

from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.schemas import ContentReview
from sessions_app.report import Report, assemble
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word
from sessions_app.stages import rules, scoring
from sessions_app.stages.outputs import (
    Caveat,
    MediaOutput,
    StageName,
    TextSource,
    Timing,
)
from tests.sessions_app.samples import MEDIA, REFINEMENT
from tests.sessions_app.speech.said import timed
from tests.sessions_app.stages.rule_runs import context

SENTENCES = (
    "Um, today we speak about plans.",
    "They grow, you know, and and they change.",
    "I think that every plan needs, uh, somebody who reads it aloud.",
    "So we walk through it twice, and the third time nobody is surprised.",
    "A plan is a promise you can take back.",
    "It costs little to write one and much to follow it.",
)
TEXT = " ".join(SENTENCES * 3)
GAPS = {5: 400, 12: 1_000, 24: 2_200, 37: 3_600, 46: 900, 60: 500, 80: 1_700}
WORDS = timed(TEXT, word_ms=330, gaps=GAPS)
END_MS = WORDS[-1].end_ms or 0
HOP_MS = 100
SOUND = replace(
    MEDIA,
    duration_ms=END_MS + 500,
    caveats=(),
    loudness_dbfs=Track(HOP_MS, tuple(-20.0 - i % 7 for i in range(END_MS // HOP_MS))),
    pitch_hz=Track(HOP_MS, tuple(110.0 + 5 * (i % 11) for i in range(END_MS // HOP_MS))),
    speech_regions=(Region(0, END_MS),),
)


def a_report(
    words: tuple[Word, ...] = WORDS,
    *,
    source: TextSource = TextSource.OWN,
    timing: Timing = Timing.ALIGNED,
    language: str = "en",
    media: MediaOutput | None = SOUND,
    review: ContentReview | None = None,
    caveats: tuple[Caveat, ...] = (),
) -> Report:
    """By rules and scoring, as a run makes it."""
    given = context(words, language=language, source=source, timing=timing)
    if media is not None:
        media = replace(media, caveats=caveats)
        given = given.with_output(StageName.MEDIA, media)
    given = given.with_output(StageName.RULES, rules.run(given, lambda: None))
    refinement = replace(REFINEMENT, review=review)
    given = given.with_output(StageName.REFINEMENT, refinement)
    assert given.transcription is not None
    return assemble(
        title="Talk",
        language=language,
        kind="presentation",
        provisional=False,
        media=media,
        transcription=given.transcription,
        rules=given.rules,
        refinement=refinement,
        scoring=scoring.run(given, lambda: None),
        steps_down=(),
        timings=(),
        processing_time_ms=1,
    )


BARE = tuple(Word(word.text) for word in WORDS)
REPORTS = {
    "exact": a_report(),
    "cues": a_report(timing=Timing.CUES, media=None),
    "spread": a_report(timing=Timing.APPROXIMATE),
    "no times": a_report(BARE, timing=Timing.NONE, media=None),
    "draft": a_report(source=TextSource.DRAFT),
    "no pack": a_report(language="ja"),
    "noisy": a_report(caveats=(Caveat.NOISY, Caveat.CLIPPED)),
    "short": a_report(timed("Um, hello there."), media=None),
    "two turns": a_report((*WORDS[:60], *(replace(word, turn=1) for word in WORDS[60:]))),
}
