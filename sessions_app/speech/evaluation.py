"""How well the rules find labelled fillers: precision, recall and F1 by exact character span."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sessions_app.speech.fillers import FillerMatch
from sessions_app.speech.labelled import LabelledText, Tokens, tokenise
from sessions_app.speech.packs import LanguagePack, Verdict
from sessions_app.speech.words import Word

INVENTORY = (
    "um", "uh", "er", "ah", "hm", "like", "so", "well", "you know", "i mean", "now", "see",
    "actually", "basically", "kind of", "sort of", "right",
)  # fmt: skip

Finder = Callable[[Sequence[Word], LanguagePack], list[FillerMatch]]
Span = tuple[int, int]


@dataclass(slots=True)
class Tally:
    """Counts of one word or of all; a rate is `None` when nothing could be counted for it."""

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0

    @property
    def precision(self) -> float | None:
        return _share(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float | None:
        return _share(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float | None:
        wrong = self.false_positives + self.false_negatives
        return _share(2 * self.true_positives, 2 * self.true_positives + wrong)

    def add(self, other: Tally) -> None:
        self.true_positives += other.true_positives
        self.false_positives += other.false_positives
        self.false_negatives += other.false_negatives


@dataclass(slots=True)
class Evaluation:
    overall: Tally = field(default_factory=Tally)
    words: dict[str, Tally] = field(default_factory=dict)

    def add(self, other: Evaluation) -> None:
        self.overall.add(other.overall)
        for word, tally in other.words.items():
            self.words.setdefault(word, Tally()).add(tally)


def evaluate(
    texts: Iterable[LabelledText],
    pack: LanguagePack,
    find: Finder,
    *,
    strip: bool = False,
    inventory: Collection[str] = INVENTORY,
) -> list[Evaluation]:
    """Counted fillers against labelled ones: one evaluation for each conversation, and for each
    text that names none. A spelling variant counts as its label ("umm" as "um"); words outside
    the inventory are counted on neither side. Texts are read in their order."""
    scored: dict[str | int, Evaluation] = {}
    wanted = {word.lower() for word in inventory}
    labels = _labels(pack)
    for number, text in enumerate(texts):
        one = _compare(_gold(text, labels, wanted), _found(text, pack, find, strip, wanted))
        scored.setdefault(text.conv or number, Evaluation()).add(one)
    return list(scored.values())


def pooled(parts: Iterable[Evaluation]) -> Evaluation:
    total = Evaluation()
    for part in parts:
        total.add(part)
    return total


def _labels(pack: LanguagePack) -> dict[str, str]:
    forms = pack.filler_forms.items()
    return {form: entry.label.lower() for form, entry in forms if entry is not None}


def _gold(text: LabelledText, labels: dict[str, str], wanted: set[str]) -> dict[Span, str]:
    named = {}
    for start, end, word in text.filler_spans:
        label = " ".join(word.lower().split())
        label = label if label in wanted else labels.get(label, label)
        if label in wanted:
            named[start, end] = label
    return named


def _found(
    text: LabelledText, pack: LanguagePack, find: Finder, strip: bool, wanted: set[str]
) -> dict[Span, str]:
    tokens = tokenise(text.text, strip)
    counted = (match for match in find(tokens.words, pack) if match.verdict is Verdict.COUNTED)
    return {
        _span(tokens, match): match.label.lower()
        for match in counted
        if match.label.lower() in wanted
    }


def _span(tokens: Tokens, match: FillerMatch) -> Span:
    return tokens.span(match.start_word, match.start_char, match.last_word, match.end_char)


def _compare(gold: dict[Span, str], found: dict[Span, str]) -> Evaluation:
    result = Evaluation()
    hits = [(gold[span], Tally(true_positives=1)) for span in gold.keys() & found.keys()]
    missed = [(gold[span], Tally(false_negatives=1)) for span in gold.keys() - found.keys()]
    extra = [(found[span], Tally(false_positives=1)) for span in found.keys() - gold.keys()]
    for word, tally in [*hits, *missed, *extra]:
        result.overall.add(tally)
        result.words.setdefault(word, Tally()).add(tally)
    return result


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
