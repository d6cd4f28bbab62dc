"""Whether a report says of itself what the server's log says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.faulty.evidence import Question, Told

BY_RULES = "rule_based"
COACHING = {"coaching", "coaching_again"}


def lies(told: Told, questions: Sequence[Question]) -> list[str]:
    """What the report says and did not happen; empty for an honest one."""
    if told.state != "completed":
        return [] if told.problem else ["ended without a word of why"]
    happened = [*_of_words(told, questions)]
    of_model = _of_rules if told.mode == BY_RULES else _of_model
    return [*happened, *of_model(told, questions)]


def _of_words(told: Told, questions: Sequence[Question]) -> Iterator[str]:
    heard = [each.answered for each in questions if each.purpose == "transcription"]
    if told.source == "api" and not all(heard):
        yield "words of the model that it never gave"
    if told.source == "draft" and heard and all(heard):
        yield "a draft, though the model gave the words"


def _of_rules(told: Told, questions: Sequence[Question]) -> Iterator[str]:
    """By rules alone: nobody coached, or nobody read the words."""
    read = [each.answered for each in questions if each.purpose == "verdicts"]
    if told.source != "draft" and any(read) and _coached(questions):
        yield "by rules alone, though the model read and coached"
    if not told.stepped_down:
        yield "by rules alone, and no word of why"
    if told.reread:
        yield "findings judged by a model, in a report made by rules"


def _of_model(told: Told, questions: Sequence[Question]) -> Iterator[str]:
    read = [each for each in questions if each.purpose == "verdicts"]
    unread = [each for each in read if not each.answered]
    reviewed = any(each.answered for each in questions if each.purpose == "review")
    if not _coached(questions):
        yield "coaching of a model that gave none"
    if (told.windows, told.missing) != (len(read), len(unread)):
        yield f"{told.missing} of {told.windows} windows unread: {len(unread)} of {len(read)} were"
    if told.reviewed != reviewed:
        yield "reviewed, which it was not" if told.reviewed else "not reviewed, which it was"
    if ("windows_missing" in told.caveats) != bool(unread):
        yield "its caveat about windows"
    if ("review_missing" in told.caveats) == reviewed:
        yield "its caveat about the review"
    for each in unread:
        if any(_within(word, each) for word in told.reread):
            yield "findings judged by a model where it read nothing"


def _coached(questions: Sequence[Question]) -> bool:
    return any(each.answered for each in questions if each.purpose in COACHING)


def _within(word: int, unread: Question) -> bool:
    return unread.stretch is not None and unread.stretch[0] <= word <= unread.stretch[1]
