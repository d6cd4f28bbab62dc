from __future__ import annotations

import pytest

from sessions_app.speech.corrections import CorrectionKind
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.refusals import CannotCorrect, Refusal, Wish, granted_text
from tests.sessions_app.speech.said import english, said
from tests.sessions_app.speech.set_right import NO, WORD, YES

WORDS = (*said("Um, we like there. you know"), *said("yes so", turn=1))
FOUND = (
    Finding(FindingKind.FILLER, "um", "Um", 0, 1),
    Finding(FindingKind.FILLER, "you know", "you know", 4, 6, status=FindingStatus.REJECTED),
)


def granted(kind: CorrectionKind, start: int, end: int, text: str = "") -> str:
    return granted_text(Wish(kind, start, end, text), WORDS, FOUND, english())


def refused(kind: CorrectionKind, start: int, end: int, text: str = "") -> Refusal:
    with pytest.raises(CannotCorrect) as caught:
        granted(kind, start, end, text)
    return caught.value.reason


@pytest.mark.parametrize("kind", CorrectionKind)
@pytest.mark.parametrize(("start", "end"), [(-1, 1), (3, 3), (4, 2), (7, 9), (100, 101)])
def test_words_that_are_not_there(kind: CorrectionKind, start: int, end: int) -> None:
    assert refused(kind, start, end, "word") is Refusal.NO_SUCH_WORDS


@pytest.mark.parametrize(
    "typed", ["", "  ", "two words", "a\nb", "—", "...", "nul\0", "a" * 101, "soft\u00adhyphen"]
)
def test_what_is_not_one_word(typed: str) -> None:
    assert refused(WORD, 3, 4, typed) is Refusal.NOT_ONE_WORD


def test_one_word_takes_the_place_of_one() -> None:
    assert refused(WORD, 3, 5, "their") is Refusal.NOT_ONE_WORD
    assert granted(WORD, 3, 4, " their ") == "their."


@pytest.mark.parametrize("typed", ["there", "there."])
def test_the_same_word(typed: str) -> None:
    assert refused(WORD, 3, 4, typed) is Refusal.SAME_WORD


def test_other_letters_or_marks_are_another_word() -> None:
    assert granted(WORD, 3, 4, "There") == "There."
    assert granted(WORD, 3, 4, "there,") == "there,"


def test_no_filler_where_none_is() -> None:
    assert granted(NO, 0, 1) == "um"
    assert refused(NO, 1, 2) is Refusal.ALREADY_SO
    assert refused(NO, 4, 6) is Refusal.ALREADY_SO


def test_a_filler_that_is_one_already() -> None:
    assert refused(YES, 0, 1) is Refusal.ALREADY_SO
    assert refused(YES, 0, 2) is Refusal.ALREADY_SO
    assert granted(YES, 4, 6) == "you know"
    assert granted(YES, 2, 3) == "like"


def test_a_filler_has_few_words_and_is_said_in_one_go() -> None:
    assert refused(YES, 1, 8) is Refusal.TOO_MANY_WORDS
    assert refused(YES, 5, 7) is Refusal.TOO_MANY_WORDS


def test_marks_alone_are_no_filler() -> None:
    with pytest.raises(CannotCorrect) as caught:
        granted_text(Wish(YES, 0, 1), said("— yes"), (), None)
    assert caught.value.reason is Refusal.NO_SUCH_WORDS


def test_several_labels_on_one_word_are_all_meant_unless_one_is_named() -> None:
    both = tuple(Finding(FindingKind.FILLER, label, "um-like", 0, 1) for label in ("um", "like"))
    words = said("um-like yes")
    assert granted_text(Wish(NO, 0, 1), words, both, None) == ""
    assert granted_text(Wish(NO, 0, 1, "like"), words, both, None) == "like"
