"""What a talk loses by its words: only for words that are exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sessions_app.coaching import evidence
from sessions_app.coaching.focusing import Focus, quotable
from sessions_app.coaching.situation import Situation
from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.norms import SENTENCE_WORDS
from sessions_app.speech.openers import OPENING_WORDS
from sessions_app.speech.scores import FILLER_KNOTS, filler_points, interpolated

FEW = 3
"""Anything that happened less often is no habit."""

SPEAKING_WPM = 140.0
"""Pace assumed for text without times, the middle of the comfortable range."""

LEADING_SHARE = 0.4
REPETITION_LOSS = ((0.0, 0.0), (1.0, 20.0), (4.0, 60.0))  # per hundred words
HEDGE_LOSS = ((0.0, 0.0), (1.5, 20.0), (5.0, 60.0))  # per hundred words
SENTENCE_LOSS = ((SENTENCE_WORDS - 10, 0.0), (SENTENCE_WORDS, 20.0), (40.0, 70.0))
OVERUSED_LOSS = {Severity.INFO: 15.0, Severity.MINOR: 25.0, Severity.MAJOR: 35.0}
OPENING_LOSS = ((0.0, 20.0), (0.25, 27.0), (1.0, 60.0))
"""By the share of the opening that sentences with weak openers take."""

WORDING_LOSS = ((1.0, 21.0), (2.0, 27.0), (5.0, 45.0))
"""By how often, in a long talk by how often in a thousand words. Once is worth a word, after
everything that is a habit."""

CROWDED_SHARE = 0.4
"""Where fewer of the fillers stand in clusters, the clusters are not what to work on."""


def wording_focuses(situation: Situation) -> Iterator[Focus]:
    """Every loss of wording, however small."""
    for find in (_fillers, _repetition, _hedges, _sentences, _overused, _opening, _wording):
        focus = find(situation)
        if focus is not None:
            yield focus


def filler_loss(situation: Situation) -> float | None:
    """Points lost to fillers; text without times is taken at a middling pace."""
    points = filler_points(situation.metrics)
    if points is None:
        hundredth = situation.per_hundred_words(situation.metrics.fillers_total)
        if hundredth is None:
            return None
        points = interpolated(FILLER_KNOTS, hundredth * SPEAKING_WPM / 100)
    return 100 - points


def _fillers(situation: Situation) -> Focus | None:
    loss = filler_loss(situation)
    fillers = situation.found(FindingKind.FILLER)
    if loss is None or len(fillers) < FEW:
        return None
    clusters = situation.found(FindingKind.FILLER_CLUSTER)
    if _crowded(fillers, clusters) and situation.metrics.filler_clusters:
        return Focus("fillers", "fillers_clusters", loss, evidence.longest(clusters))
    label, count = Counter(filler.label for filler in fillers).most_common(1)[0]
    if count < FEW or count < LEADING_SHARE * len(fillers) or not quotable(label):
        return Focus("fillers", "fillers_general", loss, evidence.around(situation, fillers))
    own = [filler for filler in fillers if filler.label == label]
    advice = "fillers_sound" if label in situation.sounds else "fillers_word"
    return Focus("fillers", advice, loss, evidence.around(situation, own), label)


def _crowded(fillers: list[Finding], clusters: list[Finding]) -> bool:
    inside = sum(
        any(c.start_word <= filler.start_word < c.end_word for c in clusters) for filler in fillers
    )
    return inside >= CROWDED_SHARE * len(fillers)


def _repetition(situation: Situation) -> Focus | None:
    found = situation.found(FindingKind.REPETITION, FindingKind.RESTART)
    rate = situation.per_hundred_words(len(found))
    if len(found) < FEW or rate is None:
        return None
    loss = interpolated(REPETITION_LOSS, rate)
    return Focus("repetition", "repetition", loss, evidence.around(situation, found))


def _hedges(situation: Situation) -> Focus | None:
    found = situation.found(FindingKind.HEDGE)
    rate = situation.per_hundred_words(len(found))
    label = _leading(found)
    own = [hedge for hedge in found if hedge.label == label]
    if len(found) < FEW or rate is None or not quotable(situation.said(own[0])):
        return None
    moments = evidence.around(situation, own if len(own) >= FEW else found)
    loss = interpolated(HEDGE_LOSS, rate)
    return Focus("hedges", "hedges", loss, moments, situation.said(own[0]))


def _sentences(situation: Situation) -> Focus | None:
    mean = situation.metrics.sentence_words_mean
    if mean is None:
        return None
    loss = interpolated(SENTENCE_LOSS, mean)
    return Focus("sentences", "sentences_long", loss, evidence.longest_sentence(situation))


def _overused(situation: Situation) -> Focus | None:
    found = [f for f in situation.found(FindingKind.OVERUSED_WORD) if quotable(f.label)]
    label = _leading(found)
    if not found:
        return None
    own = [finding for finding in found if finding.label == label]
    loss = max(OVERUSED_LOSS[finding.severity] for finding in own)
    return Focus("words", "words_overused", loss, evidence.around(situation, own), label)


def _opening(situation: Situation) -> Focus | None:
    found = situation.found(FindingKind.WEAK_OPENER)
    weak = [f for f in found if f.start_word < OPENING_WORDS and f.severity is not Severity.INFO]
    if not weak or not quotable(situation.said(weak[0])):
        return None
    taken = sum(
        min(end, OPENING_WORDS) - start
        for start, end in situation.sentences
        if any(start <= finding.start_word < end for finding in weak)
    )
    loss = interpolated(OPENING_LOSS, taken / OPENING_WORDS)
    moments = evidence.around(situation, weak)
    return Focus("opening", "opening", loss, moments, situation.said(weak[0]))


def _wording(situation: Situation) -> Focus | None:
    found = [f for f in situation.found(FindingKind.NON_INCLUSIVE) if quotable(situation.said(f))]
    if not found:
        return None
    rate = situation.per_hundred_words(len(found)) or 0.0
    loss = interpolated(WORDING_LOSS, min(len(found), 10 * rate))
    moments = evidence.around(situation, found[:1])
    return Focus("wording", "wording", loss, moments, situation.said(found[0]))


def _leading(found: list[Finding]) -> str:
    counts = Counter(finding.label for finding in found)
    return counts.most_common(1)[0][0] if counts else ""
