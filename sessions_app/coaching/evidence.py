"""The speaker's own moments that show what a piece of advice is about."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from sessions_app.coaching.schemas import Evidence
from sessions_app.coaching.situation import Situation
from sessions_app.speech.findings import Finding
from sessions_app.speech.gaps import Gap, gaps
from sessions_app.speech.pause_classes import ACCEPTABLE_MS, GOOD_MS, PAUSE_MS

MOMENTS = 3
CONTEXT_WORDS = 4
QUOTE_WORDS = 35
"""A longer quotation is skipped by the eye."""


def around(situation: Situation, findings: Sequence[Finding]) -> tuple[Evidence, ...]:
    """Up to three findings, spread over the talk, each with a few words on both sides."""
    return tuple(
        _widened(situation, finding.start_word, finding.end_word) for finding in _spread(findings)
    )


def longest(findings: Iterable[Finding]) -> tuple[Evidence, ...]:
    """Up to three findings, those of most words, in the order of the talk, cut to a quotation."""
    ranked = sorted(findings, key=lambda finding: finding.start_word - finding.end_word)[:MOMENTS]
    ordered = sorted(ranked, key=lambda finding: finding.start_word)
    return tuple(_quotation(finding.start_word, finding.end_word) for finding in ordered)


def long_silences(situation: Situation) -> tuple[Evidence, ...]:
    """Where the talk stood still for longer than an acceptable pause, longest three."""
    return _silences(situation, [g for g in gaps(situation.words) if g.length_ms > ACCEPTABLE_MS])


def broken_sentences(situation: Situation) -> tuple[Evidence, ...]:
    """Where a pause longer than a good one cut a sentence, longest three."""
    ends = {end - 1 for _, end in situation.sentences}
    inside = [
        gap
        for gap in gaps(situation.words)
        if gap.length_ms > GOOD_MS and gap.after_word not in ends
    ]
    return _silences(situation, inside)


def fastest_stretch(situation: Situation) -> tuple[Evidence, ...]:
    """The beginning of the window in which most words went by."""
    return _window(situation, fastest=True)


def slowest_stretch(situation: Situation) -> tuple[Evidence, ...]:
    """The beginning of the window in which fewest words went by."""
    return _window(situation, fastest=False)


def breathless_stretch(situation: Situation) -> tuple[Evidence, ...]:
    """The most words in a row without a pause."""
    edges = [-1, *_stops(situation), len(situation.words) - 1]
    runs = [(left + 1, right + 1) for left, right in itertools.pairwise(edges)]
    start, end = max(runs, key=lambda run: run[1] - run[0])
    return (_quotation(start, end),) if end > start else ()


def first_sentence(situation: Situation) -> tuple[Evidence, ...]:
    return tuple(_quotation(start, end) for start, end in situation.sentences[:1])


def last_sentence(situation: Situation) -> tuple[Evidence, ...]:
    return tuple(_quotation(start, end) for start, end in situation.sentences[-1:])


def said_at(situation: Situation, ms: int) -> tuple[Evidence, ...]:
    """The sentence that was being said at a moment of the recording; none without times."""
    for start, end in situation.sentences:
        last = situation.words[end - 1].end_ms
        if last is not None and last > ms:
            return (_quotation(start, end),)
    return ()


def ends(findings: Sequence[Finding]) -> tuple[Evidence, ...]:
    """The last words of up to three findings, spread over the talk."""
    return tuple(
        Evidence(max(finding.start_word, finding.end_word - QUOTE_WORDS), finding.end_word)
        for finding in _spread(findings)
    )


def longest_sentence(situation: Situation) -> tuple[Evidence, ...]:
    ranked = sorted(situation.sentences, key=lambda pair: pair[0] - pair[1])
    return tuple(Evidence(start, end) for start, end in ranked[:1])


def _stops(situation: Situation) -> list[int]:
    turn_ends = [
        index
        for index, (word, after) in enumerate(
            zip(situation.words, situation.words[1:], strict=False)
        )
        if word.turn != after.turn
    ]
    pauses = [gap.after_word for gap in gaps(situation.words) if gap.length_ms >= PAUSE_MS]
    return sorted({*turn_ends, *pauses})


def _silences(situation: Situation, found: Sequence[Gap]) -> tuple[Evidence, ...]:
    ranked = sorted(found, key=lambda gap: -gap.length_ms)[:MOMENTS]
    ordered = sorted(ranked, key=lambda gap: gap.after_word)
    return tuple(_widened(situation, gap.after_word, gap.after_word + 2) for gap in ordered)


def _window(situation: Situation, *, fastest: bool) -> tuple[Evidence, ...]:
    windows = situation.metrics.pace_windows
    if not windows:
        return ()
    window = (max if fastest else min)(windows, key=lambda window: window.wpm)
    inside = [
        index
        for index, word in enumerate(situation.words)
        if word.start_ms is not None and window.start_ms <= word.start_ms < window.end_ms
    ]
    return (_quotation(inside[0], inside[-1] + 1),) if inside else ()


def _spread(findings: Sequence[Finding]) -> list[Finding]:
    if len(findings) <= MOMENTS:
        return list(findings)
    return [findings[0], findings[len(findings) // 2], findings[-1]]


def _widened(situation: Situation, start: int, end: int) -> Evidence:
    """A few more words on both sides, not past the turn."""
    turn = situation.words[start].turn
    first, last = start, end
    while first > 0 and start - first < CONTEXT_WORDS and situation.words[first - 1].turn == turn:
        first -= 1
    size = len(situation.words)
    while last < size and last - end < CONTEXT_WORDS and situation.words[last].turn == turn:
        last += 1
    return Evidence(first, last)


def _quotation(start: int, end: int) -> Evidence:
    return Evidence(start, min(end, start + QUOTE_WORDS))
