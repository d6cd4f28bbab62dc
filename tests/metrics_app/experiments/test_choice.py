from __future__ import annotations

import pytest

from metrics_app.experiments.choice import Chosen, ExperimentForm

USUAL = Chosen("parallel_ai_processing", 7)


def test_what_was_chosen_is_compared() -> None:
    chosen = ExperimentForm({"flag": "answer_cache", "days": "28"}).chosen()
    assert chosen == Chosen("answer_cache", 28)
    assert chosen.window.minutes == 28 * 24 * 60


@pytest.mark.parametrize("data", [{}, {"flag": "paralel"}, {"days": "x"}, {"days": "100000"}])
def test_what_is_not_valid_is_what_is_usual(data: dict[str, str]) -> None:
    assert ExperimentForm(data).chosen() == USUAL
