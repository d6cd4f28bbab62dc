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
    """The words of `parts`, written as `text` writes them.

    Servers' words often come without punctuation that the text has; some parts hold several
    words, or a mark alone. Words that only one of the two has stay, so that nothing heard is
    lost. Where the two have different words for the same place, the timed ones stand.
    """
    timed, written = _separate(parts), list(split_words(clean(text)))
    matcher = SequenceMatcher(
        None, [key(word.text) for word in timed], [key(word) for word in written], autojunk=False
    )
    words: list[Worded] = []
    for same, first, last, start, end in matcher.get_opcodes():
        ours, theirs = timed[first:last], written[start:end]
        if same == "equal":
            words += [Worded(text, word.span) for text, word in zip(theirs, ours, strict=True)]
        elif same == "insert":
            words += [Worded(text, None) for text in theirs]
        else:
            words += _reconciled(ours, theirs)
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


def _reconciled(ours: Sequence[Worded], theirs: Sequence[str]) -> list[Worded]:
    """The same letters in other words ("co" "worker", "co-worker") as the text divides them."""
    spans = [word.span for word in ours if word.span]
    same = "".join(key(word.text) for word in ours) == "".join(map(key, theirs))
    if spans and (same or len(theirs) > len(ours)):
        start, end = spans[0][0], spans[-1][1]
        return [Worded(*pair) for pair in zip(theirs, spread(theirs, start, end, ()), strict=True)]
    return list(ours)


def key(word: str) -> str:
    """What is left of a word without case and punctuation."""
    return "".join(char for char in word.casefold() if char.isalnum())
