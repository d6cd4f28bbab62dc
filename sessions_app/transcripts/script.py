"""A parsed transcript as one row of words, each still knowing its passage."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from sessions_app.transcripts.passages import ParsedTranscript, Passage
from sessions_app.transcripts.splitting import split_words

# A paragraph's end is not stated; nobody speaks slower than one word a second for long.
_SLOWEST_MS_PER_WORD = 1_000
# The last cue of a file without an end, and cues of no length: ordinary speech.
_USUAL_MS_PER_WORD = 400


@dataclass(frozen=True, slots=True)
class Section:
    """Words `[first, last)` of one passage, with the passage's times made complete."""

    passage: Passage
    first: int
    last: int
    start_ms: int | None
    end_ms: int | None


@dataclass(frozen=True, slots=True)
class Script:
    """All words of all speakers, in order."""

    words: tuple[str, ...]
    sections: tuple[Section, ...]

    def turns(self, speaker: str) -> tuple[int | None, ...]:
        """For each word the number of its turn, None where somebody else speaks.

        Without `speaker` everybody's words count and each change of speaker opens a turn.
        """
        numbers: list[int | None] = []
        turn = -1
        wanted, before = speaker.casefold(), None
        for section in self.sections:
            name = section.passage.speaker.casefold()
            mine = not wanted or name == wanted
            turn += mine and name != before
            before = name
            numbers += [turn if mine else None] * (section.last - section.first)
        return tuple(numbers)


def write_script(parsed: ParsedTranscript) -> Script:
    words: list[str] = []
    sections: list[Section] = []
    followers = [*parsed.passages[1:], None]
    for passage, following in zip(parsed.passages, followers, strict=True):
        said = split_words(passage.text)
        end = _end(passage, following, len(said))
        first = len(words)
        words += said
        if said:
            sections.append(Section(passage, first, len(words), passage.start_ms, end))
    return Script(tuple(words), tuple(sections))


def _end(passage: Passage, following: Passage | None, words: int) -> int | None:
    if passage.start_ms is None:
        return None
    usual = passage.start_ms + words * _USUAL_MS_PER_WORD
    if passage.end_ms is not None:
        return passage.end_ms if passage.end_ms > passage.start_ms else usual
    if following is None or following.start_ms is None:
        return usual
    return min(following.start_ms, passage.start_ms + words * _SLOWEST_MS_PER_WORD)


def stated_starts(script: Script) -> tuple[tuple[int, int], ...]:
    """Rising (ms, first word) pairs of the sections that state a start."""
    pairs = [(s.start_ms, s.first) for s in script.sections if s.start_ms is not None]
    rising = itertools.accumulate(pairs, max)
    return tuple(dict.fromkeys(rising))
