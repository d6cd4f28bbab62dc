"""What cannot be set right in a report, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sessions_app.speech.corrections import CorrectionKind, with_marks
from sessions_app.speech.findings import Finding, FindingStatus
from sessions_app.speech.judgements import LONGEST_FILLER, filler_label, fillers_on
from sessions_app.speech.packs import LanguagePack
from sessions_app.speech.words import Word

LONGEST_WORD = 100
"""Characters that a correction has room for."""


class Refusal(StrEnum):
    NO_REPORT = "no_report"
    DRAFT = "draft"
    OTHER_WORDS = "other_words"  # the report has been made anew with other words
    NO_SUCH_WORDS = "no_such_words"
    TOO_MANY_WORDS = "too_many_words"
    NOT_ONE_WORD = "not_one_word"
    SAME_WORD = "same_word"
    ALREADY_SO = "already_so"


class CannotCorrect(Exception):
    """`reason` has its text in `messages`."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants corrected: words `start_word` up to, not including, `end_word`.

    `text` is what was typed for an edited word. For a filler it may be empty; it is a label where
    one word as written holds several.
    """

    kind: CorrectionKind
    start_word: int
    end_word: int
    text: str = ""


def granted_text(
    wish: Wish, words: Sequence[Word], findings: Sequence[Finding], pack: LanguagePack | None
) -> str:
    """The `text` of the correction; words and findings are those of the report as it stands.

    Raises `CannotCorrect`.
    """
    if not 0 <= wish.start_word < wish.end_word <= len(words):
        raise CannotCorrect(Refusal.NO_SUCH_WORDS)
    if wish.kind is CorrectionKind.WORD:
        return _word(wish, words)
    if wish.kind is CorrectionKind.NOT_A_FILLER:
        return _no_filler(wish, findings)
    return _filler(wish, words, findings, pack)


def _word(wish: Wish, words: Sequence[Word]) -> str:
    typed = wish.text.strip()
    speaks = any(char.isalnum() for char in typed)
    if wish.end_word - wish.start_word != 1 or not speaks:
        raise CannotCorrect(Refusal.NOT_ONE_WORD)
    if any(char.isspace() or not char.isprintable() for char in typed):
        raise CannotCorrect(Refusal.NOT_ONE_WORD)
    before = words[wish.start_word].text
    text = with_marks(before, typed)
    if text == before:
        raise CannotCorrect(Refusal.SAME_WORD)
    if len(text) > LONGEST_WORD:
        raise CannotCorrect(Refusal.NOT_ONE_WORD)
    return text


def _no_filler(wish: Wish, findings: Sequence[Finding]) -> str:
    meant = fillers_on(findings, wish.start_word, wish.end_word, wish.text)
    labels = {found.label for found in meant if found.status is not FindingStatus.REJECTED}
    if not labels:
        raise CannotCorrect(Refusal.ALREADY_SO)
    return labels.pop() if len(labels) == 1 else ""


def _filler(
    wish: Wish, words: Sequence[Word], findings: Sequence[Finding], pack: LanguagePack | None
) -> str:
    said = words[wish.start_word : wish.end_word]
    if len(said) > LONGEST_FILLER or len({word.turn for word in said}) > 1:
        raise CannotCorrect(Refusal.TOO_MANY_WORDS)
    meant = fillers_on(findings, wish.start_word, wish.end_word, wish.text)
    if any(found.status is FindingStatus.COUNTED for found in meant):
        raise CannotCorrect(Refusal.ALREADY_SO)
    exact = [f for f in meant if (f.start_word, f.end_word) == (wish.start_word, wish.end_word)]
    label = exact[0].label if exact else filler_label(said, pack)
    if not label:
        raise CannotCorrect(Refusal.NO_SUCH_WORDS)
    return label
