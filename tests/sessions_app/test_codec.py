from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sessions_app import codec
from sessions_app.speech.words import Word
from sessions_app.stages.outputs import MediaOutput
from tests.sessions_app.samples import OUTPUTS

words = st.builds(
    Word,
    text=st.text(),
    start_ms=st.none() | st.integers(0, 10**7),
    end_ms=st.none() | st.integers(0, 10**7),
    confidence=st.none() | st.floats(0, 1),
    turn=st.integers(0, 99),
)


@given(st.lists(words).map(tuple))
def test_words_survive_a_json_column(talk: tuple[Word, ...]) -> None:
    assert codec.load_words(json.loads(json.dumps(codec.dump_words(talk)))) == talk


@pytest.mark.parametrize("output", OUTPUTS.values(), ids=list(OUTPUTS))
def test_stage_outputs_survive_a_json_column(output: object) -> None:
    assert codec.load(type(output), json.loads(json.dumps(codec.dump(output)))) == output


def test_foreign_data_is_refused() -> None:
    with pytest.raises(ValidationError):
        codec.load(MediaOutput, {"duration_ms": "long"})


def test_vectors_come_back_as_precise_as_models_give_them() -> None:
    vector = (1.0, -0.5, 0.1)
    data = codec.dump_vector(vector)
    assert len(data) == 4 * len(vector)
    assert codec.load_vector(data) == pytest.approx(vector, rel=1e-7)
