"""Corrections carried over from one transcript of a talk to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sessions_app.speech.atoms import atomise
from sessions_app.speech.corrections import Correction, CorrectionKind, edited
from sessions_app.speech.words import Word


def carried(
    correction: Correction, words: Sequence[Word], so_far: Iterable[Correction]
) -> Correction | None:
    """`correction`, made on another transcript, by the words of this one; `None` where they are
    not said there.

    `so_far` are the corrections before it, carried over already, in the order they were made: it
    may be about an edited word.
    Where several places fit, the one that shares most time with it. Without times nothing but
    the same words at the same place will do.
    """
    there = edited(words, so_far)
    places = [at for at in _starts(correction, words) if _is_said(correction, there, at)]
    if not places:
        return None
    start = max(places, key=lambda at: _shared_ms(correction, words, at))
    end = start + correction.end_word - correction.start_word
    return replace(
        correction,
        start_word=start,
        end_word=end,
        start_ms=words[start].start_ms,
        end_ms=words[end - 1].end_ms,
    )


def _starts(correction: Correction, words: Sequence[Word]) -> list[int]:
    """First words of as many words that overlap with it in time, in order."""
    size = correction.end_word - correction.start_word
    near = range(len(words) - size + 1)
    since, until = correction.start_ms, correction.end_ms
    if since is None or until is None:
        return [correction.start_word] if correction.start_word in near else []
    inside = [at for at, word in enumerate(words) if _overlaps(word, since, until)]
    starts = {start for at in inside for start in range(at - size + 1, at + 1)}
    return sorted(start for start in starts if start in near)


def _overlaps(word: Word, since: int, until: int) -> bool:
    """Recognisers give some words no length; those take up the moment they begin."""
    if word.start_ms is None or word.end_ms is None:
        return False
    return word.start_ms < max(until, since + 1) and since < max(word.end_ms, word.start_ms + 1)


def _shared_ms(correction: Correction, words: Sequence[Word], at: int) -> int:
    start = words[at].start_ms
    end = words[at + correction.end_word - correction.start_word - 1].end_ms
    if start is None or end is None or correction.start_ms is None or correction.end_ms is None:
        return 0
    return min(end, correction.end_ms) - max(start, correction.start_ms)


def _is_said(correction: Correction, words: Sequence[Word], at: int) -> bool:
    """The words it was about; or, of an edited word, the right one already."""
    here = _norms(words[at : at + correction.end_word - correction.start_word])
    if here == _norms([Word(text) for text in correction.said.split()]):
        return True
    return correction.kind is CorrectionKind.WORD and here == _norms([Word(correction.text)])


def _norms(words: Sequence[Word]) -> list[str]:
    return [atom.norm for atom in atomise(words)]
