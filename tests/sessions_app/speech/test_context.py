from __future__ import annotations

from sessions_app.speech.context import features
from sessions_app.speech.fillers import read
from tests.sessions_app.speech.said import english, said


def names(text: str, label: str) -> set[str]:
    setting, matches = read(said(text), english())
    match = next(m for m in matches if m.entry is not None and m.entry.label == label)
    return set(features(setting, label, match.first, match.last))


def test_neighbours_are_features_for_all_labels_and_for_this_one() -> None:
    assert {"l=was", "r=hard", "like|l=was", "lc=be"} <= names("it was like hard", "like")


def test_pairs_and_words_further_off_are_features_of_this_label_alone() -> None:
    found = names("it was like hard", "like")
    assert {"like|lr=was hard", "like|w-it", "like|l2=it"} <= found
    assert found.isdisjoint({"lr=was hard", "w-it", "l2=it"})


def test_light_words_beside_a_word_are_seen_through() -> None:
    assert {"sl=was", "sr=hard"} <= names("it was so um like and uh hard", "like")
    assert {"sl=#", "sr=#"} <= names("well so like um yeah", "like")


def test_marks_are_seen_with_the_words_and_classes_beside_them() -> None:
    found = names("It was, like, hard.", "like")
    assert {"m:COMMA_COMMA l=was", "m:COMMA_COMMA lc=be", "m:COMMA_COMMA r=hard"} <= found


def test_sounds_beside_a_word_are_seen_through() -> None:
    found = names("it was uh like um hard", "like")
    assert {"nl=was", "nr=hard", "after-sound", "before-sound"} <= found


def test_marks_are_features_only_where_the_writer_used_them() -> None:
    assert "m:COMMA_COMMA" in names("It was, like, hard.", "like")
    assert not any("m:" in name for name in names("it was like hard", "like"))


def test_nothing_is_seen_beyond_the_turn() -> None:
    words = (*said("yes it is"), *said("like", turn=1), *said("no", turn=2))
    setting, matches = read(words, english())
    assert "alone" in features(setting, "like", matches[0].first, matches[0].last)
