"""Places where recording and transcript certainly meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.recognition.engine import Heard

# Four words in a row hardly ever match by chance at the wrong place of a talk, and where they
# do ("you know what I"), the chain of all anchors contradicts them.
PHRASE = 4
# Nobody speaks faster; anchors that would need it contradict each other.
MAX_WORDS_PER_SECOND = 8.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Tokens `[first, last)` heard at `[start_ms, end_ms)`; times of each token in `spans`."""

    first: int
    spans: tuple[tuple[int, int], ...]

    @property
    def last(self) -> int:
        return self.first + len(self.spans)

    @property
    def start_ms(self) -> int:
        return self.spans[0][0]

    @property
    def end_ms(self) -> int:
        return self.spans[-1][1]

    def widest_pause(self) -> tuple[int, int]:
        """Time and token of the best place to cut: in the longest pause between two words."""
        at = max(range(1, len(self.spans)), key=lambda i: self.spans[i][0] - self.spans[i - 1][1])
        return (self.spans[at - 1][1] + self.spans[at][0]) // 2, self.first + at


class PhraseIndex:
    """Where each run of PHRASE tokens stands in the transcript."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._places: dict[tuple[str, ...], list[int]] = {}
        for start in range(len(tokens) - PHRASE + 1):
            self._places.setdefault(tuple(tokens[start : start + PHRASE]), []).append(start)

    def anchors(self, heard: Sequence[Heard]) -> list[Anchor]:
        """Every maximal run of at least PHRASE heard words that stands in the transcript."""
        open_runs: dict[int, list[tuple[int, int]]] = {}
        found: list[Anchor] = []
        for at in range(len(heard) - PHRASE + 1):
            key = tuple(word.text for word in heard[at : at + PHRASE])
            places = {place - at: place for place in self._places.get(key, ())}
            for shift in [shift for shift in open_runs if shift not in places]:
                found.append(_anchor(heard, shift, open_runs.pop(shift)))
            for shift in places:
                open_runs.setdefault(shift, []).append((at, at + PHRASE))
        found.extend(_anchor(heard, shift, run) for shift, run in open_runs.items())
        return found


def _anchor(heard: Sequence[Heard], shift: int, run: list[tuple[int, int]]) -> Anchor:
    words = heard[run[0][0] : run[-1][1]]
    return Anchor(run[0][0] + shift, tuple((word.start_ms, word.end_ms) for word in words))


def best_chain(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The anchors that agree in order and pace and together cover the most words."""
    ordered = sorted(anchors, key=lambda anchor: (anchor.start_ms, anchor.first))
    totals: list[int] = []
    before: list[int | None] = []
    for index, anchor in enumerate(ordered):
        best, link = 0, None
        for earlier in range(index):
            if totals[earlier] > best and _follows(ordered[earlier], anchor):
                best, link = totals[earlier], earlier
        totals.append(best + len(anchor.spans))
        before.append(link)
    chain: list[Anchor] = []
    at = max(range(len(ordered)), key=totals.__getitem__, default=None)
    while at is not None:
        chain.append(ordered[at])
        at = before[at]
    return chain[::-1]


def _follows(earlier: Anchor, later: Anchor) -> bool:
    if later.first < earlier.last or later.start_ms < earlier.end_ms:
        return False
    seconds = (later.start_ms - earlier.end_ms) / 1000
    return later.first - earlier.last <= MAX_WORDS_PER_SECOND * (seconds + 1)
