"""Figures on conversations a model never saw, beside what word lists find in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sessions_app.speech.evaluation import INVENTORY, Evaluation, Finder, evaluate
from sessions_app.speech.filler_model import FillerModel
from sessions_app.speech.fillers import FillerMatch, judge_fillers
from sessions_app.speech.labelled import LabelledText
from sessions_app.speech.packs import LanguagePack
from sessions_app.speech.training import Sample, fit, samples
from sessions_app.speech.word_lists import every_word, usual_words, words_after_marks
from sessions_app.speech.words import Word


@dataclass(frozen=True, slots=True)
class HeldOut:
    """One evaluation for each conversation, in the same order for all ways of finding fillers.
    `marks` learns from the same other conversations as `ours`."""

    ours: list[Evaluation] = field(default_factory=list)
    every_word: list[Evaluation] = field(default_factory=list)
    usual_words: list[Evaluation] = field(default_factory=list)
    marks: list[Evaluation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Conversation:
    texts: list[LabelledText]
    printed: list[Sample]
    bare: list[Sample]


def hold_out(
    texts: Sequence[LabelledText],
    pack: LanguagePack,
    *,
    strip: bool = False,
    inventory: Collection[str] = INVENTORY,
) -> HeldOut:
    """Each conversation under a model trained on all others. Cuts, strength of the ridge and
    exceptions stay as they are in the code and the pack."""
    result = HeldOut()
    for left_out, others in _splits(texts, pack):
        seen = [text for other in others for text in other.texts]
        ways: list[tuple[list[Evaluation], Finder]] = [
            (result.ours, _finder(_train(others))),
            (result.every_word, every_word),
            (result.usual_words, usual_words),
            (result.marks, words_after_marks(seen, pack, strip)),
        ]
        for scored, find in ways:
            scored.extend(evaluate(left_out.texts, pack, find, strip=strip, inventory=inventory))
    return result


def _splits(
    texts: Sequence[LabelledText], pack: LanguagePack
) -> Iterator[tuple[_Conversation, list[_Conversation]]]:
    """Every conversation with all the others; what there is to learn from each is read once."""
    read = []
    for name in sorted({text.conv for text in texts}):
        own = [text for text in texts if text.conv == name]
        printed, bare = samples(own, pack, strip=False), samples(own, pack, strip=True)
        read.append(_Conversation(own, printed, bare))
    for number, left_out in enumerate(read):
        yield left_out, [*read[:number], *read[number + 1 :]]


def _train(others: Sequence[_Conversation]) -> FillerModel:
    return FillerModel(
        printed=fit([sample for other in others for sample in other.printed]),
        bare=fit([sample for other in others for sample in other.bare]),
    )


def _finder(model: FillerModel) -> Finder:
    def find(words: Sequence[Word], pack: LanguagePack) -> list[FillerMatch]:
        return judge_fillers(words, pack, model)

    return find
