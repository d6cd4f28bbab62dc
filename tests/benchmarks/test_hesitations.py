from __future__ import annotations

from benchmarks.hesitations import paired
from tests.sessions_app.speech.said import said


def test_words_are_paired_over_what_only_one_side_has() -> None:
    placed = [("alright", 1, 2), ("<cough>", 3, 4), ("um", 5, 6), ("yes", 7, 8)]
    found = dict(paired(said("Alright, um, er, yes."), placed))
    assert found == {0: placed[0], 1: placed[2], 3: placed[3]}
