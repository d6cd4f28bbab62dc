from dataclasses import replace
from typing import Any

import pytest

from sessions_app.coaching.schemas import (
    Coaching,
    ContentReview,
    Evidence,
    PartFound,
    Remark,
    StructurePart,
)
from sessions_app.speech.scores import Scores
from sessions_app.stages import scoring
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import (
    Caveat,
    Mode,
    RefinementOutput,
    ScoringOutput,
    StageName,
    TextSource,
    Timing,
    WindowFacts,
)
from tests.sessions_app.stages.spoken_runs import go_on, media, run_of


def scored(context: RunContext) -> ScoringOutput:
    output = scoring.run(context, go_on)
    assert output is not None
    return output


def test_a_recording_with_its_transcript_supports_everything() -> None:
    metrics = scored(run_of(recording=media())).metrics
    assert metrics.duration_ms == 42_000
    assert metrics.wpm == pytest.approx(150.0)
    assert metrics.fillers_total == metrics.filler_sounds == 10
    assert metrics.fillers_per_minute == pytest.approx(15.0)
    assert metrics.loudness_mean_dbfs == -22.0
    assert metrics.monotone is True


def test_a_target_pace_counts() -> None:
    on_target = scored(run_of(target_wpm=150)).scores.pace
    off_target = scored(run_of(target_wpm=120)).scores.pace
    assert on_target is not None
    assert off_target is not None
    assert (on_target.value, off_target.value) == (100, 50)


def test_a_draft_has_measures_of_pace_and_pauses_and_no_scores_for_them() -> None:
    output = scored(run_of(source=TextSource.DRAFT, timing=Timing.RECOGNISED, recording=media()))
    assert output.metrics.fillers_total is None
    assert output.scores.fillers is None
    assert output.metrics.wpm == pytest.approx(150.0)
    assert output.metrics.pauses is not None
    assert output.scores.pace is None
    assert output.scores.pauses is None
    assert output.scores.variety is not None


def test_a_transcript_without_times_is_counted_and_not_scored() -> None:
    output = scored(run_of(timing=Timing.NONE))
    assert output.metrics.fillers_total == 10
    assert output.metrics.duration_ms is None
    assert output.scores == Scores(None, None, None, None, None, None)


def test_approximate_times_take_the_pace_from_the_speech_heard() -> None:
    metrics = scored(run_of(timing=Timing.APPROXIMATE, recording=media())).metrics
    assert metrics.speaking_ms == 41_000
    assert metrics.pauses is None
    assert metrics.pace_windows == ()


def test_noise_takes_the_pitch_and_clipping_the_loudness() -> None:
    noisy = scored(run_of(recording=media(Caveat.NOISY))).metrics
    assert noisy.monotone is None
    assert noisy.loudness_mean_dbfs is not None
    clipped = scored(run_of(recording=media(Caveat.CLIPPED))).metrics
    assert clipped.monotone is not None
    assert clipped.loudness_mean_dbfs is None


def test_without_a_language_pack_fillers_are_not_available() -> None:
    assert scored(run_of(caveats=(Caveat.NO_PACK,))).metrics.fillers_total is None


def test_nothing_to_score_without_words() -> None:
    assert scoring.run(replace(run_of(), transcription=None), go_on) is None
    assert scoring.run(replace(run_of(), rules=None), go_on) is None


def test_stops_when_told_to() -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        scoring.run(run_of(), stop)


def second_reading(context: RunContext, **changes: Any) -> RunContext:
    coaching = Coaching("en", "", (), (), None, (), "")
    output = RefinementOutput(Mode.PARALLEL, coaching, **changes)
    return context.with_output(StageName.REFINEMENT, output)


def test_what_a_second_reading_left_is_what_is_measured() -> None:
    context = run_of()
    assert context.rules is not None
    left = context.rules.findings[:4]
    assert scored(second_reading(context, findings=left)).metrics.fillers_total == 4
    assert scored(second_reading(context)).metrics.fillers_total == 10


def test_a_second_reader_of_every_word_judges_what_no_language_pack_can() -> None:
    context = run_of(caveats=(Caveat.NO_PACK,))
    assert context.rules is not None
    left = context.rules.findings[:4]
    read = second_reading(context, findings=left, windows=WindowFacts(2, 0, 0, 0))
    assert scored(read).metrics.fillers_total == 4
    in_part = second_reading(context, findings=left, windows=WindowFacts(2, 1, 0, 0))
    assert scored(in_part).metrics.fillers_total is None


def test_structure_is_scored_by_the_parts_a_review_found() -> None:
    seen = Remark("Seen.", (Evidence(0, 1),))
    parts = (
        PartFound(StructurePart.OPENING, Evidence(0, 5)),
        PartFound(StructurePart.MAIN_MESSAGE, Evidence(20, 25)),
    )
    review = ContentReview("en", seen, seen, parts, (), None)
    structure = scored(second_reading(run_of(), review=review)).scores.structure
    assert structure is not None
    assert structure.value == 50
    assert scored(second_reading(run_of())).scores.structure is None
