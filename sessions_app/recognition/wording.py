"""One row of words from what a server heard: timed parts, and the text with its punctuation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sessions_app.recognition.spreading import Span, spread
from sessions_app.transcripts.markup import clean
from sessions_app.transcripts.splitting import split_words


@dataclass(frozen=True, slots=True)
class Timed:
    """A word or a sentence with its time, as the server wrote it."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Worded:
    """`span` is `None` where the server gave the word no time."""

    text: str
    span: Span | None


def word_by_word(parts: Iterable[Timed], text: str) -> list[Worded]:
    """The words that were heard, each once, with the times of `parts`.

    Servers' words often come without punctuation that the text has; some parts hold several
    words, or a mark alone. Where parts and text differ, the one with more words is right: it is
    the other that left something out, mostly hesitations.
    """
    timed, written = _separate(parts), list(split_words(clean(text)))
    matcher = SequenceMatcher(
        None, [key(word.text) for word in timed], [key(word) for word in written], autojunk=False
    )
    by_text = len(written) >= len(timed)
    words: list[Worded] = []
    for same, first, last, start, end in matcher.get_opcodes():
        ours, theirs = timed[first:last], written[start:end]
        if same == "equal":
            words += [Worded(text, word.span) for text, word in zip(theirs, ours, strict=True)]
        elif by_text or _same_letters(ours, theirs):
            words += _rewritten(ours, theirs)
        else:
            words += ours
    return words


def _separate(parts: Iterable[Timed]) -> list[Worded]:
    """Single words; a mark of its own joins the word before it."""
    words: list[Worded] = []
    for part in parts:
        shown = clean(part.text)
        single = split_words(shown)
        if single:
            spans = spread(single, part.start_ms, part.end_ms, ())
            words += [Worded(text, span) for text, span in zip(single, spans, strict=True)]
        elif shown and words:
            words[-1] = Worded(words[-1].text + shown, words[-1].span)
    return words


def _same_letters(ours: Sequence[Worded], theirs: Sequence[str]) -> bool:
    """ "co" and "worker", "co-worker"."""
    return "".join(key(word.text) for word in ours) == "".join(map(key, theirs))


def _rewritten(ours: Sequence[Worded], theirs: Sequence[str]) -> list[Worded]:
    """The words of the text at the times of those that were timed."""
    spans = [word.span for word in ours if word.span]
    if not spans:
        return [Worded(text, None) for text in theirs]
    placed = spread(theirs, spans[0][0], spans[-1][1], ())
    return [Worded(text, span) for text, span in zip(theirs, placed, strict=True)]


def key(word: str) -> str:
    """What is left of a word without case and punctuation."""
    return "".join(char for char in word.casefold() if char.isalnum())
