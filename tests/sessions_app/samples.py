"""Small complete outputs of every stage, and stages that return them without working for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sessions_app.coaching.schemas import Coaching, Evidence, FocusArea, Goal, PlanStep
from sessions_app.pipeline import STAGES, Stage
from sessions_app.speech.findings import Finding, FindingKind
from sessions_app.speech.metrics import FORMULA_VERSION, LabelCount, Metrics
from sessions_app.speech.pieces import Piece
from sessions_app.speech.scores import Band, Score, Scores
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import (
    Caveat,
    MediaOutput,
    Mode,
    RefinementOutput,
    RulesOutput,
    ScoringOutput,
    StageName,
    TextSource,
    Timing,
    TranscriptionOutput,
)

MEDIA = MediaOutput(
    duration_ms=3000,
    claimed_duration_ms=3000,
    container="wav",
    codec="pcm_s16le",
    sample_rate=16000,
    channels=1,
    audio_name="",
    loudness_dbfs=Track(100, (-20.0, -21.5, None)),
    pitch_hz=Track(100, (120.0, None, 118.0)),
    speech_regions=(Region(0, 2800),),
    cut_points_ms=(1500,),
    pieces=(Piece(0, 3000, (Region(0, 2800),)),),
    snr_db=30.0,
    caveats=(Caveat.TRUNCATED,),
)
TRANSCRIPTION = TranscriptionOutput(
    words=(
        Word("Um,", 0, 300, 0.9),
        Word("hello", 400, 900, 0.8),
        Word("there.", 950, 1400),
    ),
    source=TextSource.OWN,
    timing=Timing.ALIGNED,
    language="en",
    engine="pocketsphinx alignment",
)
RULES = RulesOutput(
    findings=(
        Finding(FindingKind.FILLER, "um", "Um,", 0, 1, 0, 300, why="A sound.", advice="Pause."),
    ),
    sentences=((0, 3),),
    caveats=(Caveat.NOISY,),
)
REFINEMENT = RefinementOutput(
    mode=Mode.RULE_BASED,
    coaching=Coaching(
        language="en",
        summary="A calm start.",
        strengths=("You were easy to follow.",),
        focus_areas=(
            FocusArea("fillers", "Fillers", "What", "Why", "Exercise", 5, (Evidence(0, 1),)),
        ),
        goal=Goal("Fewer fillers", "fillers_per_minute", 4.0),
        plan=(PlanStep("Practise", 5, 3),),
        acknowledgement="",
    ),
)
METRICS = Metrics(
    formula_version=FORMULA_VERSION,
    duration_ms=3000,
    speaking_ms=1400,
    word_count=3,
    wpm=128.5,
    wpm_total=60.0,
    pace_windows=(),
    pace_variation=None,
    fillers_total=1,
    fillers_possible=0,
    fillers_per_minute=42.9,
    fillers_by_label=(LabelCount("um", 1),),
    filler_clusters=0,
    pauses=None,
    longest_pause_ms=100,
    repetitions=0,
    hedges=0,
    loudness_mean_dbfs=-20.0,
    loudness_sd_db=1.0,
    pitch_median_hz=119.0,
    pitch_range_semitones=3.0,
    monotone=None,
    vocabulary_variety=None,
    sentence_words_mean=3.0,
)
SCORING = ScoringOutput(
    metrics=METRICS,
    scores=Scores(
        pace=Score(90, Band.STRONG),
        fillers=None,
        pauses=None,
        variety=None,
        structure=None,
        overall=Score(90, Band.STRONG),
    ),
)
OUTPUTS: dict[StageName, Any] = {
    StageName.MEDIA: MEDIA,
    StageName.TRANSCRIPTION: TRANSCRIPTION,
    StageName.RULES: RULES,
    StageName.REFINEMENT: REFINEMENT,
    StageName.SCORING: SCORING,
}

StageFunction = Callable[[RunContext, Check], Any]


def stages(**own: StageFunction) -> tuple[Stage, ...]:
    """The product's stages in order, each answering with its sample unless given here."""
    return tuple(replace(stage, run=own.get(stage.name, _sample(stage.name))) for stage in STAGES)


def _sample(name: StageName) -> StageFunction:
    def run(context: RunContext, check: Check) -> Any:
        if name is StageName.MEDIA:
            (context.workdir / "audio.flac").write_bytes(b"fLaC")
        return OUTPUTS[name]

    return run
