from __future__ import annotations

import re

import numpy as np

from benchmarks.talk import RATE, composed, placed, sentences
from sessions_app.speech.fillers import find_fillers
from sessions_app.speech.packs import Verdict, load_pack
from sessions_app.speech.words import Word


def counted(lines: list[str]) -> int:
    words = [Word(text, None, None) for text in " ".join(lines).split()]
    pack = load_pack("en")
    assert pack is not None
    return sum(match.verdict is Verdict.COUNTED for match in find_fillers(words, pack))


def test_the_talk_has_the_words_and_fillers_it_is_known_for() -> None:
    said = sentences(contested=False)
    assert sum(len(line.split()) for line in said) == 740
    assert len(re.findall(r"\b(?:um|uh)\b", " ".join(said).casefold())) == 26


def test_a_contested_talk_has_more_for_the_second_reader_and_not_for_the_rules() -> None:
    said = sentences(contested=True)
    assert sum("kinda," in line for line in said) == 7
    assert sum("kinda," in line for line in sentences(contested=False)) == 4
    assert counted(said) == counted(sentences(contested=False))


def test_words_share_the_sentence_by_their_letters() -> None:
    assert placed(["a", "bcd"], 1000, 600) == [("a", 1000, 1200), ("bcd", 1200, 1600)]


def test_the_same_seed_makes_the_same_talk() -> None:
    sounds = {"Hello there.": np.ones(RATE, np.int16)}
    first, second = (composed(["Hello there."] * 2, sounds, seed=1) for _ in range(2))
    assert np.array_equal(first[0], second[0])
    assert first[1] == second[1]
    (other, _) = composed(["Hello there."] * 2, sounds, seed=2)
    assert not np.array_equal(first[0][: RATE * 2], other[: RATE * 2])
