"""Fillers: sounds always, words such as "like" only where the context shows filler use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sessions_app.speech.atoms import Atom, Break, atoms_of, is_punctuated
from sessions_app.speech.context import Setting, features
from sessions_app.speech.filler_model import FillerModel, load_model
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus, Severity
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import AmbiguousFiller, LanguagePack, LexicalFiller, Verdict
from sessions_app.speech.phrases import Match, find_phrases, spoken_beside
from sessions_app.speech.places import Place, verdict_by_place
from sessions_app.speech.words import Word

POSSIBLE_CUT = 0.3
"""Probability from which the context does not decide; below it is ordinary use."""

SPARSE = 40
"""Atoms to a comma from which commas are too rare to be evidence."""

_Entry = LexicalFiller | AmbiguousFiller | None

_STATUS = {
    Verdict.COUNTED: FindingStatus.COUNTED,
    Verdict.POSSIBLE: FindingStatus.POSSIBLE,
}
_RULE_CONFIDENCE = {Verdict.COUNTED: 0.8, Verdict.POSSIBLE: 0.5}


@dataclass(frozen=True, slots=True)
class FillerMatch:
    """A filler from `start_char` of `start_word` to `end_char` of `last_word` (exclusive)."""

    label: str
    start_word: int
    start_char: int
    last_word: int
    end_char: int
    verdict: Verdict
    confidence: float
    lexical: bool


def find_fillers(words: Sequence[Word], pack: LanguagePack) -> list[FillerMatch]:
    """Counted and possible fillers in order, none overlapping another."""
    return judge_fillers(words, pack, load_model(pack.language))


def judge_fillers(
    words: Sequence[Word], pack: LanguagePack, model: FillerModel | None
) -> list[FillerMatch]:
    """`find_fillers` with a model of one's own; without any, marks and pauses decide."""
    setting, matches = read(words, pack)
    found = (_judge(setting, match, model) for match in matches)
    return [filler for filler in found if filler is not None]


def filler_findings(fillers: Sequence[FillerMatch], notes: Notes) -> list[Finding]:
    """Sounds weigh more than words; a possible filler is only a question to the speaker."""
    return [
        notes.note(
            FindingKind.FILLER,
            filler.label,
            filler.start_word,
            filler.last_word + 1,
            text=_quote(filler, notes.words),
            status=_STATUS[filler.verdict],
            severity=Severity.MINOR if filler.lexical else Severity.INFO,
            confidence=filler.confidence,
        )
        for filler in fillers
    ]


def possible_sounds(fillers: Sequence[FillerMatch], words: Sequence[Word]) -> list[FillerMatch]:
    """What a draft can say: sounds it may have heard, as sure as the recogniser was."""
    return [
        replace(
            filler,
            verdict=Verdict.POSSIBLE,
            confidence=_heard(words[filler.start_word]),
        )
        for filler in fillers
        if filler.lexical
    ]


def _heard(word: Word) -> float:
    return _RULE_CONFIDENCE[Verdict.POSSIBLE] if word.confidence is None else word.confidence


def _quote(filler: FillerMatch, words: Sequence[Word]) -> str:
    texts = [word.text for word in words[filler.start_word : filler.last_word + 1]]
    texts[-1] = texts[-1][: filler.end_char]
    texts[0] = texts[0][filler.start_char :]
    return " ".join(texts)


def read(words: Sequence[Word], pack: LanguagePack) -> tuple[Setting, list[Match[_Entry]]]:
    """The talk as the context model sees it, and every place a filler could be."""
    atoms = atoms_of(tuple(words), pack.divides)
    matches = find_phrases(atoms, pack.filler_forms)
    sounds = frozenset(m.first for m in matches if isinstance(m.entry, LexicalFiller))
    return Setting(atoms, pack.word_classes, sounds, _is_printed(atoms)), matches


def _is_printed(atoms: Sequence[Atom]) -> bool:
    """Marks are evidence only if the writer set commas: in a longer text without them, no comma
    beside a word says nothing."""
    commas = sum(atom.after is Break.COMMA for atom in atoms)
    sparse = len(atoms) >= SPARSE and commas * SPARSE < len(atoms)
    return is_punctuated(atoms) and not sparse


def _judge(setting: Setting, match: Match[_Entry], model: FillerModel | None) -> FillerMatch | None:
    if match.entry is None:
        return None
    if isinstance(match.entry, LexicalFiller):
        return _lexical(setting.atoms, match, match.entry)
    verdict, confidence = _ambiguous(setting, match, match.entry, model)
    if verdict is Verdict.NO:
        return None
    return _filler(setting.atoms, match, match.entry, (verdict, confidence))


def _lexical(
    atoms: Sequence[Atom], match: Match[_Entry], entry: LexicalFiller
) -> FillerMatch | None:
    before, after = atoms[max(0, match.first - 1) : match.first], atoms[match.last : match.last + 1]
    shouted = any(atom.upper for atom in (*before, *after))
    ending = atoms[match.first].start == 1 and any(atom.mark_after == "-" for atom in before)
    if entry.not_upper and (ending or (atoms[match.first].upper and not shouted)):
        return None  # "ER", and "a full time R V -er"
    return _filler(atoms, match, entry, (Verdict.COUNTED, 1.0))


def _filler(
    atoms: Sequence[Atom],
    match: Match[_Entry],
    entry: LexicalFiller | AmbiguousFiller,
    judged: tuple[Verdict, float],
) -> FillerMatch:
    first, last = atoms[match.first], atoms[match.last - 1]
    return FillerMatch(
        label=entry.label,
        start_word=first.word,
        start_char=first.start,
        last_word=last.word,
        end_char=last.end,
        verdict=judged[0],
        confidence=judged[1],
        lexical=isinstance(entry, LexicalFiller),
    )


def _ambiguous(
    setting: Setting, match: Match[_Entry], entry: AmbiguousFiller, model: FillerModel | None
) -> tuple[Verdict, float]:
    if ruled_out(setting, match, entry):
        return Verdict.NO, 0.0
    if entry.model and model is not None:
        return _by_model(setting, match, entry, model)
    verdict = verdict_by_place(entry, Place(setting, match.first, match.last))
    return verdict, _RULE_CONFIDENCE.get(verdict, 0.0)


def _by_model(
    setting: Setting, match: Match[_Entry], entry: AmbiguousFiller, model: FillerModel
) -> tuple[Verdict, float]:
    """A possible filler with pauses on both sides is a counted one; so is any word of which the
    pack says that marks on both sides make it one: the labelled texts have too few to learn it."""
    names = features(setting, entry.label, match.first, match.last)
    probability = model.probability(names, setting.punctuated)
    possible = probability >= POSSIBLE_CUT
    place = Place(setting, match.first, match.last)
    paused = possible and place.paused_before and place.paused_after
    set_off = place.marked and verdict_by_place(entry, place) is Verdict.COUNTED
    if probability >= entry.cut or paused or set_off:
        return Verdict.COUNTED, round(max(probability, entry.cut), 3)
    return (Verdict.POSSIBLE if possible else Verdict.NO), round(probability, 3)


def ruled_out(setting: Setting, match: Match[_Entry], entry: AmbiguousFiller) -> bool:
    """True when the word beside it makes it no filler ("very well")."""
    before, after = spoken_beside(setting.atoms, match.first, match.last)
    joined = setting.punctuated and after in entry.never_before_unmarked
    return joined or before in entry.never_after or after in entry.never_before
