"""What a talk does well, by its measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sessions_app.coaching.phrases import Phrases
from sessions_app.coaching.situation import Situation
from sessions_app.speech.norms import FILLERS_PER_MINUTE
from sessions_app.speech.scores import BAND_FLOORS, Score, interpolated

MOST = 3
ENOUGH_WORDS = 100
"""Below this the absence of something says little."""

LIVELY = 8.0  # semitones
EVEN = 0.12  # variation of pace
VARIED = 0.76  # vocabulary
COMPACT_WORDS = (8.0, 18.0)
CLEAN_TEXT = 1.5  # fillers per hundred words

_STRONG = BAND_FLOORS[0][0]


@dataclass(frozen=True, slots=True)
class Strength:
    """`key` names the sentence, `topic` the thing, `worth` ranks by points of a score."""

    key: str
    topic: str
    worth: float

    @property
    def name(self) -> str:
        return f"good_{self.topic}"


def strengths_of(situation: Situation, busy: frozenset[str]) -> tuple[Strength, ...]:
    """Up to three strengths, best first, none on a topic in `busy`, one to a topic."""
    found: dict[str, Strength] = {}
    for find in _STRENGTHS:
        strength = find(situation)
        if strength is not None and strength.topic not in busy:
            found.setdefault(strength.topic, strength)
    ranked = sorted(found.values(), key=lambda strength: -strength.worth)
    return tuple(ranked[:MOST])


def sentences_for(
    situation: Situation, strengths: tuple[Strength, ...], texts: Phrases
) -> tuple[str, ...]:
    """One sentence to each strength; without any, the best of what was scored."""
    if strengths:
        return tuple(situation.pick(texts.strengths[s.key], s.key) for s in strengths)
    best = _best(situation)
    if best is None:
        return ()
    sentence = situation.pick(texts.strengths["relative"], "relative")
    return (sentence.replace("<topic>", texts.topics[best]),)


def _best(situation: Situation) -> str | None:
    scores = situation.scores
    named = {
        "fillers": scores.fillers,
        "pace": scores.pace,
        "pauses": scores.pauses,
        "variety": scores.variety,
    }
    present = {topic: score.value for topic, score in named.items() if score is not None}
    return max(present, key=lambda topic: present[topic]) if len(present) > 1 else None


def _scored(key: str, score: Score | None) -> Strength | None:
    if score is None or score.value < _STRONG:
        return None
    return Strength(key, key, float(score.value))


def _fillers(situation: Situation) -> Strength | None:
    metrics = situation.metrics
    if metrics.fillers_total is None or metrics.word_count < ENOUGH_WORDS:
        return None
    if metrics.fillers_total == 0:
        return Strength("fillers_none", "fillers", 100.0)
    if metrics.fillers_per_minute is not None:
        clean = metrics.fillers_per_minute <= FILLERS_PER_MINUTE
        return _scored("fillers", situation.scores.fillers) if clean else None
    rate = situation.per_hundred_words(metrics.fillers_total)
    return Strength("fillers_text", "fillers", 85.0) if rate and rate <= CLEAN_TEXT else None


def _pace(situation: Situation) -> Strength | None:
    wpm, norm = situation.metrics.wpm, situation.norm
    comfortable = wpm is not None and norm.low <= wpm <= norm.high
    return _scored("pace", situation.scores.pace) if comfortable else None


def _pauses(situation: Situation) -> Strength | None:
    pauses = situation.metrics.pauses
    if pauses is None or pauses.long or pauses.very_long:
        return None
    return _scored("pauses", situation.scores.pauses)


def _variety(situation: Situation) -> Strength | None:
    semitones = situation.metrics.pitch_range_semitones
    lively = semitones is not None and semitones >= LIVELY
    return _scored("variety", situation.scores.variety) if lively else None


def _even(situation: Situation) -> Strength | None:
    variation = situation.metrics.pace_variation
    steady = situation.exact_words and variation is not None and variation <= EVEN
    return Strength("even", "even", 82.0) if steady else None


def _vocabulary(situation: Situation) -> Strength | None:
    variety = situation.metrics.vocabulary_variety
    if variety is None or variety < VARIED:
        return None
    return Strength("vocabulary", "words", interpolated(((VARIED, 80.0), (0.9, 95.0)), variety))


def _sentences(situation: Situation) -> Strength | None:
    mean = situation.metrics.sentence_words_mean
    low, high = COMPACT_WORDS
    fits = mean is not None and low <= mean <= high
    return Strength("sentences", "sentences", 81.0) if fits else None


def _plain(situation: Situation) -> Strength | None:
    return _absent(situation, situation.metrics.hedges, "plain", 80.0)


def _fluent(situation: Situation) -> Strength | None:
    return _absent(situation, situation.metrics.repetitions, "fluent", 83.0)


def _absent(situation: Situation, count: int | None, key: str, worth: float) -> Strength | None:
    enough = situation.metrics.word_count >= ENOUGH_WORDS
    return Strength(key, key, worth) if count == 0 and enough else None


_STRENGTHS: tuple[Callable[[Situation], Strength | None], ...] = (
    _fillers,
    _pace,
    _pauses,
    _variety,
    _vocabulary,
    _fluent,
    _even,
    _sentences,
    _plain,
)
