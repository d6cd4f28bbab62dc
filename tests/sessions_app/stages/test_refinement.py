from dataclasses import replace

import pytest

from sessions_app.coaching.schemas import Coaching
from sessions_app.coaching.slots import fill_coaching
from sessions_app.stages import refinement, scoring
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import Mode, TextSource, Timing
from tests.sessions_app.stages.spoken_runs import go_on, media, run_of


def coached(context: RunContext) -> Coaching:
    output = refinement.run(context, go_on)
    assert output is not None
    assert output.mode is Mode.RULE_BASED
    return output.coaching


def test_coaches_on_what_the_rules_found() -> None:
    coaching = coached(run_of(recording=media()))
    assert [area.topic for area in coaching.focus_areas[:2]] == ["variety", "fillers"]
    assert all(area.evidence for area in coaching.focus_areas)


def test_shows_the_numbers_that_scoring_arrives_at() -> None:
    context = run_of()
    output = scoring.run(context, go_on)
    assert output is not None
    coaching = fill_coaching(coached(context), output.metrics)
    (fillers,) = [area for area in coaching.focus_areas if area.topic == "fillers"]
    assert "15.0" in fillers.what or "10" in fillers.what


def test_a_transcript_without_times_is_coached() -> None:
    coaching = coached(run_of(timing=Timing.NONE))
    assert [area.topic for area in coaching.focus_areas] == ["fillers"]


def test_a_draft_is_coached_without_its_words() -> None:
    draft = run_of(source=TextSource.DRAFT, timing=Timing.RECOGNISED, recording=media())
    assert "fillers" not in {area.topic for area in coached(draft).focus_areas}


def test_earlier_talks_are_acknowledged() -> None:
    context = run_of()
    earlier = scoring.metrics_of(context)
    worse = replace(earlier, fillers_per_minute=25.0)
    coaching = coached(replace(context, history=(worse, worse, worse)))
    assert "fillers" in coaching.acknowledgement
    assert coaching.comparisons[0].earlier == 25.0


def test_nothing_to_coach_without_words() -> None:
    assert refinement.run(replace(run_of(), transcription=None), go_on) is None


def test_stops_when_told_to() -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        refinement.run(run_of(), stop)
