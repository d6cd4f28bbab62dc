from __future__ import annotations

from dataclasses import fields

from sessions_app.speech.evaluation import Tally, pooled
from sessions_app.speech.labelled import LabelledText
from sessions_app.speech.validation import hold_out
from tests.sessions_app.speech.said import english

TEXTS = [
    LabelledText(text=text, filler_spans=spans, conv=conv)
    for conv in "abcd"
    for text, spans in (
        ("It was, like, hard, um.", ((8, 12, "like"), (20, 22, "um"))),
        ("I like it.", ()),
    )
]


def test_each_conversation_is_scored_once_by_all_ways() -> None:
    result = hold_out(TEXTS, english())
    assert [len(getattr(result, field.name)) for field in fields(result)] == [4, 4, 4, 4]
    assert pooled(result.ours).overall == Tally(true_positives=8)
    assert pooled(result.every_word).overall == Tally(true_positives=8, false_positives=4)
    assert pooled(result.usual_words).overall == Tally(true_positives=4, false_negatives=4)
    assert pooled(result.marks).overall == Tally(true_positives=8)


def test_nothing_is_learned_from_the_conversation_itself() -> None:
    """In one conversation "now" is always a filler, in the others never: each side misleads."""
    odd = [LabelledText(text="We now left.", filler_spans=((3, 6, "now"),), conv="z")] * 50
    plain = [LabelledText(text="We now left.", filler_spans=(), conv=conv) for conv in "abcd" * 2]
    result = hold_out([*TEXTS, *odd, *plain], english())
    misled = Tally(false_positives=8, false_negatives=50)
    assert pooled(result.ours).words["now"] == misled
    assert pooled(result.marks).words["now"] == misled


def test_stripped_texts_are_judged_without_their_marks() -> None:
    stripped = hold_out(TEXTS, english(), strip=True)
    assert pooled(hold_out(TEXTS, english()).marks).words["like"].true_positives == 4
    assert pooled(stripped.marks).words["like"].true_positives == 0


def test_words_that_are_not_asked_for_are_left_out() -> None:
    assert set(pooled(hold_out(TEXTS, english(), inventory=["um"]).every_word).words) == {"um"}
