"""Pauses by length."""

from __future__ import annotations

from collections.abc import Sequence

from sessions_app.speech.gaps import gaps
from sessions_app.speech.metrics import PauseCounts
from sessions_app.speech.words import Word

PAUSE_MS = 200
"""Shorter silences are part of articulation (stop closures last up to about 180 ms)."""
GOOD_MS = 800
ACCEPTABLE_MS = 1_500
LONG_MS = 3_000


def pause_counts(words: Sequence[Word], breaks: frozenset[int] | None) -> PauseCounts:
    """Pauses of 0.2–0.8 s are good, to 1.5 s acceptable, to 3 s long, beyond very long.

    `breaks` are the indices of words that end a sentence, `None` where nobody can tell. A pause
    longer than 0.8 s after any other word stands mid-sentence.
    """
    pauses = [gap for gap in gaps(words) if gap.length_ms >= PAUSE_MS]
    lengths = [gap.length_ms for gap in pauses]
    inside = None
    if breaks is not None:
        inside = sum(gap.length_ms > GOOD_MS and gap.after_word not in breaks for gap in pauses)
    return PauseCounts(
        good=sum(length <= GOOD_MS for length in lengths),
        acceptable=sum(GOOD_MS < length <= ACCEPTABLE_MS for length in lengths),
        long=sum(ACCEPTABLE_MS < length <= LONG_MS for length in lengths),
        very_long=sum(length > LONG_MS for length in lengths),
        mid_sentence=inside,
    )


def longest_pause_ms(words: Sequence[Word]) -> int | None:
    """The longest silence inside a turn; `None` where no two neighbours have times."""
    return max((gap.length_ms for gap in gaps(words)), default=None)
