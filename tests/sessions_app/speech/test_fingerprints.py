from __future__ import annotations

from sessions_app.speech.fingerprints import fingerprints, seen_conversations
from sessions_app.speech.labelled import LabelledText

LONG = "Well, we went down to the harbour and looked at all of the boats."


def turn(text: str, conv: str = "a") -> LabelledText:
    return LabelledText(text=text, filler_spans=(), conv=conv)


def test_a_turn_is_known_again_without_its_marks_and_case() -> None:
    seen = fingerprints([turn(LONG), turn("Uh-huh.")])
    bare = LONG.lower().replace(",", "").replace(".", "")
    assert seen_conversations([turn(bare, "other name")], seen) == ["other name"]


def test_another_conversation_is_not_known() -> None:
    seen = fingerprints([turn(LONG)])
    assert seen_conversations([turn(LONG.replace("boats", "ships"))], seen) == []
    assert seen_conversations([turn(LONG)], ()) == []


def test_what_is_said_everywhere_has_no_fingerprint() -> None:
    assert fingerprints([turn("Uh-huh."), turn("Yeah, I know what you mean.")]) == frozenset()


def test_every_conversation_leaves_its_longest_turns_only() -> None:
    texts = [turn(f"{LONG} {'again ' * number}", conv) for conv in "ab" for number in range(40)]
    texts = [text.model_copy(update={"text": f"{text.conv} {text.text}"}) for text in texts]
    seen = fingerprints(texts)
    assert len(seen) == 24
    assert seen_conversations([texts[0]], seen) == []
    assert seen_conversations([texts[39], texts[79]], seen) == ["a", "b"]


def test_no_word_can_be_read_in_them() -> None:
    (one,) = fingerprints([turn(LONG)])
    assert set(one) <= set("0123456789abcdef")
