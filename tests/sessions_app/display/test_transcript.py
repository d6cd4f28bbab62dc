from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.display.transcript import PARAGRAPH_MAX_WORDS, paragraph_ranges, paragraphs
from sessions_app.speech.corrections import Correction, CorrectionKind
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.words import Word
from tests.sessions_app.test_timeline import REPORT

WORDS = tuple(Word(f"w{i}", i * 500, i * 500 + 300) for i in range(20))


def shown(*findings: Finding) -> list[tuple[str, str, str]]:
    """(words, mark, stretch) of every piece."""
    report = replace(REPORT, words=WORDS, sentences=((0, 20),), findings=findings)
    return [
        (
            " ".join(token.text for token in piece.tokens),
            piece.mark.kind if piece.mark else "",
            piece.stretch,
        )
        for paragraph in paragraphs(report)
        for piece in paragraph.pieces
    ]


def found(kind: FindingKind, start: int, end: int, **more: object) -> Finding:
    return Finding(kind, "x", "x", start, end, start * 500, end * 500, **more)  # type: ignore[arg-type]


def test_a_finding_highlights_its_words() -> None:
    assert shown(found(FindingKind.HEDGE, 1, 3))[:3] == [
        ("w0", "", ""),
        ("w1 w2", "hedge", ""),
        (" ".join(f"w{i}" for i in range(3, 20)), "", ""),
    ]


def test_neighbouring_findings_of_one_kind_stay_apart() -> None:
    pieces = shown(found(FindingKind.FILLER, 0, 1), found(FindingKind.FILLER, 1, 2))
    assert [text for text, kind, _ in pieces if kind] == ["w0", "w1"]


def test_a_filler_wins_over_a_hedge_on_the_same_word() -> None:
    for findings in (
        (found(FindingKind.FILLER, 1, 2), found(FindingKind.HEDGE, 0, 3)),
        (found(FindingKind.HEDGE, 0, 3), found(FindingKind.FILLER, 1, 2)),
    ):
        assert [kind for _, kind, _ in shown(*findings)[:3]] == ["hedge", "filler", "hedge"]


def test_a_fast_stretch_lies_under_the_marks_in_it() -> None:
    pieces = shown(found(FindingKind.PACE_FAST, 0, 3), found(FindingKind.FILLER, 1, 2))
    assert pieces[:3] == [
        ("w0", "", "in-pace-fast"),
        ("w1", "filler", "in-pace-fast"),
        ("w2", "", "in-pace-fast"),
    ]


def test_rejected_findings_leave_no_trace() -> None:
    pieces = shown(found(FindingKind.FILLER, 1, 2, status=FindingStatus.REJECTED))
    assert [kind for _, kind, _ in pieces] == [""]


def test_possible_findings_are_marked_as_such() -> None:
    report = replace(
        REPORT,
        words=WORDS,
        findings=(found(FindingKind.FILLER, 0, 1, status=FindingStatus.POSSIBLE),),
    )
    mark = paragraphs(report)[0].pieces[0].mark
    assert mark is not None
    assert mark.possible


def test_a_word_its_speaker_corrected_knows_what_stood_there() -> None:
    made = Correction(1, CorrectionKind.WORD, 2, 3, None, None, "their", "there")
    judged = Correction(2, CorrectionKind.IS_A_FILLER, 4, 5, None, None, "w4", "w4")
    report = replace(REPORT, words=WORDS, findings=(), corrections=(made, judged))
    (piece,) = paragraphs(report)[0].pieces
    assert [(token.index, token.before) for token in piece.tokens if token.before] == [(2, "their")]


def test_a_filler_marked_by_its_speaker_says_so() -> None:
    for correction in (None, 7):
        filler = found(FindingKind.FILLER, 0, 1, correction=correction)
        mark = paragraphs(replace(REPORT, words=WORDS, findings=(filler,)))[0].pieces[0].mark
        assert mark is not None
        assert mark.yours is (correction is not None)


def test_a_pause_is_noted_before_the_word_after_it() -> None:
    pause = Finding(FindingKind.LONG_PAUSE, "pause", "", 4, 5, 2300, 2500)
    report = replace(REPORT, words=WORDS, findings=(pause,))
    pieces = paragraphs(report)[0].pieces
    noted = [piece for piece in pieces if piece.chips]
    assert [chip.text for chip in noted[0].chips] == ["pause 0.2 s"]
    assert noted[0].tokens[0].text == "w5"


def test_a_pause_of_two_kinds_is_noted_once() -> None:
    kinds = (FindingKind.LONG_PAUSE, FindingKind.MID_SENTENCE_PAUSE)
    pauses = tuple(Finding(kind, "pause", "", 4, 5, 2300, 2500) for kind in kinds)
    pieces = paragraphs(replace(REPORT, words=WORDS, findings=pauses))[0].pieces
    assert sum(len(piece.chips) for piece in pieces) == 1


def test_a_new_turn_starts_a_paragraph() -> None:
    words = (Word("Hi.", turn=0), Word("Yes.", turn=1), Word("So.", turn=1))
    assert list(paragraph_ranges(words, ((0, 1), (1, 2), (2, 3)))) == [(0, 1), (1, 3)]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 2000)), max_size=600),
)
def test_paragraphs_cover_all_words_in_order(words: list[tuple[int, bool, int]]) -> None:
    turns = sorted(turn for turn, _, _ in words)
    spoken, ms = [], 0
    for turn, (_, _, gap) in zip(turns, words, strict=True):
        spoken.append(Word("w", ms, ms + 100, turn=turn))
        ms += 100 + gap
    openings = [0, *(i for i, (_, opens, _) in enumerate(words) if opens and i), len(words)]
    sentences = tuple(pairwise(openings))
    ranges = list(paragraph_ranges(tuple(spoken), sentences))
    assert [i for start, end in ranges for i in range(start, end)] == list(range(len(words)))
    assert all(0 < end - start <= PARAGRAPH_MAX_WORDS for start, end in ranges)


@given(st.data())
def test_no_word_is_lost_or_moved_by_findings(data: st.DataObject) -> None:
    def one() -> Finding:
        start = data.draw(st.integers(0, 19))
        end = data.draw(st.integers(start, 22))
        return found(data.draw(st.sampled_from(FindingKind)), start, end)

    findings = tuple(one() for _ in range(data.draw(st.integers(0, 8))))
    text = " ".join(words for words, _, _ in shown(*findings))
    assert text == " ".join(word.text for word in WORDS)
