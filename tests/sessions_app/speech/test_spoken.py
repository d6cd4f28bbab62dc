from __future__ import annotations

from sessions_app.speech.atoms import atomise
from sessions_app.speech.fillers import find_fillers
from sessions_app.speech.packs import Verdict
from sessions_app.speech.spoken import filler_places, without
from tests.sessions_app.speech.said import english, said


def test_what_is_left_is_the_talk_without_these_fillers() -> None:
    words = said("um,so it was, you know, sort of uh-strange um")
    fillers = find_fillers(words, english())
    atoms = atomise(words, english().divides)
    counted = without(atoms, filler_places(fillers, Verdict.COUNTED))
    plain = without(atoms, filler_places(fillers, Verdict.COUNTED, Verdict.POSSIBLE))
    assert [atom.norm for atom in counted] == ["so", "it", "was", "sort", "of", "strange"]
    assert [atom.norm for atom in plain] == ["so", "it", "was", "strange"]
    assert without(atoms, []) == list(atoms)
