from __future__ import annotations

from pathlib import Path

import pytest

from sessions_app.speech.tracks import Region
from sessions_app.stages.context import RunContext
from sessions_app.stages.drafting import draft_words
from sessions_app.stages.outputs import Caveat, TextSource, Timing, TranscriptionOutput
from sessions_app.stages.problems import InputProblem, Problem
from tests.sessions_app.recognition.speech import TALK, never_stop
from tests.sessions_app.stages.spoken_talks import context, heard


def draft(where: RunContext) -> TranscriptionOutput:
    assert where.media is not None
    return draft_words(where, where.media, TALK, never_stop)


def test_a_draft_is_labelled_as_one(tmp_path: Path) -> None:
    output = draft(heard(context(tmp_path), (Region(0, 2_400),)))
    assert (output.source, output.timing) == (TextSource.DRAFT, Timing.RECOGNISED)
    assert output.caveats == (Caveat.DRAFT_TEXT,)
    assert len(output.words) >= 4


def test_no_draft_in_other_languages(tmp_path: Path) -> None:
    with pytest.raises(InputProblem) as caught:
        draft(heard(context(tmp_path, language="de")))
    assert caught.value.problem is Problem.DRAFT_LANGUAGE
