"""What a list of words finds without a look at the context: the yardsticks for our own finder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from sessions_app.speech.atoms import Atom, Break, atomise
from sessions_app.speech.evaluation import Finder
from sessions_app.speech.fillers import FillerMatch
from sessions_app.speech.labelled import LabelledText, tokenise
from sessions_app.speech.packs import AmbiguousFiller, LanguagePack, LexicalFiller, Verdict
from sessions_app.speech.phrases import Match, find_phrases
from sessions_app.speech.words import Word

USUAL = frozenset(("you know", "i mean", "well"))
"""Words that are fillers far more often than not in English conversation."""

_Entry = LexicalFiller | AmbiguousFiller
_Place = tuple[str, bool]


def every_word(words: Sequence[Word], pack: LanguagePack) -> list[FillerMatch]:
    """Every listed word, wherever it stands outside a fixed phrase."""
    return _counted(words, pack, lambda atoms, match: True)


def usual_words(words: Sequence[Word], pack: LanguagePack) -> list[FillerMatch]:
    """Sounds, and the words that mostly are fillers."""
    return _counted(
        words,
        pack,
        lambda atoms, match: (
            isinstance(match.entry, LexicalFiller) or match.entry.label.lower() in USUAL
        ),
    )


def words_after_marks(texts: Iterable[LabelledText], pack: LanguagePack, strip: bool) -> Finder:
    """A finder that counts a word after a mark or at the start, or a word after another word, if
    in these texts that was a filler more often than not. Of the ways to look a word up with its
    marks (before, after, both, their kinds) it was the best on labelled conversations."""
    fillers, all_seen = Counter[_Place](), Counter[_Place]()
    for text in texts:
        tokens = tokenise(text.text, strip)
        gold = {(start, end) for start, end, _ in text.filler_spans}
        atoms = atomise(tokens.words, pack.divides)
        for match in _matches(atoms, pack):
            first, last = atoms[match.first], atoms[match.last - 1]
            place = _place(atoms, match)
            all_seen[place] += 1
            fillers[place] += tokens.span(first.word, first.start, last.word, last.end) in gold
    counted = {place for place, seen in all_seen.items() if 2 * fillers[place] > seen}
    return lambda words, pack: _counted(
        words, pack, lambda atoms, match: _place(atoms, match) in counted
    )


def _place(atoms: Sequence[Atom], match: Match[_Entry]) -> _Place:
    return match.entry.label, atoms[match.first].before >= Break.ELLIPSIS


def _counted(
    words: Sequence[Word],
    pack: LanguagePack,
    counts: Callable[[Sequence[Atom], Match[_Entry]], bool],
) -> list[FillerMatch]:
    atoms = atomise(words, pack.divides)
    return [_filler(atoms, match) for match in _matches(atoms, pack) if counts(atoms, match)]


def _matches(atoms: Sequence[Atom], pack: LanguagePack) -> list[Match[_Entry]]:
    """The fixed phrases of the list that are no fillers ("uh-huh", "as well") are left out."""
    found = find_phrases(atoms, pack.filler_forms)
    return [Match(one.first, one.last, one.entry) for one in found if one.entry is not None]


def _filler(atoms: Sequence[Atom], match: Match[_Entry]) -> FillerMatch:
    first, last = atoms[match.first], atoms[match.last - 1]
    return FillerMatch(
        label=match.entry.label,
        start_word=first.word,
        start_char=first.start,
        last_word=last.word,
        end_char=last.end,
        verdict=Verdict.COUNTED,
        confidence=1.0,
        lexical=isinstance(match.entry, LexicalFiller),
    )
