"""Engines that leave out "um" and "uh"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sessions_app.speech.atoms import atomise, unstretched
from sessions_app.speech.packs import load_pack
from sessions_app.speech.words import Word

_DROPS: Final[Mapping[str, bool]] = {
    # Parts of models' names, and whether they leave hesitations out; the first that fits counts.
    "crisperwhisper": False,  # trained again on texts that keep every sound
    "whisper": True,  # trained on subtitles, which leave them out; its own scoring deletes them
}
_ENOUGH_WORDS: Final = 100
"""Less than a minute may well be free of them: practised speakers make a few in a minute."""


def are_dropped(model: str, words: Sequence[Word], language: str) -> bool:
    """Whether the text has no hesitation because `model` is known to write none.

    Only where hesitations are judged: without a language pack nobody is told of any.
    """
    pack = load_pack(language)
    if pack is None or len(words) < _ENOUGH_WORDS or not _drops(model):
        return False
    forms = {form for atom in atomise(words) for form in unstretched(atom.norm)}
    return forms.isdisjoint(pack.lexical_forms)


def _drops(model: str) -> bool:
    name = model.casefold()
    return next((drops for part, drops in _DROPS.items() if part in name), False)
