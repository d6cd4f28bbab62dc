from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.errors import QuotaExhausted
from ai.memory import MemoryBooks
from sessions_app.speech.words import Word
from sessions_app.stages.context import RunContext
from sessions_app.stages.embeddings import LONGEST, SHORTEST, passages, run
from sessions_app.stages.outputs import RulesOutput, TextSource, Timing, TranscriptionOutput
from tests.sessions_app.recognition.speech import never_stop
from tests.sessions_app.stages.spoken_talks import access, context
from tests.simulator import Simulator


@pytest.fixture
def spoken(tmp_path: Path, simulator: Simulator) -> RunContext:
    """200 words in sentences of ten, half a second each."""
    words = tuple(Word(f"word{at}", at * 500, at * 500 + 400) for at in range(200))
    return replace(
        context(tmp_path),
        model=access(simulator.url),
        transcription=TranscriptionOutput(words, TextSource.API, Timing.RECOGNISED, "en", "x"),
        rules=RulesOutput((), tuple((at, at + 10) for at in range(0, 200, 10))),
    )


def test_every_passage_has_its_text_time_and_vector(spoken: RunContext) -> None:
    output = run(spoken, never_stop)
    assert output is not None
    assert output.model == "text-embedding-3-small"
    ranges = [(passage.start_word, passage.end_word) for passage in output.passages]
    assert ranges == [(0, 60), (60, 120), (120, 200)]
    second = output.passages[1]
    assert second.text.split() == [f"word{at}" for at in range(60, 120)]
    assert second.start_ms == 30_000
    assert {len(passage.vector) for passage in output.passages} == {64}


def test_a_talk_is_one_request_and_a_second_one_is_none(
    spoken: RunContext, simulator: Simulator
) -> None:
    books = MemoryBooks()
    spoken = replace(spoken, model=access(simulator.url, lambda: books))
    assert run(spoken, never_stop) == run(spoken, never_stop)
    assert len(simulator.log("embeddings")) == 1


def test_what_the_server_says_is_for_the_job_to_judge(
    spoken: RunContext, simulator: Simulator
) -> None:
    simulator.set_faults({"quota": 1.0})
    with pytest.raises(QuotaExhausted):
        run(spoken, never_stop)


def test_without_a_server_words_or_trust_in_them_there_are_no_vectors(
    spoken: RunContext, simulator: Simulator
) -> None:
    assert spoken.transcription is not None
    assert spoken.model is not None
    mute = replace(spoken.transcription, words=())
    draft = replace(spoken.transcription, source=TextSource.DRAFT)
    deaf = replace(spoken.model, config=replace(spoken.model.config, chat=None))
    for where in (
        replace(spoken, model=None),
        replace(spoken, model=deaf),
        replace(spoken, transcription=None),
        replace(spoken, transcription=mute),
        replace(spoken, transcription=draft),
    ):
        assert run(where, never_stop) is None
    assert simulator.log() == []


def sentences(lengths: list[int]) -> list[tuple[int, int]]:
    return list(itertools.pairwise(itertools.accumulate(lengths, initial=0)))


def lengths_of(ranges: tuple[tuple[int, int], ...]) -> list[int]:
    return [end - start for start, end in ranges]


@given(st.lists(st.integers(1, 400), max_size=60))
def test_passages_hold_every_word_once_and_none_is_too_long(lengths: list[int]) -> None:
    cut = passages(sentences(lengths))
    assert [word for start, end in cut for word in range(start, end)] == list(range(sum(lengths)))
    assert all(0 < length <= LONGEST for length in lengths_of(cut))


@given(st.lists(st.integers(1, 60), max_size=60))
def test_passages_of_usual_sentences_end_with_them_and_only_the_last_is_short(
    lengths: list[int],
) -> None:
    cut = passages(sentences(lengths))
    ends = {end for _, end in sentences(lengths)}
    assert {end for _, end in cut} <= ends
    assert all(length >= SHORTEST for length in lengths_of(cut[:-1]))


def test_a_short_rest_joins_the_passage_before_it() -> None:
    assert lengths_of(passages(sentences([60, 30]))) == [90]
    assert lengths_of(passages(sentences([100, 30]))) == [100, 30]


def test_a_very_long_sentence_is_cut_evenly() -> None:
    assert lengths_of(passages(sentences([300]))) == [100, 100, 100]


def test_no_sentence_is_no_passage() -> None:
    assert passages(()) == ()
